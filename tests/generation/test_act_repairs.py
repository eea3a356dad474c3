"""Acts cut out of their sentences: what they lean on is put back, and of a list one thing is told."""

from dataclasses import replace

import pytest

from generation.framing import frame_of
from generation.telling import affirmed
from kg.model import Modality
from tests.generation.fixtures import policy

ONTOLOGY = policy()
DUTY, MAY, NOT = Modality.OBLIGATION, Modality.PERMISSION, Modality.PROHIBITION


@pytest.mark.parametrize(
    ("modality", "actor", "action", "object_", "text", "act"),
    [
        (NOT, "", "replace", "measured value", "A measured value must not be replaced by a more convenient one.", "replace a measured value by a more convenient value"),
        (DUTY, "", "confirm", "change of address", "A change of address must be confirmed by calling a number that was known before.", "confirm a change of address by calling a number that was known before"),
        (DUTY, "", "register", "visitor", "Every visitor must be registered by a host at least 1 working day in advance.", "register a visitor at least 1 working day in advance"),
        (DUTY, "employee", "report", "gift", "An employee who gets a gift must report it to the Ethics Office.", "report a gift to the Ethics Office"),
        (DUTY, "panel", "decide", "", "A member may appeal against a finding, and the panel must decide within 45 days.", "decide on the appeal"),
        (DUTY, "office", "answer", "", "Anyone may propose a change, and the office must answer within 60 days.", "answer a proposal"),
        (Modality.PERMISSION, "Employees", "own", "share in listed companies", "Employees may own shares in listed companies.", "own shares in a listed company"),
        (DUTY, "", "clean up", "smaller spill", "A spill of more than 5 litres must be reported; a smaller spill must be cleaned up.", "clean up a spill of 5 litres or less"),
        (NOT, "Employees", "accept", "cash", "Employees must not accept cash in order to influence a decision or to reward one.", "accept cash in order to influence a decision"),
        (MAY, "Employees", "use", "published reports and public filings", "Employees may use published reports and public filings.", "use published reports"),
        (DUTY, "Employees", "check", "facts and figures", "Employees must check facts and figures.", "check facts and figures"),
        (MAY, "Employees", "accept or offer", "hospitality", "Employees may accept or offer hospitality.", "accept hospitality"),
    ],
)  # fmt: skip
def test_an_act_is_told_with_what_it_leans_on(
    modality: Modality, actor: str, action: str, object_: str, text: str, act: str
) -> None:
    """Way, receiver, matter and measure stay with the act; of a list a permission or a prohibition tells one thing."""
    rule = replace(
        ONTOLOGY.rules[1], modality=modality, actor=actor, action=action, object=object_, text=text, condition="",
        exception="", authority="", thresholds=(),
    )  # fmt: skip
    assert frame_of(rule, replace(ONTOLOGY, rules=(rule,))).act == act


def test_any_visitor_is_a_visitor_where_it_was_done() -> None:
    """Also in the midst of the act."""
    assert affirmed("give pens to any visitor without approval") == "give pens to a visitor without approval"


def test_an_approval_in_the_act_of_a_permission_is_a_fact() -> None:
    """Somebody gave it or did not; the act is told without it."""
    rule = replace(
        ONTOLOGY.rules[1], modality=MAY, actor="Employees", action="work from", object="home", condition="", exception="",
        text="Employees may work from home with the agreement of the line manager.", thresholds=(), authority="",
    )  # fmt: skip
    frame = frame_of(rule, replace(ONTOLOGY, rules=(rule,)))
    assert (frame.act, [fact.style for fact in frame.facts]) == ("work from home", ["approval"])
