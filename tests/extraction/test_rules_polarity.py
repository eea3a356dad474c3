"""Polarity: no negation is lost, none invented, and what is ambiguous stays unread."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames

OBL, PRO, PER, REC = "obligation", "prohibition", "permission", "recommendation"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You must keep the receipt and not discard it.", [(OBL, "keep"), (PRO, "discard")]),
        ("You may use the software but not sell it.", [(PER, "use"), (PRO, "sell")]),
        ("Data must be kept safe and not be shared with third parties.", [(OBL, "keep"), (PRO, "share")]),
        ("Drivers are required to wear a belt and not to use a phone.", [(OBL, "wear"), (PRO, "use")]),
        ("The keys shall be returned or not used.", [(OBL, "return"), (PRO, "use")]),
        ("Staff should keep calm and not argue with the guest.", [(REC, "keep"), (REC, "not argue with")]),
        ("The member shall neither seek nor take instructions.", [(PRO, "seek"), (PRO, "take")]),
        ("Neither party shall assign this contract.", [(PRO, "assign")]),
        ("Neither the host nor the guest will, except in an emergency, open the valve.", [(PRO, "open")]),
        ("You shall in no case open the valve.", [(PRO, "open")]),
        ("Tools may in no event be left on the roof.", [(PRO, "leave")]),
        ("The badge may no longer be used after the last working day.", [(PRO, "use")]),
        ("At no time shall the guard leave the gate.", [(PRO, "leave")]),
        ("No more than five litres of petrol may be stored in the garage.", [(PRO, "store")]),
        ("Not more than two guests may stay overnight.", [(PRO, "stay")]),
        ("No fewer than two guards must be present.", [(OBL, "be")]),
        ("No one but the owner may open the safe.", [(PRO, "open")]),
        ("No one other than the pharmacist may dispense the drug.", [(PRO, "dispense")]),
        ("Phones are not to be used in the ward.", [(PRO, "use")]),
        ("Records are to be kept for six years.", [(OBL, "keep")]),
        ("Members are under no obligation to answer.", [(PER, "not answer")]),
        ("The supplier is under a duty to disclose defects.", [(OBL, "disclose")]),
        ("There is no need to register visitors.", [(PER, "not register")]),
        ("Small firms are exempt from filing a return.", [(PER, "not file")]),
        ("Pensioners are exempt from the requirement to register.", [(PER, "not register")]),
        ("It is unlawful for a driver to use a phone.", [(PRO, "use")]),
        ("It is not necessary to file a form.", [(PER, "not file")]),
        ("This policy does not permit employees to accept cash.", [(PRO, "accept")]),
        ("Do not enter the room.", [(PRO, "enter")]),
        ("Don't forget to lock the door.", [(PRO, "forget to lock")]),
        ("Do not smoke or drink in the laboratory.", [(PRO, "smoke"), (PRO, "drink")]),
        ("If the alarm sounds, leave the building and do not use the lift.", [(OBL, "leave"), (PRO, "use")]),
        ("Please do not feed the animals.", [(REC, "not feed")]),
        ("Feel free to use the kitchen.", [(PER, "use")]),
        ("Each party agrees not to solicit the other's staff.", [(PRO, "solicit")]),
        ("Employees may not be required to work on Sundays.", [(PER, "not work")]),
    ],
)
def test_polarity(sentence: str, expected: list[tuple[str, str]], analyser: Analyser) -> None:
    """Each verb of a sentence has the polarity that its own negation gives it."""
    assert [(str(f.modality), f.action) for f in extract_frames(sentence, "", analyser)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not open the door and call the guard.",
        "We do not promise that the service will be free of errors.",
        "We cannot guarantee that the site will be available.",
        "You may not be able to restore deleted files.",
        "You may be required to show your badge.",
        "The agency does not require that firms keep paper copies.",
        "Nothing in this section requires a bank to open an account.",
        "The purpose of this policy is to explain the rules.",
        "Protect a Vital Interest: Emergency Notifications",
    ],
)
def test_what_cannot_be_told_is_left_unread(sentence: str, analyser: Analyser) -> None:
    """A denied promise, a guess, an ambiguous "and" and a heading give no rule with the wrong sign."""
    frames = [f for f in extract_frames(sentence, "", analyser) if f.action != "open"]
    assert frames == []


def test_who_may_forbid_something_forbids_nothing_yet(analyser: Analyser) -> None:
    """A verb of forbidding in a series stands under the modal of the first, and is no ban of its own."""
    sentence = (
        "The harbour may: suspend the use of your berth; prohibit the landing of goods at the quay; remove the boat."
    )
    assert not [frame for frame in extract_frames(sentence, "", analyser) if frame.modality == PRO]
