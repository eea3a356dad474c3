"""Plan, write, filter, retrieve, verify, split: an ontology becomes a dataset of exactly N samples."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from generation.drafts import Draft
from generation.filters import DropLedger, NearDuplicates, malformed
from generation.frames import Frame, frame_of
from generation.instructions import candidates
from generation.options import SCENARIO, GenerationOptions
from generation.planner import greedy_cover, quotas
from generation.prompting import build_messages, verdict_answer
from generation.scenarios import plain_triple, quoted_triple, write_triple
from generation.seeds import read_seeds
from generation.splits import split_of, test_families, validation_families
from generation.substitutes import kinds
from generation.targets import VERDICTS, check_budget, order, rules_of
from kg.coverage import Coverage, measure, verify_links
from kg.errors import PlumblineError
from kg.model import Exercise, Message, Modality, Ontology, Rule, Sample, Split, Verdict, stable_id
from kg.progress import Progress, silent
from kg.retrieval import Retrieved

_TURNS = 40
"""Rounds over the rules after which writing more of the same is given up."""


class ContextSource(Protocol):
    """What the pipeline needs of a retriever."""

    def retrieve_many(self, questions: Sequence[str], k: int) -> Sequence[Sequence[Retrieved]]: ...

    def grounded(self, question: str, passage: Retrieved) -> Retrieved: ...


@dataclass(frozen=True, slots=True)
class Generated:
    """The dataset with its ledger. ``dropped`` counts by reason, ``drop_examples`` keeps a few texts of each."""

    samples: tuple[Sample, ...]
    exercises: tuple[Exercise, ...]
    dropped: Mapping[str, int]
    drop_examples: Mapping[str, tuple[str, ...]]
    coverage_before: Coverage
    coverage_after: Coverage


class _Writer:
    """The drafts kept so far, the filter in front of them, and the ledger of what was dropped."""

    def __init__(self, ontology: Ontology, options: GenerationOptions) -> None:
        self.ontology, self.options = ontology, options
        self.frames: dict[str, Frame] = {rule.id: frame_of(rule, ontology) for rule in ontology.rules}
        self.kinds = kinds(ontology)
        self.kept: list[Draft] = []
        self.ledger = DropLedger()
        self.test: frozenset[str] = frozenset()
        if options.test_share:
            self.test = test_families(ontology.rules, options.test_share, options.seed)
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
            earlier = self._near.find(draft.question, key)
            if earlier is not None and (earlier != key or draft.kind != SCENARIO):
                why = "near duplicate"
        if why:
            self.ledger.drop(why, draft.question)
            return False
        self._exact.add(draft.question)
        self.kept.append(draft)
        return True

    def triple(self, rule: Rule, turn: int, manner: str = "told") -> dict[Verdict, Draft]:
        """The drafts of one triple about ``rule``: told, plain, or quoting the rule."""
        rng = random.Random(f"{self.options.seed}:{rule.id}:{turn}:{manner}")
        frame = self.frames[rule.id]
        if manner == "told":
            told = write_triple(frame, turn, rng, self.kinds)
        else:
            told = (plain_triple if manner == "plain" else quoted_triple)(frame, turn, rng)
        return {
            verdict: Draft(
                SCENARIO, case.question, verdict_answer(verdict, case.reason), verdict, (rule.id,), (rule.clause_id,),
                rule.family, f"scenario/{case.pivot}",
            )
            for verdict, case in told.items()
        }  # fmt: skip


def generate(
    ontology: Ontology, retriever: ContextSource, options: GenerationOptions, progress: Progress = silent
) -> Generated:
    """Exactly ``options.samples`` samples that cover every rule with every verdict by verified links.

    With ``test_share`` above 0 whole rule families are written about for the test split only. Raises
    :class:`UserError` when the ontology states no rules, when N is too small or a seed is faulty, and
    :class:`PlumblineError` when the filters leave too little, with the commonest reasons.
    """
    rules = rules_of(ontology)
    check_budget(ontology, options.samples)
    before = measure(ontology, (), ())
    writer = _Writer(ontology, options)
    seeds = read_seeds(options.seeds_file, ontology) if options.seeds_file else ()
    _write_required(writer, rules, progress)
    for draft in seeds:
        if draft.family not in writer.test and len(writer.kept) < options.samples:
            writer.offer(draft)
    _write_others(writer, options.samples)
    progress("other forms", len(writer.kept), options.samples)
    _write_more(writer, rules, options.samples, progress)
    if len(writer.kept) < options.samples:
        raise _too_little(writer.ledger, len(writer.kept), options.samples)
    drafts = writer.kept[: options.samples]
    samples = _finish(writer, drafts, retriever, progress)
    exercises = verify_links(ontology, samples)
    samples = _linked(samples, exercises)
    progress("verified", len(samples), len(samples))
    return Generated(
        samples, exercises, dict(writer.ledger.counts), dict(writer.ledger.examples), before,
        measure(ontology, samples, exercises),
    )  # fmt: skip


_ATTEMPTS = [(manner, turn) for manner, turns in (("told", 4), ("plain", 8), ("quoted", 12)) for turn in range(turns)]
"""How a case of each verdict is tried for a rule, until one is accepted and proved to exercise it."""


def _write_required(writer: _Writer, rules: Sequence[Rule], progress: Progress) -> None:
    """One verified case for each rule and verdict: later rounds where the first is refused, a plain one at last."""
    for done, rule in enumerate(rules):
        missing = set(VERDICTS)
        for manner, turn in _ATTEMPTS:
            told = writer.triple(rule, turn, manner)
            for verdict in VERDICTS:
                if verdict in missing and _verified(writer.ontology, told[verdict]) and writer.offer(told[verdict]):
                    missing.discard(verdict)
            if not missing:
                break
        if missing:
            raise PlumblineError(
                f"no case could be written about the rule {rule.text[:120]!r}",
                "report the rule; meanwhile take its clause out of the sources",
            )
        progress("cases", done + 1, len(rules))


def _verified(ontology: Ontology, draft: Draft) -> bool:
    slim = Ontology(rules=tuple(ontology.rule_by_id[id_] for id_ in draft.rule_ids))
    return any(link.kind == "rule" for link in verify_links(slim, (_sample(draft, ()),)))


def _write_others(writer: _Writer, total: int) -> None:
    """The other forms, as far as the budget left allows: within each kind the drafts that cover the most."""
    options = writer.options
    wanted = quotas(total, options.mix)
    wanted.pop(SCENARIO, None)
    offered = candidates(writer.ontology, writer.frames, options.seed)
    left = total - len(writer.kept)
    wanted = quotas(min(left, sum(wanted.values())), wanted) if sum(wanted.values()) and left > 0 else {}
    covered = _elements(writer.ontology, list(writer.kept))
    done = frozenset().union(*covered) if covered else frozenset()
    for kind in sorted(wanted):
        pool = [draft for draft in offered.get(kind, []) if draft.family not in writer.test]
        elements = _elements(writer.ontology, pool)
        ranked = greedy_cover(elements, wanted[kind] * 2, done)
        rest = [index for index in range(len(pool)) if index not in set(ranked)]
        random.Random(f"{options.seed}:{kind}").shuffle(rest)
        count = 0
        for index in [*ranked, *rest]:
            if count >= wanted[kind]:
                break
            if writer.offer(pool[index]):
                count += 1
                done |= elements[index]


def _elements(ontology: Ontology, drafts: Sequence[Draft]) -> list[frozenset[tuple[str, str]]]:
    """The concepts and relations that each draft exercises."""
    samples = [replace(_sample(draft, ()), id=str(index)) for index, draft in enumerate(drafts)]
    found: list[set[tuple[str, str]]] = [set() for _ in drafts]
    for link in verify_links(ontology, samples):
        if link.kind != "rule":
            found[int(link.sample_id)].add((link.kind, link.element_id))
    return [frozenset(elements) for elements in found]


_USUAL: Mapping[tuple[Modality | None, str], float] = MappingProxyType(
    {
        (None, "definition"): 0.1, (None, "quote"): 0.0, (None, "act/denied"): 0.0, (None, "act/unknown"): 0.05,
        (Modality.PROHIBITION, "act/omitted"): 0.15, (None, "act"): 0.25, (None, "fact"): 0.5,
    }
)  # fmt: skip
"""How often people ask about such a case at all, by modality and writer; 1 where nothing is said.

