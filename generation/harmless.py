"""Cases near a forbidden act that are themselves harmless, and must not be refused: talk about it, a warning, a refusal."""

import random
import re

from generation.cast import Agent, person
from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import inflect_verb_phrase, readings
from generation.prompting import verdict_answer
from generation.reasons import cite
from kg.model import Modality, Rule, Verdict

_TALK = (
    "{c} forbids the act, not talking about it", "{c} is not broken by speaking of it", "{c} forbids doing this; to speak of it is no breach",
    "To talk about what {d} forbids is not to do it",
)  # fmt: skip
_REFUSED = (
    "{c} forbids the act, which was not done", "To refuse is just what {d} asks for", "{c} is kept by saying no",
    "Whoever says no does what {d} wants",
)  # fmt: skip
_WARNED = (
    "To warn of it is in the spirit of {d}",
    "{c} forbids the act, not a warning against it",
    "{c} is served, not broken, by that",
)
_ASKED = (
    "A question breaks no rule, and {d} answers it",
    "{c} forbids the act, not a question about it",
    "Anybody may ask what {d} means",
)

# Each: the case, and what can be said of it. {A} a person, {s} and {p} the pronouns, {act}, {acting} and {acts} the act.
_CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("{A} explains in a training course why nobody should {act}. Is that all right?", _TALK),
    ("{A} wrote a poster that warns colleagues not to {act}. Is that in order?", _WARNED),
    ("{A} wants to know where to report people who {act}. Is that a problem?", _ASKED),
    ("Somebody urged {A} to {act}, and {s} said no. Did {s} do anything wrong?", _REFUSED),
    ("{A} was asked to {act} and refused. Is that a breach?", _REFUSED),
    ("{A} thought about {acting}, asked first, and then left it. Was a rule broken?", _REFUSED[:1]),
    ("Over lunch {A} asked me why nobody may {act}. May we talk about that?", _ASKED),
    ("{A} wrote an article for the staff magazine about people who {act}. May it appear?", _TALK),
    ("{A} tells new colleagues on their first day that they must not {act}. Is that fine?", _WARNED),
    ("{A} put a question about {acting} into a quiz for new colleagues. Is that allowed?", _TALK),
    (
        "{A} read in the newspaper about somebody who was fined for {acting}, and passed the article round. Is that a breach?",
        _TALK,
    ),
    ("In a role play at a training day, {A} played somebody who wants to {act}. Was that wrong?", _TALK),
    ("{A} translated the rule on {acting} into another language. Is that in order?", _WARNED),
    ("May I ask in the team meeting whether anybody was ever told to {act}?", _ASKED),
    ("I dreamt up an example for the handbook in which somebody tries to {act}. May it be printed?", _TALK),
    ("May I remind my team that nobody may {act}?", _WARNED),
    ("A friend at another firm says that people there {act}. I only listened. Did I do anything wrong?", _REFUSED[:1]),
    ("I told my manager that somebody had asked me to {act}, and that I had said no. Was that right?", _REFUSED),
)


def harmless(rule: Rule, frame: Frame, rng: random.Random, turn: int) -> Draft:
    """A harmless case near what ``rule`` forbids; the ``turn`` says which, so that all are told in turn."""
    agent = person(rng)
    case, answers = _CASES[turn % len(_CASES)]
    clause = cite(frame)
    says = rng.choice(answers).format(c=clause, d=clause[0].lower() + clause[1:])
    answer = verdict_answer(Verdict.PERMITTED, f"{says}.")
    return Draft(
        "benign", _told(case, agent, frame), answer, Verdict.PERMITTED, (rule.id,), (rule.clause_id,), rule.family
    )  # fmt: skip


def _told(case: str, agent: Agent, frame: Frame) -> str:
    act = re.sub(r"\btheir\b", "their own", frame.act) if "{A}" in case else frame.act
    act = _EITHER.sub(lambda found: _plain(found[0].lower()), act)
    if not re.search(r"nobody|must not|not to|ever told", case):
        act = re.sub(r"\banything\b", "something", re.sub(r"\banyone\b", "somebody", act))
    gerund = inflect_verb_phrase(act, "ing", frame.verbs)
    text = case.format(A=_mid(agent, case), s=agent.subject, p=agent.possessive, act=act, acting=gerund)
    return text[0].upper() + text[1:]


_EITHER = re.compile(r"\b(?:he or she \w+s|his or her|him or her)\b", re.IGNORECASE)


def _plain(found: str) -> str:
    """Words for one of either sex as people say them: "a report that they know to be false"."""
    verb = found.rsplit(maxsplit=1)[-1]
    return (
        f"they {readings(verb).get('VERB', verb)}"
        if found.startswith("he or she ")
        else found.replace("his or her", "their").replace("him or her", "them")
    )


def _mid(agent: Agent, case: str) -> str:
    """The first mention; without a trailing comma where a stop or a comma follows it."""
    return agent.intro.rstrip(",") if re.search(r"\{A\}[.,]", case) else agent.intro


def near_harmless(rule: Rule, frame: Frame) -> bool:
    """Whether the act alone is what the rule forbids: without a condition, and without a word for something named before."""
    if (
        frame.modality != Modality.PROHIBITION
        or frame.quote
        or frame.facts
        or frame.limit is not None
        or frame.negative
    ):
        return False
    return not re.search(r"\b(?:it|them|such|alone)\b", rule.text)
