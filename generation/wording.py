"""The phrases of the scenario writer.

No phrase may cue a verdict. An opener is shared by the three twins and only its resolution differs; a distractor
talks about approvals, delays, amounts and doubts that do not matter, in all three verdicts. Placeholders: {A} first
mention of the one who acts, {a} later mention, {s} {S} pronoun, {p} possessive, {be} {be_past} {have} {want} {do}
agreeing verbs, {past} {pp} {ing} {base} forms of the act, {day} {future} dates, {place} {unit} {teller} {colleague}
{company} circumstances, {money} {number} {time} irrelevant amounts.
"""

from typing import NamedTuple


class Opener(NamedTuple):
    """The start of a case and what follows it when the act was done, was left, or is not told."""

    lead: str
    done: str
    omitted: str
    silent: str = ""


DONE_PAST = (
    "{A} {past}", "{A} {past} {day}", "{Day}, {A} {past}", "{A} {have} {pp}", "{A} {past} after all",
    "According to {colleague}, {A} {past} {day}", "{A} {past} during a visit to {place}",
)  # fmt: skip
DONE_PLANNED = (
    "{A} {want} to {base}", "{A} {be} planning to {base} {future}", "{A} {be} about to {base}",
    "{A} would like to {base}", "{A} {intend} to {base} {future}", "{A} {be} going to {base}", "{A} {plan} to {base}",
)  # fmt: skip
OMITTED_PAST = (
    "{A} did not {base}", "{A} {have} not {pp}", "{A} decided against {ing} {day}", "{A} chose not to {base}",
    "{A} refrained from {ing}", "{A} could have {pp} {day} but did not", "According to {colleague}, {A} did not {base}",
    "{A} did not {base} {day}", "{A} went home {day} without {ing}", "{A} left it and did not {base}",
)  # fmt: skip
OMITTED_PLANNED = (
    "{A} {do} not want to {base}", "{A} {be} not going to {base}", "{A} {have} decided not to {base}",
    "{A} would rather not {base}", "{A} {do} not intend to {base} {future}", "{A} {plan} to get by without {ing}",
)  # fmt: skip
OPENERS_PAST = (
    Opener("{A} {be_past} asked {day} to {base}", ", and {s} did", ", and {s} did not"),
    Opener("{A} had the chance to {base} {day}", " and took it", " and let it pass"),
    Opener("{colleague} suggested {day} that {A} should {base}", ". {S} did so", ". {S} did not do so"),
    Opener("{A} talked to {colleague} {day} about {ing}", ". Afterwards {s} did it", ". Afterwards {s} left it"),
    Opener("For a while {A} {be_past} in two minds about {ing}", ". Then {s} did it", ". Then {s} dropped the idea"),
    Opener("Somebody in {unit} expected {A} to {base}", ". {S} did", ". {S} did not"),
    Opener("{colleague} reports a rumour that {A} {past}", ". The rumour is true", ". The rumour is wrong",
           ". Whether the rumour is true is open"),
    Opener("It was unclear for days whether {A} {past}", ". Now we know that {s} did", ". Now we know that {s} did not"),
    Opener("{A} could not remember at first whether {s} {past}", ". The e-mails show that {s} did",
           ". The e-mails show that {s} did not", ". The e-mails are gone"),
    Opener("The question came up {day} whether {A} {past}", ". {S} did", ". {S} did not"),
)  # fmt: skip
OPENERS_PLANNED = (
    Opener("{A} {have} been asked to {base} {future}", " and will do it", " and will not do it"),
    Opener("{A} {have} the chance to {base} {future}", " and {be} going to take it", " and {be} going to let it pass"),
    Opener("{colleague} suggests that {A} should {base}", ". {S} will do so", ". {S} will not do so"),
    Opener("{A} {have} been in two minds about {ing}", ". Now {s} {be} going to do it", ". Now {s} {be} going to leave it"),
    Opener("Somebody in {unit} expects {A} to {base}", ". {S} will", ". {S} will not"),
    Opener("{A} talked to {colleague} {day} about {ing}", " and will do it {future}", " and will not do it"),
)  # fmt: skip
# A supervisor's word. It decides nothing by itself: under a prohibition a supervisor's yes is worth nothing, under a
# permission a supervisor's no is the breach; so the same sentences stand under opposite verdicts.
LET_PAST = (
    Opener("{A} wanted to {base} {day}", ". A supervisor had doubts but let it happen", ". A supervisor ruled it out for good"),
    Opener("{A} told a supervisor about wanting to {base}", ". The answer was that this is fine, and {s} went ahead",
           ". The answer was that nobody may ever do that, and {s} gave up"),
    Opener("{A} asked to {base} {day}", ". The supervisor nodded and it was done", ". The supervisor shook {p} head and it was not done"),
    Opener("{A} {be_past} about to {base}", ". A manager saw it and said nothing, so it was done", ". A manager saw it and stopped it as a breach"),
    Opener("{A} hoped to {base} {day}", ". A supervisor said yes and it happened", ". A supervisor said no and it did not happen"),
)  # fmt: skip
LET_PLANNED = (
    Opener("{A} {want} to {base} {future}", ". The supervisor is not in the way and it will be done",
           ". The supervisor has ruled it out for good"),
    Opener("{A} {have} asked a supervisor about wanting to {base}", ". The answer is yes, and {s} will do it",
           ". The answer is that nobody may ever do that, and {s} will not do it"),
    Opener("{A} {plan} to {base}", ". A manager has said that this is fine", ". A manager has told {o} that this is forbidden and stopped it"),
)  # fmt: skip
STOPPED_PAST = (
    "{A} {be_past} about to {base} when a manager stopped it as a breach",
    "{A} {be_past} kept from {ing} by a supervisor",
)
STOPPED_PLANNED = (
    "{A} {be} going to be kept from {ing} by a supervisor",
    "A manager has ruled that {A} may never {base}",
)
# Two people, of whom only one matters.
PAIR_PAST = (
    Opener("{A} and {colleague} were both asked to {base} {day}", ". {a} did. {colleague} {colleague_did}",
           ". {a} did not. {colleague} {colleague_did}", ". {colleague} {colleague_did}"),
    Opener("It was up to {A} and to {colleague} to decide about {ing}", ". In the end {a} did it. {colleague} {colleague_did}",
           ". In the end {a} left it. {colleague} {colleague_did}", ". In the end {colleague} {colleague_did}"),
    Opener("{A} and {colleague} talked {day} about {ing}", ". Afterwards {a} did it. {colleague} {colleague_did}",
           ". Afterwards {a} left it. {colleague} {colleague_did}", ". Afterwards {colleague} {colleague_did}"),
    Opener("Both {colleague} and {A} had the chance to {base}", ". {colleague} {colleague_did}, and {a} did",
           ". {colleague} {colleague_did}, and {a} did not", ". {colleague} {colleague_did}"),
)  # fmt: skip

