"""What changed between two versions of a policy: clauses, their rules, and concepts, each paired with its successor.

Clauses are paired in this order: same number and same content; same content elsewhere (renumbered or moved); same
number and similar words; similar words anywhere. Content is compared by hash, similarity is the Dice coefficient of the
words as multisets (Dice, 1945), so that a clause keeps its history although an edit before it shifted its number. Pure: two
ontologies in, values out; ids play no part, because they hold the document's name and the section's title.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Clause, Concept, Document, Ontology, Rule
from kg.versions_changes import (
    Change,
    ClauseChange,
    ConceptChange,
    FieldChange,
    RuleChange,
    dice,
    matched,
    rest,
    words,
)
from kg.versions_rules import crossed, pair_rules

__all__ = ["Change", "Comparison", "compare", "content_key", "pair_documents"]

SAME_NUMBER: Final = 0.3
"""So similar must the words of two clauses with one number be for the later to be a version of the earlier."""
ANY_NUMBER: Final = 0.6
COMMON_WORD: Final = 60
"""A word in more clauses than this says little of which two belong together, and makes the search quadratic."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every document, clause, rule and concept of both versions exactly once, in the order of the new version."""

    documents: tuple[tuple[Document | None, Document | None], ...]
    clauses: tuple[ClauseChange, ...]
    rules: tuple[RuleChange, ...]
    concepts: tuple[ConceptChange, ...] = ()


def compare(old: Ontology, new: Ontology) -> Comparison:
    """Pair all of ``old`` with all of ``new``."""
    documents = tuple(pair_documents(old.documents, new.documents))
    clauses: list[ClauseChange] = []
    rules: list[RuleChange] = []
    for before, after in documents:
        found = _clauses(_of(old, before), _of(new, after), _Titles(old, new))
        clauses.extend(found)
        for one in found:
            rules.extend(pair_rules(_stated(old, one.old), _stated(new, one.new), one.change))
    return Comparison(documents, tuple(clauses), tuple(crossed(rules)), tuple(_concepts(old, new)))


def pair_documents(
    old: Sequence[Document], new: Sequence[Document]
) -> Iterator[tuple[Document | None, Document | None]]:
    """Documents with their later version: by id, by file name, by title, and the only one left on either side."""
    keys: tuple[Callable[[Document], Hashable], ...] = (
        lambda document: document.id,
        lambda document: document.path.replace("\\", "/").rsplit("/", 1)[-1],
        lambda document: document.title.casefold(),
    )
    pairs: dict[str, Document] = {}
    left, right = list(old), list(new)
    for key in keys:
        for before, after in matched(left, right, key):
            pairs[after.id] = before
        left, right = rest(left, right, pairs)
    if len(left) == len(right) == 1:
        pairs[right[0].id] = left.pop()
    yield from ((pairs.get(document.id), document) for document in new)
    yield from ((document, None) for document in left)


def content_key(clause: Clause) -> str:
    """The hash of what a clause says: its kind, its lead-in and its words, not where it stands."""
    return hashlib.sha256(f"{clause.kind}\x1f{clause.lead_in}\x1f{clause.text}".encode()).hexdigest()


# --- clauses --------------------------------------------------------------------------------------------------------


class _Titles:
    """The title of a clause's section, in whichever version."""

    def __init__(self, old: Ontology, new: Ontology) -> None:
        self._sections = {**old.section_by_id, **new.section_by_id}
        self._old = old.section_by_id

    def same_place(self, old: Clause, new: Clause) -> bool:
        before, after = self._old.get(old.section_id), self._sections.get(new.section_id)
        return before is None or after is None or (before.number, before.title) == (after.number, after.title)


def _of(ontology: Ontology, document: Document | None) -> list[Clause]:
    return [clause for clause in ontology.clauses if document is not None and clause.document_id == document.id]


def _stated(ontology: Ontology, clause: Clause | None) -> tuple[Rule, ...]:
    return ontology.rules_of_clause.get(clause.id, ()) if clause is not None else ()


