"""Cases that a teacher writes: planned, asked for, filtered, judged blind, and every drop told with its reason.

The teacher is optional and never trusted. A case is kept when it is well-formed, in the language that was asked for, free
of personal data and profanity, does not tell its own verdict, is proved by the ledger's own check to speak of the rule's
actor, action and object, comes near to no held-out case, is judged the same by a second opinion that does not know the
plan, and was not said before.
"""

import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from generation.drafts import Draft
from generation.targets import order
from generation.teacher_cases import CaseWriter, Dropped, Outcome, WriterContext
from generation.teacher_chat import BudgetSpentError, CallFailedError, Reply, Request, Teacher, TeacherError
from generation.teacher_likeness import HeldOut, Said
from generation.teacher_options import TeacherOptions
from generation.teacher_prompts import REGISTERS, Wanted
from kg.errors import PlumblineError
from kg.model import Ontology, Rule, Verdict
from kg.progress import Progress, silent

__all__ = [
    "Dropped", "HeldOut", "NothingKeptError", "Taught", "Wanted", "WriterContext", "commonest", "plan_cases", "teacher_drafts",
]  # fmt: skip

REASONS_SHOWN = 10
_FAILURES = 3
"""Calls without an answer in a row after which the teacher counts as down; as many as are under way where that is more."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of it. ``asked`` counts the planned cases; ``stopped`` says why not all of them were asked for."""

    drafts: tuple[Draft, ...]
    dropped: tuple[Dropped, ...] = ()
    asked: int = 0
    stopped: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Drops by reason, the commonest first."""
        return dict(commonest(self.dropped))


class NothingKeptError(PlumblineError):
    """Not one case passed the filters. ``dropped`` are all of them."""

    def __init__(self, asked: int, dropped: tuple[Dropped, ...]) -> None:
        reasons = "; ".join(f"{reason} ({count})" for reason, count in commonest(dropped)[:REASONS_SHOWN])
        super().__init__(
            f"the teacher was asked for {asked} cases and none could be kept; the commonest reasons: {reasons}",
            "read what was dropped, ask a stronger model, or do without one: --set teacher.share=0",
        )
        self.dropped = dropped


def commonest(dropped: Sequence[Dropped]) -> list[tuple[str, int]]:
    """Reasons with their counts, the commonest first."""
    return sorted(Counter(one.reason for one in dropped).items(), key=lambda pair: (-pair[1], pair[0]))


def plan_cases(
    ontology: Ontology, rules: Sequence[Rule], count: int, *, seed: int, covered: AbstractSet[str] = frozenset()
) -> tuple[Wanted, ...]:
    """``count`` cases to ask for: ``rules`` in turn, the verdicts in equal shares, the registers mixed.

    Each is to mention up to two concepts of its rule or next to them, those first that no sample mentions yet
    (``covered`` are the ids of the concepts that one does). A longer plan begins with the shorter one.
    """
    rng = random.Random(f"{seed}:teacher")
    verdicts, registers = tuple(Verdict), tuple(REGISTERS)
    missing = {concept.id for concept in ontology.concepts} - covered
    planned: list[Wanted] = []
    turn = 1
    while rules and len(planned) < count:
        for place, rule in enumerate(order(rules, turn, seed)[: count - len(planned)]):
            concepts = _concepts_near(ontology, rule, missing, rng)
            missing.difference_update(concepts)
            verdict = verdicts[(place + turn) % len(verdicts)]
            planned.append(Wanted(rule.id, verdict, concepts, rng.choice(registers)))
        turn += 1
    return tuple(planned)


def _concepts_near(ontology: Ontology, rule: Rule, missing: AbstractSet[str], rng: random.Random) -> tuple[str, ...]:
    own = [link.concept_id for link in ontology.concepts_of_rule.get(rule.id, ()) if link.role in {"action", "object"}]
    near = [
        end
        for id_ in own
        for relation in ontology.relations_of_concept.get(id_, ())
        if relation.polarity > 0
        for end in (relation.source_id, relation.target_id)
    ]
    pool = [id_ for id_ in dict.fromkeys([*own, *near]) if id_ in ontology.concept_by_id]
    rng.shuffle(pool)
    return tuple(sorted(pool, key=lambda id_: id_ not in missing)[:2])


def teacher_drafts(
    teacher: Teacher,
    options: TeacherOptions,
    context: WriterContext,
    wanted: Sequence[Wanted],
    progress: Progress = silent,
) -> Taught:
    """At most one draft for each planned case, in their order; an exhausted budget ends the work early and cleanly.

    Raises:
        UserError: the teacher refuses the key or does not know the model.
        TeacherError: it cannot be reached, or fails again and again; what it answered stays in the cache.
        NothingKeptError: every answer was dropped.
    """
    write = CaseWriter(_Patience(teacher, max(_FAILURES, options.concurrency)), options, context)
    said = Said(context.duplicate_threshold, options.embedding_duplicate)
    said.remember((draft.question, draft.family, _verdict(draft)) for draft in (*context.seeds, *context.written))
    drafts: list[Draft] = []
    dropped: list[Dropped] = []
    asked, stopped = 0, ""
    for outcome in _in_order(write, teacher, wanted, options.concurrency):
        dropped.extend(outcome.dropped)
        draft = outcome.draft
        if draft is not None and draft.verdict is not None:
            again = said.why(draft.question, draft.family, _verdict(draft), outcome.vector)
            if again:
                text = f"{draft.question}\n{draft.answer}"
                dropped.append(Dropped("duplicate", again, draft.rule_ids[0], draft.verdict, text))
            else:
                drafts.append(draft)
        stopped = stopped or outcome.stopped
        asked += not outcome.stopped or bool(outcome.dropped)
        progress("teacher", asked, len(wanted))
    if wanted and not drafts and dropped:
        raise NothingKeptError(asked, tuple(dropped))
    return Taught(tuple(drafts), tuple(dropped), asked, stopped)


def _verdict(draft: Draft) -> str:
    return draft.verdict.value if draft.verdict else ""


def _in_order(write: CaseWriter, teacher: Teacher, wanted: Sequence[Wanted], threads: int) -> Iterator[Outcome]:
    """The outcomes in the order of the plan, ``threads`` at once.

    The first case goes alone: a wrong key or address is one refusal then and not ``threads`` of them. After an error, or
    when the caller goes away, nothing that is not under way yet is asked.
    """
    if not wanted:
        return
    first = write(0, wanted[0])
    yield first
    if first.stopped:
        return
    pool = ThreadPoolExecutor(threads, thread_name_prefix="teacher")
    try:
        futures: list[Future[Outcome]] = [pool.submit(write, place, one) for place, one in enumerate(wanted[1:], 1)]
        for future in futures:
            yield future.result()
    except BaseException:
        teacher.end()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Patience:
    """Gives a teacher up that leaves so many calls in a row without an answer, or the very first one."""

    def __init__(self, teacher: Teacher, most: int) -> None:
        self._teacher, self._most = teacher, most
        self._lock = threading.Lock()
        self._answered = False
        self._failed = 0

    def __call__(self, request: Request) -> Reply:
        """The answer.

        Raises:
            TeacherError: it is given up.
        """
        if self._failed >= self._most:
            raise TeacherError(*self._given_up("it has failed again and again"))
        try:
            reply = self._teacher(request)
        except BudgetSpentError:
            raise
        except CallFailedError as error:
            with self._lock:
                self._failed += 1
                hopeless = self._failed >= self._most or not self._answered
            if hopeless:
                raise TeacherError(*self._given_up(str(error))) from error
            raise
        with self._lock:
            self._answered, self._failed = True, 0
        return reply

    def _given_up(self, why: str) -> tuple[str, str]:
        remedy = "check that it runs and teacher.base_url, then run the same command again (what was answered is kept)"
        return f"the teacher gives no answers: {why}", f"{remedy}, or do without it: --set teacher.share=0"

    def end(self) -> None:
        """See :class:`generation.teacher_chat.Teacher`."""
        self._teacher.end()
