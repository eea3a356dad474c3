"""A rule in its own words, short enough to stand in a case."""

import re

from kg.model import Rule


def quote_of(rule: Rule) -> str:
    """The sentence of ``rule``, or that part of a long one which holds its verb; without marks at its end."""
    text = re.sub(r"^(?:No|Yes)\.\s*", "", rule.text).strip().rstrip(".;")
    text = re.sub(r"[\"“”{}]", "", text)
    if len(text.split()) > 34:
        pieces = re.split(r"(?<=[,;:]) ", text)
        key = rule.action.split()[-1] if rule.action else ""
        text = next(
            (piece for piece in pieces if key and key in piece and len(piece.split()) <= 34),
            " ".join(text.split()[:34]),
        )
        text = re.sub(r"\s+(?:and|or|of|to|the|a|in|for|with|that|by|from)$", "", text.rstrip(",;: "))
    return text.rstrip(" ,;:")
