"""The phrases of the scenario writer: plain narration in the words of people at work.

Placeholders: {A} first mention of the one who acts, {a} later mention, {s} {S} subject pronoun, {o} object pronoun,
{p} {P} possessive, {be} {be_past} {have} {want} {do} {would_like} agreeing verbs, {past} {pp} {ing} {base} forms of
the act, {rest} the act without its verb, {noun} its object, {day} {Day} {future} dates, {place} {unit} {teller}
{colleague} circumstances.
"""

DONE_PAST = (
    "{A} {past}", "{A} {past}", "{A} {past}", "{A} {past} {day}", "{A} {past} {day}", "{Day}, {A} {past}", "{Day} {A} {past}",
    "{A} {have} {pp}", "{A} {have} {pp}", "{colleague} wanted {A_object} to {base}. {S} did",
    "{colleague} saw that {A} {past} {day}",
)  # fmt: skip
DONE_PAST_THIRD = (
    "{A} tells me that {s} {past}", "{A} {past} {day} and told {colleague} about it", "I had heard that {A} {past}, and {s} {have} confirmed it",
    "The records show that {A} {past}",
)  # fmt: skip
DONE_PLANNED = (
    "{A} {want} to {base}", "{A} {want} to {base} {future}", "{A} {plan} to {base} {future}", "{A} {plan} to {base}",
    "{A} would like to {base}", "{A} {be} going to {base} {future}", "{A} {be} about to {base}", "{A} {have} decided to {base}",
    "{colleague} wants {A_object} to {base}. {S} will", "{A} will {base} {future}",
)  # fmt: skip
DONE_PLANNED_THIRD = ("{A} asks whether {s} may {base}", "{A} asks if {s} can {base} {future}")
DONE_PLANNED_FIRST = ("May I {base}", "Can I {base} {future}")

# An act that was not done: the same words whether it is forbidden or due, so that they do not give the verdict away.
OMITTED_PAST = (
    "{A} did not {base}", "{A} did not {base}", "{A} did not {base} {day}", "{A} {have} not {pp}", "{A} never {past}", "{A} decided not to {base}",
    "{A} chose not to {base}", "{Day} {A} did not {base}", "{colleague} wanted {A_object} to {base}. {S} did not",
)  # fmt: skip
OMITTED_PAST_THIRD = (
    "{A} tells me that {s} did not {base}", "I had heard that {A} did not {base}, and {s} {have} confirmed it", "The records show that {A} did not {base}",
)  # fmt: skip
OMITTED_PLANNED = (
    "{A} {be} not going to {base}", "{A} {do} not want to {base}", "{A} would rather not {base}", "{A} {have} decided not to {base}",
    "{A} {see} no need to {base} and will not do it", "{A} will not {base}", "{A} {do} not plan to {base}",
    "{colleague} wants {A_object} to {base}. {S} will not",
)  # fmt: skip
DECLINED_OFFER_PAST = (
    "{A} {be_past} offered {rest} {day} and declined", "{A} turned down {rest} {day}", "{A} {be_past} offered {rest} and said no",
    "{A} refused {rest} and told {p} manager", "{A} sent back {rest} {day}",
)  # fmt: skip
# Somebody stops a forbidden act.
STOPPED_PAST = (
    "{A} wanted to {base} {day}. {P} manager forbade it, and {s} did not", "{A} asked to {base}, was told that nobody may do that, and did not",
)  # fmt: skip
STOPPED_PLANNED = ("{A} wanted to {base}, but {p} manager forbids it, and {s} will not",)
TIMES_BESIDE = (
    "before lunch", "after lunch", "before the holidays", "after the holidays", "before the weekend", "after a team meeting", "before the end of the shift",
    "after the course", "before an audit", "after a telephone call", "before the fair", "after the move to the new office",
    "before the summer", "after the summer break", "before a trip", "after a trip", "before the stocktaking", "after the night shift",
)  # fmt: skip