CLOSING_PAST = (
    "Was that all right?", "Is that in line with the policy?", "Was that in order?", "Do we have a problem here?",
    "How does the policy see this?", "Is there anything wrong with that?", "Did {a} act correctly?",
    "Should I be worried about this?", "What do you make of it?", "Can we leave it at that?", "Is that acceptable?",
)  # fmt: skip
CLOSING_PLANNED = (
    "Is that all right?", "Would that be in order?", "Does the policy allow this?", "Can this go ahead?",
    "Is that a problem?", "May {s} do that?", "What does the policy say?", "Can I let that happen?",
    "Is there anything wrong with that?", "Is this fine?",
)  # fmt: skip
CLOSING_OMITTED = (
    "Is that all right?",
    "Is that in line with the policy?",
    "Is that a problem?",
    "What does the policy say?",
)

DISTRACTORS_PAST = (
    "The facilities team had approved the room in writing.", "The travel desk had approved the train ticket beforehand.",
    "Nobody had asked reception about the parking space.", "The canteen was not told about the extra guest.",
    "The taxi that day cost {money}.", "The train ticket came to {money}.", "The lunch break was over by then.",
    "{a} had come back from leave {time} before.", "The meeting had been moved {time} earlier.",
    "The minutes were sent round {time} later.", "The note does not say what time of day it was.",
    "Whether {colleague} was there too is unknown.", "It is not clear whether anybody else noticed.",
    "Nobody remembers which meeting room it was.", "{colleague} had not replied to the invitation.",
    "{a} {have} been with the company for {number} years.", "There were {number} people in the building at the time.",
    "{colleague} was on leave that week and knew nothing of it.", "The weather was bad and the phones were not working.",
    "The car park attendant had said yes to a longer stay.", "The printer on that floor had not been repaired.",
    "{a} mentioned it to me in passing.", "The works canteen was closed that day.", "It was {p} third week in {unit}.",
    "Somebody had left a bicycle in front of the gate.", "{colleague} had forgotten something in the car.",
    "Something was wrong with the coffee machine again.", "There was talk of a thing or two that need painting.",
    "The person in charge of the garden was there too.", "The usual noise came from the yard.",
    "Whether the lights were on is not known.", "It is open whether {colleague} heard of it.", "What was on the list for lunch I cannot say.",
    "The visitor list had been signed off by reception.", "The cleaning crew was not informed.",
)  # fmt: skip
DISTRACTORS_PLANNED = (
    "The facilities team has approved the room in writing.", "The travel desk has already approved the train ticket.",
    "Nobody has asked reception about a parking space.", "The canteen has not been told about the extra guest.",
    "The taxi will cost {money}.", "The train ticket comes to {money}.", "{a} came back from leave {time} ago.",
    "The meeting has been moved by {time}.", "Which room it will be is still open.", "It is not clear yet whether {colleague} will come along.",
    "{colleague} has not replied to the invitation.", "{a} {have} been with the company for {number} years.",
    "There will be {number} people in the building.", "{colleague} is on leave and knows nothing of it.",
    "Somebody has left a bicycle in front of the gate.", "{colleague} has forgotten something in the car.",
    "Something is wrong with the coffee machine again.", "Whether there will be lunch is not known.",
    "It is open whether {colleague} has heard of it.", "The usual noise comes from the yard.",
    "The car park attendant has said yes to a longer stay.", "The printer on that floor has not been repaired.",
    "{a} mentioned it to me in passing.", "{a} only started in {unit} in spring.", "The cleaning crew has not been informed.",
)  # fmt: skip
CARRIERS = (
    "{case}", "{case}", "{case}", "{case}", "{case}", "{case} {closing}", "{case} {closing}", "{case} {closing}",
    "{case} {closing}", "Quick question: {case_lower} {closing}",
    "Hello, I need your advice. {case} {closing} Thank you, {teller}", "Hi, {case_lower} {closing}",
    "A case from {place}: {case_lower}", "A message to the hotline reads: {case}", "I manage {unit}. {case} {closing}",
    "During a check in {unit} we noticed the following. {case}", "Can you help me with this? {case} {closing}",
    "A caller reports: {case}", "From an e-mail by {teller}: {case} {closing}", "{case} {closing} Best regards, {teller}",
)  # fmt: skip
CARRIERS_FIRST = (
    "{case}", "{case} {closing}", "{case} {closing}", "{case} {closing}", "Quick question: {case_lower} {closing}",
    "Hi, {case_lower} {closing}", "Hello, I work in {unit}. {case} {closing}", "I need your advice. {case} {closing}",
    "{case} {closing} Thanks, {teller}", "Can you help me with this? {case} {closing}", "I am new in {unit}. {case} {closing}",
    "An employee writes: {case} {closing}",
)  # fmt: skip
