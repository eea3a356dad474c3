"""Of which kind an imported concept is: by what ConceptNet says of the term, by its head noun, and by what brought it.

A relation alone deceives: what something is used for may be an act or a thing ("a fund is used for money"), and a word of
another sense lends its kind ("give" is a kind of donation, so it would be money). Three things tell, in this order: that the
term stands where ConceptNet puts verb phrases (before HasSubevent, behind CapableOf) or adjectives (behind HasProperty), that its only word is a noun of a known
kind, and the votes of what it is said to be.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from kg.conceptnet_labels import KINDS, SAME_KIND, words_of
from kg.conceptnet_reader import Assertion, term_of
from kg.conceptnet_relations import algebra
from kg.words import singular

NounKind = Callable[[str, str], str]
"""The kind of a label by its head noun, given both; ``thing`` where the noun does not tell."""
VERBAL, VERBAL_PHRASE, ENOUGH = 0.55, 0.4, 5
"""A word is an act when this share of its assertions, and at least so many, treat it as a verb phrase; of several words, which
are seldom a noun of the same letters, a smaller share is enough."""
ADJECTIVE = 0.5
"""The share from which a term is a quality."""
FAINT = 0.5
"""What one ordinary assertion that calls a concept of the policy a kind of the term counts for ("the board is a chairman"), and
what does not suffice alone: a wrong kind is worse than none.
"""
OWN_HEAD = 1.5
"""What the head noun of several words counts for, in weights of assertions."""
_ACT_BEFORE = frozenset(
    {"HasSubevent", "HasFirstSubevent", "HasLastSubevent", "HasPrerequisite", "MotivatedByGoal", "Entails"}
)
_ACT_BEHIND = _ACT_BEFORE | {"CapableOf", "NotCapableOf", "CausesDesire", "UsedFor", "ReceivesAction"}
_NOT_ASKED = frozenset({"RelatedTo", "Synonym", "Antonym", "SimilarTo", "DistinctFrom"})
_ALWAYS_ACT = frozenset({"CapableOf", "NotCapableOf", "ReceivesAction", "CausesDesire"})
_QUALITY_BEHIND = frozenset({"HasProperty", "NotHasProperty"})
_KIN = frozenset({"IsA", "InstanceOf"})
_CALLINGS = frozenset({"job", "profession", "occupation", "career", "trade", "position"})
"""What is said to be one of these is somebody who has it."""


def no_nouns(_label: str, _head: str) -> str:
    """A :data:`NounKind` that knows no noun."""
    return "thing"


def is_act(term: str, about: Sequence[Assertion]) -> bool:
    """Whether ConceptNet treats ``term`` as a verb phrase, by the assertions ``about`` it."""
    return _stands(term, about, _ACT_BEFORE, _ACT_BEHIND) >= (VERBAL_PHRASE if "_" in term else VERBAL)


def _is_quality(term: str, about: Sequence[Assertion]) -> bool:
    """Whether ConceptNet treats ``term`` as an adjective."""
    return _stands(term, about, frozenset(), _QUALITY_BEHIND) >= ADJECTIVE


def _stands(term: str, about: Sequence[Assertion], before: AbstractSet[str], behind: AbstractSet[str]) -> float:
    """The share of the assertions that put ``term`` before, or behind, one of these relations; 0 when they are too few."""
    asked = [edge for edge in about if algebra(edge.relation).canonical not in _NOT_ASKED]
    stands = sum(
        algebra(edge.relation).canonical in (before if term_of(edge.start) == term else behind) for edge in asked
    )
    return stands / len(asked) if len(asked) >= ENOUGH else 0.0


def settled_kind(
    term: str, label: str, brought: Sequence[tuple[str, bool, str, float]], about: Sequence[Assertion], nouns: NounKind
) -> str:
    """The kind of the imported concept ``label``.

    ``brought`` are the edges that join it to concepts that are there: type, whether it stands at their far end, the
    kind of the near end, weight. ``about`` is what the index says of ``term``.
    """
    if is_act(term, about):
        return "action"
    if _is_quality(term, about):
        return "quality"
    words = label.split()
    own = _of_noun(label, nouns)
    if len(words) == 1 and own != "thing":
        return own
    acts = any(_brings_act(type_, outgoing, words) for type_, outgoing, _, _ in brought)
    if acts and not any(type_ in SAME_KIND for type_, _, _, _ in brought):
        return "action"
    votes: Counter[str] = Counter()
    if own != "thing":
        votes[own] += OWN_HEAD  # type: ignore[assignment]
    for type_, outgoing, near, weight in brought:
        lent = _lent(type_, near, outgoing=outgoing, known=len(about) >= ENOUGH)
        upward = type_ == "IsA" and outgoing and weight <= 1
        votes[lent] += FAINT if upward else weight  # type: ignore[assignment]
    for edge in about:
        if algebra(edge.relation).canonical in _KIN and term_of(edge.start) == term:
            above = words_of(edge.end)
            votes["party" if above in _CALLINGS else _of_noun(above, nouns)] += edge.weight  # type: ignore[assignment]
    del votes["thing"]
    best = min(votes, key=lambda kind: (-votes[kind], kind), default="thing")
    return best if votes[best] > FAINT else "thing"


def _of_noun(label: str, nouns: NounKind) -> str:
    """The kind by the head: of "conflict of interest" that is the conflict."""
    words = label.partition(" of ")[0].split()
    return nouns(label, singular(words[-1])) if words else "thing"


def _brings_act(type_: str, outgoing: bool, words: Sequence[str]) -> bool:
    """Whether an edge of this type leads to, or from, what is done."""
    if outgoing and type_ in _ALWAYS_ACT:
        return True
    behind = _ACT_BEHIND if outgoing else _ACT_BEFORE
    return type_ in behind and words[0].endswith("ing")


def _lent(type_: str, near: str, *, outgoing: bool, known: bool) -> str:
    """The kind that an edge lends the concept at its far end; a much described term is nobody only because it can do
    something.
    """
    if type_ == "MannerOf":
        return "action"
    if type_ in SAME_KIND:
        return near
    if not outgoing:
        return "party" if type_ in {"CapableOf", "Desires"} and not known else "thing"
    return "thing" if KINDS.get(type_) == "action" else KINDS.get(type_, "thing")
