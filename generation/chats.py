"""From a draft to a sample: the retrieved passages put before the case, and the chat built around it."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from generation.drafts import Draft
from generation.prompting import build_messages
from kg.coverage_links import SENTENCE
from kg.model import Exercise, Message, Ontology, Rule, Sample, Split, stable_id
from kg.progress import Progress, silent
from kg.retrieval import Retrieved
from kg.retrieval_passages import citation_of
from kg.retrieval_precedents import Decided
from kg.words import content


class ContextSource(Protocol):
    """What generation needs of a retriever."""

    def retrieve_many(self, questions: Sequence[str], k: int) -> Sequence[Sequence[Retrieved]]: ...

    def grounded(self, question: str, passage: Retrieved) -> Retrieved: ...

    def with_precedents(self, decided: Sequence[Decided]) -> "ContextSource":
        """The same source that also knows cases and the rules that decided them."""
        ...


BATCH = 256
"""Questions that are put to the retriever at once, so that progress is seen."""


def in_context(
    ontology: Ontology,
    drafts: Sequence[tuple[Draft, Split]],
    retriever: ContextSource,
    *,
    clauses: int,
    seed: int,
    single: float = 0.0,
    progress: Progress = silent,
) -> tuple[Sample, ...]:
    """The samples of ``drafts`` with ``clauses`` retrieved passages each, a share ``single`` of them with the best one alone.

    Test samples get what retrieval found, as at an audit; the others are sure to have their own clause among it.
    """
    rng, few = random.Random(f"{seed}:context"), random.Random(f"{seed}:single")
    samples: list[Sample] = []
    for start in range(0, len(drafts), BATCH):
        batch = drafts[start : start + BATCH]
        contexts = retriever.retrieve_many([draft.question for draft, _ in batch], clauses)
        for (draft, split), found in zip(batch, contexts, strict=True):
            context = found[:1] if few.random() < single and split is not Split.TEST else found
            with_gold = context if split is Split.TEST else with_gold_clause(ontology, draft, context, rng)
            grounded = tuple(
                now if any(now is before for before in context) else retriever.grounded(draft.question, now)
                for now in with_gold
            )
            samples.append(replace(sample_of(draft, grounded), split=split))
        progress("context", len(samples), len(drafts))
    return tuple(samples)


def with_gold_clause(
    ontology: Ontology, draft: Draft, context: Sequence[Retrieved], rng: random.Random
) -> tuple[Retrieved, ...]:
    """The retrieved passages, the last one replaced by the draft's own clause where retrieval missed it.

    A model that is trained on passages that do not decide the case learns to guess; at an audit both models get what
    retrieval found. The missed clause goes to a random place, so that its place tells nothing. Two rules in conflict, or put together,
    are both shown.
    """
    found = list(context)
    own = _own_passages(ontology, draft)
    wanted = {clause_id for clause_id, _, _ in own}
    for clause_id, rule, text in own if found else ():
        rule_id, rule_ids = (rule.id, (rule.id,)) if rule else ("", ())
        at = next((index for index, passage in enumerate(found) if passage.clause_id == clause_id), -1)
        if at >= 0:
            if found[at].rule_id != rule_id and text[:60] not in found[at].text:
                found[at] = replace(found[at], rule_id=rule_id, text=text, rule_ids=rule_ids)
            continue
        clause = ontology.clause_by_id.get(clause_id)
        citation = citation_of(ontology, clause) if clause else ""
        gold = replace(
            found[-1], clause_id=clause_id, rule_id=rule_id, text=text, citation=citation, path=(), rule_ids=rule_ids
        )
        if any(passage.clause_id not in wanted for passage in found):
            found.pop(max(at for at, passage in enumerate(found) if passage.clause_id not in wanted))
        found.insert(rng.randrange(len(found) + 1), gold)
    return tuple(found)


def _own_passages(ontology: Ontology, draft: Draft) -> Sequence[tuple[str, Rule | None, str]]:
    """Clause, rule and text of what ``draft`` rests on: its rule, or the sentence of its clause that is nearest to its words."""
    if draft.rule_ids:
        rules = [ontology.rule_by_id[id_] for id_ in draft.rule_ids[: 2 if draft.kind in _OF_TWO else 1]]
        return list({rule.clause_id: (rule.clause_id, rule, _start(rule.text)) for rule in reversed(rules)}.values())[
            ::-1
        ]
    clause = ontology.clause_by_id.get(draft.clause_ids[0]) if draft.clause_ids else None
    if clause is None:
        return []
    said = set(content(draft.question))

    def near(text: str) -> int:
        return len(said & set(content(text)))

    rule = max(ontology.rules_of_clause.get(clause.id, ()), key=lambda one: near(one.text), default=None)
    text = max((part for part in SENTENCE.split(clause.text) if part), key=near, default="")
    if not near(text) and not (rule and near(rule.text)):
        return []  # such as the lead-in of a list: what retrieval found is nearer
    return [
        (clause.id, rule, _start(rule.text))
        if rule and near(rule.text) >= near(text)
        else (clause.id, None, _start(text))
    ]


_OF_TWO = frozenset({"conflict", "composition"})
"""Forms that rest on two rules, which are both shown."""


def _start(text: str) -> str:
    return " ".join(text.split()[:_MOST_WORDS])


_MOST_WORDS = 45


def sample_of(draft: Draft, context: Sequence[Retrieved]) -> Sample:
    """``draft`` as a chat after the passages of ``context``; its id does not depend on them."""
    chat = (*build_messages(draft.question, context), Message("assistant", draft.answer), *draft.turns)
    spoken = "\x1e".join(turn.content for turn in draft.turns)
    return Sample(
        id=stable_id("sample", draft.kind, draft.question, draft.answer, spoken),
        kind=draft.kind, writer=draft.writer, family=draft.family, question=draft.question, answer=draft.answer,
        verdict=draft.verdict, rule_ids=draft.rule_ids, clause_ids=draft.clause_ids, messages=chat,
    )  # fmt: skip


def linked(samples: Iterable[Sample], exercises: Iterable[Exercise]) -> tuple[Sample, ...]:
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
