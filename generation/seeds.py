"""Hand-written samples from a YAML file, checked entry by entry with line numbers.

Format: a list of mappings ``{kind, question, answer, verdict?, clauses: ["3.2"]}``. Every value is read as the text that
stands there: an unquoted ``2.10`` is clause 2.10, and ``no`` is a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from generation.drafts import Draft
from generation.options import KINDS
from generation.prompting import VERDICT_PHRASES, verdict_answer
from kg.errors import UserError
from kg.model import Clause, Ontology, Rule, Verdict, group
from kg.words import content

_FIELDS = ("kind", "question", "answer", "verdict", "clauses")
_NULL = "tag:yaml.org,2002:null"


def read_seeds(path: Path, ontology: Ontology) -> tuple[Draft, ...]:
    """The seeds of ``path``; any fault is a :class:`UserError` that names the file, the line and the nearest valid name."""
    node = _parsed(path)
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise UserError(f"{path}:{_line(node)}: expected a list of seeds", "start each seed with '- kind: ...'")
    reader = _Reader.of(path, ontology)
    drafts = []
    asked: dict[str, int] = {}
    for item in node.value:
        draft = reader.draft(item)
        if draft.question in asked:
            raise UserError(
                f"{path}:{_line(item)}: this question stands at line {asked[draft.question]} already",
                "take one of them out",
            )
        asked[draft.question] = _line(item)
        drafts.append(draft)
    return tuple(drafts)


def _parsed(path: Path) -> yaml.Node | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"the seeds file {path} cannot be read: {error.strerror}", "check seeds in plumbline.toml"
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"the seeds file {path} is not UTF-8 text", "save it as UTF-8") from error
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise UserError(
            f"{place}: not valid YAML ({problem})", "correct the line; a text with ': ' or '#' in it stands in quotes"
        ) from error
    return node


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path
    clauses: Mapping[str, Sequence[Clause]]
    """Clause number -> the paragraphs under it."""
    rules: Mapping[str, Sequence[Rule]]
    """Clause number -> the rules under it."""

    @classmethod
    def of(cls, path: Path, ontology: Ontology) -> "_Reader":
        numbers = {clause.id: clause.number for clause in ontology.clauses}
        return cls(
            path,
            group((clause for clause in ontology.clauses if clause.number), lambda clause: clause.number),
            group(ontology.rules, lambda rule: numbers.get(rule.clause_id, "")),
        )

    def draft(self, node: yaml.Node) -> Draft:
        """The seed that ``node`` describes."""
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "expected a mapping", "write kind, question, answer and clauses")
        values = self._values(node)
        kind = self._one_of("kind", values, KINDS, node)
        question, answer = (self._filled(name, values, node) for name in ("question", "answer"))
        verdict: Verdict | None = None
        if "verdict" in values and _text(values["verdict"]):
            verdict = Verdict(self._one_of("verdict", values, tuple(one.value for one in Verdict), node))
            answer = verdict_answer(verdict, answer.removeprefix(f"{VERDICT_PHRASES[verdict]}.").strip())
        cited = self._cited(values)
        rules = [rule for number in cited for rule in self.rules.get(number, ())]
        return Draft(
            kind, question, answer, verdict, (), self._nearest(cited, f"{question} {answer}"),
            rules[0].family if rules else "", "seed",
        )  # fmt: skip

    def _nearest(self, cited: Sequence[str], told: str) -> tuple[str, ...]:
        """Of each cited clause the paragraph that shares most words with what the seed says: the first is often a preamble."""
        said = set(content(told))
        return tuple(
            max(self.clauses[number], key=lambda clause: len(said & set(content(clause.text)))).id for number in cited
        )

    def _values(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = _text(key)
            if name not in _FIELDS:
                raise self._error(key, f"unknown field {name!r}", nearest(name, _FIELDS, "fields"))
            if name in values:
                raise self._error(key, f"the field {name!r} stands twice in one seed", "take one of them out")
            values[name] = value
        return values

    def _filled(self, name: str, values: Mapping[str, yaml.Node], node: yaml.Node) -> str:
        value = values.get(name, node)
        if name in values and not isinstance(value, yaml.ScalarNode):
            raise self._error(value, f"{name} must be a text", f"write {name}: ...")
        text = " ".join(_text(value).split()) if name in values else ""
        if not text:
            raise self._error(value, f"the seed has no {name}", "fill it in or take the seed out")
        return text

    def _one_of(self, name: str, values: Mapping[str, yaml.Node], allowed: Sequence[str], node: yaml.Node) -> str:
        text = self._filled(name, values, node)
        if text not in allowed:
            raise self._error(values[name], f"unknown {name} {text!r}", nearest(text, allowed, f"{name}s"))
        return text

    def _cited(self, values: Mapping[str, yaml.Node]) -> list[str]:
        node = values.get("clauses")
        if node is None or not (isinstance(node, yaml.SequenceNode) or _text(node)):
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "clauses must be a list", 'write clauses: ["3.2"]')
        for item in node.value:
            if _text(item) not in self.clauses:
                raise self._error(
                    item, f"there is no clause {_text(item) or '(empty)'}",
                    nearest(_text(item), self.clauses, "clauses of the documents"),
                )  # fmt: skip
        return list(dict.fromkeys(_text(item) for item in node.value))

    def _error(self, node: yaml.Node, message: str, hint: str) -> UserError:
        return UserError(f"{self.path}:{_line(node)}: {message}", hint)


def nearest(name: str, known: Iterable[str], what: str) -> str:
    """A hint that names the known name most like ``name``, and the others as far as they fit."""
    names = list(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    meant = f"did you mean {close[0]!r}? " if close else ""
    return f"{meant}the {what} are: {listed}"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _text(node: yaml.Node) -> str:
    """A scalar as it is written; empty for null and for what is no scalar."""
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) and node.tag != _NULL else ""
