"""The kind of a concept by its head noun, as the documents' own concepts get theirs: what ConceptNet's import asks.

Only nouns of the lists count. An ending ("spectrometer", "assist") is a guess, and what ConceptNet says of the word is better.
"""

from functools import cache

from extraction.concepts_kind_words import HEADS
from extraction.concepts_kinds import kind_of
from extraction.lexicon import PARTY_NOUNS


def known_kind(label: str, head: str) -> str:
    """The kind of ``label`` whose head noun has the lemma ``head``; ``thing`` when the lists do not have the noun."""
    return kind_of(label, head) if head.lower() in _known() else "thing"


@cache
def _known() -> frozenset[str]:
    return PARTY_NOUNS.union(*HEADS.values())
