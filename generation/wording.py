"""The phrases of the scenario writer: plain narration in the words of people at work.

Placeholders: {A} first mention of the one who acts, {a} later mention, {s} {S} subject pronoun, {o} object pronoun,
{p} {P} possessive, {be} {be_past} {have} {want} {do} {would_like} agreeing verbs, {past} {pp} {ing} {base} forms of
the act, {rest} the act without its verb, {noun} its object, {day} {Day} {future} dates, {place} {unit} {teller}
{colleague} circumstances.
"""

DONE_PAST = (
    "{A} {past}", "{A} {past}", "{A} {past}", "{A} {past} {day}", "{A} {past} {day}", "{Day}, {A} {past}",
    "{Day} {A} {past}", "{A} {have} {pp}", "{A} {have} {pp}",
)  # fmt: skip
DONE_PAST_THIRD = (
    "{A} tells me that {s} {past}", "{A} {past} {day} and told {colleague} about it", "I had heard that {A} {past}, and {s} {have} confirmed it",
    "The records show that {A} {past}",
)  # fmt: skip
DONE_PLANNED = (
    "{A} {want} to {base}", "{A} {want} to {base} {future}", "{A} {plan} to {base} {future}", "{A} {plan} to {base}",
    "{A} would like to {base}", "{A} {be} going to {base} {future}", "{A} {be} about to {base}",
)  # fmt: skip
DONE_PLANNED_THIRD = ("{A} asks whether {s} may {base}", "{A} asks if {s} can {base} {future}")
DONE_PLANNED_FIRST = ("May I {base}", "Can I {base} {future}", "I am asked to {base} {future} and intend to do it")

# An act that was not done: the same words whether it is forbidden or due, so that they do not give the verdict away.
OMITTED_PAST = (
    "{A} did not {base}", "{A} did not {base}", "{A} {have} not {pp}", "{A} never {past}", "{A} decided not to {base}",
    "{A} chose not to {base}", "{A} {be_past} asked to {base} and refused", "{A} {be_past} told to {base} and did not do it",
    "{colleague} wanted {A_object} to {base}. {S} said no", "{A} saw no need to {base} and did not do it",
)  # fmt: skip
OMITTED_PAST_THIRD = (
    "{A} tells me that {s} did not {base}", "I had heard that {A} did not {base}, and {s} {have} confirmed it",
)  # fmt: skip
OMITTED_PLANNED = (
    "{A} {be} not going to {base}", "{A} {do} not want to {base}", "{A} would rather not {base}", "{A} {have} decided not to {base}",
    "{A} {see} no need to {base} and will not do it", "{A} will not {base}", "{A} {have} been asked to {base} and will say no",
)  # fmt: skip
DECLINED_OFFER_PAST = (
    "{A} {be_past} offered {rest} {day} and declined", "{A} turned down {rest} {day}", "{A} {be_past} offered {rest} and said no",
    "{A} refused {rest} and told {p} manager", "{A} sent back {rest} {day}",
)  # fmt: skip
# Somebody stops a forbidden act: the words of DENIED_PAST and DENIED_PLANNED, for the other verdict.
STOPPED_PAST = (
    "{A} wanted to {base} {day}. {P} manager forbade it", "{A} asked to {base}, and {p} manager said that nobody may do that",
    "{A} {be_past} told by {p} manager never to {base}", "A manager stopped {A_object} from {ing}",
)  # fmt: skip
STOPPED_PLANNED = (
    "{A} {want} to {base}. {P} manager forbids it", "{A} would like to {base} {future}, and {p} manager says that nobody may do that",
    "A manager wants to forbid {A_object} to {base}",
)  # fmt: skip
# Somebody forbids or punishes what the rule allows.
DENIED_PAST = (
    "{A} wanted to {base} {day}. {P} manager forbade it", "{A} asked to {base}, and {p} manager said that nobody may do that",
    "{A} {past}. {P} manager gave {o} a warning for it", "{A} {be_past} told by {p} manager never to {base}",
    "A manager stopped {A_object} from {ing}",
)  # fmt: skip
DENIED_PLANNED = (
    "{A} {want} to {base}. {P} manager forbids it", "{A} would like to {base} {future}, and {p} manager says that nobody may do that",
    "{P} manager wants to punish {A_object} for {ing}", "A manager wants to forbid {A_object} to {base}",
)  # fmt: skip
DENIED_THING_PAST = ("It was planned that {A} would {base}. A manager forbade it", "A manager did not let {A} {base}")
DENIED_THING_PLANNED = (
    "It is planned that {A} will {base}. A manager wants to forbid it",
    "A manager does not want to let {A} {base}",
)