OPEN_FACT = (
    "It is not clear whether {told}",
    "I do not know whether {told}",
    "{colleague} could not tell me whether {told}",
)

CLOSING_PAST = (
    "Was that all right?", "Is that in line with the policy?", "Was that allowed?", "Is that a problem?", "Was that in order?",
    "Did {a} act correctly?", "Is that acceptable?", "What does the policy say?",
)  # fmt: skip
CLOSING_PLANNED = (
    "Is that all right?", "Is that allowed?", "Does the policy allow this?", "Can this go ahead?", "Is that a problem?",
    "What does the policy say?", "Is this fine?",
)  # fmt: skip

# Remarks that do not matter. They stand in all twins alike, so that doubt, haste, a good reason or somebody's yes or no say
# nothing about the verdict by themselves.
REMARKS = (
    "{colleague} was there too.", "It was a busy week.", "It was meant well.", "Nobody came to harm.", "It was not the first time.",
    "It was the first time.", "{colleague} saw it and said nothing.", "{colleague} knows of it, but not the rest of the team.", "Some of the team know of it.",
    "Nobody has complained so far.", "Nothing was lost.", "There was no bad intention.", "Something like it has come up before in {unit}.",
    "{colleague} thinks that it does not matter.", "{colleague} would have done the same.", "{colleague} would not have done it.",
    "I do not know whether {colleague} has heard of it.", "I cannot say whether it has happened before.", "{colleague} wants to know whether that is a problem.",
)  # fmt: skip
REMARKS_SOME = (
    "Something like it has come up before in {unit}.", "Somebody in {unit} thinks that it was fine.", "Somebody from {unit} asked me about it.",
    "Somebody saw it, but said nothing.", "{colleague} said something about it at lunch.", "Somebody had asked {o} for it.", "{S} said something about it to somebody in {unit}.",
)  # fmt: skip
REMARKS_SOME_PLANNED = (
    "Something like it has come up before in {unit}.", "Somebody in {unit} thinks that it is fine.", "Somebody from {unit} asked me about it.",
    "{colleague} said something about it at lunch.", "Somebody has asked {o} for it.",
)  # fmt: skip
REMARKS_PERSON = (
    "{S} {be_past} in a hurry.", "{S} thought nothing of it.", "{S} thought that it was fine.", "{S} did not think twice about it.",
    "{S} {be_past} not sure whether it was right.", "{S} had never done it before.", "{S} {be_past} new in the job.", "{S} had not read the policy.",
)  # fmt: skip
# Of time, where the rule has no limit of time.
REMARKS_TIME = ("{colleague} heard of it {span} later.", "{span} later {colleague} asked about it.")
SPANS = (
    "an hour", "two hours", "five hours", "some hours", "a day", "two days", "four days", "some days", "a few days", "12 days", "a week", "two weeks",
    "three weeks", "six weeks", "a month", "two months", "five months", "three working days", "eight working days", "several days", "some weeks",
    "several months",
)  # fmt: skip
REMARKS_PLANNED = (
    "{colleague} will be there too.", "There is not much time.", "It is meant well.", "It will take only a few minutes.",
    "I do not know whether {colleague} has heard of it.", "Something like it has come up before in {unit}.", "{colleague} thinks that it does not matter.",
    "Some of the team know of it.", "Nobody has complained so far.", "It is not the first time.", "{colleague} would not do it.",
    "{colleague} would do the same.", "There is no bad intention.", "It was {colleague}'s idea.",
)  # fmt: skip
PREFIXES = (
    "Hi, one question. {case}", "Hello, could you help me? {case}", "Quick question: {case_lower}", "I manage {unit}. {case}",
    "A question from {place}: {case_lower}",
)  # fmt: skip
PREFIXES_FIRST = (
    "Hi, one question. {case}", "Hello, I work in {unit}. {case}", "Quick question: {case_lower}", "I am new in {unit}. {case}",
)  # fmt: skip
