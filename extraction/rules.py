"""Rules: the atomic deontic statements of a policy, each with its very words.

``extract_frames`` reads one sentence in the light of its lead-in; ``extract_rules`` walks an ontology's clauses.
Negation, modality and comparators are read by closed grammar only, so that a rule's polarity never rests on a guess.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extraction.lexicon import EMBEDDING_VERBS, MODALS
from extraction.nlp import Analyser
from extraction.rules_anaphora import first_subject, resolve_across
from extraction.rules_cases import is_of_the_case, restated
from extraction.rules_exceptions import with_later_exceptions
from extraction.rules_frame import Frame
from extraction.rules_frames import habits_of
from extraction.rules_habits import LABEL, is_house
from extraction.rules_lists import frames_in_context, texts_needed
from extraction.rules_meant import as_meant
from extraction.rules_offices import LABEL as OFFICE
from extraction.rules_pointing import with_case
from extraction.rules_proposals import RuleProposer, confirmed
from extraction.rules_retries import main_clauses, swallowed
from extraction.rules_rewording import told_apart, told_as_owed, told_plainly
from extraction.rules_slots import CONDITION_TAIL
from extraction.rules_sufficiency import is_self_sufficient, with_whereabouts
from extraction.rules_text import with_acts_barred, without_enumerators, without_heading, without_waivers
from extraction.rules_thresholds import thresholds
from extraction.rules_units import Unit, begins_answer, place, units_of
from kg.model import Clause, ClauseKind, Document, Modality, Ontology, Rejected, Rule, Threshold, stable_id
from kg.progress import Progress, silent

__all__ = ["Frame", "extract_frames", "extract_rules"]


def extract_frames(sentence: str, context: str, analyser: Analyser) -> tuple[Frame, ...]:
    """The deontic frames that ``sentence`` adds, read together with ``context``, the chain of its lead-ins."""
    told, led = _prepared(sentence, context)
    read = _frames(told, led, analyser)
    if not read or any(map(swallowed, read)):
        again = (
            _under(condition, _frames(_named(main, condition, analyser), led, analyser))
            for condition, main in main_clauses(told)
        )
        read = next((frames for frames in again if frames and not any(map(swallowed, frames))), read)
    return read


@lru_cache(maxsize=8192)  # asked for once to parse many sentences together, and once to read each
def _prepared(sentence: str, context: str) -> tuple[str, str]:
    """``sentence`` and ``context`` as the parser reads them."""
    told = told_plainly(without_enumerators(without_waivers(without_heading(_NUMBER.sub("", sentence)))))
    led = with_acts_barred(without_enumerators(without_waivers(context)), told)
    return told_as_owed(told, led), led


def _texts(unit: Unit) -> Iterator[str]:
    """The texts that the parser will be asked for."""
    told, led = _prepared(unit.text, unit.context)
    for part in told_apart(told):
        yield from texts_needed(part, led)


def _frames(told: str, led: str, analyser: Analyser) -> tuple[Frame, ...]:
    read = (frame for part in told_apart(told) for frame in frames_in_context(part, led, analyser.doc))
    return tuple(_without_examples(_without_openers(frame)) for frame in read if _says_something(frame))


def _named(main: str, condition: str, analyser: Analyser) -> str:
    """``main`` with its subject, where it opens with a pronoun for what the condition is about."""
    opener, _, rest = main.partition(" ")
    who = first_subject(analyser.doc(condition)) if condition and opener in _POINTING else ""
    return f"The {who} {rest}" if who else main


_POINTING = frozenset({"It", "They", "He", "She"})


def _under(condition: str, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """``frames`` of a main clause under the condition that was parted from it."""
    told = [frame for frame in frames if frame.modality is not Modality.DEFINITION]
    if condition.lower().startswith("unless"):
        return tuple(replace(frame, exception=_beside(condition, frame.exception)) for frame in told)
    return tuple(replace(frame, condition=_beside(condition, frame.condition)) for frame in told)


def _beside(span: str, others: str) -> str:
    return " ; ".join(filter(None, (span, others)))


def _without_examples(frame: Frame) -> Frame:
    """Examples in brackets at the end of the object are no part of it."""
    shorter = _EXAMPLES.sub("", frame.object)
    return replace(frame, object=shorter) if shorter and shorter != frame.object else frame


_EXAMPLES = re.compile(r"\s*\((?:(?:including|such as|e\.g\.|for example)\b[^()]*|[^()]*,[^()]*,? etc\.?)\)$")


_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)+[.)]?|\([a-z]{1,3}\))\s+(?=[A-Z])")
"""The number of a clause before its first sentence."""


def _without_openers(frame: Frame) -> Frame:
    """A lead-in's "provided that:" alone is no condition; its items bring it."""
    told = [part for part in frame.condition.split(" ; ") if part.lower() not in _OPENERS]
    return replace(
        frame, condition=" ; ".join(told), exception="" if frame.exception.lower() in _OPENERS else frame.exception
    )


