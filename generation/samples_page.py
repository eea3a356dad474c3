"""Samples as a page to read: a few of each kind, each with its clause and its rule. What is told is escaped."""

import random
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generation.markdown import escaped, table
from generation.preferences_reading import Citations
from generation.prompting import VERDICT_PHRASES, unanswered
from kg.model import Ontology, Sample

_FEW: Mapping[str, str] = MappingProxyType(
    {
        "conflict": "there are a few questions for each pair of rules that oppose each other, and the documents hold few",
        "definition": "there are a few questions for each term that the documents define",
        "exception": "there are a few questions for each rule that states an exception",
    }
)
"""Why there may be fewer samples of a form than a page asks for."""


def chosen(samples: Sequence[Sample], count: int, seed: int, kinds: Sequence[str] = ()) -> dict[str, list[Sample]]:
    """``count`` random samples of each kind (all where there are fewer), the kinds and the draw in a fixed order."""
    found: dict[str, list[Sample]] = {}
    for kind in sorted({sample.kind for sample in samples}):
        if kinds and kind not in kinds:
            continue
        mine = sorted((sample for sample in samples if sample.kind == kind), key=lambda sample: sample.id)
        found[kind] = random.Random(f"{seed}:{kind}").sample(mine, min(count, len(mine)))
    return found


def shown(ontology: Ontology, samples: Sequence[Sample]) -> list[dict[str, object]]:
    """Each sample as plain values: its texts, and the clauses and rules that it is about in their own words."""
    citations = Citations(ontology)
    return [
        {
            "id": sample.id,
            "kind": sample.kind,
            "verdict": VERDICT_PHRASES[sample.verdict] if sample.verdict else None,
            "split": sample.split.value,
            "writer": sample.writer,
            "clauses": list(citations.of(sample.clause_ids)),
            "rules": _rules(ontology, sample),
            "question": sample.question,
            "answer": sample.answer,
            "turns": [[message.role, message.content] for message in sample.messages[3:]],
        }
        for sample in samples
    ]


def _rules(ontology: Ontology, sample: Sample) -> list[str]:
    """The rules that the sample is about in their own words; where it names none, as a seed, those of its clauses, or
    the clauses themselves.
    """
    named = [ontology.rule_by_id[id_].text for id_ in sample.rule_ids if id_ in ontology.rule_by_id]
    stated = [rule.text for id_ in sample.clause_ids for rule in ontology.rules_of_clause.get(id_, ())]
    clauses = [ontology.clause_by_id[id_].text for id_ in sample.clause_ids if id_ in ontology.clause_by_id]
    return [unanswered(text) for text in dict.fromkeys(named or stated or clauses)]


def page(
    ontology: Ontology,
    samples: Sequence[Sample],
    *,
    count: int,
    seed: int,
    quality: Mapping[str, Sequence[Sequence[object]]] | None = None,
) -> str:
    """The Markdown page; ``quality`` are tables by title, the first row of each its head."""
    intro = (
        f"Written by `plumbline samples --count {count} --seed {seed} --markdown FILE`: up to {count} random samples of "
        f"each kind of a dataset of {len(samples):,}, as the writers made them. Nothing is chosen or changed by hand. Each has the clause and the rule that "
        "it is about; the prompt also holds the retrieved clauses and their checks, which are left out here."
    )
    lines = ["# Samples", "", intro, ""]
    for title, rows in (quality or {}).items():
        lines += [f"## {title}", "", *table([str(name) for name in rows[0]], rows[1:])]
    for kind, mine in chosen(samples, count, seed).items():
        total = sum(sample.kind == kind for sample in samples)
        lines += [f"## {escaped(kind)}: {len(mine)} of {total:,}", ""]
        if total < count and kind in _FEW:
            lines += [f"These are all: {_FEW[kind]}.", ""]
        for number, told in enumerate(shown(ontology, mine), 1):
            mark = f"{number}. "
            lines += [f"{' ' * len(mark) if place else mark}{line}" for place, line in enumerate(_lines(told))]
        lines.append("")
    return "\n".join(lines)


def _lines(told: Mapping[str, object]) -> list[str]:
    """The question, then answer, further turns and rules as points under it."""
    lines = [escaped(told["question"], first=True), f"- **Answer** {escaped(told['answer'])}"]
    lines += [f"- **{role.capitalize()}** {escaped(text)}" for role, text in _pairs(told["turns"])]
    rules, clauses = told["rules"], told["clauses"]
    where = f"Clause {', '.join(map(escaped, clauses))}" if isinstance(clauses, list) and clauses else "No clause"
    text = " ".join(escaped(rule) for rule in rules) if isinstance(rules, list) else ""
    return [*lines, f"- *{where}* {text}".rstrip()]


def _pairs(turns: object) -> list[tuple[str, str]]:
    return [(str(role), str(text)) for role, text in turns] if isinstance(turns, list) else []
