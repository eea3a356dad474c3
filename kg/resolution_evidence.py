"""Which names are one, and which only look so: pairs of concepts with a score and a reason, found through indexes.

No pair is compared with every other. Names are hashed by their key and its variants, by what defines them, by their
letters, words, initials, and by what is left when one letter is left out (Garbe's symmetric deletes), so the work
grows with the names and not with their square.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.model import Concept
from kg.resolution_clusters import Pair
from kg.resolution_names import Key, Name, Usage, is_acronym, polarity, read, stands_for, usage_of, without_definition
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
    usage: Usage
    acronyms: Mapping[str, Key]
    """Acronyms that are defined for one thing only, as word -> the words it stands for."""

    def key(self, name: str, kind: str) -> Key:
        return read(name, kind, self.usage).key


def rank(concept: Concept) -> tuple[float, int, str, str]:
    """The order in which concepts stay: the heaviest in the policy, the shortest name, the first."""
    return (-concept.weight, len(concept.label), concept.label, concept.id)


def index(concepts: Iterable[Concept]) -> Index:
    """Read every name once. Equal for any order of ``concepts``."""
    ordered = sorted(concepts, key=rank)
    usage = usage_of((concept.label, concept.kind) for concept in ordered)
    names = {one.id: read(without_definition(one.label)[0], one.kind, usage) for one in ordered}
    holders: dict[Key, list[str]] = defaultdict(list)
    for concept in ordered:
        holders[names[concept.id].key].append(concept.id)
    holders.pop((), None)
    return Index({one.id: one for one in ordered}, names, holders, usage, _acronyms(ordered, names))


def _acronyms(concepts: Iterable[Concept], names: Mapping[str, Name]) -> dict[str, Key]:
    meant: dict[str, set[Key]] = defaultdict(set)
    for concept in concepts:
        label, defined = without_definition(concept.label)
        for alias in (*concept.aliases, defined):
            short = read(alias).key if alias and is_acronym(alias) and stands_for(alias, label) else ()
            if len(short) == 1:
                meant[short[0]].add(names[concept.id].key)
    return {short: next(iter(keys)) for short, keys in meant.items() if len(keys) == 1}


def by_name(known: Index) -> Iterator[Pair]:
    """Pairs whose keys, or a key and a variant, or two variants, are equal."""
    marks: dict[Key, list[tuple[float, str, str]]] = defaultdict(list)
    for same, ids in known.holders.items():
        # Every two of them, so that parting one from the best leaves the others together.
        near = combinations(ids, 2) if len(ids) <= CROWD else ((ids[0], other) for other in ids[1:])
        for one, other in near:
            yield Pair(one, other, 1.0, "the same name up to case, number, hyphen, spelling or article")
        for variant in variants(known.names[ids[0]], known.acronyms):
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


def by_alias(known: Index) -> tuple[list[Pair], list[Pair]]:
    """(pairs by a defined alias that one concept claims, pairs where a claim is ambiguous or contradicts the names)."""
    claims: dict[Key, set[str]] = defaultdict(set)
    written: dict[Key, str] = {}
    for id_, concept in known.concepts.items():
        own = known.names[id_]
        for alias in (*concept.aliases, without_definition(concept.label)[1]):
            read_as = read(alias, concept.kind, known.usage) if alias else own
            other = read_as.key
            # "Terms" beside "term" is a form that the text uses, no definition.
            if other and other not in (own.key, own.fused) and read_as.loose != own.loose:
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
        if opposed(known.names[first].key, known.names[second].key) or not _same_sort(known, first, second):
            doubtful.append(Pair(first, second, 0.5, "synonyms by the ontology, but of opposite names"))
        else:
            sure.append(Pair(first, second, score, "synonyms by the ontology"))
    return sure, doubtful


def alike(known: Index) -> tuple[list[Pair], int]:
    """(pairs that only look alike, how many marks were left out because a crowd shares them)."""
    blocks: tuple[tuple[float, str, Callable[[Name], Iterable[object]], Callable[[Index, Key, Key], bool]], ...] = (
        (0.8, "the same letters but for case, article, owner, number or space", lambda name: [name.loose], _comparable),
        (0.7, "the initials of the other", _initials, _abbreviates),
        (0.6, "the same words in another order", _bag, _comparable),
        (0.5, "one letter apart", _deletions, _misspelt(known)),
    )
    found: list[Pair] = []
    crowds = 0
    for score, reason, block, likely in blocks:
        places: dict[object, dict[Key, None]] = defaultdict(dict)
        for own, ids in known.holders.items():
            for mark in block(known.names[ids[0]]):
                places[mark][own] = None
        for group in places.values():
            crowds += len(group) > CROWD
            if 2 <= len(group) <= CROWD:
                for one, two in combinations(sorted(group), 2):
                    if likely(known, one, two):
                        ends = sorted((known.holders[one][0], known.holders[two][0]))
                        found.append(Pair(ends[0], ends[1], score, reason))
    return found, crowds


def _comparable(known: Index, one: Key, two: Key) -> bool:
    return _same_sort(known, known.holders[one][0], known.holders[two][0]) and polarity(one) == polarity(two)


def _same_sort(known: Index, first: str, second: str) -> bool:
    return (known.concepts[first].kind == "action") == (known.concepts[second].kind == "action")


def _abbreviates(known: Index, one: Key, two: Key) -> bool:
    """Whether the short one is an acronym that nothing defines, and the long one a name, or has three words."""
    short, long = sorted((one, two), key=len)
    label, full = known.concepts[known.holders[short][0]].label, known.concepts[known.holders[long][0]].label
    if len(short) > 1 or len(long) < 2 or short[0] in known.acronyms or not is_acronym(label):
        return False
    return not full.isupper() and (len(short[0]) > 2 or all(word[0].isupper() for word in full.split()))


def _misspelt(known: Index) -> Callable[[Index, Key, Key], bool]:
    """A test for two names that differ by one letter inside a word that is used once: words used twice are words."""
    uses = Counter(word for own in known.holders for word in own)

    def likely(_: Index, one: Key, two: Key) -> bool:
        if len(one) != len(two) or not _comparable(known, one, two) or opposed(one, two):
            return False
        different = [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]]
        return len(different) == 1 and min(uses[word] for word in different[0]) == 1 and _typo(*different[0])

    return likely


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


def _typo(one: str, two: str) -> bool:
    """Whether a long word is another with one letter left out, put in, changed or swapped, after the third letter and
    before the last: at its edges one letter makes another word (employer, employee).
    """
    short, long = sorted((one, two), key=len)
    if len(long) < 9 or not (one + two).isalpha() or short[:3] != long[:3] or short[-1] != long[-1]:
        return False
    place = next((at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    if len(short) < len(long):
        return short[place:] == long[place + 1 :]
    swapped = short[:place] + short[place : place + 2][::-1] + short[place + 2 :]
    return short[place + 1 :] == long[place + 1 :] or swapped == long