_OPENERS = frozenset(
    {
        "provided",
        "provided that",
        "if",
        "when",
        "where",
        "only if",
        "to the extent",
        "to the extent that",
        "except",
        "unless",
        "except that",
        "except if",
        "except for",
        *("to", "of", "for", "with", "in", "on", "at", "by", "from"),  # of a verb that took it along
    }
)


def _says_something(frame: Frame) -> bool:
    """A frame needs an act or a thing; a definition needs what it defines the term by; "somebody" binds nobody."""
    if frame.actor.lower() in {"somebody", "someone"}:
        return False
    if frame.action in MODALS - {"need"}:
        return False  # the verb behind the modal was not found
    if frame.action in EMBEDDING_VERBS and _BROKEN_OFF.search(frame.object):
        return False
    return bool(frame.object) if frame.modality is Modality.DEFINITION else bool(frame.object or frame.action)


_BROKEN_OFF = re.compile(r"\b(?:will|shall|must|may|should)(?: not)?$")
"""As in "The contract must provide that the supplier will:": the duty stands in the items."""


def extract_rules(
    ontology: Ontology, analyser: Analyser, progress: Progress = silent, proposer: RuleProposer | None = None
) -> tuple[tuple[Rule, ...], tuple[Rejected, ...]]:
    """All rules of ``ontology.clauses`` in reading order, and the deontic sentences that gave none.

    ``Rule.span`` is the sentence in ``Document.text``; ``Rule.text`` is readable alone (lead-in and sentence). Rules
    of one clause share a family, and so do rules of near-identical wording elsewhere. A ``proposer`` may add what the
    grammar confirms; what it refuses is listed with the rejected.
    """
    units = [unit for clause in ontology.clauses for unit in units_of(clause)]
    analyser.analyse([text for unit in units for text in _texts(unit)])
    families = _families(ontology.clauses)
    carried = _carried(units)
    rules: list[Rule] = []
    rejected: list[Rejected] = []
    memory = _Memory(analyser)
    read = _with_habits(units, [_read(unit, carried, analyser) for unit in units], analyser)
    for number, unit in enumerate(units):
        found = read[number]
        document = ontology.document_by_id[unit.clause.document_id]
        if proposer is not None and unit.text not in carried:
            found, refused = _proposed(unit, found, proposer, analyser)
            rejected.extend(Rejected(document.path, reason, unit.clause.number or unit.clause.id) for reason in refused)
        frames = memory.resolved(unit, found)
        frames = tuple(with_whereabouts(frame) for frame in frames)
        told = [as_meant(frame) for frame in frames if is_self_sufficient(frame)]
        rules.extend(_rules(unit, tuple(told), document, families[unit.clause.id], alone=len(frames) == 1))
        if len(told) < len(frames):
            reason = f"the sentence alone does not say what is done: {unit.text[:80]}"
            rejected.append(Rejected(document.path, reason, unit.clause.number or unit.clause.id))
        if not frames and unit.text not in carried and _CUE.search(unit.text):
            rejected.append(
                Rejected(document.path, f"no rule read in: {unit.text[:80]}", unit.clause.number or unit.clause.id)
            )
        if number % 50 == 0:
            progress("rules", number, len(units))
    progress("rules", len(units), len(units))
    return with_later_exceptions(restated(_unique(rules), ontology), units, ontology), tuple(rejected)


def _read(unit: Unit, carried: frozenset[str], analyser: Analyser) -> tuple[Frame, ...]:
    return () if unit.text in carried else extract_frames(unit.text, unit.context, analyser)


def _with_habits(units: list[Unit], read: list[tuple[Frame, ...]], analyser: Analyser) -> list[tuple[Frame, ...]]:
    """``read`` with what documents of house rules lay down in the plain present tense, in sentences that gave nothing."""
    by_document: dict[str, list[tuple[Frame, ...]]] = {}
    for unit, found in zip(units, read, strict=True):
        by_document.setdefault(unit.clause.document_id, []).append(found)
    houses = {document for document, found in by_document.items() if is_house(found)}
    return [
        found
        if found or unit.clause.document_id not in houses or unit.clause.kind in _TELLING or _is_case(unit)
        else tuple(frame for frame in habits_of(analyser.doc(unit.text)) if _says_something(frame))
        for unit, found in zip(units, read, strict=True)
    ]


def _is_case(unit: Unit) -> bool:
    """Whether the unit is an item under "... if one of the following applies:", which tells a case and no rule."""
    return CONDITION_TAIL.search(unit.context.rstrip(" :")) is not None


_TELLING = frozenset({ClauseKind.QUESTION_ANSWER, ClauseKind.CALLOUT, ClauseKind.FOOTNOTE, ClauseKind.DEFINITION})
"""Forms that explain: what they say in the present tense is a description."""


def _proposed(
    unit: Unit, frames: tuple[Frame, ...], proposer: RuleProposer, analyser: Analyser
) -> tuple[tuple[Frame, ...], list[str]]:
    """The frames of a unit with what the teacher rightly adds, and the reasons of what was refused."""
    proposals = proposer.propose(unit.text, unit.context)
    found, refused = confirmed(frames, proposals, unit.text, unit.context, analyser)
    return found, [
        f"proposal refused ({one.reason}): {one.proposal.modality}, {one.proposal.action}" for one in refused
    ]


