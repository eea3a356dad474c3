"""The phrases of the scenario writer: plain narration in the words of people at work.

Placeholders: {A} first mention of the one who acts, {a} later mention, {s} {S} subject pronoun, {o} object pronoun,
{p} {P} possessive, {be} {be_past} {have} {want} {do} {would_like} agreeing verbs, {past} {pp} {ing} {base} forms of
the act, {rest} the act without its verb, {noun} its object, {day} {Day} {future} dates, {place} {unit} {teller}
{colleague} circumstances.
"""

DONE_PAST = (
    "{A} {past}", "{A} {past}", "{A} {past}", "{A} {past} {day}", "{A} {past} {day}", "{Day}, {A} {past}", "{Day} {A} {past}",
    "{A} {have} {pp}", "{A} {have} {pp}", "{A} {be_past} asked to {base} and did it", "{A} {be_past} asked to {base} and did so {day}",
    "{A} {be_past} told to {base} {day} and did so", "{A} {be_past} told to {base} and did it", "{colleague} wanted {A_object} to {base}. {S} did it",
    "{colleague} asked {A_object} to {base}. {S} did so", "{colleague} told {A_object} to {base} {day}, and {s} did",
)  # fmt: skip
DONE_PAST_THIRD = (
    "{A} tells me that {s} {past}", "{A} {past} {day} and told {colleague} about it", "I had heard that {A} {past}, and {s} {have} confirmed it",
    "The records show that {A} {past}",
)  # fmt: skip
DONE_PLANNED = (
    "{A} {want} to {base}", "{A} {want} to {base} {future}", "{A} {plan} to {base} {future}", "{A} {plan} to {base}",
    "{A} would like to {base}", "{A} {be} going to {base} {future}", "{A} {be} about to {base}", "{A} {have} been asked to {base} and will do it",
    "{A} {have} been told to {base} {future} and will do so", "{colleague} wants {A_object} to {base}. {S} will do it",
    "{colleague} has asked {A_object} to {base}, and {s} will",
)  # fmt: skip
DONE_PLANNED_THIRD = ("{A} asks whether {s} may {base}", "{A} asks if {s} can {base} {future}")
DONE_PLANNED_FIRST = ("May I {base}", "Can I {base} {future}", "I am asked to {base} {future} and intend to do it")

