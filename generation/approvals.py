"""How people tell that somebody's approval was there, was not there, or is not known.

A verb, a time and a way of saying are drawn one by one, so that hardly a pair of words belongs to one answer alone; the twins
share the draws. Words of denial and of time stand in both. Placeholders: {X} who approves, {s} the one who acts, {day} a day.
"""

import random
import re

_VERBS = (
    ("approved it", "approve it"), ("agreed to it", "agree to it"), ("agreed", "agree"), ("consented", "consent"), ("signed it off", "give a sign-off"),
    ("gave the go-ahead", "give the go-ahead"), ("said yes", "agree"), ("allowed it", "give permission"), ("gave permission", "give permission"),
)  # fmt: skip
_TIMES = ("beforehand", "in advance", "in writing")
# (given, not given); {v} the verb in the past, {b} its base, {t} a time
_PAST = (
    ("{X} {v} {t}", "{X} did not {b} {t}"), ("{X} {v} {t}", "{X} did not {b} {t}"), ("{X} {v} {t}", "{X} {v} only afterwards"),
    ("{s} asked {X}, who {v} {t}", "{s} asked {X}, who did not {b}"), ("{s} asked {X} {t}. {X} {v}", "{s} asked {X} {t}. {X} did not {b}"),
    ("{X} looked at it and {v} {t}", "{X} looked at it and did not {b} {t}"),
)  # fmt: skip
_NOW = (
    ("{X} {v} {t}", "{X} did not {b} {t}"), ("{X} {v} {t}", "{X} did not {b} {t}"),
    ("{s} asked {X}, who {v} {t}", "{s} asked {X}, who did not {b}"), ("{s} asked {X} {t}. {X} {v}", "{s} asked {X} {t}. {X} did not {b}"),
)  # fmt: skip
# Nothing is said of the approval, though the one who gives it appears, in words of the others.
_NEITHER = ("{s} asked {X} {t}", "{s} asked {X} {t}", "{X} looked at it")
_UNCLEAR = (
    "it is unclear whether {X} {v} {t}", "it is still open whether {X} {v} {t}", "I have yet to find out whether {X} {v}",
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
    pool = _UNCLEAR if doubted else _NEITHER
    return _put(rng.choice(pool), verb, time)


def _put(text: str, verb: tuple[str, str], time: str) -> str:
    time = "" if re.search(r"\ba written\b", verb[0]) and time in {"in writing", "by e-mail"} else time
    filled = text.replace("{v}", verb[0]).replace("{b}", verb[1]).replace("{t}", time)
    return re.sub(r"\s+(?=,|$)", "", filled)
