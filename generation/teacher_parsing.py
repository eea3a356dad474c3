"""From what a teacher said to the fields that were asked for: reasoning stripped, JSON found wherever it stands.

A server that knows structured output sends bare JSON; others wrap it in a code fence or in talk, or think aloud first.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_MOST_CHARACTERS = 50_000
_MOST_STARTS = 200
"""Braces at which an object is looked for: each failure takes a time in the length of the text."""
_TAGS = "think|thinking|thought|reasoning|reflection|analysis|scratchpad"
_REASONED = re.compile(rf"<({_TAGS})\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_CLOSED = re.compile(rf"^.*</(?:{_TAGS})\s*>", re.IGNORECASE | re.DOTALL)
_OPEN = re.compile(rf"<(?:{_TAGS})\b[^>]*>.*$", re.IGNORECASE | re.DOTALL)
_CHANNEL = re.compile(r"^.*<\|channel\|>\s*final\s*<\|message\|>", re.IGNORECASE | re.DOTALL)
_TOKENS = re.compile(r"<\|[^<>|\n]{0,40}\|>")


def without_reasoning(text: str) -> str:
    """``text`` without what a model thought aloud: tagged passages, one whose opening tag the template swallowed, one
    that was cut off before it closed, and the channels before the final one.
    """
    text = _CHANNEL.sub("", text)
    previous = None
    while previous != text:  # tags may be nested
        previous, text = text, _REASONED.sub("", text)
    return _TOKENS.sub("", _OPEN.sub("", _CLOSED.sub("", text))).strip()


def fields_of(text: str, schema: Mapping[str, Any]) -> dict[str, str] | str:
    """The fields that ``schema`` (an object of texts) requires, stripped, or in words why there are none.

    Of several objects in ``text`` the last that fits counts: a model that talks shows drafts before its answer.
    """
    objects = _objects(without_reasoning(text))
    if not objects:
        return "no JSON"
    problems = []
    for found in reversed(objects):
        problem = _mismatch(found, schema)
        if not problem:
            return {name: str(found[name]).strip() for name in schema["required"]}
        problems.append(problem)
    return problems[0]


def _objects(text: str) -> list[dict[str, Any]]:
    """The outermost JSON objects of ``text``; line breaks within its texts are let pass."""
    decoder = json.JSONDecoder(strict=False)
    text = text[:_MOST_CHARACTERS]
    found = []
    place = text.find("{")
    for _ in range(_MOST_STARTS):
        if place < 0:
            break
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            if isinstance(value, dict):
                found.append(value)
        place = text.find("{", end)
    return found


def _mismatch(found: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    for name in schema["required"]:
        value = found.get(name)
        if value is None:
            return f"no field {name}"
        if not isinstance(value, str):
            return f"{name} is no text"
        if not value.strip():
            return f"{name} is empty"
        allowed = schema["properties"][name].get("enum")
        if allowed and value.strip() not in allowed:
            return f"{name} is none of {', '.join(allowed)}"
    return ""
