"""Which concepts a text mentions.

A concept is mentioned where one of its names occurs as whole words, up to inflection; the words of an action may stand a
little apart ("accept gift" in "accept a small gift"). Matching is longest first;
inside a longer match only the name that ends where it ends counts too, for the head of a noun phrase names a kind of
the same thing: "business gift" mentions *gift*, "gift card" does not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from kg.model import Concept
from kg.words import STOP_WORDS, scan, singular, tokens, verb_key

DETERMINERS = frozenset({"a", "an", "the", "any", "all", "our", "your", "their", "its"})
BEFORE, AFTER = 6, 5
"""How many words the object of an action may stand before (passive) or after its verb."""
PASSIVE = frozenset({"be", "been", "being", "is", "are", "was", "were", "get", "got"})
BEFORE_VERBS = frozenset(
    {"to", "can", "cannot", "could", "may", "might", "must", "shall", "should", "will", "would", "i", "we", "they"}
)
"""After these a word in its base form is a verb: "I cannot judge it" mentions no judge."""
NOUN_SIGNS = DETERMINERS | {"this", "that", "these", "those", "no", "such", "each", "every", "my", "his", "her", "one"}
BARRIERS = frozenset({"to", "who", "which", "that"})
"""A verb does not act on what stands behind one of these."""
COMPOUND = re.compile(r"\b(in|by)-(?=[a-z])", re.IGNORECASE)
IDIOM = re.compile(
    r"\b(?:in order|per (?:person|head)|in person|on the phone|in question|the first time|at the (?:same )?time|stand(?:s|ing)? for office|own name|team chat|calendar(?= (?:day|week|month|year)s?\b))\b",
    re.IGNORECASE,
)


class Trie:
    """Token sequences with what they stand for; one dictionary lookup per token of the text."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: dict[str, object] = {}

    def add(self, words: Sequence[str], value: str) -> None:
        node = self._root
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node.setdefault("", []).append(value)  # type: ignore[attr-defined]

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
        """Every ``(start, end, values)`` with ``words[start:end]`` in the trie."""
        root = self._root
        for start, word in enumerate(words):
            node = root.get(word)
            end = start + 1
            while node is not None:
                if "" in node:  # type: ignore[operator]
                    yield start, end, node[""]  # type: ignore[index]
                if end == len(words):
                    break
                node = node.get(words[end])  # type: ignore[attr-defined]
                end += 1


def names(concept: Concept) -> tuple[str, ...]:
    """Label and aliases, each once, without a leading determiner, in lower case."""
    found: dict[str, None] = {}
    for name in (concept.label, *concept.aliases):
        words = tokens(name)
        if len(words) > 1 and words[0] in DETERMINERS:
            words = words[1:]
        # An alias of function words alone ("it") would be found everywhere; a label is what it is.
        if words and (not found or not all(word in STOP_WORDS for word in words)):
            found[" ".join(words)] = None
    return tuple(found)


