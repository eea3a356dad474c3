"""What the names of one concept share: a key in which only harmless differences are undone.

Case, number, hyphen, spelling, articles, possessive endings and the forms of a verb are harmless, nearly always; the
exceptions are what this module is about. An acronym is not the word of the same letters (US, us), some plurals are not
the plural of their singular (goods, values), "a" is no article before a plural (A shares), "your data" are not "our
data", a client's gift is not a gift that a client gets. Symbols count (< 100, > 100). Whoever is not sure keeps apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.resolution_spelling import number, spelling, word_set
from kg.resolution_tokens import pieces, without_dots
from kg.words import IRREGULAR_VERBS, singular

Key = tuple[str, ...]

POLARITY = word_set("""
    not no non never without none neither nor may must shall should can cannot need unless except un anti counter pre
    post ex former only sub will would might could ought few little hardly barely lack absent
    """)
"""Words that turn or shift a meaning; names with different ones never merge, not even by an alias."""
ARTICLES = frozenset({"the", "this", "that", "these", "those", "such", "our"})
"""Words that may lead a name without changing it; a policy's "our" is the one who speaks, "your" is somebody else."""
OWNERS = frozenset({"your", "their", "its", "his", "her", "my", "whose", "own"})
DIRECTED = word_set(
    "gift donation payment loan invitation bribe present hospitality entertainment favor contribution offer payoff "
    "reward tip grant subsidy refund transfer benefit visit letter call message"
)
"""Heads that have a giver and a receiver: "client's gift" says which the client is, "client gift" does not."""
CAPITONYMS = word_set(
    "access act amazon apple august bill china chase crown excel java job march may mobile nice outlook polish python reading "
    "shell slack state swift target teams turkey visa windows word zoom"
)
"""Words that mean something else as a name."""
NO_WORDS = word_set(
    "ai aml api ceo cfo cio ciso coo cso cto dpia esg eu eula eur faq fcpa hipaa iaas id iot ip iso kpi oecd ofac osha paas "
    "pep pii saas sla uk ukba ui uri url usa usd uuid vip"
)
"""Acronyms whose letters are no English word, so that small ones mean the same."""
PAST_OR_BASE = frozenset({"found", "lay", "saw", "fell", "bound", "wound", "bore", "bit", "ground", "lead"})
"""Verb forms that are the past of one verb and the base of another."""
_BASES = frozenset({"embed", "imbed", "shred", "sled", "wed", "shed", "red", "speed", "exceed", "proceed", "succeed"})