# What happened is not known. The first lists tell the whole act, the last ones hide its object ({hidden...}).
UNKNOWN_PAST_THIRD = (
    "I have heard that {A} may have {pp}, but nobody has confirmed it", "{colleague} thinks that {A} {past} but is not sure",
    "There is a rumour that {A} {past}. {S} {have} not been asked yet", "Nobody in {unit} can say whether {A} {past}",
    "The file does not show whether {A} {past}", "{A} cannot remember whether {s} {past}",
    "One colleague says that {A} {past}, another says that {s} did not", "{A} has been asked whether {s} {past} and has not answered yet",
)  # fmt: skip
UNKNOWN_PAST_FIRST = (
    "I cannot remember whether I {past}", "I may have {pp}, I am not sure any more", "I do not know any more whether I {past}",
    "{colleague} says that I {past}. I would have to look it up",
)  # fmt: skip
LEFT_OUT_PAST = ("{A} {hpast} {day}", "{A} {hpast}", "{A} {have} {hpp}")
UNKNOWN_HIDDEN_PAST = (
    *LEFT_OUT_PAST, "{A} {hpast}. {S} {have} not said what it was", "{A} {have} {hpp}, and I do not know what it was",
    "{A} {hpast} {day}. The note does not say what",
)  # fmt: skip
UNKNOWN_NOUN_PAST_THIRD = (
    "There was something with {noun} in {unit}, and {A} was involved", "{A} mentions {noun} in an e-mail and does not say what happened",
    "{A} had to do with {noun} {day}. What {s} did is not clear", "{A} has a question about {noun} but has not said what {s} did",
    "{colleague} reports a problem with {A} and {noun} and gives no details",
)  # fmt: skip
UNKNOWN_PLANNED = (
    "{A} {have} not decided yet what to do about {noun}", "{A} {have} a question about {noun} and will send the details later",
    "{A} {want} to do something with {noun} and {have} not said what", "Something is planned with {noun}, and {A} will be involved",
    "{A} {be} thinking about something with {noun}, the details are still open",
)  # fmt: skip
LEFT_OUT_PLANNED = ("{A} {want} to {hbase} {future}", "{A} {plan} to {hbase}", "{A} would like to {hbase}")
UNKNOWN_HIDDEN_PLANNED = (*LEFT_OUT_PLANNED, "{A} {want} to {hbase} and {have} not said what it is")
UNKNOWN_PLANNED_ACT = (
    "It is open whether {A} will {base}", "{A} may {base} {future}, but the plan is not final", "{colleague} thinks that {A} {want} to {base} but is not sure",
    "I have heard that {A} {want} to {base}, but nobody has confirmed it",
)  # fmt: skip

# A rule that can only be quoted.
KEPT_PAST = (
    "{A} kept to this",
    "{A} followed this {day}",
    "This was done {day} in {place}",
    "In {unit} this was done",
    "{A} did so {day}",
)
BROKEN_PAST = (
    "{A} did not keep to this",
    "{A} ignored this {day}",
    "This was not done in {place}",
    "In {unit} this was not done",
    "{A} did the opposite {day}",
)
UNSURE_PAST = (
    "Nobody can say whether {A} kept to this", "I do not know what {A} did", "{A} had such a case {day}, and the details are missing",
    "There was such a case in {unit}, but I have heard no details",
)  # fmt: skip
LET_PAST = (
    "{A} made use of this {day}",
    "In {unit} somebody made use of this",
    "{A} did just that",
    "{A} relied on this",
)
FORBIDDEN_PAST = (
    "{A} wanted to make use of this. {P} manager forbade it",
    "In {unit} a manager says that nobody may do this",
    "{A} was given a warning for doing just that",
)

OPEN_FACT = (
    "It is not clear whether {told}",
    "I do not know whether {told}",
    "Whether {told} is not known",
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

# Remarks that do not matter. Those of doubt stand in all twins alike, so that doubt alone says nothing about the verdict.
REMARKS = (
    "{colleague} was there too.", "This came up in {unit}.", "{colleague} told me about it.", "It happened in {place}.",
    "{a} {have} been with the company for {number} years.", "{colleague} was on leave that week.", "It was a busy week.",
    "I am not sure whether {colleague} was there too.", "Nobody could tell me who else was there.", "I do not know who told {colleague} about it.",
    "One colleague says that it was in {place}, another says that it was in {unit}.", "{colleague} has been asked about it and has not answered yet.",
    "I have heard that {colleague} noticed, but nobody has confirmed it.", "It may have been in {place}, I am not sure any more.",
    "The file does not show on which day of the week it was.", "The note does not say who wrote it.",
)  # fmt: skip
REMARKS_PLANNED = (
    "{colleague} will be there too.", "{colleague} told me about it.", "{a} {have} been with the company for {number} years.",
    "{colleague} is on leave this week.", "It is a busy week.", "It is open whether {colleague} will be there too.",
    "I do not know whether {colleague} has heard of it.", "{colleague} has not answered my e-mail yet.", "I am not sure who else knows.",
    "The time of day is not decided yet.", "I have heard that {colleague} will be there, but nobody has confirmed it.",
)  # fmt: skip
PREFIXES = (
    "Hi, one question. {case}", "Hello, could you help me? {case}", "Quick question: {case_lower}", "A case from {place}: {case_lower}",
    "From an e-mail by {teller}: {case}", "A caller reports: {case}", "A message to the hotline: {case}", "I manage {unit}. {case}",
    "I need your advice. {case}",
)  # fmt: skip
PREFIXES_FIRST = (
    "Hi, one question. {case}", "Hello, I work in {unit}. {case}", "Quick question: {case_lower}", "I need your advice. {case}",
    "An employee writes: {case}", "I am new in {unit}. {case}",
)  # fmt: skip
