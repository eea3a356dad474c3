"""Which names are one, and which only look so: pairs of concepts with a score and a reason, found through indexes.

No pair is compared with every other. Names are hashed by their key and its variants, by what defines them, by their
letters, words, initials, and by what is left when one letter is left out (Garbe's symmetric deletes), so the work
grows with the names and not with their square.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.model import Concept
from kg.resolution_clusters import Pair
from kg.resolution_names import Key, Name, base_verbs, is_acronym, polarity, read, stands_for, without_definition
from kg.resolution_opposites import opposed
from kg.resolution_variants import variants

CROWD = 8
"""More names than this that share a mark of likeness say that the mark means nothing."""


@dataclass(frozen=True, slots=True)
class Index:
    """The concepts with their names read, and who bears which key, the best first."""

    concepts: Mapping[str, Concept]
    names: Mapping[str, Name]
    holders: Mapping[Key, Sequence[str]]
    verbs: frozenset[str]

    def key(self, name: str, kind: str) -> Key:
        return read(name, kind, self.verbs).key


def rank(concept: Concept) -> tuple[float, int, str, str]:
    """The order in which concepts stay: the heaviest in the policy, the shortest name, the first."""
    return (-concept.weight, len(concept.label), concept.label, concept.id)


def index(concepts: Iterable[Concept]) -> Index:
    """Read every name once. Equal for any order of ``concepts``."""
    ordered = sorted(concepts, key=rank)
    verbs = base_verbs(concept.label for concept in ordered if concept.kind == "action")
    names = {one.id: read(without_definition(one.label)[0], one.kind, verbs) for one in ordered}
    holders: dict[Key, list[str]] = defaultdict(list)
    for concept in ordered:
        holders[names[concept.id].key].append(concept.id)
    holders.pop((), None)
    return Index({concept.id: concept for concept in ordered}, names, holders, verbs)


def by_name(known: Index) -> Iterator[Pair]:
    """Pairs whose keys, or a key and a variant, or two variants, are equal."""
    acronyms = _acronyms(known)
    marks: dict[Key, list[tuple[float, str, str]]] = defaultdict(list)
    for same, ids in known.holders.items():
        for other in ids[1:]:
            yield Pair(ids[0], other, 1.0, "the same name up to case, number, hyphen, spelling or article")
        for variant in variants(known.names[ids[0]], acronyms):
            if variant.key != same:
                marks[variant.key].append((variant.score, variant.reason, ids[0]))
        # A hyphen counts in the variant alone, so every spelling of the key is asked for it.
        for id_ in ids[1:]:
            if known.names[id_].fused != same:
                marks[known.names[id_].fused].append((0.95, "one of them with a hyphen, the other in one word", id_))
    for mark, bearers in marks.items():
        hub = known.holders[mark][0] if mark in known.holders else bearers[0][2]
        for score, reason, id_ in bearers:
            if id_ != hub:
                yield Pair(hub, id_, score, reason)


def _acronyms(known: Index) -> dict[str, Key]:
    """Acronyms that stand for one thing only, as word -> the words they stand for."""
    meant: dict[str, set[Key]] = defaultdict(set)
    for id_, concept in known.concepts.items():
        label, defined = without_definition(concept.label)
        for alias in (*concept.aliases, defined):
            short = known.key(alias, "thing") if alias and is_acronym(alias) and stands_for(alias, label) else ()
            if len(short) == 1:
                meant[short[0]].add(known.names[id_].key)
    return {short: next(iter(keys)) for short, keys in meant.items() if len(keys) == 1}


def by_alias(known: Index) -> tuple[list[Pair], list[Pair]]:
    """(pairs by a defined alias that one concept claims, pairs where a claim is ambiguous or contradicts the names)."""
    claims: dict[Key, set[str]] = defaultdict(set)
    written: dict[Key, str] = {}
    for id_, concept in known.concepts.items():
        own = known.names[id_]
        for alias in (*concept.aliases, without_definition(concept.label)[1]):
            other = known.key(alias, concept.kind) if alias else ()
            if other and other not in (own.key, own.fused):
                claims[other].add(id_)
                written[other] = min(alias, written.get(other, alias))
    sure: list[Pair] = []
    doubtful: list[Pair] = []
    for claimed, claimants in sorted(claims.items()):
        short = is_acronym(written[claimed])
        different = len({known.names[id_].key for id_ in claimants}) > 1
        for first, second in _claimed(known, claimed, claimants, several=different):
            kinds = {known.concepts[first].kind, known.concepts[second].kind}
            if opposed(known.names[first].key, known.names[second].key) and not short:
                doubtful.append(Pair(first, second, 0.5, "an alias joins names of opposite meaning"))
            elif different:
                doubtful.append(Pair(first, second, 0.6, f"several concepts claim the alias {written[claimed]!r}"))
            elif len(kinds) == 1 or short:
                sure.append(Pair(first, second, 0.98, f"defined as {written[claimed]!r}"))
            else:
                doubtful.append(Pair(first, second, 0.7, f"the alias {written[claimed]!r}, but of another kind"))
    return sure, doubtful


def _claimed(known: Index, claimed: Key, claimants: set[str], *, several: bool) -> Iterator[tuple[str, str]]:
    holder = next(iter(known.holders.get(claimed, ())), None)
    if holder is not None:
        yield from ((claimant, holder) for claimant in sorted(claimants) if claimant != holder)
    elif several:
        yield from pairwise(sorted(claimants))


def by_synonymy(known: Index, synonyms: Iterable[tuple[str, str, float]]) -> tuple[list[Pair], list[Pair]]:
    """(pairs that the ontology says are synonyms, those of them whose names oppose each other or differ in kind)."""
    sure: list[Pair] = []
    doubtful: list[Pair] = []
    for first, second, score in sorted(synonyms):
        if first == second or first not in known.concepts or second not in known.concepts:
            continue
        if opposed(known.names[first].key, known.names[second].key) or not _comparable(known, first, second):
            doubtful.append(Pair(first, second, 0.5, "synonyms by the ontology, but of opposite names"))
        else:
            sure.append(Pair(first, second, score, "synonyms by the ontology"))
    return sure, doubtful


def alike(known: Index) -> tuple[list[Pair], int]:
    """(pairs that only look alike, how many marks were left out because a crowd shares them)."""
    blocks: tuple[tuple[float, str, Callable[[Name], Iterable[object]]], ...] = (
        (0.8, "the same letters but for case, article, owner, number or space", lambda name: [name.loose]),
        (0.7, "the initials of the other", _initials),
        (0.6, "the same words in another order", _bag),
        (0.5, "one letter apart", _deletions),
    )
    found: list[Pair] = []
    crowds = 0
    for score, reason, block in blocks:
        places: dict[object, dict[Key, None]] = defaultdict(dict)
        for own, ids in known.holders.items():
            for mark in block(known.names[ids[0]]):
                places[mark][own] = None
        for group in places.values():
            crowds += len(group) > CROWD
            if 2 <= len(group) <= CROWD:
                pairs = combinations(sorted(group), 2)
                found.extend(
                    _pair(known.holders[one][0], known.holders[two][0], score, reason)
                    for one, two in pairs
                    if _likely(known, one, two, reason)
                )
    return found, crowds


def _pair(one: str, two: str, score: float, reason: str) -> Pair:
    return Pair(min(one, two), max(one, two), score, reason)


def _likely(known: Index, one: Key, two: Key, reason: str) -> bool:
    if reason.startswith("the initials"):
        return (len(one) == 1) != (len(two) == 1)
    if not _comparable(known, known.holders[one][0], known.holders[two][0]) or polarity(one) != polarity(two):
        return False
    return reason != "one letter apart" or (_typo(" ".join(one), " ".join(two)) and not opposed(one, two))


def _comparable(known: Index, first: str, second: str) -> bool:
    return (known.concepts[first].kind == "action") == (known.concepts[second].kind == "action")


def _initials(name: Name) -> list[object]:
    words = name.key
    if len(words) == 1:
        return [words[0].lower()] if 2 <= len(words[0]) <= 6 else []
    return ["".join(word[0].lower() for word in words if word not in {"of", "the", "and", "for", "'s"})]


def _bag(name: Name) -> list[object]:
    words = sorted({*name.key} - {"of", "for", "the", "to", "by", "'s"})
    return [tuple(words)] if len(words) > 1 else []


def _deletions(name: Name) -> list[object]:
    """The name with each one letter left out, for names long enough to hold a typo."""
    text = " ".join(name.key)
    return [text, *(text[:place] + text[place + 1 :] for place in range(4, len(text)))] if 8 <= len(text) <= 40 else []


def _typo(first: str, second: str) -> bool:
    """Whether the difference lies inside a word: at its edges one letter makes another word (employer, employee)."""
    if first[:4] != second[:4] or any(letter.isdigit() for letter in first + second):
        return False
    place = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), 99)
    inside = first[place - 1 : place + 3]
    return len(inside) == 4 and " " not in inside