Each rule has its three verdicts first, unusual ones among them: for a rule that merely allows something, the case in which
somebody is punished for it. What is written beyond that follows what people ask.
"""


def _usual(draft: Draft, ontology: Ontology) -> float:
    modality = ontology.rule_by_id[draft.rule_ids[0]].modality
    name = draft.writer.removeprefix("scenario/")
    for key in ((modality, name), (None, name), (None, name.partition("/")[0])):
        if key in _USUAL:
            return _USUAL[key]
    return 1.0


def _write_more(writer: _Writer, rules: Sequence[Rule], total: int, progress: Progress) -> None:
    """Further cases until the budget is spent: what people ask about, the verdicts in equal shares, the rules in turn.

    Where that is not enough, as for a handful of rules, any case will do. A rule of the test split keeps its first three
    cases, so that the split stays balanced.
    """
    open_rules = [rule for rule in rules if rule.family not in writer.test]
    written = dict.fromkeys(VERDICTS, 0)
    for choosy in (True, False):
        for turn in range(1, _TURNS):
            for rule in order(open_rules, turn, writer.options.seed):
                if len(writer.kept) >= total:
                    return
                for verdict, draft in _further(writer, rule, turn, choosy=choosy):
                    fair = not choosy or written[verdict] <= min(written.values()) + _UNEVEN
                    if fair and len(writer.kept) < total and writer.offer(draft):
                        written[verdict] += 1
            progress("more cases", len(writer.kept), total)


def _further(writer: _Writer, rule: Rule, turn: int, *, choosy: bool) -> list[tuple[Verdict, Draft]]:
    """The cases of one triple; where ``choosy``, those drawn by how usual they are."""
    rng = random.Random(f"{writer.options.seed}:{rule.id}:{turn}:usual")
    return [
        (verdict, draft)
        for verdict, draft in writer.triple(rule, turn).items()
        if rng.random() < _usual(draft, writer.ontology) or not choosy
    ]


_UNEVEN = 8
"""By how many cases one verdict may run ahead of another while more are written."""


def _too_little(ledger: DropLedger, kept: int, wanted: int) -> PlumblineError:
    reasons = "; ".join(f"{reason} ({count})" for reason, count in ledger.commonest()) or "no writer had more to say"
    return PlumblineError(
        f"only {kept} of {wanted} samples could be written; the commonest reasons for drops: {reasons}",
        "ask for fewer samples, raise duplicate_threshold or max_words, or add sources",
    )


def _finish(
    writer: _Writer, drafts: Sequence[Draft], retriever: ContextSource, progress: Progress
) -> tuple[Sample, ...]:
    """Split, add context and build the chats."""
    options = writer.options
    validation = validation_families(drafts, options.validation_share, options.seed, writer.test)
    contexts = retriever.retrieve_many([draft.question for draft in drafts], options.context_clauses)
    rng = random.Random(f"{options.seed}:context")
    samples = []
    for draft, context in zip(drafts, contexts, strict=True):
        split = split_of(draft, writer.test, validation)
        with_gold = context if split == Split.TEST else with_gold_clause(writer.ontology, draft, context, rng)
        with_gold = tuple(
            now if now is before else retriever.grounded(draft.question, now)
            for now, before in zip(with_gold, context, strict=True)
        )
        samples.append(replace(_sample(draft, with_gold), split=split))
    progress("context", len(samples), len(samples))
    return tuple(samples)


def with_gold_clause(
    ontology: Ontology, draft: Draft, context: Sequence[Retrieved], rng: random.Random
) -> tuple[Retrieved, ...]:
    """The retrieved passages, the last one replaced by the draft's own clause where retrieval missed it.

    A model that is trained on passages that do not decide the case learns to guess; at an audit both models get what
    retrieval found. The missed clause goes to a random place, so that its place tells nothing.
    """
    found = list(context)
    if not draft.rule_ids or not found:
        return tuple(found)
    rule = ontology.rule_by_id[draft.rule_ids[0]]
    clause = ontology.clause_by_id.get(rule.clause_id)
    text = " ".join(rule.text.split()[:45])
    for index, passage in enumerate(found):
        if passage.clause_id == rule.clause_id:
            if passage.rule_id != rule.id and text[:60] not in passage.text:
                found[index] = replace(passage, rule_id=rule.id, text=text, rule_ids=(rule.id,))
            return tuple(found)
    number = (clause.number if clause else "") or rule.section_id
    gold = replace(
        found[-1], clause_id=rule.clause_id, rule_id=rule.id, text=text, citation=number, path=(), rule_ids=(rule.id,)
    )
    found.pop()
    found.insert(rng.randrange(len(found) + 1), gold)
    return tuple(found)


def _sample(draft: Draft, context: Sequence[Retrieved]) -> Sample:
    chat = (*build_messages(draft.question, context), Message("assistant", draft.answer), *draft.turns)
    spoken = "\x1e".join(turn.content for turn in draft.turns)
    return Sample(
        id=stable_id("sample", draft.kind, draft.question, draft.answer, spoken),
        kind=draft.kind, writer=draft.writer, family=draft.family, question=draft.question, answer=draft.answer,
        verdict=draft.verdict, rule_ids=draft.rule_ids, clause_ids=draft.clause_ids, messages=chat,
    )  # fmt: skip


def _linked(samples: Iterable[Sample], exercises: Sequence[Exercise]) -> tuple[Sample, ...]:
    """The samples with the ids of the concepts and relations that they were verified to exercise."""
    found: dict[str, dict[str, list[str]]] = {}
    for link in exercises:
        found.setdefault(link.sample_id, {}).setdefault(link.kind, []).append(link.element_id)
    return tuple(
        replace(
            sample,
            concept_ids=tuple(found.get(sample.id, {}).get("concept", ())),
            relation_ids=tuple(found.get(sample.id, {}).get("relation", ())),
        )
        for sample in samples
    )
