"""How people tell that somebody's approval was there, was not there, or is not known.

A verb, a time and a way of saying are drawn one by one, so that hardly a pair of words belongs to one answer alone; the twins
share the draws. Words of denial and of time stand in both. Placeholders: {X} who approves, {s} the one who acts, {day} a day.
"""

import random
import re

_VERBS = (
    ("approved it", "approve it"), ("agreed to it", "agree to it"), ("agreed", "agree"), ("consented", "consent"), ("signed it off", "give a sign-off"),
    ("gave the green light", "give the green light"), ("gave the go-ahead", "give the go-ahead"), ("said yes", "agree"), ("allowed it", "give permission"),
    ("authorised it", "authorise it"), ("gave permission", "give permission"), ("approved of it", "approve of it"),
    ("gave a written approval", "give a written approval"), ("confirmed the approval", "confirm an approval"),
)  # fmt: skip
_TIMES = (
    "beforehand",
    "in advance",
    "before",
    "the day before",
    "the week before",
    "{day}",
    "in writing",
    "by e-mail",
    "in time",
)
# (given, not given); {v} the verb in the past, {b} its base, {t} a time
_PAST = (
    ("{X} {v} {t}", "{X} did not {b} {t}"), ("{X} {v} {t}", "{X} did not {b} {t}"),
    ("{X} {v} {t}", "{X} {v} only afterwards"),
    ("{s} asked {X}, who {v} {t}", "{s} asked {X}, who did not {b}"), ("{s} asked {X} {t}. {X} {v}", "{s} asked {X} {t}. {X} did not {b}"),
    ("{X} did not like it, but {v} {t}", "{X} liked it, but did not {b} {t}"), ("{X} looked at it {t} and {v}", "{X} looked at it {t} and did not {b}"),
    ("{X} had doubts, but {v} {t}", "{X} had no doubts, but did not {b} {t}"),
)  # fmt: skip
_NOW = (
    ("{X} {v} {t}", "{X} did not {b} {t}"), ("{X} {v} {t}", "{X} did not {b} {t}"),
    ("{s} asked {X}, who {v} {t}", "{s} asked {X}, who did not {b}"), ("{s} asked {X} {t}. {X} {v}", "{s} asked {X} {t}. {X} did not {b}"),
    ("{X} does not like it, but {v} {t}", "{X} likes it, but did not {b} {t}"), ("{X} looked at it {t} and {v}", "{X} looked at it {t} and did not {b}"),
)  # fmt: skip
# Nothing is said of the approval, though the one who gives it appears, in words of the others.
_NEITHER_PAST = (
    "{X} had doubts", "{X} had no doubts", "{s} asked {X} {t}", "{X} looked at it {t}", "{X} did not like it", "{X} liked it",
)  # fmt: skip
_NEITHER_NOW = (
    "{X} has doubts", "{X} has no doubts", "{s} asked {X} {t}", "{X} looked at it {t}", "{X} does not like it", "{X} likes it",
)  # fmt: skip
_UNCLEAR = (
    "it is unclear whether {X} {v} {t}", "somebody should find out whether {X} {v} {t}", "whether {X} {v} {t} is still an open question",
    "{teller} wants to know whether {X} {v}", "it would be good to know whether {X} {v} {t}", "I have yet to find out whether {X} {v}",
)  # fmt: skip


def told(*, given: bool, past: bool, rng: random.Random, written: bool = False) -> str:
    """One sentence, not yet filled, that says that the approval was given (in writing where ``written``), or was not."""
    pair, verb, time = rng.choice(_PAST if past else _NOW), rng.choice(_VERBS), rng.choice(_TIMES)
    time = "in writing" if written else time
    if written and given and "{t}" not in pair[0]:
        return f"{_put(pair[0], verb, time)} in writing"
    return _put(pair[0 if given else 1], verb, time)


def plain(*, given: bool, rng: random.Random, written: bool = False) -> str:
    """A clause, not yet filled, that says it without anything around it."""
    verb, time = rng.choice(_VERBS), rng.choice(_TIMES)
    return _put("{X} {v} {t}" if given else "{X} did not {b} {t}", verb, "in writing" if written else time)


def unsaid(*, past: bool, rng: random.Random, doubted: bool) -> str:
    """One that leaves it open: it asks whether, where ``doubted``, or speaks of the one who approves alone."""
    rng.choice(_PAST if past else _NOW)
    verb, time = rng.choice(_VERBS), rng.choice(_TIMES)
    pool = _UNCLEAR if doubted else _NEITHER_PAST if past else _NEITHER_NOW
    return _put(rng.choice(pool), verb, time)


def _put(text: str, verb: tuple[str, str], time: str) -> str:
    time = "" if re.search(r"\ba written\b", verb[0]) and time in {"in writing", "by e-mail"} else time
    filled = text.replace("{v}", verb[0]).replace("{b}", verb[1]).replace("{t}", time)
    return re.sub(r"\s+(?=,|$)", "", filled)


_OTHERS_PAST = ("{w} and {c} did the same", "{w} and {c} had the same in mind", "{w} and {c} had asked for the same")
_OTHERS_NOW = ("{w} and {c} want the same", "{w} and {c} have the same in mind", "{w} and {c} have asked for the same")
# {1} got it, {2} did not; {h} had, has or have
_COMPARED = (
    "{X} {h} given {1} permission {t}, but not {2}", "{X} {h} said yes to {1} {t}, but not to {2}", "{X} {h} agreed for {1} {t}, but not for {2}",
    "{X} {h} signed it off for {1} {t}, but not for {2}", "{X} {h} refused {2} and given {1} the go-ahead {t}",
    "{X} {h} turned {2} down and approved it for {1} {t}", "{X} {h} given {2} a no and {1} a yes {t}",
)  # fmt: skip


def compared(*, given: bool | None, past: bool, written: bool, rng: random.Random) -> tuple[str, str]:
    """Two sentences, not yet filled: others did the same ({w} and {c}), and who of all got the approval.

    Where ``given`` is None it is one of the others, so that nothing is known of {a}.
    """
    others, text = rng.choice(_OTHERS_PAST if past else _OTHERS_NOW), rng.choice(_COMPARED)
    time = "in writing" if written else rng.choice(("beforehand", "in advance", "the day before", "", ""))
    who = {True: ("{a}", "{w}"), False: ("{w}", "{a}"), None: ("{w}", "{c}")}[given]
    text = text.replace("{1}", who[0]).replace("{2}", who[1]).replace("{t}", time)
    return others, re.sub(r"\s+(?=,|$)", "", text)


BESIDE_PAST = (
    "{X} had agreed to it", "{X} did not agree to it", "{X} approved of it {day}", "{X} never approved of it", "{X} gave the go-ahead",
    "{X} was asked and said yes", "{X} looked at it and refused to say yes", "{X} was not asked", "{X} did not sign it off", "{X} was fine with it",
)  # fmt: skip
BESIDE_NOW = (
    "{X} has agreed to it", "{X} does not agree to it", "{X} approves of it", "{X} sees a problem and never said yes", "{X} looked at it {day}",
    "{X} has not been asked", "{X} is fine with it",
)  # fmt: skip
"""What somebody without a say in the matter said of it."""
