"""A dataset on disk that trainers read as it is: chats, Alpaca rows, preference pairs and binary labels.

Each form is a configuration of its own for the ``datasets`` package, one file per split, as parquet and as JSON lines. The
card (README.md) is written last, so its presence means that the dataset is complete.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generation.card import About, Contents, File, dataset_card
from generation.preferences import Preferences, label_rows, preference_row
from kg.errors import MissingExtraError, UserError
from kg.model import Sample, Split
from kg.progress import Progress, silent

CARD = "README.md"
ENCODINGS = ("parquet", "jsonl")
FORMS = ("chat", "alpaca", "preferences", "labels")
MARK = "- plumbline\n"
"""What tells a card of ours from another README."""

Row = dict[str, object]
NO_PREFERENCES = Preferences((), {})


def chat_row(sample: Sample) -> Row:
    """A sample as a chat with what is known of it; ``messages`` is what TRL's SFT trainer reads."""
    return {
        "id": sample.id,
        "kind": sample.kind,
        "verdict": sample.verdict.value if sample.verdict else None,
        "messages": [{"role": message.role, "content": message.content} for message in sample.messages],
        "question": sample.question,
        "answer": sample.answer,
        "rules": list(sample.rule_ids),
        "clauses": list(sample.clause_ids),
        "concepts": list(sample.concept_ids),
        "relations": list(sample.relation_ids),
        "family": sample.family,
        "writer": sample.writer,
    }


def alpaca_row(sample: Sample) -> Row:
    """A sample as instruction, input and output: the system message, what was said so far, and the last answer.

    Alpaca knows no turns, so those of a dialogue stand in the input, each led by its speaker.
    """
    instruction = " ".join(message.content for message in sample.messages if message.role == "system")
    turns = [message for message in sample.messages[:-1] if message.role != "system"]
    spoken = [f"{message.role.capitalize()}: {message.content}" for message in turns]
    given = turns[0].content if len(turns) == 1 else "\n\n".join(spoken)
    if not instruction:
        instruction, given = given, ""
    return {"id": sample.id, "instruction": instruction, "input": given, "output": sample.messages[-1].content}


@dataclass(frozen=True, slots=True)
class Written:
    """Where the dataset lies and what its files are."""

    folder: Path
    files: tuple[File, ...]

    def to_dict(self) -> dict[str, object]:
        return {"folder": str(self.folder), "files": [file.to_dict() for file in self.files]}


def write_dataset(
    samples: Sequence[Sample],
    folder: Path,
    about: About,
    found: Preferences = NO_PREFERENCES,
    *,
    forms: Sequence[str] = FORMS,
    encodings: Sequence[str] = ENCODINGS,
    progress: Progress = silent,
) -> Written:
    """Write ``FORM/SPLIT.parquet`` and ``FORM/SPLIT.jsonl`` for every split with rows, then the card.

    A dataset of ours that lies in ``folder`` is replaced. Raises :class:`UserError` when the folder holds something else
    or the place may not be written, and :class:`MissingExtraError` when ``datasets`` is not installed.
    """
    _check("form", forms, FORMS)
    _check("encoding", encodings, ENCODINGS)
    try:
        _clear(folder)
        files: list[File] = []
        for done, form in enumerate(forms):
            for split, rows in _rows(form, samples, found).items():
                files += [_write(rows, folder, form, split, encoding) for encoding in encodings]
            progress("dataset", done + 1, len(forms))
        contents = Contents(tuple(samples), found, tuple(files))
        (folder / CARD).write_text(dataset_card(about, contents), encoding="utf-8")
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}", "choose another folder") from error
    return Written(folder, tuple(files))


def _check(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise UserError(f"there is no {what} {unknown[0]!r}", f"known are: {', '.join(known)}")
    if not given:
        raise UserError(f"no {what} is asked for", f"name some of: {', '.join(known)}")


def _clear(folder: Path) -> None:
    """Make the folder, and take out of it a dataset that was written earlier, its card first."""
    folder.mkdir(parents=True, exist_ok=True)
    card = folder / CARD
    ours = {folder / form for form in FORMS} | {card}
    strange = sorted(path.name for path in folder.iterdir() if path not in ours and not path.name.startswith("."))
    marked = card.is_file() and MARK in card.read_text(encoding="utf-8", errors="replace")
    if strange or (card.exists() and not marked):
        raise UserError(f"{folder} holds something else: {(strange or [CARD])[0]}", "name a new or an empty folder")
    card.unlink(missing_ok=True)
    for form in FORMS:
        if (folder / form).is_dir():
            shutil.rmtree(folder / form)


def _rows(form: str, samples: Sequence[Sample], found: Preferences) -> dict[Split, list[Row]]:
    """The rows of ``form`` by split; a split without rows is left out."""
    of_sample: Mapping[str, Callable[[Sample], Row]] = {"chat": chat_row, "alpaca": alpaca_row}
    rows: dict[Split, list[Row]] = {}
    for split in Split:
        if form in of_sample:
            made = [of_sample[form](sample) for sample in samples if sample.split == split]
        elif form == "preferences":
            made = [preference_row(pair) for pair in found.pairs if pair.split == split]
        else:
            made = [row for pair in found.pairs if pair.split == split for row in label_rows(pair)]
        if made:
            rows[split] = made
    return rows


def _write(rows: Sequence[Row], folder: Path, form: str, split: Split, encoding: str) -> File:
    path = folder / form / f"{split.value}.{encoding}"
    path.parent.mkdir(exist_ok=True)
    if encoding == "jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    else:
        _write_parquet(rows, path, form)
    whole = path.read_bytes()
    return File(f"{form}/{path.name}", form, split, len(rows), len(whole), hashlib.sha256(whole).hexdigest())


_TURN = {"role": "string", "content": "string"}
_ABOUT = {"id": "string", "value": "string", "sample": "string", "family": "string", "prompt": [_TURN]}
_COLUMNS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "chat": {
            "id": "string", "kind": "string", "verdict": "string", "messages": [_TURN], "question": "string",
            "answer": "string", "rules": ["string"], "clauses": ["string"], "concepts": ["string"],
            "relations": ["string"], "family": "string", "writer": "string",
        },
        "alpaca": {"id": "string", "instruction": "string", "input": "string", "output": "string"},
        "preferences": {**_ABOUT, "chosen": [_TURN], "rejected": [_TURN]},
        "labels": {**_ABOUT, "completion": [_TURN], "label": "bool"},
    }
)  # fmt: skip
"""The type of each column: told and not guessed, so that splits without a verdict or a concept have the same schema."""


def _write_parquet(rows: Sequence[Row], path: Path, form: str) -> None:
    try:
        from datasets import Dataset, Features, Value, disable_progress_bars
    except ImportError as error:
        raise MissingExtraError("datasets", "train") from error

    def kind(told: Any) -> Any:
        if isinstance(told, str):
            return Value(told)
        return [kind(told[0])] if isinstance(told, list) else {name: kind(one) for name, one in told.items()}

    disable_progress_bars()
    features = Features({name: kind(told) for name, told in _COLUMNS[form].items()})
    Dataset.from_list(list(rows), features=features).to_parquet(str(path))
