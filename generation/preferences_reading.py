"""What an answer consists of: its verdict, the clauses that it cites, the points that it holds against the case, its figures.

Both those who spoil an answer and those who check it read it with the same eyes, and neither knows of the other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from generation.points import told_points
from generation.prompting import DEONTIC, VERDICT_PHRASES
from kg.grounding import Outcome
from kg.model import Clause, Ontology, Rule, Sample, Verdict
from kg.words import content

POINT = re.compile(
    rf"(?:^|(?<=[.;:] ))(?P<point>[^\s.;:][^.;:]*(?:[.]\d[^.;:]*)*): (?P<outcome>{'|'.join(map(re.escape, Outcome))})(?P<said>,[^;]*?)?(?=;|\.(?:\s|$))"
)
"""A point of a rule with its outcome in the form of the prompt's checks: "Within 5 working days: no, 8 days"."""

_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MODAL = re.compile(
    r"(?<!\bI )\b(?:(?:must|may|shall|should|can|need)(?: not| never)?|cannot|need not|"
    r"(?:is|are)(?: not)? (?:permitted|allowed|prohibited|forbidden|required))\b",
    re.IGNORECASE,
)
_PASSAGE = re.compile(r"^\[([^\]\n]+)\] ", re.MULTILINE)


class Citations:
    """Finds the clauses of an ontology where a text cites them: "clause 2.1", "the rule in Gifts"."""

    def __init__(self, ontology: Ontology) -> None:
        self._of_clause = {clause.id: citation_of(ontology, clause) for clause in ontology.clauses}
        self.names = tuple(dict.fromkeys(name for name in self._of_clause.values() if name))
        titles = sorted(
            (name for name in self.names if not _NUMBER.fullmatch(name)), key=lambda name: (-len(name), name)
        )
        names = "|".join([_NUMBER.pattern, *map(re.escape, titles)])
        self._pattern = re.compile(rf"\b(?:clause|the rule in) (?P<name>{names})(?!\w|\.\d)", re.IGNORECASE)
        self._by_lower = {name.lower(): name for name in self.names}

    def of(self, clause_ids: Iterable[str]) -> tuple[str, ...]:
        """The names by which the clauses are cited."""
        return tuple(dict.fromkeys(name for id_ in clause_ids if (name := self._of_clause.get(id_, ""))))

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and name of each citation in ``text``; start and end include the word "clause"."""
        return [
            (found.start(), found.end(), self._by_lower[found["name"].lower()])
            for found in self._pattern.finditer(text)
            if found["name"].lower() in self._by_lower
        ]

    def found(self, text: str) -> frozenset[str]:
        return frozenset(name for _, _, name in self.places(text))


def citation_of(ontology: Ontology, clause: Clause) -> str:
    """The clause's number, else its section's number or title."""
    section = ontology.section_by_id.get(clause.section_id)
    return clause.number or (section.number or section.title if section else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sample with what its answer (the last turn of the assistant) says.

    ``own`` are the citations of the clauses that the sample is about, ``others`` those of other clauses, the retrieved
    ones of the prompt first; ``case`` is all that the user said, the passages of the prompt left out.
    """

    sample: Sample
    answer: str
    case: str
    rules: tuple[Rule, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]
    citations: Citations

    @property
    def verdict(self) -> Verdict | None:
        return verdict_of(self.answer)

    @property
    def policy(self) -> str:
        """The rules in their own words."""
        return " ".join(rule.text for rule in self.rules)

    def figures(self, text: str) -> frozenset[str]:
        """The figures in ``text`` that are no clause's number."""
        for start, end, _ in reversed(self.citations.places(text)):
            text = f"{text[:start]} {text[end:]}"
        return frozenset(_FIGURE.findall(text))

    def deontic(self, text: str) -> frozenset[str]:
        """What ``text`` says that its clauses do ("forbids"), each verb right after a citation or "the policy"."""
        starts = [end for _, end, _ in self.citations.places(text)]
        starts += [found.end() for found in re.finditer(r"\bthe policy\b", text, re.IGNORECASE)]
        verbs = "|".join(DEONTIC.values())
        found = (re.match(rf"\s+({verbs})\b", text[start:]) for start in starts)
        return frozenset(match.group(1) for match in found if match)

    def conditions(self) -> list[str]:
        """The conditions and exceptions of the rules, part by part."""
        fields = [field for rule in self.rules for field in (rule.condition, rule.exception)]
        return [part.strip() for field in fields for part in field.split(" ; ") if len(content(part)) > 1]


def read(ontology: Ontology, samples: Sequence[Sample]) -> list[Reading]:
    """A reading of each of ``samples`` that ends with an answer."""
    citations = Citations(ontology)
    return [
        _read(ontology, citations, sample)
        for sample in samples
        if sample.messages and sample.messages[-1].role == "assistant" and sample.messages[-1].content.strip()
    ]


def _read(ontology: Ontology, citations: Citations, sample: Sample) -> Reading:
    spoken = [message.content for message in sample.messages if message.role == "user"]
    own = citations.of(sample.clause_ids)
    shown = [name for text in spoken for name in _PASSAGE.findall(text) if name in citations.names]
    place = citations.names.index(own[0]) if own else 0
    near = [*citations.names[place + 1 : place + 4], *reversed(citations.names[max(0, place - 3) : place])]
    others = tuple(name for name in dict.fromkeys([*shown, *near]) if name not in own)
    return Reading(
        sample, sample.messages[-1].content.strip(), " ".join([sample.question, *spoken[1:]]),
        tuple(ontology.rule_by_id[id_] for id_ in sample.rule_ids if id_ in ontology.rule_by_id),
        own, others, citations,
    )  # fmt: skip


def verdict_of(text: str) -> Verdict | None:
    """The verdict that ``text`` begins with."""
    for verdict, phrase in VERDICT_PHRASES.items():
        if re.match(rf"{phrase}\b", text, re.IGNORECASE):
            return verdict
    return None


def modals(text: str) -> list[str]:
    """The modal phrases of ``text`` in lower case, in order: "must not", "may"."""
    return [found.group().lower() for found in _MODAL.finditer(text)]


@lru_cache(maxsize=4096)
def points(text: str) -> Mapping[str, tuple[str, str]]:
    """Outcome and the case's words of each point in ``text``, by the point without its figures."""
    told = {point_key(found["point"]): (found["outcome"], found["said"] or "") for found in POINT.finditer(text)}
    if verdict_of(text) is not None:  # other answers quote rules, which go on with "and it is ..." too
        told |= {point_key(one.point): (one.outcome, one.words) for one in told_points(text)}
    return MappingProxyType(told)


def point_key(point: str) -> str:
    """A point in lower case, its figures masked, so that a wrong figure does not make another point of it."""
    return _FIGURE.sub("#", point.strip().lower())


def meaning(text: str) -> frozenset[str]:
    """The words that carry meaning, figures left out."""
    return frozenset(word for word in content(text) if not word[0].isdigit())
