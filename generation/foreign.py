"""Datasets that this project did not make: read into samples, so that their coverage can be measured.

Forms (told apart row by row): *chat* (``messages`` of role and content; OpenAI, TRL), *sharegpt* (``conversations`` of
from and value), *alpaca* (instruction, input, output; also Dolly's context and response), *prompt* (prompt and
completion or chosen, as texts or messages) and *qa* (question and answer). Files: JSON lines, JSON, parquet, CSV and
Arrow, also gzipped JSON; folders as ``datasets`` saves them and as the hub lays them out. What does not fit is
rejected with its place and reason, never dropped in silence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.foreign_files import Row, Unreadable, data_files, read_rows
from generation.foreign_verdicts import verdict_of
from kg.errors import UserError
from kg.model import Message, Rejected, Sample, stable_id

TURNS = ("messages", "conversations", "conversation", "dialog", "dialogue", "turns")
ROLES: Mapping[str, str] = {
    "user": "user", "human": "user", "prompter": "user", "customer": "user",
    "assistant": "assistant", "gpt": "assistant", "chatgpt": "assistant", "bot": "assistant", "model": "assistant",
    "system": "system", "developer": "system",
    "tool": "", "function": "", "observation": "", "function_call": "", "ipython": "",
}  # fmt: skip
"""Who speaks; what a tool says is left out."""
PAIRS: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]] = (
    ("alpaca", ("instruction", "input"), ("output",)),
    ("alpaca", ("instruction", "context"), ("response",)),
    ("alpaca", ("instruction", "input"), ("response",)),
    ("prompt", ("prompt",), ("completion",)),
    ("prompt", ("prompt",), ("chosen",)),
    ("prompt", ("prompt",), ("response",)),
    ("qa", ("question",), ("answer",)),
)
"""Form, columns of the question (the first must be there), columns of the answer."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A dataset as samples. ``forms`` counts the rows by form, ``rejected`` says which rows were left out and why."""

    samples: tuple[Sample, ...]
    forms: Mapping[str, int]
    rejected: tuple[Rejected, ...]
    files: tuple[str, ...]

    @property
    def form(self) -> str:
        """The form of most rows, empty when no row could be read."""
        return max(self.forms, key=lambda name: self.forms[name], default="")


class MalformedError(ValueError):
    """Why a row is no sample."""


def read_foreign(path: Path) -> Foreign:
    """Every row of the file or folder ``path`` as a sample.

    Raises :class:`UserError` when nothing is there, no file has a known ending, or no row at all could be read.
    """
    files = data_files(path)
    samples: list[Sample] = []
    rejected: list[Rejected] = []
    forms: Counter[str] = Counter()
    for file in files:
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        for place, row in read_rows(file):
            if isinstance(row, Unreadable):
                rejected.append(Rejected(name, row.reason, place))
                continue
            try:
                form, turns = turns_of(row)
                samples.append(_sample(row, form, turns, name, place))
            except MalformedError as error:
                rejected.append(Rejected(name, str(error), place))
            else:
                forms[form] += 1
    if not samples:
        why = Counter(one.reason for one in rejected).most_common(3)
        listed = "; ".join(f"{reason} ({count})" for reason, count in why) or "there are no rows"
        raise UserError(
            f"no sample could be read from {path}: {listed}",
            "rows must hold messages, conversations, instruction and output, prompt and completion, or question and answer",
        )
    return Foreign(tuple(samples), dict(forms.most_common()), tuple(rejected), tuple(map(str, files)))


def turns_of(row: Row) -> tuple[str, tuple[Message, ...]]:
    """The form of ``row`` and its turns by user, assistant and system. Raises :class:`ValueError` with the reason."""
    for column in TURNS:
        if isinstance(row.get(column), list | tuple) and row[column]:
            return _dialogue(row[column], str(row.get("system") or ""))
    for form, asked, answered in PAIRS:
        if asked[0] in row and answered[0] in row:
            return _pair(row, form, asked, answered)
    if any(column in row for column in TURNS):
        raise MalformedError("the list of turns is empty or no list")
    columns = ", ".join(sorted(map(str, row))[:8])
    raise MalformedError(f"no known form (columns: {columns or 'none'})")


def _dialogue(turns: Iterable[object], system: str = "") -> tuple[str, tuple[Message, ...]]:
    messages = [Message("system", system)] if system.strip() else []
    form = "chat"
    for turn in turns:
        if not isinstance(turn, Mapping):
            raise MalformedError("a turn is no mapping")
        if "from" in turn:
            form = "sharegpt"
        role = str(turn.get("role", turn.get("from", ""))).strip().lower()
        if role not in ROLES:
            raise MalformedError(f"a turn has the unknown role {role!r}")
        text = _text(turn.get("content", turn.get("value", turn.get("text"))))
        if ROLES[role] and text:
            messages.append(Message(ROLES[role], text))
    return form, tuple(messages)


def _pair(row: Row, form: str, asked: Sequence[str], answered: Sequence[str]) -> tuple[str, tuple[Message, ...]]:
    parts: list[Message] = []
    for role, columns in (("user", asked), ("assistant", answered)):
        values = [row[column] for column in columns if row.get(column) not in (None, "")]
        if values and all(isinstance(value, list | tuple) for value in values):
            # TRL's conversational form: each column is itself a list of messages.
            for value in values:
                parts.extend(_dialogue(value)[1])
        else:
            text = "\n".join(filter(None, map(_text, values)))
            parts.append(Message(role, text))
    system = _text(row.get("system")) if row.get("system") else ""
    return form, (*([Message("system", system)] if system else []), *(part for part in parts if part.content))


def _text(value: object) -> str:
    """A turn's text; a list of parts as multimodal chats have them gives the text of its text parts."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list | tuple) and all(isinstance(part, Mapping) for part in value):
        texts = [str(part["text"]) for part in value if isinstance(part, Mapping) and isinstance(part.get("text"), str)]
        return "\n".join(texts).strip()
    raise MalformedError(f"a text is of the type {type(value).__name__}")


def _sample(row: Row, form: str, turns: Sequence[Message], name: str, place: str) -> Sample:
    said = {role: "\n".join(turn.content for turn in turns if turn.role == role) for role in ("user", "assistant")}
    if not said["user"]:
        raise MalformedError("nobody asks: there is no user turn with a text")
    if not said["assistant"]:
        raise MalformedError("nobody answers: there is no assistant turn with a text")
    return Sample(
        id=stable_id("foreign", name, place),
        kind=form,
        writer=name,
        family="",
        question=said["user"],
        answer=said["assistant"],
        verdict=verdict_of(row, said["assistant"]),
        rule_ids=(),
        clause_ids=(),
    )
