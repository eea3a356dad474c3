"""Candidate terms: the clean noun phrases of a parsed text.

A term is what Justeson and Katz (1995) let through, adjectives and nouns that end in a noun, after determiners,
pronouns, quantities and vague modifiers are taken off. Its label is in the singular, in small letters unless it is a
name or an acronym.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.lexicon import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MAX_WORDS = 4

_VAGUE = word_set("""
    own other such same certain particular specific general various several many much more most few fewer less least
    first second third next last new old good bad big great high higher low lower large small long short full entire
    whole main major minor able available possible likely actual real true relevant appropriate applicable necessary
    reasonable following above below additional further different similar single only any every each all both either
    neither another some usual normal common current recent early late proper right wrong clear sure total like many
    respective said extra unsolicited-by prior above-mentioned due overall simple ordinary few best better sole mere
    subject worth top key open free ready requested required concerned given possible non- underlying intended obvious
    genuine careful honest serious immediate
    """)
_GENERIC = word_set("""
    thing way kind sort type lot bit case example instance fact point matter issue question answer part side end
    beginning something anything everything nothing someone anyone everyone somebody anybody everybody nobody one ones
    other others number amount level degree extent manner respect basis order set range variety aspect purpose reason
    effect result use need help hand eye mind place time day today tomorrow yesterday moment word line page section
    paragraph clause article chapter item piece half rest total most more less none such same self other people
    something circumstance situation condition event course sense view rule the who what which it they we you i he she
    doubt chance idea possibility look go start well good best bottom top step table figure note heading title list
    following above below majority minority maximum minimum
    """)
_CURRENCIES = word_set("usd eur gbp chf percent % dollar euro pound cent")
_UNITS = _CURRENCIES | word_set(
    "second minute hour day week month year time litre liter metre meter kilometre centimetre digit gram kilogram ton"
)
_PLURAL_ONLY = {
    "datum": "data",
    "medium": "media",
    "premise": "premises",
    "good": "goods",
    "staffs": "staff",
    "proceeding": "proceedings",
}
_LABEL = re.compile(r"^[A-Za-z][A-Za-z0-9&'’./\- ]*[A-Za-z0-9]$")
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A term as it stands in a text: label, surface form, the head's lemma, whether it is a name."""

    label: str
    surface: str
    head: str
    proper: bool
    root: int
    start: int


def mentions(doc: "Doc") -> Iterator[Mention]:
    """All clean terms of ``doc`` in order; every coordinated noun gives its own."""
    for chunk in doc.noun_chunks:
        mention = mention_of(chunk)
        if mention is not None:
            yield mention


def mention_of(chunk: "Span") -> Mention | None:
    """The term inside a noun chunk, or None where nothing specific is left."""
    tokens = _core(list(chunk))
    if not tokens or tokens[-1].pos_ not in {"NOUN", "PROPN"}:
        return None
    head = tokens[-1]
    if head.lemma_.lower() in _UNITS and (any(token.like_num for token in chunk) or head.lemma_.lower() in _CURRENCIES):
        return None
    label = _label(tokens)
    if len(label) < 3 and not label.isupper():
        return None
    if head.lemma_.lower() in _GENERIC and len(tokens) == 1:
        return None
    if not _LABEL.match(label) or label.lower() in _VAGUE:
        return None
    surface = head.doc.text[tokens[0].idx : head.idx + len(head)]
    proper = label != label.lower() and _is_name(head) and (len(tokens) == 1 or tokens[0].text[0].isupper())
    return Mention(label, surface, head.lemma_.lower(), proper, chunk.root.i, tokens[0].i)


def _core(tokens: "list[Token]") -> "list[Token]":
    """The longest run of nouns and specific adjectives that ends with the chunk's last noun."""
    while tokens and tokens[-1].pos_ not in {"NOUN", "PROPN"}:
        tokens = tokens[:-1]
    start = len(tokens)
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        joined = token.text in {"-", "/", "&"} and 0 < position < len(tokens) - 1 and not token.whitespace_
        if not joined and not _is_content(token):
            break
        start = position
    core = tokens[start:]
    while core and (core[0].lower_ in _VAGUE or core[0].text in {"-", "/", "&"}):
        core = core[1:]
    return core[-MAX_WORDS:]


def _is_content(token: "Token") -> bool:
    if token.like_num or token.is_currency or token.tag_ in {"PRP$", "DT", "PRP", "JJR", "JJS", "POS"}:
        return False
    if token.pos_ == "VERB" and token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod":
        return token.lower_ not in _VAGUE
    return token.pos_ in _CONTENT and bool(re.search(r"[A-Za-z]", token.text)) and token.lower_ not in _VAGUE


def _label(tokens: "list[Token]") -> str:
    words: list[str] = []
    named = len(tokens) > 1 and _is_name(tokens[-1]) and tokens[0].text[0].isupper()
    for position, token in enumerate(tokens):
        last = position == len(tokens) - 1
        if _is_name(token) or (named and position == 0):
            word = token.text
        else:
            lemma = _PLURAL_ONLY.get(token.lemma_.lower(), token.lemma_.lower())
            word = lemma if last else token.text.lower()
        words.append(word + (" " if token.whitespace_ and not last else ""))
    return re.sub(r"\s+", " ", "".join(words)).replace("’", "'").strip(" -/.&'")


def _is_name(token: "Token") -> bool:
    """Acronyms and names inside a sentence keep their capitals; a sentence's first word does not count."""
    if len(token.text) > 1 and token.text.isupper():
        return True
    return token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start and token.i > 0
