"""Parses kept between two ingestions, so that a text which did not change is not given to spaCy again.

Every stage after reading is a pure function of the clauses and of the parses of their sentences. Keeping the parses, and
doing the cheap rest again, therefore gives what a full rebuild gives. A parse is kept in spaCy's own binary form (``DocBin``)
with all that the grammar reads: tokens, tags, lemmas, morphology and heads. The file is named after the model's weights and
the code that prepares texts for it; a file that is damaged or of another model counts as none.
"""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import extraction.nlp
from extraction.nlp import DEFAULT_MODEL, Analyser
from extraction.rules_lists import texts_needed
from extraction.rules_units import units_of
from kg.model import Clause

if TYPE_CHECKING:
    from spacy.tokens import Doc

ATTRIBUTES = ("LEMMA", "TAG", "POS", "MORPH", "HEAD", "DEP", "NORM")


@dataclass(frozen=True, slots=True)
class Parsing:
    """How much was given to spaCy: clauses and texts (sentences, lead-ins, fields of rules) in all, and anew."""

    clauses: int = 0
    clauses_parsed: int = 0
    texts: int = 0
    texts_parsed: int = 0


class RememberingAnalyser(Analyser):
    """An analyser that begins with the parses of an earlier ingestion and counts what it adds.

    ``folder`` is where they are kept, None to keep nothing.
    """

    def __init__(self, model: str | Path = DEFAULT_MODEL, folder: Path | None = None) -> None:
        super().__init__(model)
        self._begin(folder)

    def _begin(self, folder: Path | None) -> None:
        self._file = folder / f"{self._key()}.spacy" if folder is not None else None
        self._kept: dict[str, Doc] = _read(self._file, self._nlp.vocab) if self._file is not None else {}
        self._parsed = 0

    def parsing(self, clauses: Sequence[Clause]) -> Parsing:
        """The account of an ingestion of ``clauses``, after it."""
        anew = sum(any(text not in self._kept for text in _texts(clause)) for clause in clauses)
        return Parsing(len(clauses), anew, len(self._docs), self._parsed)

    def keep(self) -> None:
        """Write the parses that were asked for, and no others, for the next ingestion."""
        if self._file is None or (not self._parsed and self._docs.keys() == self._kept.keys()):
            return
        from spacy.tokens import DocBin

        bin_ = DocBin(attrs=ATTRIBUTES, store_user_data=False)
        for text in sorted(self._docs):
            bin_.add(self._docs[text])
        self._file.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._file.with_suffix(".partial")
        scratch.write_bytes(bin_.to_bytes())
        scratch.replace(self._file)
        for other in self._file.parent.glob("*.spacy"):
            if other != self._file:
                other.unlink()

    def _parse(self, texts: Sequence[str]) -> Iterable["Doc"]:
        fresh = [text for text in texts if text not in self._kept]
        self._parsed += len(fresh)
        parsed = dict(zip(fresh, super()._parse(fresh), strict=True)) if fresh else {}
        return [self._kept[text] if text in self._kept else parsed[text] for text in texts]

    def _key(self) -> str:
        """A hash of the model's files and of the code that prepares texts for it."""
        digest = hashlib.sha256(Path(extraction.nlp.__file__).read_bytes())
        for path in sorted(self._nlp.path.rglob("*")):
            if path.is_file():
                digest.update(path.read_bytes())
        return digest.hexdigest()[:16]


def _texts(clause: Clause) -> list[str]:
    """The sentences of a clause as they are parsed."""
    return [text for unit in units_of(clause) for text in texts_needed(unit.text, unit.context)]


_DAMAGE = (zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError, OverflowError)
"""What zlib, msgpack and numpy raise on bytes that are no parses."""


def _read(file: Path, vocab: object) -> dict[str, "Doc"]:
    from spacy.tokens import DocBin

    try:
        docs = DocBin(store_user_data=False).from_bytes(file.read_bytes()).get_docs(vocab)
        return {doc.text: doc for doc in docs}
    except (FileNotFoundError, *_DAMAGE):
        return {}
