"""One planned case: asked for, read, filtered, and judged blind. What is cheap to see is seen before the judge is paid."""

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generation.drafts import Draft
from generation.filters import malformed, shingles
from generation.options import SCENARIO
from generation.prompting import DEONTIC, VERDICT_PHRASES, as_data, verdict_answer
from generation.teacher_chat import BudgetSpentError, CallFailedError, Reply, Teacher
from generation.teacher_filters import given_away, personal_data, profanity
from generation.teacher_language import other_language
from generation.teacher_likeness import Embed, HeldOut, Leaks, Vector
from generation.teacher_options import TeacherOptions
from generation.teacher_parsing import fields_of
from generation.teacher_prompts import JUDGE, WRITE, Examples, Wanted, judge_request, write_request
from kg.coverage_fields import RuleCheck, Spoken
from kg.coverage_links import Reader
from kg.model import Ontology, Rule, Verdict
from kg.words import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_REASON_WORDS = 45
_MOST_COPIED = 0.6
_SAID_FIRST = re.compile(
    r"^\W*(?:the\s+)?(?:verdict\s*(?:is|:)\s*)?(permitted|prohibited|needs[ _]information)\b[\s.:,;–—-]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WriterContext:
    """What a teacher's cases are held against. ``written`` are the drafts that are there already, ``seeds`` those that may
    be shown as examples; ``held_out`` are the signatures of the test cases.
    """

    ontology: Ontology
    seeds: "Sequence[Draft]" = ()
    written: "Sequence[Draft]" = ()
    held_out: HeldOut = field(default_factory=HeldOut)
    embed: Embed | None = None
    max_words: int = 90
    duplicate_threshold: float = 0.8
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A case that was not kept: the reason by which it is counted, more of it in words, and what was planned and said."""

    reason: str
    detail: str
    rule_id: str
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a planned case came to: a draft with its embedding, or none, and what was dropped on the way."""

    draft: Draft | None = None
    vector: Vector | None = None
    dropped: tuple[Dropped, ...] = ()
    stopped: str = ""


class _Drop(Exception):  # noqa: N818  (a verdict on one answer, no error)
    def __init__(self, reason: str, detail: str, text: str) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.text = reason, detail, text


class CaseWriter:
    """Writes planned cases by way of a teacher. Calls share nothing that they change, so threads may share it."""

    def __init__(self, teacher: Teacher, options: TeacherOptions, context: WriterContext) -> None:
        self._teacher, self._options, self._context = teacher, options, context
        self._examples = Examples(context.seeds)
        self._reader = Reader(context.ontology)
        self._check = RuleCheck(context.ontology)
        self._leaks = Leaks(context.held_out, context.duplicate_threshold, options.embedding_leak)
        self._one_at_a_time = threading.Lock()

    def __call__(self, place: int, wanted: Wanted) -> Outcome:
        """The case planned at ``place``: asked for up to ``attempts`` times, until an answer is fit.

        Raises what a :class:`generation.teacher_chat.Teacher` does, but for the failure of one call, which is a drop, and
        for a spent budget, which ends the outcome.
        """
        dropped: list[Dropped] = []
        rule = self._context.ontology.rule_by_id[wanted.rule_id]
        for attempt in range(self._options.attempts):
            try:
                draft, vector = self._attempt(rule, wanted, place * self._options.attempts + attempt)
            except _Drop as drop:
                dropped.append(Dropped(drop.reason, drop.detail, rule.id, wanted.verdict, drop.text))
            except CallFailedError as error:
                reason = f"no answer: {error.reason}"
                dropped.append(Dropped(reason, str(error), rule.id, wanted.verdict, ""))
                break  # it was tried again as often as it may
            except BudgetSpentError as error:
                return Outcome(dropped=tuple(dropped), stopped=str(error))
            else:
                return Outcome(draft, vector, tuple(dropped))
        return Outcome(dropped=tuple(dropped))

    def _attempt(self, rule: Rule, wanted: Wanted, number: int) -> tuple[Draft, Vector | None]:
        ontology = self._context.ontology
        shots = self._examples.like(rule, wanted.verdict, self._options.examples)
        seed = (self._context.seed * 1_000_003 + number) % 2**31
        reply = self._teacher(write_request(ontology, wanted, shots, self._options, seed))
        said = _fields(reply, WRITE)
        draft = self._draft(rule, wanted.verdict, _plain(said["case"]), _plain(said["reason"]), reply.text)
        self._fit(draft, rule)
        vector = self._unheard(draft)
        if self._options.second_opinion:
            self._judged(draft, rule, wanted.verdict)
        return draft, vector

    def _draft(self, rule: Rule, verdict: Verdict, case: str, reason: str, raw: str) -> Draft:
        found = _SAID_FIRST.match(reason)
        if found and found.group(1).lower().replace("_", " ") != VERDICT_PHRASES[verdict].lower():
            raise _Drop("wrong verdict", f"its own reason says {found.group(1)}", raw)
        reason = reason[found.end() :] if found else reason
        if not reason or len(reason.split()) > _REASON_WORDS:
            raise _Drop("malformed", "no reason" if not reason else "the reason is too long", raw)
        stated = f"{_cite(self._context.ontology, rule)} {DEONTIC[rule.modality]} this."
        answer = f"{stated} {reason[0].upper()}{reason[1:]}{'' if reason[-1] in '.!?' else '.'}"
        return Draft(
            SCENARIO, case, verdict_answer(verdict, answer), verdict, (rule.id,), (rule.clause_id,), rule.family,
            "teacher",
        )  # fmt: skip

    def _fit(self, draft: Draft, rule: Rule) -> None:
        """Raise for a draft that is unfit by itself or speaks of something else than the rule."""
        both = f"{draft.question}\n{draft.answer}"
        why = malformed(draft, self._context.max_words)
        policy = frozenset(tokens(rule.text))
        spoken = draft.answer.partition(" this. ")[2]
        for reason, detail in (
            ("personal data", personal_data(both)),
            ("profanity", profanity(both, policy)),
            ("malformed", why),
            ("copies the rule", _copied(draft.question, rule.text)),
            ("another language", other_language(f"{draft.question} {spoken}", self._options.language)),
            ("gives its verdict away", given_away(draft.question, rule.text)),
            ("ungrounded", self._ungrounded(draft, rule)),
        ):
            if detail:
                raise _Drop(reason, detail, both)

    def _ungrounded(self, draft: Draft, rule: Rule) -> str:
        """What of the rule the draft does not speak of. The ledger's own check holds of case and reason together; the case
        alone must speak of the act or of its object, so that a reason which quotes the rule is not enough.
        """
        text = f"{draft.question}\n{draft.answer}"
        whole = self._check.evidence(rule, Spoken.of(text, self._reader.read(text)[0]))
        if whole.score <= 0:
            return f"nothing of the rule's {', '.join(whole.missing) or 'words'}"
        case = self._check.evidence(rule, Spoken.of(draft.question, self._reader.read(draft.question)[0]))
        needed = {one.name for one in self._check.fields(rule)} & {"action", "object"}
        return "" if not needed or needed & set(case.fields) else "the case alone speaks of neither act nor object"

    def _unheard(self, draft: Draft) -> Vector | None:
        vector: Vector | None = None
        if self._context.embed is not None:
            with self._one_at_a_time:
                vector = self._context.embed([draft.question])[0]
        near = self._leaks.why(draft.question, vector)
        if near:
            raise _Drop("near a held-out case", near, draft.question)
        return vector

    def _judged(self, draft: Draft, rule: Rule, verdict: Verdict) -> None:
        reply = self._teacher(judge_request(self._context.ontology, rule, draft.question, self._options))
        try:
            said = _fields(reply, JUDGE)
        except _Drop as drop:
            raise _Drop("no second opinion", drop.detail, drop.text) from None
        if said["verdict"] != verdict.value:
            text = f"{draft.question}\n{draft.answer}"
            raise _Drop("wrong verdict", f"the second opinion is {said['verdict']}: {_plain(said['reason'])}", text)


def _fields(reply: Reply, schema: dict[str, object]) -> dict[str, str]:
    if reply.finish in {"refusal", "content_filter"}:
        raise _Drop("refused by the teacher", reply.finish, reply.text)
    found = fields_of(reply.text, schema)
    if isinstance(found, str):
        raise _Drop("malformed", "cut off at max_tokens" if reply.finish == "length" else found, reply.text)
    return found


def _plain(text: str) -> str:
    """One line without markup of chats and without quotation marks around the whole."""
    text = as_data(text)
    return (
        text[1:-1].strip()
        if len(text) > 2 and text[0] in '"“' and text[-1] in '"”' and text.count(text[0]) < 3
        else text
    )


def _copied(case: str, rule: str) -> str:
    """How much of a case stands in the rule word for word, where that is most of it."""
    grams = shingles(case)
    share = len(grams & shingles(rule)) / len(grams)
    return f"{share:.0%} of its wording" if share > _MOST_COPIED else ""


def _cite(ontology: Ontology, rule: Rule) -> str:
    clause = ontology.clause_by_id.get(rule.clause_id)
    if clause and clause.number:
        return f"Clause {clause.number}" if clause.number[0].isdigit() else f"The rule in {clause.number}"
    section = ontology.section_by_id.get(rule.section_id)
    return f"The rule in {section.title}" if section and section.title else "The policy"
