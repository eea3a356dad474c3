"""The teacher of a run: its server with the key from the environment, its answers kept in the workspace, what it cost."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import Ontology, Rejected
from studio.codec import encode
from studio.stages_ontology import Job
from studio.wiring import Studio
from studio.workspace import write_rows

if TYPE_CHECKING:
    from extraction.rules_teacher import AskingProposer
    from generation.teacher import Dropped, Taught
    from generation.teacher_cache import Purse
    from generation.teacher_client import HttpTeacher
    from generation.teacher_desk import Teaching

FOLDER = "teacher"
"""The folder of the workspace that holds the teacher's answers."""
DROPPED = "teacher-dropped.jsonl"
"""What was not kept, a case per line: beside the dataset, or in :data:`FOLDER` where there is none."""


@dataclass(frozen=True)
class Lent:
    """A teacher for the time of one stage."""

    teaching: "Teaching"
    purse: "Purse"
    client: "HttpTeacher"

    def report(self, taught: "Taught") -> dict[str, Any]:
        """What ``plumbline generate`` tells of it. ``tokens`` and ``cost`` are those of this run's ``calls``;
        ``cost_before`` is what the ``cached`` answers cost when they were bought.
        """
        account, options = self.purse.account, self.teaching.options
        return {
            "model": options.model,
            "asked": taught.asked,
            "calls": account.calls,
            "cached": account.cached,
            "retries": self.client.retries,
            "tokens": account.tokens,
            "prompt_tokens": account.prompt_tokens,
            "answer_tokens": account.answer_tokens,
            "cost": round(account.cost, 6),
            "cost_before": round(account.cost_before, 6),
            "currency": options.currency,
            "kept": len(taught.drafts),
            "dropped": taught.counts,
            "stopped": taught.stopped,
        }


@contextmanager
def teacher(studio: Studio, ontology: Ontology) -> Iterator[Lent | None]:
    """The configured teacher, or None where there is none or nothing is asked of it.

    A run in which nothing could be kept leaves what was dropped in the workspace.
    """
    options = studio.settings.teacher
    if not options.asked or options.share == 0:
        yield None
        return
    from generation.teacher import NothingKeptError
    from generation.teacher_cache import AnswerCache, Purse, ThriftyTeacher
    from generation.teacher_client import HttpTeacher
    from generation.teacher_desk import Teaching
    from generation.teacher_likeness import HeldOut

    folder = studio.workspace.root / FOLDER
    cache, purse = AnswerCache(folder), Purse(options)
    cache.sweep()
    embed = studio.embed()
    key = studio.environment.key_for(options.base_url)
    held_out = HeldOut.of(_held_out_questions(studio, ontology), embed)
    with HttpTeacher(options, key, seed=studio.settings.generation.seed) as client:
        thrifty = ThriftyTeacher(client, cache, purse, options.base_url)
        try:
            yield Lent(Teaching(thrifty, options, held_out, embed), purse, client)
        except NothingKeptError as error:
            folder.mkdir(parents=True, exist_ok=True)
            write_dropped(folder / DROPPED, error.dropped, ontology)
            error.hint = f"{error.hint} (what was dropped: {folder / DROPPED})"
            raise


RULES_MAX_TOKENS = 600
"""The longest answer about one sentence."""


@contextmanager
def proposer(studio: Studio) -> "Iterator[AskingProposer | None]":
    """The configured teacher as one that proposes rules, or None where it is not asked to.

    Its answers are kept beside those about cases, so that reading again pays for nothing twice. A request that fails, or
    a budget that is spent, ends the reading with the client's error: half of a policy read with a teacher and half without
    would be no ontology to compare with.
    """
    options = studio.settings.teacher
    if not (options.asked and options.rules):
        yield None
        return
    from extraction.rules_teacher import AskingProposer
    from generation.teacher_cache import AnswerCache, Purse, ThriftyTeacher
    from generation.teacher_chat import Request
    from generation.teacher_client import HttpTeacher
    from kg.model import Message

    cache, purse = AnswerCache(studio.workspace.root / FOLDER), Purse(options)
    cache.sweep()
    with HttpTeacher(options, studio.environment.key_for(options.base_url)) as client:
        thrifty = ThriftyTeacher(client, cache, purse, options.base_url)

        def ask(prompt: str, schema: Mapping[str, Any]) -> str:
            messages = (Message("user", prompt),)
            return thrifty(Request(options.model, messages, "rules", schema, 0.0, RULES_MAX_TOKENS)).text

        yield AskingProposer(ask)


def unread_answers(teacher: "AskingProposer") -> tuple[Rejected, ...]:
    """What of a teacher's answers about rules was of no use, for the list of the rejected."""
    if not teacher.unread:
        return ()
    reason = f"{teacher.unread} of {teacher.asked} answers of the teacher about rules are not of the schema"
    return (Rejected("teacher", reason),)


def write_dropped(path: Path, dropped: "Sequence[Dropped]", ontology: Ontology) -> None:
    """What was not kept, for reading: a JSON object per line, with the clause by its number."""
    numbers = {
        rule.id: clause.number for clause in ontology.clauses for rule in ontology.rules_of_clause.get(clause.id, ())
    }
    write_rows(
        path,
        [
            {
                "reason": one.reason,
                "detail": one.detail,
                "clause": numbers.get(one.rule_id, ""),
                "rule": one.rule_id,
                "verdict": one.verdict,
                "text": one.text,
            }
            for one in dropped
        ],
    )


def teacher_parts(job: Job) -> dict[str, object]:
    """What of the teacher a dataset depends on; nothing where there is none, so that its settings change no key then."""
    settings = job.studio.settings
    if not settings.teacher.asked or settings.teacher.share == 0:
        return {}
    return {"options": encode(settings.teacher), "heldout": job.inputs.get(str(settings.heldout), "")}


def _held_out_questions(studio: Studio, ontology: Ontology) -> list[str]:
    """The test questions; they go into hashes and vectors at once, and no writer sees them."""
    if studio.settings.heldout is None:
        return []
    from evaluation.probes import load_heldout

    return [probe.question for probe in load_heldout(studio.settings.heldout, ontology)]
