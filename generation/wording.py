"""The phrases of the scenario writer: plain narration in the words of people at work.

Placeholders: {A} first mention of the one who acts, {a} later mention, {s} {S} subject pronoun, {o} object pronoun,
{p} {P} possessive, {be} {be_past} {have} {want} {do} {would_like} agreeing verbs, {past} {pp} {ing} {base} forms of
the act, {rest} the act without its verb, {noun} its object, {day} {Day} {future} dates, {place} {unit} {teller}
{colleague} circumstances.
"""

DONE_PAST = (
    "{A} {past}", "{A} {past}", "{A} {past} {day}", "{A} {past} {day}", "{Day}, {A} {past}", "{Day} {A} {past}", "{A} {have} {pp}",
)  # fmt: skip
DONE_PAST_THIRD = ("{A} tells me that {s} {past}", "It turns out that {A} {past}")
DONE_PLANNED = (
    "{A} {want} to {base}", "{A} {want} to {base} {future}", "{A} {plan} to {base} {future}", "{A} {plan} to {base}",
    "{A} would like to {base}", "{A} {be} going to {base} {future}", "{A} will {base} {future}",
)  # fmt: skip
DONE_PLANNED_THIRD = ("{A} asks whether {s} may {base}", "{A} asks if {s} can {base} {future}")
DONE_PLANNED_FIRST = ("May I {base}", "Can I {base} {future}")

# An act that was not done: the same words whether it is forbidden or due, so that they do not give the verdict away.
OMITTED_PAST = (
    "{A} did not {base}", "{A} did not {base}", "{A} did not {base} {day}", "{A} {have} not {pp}", "{Day} {A} did not {base}",
)  # fmt: skip
OMITTED_PAST_THIRD = ("{A} tells me that {s} did not {base}", "It turns out that {A} did not {base}")
OMITTED_PLANNED = (
    "{A} {be} not going to {base}", "{A} {do} not want to {base}", "{A} would rather not {base}", "{A} will not {base}",
    "{A} {do} not plan to {base}",
)  # fmt: skip
TIMES_BESIDE = (
    "before lunch", "after lunch", "before the holidays", "after the holidays", "before the weekend", "after a team meeting", "before the end of the shift",
    "after a telephone call", "before the summer", "after the summer break", "before a trip", "after a trip", "after the night shift",
)  # fmt: skip

OPEN_FACT = ("It is not clear whether {told}", "I do not know whether {told}")

CLOSING_PAST = (
    "Was that all right?", "Is that in line with the policy?", "Was that allowed?", "Is that a problem?", "Was that in order?",
    "Was that right?", "Does that break a rule?", "Is that a breach?",
)  # fmt: skip
CLOSING_PLANNED = (
    "Is that all right?", "Is that allowed?", "Does the policy allow this?", "Is that a problem?", "Would that break a rule?",
    "Is that in line with the policy?",
)  # fmt: skip
CLOSING_HEARD = (
    "Is that a breach?", "Is that in line with the policy?", "Is that a problem?", "Does that break a rule?", "Was that in order?",
    "Was a rule broken?", "What does the policy say about that?", "Where does that leave us?",
)  # fmt: skip
CLOSING_BOTH = (
    "Was all of that in order?",
    "Is all of that in line with the policy?",
    "Was anything about that a breach?",
    "Is there a problem with any of that?",
)
SIGNED = "Kind regards, "
"""How a case that came as an e-mail ends, before a name."""


def unsigned(question: str) -> str:
    """``question`` without the end of an e-mail, so that more can be asked behind it."""
    return question.partition(f" {SIGNED}")[0]


PREFIXES = (
    "Hi, one question. {case}",
    "Hello, could you help me? {case}",
    "Quick question: {case_lower}",
    "I manage {unit}. {case}",
    "Dear compliance team, I have a question. {case} Kind regards, {teller}",
    "Hey, quick one: {case_lower}",
    "Hotline report: {case}",
)
PREFIXES_FIRST = (
    "Hi, one question. {case}", "Hello, I work in {unit}. {case}", "Quick question: {case_lower}", "I am new in {unit}. {case}",
    "Dear compliance team, I have a question. {case} Kind regards, {teller}", "Hey, quick one: {case_lower}",
)  # fmt: skip