def _clauses(old: Sequence[Clause], new: Sequence[Clause], titles: _Titles) -> list[ClauseChange]:
    pairs: dict[str, Clause] = {}  # new id -> old clause
    left, right = list(old), list(new)
    exact: tuple[Callable[[Clause], Hashable], ...] = (
        lambda clause: (clause.number, clause.section_id, content_key(clause)),
        lambda clause: (clause.number, content_key(clause)),
        content_key,
        lambda clause: (clause.number, clause.text),
    )
    for key in exact:
        pairs.update((after.id, before) for before, after in matched(left, right, key))
        left, right = rest(left, right, pairs)
    taken = {clause.id for clause in pairs.values()}
    for score, before, after in sorted(_candidates(left, right), key=lambda found: -found[0]):
        least = SAME_NUMBER if before.number and before.number == after.number else ANY_NUMBER
        if score >= least and after.id not in pairs and before.id not in taken:
            pairs[after.id] = before
            taken.add(before.id)
    return list(_in_order(old, new, pairs, titles))


def _candidates(left: Sequence[Clause], right: Sequence[Clause]) -> Iterator[tuple[float, Clause, Clause]]:
    """Clauses that share a number or a telling word, with their similarity; a shared number counts a little more."""
    bags = {clause.id: words(clause.text) for clause in right}
    by_word: dict[str, list[Clause]] = defaultdict(list)
    by_number: dict[str, list[Clause]] = defaultdict(list)
    for clause in right:
        by_number[clause.number].append(clause)
        for word in bags[clause.id]:
            by_word[word].append(clause)
    for before in left:
        own = words(before.text)
        near = {clause.id: clause for clause in by_number[before.number] if before.number}
        for word in own:
            if len(by_word.get(word, ())) <= COMMON_WORD:
                near.update((clause.id, clause) for clause in by_word.get(word, ()))
        for clause in near.values():
            bonus = 0.1 if clause.number == before.number else 0.0
            yield dice(own, bags[clause.id]) + bonus, before, clause


def _in_order(
    old: Sequence[Clause], new: Sequence[Clause], pairs: dict[str, Clause], titles: _Titles
) -> Iterator[ClauseChange]:
    """All changes in the order of the new version; a removed clause follows the one that stood before it."""
    kept = {clause.id for clause in pairs.values()}
    gone: dict[str, list[Clause]] = defaultdict(list)
    anchor = ""
    for clause in old:
        if clause.id in kept:
            anchor = clause.id
        else:
            gone[anchor].append(clause)
    yield from (ClauseChange(Change.REMOVED, clause, None) for clause in gone[""])
    for clause in new:
        before = pairs.get(clause.id)
        if before is None:
            yield ClauseChange(Change.ADDED, None, clause)
            continue
        yield ClauseChange(_kind(before, clause, titles), before, clause)
        yield from (ClauseChange(Change.REMOVED, one, None) for one in gone[before.id])


def _kind(old: Clause, new: Clause, titles: _Titles) -> Change:
    if content_key(old) != content_key(new) or old.superseded_by != new.superseded_by:
        return Change.CHANGED
    if old.number != new.number:
        return Change.RENUMBERED
    return Change.UNCHANGED if titles.same_place(old, new) else Change.MOVED


# --- concepts -------------------------------------------------------------------------------------------------------


def _concepts(old: Ontology, new: Ontology) -> Iterator[ConceptChange]:
    """Concepts by id, which is made of the label alone. Weights and sources shift with every edit: they are no change."""
    for concept in new.concepts:
        before = old.concept_by_id.get(concept.id)
        if before is None:
            yield ConceptChange(Change.ADDED, None, concept)
            continue
        earlier, later = _concept_fields(before), _concept_fields(concept)
        fields = tuple(FieldChange(name, earlier[name], later[name]) for name in later if earlier[name] != later[name])
        yield ConceptChange(Change.CHANGED if fields else Change.UNCHANGED, before, concept, fields)
    yield from (ConceptChange(Change.REMOVED, one, None) for one in old.concepts if one.id not in new.concept_by_id)


def _concept_fields(concept: Concept) -> dict[str, str]:
    return {
        "label": concept.label,
        "kind": concept.kind,
        "aliases": ", ".join(sorted({alias.casefold() for alias in concept.aliases} - {concept.label.casefold()})),
        "definition": concept.definition,
        "conceptnet": concept.conceptnet,
    }