_ACRONYM = re.compile(r"[A-Z][A-Z0-9]+(s?)")
_SINGLES = {"%": "percent", "&": "and", "≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Name:
    """A name read: its ``key``, the key with hyphens closed up (``email`` for ``e-mail``; equal to ``key`` without
    hyphens), and ``loose``, all its letters, for finding names that look alike.
    """

    key: Key
    fused: Key
    loose: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How the other names are written, where that settles how one is meant: ``verbs`` in their base form ("planing" is
    a form of "plane", where that is used), and ``brands``, plurals that somewhere follow a name in inner capitals (after
    "GitHub Actions", "Actions" may be no actions).
    """

    verbs: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()


PLAIN = Usage()


def key(name: str, kind: str = "thing", usage: Usage = PLAIN) -> Key:
    """What the names of one concept share; empty for a name without a letter or digit.

    An action's key begins with "to", so that it never equals a thing's ("record" and "a record").
    """
    return read(name, kind, usage).key


def read(name: str, kind: str = "thing", usage: Usage = PLAIN) -> Name:
    """``name`` with its keys. O(length of the name)."""
    groups = _groups(name, usage)
    split = [word for group in groups for word in group]
    fused = [word for group in groups for word in _closed(group)]
    plain = tuple(_finish(split, kind, usage.verbs))
    return Name(plain, plain if fused == split else tuple(_finish(fused, kind, usage.verbs)), _loose(split))


def usage_of(names: Iterable[tuple[str, str]]) -> Usage:
    """What ``names``, as (name, kind), say of each other. Does not depend on their order."""
    verbs: set[str] = set()
    small: set[str] = set()
    people: set[str] = set()
    after: set[str] = set()
    for name, kind in names:
        flat = [piece for group in pieces(name) for piece in group]
        small.update(piece for piece in flat if piece.islower())
        after.update(last.lower() for first, last in pairwise(flat) if _proper(first) and _plural_name(last))
        if kind == "party" and flat:
            people.add(number(flat[-1].lower()))
        if kind == "action":
            words = [word for group in _groups(name) for word in group]
            verb = next((word for word in words if word not in POLARITY), "")
            if verb and not _inflected(verb):
                verbs.add(_base(verb, frozenset()))
    brands = {last for last in after if number(last) not in people and not small.isdisjoint((last, number(last)))}
    return Usage(frozenset(verbs), frozenset(brands))


def _proper(piece: str) -> bool:
    """Written as no common word is: GitHub, AWS."""
    return piece.isalpha() and any(sign.isupper() for sign in piece[1:])


def _plural_name(piece: str) -> bool:
    return piece[0].isupper() and piece[1:].islower() and number(piece.lower()) != piece.lower()


def polarity(key_: Key) -> Key:
    """The words of a key that turn its meaning, in order."""
    return tuple(word for word in key_ if word in POLARITY)


def is_acronym(name: str) -> bool:
    """Whether ``name`` is written like an acronym: capitals, perhaps with digits, dots or a plural s."""
    return bool(_ACRONYM.fullmatch(without_dots(name.strip()).replace("&", ""))) and len(name) <= 12


def stands_for(acronym: str, name: str) -> bool:
    """Whether ``acronym`` is made of the initials of ``name``, of all its words or of those that are no small words."""
    letters = re.sub(r"[^a-z0-9]", "", acronym.removesuffix("s").lower())
    words = [word.lower() for word in re.findall(r"[^\W_]+", name)]
    full = [word for word in words if word not in {"of", "the", "and", "for", "to", "in", "on", "a", "an", "by"}]
    return len(letters) > 1 and letters in ("".join(word[0] for word in words), "".join(word[0] for word in full))


def without_definition(label: str) -> tuple[str, str]:
    """A label and the acronym that it defines in brackets: "data protection officer (DPO)"; empty where it does not."""
    match = re.fullmatch(r"(.*\S)\s*\(\W*([A-Za-z&.]{2,12})\W*\)", label)
    if match is not None and is_acronym(match[2]) and stands_for(match[2], match[1]):
        return match[1], match[2]
    return label, ""


def _groups(name: str, usage: Usage = PLAIN) -> list[list[str]]:
    """The words of ``name`` after case, spelling and number; a group holds the parts of a hyphenated word."""
    found = pieces(name)
    flat = [piece for group in found for piece in group]
    letters = [piece for piece in flat if any(sign.isalpha() for sign in piece)]
    shouted = _shouted(letters)
    titled = sum(piece[0].isupper() for piece in letters)
    plural = bool(flat) and number(flat[-1].lower()) != flat[-1].lower()
    left = len(flat)
    groups: list[list[str]] = []
    for group in found:
        words: list[str] = []
        for piece in group:
            left -= 1
            if piece.lower() in usage.brands and piece[0].isupper() and piece[1:].islower():
                words.append(piece)
            else:
                words.extend(_word(piece, shouted=shouted, named=titled == 1, final=left == 0))
        # "A shares" are a class of shares: an article never stands before a plural.
        groups.append(["A"] if plural and not groups and words == ["a"] else words)
    return groups


def _shouted(words: Sequence[str]) -> bool:
    """A heading in capitals, as opposed to acronyms."""
    if any(sign.islower() for word in words for sign in word):
        return False
    return any(len(word) > 6 for word in words) or (len(words) > 1 and any(len(word) > 4 for word in words))


def _word(piece: str, *, shouted: bool, named: bool, final: bool) -> list[str]:
    """One piece as it stands in a key: the word, and "'s" behind one that owns what follows."""
    owner = piece.endswith(("'s", "'S", "s'", "S'")) and len(piece) > 2
    bare = re.sub(r"'s$|'S$|'$", "", piece).replace("'", "")
    if not bare:
        return []
    if bare in _SINGLES:
        return [_SINGLES[bare]]
    if bare[0].isdigit():
        return [bare.replace(",", "").lower()]
    lower = bare.lower()
    if (match := _ACRONYM.fullmatch(bare)) is not None and not shouted:
        stem = bare.removesuffix("s") if match[1] else bare
        # Without a vowel no English word has these letters.
        meant = stem.lower() in NO_WORDS or not re.search("[AEIOUY]", stem)
        word = stem.lower() if meant else stem
    elif named and bare[0].isupper() and bare[1:].islower() and lower in CAPITONYMS:
        word = bare
    else:
        spelled = spelling(lower)
        word = spelled if spelled in POLARITY else number(spelled)
    if not owner:
        return [word]
    return [f"{word}'s"] if final else [word, "'s"]


def _closed(group: Sequence[str]) -> list[str]:
    """The parts of a hyphenated word written together: sub-processor, subprocessor; but not re-sign, resign."""
    parts = [part for part in group if part != "'s"]
    # A number may follow letters (COVID-19), never lead them (10-K and 10K are two things).
    if len(parts) < 2 or not all(part.isalpha() for part in parts[:-1]) or not parts[-1].isalnum():
        return list(group)
    risky = parts[0].lower() in {"re", "un", "in", "pro", "a"} or (parts[0] == "co" and len(parts[1]) < 4)
    if risky and not (parts[0] == "re" and parts[1][0] in "eiou"):
        return list(group)
    return ["".join(parts), *group[len(parts) :]]


def _finish(words: Sequence[str], kind: str, verbs: frozenset[str]) -> list[str]:
    """Articles off, owners settled, an action's verb in its base form."""
    left = list(words)
    while len(left) > 1 and (left[0] in ARTICLES or (left[0] in {"a", "an"} and kind != "action")):
        left = left[1:]
    if left and left[-1] not in DIRECTED:
        left = [word for word in left if word != "'s"]
    if kind != "action" or not left:
        return left
    verb = next((place for place, word in enumerate(left) if word not in POLARITY), 0)
    left[verb] = _base(left[verb], verbs)
    return ["to", *left]


def _inflected(word: str) -> bool:
    for suffix in ("ing", "ed"):
        stem = word.removesuffix(suffix)
        if stem != word:
            vowel = any(letter in "aeiouy" for letter in stem)
            return vowel and word not in _BASES and not word.endswith("eed")
    return False


def _base(word: str, verbs: frozenset[str]) -> str:
    """The base form of a verb; the form itself where two of the ``verbs`` in use could be meant."""
    if word in IRREGULAR_VERBS and word not in PAST_OR_BASE:
        return IRREGULAR_VERBS[word]
    if not _inflected(word):
        return word
    options = _options(word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("ed"))
    known = [option for option in options if option in verbs]
    if len(known) > 1:
        return word
    return known[0] if known else options[0]


def _options(stem: str) -> list[str]:
    """The bases that ``stem`` + ing or ed may come from, the likeliest first."""
    syllables = len(re.findall("[aeiouy]+", stem))
    if stem[-1] == "i":
        return [f"{stem[:-1]}y"]
    if stem[-1] in "yw" or len(stem) < 3:
        return [stem]
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        if stem[-1] not in "lsz":
            return [stem[:-1]]
        return [stem, stem[:-1]] if syllables == 1 else [stem[:-1], stem]
    vowel_before = stem[-2] in "aeiou" and (len(stem) < 3 or stem[-3] not in "aeiou")
    if syllables == 1 and vowel_before and stem[-1] not in "wxy":
        return [f"{stem}e"]
    silent = stem[-1] in "cvuzg" or stem.endswith(("at", "ut", "is", "ys", "os", "us", "ns", "rs", "ur", "ir", "or"))
    return [f"{stem}e", stem] if silent else [stem, f"{stem}e"]


def _loose(words: Sequence[str]) -> str:
    """The letters of a name without articles and owners, with every plural and accent undone."""
    kept = [word for word in words if word not in ARTICLES and word not in OWNERS and word not in {"a", "an", "'s"}]
    letters = "".join(singular(word.lower().removesuffix("'s")) for word in kept or words)
    return "".join(sign for sign in unicodedata.normalize("NFD", letters) if not unicodedata.combining(sign))