class Mentions:
    """One matcher for the names of many concepts. Immutable after construction; ``find`` is linear in the text."""

    __slots__ = ("_capitalised", "_forms", "_named", "_nouns", "_order", "_phrases", "_verbs")

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._nouns, self._verbs = Trie(), Trie()
        self._order: dict[str, int] = {}
        self._capitalised: set[str] = set()
        self._forms: dict[str, frozenset[str]] = {}
        self._named: set[str] = set()
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for concept in concepts:
            self._order[concept.id] = len(self._order)
            self._forms[concept.id] = frozenset(names(concept))
            if concept.kind != "action":
                self._named |= self._forms[concept.id]
            if concept.label[:1].isupper():
                self._capitalised.add(concept.id)
            trie, key = (self._verbs, verb_key) if concept.kind == "action" else (self._nouns, singular)
            for name in dict.fromkeys(tuple(key(word) for word in name.split()) for name in names(concept)):
                trie.add(name, concept.id)
                if concept.kind == "action" and len(name) > 1:
                    self._phrases[name[0]].append((name[1:], concept.id))

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the concepts that ``text`` mentions, each once, in the order of the constructor."""
        # "in-law" is no law, "in order to" no order and "USD 20 per person" no person: none is a word of its own.
        text = IDIOM.sub(" ", COMPOUND.sub(r"\1", text))
        words = tokens(text)
        spans = self.spans(words)
        proper, capitals = _proper(text)
        found = {
            id_
            for start, end, ids in spans
            for id_ in ids
            # "a code of six digits" is not what "the Code" is called
            if end - start > 1
            or id_ not in self._capitalised
            or start in capitals
            or " ".join(words[max(start - 1, 0) : start]) in _DEFINITE
            # "compliance" is not what "Trade Compliance" is called by half.
            if end - start > 1 or start not in proper or (id_ in self._capitalised and _begins(words, start, proper))
        }
        found.update(self._acts(words, {place for start, end, _ in spans for place in range(start, end - 1)}))
        return tuple(sorted(found, key=self._order.__getitem__))

    def _acts(self, words: Sequence[str], modifiers: AbstractSet[int]) -> Iterator[str]:
        """Actions of several words that stand apart: "accept gift" in "accept a small gift" and "gifts are accepted".

        ``modifiers`` are the places inside a longer name: "accept gift cards" is not accepting a gift.
        """
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[verb_key(word)].append(place)
        for verb in places.keys() & self._phrases.keys():
            for rest, id_ in self._phrases[verb]:
                if all(word in places for word in rest) and any(
                    _acted(words, place, [places[word] for word in rest], modifiers) for place in places[verb]
                ):
                    yield id_

    def spans(self, words: Sequence[str]) -> list[tuple[int, int, list[str]]]:
        """``(first token, end token, concept ids)`` of each match in ``words`` (lower-case tokens of a text)."""
        nouns = [
            found
            for found in _longest(list(self._nouns.matches([singular(word) for word in words])))
            if found[1] - found[0] > 1 or not _is_verb(words, found[0])
        ]
        inside = {place for start, end, _ in nouns for place in range(start, end - 1)}
        verbs = _longest(list(self._verbs.matches([verb_key(word) for word in words])))
        # "business" in "business partner" is part of a name, not something done.
        return nouns + [
            (start, end, kept)
            for start, end, ids in verbs
            if end - start > 1 or start not in inside
            if (kept := ids if end - start > 1 else [id_ for id_ in ids if self._acts_here(words, start, id_)])
        ]

    def _acts_here(self, words: Sequence[str], place: int, id_: str) -> bool:
        """Behind a determiner stands a noun: "the records" is no mention of recording, unless that is its very name, and no thing's
        ("an anonymous report" is a report, and not reporting, where there are concepts of both). Before a further noun
        it only says of what kind that is: nobody trades at "a trade fair".
        """
        word = words[place]
        signed = place > 0 and words[place - 1] in NOUN_SIGNS
        if signed and place + 1 < len(words) and words[place + 1] not in STOP_WORDS and word in self._forms[id_]:
            return False
        plainly = place > 0 and words[place - 1] in BEFORE_VERBS
        if word in self._named and not plainly and not NOUN_SIGNS.isdisjoint(words[max(place - 2, 0) : place]):
            return False
        return place == 0 or words[place - 1] not in NOUN_SIGNS or word in self._forms[id_]


def _is_verb(words: Sequence[str], place: int) -> bool:
    """Whether a noun's form is a verb here: "cannot judge it", "Lena files the claim"."""
    if place == 0 or words[place - 1] in NOUN_SIGNS:
        return False
    if words[place - 1] in BEFORE_VERBS and singular(words[place]) == words[place]:
        return True
    if place + 1 == len(words) or words[place + 1] not in DETERMINERS:
        return False
    # "who sets the goals and signs the review": the second of two verbs
    return words[place - 1] not in STOP_WORDS or (
        words[place - 1] in {"and", "or"} and singular(words[place]) is not None
    )


_DEFINITE = frozenset({"the", "our", "this", "your"})


def _proper(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """The places of the words that stand in a name of several capitalised words ("Trade Compliance"), and of all capitals."""
    found = list(scan(text))
    title = [text[one.start].isupper() and text[one.start + 1 : one.start + 2].islower() for one in found]
    inside: set[int] = set()
    for place, (one, other) in enumerate(pairwise(found)):
        if title[place] and title[place + 1] and text[one.end : other.start] == " ":
            inside.update((place, place + 1))
        if title[place] and other.word in {"and", "of"} and place + 2 < len(found) and title[place + 2]:
            inside.update((place, place + 2))
    capitals = (place for place, one in enumerate(found) if text[one.start].isupper())
    return frozenset(inside), frozenset(capitals)


def _begins(words: Sequence[str], place: int, proper: AbstractSet[int]) -> bool:
    """Whether a name begins at ``place``: "the Code" is not called by the end of "the Supplier Code"."""
    return place - 1 not in proper or words[place - 1] in STOP_WORDS


def _acted(words: Sequence[str], verb: int, rest: Sequence[Sequence[int]], modifiers: AbstractSet[int]) -> bool:
    """Whether the words of ``rest``, each at one of its places, are what the verb at ``verb`` acts on."""
    for number, places in enumerate(rest):
        last = number == len(rest) - 1
        if not any(_near(words, verb, place) for place in places if not (last and place in modifiers)):
            return False
    return True


def _near(words: Sequence[str], verb: int, place: int) -> bool:
    """Behind the verb with no other act between, or before it in the passive."""
    if verb < place <= verb + AFTER:
        return not any(word in BARRIERS or word.endswith("ing") for word in words[verb + 1 : place])
    return verb - BEFORE <= place < verb and not PASSIVE.isdisjoint(words[place + 1 : verb])


def _longest(matches: list[tuple[int, int, list[str]]]) -> Iterator[tuple[int, int, list[str]]]:
    """Leave out a match inside a longer one, unless it is the longer one's head (ends with it)."""
    reach = dict[int, int]()
    for start, end, _ in matches:
        reach[start] = max(end, reach.get(start, 0))
    cover_end = 0
    farthest: dict[int, int] = {}
    for start in sorted(reach):
        farthest[start] = cover_end
        cover_end = max(cover_end, reach[start])
    for start, end, ids in matches:
        inside_same_start = end < reach[start]
        inside_earlier = end < farthest[start]
        if not inside_same_start and not inside_earlier:
            yield start, end, ids


def mentioned(concept: Concept, text: str) -> bool:
    """Whether ``text`` names ``concept``. For many concepts or texts build one :class:`Mentions`."""
    return bool(Mentions((concept,)).find(text))
