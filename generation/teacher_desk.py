"""The teacher at the writers' desk: what is planned for it, and what of its cases is taken over."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generation.drafting import Desk
from generation.drafts import Draft
from generation.options import SCENARIO
from generation.teacher import Taught, Wanted, plan_cases, teacher_drafts
from generation.teacher_cases import Dropped, WriterContext
from generation.teacher_chat import Teacher
from generation.teacher_likeness import Embed, HeldOut
from generation.teacher_options import TeacherOptions
from kg.model import Rule, Split
from kg.progress import Progress, silent


@dataclass(frozen=True)
class Teaching:
    """A teacher with its options, the signatures of the test cases, and an embedder where there is one."""

    teacher: Teacher
    options: TeacherOptions
    held_out: HeldOut = field(default_factory=HeldOut)
    embed: Embed | None = None


def write_taught(
    desk: Desk, rules: Sequence[Rule], seeds: Sequence[Draft], teaching: Teaching, progress: Progress = silent
) -> Taught:
    """Ask the teacher for its share of the cases that the budget leaves after what is on the desk and after the other
    forms, and put what is kept on the desk. What it does not fill is left to the writers.

    Rules of the test split are not asked about, and cases near one of the test split are dropped. Raises as
    :func:`generation.teacher.teacher_drafts` does.
    """
    wanted = _wanted(desk, rules, teaching.options)
    if not wanted:
        return Taught(())
    written = [one.draft for one in desk.kept]
    tests = [draft.question for draft in written if desk.splits.split(draft) is Split.TEST]
    context = WriterContext(
        desk.ontology,
        [seed for seed in seeds if desk.splits.split(seed) is Split.TRAIN],
        written,
        teaching.held_out.joined(HeldOut.of(tests, teaching.embed)),
        teaching.embed,
        desk.options.max_words,
        desk.options.duplicate_threshold,
        desk.options.seed,
    )
    taught = teacher_drafts(teaching.teacher, teaching.options, context, wanted, progress)
    kept, refused = [], []
    for draft in taught.drafts:
        if desk.offer(draft):
            kept.append(draft)
        elif draft.verdict is not None:
            text = f"{draft.question}\n{draft.answer}"
            refused.append(Dropped("duplicate", "refused at the desk", draft.rule_ids[0], draft.verdict, text))
    return replace(taught, drafts=tuple(kept), dropped=(*taught.dropped, *refused))


def _wanted(desk: Desk, rules: Sequence[Rule], options: TeacherOptions) -> tuple[Wanted, ...]:
    mix = desk.options.mix
    others = round(desk.options.samples * (1 - mix.get(SCENARIO, 0.0) / sum(mix.values())))
    others -= sum(one.draft.kind != SCENARIO for one in desk.kept)
    further = desk.options.samples - len(desk.kept) - max(others, 0)
    open_rules = [rule for rule in rules if desk.splits.split_of_family(rule.family) is not Split.TEST]
    covered = frozenset(element for kind, element, _ in desk.covered if kind == "concept")
    count = round(options.share * max(further, 0))
    return plan_cases(desk.ontology, open_rules, count, seed=desk.options.seed, covered=covered)
