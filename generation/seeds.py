"""Hand-written samples from a YAML file, checked entry by entry with line numbers.

Format: a list of mappings ``{kind, question, answer, verdict?, clauses: ["3.2"]}``.
"""

from collections.abc import Mapping
from pathlib import Path

import yaml

from generation.drafts import Draft
from generation.options import KINDS
from generation.prompting import VERDICT_PHRASES, verdict_answer
from kg.errors import UserError
from kg.model import Ontology, Verdict

_FIELDS = {"kind", "question", "answer", "verdict", "clauses"}


def read_seeds(path: Path, ontology: Ontology) -> tuple[Draft, ...]:
    """The seeds of ``path``; any fault is a :class:`UserError` that names the file and the line."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise UserError(
            f"the seeds file {path} cannot be read: {error.strerror}", "check generation.seeds_file"
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"the seeds file {path} is not UTF-8 text", "save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise UserError(f"{place}: not valid YAML ({getattr(error, 'problem', error)})", "correct the line") from error
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise UserError(
            f"{path}:{node.start_mark.line + 1}: expected a list of seeds", "start each seed with '- kind: ...'"
        )
    numbers = {clause.number: clause.id for clause in reversed(ontology.clauses) if clause.number}
    return tuple(_draft(item, path, ontology, numbers) for item in node.value)


def _draft(node: yaml.Node, path: Path, ontology: Ontology, numbers: Mapping[str, str]) -> Draft:
    place = f"{path}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.MappingNode):
        raise UserError(f"{place}: expected a mapping", "write kind, question, answer and clauses")
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    unknown = sorted(set(lines) - _FIELDS)
    if unknown:
        raise UserError(
            f"{path}:{lines[unknown[0]]}: unknown field {unknown[0]!r}", f"the fields are: {', '.join(sorted(_FIELDS))}"
        )
    seed = yaml.SafeLoader("").construct_document(node)
    kind, question, answer = (str(seed.get(name) or "").strip() for name in ("kind", "question", "answer"))
    if kind not in KINDS:
        raise UserError(
            f"{path}:{lines.get('kind', node.start_mark.line + 1)}: unknown kind {kind!r}",
            f"the kinds are: {', '.join(KINDS)}",
        )
    for name, value in (("question", question), ("answer", answer)):
        if not value:
            raise UserError(f"{place}: the seed has no {name}", "fill it in or take the seed out")
    verdict = _verdict(seed.get("verdict"), f"{path}:{lines.get('verdict', 0)}")
    if verdict is not None:
        answer = verdict_answer(verdict, answer.removeprefix(f"{VERDICT_PHRASES[verdict]}.").strip())
    listed = seed.get("clauses") or []
    if not isinstance(listed, list):
        raise UserError(f"{path}:{lines['clauses']}: clauses must be a list", 'write clauses: ["3.2"]')
    cited = [str(number) for number in listed]
    missing = [number for number in cited if number not in numbers]
    if missing:
        raise UserError(
            f"{path}:{lines['clauses']}: there is no clause {missing[0]}", "use the numbers of the document"
        )
    rules = [rule for number in cited for rule in ontology.rules if _number(ontology, rule.clause_id) == number]
    return Draft(
        kind, question, answer, verdict, (), tuple(numbers[number] for number in cited),
        rules[0].family if rules else "", "seed",
    )  # fmt: skip


def _number(ontology: Ontology, clause_id: str) -> str:
    clause = ontology.clause_by_id.get(clause_id)
    return clause.number if clause else ""


def _verdict(value: object, place: str) -> Verdict | None:
    if value in (None, ""):
        return None
    try:
        return Verdict(str(value))
    except ValueError:
        raise UserError(f"{place}: unknown verdict {value!r}", f"use one of: {', '.join(Verdict)}") from None