class _Memory:
    """What was said before in the clause at hand, for the pronouns that point back to it."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser, self._clause = analyser, ""
        self._texts: list[str] = []
        self._frames: list[Frame] = []
        self._last: tuple[Frame, ...] = ()
        self._end = 0

    def resolved(self, unit: Unit, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """``frames`` of ``unit`` with their pronouns replaced; remembers both for the sentences that follow."""
        item = unit.clause.kind is ClauseKind.LIST_ITEM
        if (unit.clause.id != self._clause and not item) or begins_answer(unit):
            self._texts, self._frames, self._last = [], [], ()
        self._clause = unit.clause.id
        earlier = [self._analyser.doc(text) for text in self._texts[-3:]]
        follows = not unit.clause.text[self._end : unit.start].strip()  # no question stands between
        before = earlier[-1] if earlier and not item and follows else None
        pointed = (with_case(frame, before, self._last) for frame in frames)
        told = tuple(resolve_across(frame, earlier, self._frames) for frame in pointed)
        if not item:
            self._last, self._end = told, unit.end
            self._texts.append(_prepared(unit.text, unit.context)[0])
            self._frames.extend(told)
        return told


def _carried(units: list[Unit]) -> frozenset[str]:
    """Lead-ins that end in a colon and have items: the items state their rule, each whole."""
    contexts = {unit.context for unit in units if unit.context}
    openers = {unit.text for unit in units if unit.text.endswith(":")}
    return frozenset(text for text in openers if any(context.endswith(text) for context in contexts))


_CUE = re.compile(r"\b(?:must|shall|may not|prohibited|required to|forbidden)\b(?!.*\?$)", re.IGNORECASE)


def _rules(unit: Unit, frames: tuple[Frame, ...], document: Document, family: str, *, alone: bool) -> Iterator[Rule]:
    span = place(unit, document)
    text = f"{unit.context.rstrip()} {unit.text}".strip() if unit.context else unit.text
    for frame in frames:
        if unit.clause.kind in {ClauseKind.CALLOUT, ClauseKind.QUESTION_ANSWER} and is_of_the_case(frame, unit):
            continue
        quantities = _quantities(frame, unit, alone=alone)
        yield Rule(
            id=stable_id(
                "rule",
                unit.clause.id,
                str(frame.modality),
                frame.actor,
                frame.action,
                frame.object,
                frame.condition,
                unit.text,
            ),
            clause_id=unit.clause.id,
            section_id=unit.clause.section_id,
            document_id=unit.clause.document_id,
            modality=Modality(frame.modality),
            actor=frame.actor,
            action=frame.action,
            object=frame.object,
            condition=frame.condition,
            exception=frame.exception,
            authority=frame.authority,
            text=text,
            span=span,
            family=family,
            thresholds=quantities,
            references=references(unit.text),
            superseded=bool(unit.clause.superseded_by),
            confidence=_confidence(frame),
        )


def _quantities(frame: Frame, unit: Unit, *, alone: bool) -> tuple[Threshold, ...]:
    """What the rule's own fields and clause count; of the whole sentence only where it states this one rule."""
    parts = [part for part in (frame.object, frame.actor, frame.condition, frame.exception) if part]
    texts = [*parts, frame.extent, *([unit.text] if alone else [])]
    found = [quantity for text in texts for quantity in thresholds(text)]
    return tuple({(q.value, q.unit): q for q in reversed(found)}.values())[::-1]


def references(text: str) -> tuple[str, ...]:
    """Clause numbers that a sentence points to ("section 3.2", "§ 164.502(a)", "Article 5"), in order, once each."""
    found = re.findall(
        r"(?:\b(?:sections?|clauses?|articles?|paragraphs?|chapters?)|§)\s*((?:\d+(?:\.\d+)*)(?:\([a-z0-9]+\))*)",
        text,
        re.IGNORECASE,
    )
    return tuple(dict.fromkeys(found))


def _confidence(frame: Frame) -> float:
    score = 1.0
    if not frame.object:
        score -= 0.2
    if not frame.actor and not frame.passive and frame.label not in {"imperative", "list"}:
        score -= 0.1
    if frame.label in {"imperative", "will", "can", "list"}:
        score -= 0.1
    if frame.label == LABEL:
        score -= 0.4
    if frame.label == OFFICE:
        score -= 0.2
    return round(max(score, 0.1), 2)


def _families(clauses: tuple[Clause, ...]) -> dict[str, str]:
    """Family id of each clause; a clause whose words repeat an earlier one's joins its family."""
    seen: dict[frozenset[str], str] = {}
    families: dict[str, str] = {}
    for clause in clauses:
        words = frozenset(re.findall(r"[a-z]{3,}", f"{clause.lead_in} {clause.text}".lower()))
        families[clause.id] = (
            seen.setdefault(words, stable_id("family", clause.id))
            if len(words) >= 4
            else stable_id("family", clause.id)
        )
    return families


def _unique(rules: list[Rule]) -> tuple[Rule, ...]:
    return tuple({rule.id: rule for rule in rules}.values())
