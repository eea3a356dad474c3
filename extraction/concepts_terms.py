"""Candidate terms: the clean noun phrases of a parsed text.

A term is what Justeson and Katz (1995) let through, adjectives and nouns that end in a noun, after determiners,
pronouns, quantities, cross-references and vague modifiers are taken off. Its label is in the singular, in small
letters unless it is a name or an acronym.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from extraction.concepts_kind_words import HEADS
from extraction.concepts_words import DATES, GENERIC, LEMMAS, UNITS_OF_MONEY, UNITS_OF_SIZE, VAGUE
from extraction.lexicon import DEPARTMENTS, PARTY_NOUNS, REFERENCE_NOUNS
from extraction.parsed import noun_phrases, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MAX_WORDS = 4
_MEMO = "plumbline.terms"
_LABEL = re.compile(r"^[A-Za-z][A-Za-z0-9&'’./\- ]*[A-Za-z0-9]$")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_LETTER = re.compile(r"[A-Za-z]")
_NUMBER = re.compile(r"^(?:[A-Z]|[IVX]{1,4}|[A-Z]\d{1,2}-\d{1,2})\.$")
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})
_OUT = frozenset({"PRP$", "DT", "PRP", "JJR", "JJS", "POS"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A term as it stands in a text: label, surface form, the head's lemma, whether it is a name.

    ``root`` is the token that heads the noun phrase, ``start`` the term's first token, ``begin`` its first character.
    """

    label: str
    surface: str
    head: str
    proper: bool
    root: int
    start: int
    begin: int


def mentions(doc: "Doc") -> tuple[Mention, ...]:
    """All clean terms of ``doc`` in order; every coordinated noun gives its own. Read once per ``doc``."""
    found: tuple[Mention, ...] | None = doc.user_data.get(_MEMO)
    if found is None:
        found = tuple(_mentions(doc))
        doc.user_data[_MEMO] = found
    return found


def _mentions(doc: "Doc") -> Iterator[Mention]:
    before: Mention | None = None
    for chunk in noun_phrases(doc):
        mention = mention_of(chunk)
        if before is not None and mention is not None and _is_one_name(before, mention, doc):
            before = _joined(before, mention, doc)
            continue
        if before is not None:
            yield before
        before = mention
    if before is not None:
        yield before


_NAMED = HEADS["document"] | HEADS["body"]
_LINK = frozenset({" and ", " & "})


def _is_one_name(one: Mention, other: Mention, doc: "Doc") -> bool:
    """Whether "Health and Safety" is one name: two common nouns in capitals, no two names of somebody or departments.

    With an article they are two terms of a contract ("the Program and Service"), and so are plurals.
    """
    tokens = (doc[one.root], doc[other.root])
    if any(token.tag_ in {"NNS", "NNPS"} or any(c.dep_ in {"det", "poss"} for c in token.lefts) for token in tokens):
        return False
    if not (one.proper and other.proper and " " not in one.label):
        return False
    between = text_of(doc)[one.begin + len(one.surface) : other.begin]
    words = (one.label.lower(), other.label.split(" ", 1)[0].lower())
    if between not in _LINK or all(word in DEPARTMENTS for word in words):
        return False
    listed = text_of(doc)[max(0, one.begin - 2) : one.begin].strip() == ","
    return not listed and all("NOUN" in _parts_of_speech(word) and word not in PARTY_NOUNS for word in words)


def _joined(one: Mention, other: Mention, doc: "Doc") -> Mention:
    surface = text_of(doc)[one.begin : other.begin + len(other.surface)]
    return replace(
        other, label=f"{one.label} and {other.label}", surface=surface, root=one.root, start=one.start, begin=one.begin
    )


def mention_of(chunk: "Span") -> Mention | None:
    """The term inside a noun chunk, or None where nothing specific is left."""
    tokens = _core(_beyond_verb(chunk))
    if not tokens or tokens[-1].pos_ not in {"NOUN", "PROPN"}:
        return None
    head = tokens[-1]
    lemma = _lemma(head)
    if lemma in UNITS_OF_MONEY or (lemma in UNITS_OF_SIZE and any(token.like_num for token in chunk)):
        return None
    if len(tokens) == 1 and (lemma in GENERIC or lemma in DATES):
        return None
    label = _label(tokens)
    if (len(label) < 3 and not label.isupper()) or not _LABEL.match(label):
        return None
    if all(token.is_stop for token in tokens) or _is_no_noun(head) or _is_reference(tokens):
        return None
    begin = tokens[0].idx
    surface = text_of(head.doc)[begin : head.idx + len(head)]
    proper = label != label.lower() and _is_name(head) and (len(tokens) == 1 or tokens[0].text[0].isupper())
    return Mention(label, surface, lemma, proper, chunk.root.i, tokens[0].i, begin)


def _beyond_verb(chunk: "Span") -> "list[Token]":
    """The tokens of the phrase, without a verb that the parser took for its first noun ("to use third parties")."""
    before = chunk.doc[chunk.start - 1] if chunk.start else None
    first = chunk[0]
    verbal = before is not None and (before.tag_ in {"TO", "MD"} or before.lower_ in {"not", "n't", "n’t"})
    took = len(chunk) > 1 and first.tag_ == "NN" and verbal and "VERB" in _parts_of_speech(first.lower_)
    return list(chunk[1:]) if took else list(chunk)


