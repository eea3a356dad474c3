"""An archive of decided cases: questions that people really asked, each with its verdict, taken into the dataset.

A compliance desk has such an archive, and a strong teacher can write one. A small model learns from it what no template
tells: the words in which people put a case. Its cases also lead retrieval from a new question to the clauses that
decided like ones (case-based reasoning; Aamodt and Plaza 1994).

Format: one JSON object a line, ``{question, verdict, clauses: ["2.1"], rationale, quote?, id?, family?}``. ``quote`` is
the sentence of the first clause that decides; without it the rule of that clause whose words are nearest is taken.
``family`` names a story that is told in several variants.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generation.drafts import Draft
from generation.options import SCENARIO
from generation.prompting import verdict_answer
from generation.reasons import stated
from kg.errors import UserError
from kg.model import Modality, Ontology, Rule, Sample, Split, Verdict, group
from kg.retrieval_precedents import Decided
from kg.words import content

WRITER = "archive/"
"""What the writer of every sample from an archive begins with; the story that it belongs to follows."""

_TRAILING = re.compile(r"\s*\((?:see )?clauses? [^()]*\)\s*\.?\s*$", re.IGNORECASE)
_VERDICTS = {verdict.value: verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class Archive:
    """The cases that can be used, and what was rejected: (line, reason)."""

    drafts: tuple[Draft, ...]
    rejected: tuple[tuple[int, str], ...]

    @property
    def reasons(self) -> dict[str, int]:
        """How many lines were rejected, by reason."""
        return dict(Counter(reason for _, reason in self.rejected).most_common())


def read_archive(path: Path, ontology: Ontology) -> Archive:
    """The cases of ``path``; a faulty line is rejected with its number and reason, the others go on.

    Raises:
        UserError: the file cannot be read, or no line of it can be used.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UserError(
            f"the case archive {path} cannot be read: {error.strerror}", "check cases in plumbline.toml"
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"the case archive {path} is not UTF-8 text", "save it as UTF-8") from error
    reader = _Reader.of(ontology)
    drafts: list[Draft] = []
    rejected: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = reader.case(line)
        if isinstance(found, Draft):
            drafts.append(found)
        else:
            rejected.append((number, found))
    if rejected and not drafts:
        number, reason = rejected[0]
        raise UserError(
            f"no line of the case archive {path} can be used; line {number}: {reason}",
            'a line is {"question": ..., "verdict": "permitted", "clauses": ["2.1"], "rationale": ...}',
        )
    return Archive(tuple(drafts), tuple(rejected))


def precedents(samples: Iterable[Sample | tuple[Draft, Split]]) -> tuple[Decided, ...]:
    """The archived cases in training, as retrieval knows them."""
    found = []
    for one in samples:
        case, split = one if isinstance(one, tuple) else (one, one.split)
        if case.writer.startswith(WRITER) and split is Split.TRAIN and case.rule_ids:
            found.append(Decided(case.question, case.rule_ids[0], case.writer))
    return tuple(found)


def drawn_evenly(cases: Sequence[Draft], seed: int) -> Iterator[Draft]:
    """All ``cases`` in an order of which every beginning has about as many stories of each clause; a story stays together."""
    by_clause: dict[str, dict[str, list[Draft]]] = {}
    for case in cases:
        by_clause.setdefault(case.clause_ids[0], {}).setdefault(case.writer, []).append(case)
    rng = random.Random(f"{seed}:archive")
    waiting = [rng.sample(list(stories.values()), len(stories)) for _, stories in sorted(by_clause.items())]
    for row in zip_longest(*waiting, fillvalue=()):
        for story in rng.sample(row, len(row)):
            yield from story


_DUTIES = frozenset({Modality.OBLIGATION, Modality.RECOMMENDATION})
_OPEN = MappingProxyType({Modality.PERMISSION: "may allow this", Modality.PROHIBITION: "may forbid this"})


def _stands(modality: Modality, verdict: Verdict) -> str:
    """How the case stands to its clause, which is all that its verdict and the clause's modality tell.

    The deed of a case may be what a duty asks for, its opposite, or something that the duty leaves alone: "requires this"
    would be false of all but the first, while a duty is broken just where the case is prohibited. And where the rationale
    asks for a fact, it is not settled that the clause applies.
    """
    if verdict == Verdict.NEEDS_INFORMATION and (modality in _OPEN or modality in _DUTIES):
        return _OPEN.get(modality, "may be broken")
    if modality in _DUTIES:
        return "is broken" if verdict == Verdict.PROHIBITED else "is not broken"
    return stated(modality, verdict)


@dataclass(frozen=True, slots=True)
class _Reader:
    clauses: Mapping[str, str]
    """Clause number -> id."""
    rules: Mapping[str, Sequence[Rule]]
    """Clause number -> the rules under it."""

    @classmethod
    def of(cls, ontology: Ontology) -> "_Reader":
        numbers = {clause.id: clause.number for clause in ontology.clauses}
        return cls(
            {clause.number: clause.id for clause in reversed(ontology.clauses) if clause.number},
            group(ontology.rules, lambda rule: numbers.get(rule.clause_id, "")),
        )

    def case(self, line: str) -> Draft | str:
        """The draft of one line, or why there is none."""
        try:
            row = json.loads(line)
        except ValueError:
            return "not valid JSON"
        if not isinstance(row, dict):
            return "not a JSON object"
        for name in ("question", "verdict", "rationale"):
            if not isinstance(row.get(name), str) or not row[name].strip():
                return f"no {name}"
        verdict = _VERDICTS.get(row["verdict"])
        if verdict is None:
            return f"unknown verdict (one of: {', '.join(_VERDICTS)})"
        cited = row.get("clauses")
        if not isinstance(cited, list) or not cited:
            return "no clauses"
        unknown = [str(number) for number in cited if str(number) not in self.clauses]
        if unknown:
            return f"there is no clause {unknown[0][:40]}"
        numbers = list(dict.fromkeys(map(str, cited)))
        rule = self._decides(numbers, row)
        if rule is None:
            return "its clauses state no rule"
        return self._draft(row, verdict, rule, numbers)

    def _decides(self, numbers: Sequence[str], row: Mapping[str, Any]) -> Rule | None:
        """The rule that shares the most words with the quotation (or, without one, with the rationale); earlier clauses,
        then earlier rules, first.
        """
        quote = row.get("quote")
        words = set(content(quote if isinstance(quote, str) and quote.strip() else row["rationale"]))
        best: tuple[float, Rule] | None = None
        for number in numbers:
            for rule in self.rules.get(number, ()):
                own = set(content(rule.text))
                alike = len(words & own) / (len(words | own) or 1)
                if best is None or alike > best[0]:
                    best = (alike, rule)
            if best is not None:
                break  # the first clause that states a rule decides
        return best[1] if best else None

    def _draft(self, row: Mapping[str, Any], verdict: Verdict, rule: Rule, numbers: Sequence[str]) -> Draft:
        number = next(
            name for name in numbers if self.clauses[name] == rule.clause_id or rule in self.rules.get(name, ())
        )
        why = _TRAILING.sub("", " ".join(row["rationale"].split())).rstrip(".")
        reason = f"Clause {number} {_stands(rule.modality, verdict)}. {why}."
        story = str(row.get("family") or row.get("id") or "")[:80]
        return Draft(
            SCENARIO, " ".join(row["question"].split()), verdict_answer(verdict, reason), verdict, (rule.id,),
            tuple(self.clauses[name] for name in numbers), rule.family,
            f"{WRITER}{story}",
        )  # fmt: skip