# An act that was not done: the same words whether it is forbidden or due, so that they do not give the verdict away.
OMITTED_PAST = (
    "{A} did not {base}", "{A} did not {base}", "{A} {have} not {pp}", "{A} never {past}", "{A} decided not to {base}",
    "{A} chose not to {base}", "{A} {be_past} asked to {base} and refused", "{A} {be_past} told to {base} and did not do it",
    "{colleague} wanted {A_object} to {base}. {S} said no", "{A} saw no need to {base} and did not do it",
    "{A} {be_past} told to {base} {day} and said no", "{A} {be_past} asked to {base} {day} and did not do it",
    "{colleague} asked {A_object} to {base}. {S} did not", "{colleague} told {A_object} to {base} {day}, and {s} did not", "{A} {be_past} asked to {base}, and {s} did not", "{A} {be_past} going to {base} and then did not",
)  # fmt: skip
OMITTED_PAST_THIRD = (
    "{A} tells me that {s} did not {base}", "I had heard that {A} did not {base}, and {s} {have} confirmed it",
)  # fmt: skip
OMITTED_PLANNED = (
    "{A} {be} not going to {base}", "{A} {do} not want to {base}", "{A} would rather not {base}", "{A} {have} decided not to {base}",
    "{A} {see} no need to {base} and will not do it", "{A} will not {base}", "{A} {have} been asked to {base} and will say no",
    "{A} {have} been told to {base} {future} and will not do it", "{colleague} wants {A_object} to {base}. {S} will not do it",
    "{colleague} has asked {A_object} to {base}, and {s} will not",
)  # fmt: skip
DECLINED_OFFER_PAST = (
    "{A} {be_past} offered {rest} {day} and declined", "{A} turned down {rest} {day}", "{A} {be_past} offered {rest} and said no",
    "{A} refused {rest} and told {p} manager", "{A} sent back {rest} {day}",
)  # fmt: skip
# Somebody stops a forbidden act: the words of DENIED_PAST and DENIED_PLANNED, for the other verdict.
STOPPED_PAST = (
    "{A} wanted to {base} {day}. {P} manager forbade it", "{A} asked to {base}, and {p} manager said that nobody may do that",
    "{A} {be_past} told by {p} manager never to {base}", "A manager stopped {A_object} from {ing}",
    "{A} wanted to {base} {day}. {P} manager gave {o} a warning, and {s} did not do it",
    "After a warning for something like it, {A} did not {base}",
)  # fmt: skip
STOPPED_PLANNED = (
    "{A} {want} to {base}. {P} manager forbids it", "{A} would like to {base} {future}, and {p} manager says that nobody may do that",
    "A manager wants to forbid {A_object} to {base}",
)  # fmt: skip
# Somebody is punished for what the rule allows: a manager who merely asks for more breaks nothing.
DENIED_PAST = (
    "{A} {past}. {P} manager gave {o} a warning for it", "{A} {past} {day}. {P} manager gave {o} a warning for it",
    "{A} {be_past} given a warning for {ing}", "Because {A} {past}, {p} manager gave {o} a worse shift",
)  # fmt: skip
DENIED_PLANNED = (
    "{A} {want} to {base}. {P} manager says that {s} will get a warning for it",
    "{P} manager wants to give {A_object} a warning for {ing}",
    "{A} would like to {base} {future}, and {p} manager will give {o} a warning if {s} {do_that}",
)  # fmt: skip
DENIED_THING_PAST = ("It was planned that {A} would {base}. A manager forbade it", "A manager did not let {A} {base}")
DENIED_THING_PLANNED = (
    "It is planned that {A} will {base}. A manager wants to forbid it",
    "A manager does not want to let {A} {base}",
)
CLOSING_DENIED = ("Is the warning in order?", "Is that in order?", "May a manager do that?")

# What happened is not known. Mostly what decides is left out, as
# people leave it out: the phrases are those of acts that were done. Now and then the act is told, and not what became of it.
UNKNOWN_PAST_THIRD = (
    "{A} {be_past} asked to {base}", "{A} {be_past} told to {base} {day}", "{A} {be_past} asked to {base} {day}", "{A} {be_past} told to {base}",
    "{colleague} wanted {A_object} to {base}", "{colleague} asked {A_object} to {base}", "{colleague} told {A_object} to {base} {day}",
)  # fmt: skip
UNKNOWN_PAST_FIRST = (
    "I was asked to {base}", "I was told to {base} {day}", "{colleague} wanted me to {base}", "I was asked to {base} {day}",
    "{colleague} asked me to {base}", "{colleague} told me to {base} {day}",
)  # fmt: skip
UNKNOWN_PAST_THING = ("It was planned that {A} would {base}", "{colleague} wanted {A} to {base}")
UNKNOWN_PLANNED_ACT = (
    "{A} {have} been asked to {base}", "{A} {have} been told to {base} {future}", "{colleague} wants {A_object} to {base} {future}",
    "{colleague} has asked {A_object} to {base}",
)  # fmt: skip

