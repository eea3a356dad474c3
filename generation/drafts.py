"""What a writer hands over: a sample before context is retrieved, filtered and put into a split."""

from dataclasses import dataclass, field

from kg.model import Message, Verdict


@dataclass(frozen=True, slots=True)
class Draft:
    """One written sample. ``turns`` are further user and assistant messages of a short dialogue, after ``answer``."""

    kind: str
    question: str
    answer: str
    verdict: Verdict | None
    rule_ids: tuple[str, ...]
    clause_ids: tuple[str, ...]
    family: str
    writer: str = "rules"
    turns: tuple[Message, ...] = field(default=())
