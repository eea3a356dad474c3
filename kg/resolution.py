"""Which names are one concept: one concept per meaning, never across opposite polarity, modality or role.

Names merge only when their keys are equal: case, number, determiners, hyphens, spelling and verb form are undone, and
nothing else. There is no fuzzy merging: "may accept gifts" and "may not accept gifts", "gift giver" and "gift
receiver" are a letter or a word apart and opposite in meaning. Aliases and acronyms merge when a document defines
them and only one concept claims them. What merely looks alike goes to a review queue. Keys are hashed, so the work is
linear; union-find makes the result transitive and independent of the order of the concepts.
"""

import dataclasses
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from types import MappingProxyType

from kg.model import Concept, Ontology, Relation, RuleConcept
from kg.words import singular, tokens, verb_key

DETERMINERS = frozenset({"a", "an", "the", "our", "your", "their", "its", "his", "her", "my", "this", "that", "such"})
APART = frozenset(
    {
        "goods", "customs", "damages", "arms", "securities", "minutes", "proceedings", "premises", "savings",
        "contents", "remains", "spirits", "works", "means", "news", "earnings", "proceeds", "glasses", "colors",
        "forces", "manners", "letters", "funds", "headquarters", "grounds", "merits", "odds", "quarters",
    }
)  # fmt: skip
"""Plurals that mean something else than their singular (goods, damages, securities)."""
POLARITY = frozenset(
    {
        "not", "no", "non", "never", "without", "none", "neither", "nor", "may", "must", "shall", "should", "can",
        "cannot", "need", "unless", "except", "un", "anti", "counter", "pre", "post", "ex", "former", "only", "sub",
    }
)  # fmt: skip
"""Words that turn or shift a meaning; names with different ones never merge, not even by an alias."""
BRITISH = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"(?<!adv)(?<!superv)(?<!rev)(?<!exerc)(?<!prom)(?<!franch)(?<!dev)(?<!surpr)(?<!enterpr)(?<!prem)"
                r"(?<!exp)(?<!no)(?<!ra)(?<!pra)(?<!improv)(?<!disgu)(?<!mer)(?<!pois)(?<![a-z]w)(?<=[a-z]{4})is(e|ed|ing|er)$"),
     r"iz\1"),
    (re.compile(r"^(behavi|col|fav|hon|hum|lab|neighb|endeav|harb|rum|sav|vap)our"), r"\1or"),
    (re.compile(r"^(defen|offen|licen|preten)ce(s?)$"), r"\1se\2"),
    (re.compile(r"^(cent|theat|lit|met)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(program)me(s?)$"), r"\1\2"),
    (re.compile(r"^(cheque)(s?)$"), r"check\2"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two concepts that are, or may be, one: ``second`` goes into ``first`` when merged. ``score`` is in [0, 1]."""

    first: str
    second: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """``merged`` maps the id of each concept that goes to the one that stays; ``merges`` says why; ``review`` waits
    for a person, most likely first.
    """

    merged: Mapping[str, str]
    merges: tuple[Pair, ...]
    review: tuple[Pair, ...]


def resolve(
    concepts: Iterable[Concept], decisions: Mapping[tuple[str, str], bool] = MappingProxyType({})
) -> Resolution:
    """Merge what is one by its names; queue what may be.

    ``decisions`` are a person's, by pair of ids in either order: True merges, False keeps apart for good (and undoes
    a merge). The result does not depend on the order of ``concepts``. O(total length of the names).
    """
    records = {concept.id: concept for concept in concepts}
    apart = {frozenset(pair) for pair, same in decisions.items() if not same}
    union = _Union(records, apart)
    review: list[Pair] = []
    for (one, other), same in sorted(decisions.items()):
        if same and one in records and other in records:
            union.join(Pair(one, other, 1.0, "decided by a person"))
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in sorted(records):
        by_key[key(records[id_].label, records[id_].kind)].append(id_)
    for same_key, ids in sorted(by_key.items()):
        if same_key:
            for first, second in pairwise(ids):
                union.join(Pair(first, second, 1.0, "same name up to number, case, hyphen or spelling"))
    for pair in _by_alias(records, by_key):
        if pair.score < 1.0:
            review.append(pair)
        else:
            union.join(pair)
    merged = union.merged()
    review.extend(_alike(records, by_key))
    return Resolution(merged, union.reasons(merged), _queue(review, merged, apart))


def key(name: str, kind: str = "thing") -> tuple[str, ...]:
    """What the names of one concept share. An action never shares it with a thing ("record" and "a record")."""
    words = tokens(re.sub(r"[-‐-―/_]", " ", unicodedata.normalize("NFKC", name)))
    while len(words) > 1 and words[0] in DETERMINERS:
        words = words[1:]
    spelled = [_spelling(word) for word in words]
    nouns = tuple(word if word in APART or word in POLARITY else singular(word) for word in spelled)
    if kind != "action":
        return nouns
    verb = next((place for place, word in enumerate(nouns) if word not in POLARITY), 0)
    forms = (verb_key(word) if place == verb and word not in APART else word for place, word in enumerate(nouns))
    return ("to", *forms)


def merge_concepts(ontology: Ontology, resolution: Resolution) -> Ontology:
    """``ontology`` with each merged concept replaced by the one that stays, which takes over its names and sources.

    Relations and mentions that become equal are united; loops go. The input is unchanged, so keeping it is the undo.
    """
    merged = resolution.merged
    members: dict[str, list[Concept]] = defaultdict(list)
    for concept in ontology.concepts:
        members[merged.get(concept.id, concept.id)].append(concept)
    concepts = tuple(_united(concept, members[concept.id]) for concept in ontology.concepts if concept.id not in merged)
    relations: dict[tuple[str, str, str, int], Relation] = {}
    for relation in ontology.relations:
        source, target = (merged.get(end, end) for end in (relation.source_id, relation.target_id))
        if source == target and relation.source_id != relation.target_id:
            continue
        moved = dataclasses.replace(relation, source_id=source, target_id=target)
        edge = (source, relation.type, target, relation.polarity)
        known = relations.get(edge)
        relations[edge] = moved if known is None else _united_relation(known, moved)
    mentions = dict.fromkeys(
        RuleConcept(mention.rule_id, merged.get(mention.concept_id, mention.concept_id), mention.role)
        for mention in ontology.rule_concepts
    )
    return dataclasses.replace(
        ontology, concepts=concepts, relations=tuple(relations.values()), rule_concepts=tuple(mentions)
    )


def _united(kept: Concept, members: Sequence[Concept]) -> Concept:
    if len(members) == 1:
        return kept
    names = dict.fromkeys(name for member in (kept, *members) for name in (member.label, *member.aliases))
    names.pop(kept.label)
    proofs = dict.fromkeys(proof for member in (kept, *members) for proof in member.provenance)
    return dataclasses.replace(
        kept,
        aliases=tuple(names),
        definition=kept.definition or next((one.definition for one in members if one.definition), ""),
        weight=max(member.weight for member in members),
        conceptnet=kept.conceptnet or next((one.conceptnet for one in members if one.conceptnet), ""),
        provenance=tuple(proofs),
    )


def _united_relation(known: Relation, other: Relation) -> Relation:
    return dataclasses.replace(
        known,
        weight=max(known.weight, other.weight),
        provenance=tuple(dict.fromkeys((*known.provenance, *other.provenance))),
        rule_ids=tuple(dict.fromkeys((*known.rule_ids, *other.rule_ids))),
    )


class _Union:
    """Union-find over concept ids with the reasons of each union; pairs kept apart by a person never meet."""

    def __init__(self, records: Mapping[str, Concept], apart: set[frozenset[str]]) -> None:
        self._records, self._parent = records, {id_: id_ for id_ in records}
        self._members = {id_: [id_] for id_ in records}
        self._why: dict[str, Pair] = {}
        self._foes: dict[str, set[str]] = defaultdict(set)
        for first, second in (tuple(sorted(pair)) for pair in apart if len(pair) == 2):
            self._foes[first].add(second)
            self._foes[second].add(first)

    def root(self, id_: str) -> str:
        while self._parent[id_] != id_:
            self._parent[id_] = self._parent[self._parent[id_]]
            id_ = self._parent[id_]
        return id_

    def join(self, pair: Pair) -> None:
        first, second = self.root(pair.first), self.root(pair.second)
        if first == second:
            return
        if self._foes and any(not self._foes[one].isdisjoint(self._members[second]) for one in self._members[first]):
            return
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        self._parent[second] = first
        self._members[first] += self._members.pop(second)
        for id_ in (pair.first, pair.second):
            self._why.setdefault(id_, pair)

    def merged(self) -> dict[str, str]:
        """Each id that goes -> the id that stays: the heaviest in the policy, then the shortest name, then the first."""
        found: dict[str, str] = {}
        for members in self._members.values():
            kept = min(
                members,
                key=lambda id_: (
                    -self._records[id_].weight,
                    len(self._records[id_].label),
                    self._records[id_].label,
                    id_,
                ),
            )
            found.update((id_, kept) for id_ in members if id_ != kept)
        return dict(sorted(found.items()))

    def reasons(self, merged: Mapping[str, str]) -> tuple[Pair, ...]:
        return tuple(Pair(kept, gone, self._why[gone].score, self._why[gone].reason) for gone, kept in merged.items())


def _by_alias(records: Mapping[str, Concept], by_key: Mapping[tuple[str, ...], Sequence[str]]) -> Iterator[Pair]:
    """Pairs by a defined alias: score 1 when one concept only claims it, less when a person should look."""
    claims: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for id_, concept in sorted(records.items()):
        own = key(concept.label, concept.kind)
        for alias in concept.aliases:
            if (other := key(alias, concept.kind)) != own and other:
                claims[other].add(id_)
    for claimed, claimants in sorted(claims.items()):
        # Claimants that are one by their own name count once.
        names = {key(records[id_].label, records[id_].kind) for id_ in claimants}
        holders = by_key.get(claimed, ())
        pairs = [(claimant, holder) for claimant in sorted(claimants) for holder in holders[:1] if claimant != holder]
        if not holders and len(names) > 1:
            pairs = list(pairwise(sorted(claimants)))
        for first, second in pairs:
            shifted = _polarity(records[first].label) != _polarity(records[second].label)
            if shifted:
                yield Pair(first, second, 0.3, "an alias joins names of different polarity")
            elif len(names) > 1:
                yield Pair(first, second, 0.6, f"the alias {' '.join(claimed)!r} is claimed by several concepts")
            elif records[first].kind == "action" or records[second].kind == records[first].kind or _acronym(claimed):
                yield Pair(first, second, 1.0, f"defined as {' '.join(claimed)!r}")
            else:
                yield Pair(first, second, 0.7, f"alias {' '.join(claimed)!r}, but of another kind")


def _polarity(name: str) -> frozenset[str]:
    return POLARITY.intersection(key(name))


def _acronym(words: Sequence[str]) -> bool:
    return len(words) == 1 and 2 <= len(words[0]) <= 6


def _alike(records: Mapping[str, Concept], by_key: Mapping[tuple[str, ...], Sequence[str]]) -> Iterator[Pair]:
    """Names that look alike: same letters joined, same words in another order, initials, one letter apart."""
    blocks: tuple[tuple[float, str, Callable[[tuple[str, ...]], Iterable[object]]], ...] = (
        (0.9, "same letters, written apart or together", lambda words: ["".join(words)]),
        (0.6, "same words in another order", lambda words: [tuple(sorted(set(words) - {"of", "for", "the", "to"}))]),
        (0.7, "initials of the other", _initials),
        (0.5, "one letter apart", _deletions),
    )
    for score, reason, block in blocks:
        places: dict[object, set[tuple[str, ...]]] = defaultdict(set)
        for words in by_key:
            for mark in block(words):
                places[mark].add(words)
        for _, group in sorted(((repr(mark), group) for mark, group in places.items() if 2 <= len(group) <= 8)):
            for first, second in combinations(sorted(group), 2):
                if POLARITY.intersection(first) != POLARITY.intersection(second):
                    continue
                if reason.startswith("initials") and (len(first) == 1) == (len(second) == 1):
                    continue
                if reason == "one letter apart" and not _typo(" ".join(first), " ".join(second)):
                    continue
                ids = sorted((by_key[first][0], by_key[second][0]))
                if _comparable(records[ids[0]], records[ids[1]]):
                    yield Pair(ids[0], ids[1], score, reason)


def _comparable(first: Concept, second: Concept) -> bool:
    return (first.kind == "action") == (second.kind == "action")


def _initials(words: tuple[str, ...]) -> list[object]:
    if len(words) == 1:
        return [words[0]] if 2 <= len(words[0]) <= 6 else []
    return ["".join(word[0] for word in words if word not in {"of", "the", "and", "for"})]


def _deletions(words: tuple[str, ...]) -> list[object]:
    """The name with each one letter left out (Garbe's symmetric deletes), for names long enough to hold a typo."""
    name = " ".join(words)
    return [name, *(name[:place] + name[place + 1 :] for place in range(4, len(name)))] if 8 <= len(name) <= 40 else []


def _typo(first: str, second: str) -> bool:
    """Whether the difference lies inside a word: at its edges one letter makes another word (employer, employee)."""
    if first[:4] != second[:4] or any(letter.isdigit() for letter in first + second):
        return False
    place = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), 99)
    inside = first[place - 1 : place + 3]
    return len(inside) == 4 and " " not in inside


def _queue(review: Iterable[Pair], merged: Mapping[str, str], apart: set[frozenset[str]]) -> tuple[Pair, ...]:
    best: dict[frozenset[str], Pair] = {}
    for pair in review:
        first, second = (merged.get(id_, id_) for id_ in (pair.first, pair.second))
        ends = frozenset((first, second))
        decided = ends in apart or frozenset((pair.first, pair.second)) in apart
        if first != second and not decided and (ends not in best or best[ends].score < pair.score):
            best[ends] = dataclasses.replace(pair, first=min(ends), second=max(ends))
    return tuple(sorted(best.values(), key=lambda pair: (-pair.score, pair.first, pair.second)))


@lru_cache(maxsize=100_000)
def _spelling(word: str) -> str:
    for pattern, american in BRITISH:
        word = pattern.sub(american, word)
    return word
