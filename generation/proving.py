"""What a draft would exercise, by the ledger's own check, asked once per draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generation.chats import sample_of
from generation.drafts import Draft
from kg.coverage import Key, Target, Weighting, targets
from kg.coverage_attention import attention_of_rules
from kg.coverage_links import Checker
from kg.coverage_targets import LinkKeys
from kg.coverage_weights import weigh
from kg.model import Exercise, Ontology


@dataclass(frozen=True, slots=True)
class Proved:
    """A draft, its verified links under the id of its sample, and the targets that they stand for."""

    draft: Draft
    links: tuple[Exercise, ...]
    keys: frozenset[Key]

    @property
    def about_its_rule(self) -> bool:
        """Whether the text is proved to speak of a rule that the draft is about."""
        return any(link.kind == "rule" for link in self.links)


class Prover:
    """The targets of an ontology with their weights, and the check that says which of them a draft exercises."""

    def __init__(self, ontology: Ontology, *, t: int = 2, weighting: Weighting | None = None) -> None:
        asked = targets(ontology, t)
        self.targets: tuple[Target, ...] = weigh(ontology, asked, weighting) if weighting else asked
        self.weights = {target.key: target.weight for target in self.targets}
        self.attention = attention_of_rules(ontology, weighting.attention if weighting else {})
        """Rule id -> how many times the usual number of further cases it gets; empty where all get the same."""
        self._checker, self._keys = Checker(ontology), LinkKeys(ontology, t)
        self._known: dict[Draft, Proved] = {}

    def prove(self, draft: Draft) -> Proved:
        """``draft`` with what it exercises; what is no target is left out of its keys."""
        found = self._known.get(draft)
        if found is None:
            links = self._checker.links(sample_of(draft, ()))
            keys = self._keys.of(links, draft.verdict) & self.weights.keys()
            found = self._known[draft] = Proved(draft, links, keys)
        return found

    def keys(self, drafts: Iterable[Draft]) -> list[frozenset[Key]]:
        """The keys of each draft."""
        return [self.prove(draft).keys for draft in drafts]

    @property
    def proved(self) -> Sequence[Proved]:
        """Every draft that was asked about, in order."""
        return tuple(self._known.values())
