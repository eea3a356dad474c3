"""What the grammar asks of a parsed text again and again, found once and kept with the text.

spaCy puts ``Doc.text`` together and searches ``Doc.noun_chunks`` anew at every access; a sentence of eighty words is asked
for both some hundred times.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


def text_of(doc: "Doc") -> str:
    """The characters of the text."""
    known: str | None = doc.user_data.get("plumbline.text")
    if known is None:
        known = doc.text
        doc.user_data["plumbline.text"] = known
    return known


def words_of(doc: "Doc") -> tuple[str, ...]:
    """Its tokens in small letters."""
    known: tuple[str, ...] | None = doc.user_data.get("plumbline.words")
    if known is None:
        known = tuple(token.lower_ for token in doc)
        doc.user_data["plumbline.words"] = known
    return known


def noun_phrases(doc: "Doc") -> "tuple[Span, ...]":
    """Its base noun phrases in order."""
    known: tuple[Span, ...] | None = doc.user_data.get("plumbline.phrases")
    if known is None:
        known = tuple(doc.noun_chunks)
        doc.user_data["plumbline.phrases"] = known
    return known


def chunks(doc: "Doc") -> dict[int, int]:
    """Its base noun phrases: first token -> token after the last."""
    known: dict[int, int] | None = doc.user_data.get("plumbline.chunks")
    if known is None:
        known = {int(chunk.start): int(chunk.end) for chunk in noun_phrases(doc)}
        doc.user_data["plumbline.chunks"] = known
    return known