# A rule that can only be quoted. What was done under it is told in the same words whatever the rule asks.
KEPT_PAST = (
    "{A} did just that {day}", "{A} did so {day}", "In {unit} they did just that", "In {unit} they did so", "{A} was asked to do that {day} and did so",
    "In {unit} they were asked to do that {day} and did so", "{colleague} wanted them to do that in {unit}. They did",
)  # fmt: skip
BROKEN_PAST = (
    "{A} did not do that {day}", "{A} did not do so {day}", "In {unit} they did not do that", "In {unit} they did not do so", "{A} was asked to do that {day} and did not do so",
    "In {unit} they were asked to do that {day} and did not do so", "{colleague} wanted them to do that in {unit}. They did not",
)  # fmt: skip
UNSURE_PAST = (
    "{A} was asked to do that {day}", "In {unit} they were asked to do that {day}", "{colleague} wanted them to do that in {unit}",
)  # fmt: skip
FORBIDDEN_PAST = (
    "{A} did just that {day}, and {p} manager gave {o} a warning for it",
    "In {unit} they did just that, and the manager gave them a warning",
)

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
    "{colleague} was there too.", "{colleague} was on leave that week.", "The week was busy.", "It was late in the day.",
    "It was meant well.", "Nobody came to harm.", "It took only a few minutes.", "It seemed the simplest way.",
    "I am not sure whether {colleague} was there too.", "I do not know who told {colleague} about it.",
    "It is not clear whether {colleague} saw it.", "One colleague says that it was in {place}, another says that it was in {unit}.",
    "I do not know whether it was in {place} or in {unit}.", "Whether {colleague} has heard of it is not known.",
    "It may have been in {place}, I am not sure any more.", "{colleague} could not tell me whether it is the first time.",
    "It is not the first time.", "It was the first time.", "Somebody in {unit} had asked for it.", "There was not much time.",
    "Something like it has come up before in {unit}.", "{colleague} said something about it at lunch.", "Somebody in {unit} thinks that it was fine.",
    "{colleague} thinks that it does not matter.", "{colleague} was once given a warning for something like it.",
    "{colleague} was asked what happened and had not much to say.",
    "{colleague} had something to do with it.", "{colleague} saw it, but not the rest of the team.", "It was late, but there was no queue.",
    "{colleague} did not like it, but said nothing.", "{colleague} knows something about it, but not much.", "The team was there, but not {colleague}.",
    "Somebody from {unit} told me about it.",
)  # fmt: skip
REMARKS_PERSON = (
    "{S} {be_past} in a hurry.", "{S} thought nothing of it.", "{S} thought that it was fine.", "{S} did not think twice about it.",
    "{S} {be_past} not sure whether it was right.", "{S} did not want to make something big of it.", "Somebody had told {o} to be quick."
    , "{S} had done it before in another company.",
)  # fmt: skip
# Of time, where the rule has no limit of time.
REMARKS_TIME = (
    "{colleague} heard of it {span} later.", "{span} later {colleague} asked about it.", "The last time was {span} before.",
    "{colleague} wrote to me {span} later.", "{span} later it came up in {unit}.",
)  # fmt: skip
SPANS = (
    "an hour", "two hours", "five hours", "half a day", "a day", "two days", "four days", "ten days", "12 days", "a week", "two weeks",
    "three weeks", "six weeks", "a month", "two months", "five months", "three working days", "eight working days",
)  # fmt: skip
REMARKS_PLANNED = (
    "{colleague} will be there too.", "{colleague} is on leave this week.", "There is not much time.", "It is meant well.",
    "It will take only a few minutes.", "It seems the simplest way.", "It is not clear whether {colleague} will be there too.",
    "I do not know whether {colleague} has heard of it.", "{colleague} could not tell me whether it is the first time.",
    "I am not sure who else knows.", "I do not know whether it will be in {place} or in {unit}.", "Somebody in {unit} has asked for it.",
    "Something like it has come up before in {unit}.", "{colleague} thinks that it does not matter.", "Somebody from {unit} told me about it.",
    "{colleague} has something to do with it.", "{colleague} knows something about it, but not much.", "The team will be there, but not {colleague}.",
     "{colleague} was once given a warning for something like it.",
    "The time of day is not decided yet.", "It is not the first time.", "{colleague} has not answered my e-mail yet.",
)  # fmt: skip
PREFIXES = (
    "Hi, one question. {case}", "Hello, could you help me? {case}", "Quick question: {case_lower}", "I manage {unit}. {case}",
    "A question from {place}: {case_lower}",
)  # fmt: skip
PREFIXES_FIRST = (
    "Hi, one question. {case}", "Hello, I work in {unit}. {case}", "Quick question: {case_lower}", "I am new in {unit}. {case}",
)  # fmt: skip
