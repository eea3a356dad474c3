"""The desk: what has been written and kept so far, the filter in front of it, and the cases that can be asked for."""

import random
from collections.abc import Mapping
from types import MappingProxyType

from generation.drafts import Draft
from generation.filters import DropLedger, NearDuplicates, malformed
from generation.frames import Frame
from generation.framing import frame_of
from generation.options import SCENARIO, GenerationOptions
from generation.prompting import verdict_answer
from generation.proving import Proved, Prover
from generation.scenarios import plain_triple, quoted_triple, write_triple
from generation.splits import Splits
from generation.substitutes import kinds
from kg.coverage import Key
from kg.model import Modality, Ontology, Rule, Verdict

_USUAL: Mapping[tuple[Modality | None, str], float] = MappingProxyType(
    {
        (None, "quote"): 0.05, (None, "turned"): 0.05, (None, "act/unknown"): 0.5,
        (Modality.PERMISSION, "act"): 0.1, (None, "act"): 0.45, (None, "fact"): 0.3, (None, "deadline"): 0.5,
    }
)  # fmt: skip
"""How often people ask about such a case at all, by modality and writer; 1 where nothing is said.

Each rule has its three verdicts first, unusual ones among them: for a rule that merely allows something, the case in which
somebody forbids it. What is written beyond that follows what people ask.
"""


class Desk:
    """The drafts kept so far, each with what it is proved to exercise, and the ledger of what was dropped."""

    def __init__(self, ontology: Ontology, options: GenerationOptions, prover: Prover, splits: Splits) -> None:
        self.ontology, self.options, self.prover, self.splits = ontology, options, prover, splits
        self.frames: dict[str, Frame] = {rule.id: frame_of(rule, ontology) for rule in ontology.rules}
        self.kinds = kinds(ontology)
        self.kept: list[Proved] = []
        self.covered: set[Key] = set()
        self.refused: set[str] = set()
        """The questions of the drafts that a filter turned away."""
        self.ledger = DropLedger()
        self._exact: set[str] = set()
        self._near = NearDuplicates(options.duplicate_threshold, options.seed)

    def offer(self, draft: Draft) -> bool:
        """Keep ``draft`` unless a filter objects. Twins of one triple are alike by design, so a near-duplicate is
        refused only across families or forms.
        """
        why = malformed(draft, self.options.max_words)
        if not why and draft.question in self._exact:
            why = "exact duplicate"
        if not why:
            key = draft.family or draft.kind
            look = self._near.look(draft.question)
            if look.keys and (look.keys != {key} or draft.kind != SCENARIO):
                why = "near duplicate"
            else:
                self._near.remember(look, key)
        if why:
            self.ledger.drop(why, draft.question)
            self.refused.add(draft.question)
            return False
        self._exact.add(draft.question)
        self.kept.append(self.prover.prove(draft))
        self.covered |= self.kept[-1].keys
        return True

    def holds(self, draft: Draft) -> bool:
        """Whether a draft that asks the same is kept already."""
        return draft.question in self._exact

    def triple(self, rule: Rule, turn: int, manner: str = "told") -> dict[Verdict, Draft]:
        """The drafts of one triple about ``rule``: told in the rule's words, free, plain, or quoting the rule.

        ``manner`` may go on with a colon and any text for another telling of the same: "told:2".
        """
        rng = random.Random(f"{self.options.seed}:{rule.id}:{turn}:{manner}")
        frame = self.frames[rule.id]
        name = manner.partition(":")[0]
        if name in {"told", "free"}:
            told = write_triple(frame, turn, rng, self.kinds, free=name == "free")
        else:
            told = (plain_triple if name == "plain" else quoted_triple)(frame, turn, rng)
        return {
            verdict: Draft(
                SCENARIO, case.question, verdict_answer(verdict, case.reason), verdict, (rule.id,), (rule.clause_id,),
                rule.family, f"scenario/{case.pivot}",
            )
            for verdict, case in told.items()
        }  # fmt: skip

    def further(self, rule: Rule, turn: int, *, choosy: bool) -> list[Draft]:
        """The cases of one triple; where ``choosy``, those drawn by how usual they are."""
        rng = random.Random(f"{self.options.seed}:{rule.id}:{turn}:usual")
        return [
            draft
            for draft in self.triple(rule, turn, "free").values()
            if rng.random() < _usual(draft, self.ontology) or not choosy
        ]


def _usual(draft: Draft, ontology: Ontology) -> float:
    modality = ontology.rule_by_id[draft.rule_ids[0]].modality
    name = draft.writer.removeprefix("scenario/")
    for key in ((modality, name), (modality, name.partition("/")[0]), (None, name), (None, name.partition("/")[0])):
        if key in _USUAL:
            return _USUAL[key]
    return 1.0