def _is_no_noun(head: "Token") -> bool:
    """Whether a dictionary knows the word, but not as a noun ("herein", "whatsoever"); a bare verb is none either."""
    if head.tag_ != "NN" or head.text != head.lower_:
        return False
    known = _parts_of_speech(head.lower_)
    if not known or "NOUN" in known or "PROPN" in known or head.lower_.endswith("ing"):
        return False
    return "VERB" not in known or not any(child.dep_ in {"det", "poss"} for child in head.lefts)


@lru_cache(maxsize=16384)
def _parts_of_speech(word: str) -> frozenset[str]:
    from lemminflect import getAllLemmas

    return frozenset(getAllLemmas(word))


_CODE = re.compile(r"^[A-Z]?\.?\d+(?:\.\d+)*$|^[A-Z]\.\d")


def _is_reference(tokens: "Sequence[Token]") -> bool:
    """As in "Sections D.4": what is named is a place in a text."""
    return tokens[0].lower_.rstrip("s") in REFERENCE_NOUNS and bool(_CODE.match(tokens[-1].text))


def _core(tokens: "list[Token]") -> "list[Token]":
    """The longest run of nouns and specific adjectives that ends with the chunk's last noun."""
    while tokens and tokens[-1].pos_ not in {"NOUN", "PROPN"}:
        tokens = tokens[:-1]
    start = len(tokens)
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        joined = token.text in {"-", "/", "&"} and 0 < position < len(tokens) - 1 and not token.whitespace_
        if not joined and not _is_content(token) and not _joins_names(tokens, position):
            break
        if token.tag_ in {"VBG", "VBN"} and position and tokens[position - 1].pos_ in {"NOUN", "PROPN"}:
            break  # "repository containing notices": a clause on the noun before it
        start = position
    core = tokens[start:]
    core = core[-MAX_WORDS:]
    while core and (_is_vague(core[0]) or core[0].lower_ in {"-", "/", "&", "and"} or _is_number(core[0])):
        core = core[1:]
    return core


def _joins_names(tokens: "Sequence[Token]", position: int) -> bool:
    """The "and" of "Gifts and Entertainment Policy": in the name of a text or a body, all words around it in capitals."""
    if tokens[position].lower_ != "and" or not 0 < position < len(tokens) - 1 or tokens[-1].lower_ not in _NAMED:
        return False
    return all(tokens[i].text[:1].isupper() for i in (position - 1, position + 1, len(tokens) - 1))


def _is_number(token: "Token") -> bool:
    """The "K." of "K. Payment": a letter or a Roman numeral with its point."""
    return bool(_NUMBER.match(token.text))


def _is_content(token: "Token") -> bool:
    if token.like_num or token.is_currency or token.tag_ in _OUT or token.norm_ == "section":
        return False
    if token.lower_ in {"no", "nos", "no."} or _is_vague(token) or not _LETTER.search(token.text):
        return False
    return token.pos_ in _CONTENT or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")


def _is_vague(token: "Token") -> bool:
    """Whether a modifier says nothing; as a noun the same word may be a term ("data subject", "right")."""
    return token.lower_ in VAGUE and not token.tag_.startswith("NN")


def _lemma(token: "Token") -> str:
    lemma = str(token.lemma_.lower())
    return LEMMAS.get(lemma, lemma)


def _label(tokens: "Sequence[Token]") -> str:
    words: list[str] = []
    named = len(tokens) > 1 and _is_name(tokens[-1]) and tokens[0].text[0].isupper() and not _is_shouted(tokens[0])
    for position, token in enumerate(tokens):
        last = position == len(tokens) - 1
        plain = _lemma(token) if last else token.lower_
        word = token.text if _is_name(token) or (named and position == 0) else plain
        words.append(word + (" " if token.whitespace_ and not last else ""))
    return re.sub(r"\s+", " ", "".join(words)).replace("’", "'").strip(" -/.&'")


def _is_name(token: "Token") -> bool:
    """Acronyms and names inside a sentence keep their capitals; a sentence's first word and shouting do not count."""
    if _INNER_CAPITAL.search(token.text):
        return True
    if len(token.text) > 1 and token.text.isupper():
        return not _is_shouted(token)
    return token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start and token.i > 0


_COMMON = frozenset({"NOUN", "ADJ", "VERB"})
_LOUD = "plumbline.loud"


def _is_loud(doc: "Doc") -> bool:
    """Whether most words of the text stand in capitals, so that capitals mark no name. Read once per ``doc``."""
    known: bool | None = doc.user_data.get(_LOUD)
    if known is None:
        words = [token for token in doc if token.is_alpha and len(token) > 1]
        known = len(words) > 2 and sum(token.text.isupper() for token in words) * 2 > len(words)
        doc.user_data[_LOUD] = known
    return known


def _is_shouted(token: "Token") -> bool:
    """Whether a word in capitals stands among others: "PROVIDED AS IS", unlike "a DMCA notice"."""
    if not (len(token.text) > 1 and token.text.isupper()):
        return False
    doc = token.doc
    if (len(token) > 4 or (len(token) > 2 and _is_loud(doc))) and _parts_of_speech(token.lower_) & _COMMON:
        return True  # a common word in capitals: of a heading, or for emphasis
    around = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    return any(near.is_alpha and near.text.isupper() and len(near) > 1 for near in around) and (
        len(token) > 4 or any(len(near) > 4 or near.is_stop for near in around if near.text.isupper())
    )
