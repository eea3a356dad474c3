"""Exceptions that a sentence of their own makes: "This does not apply to ...", "Paragraph 1 shall not apply if: (a) ...".

Such a sentence states no rule; it takes cases out of rules that stand before it, in its clause, or in the paragraph that
it names. The rules get its words as their exception.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extraction.rules_phrases import clean
from extraction.rules_units import Unit, place
from kg.model import Clause, Modality, Ontology, Rule

_LONGEST = 400  # characters; a longer list is named by its clause instead of repeated in every rule
_NUMBERS = r"(?P<numbers>\d+(?:(?:, | to | and | or |, and )\d+)*)"
_WHAT = (
    rf"(?P<what>paragraphs? {_NUMBERS}|(?:the|those|these|that|this) (?P<thing>\w+)"
    rf"(?: (?:laid down|referred to|set out|provided for|contained|specified|described) in paragraphs? (?P<named>\d+(?:(?:, | to | and )\d+)*))?"
    r"|it|this|that)(?: of this (?:article|section|clause))?"
)
_WAIVER = re.compile(
    rf"^(?:however,? |but |nevertheless,? )?{_WHAT} (?P<words>(?:(?:shall|do|does|will) not|(?:does|do)n[’']t) apply\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_EXEMPT = re.compile(
    r"^(?P<words>[^,;]{3,120}? (?:is|are) (?:exempt(?:ed)?|excepted|excluded) from (?:this|these|that|the) "
    r"(?P<thing>rule|requirement|obligation|duty|prohibition|ban|limit|restriction|provision)s?\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = {
    "right": Modality.PERMISSION, "permission": Modality.PERMISSION, "exemption": Modality.PERMISSION,
    "obligation": Modality.OBLIGATION, "duty": Modality.OBLIGATION, "requirement": Modality.OBLIGATION,
    "prohibition": Modality.PROHIBITION, "ban": Modality.PROHIBITION, "restriction": Modality.PROHIBITION,
}  # fmt: skip
_SECTIONS = frozenset({"article", "section", "clause"})
_POINTING = frozenset({"rule", "rules", "limit", "provision", "paragraph", "sentence", "deadline"})


@dataclass(frozen=True, slots=True)
class _Waiver:
    unit: Unit
    thing: str
    numbers: tuple[int, ...]
    words: str


def with_later_exceptions(rules: tuple[Rule, ...], units: Sequence[Unit], ontology: Ontology) -> tuple[Rule, ...]:
    """``rules`` with the exceptions that later sentences make to them; the order stays."""
    taken: dict[str, list[str]] = {}
    for waiver in _waivers(units):
        for rule in _reached(waiver, rules, ontology):
            taken.setdefault(rule.id, []).append(waiver.words)
    return tuple(
        replace(rule, exception=" ; ".join([*([rule.exception] if rule.exception else []), *taken[rule.id]]))
        if rule.id in taken
        else rule
        for rule in rules
    )


def _waivers(units: Sequence[Unit]) -> Iterator[_Waiver]:
    for unit in units:
        match = _WAIVER.match(unit.text) or _EXEMPT.match(unit.text)
        if match is None:
            continue
        groups = match.groupdict()
        numbers = _numbers(groups.get("numbers") or groups.get("named") or "")
        words = clean(groups["words"] or "")
        if unit.text.rstrip().endswith(":"):
            items = [clean(other.text) for other in units if other.context.endswith(unit.text)]
            listed = f"{words}: {'; '.join(items)}"
            words = listed if len(listed) <= _LONGEST else f"{words} (see {unit.clause.number or 'the list'})"
        yield _Waiver(unit, (groups.get("thing") or "").lower(), numbers, words)


def _numbers(text: str) -> tuple[int, ...]:
    """Paragraph numbers of "1, 2 and 3", "1 to 4"."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", text):
        found.extend(range(int(first), int(last or first) + 1))
    return tuple(found)


def _reached(waiver: _Waiver, rules: tuple[Rule, ...], ontology: Ontology) -> list[Rule]:
    """The rules that the sentence takes cases out of; none where it speaks of something else."""
    clause = waiver.unit.clause
    clauses = ontology.clause_by_id
    if waiver.numbers:
        base = clause.number.partition("(")[0]
        names = {f"{base}({number})" for number in waiver.numbers} if base else set()
        found = [
            rule
            for rule in rules
            if rule.document_id == clause.document_id and _paragraph(clauses[rule.clause_id].number) in names
        ]
        return _of_kind(found, waiver.thing)
    if waiver.thing in _SECTIONS:
        return [rule for rule in rules if rule.section_id == clause.section_id and rule.clause_id != clause.id]
    if waiver.thing and waiver.thing not in _POINTING and waiver.thing.rstrip("s") not in _KINDS:
        return []
    start = place(waiver.unit, ontology.document_by_id[clause.document_id]).start
    return _of_kind(_sentence_before(clause, start, rules, clauses), waiver.thing)


def _paragraph(number: str) -> str:
    """The number up to its first bracket: "Article 9(2)(a)" -> "Article 9(2)"."""
    match = re.match(r"[^()]*\([^()]*\)", number)
    return match.group() if match else number


def _of_kind(rules: list[Rule], thing: str) -> list[Rule]:
    kind = _KINDS.get(thing.rstrip("s"))
    return [rule for rule in rules if kind is None or rule.modality is kind]


def _sentence_before(clause: Clause, start: int, rules: tuple[Rule, ...], clauses: Mapping[str, Clause]) -> list[Rule]:
    """The rules of the nearest sentence before ``start`` in the clause, else of the clause before it in the section."""
    own = [rule for rule in rules if rule.clause_id == clause.id and rule.span.start < start]
    if not own:
        own = [
            rule
            for rule in rules
            if rule.section_id == clause.section_id and clauses[rule.clause_id].order == clause.order - 1
        ]
    nearest = max((rule.span.start for rule in own), default=-1)
    return [rule for rule in own if rule.span.start == nearest]
