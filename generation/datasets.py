"""A dataset on disk: chat JSONL by split, a card, and optionally parquet through the ``datasets`` package."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from generation.pipeline import Generated
from kg.coverage import Coverage
from kg.errors import MissingExtraError
from kg.model import Sample, Split


def row(sample: Sample) -> dict[str, object]:
    """One sample as the record that is written."""
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


def write_dataset(generated: Generated, folder: Path, *, parquet: bool = False) -> tuple[Path, ...]:
    """Write ``train.jsonl``, ``validation.jsonl``, ``test.jsonl`` (those with samples) and ``README.md``, the card.

    The card is written last, so its presence means that the dataset is complete. Raises
    :class:`MissingExtraError` when parquet is asked for and ``datasets`` is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[Path, str] = {}
    for split in Split:
        samples = [sample for sample in generated.samples if sample.split == split]
        if not samples:
            continue
        path = folder / f"{split.value}.jsonl"
        text = "".join(json.dumps(row(sample), ensure_ascii=False) + "\n" for sample in samples)
        path.write_text(text, encoding="utf-8")
        written[path] = hashlib.sha256(text.encode()).hexdigest()
        if parquet:
            _write_parquet(samples, folder / f"{split.value}.parquet")
    card = folder / "README.md"
    card.write_text(dataset_card(generated, {path.name: digest for path, digest in written.items()}), encoding="utf-8")
    return (*written, card)


def _write_parquet(samples: Sequence[Sample], path: Path) -> None:
    try:
        from datasets import Dataset
    except ImportError as error:
        raise MissingExtraError("datasets", "train") from error
    Dataset.from_list([row(sample) for sample in samples]).to_parquet(str(path))


def dataset_card(generated: Generated, hashes: Mapping[str, str]) -> str:
    """The card in Markdown: counts, coverage, what was dropped, hashes."""
    lines = [
        "# Dataset card",
        "",
        f"{len(generated.samples)} samples written by Plumbline from a policy's ontology.",
        "",
    ]
    for title, key in (("Kind", "kind"), ("Verdict", "verdict"), ("Split", "split")):
        counts = Counter(str(getattr(sample, key) or "none") for sample in generated.samples)
        lines += _table((title, "Samples"), sorted(counts.items()))
    lines += ["## Coverage", ""]
    lines += _table(
        ("Element", "Covered", "Total", "Before"), _coverage_rows(generated.coverage_before, generated.coverage_after)
    )
    lines += ["## Left out by the filters", ""]
    lines += _table(("Reason", "Drafts"), sorted(generated.dropped.items())) if generated.dropped else ["Nothing.", ""]
    lines += ["## Files", "", *_table(("File", "SHA-256"), sorted(hashes.items()))]
    return "\n".join(lines)


def _coverage_rows(before: Coverage, after: Coverage) -> list[tuple[object, ...]]:
    return [
        (kind, share.covered, share.total, before.by_kind[kind].covered if kind in before.by_kind else 0)
        for kind, share in after.by_kind.items()
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    body = [f"| {' | '.join(str(cell) for cell in cells)} |" for cells in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body, ""]
