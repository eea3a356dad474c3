"""The card of a dataset: what is in it, what it covers, what was left out, where it comes from, and what proves it.

The front matter follows the hub's dataset cards (huggingface.co/docs/hub/datasets-cards): ``configs`` names the files of
each form, so that ``load_dataset(FOLDER, "preferences")`` finds them. All that documents brought is escaped.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generation.markdown import escaped, table
from generation.preferences import Preferences
from generation.preferences_checks import VALUES
from kg.model import Ontology, Sample, Split

CONCEPTNET = "https://conceptnet.io"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class Source:
    """An input: a document, a file of ConceptNet's rows, the seeds. ``licence`` is empty where nobody states it."""

    name: str
    what: str
    sha256: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a card tells that is not in the samples.

    ``licence`` is the hub's identifier for that of the documents, ``licences`` counts the rows of outside knowledge that
    the samples use, by licence. ``coverage`` is total, covered and before by kind of target.
    """

    title: str
    sources: tuple[Source, ...] = ()
    licence: str = ""
    licences: Mapping[str, int] = field(default_factory=dict)
    coverage: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    seed: int = 0
    options: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a dataset; ``path`` is relative to its folder."""

    path: str
    form: str
    split: Split
    rows: int
    bytes: int
    sha256: str

    def to_dict(self) -> dict[str, object]:
        return {"path": self.path, "rows": self.rows, "bytes": self.bytes, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written."""

    samples: tuple[Sample, ...]
    preferences: Preferences
    files: tuple[File, ...]


def outside_rows(ontology: Ontology, samples: Sequence[Sample]) -> dict[str, int]:
    """How many concepts and relations from outside the documents ``samples`` exercise, by source and licence."""
    concepts = {id_ for sample in samples for id_ in sample.concept_ids}
    relations = {id_ for sample in samples for id_ in sample.relation_ids}
    used = [one.provenance for one in ontology.concepts if one.id in concepts]
    used += [one.provenance for one in ontology.relations if one.id in relations]
    found: Counter[str] = Counter()
    for proofs in used:
        if all(proof.source != "clause" for proof in proofs):
            found.update({f"{proof.source}, {proof.licence or 'no licence stated'}" for proof in proofs})
    return dict(sorted(found.items()))


def dataset_card(about: About, contents: Contents) -> str:
    """The card in Markdown with its front matter."""
    lines = [f"# {escaped(about.title)}: samples written by Plumbline", ""]
    size = f"{len(contents.samples):,} samples and {len(contents.preferences.pairs):,} preference pairs"
    lines += [
        f"{size}, written from an ontology of the documents; every number below is counted from what was written.",
        "",
        *_use(contents),
        *_counts(contents.samples),
        *_coverage(about),
        *_filters(about),
        *_values(contents.preferences),
        *_splits(contents.samples),
        *_sources(about),
        *_making(about),
        "## Files",
        "",
        *table(("File", "Rows", "Bytes", "SHA-256"), [(one.path, one.rows, one.bytes, one.sha256) for one in contents.files]),
    ]  # fmt: skip
    return _front(about, contents) + "\n".join(lines)


def _front(about: About, contents: Contents) -> str:
    import yaml

    rows = len(contents.samples)
    title = " ".join(about.title.split())  # a line of dashes in it would end the front matter
    told: dict[str, Any] = {"pretty_name": title, "language": ["en"], "license": about.licence or "other"}
    if not about.licence:
        told["license_name"] = "that-of-its-sources"
    told |= {
        "task_categories": ["text-generation"],
        "size_categories": [next((name for limit, name in _SIZES if rows < limit), "n>1M")],
        "tags": ["plumbline", "alignment", "policy", "synthetic"],
        "configs": [_config(form, contents.files) for form in dict.fromkeys(file.form for file in contents.files)],
    }
    return f"---\n{yaml.safe_dump(told, sort_keys=False, allow_unicode=True)}---\n"


def _config(form: str, files: Sequence[File]) -> dict[str, Any]:
    """Where the ``datasets`` package finds a form: the parquet files, or the JSON lines where there are none."""
    mine = [file for file in files if file.form == form]
    parquet = [file for file in mine if file.path.endswith(".parquet")]
    paths = [{"split": file.split.value, "path": file.path} for file in parquet or mine]
    return {"config_name": form, "data_files": paths} | ({"default": True} if form == "chat" else {})


_READ_BY = {
    "chat": "`messages`: for supervised fine-tuning (TRL `SFTTrainer`)",
    "alpaca": "`instruction`, `input`, `output`",
    "preferences": "`prompt`, `chosen`, `rejected`: for TRL's `DPOTrainer` and `RewardTrainer`; choose by `value`",
    "labels": "`prompt`, `completion`, `label`: for TRL's `KTOTrainer`; choose by `value`, or drop repeated completions",
}


def _use(contents: Contents) -> list[str]:
    forms = dict.fromkeys(file.form for file in contents.files)
    lines = [f"- `{form}`: {_READ_BY[form]}" for form in forms]
    first = next(iter(forms), "chat")
    return [
        *lines,
        "",
        "```python",
        "from datasets import load_dataset",
        f'load_dataset("FOLDER", "{first}")',
        "```",
        "",
    ]


def _counts(samples: Sequence[Sample]) -> list[str]:
    by_kind = Counter((sample.kind, sample.split) for sample in samples)
    by_verdict = Counter((sample.verdict.value if sample.verdict else "none", sample.split) for sample in samples)
    head = [split.value for split in Split]
    by_writer = Counter((sample.writer.partition("/")[0], sample.split) for sample in samples)
    lines = ["## Samples", ""]
    for title, found in (("Kind", by_kind), ("Verdict", by_verdict), ("Written by", by_writer)):
        names = sorted({name for name, _ in found})
        counts = [(name, [found[name, split] for split in Split]) for name in names]
        lines += table((title, *head, "n"), [(name, *each, sum(each)) for name, each in counts])
    return lines


def _coverage(about: About) -> list[str]:
    rows = [
        (kind, covered, total, covered / total if total else 1.0, before)
        for kind, (total, covered, before) in about.coverage.items()
    ]
    told = "Elements of the ontology that at least one sample is verified to exercise."
    return ["## Coverage", "", told, "", *table(("Element", "Covered", "n", "Share", "Before"), rows)] if rows else []


def _filters(about: About) -> list[str]:
    told = (
        "A draft is dropped when it is malformed (a placeholder, a doubled word, broken punctuation, a dangling word), too "
        "long or too short, or an exact or near duplicate of an earlier one (MinHash over runs of three words)."
    )
    dropped = table(("Reason", "Drafts"), sorted(about.dropped.items())) if about.dropped else ["None was dropped.", ""]
    return ["## Left out by the filters", "", told, "", *dropped]


def _values(found: Preferences) -> list[str]:
    if not found.pairs:
        return []
    rows = [
        (value, VALUES[value].means, *counts.values(), sum(counts.values()))
        for value, counts in found.counts().items()
        if sum(counts.values())
    ]
    told = (
        "The rejected answer of a pair is the chosen one without its value; a check of every value has confirmed that the "
        "two differ in this value alone."
    )
    dropped = table(("Answers that could not be spoiled so", "n"), found.dropped.items()) if found.dropped else []
    head = ("Value", "A good answer", *(split.value for split in Split), "n")
    return ["## Preferences by value", "", told, "", *table(head, rows), *dropped]


def _splits(samples: Sequence[Sample]) -> list[str]:
    rows = [
        (split.value, len(mine), len({sample.family for sample in mine} - {""}))
        for split in Split
        if (mine := [sample for sample in samples if sample.split == split])
    ]
    shared = _shared_families(samples)
    told = f"Rules that share a scenario are one family, and a family lies in one split: {shared} lie in more than one."
    return ["## Splits", "", told, "", *table(("Split", "Samples", "Families"), rows)]


def _shared_families(samples: Sequence[Sample]) -> int:
    seen: dict[str, set[Split]] = {}
    for sample in samples:
        if sample.family:
            seen.setdefault(sample.family, set()).add(sample.split)
    return sum(len(splits) > 1 for splits in seen.values())


def _sources(about: About) -> list[str]:
    rows = [(one.name, one.what, one.licence or "not stated", one.sha256) for one in about.sources]
    lines = ["## Sources and licences", "", *table(("Input", "What", "Licence", "SHA-256"), rows)]
    if about.licences:
        told = (
            "Words and relations from outside the documents that the samples exercise. ConceptNet 5 is the work of the "
            f"Commonsense Computing Initiative, {CONCEPTNET}; what uses it is shared under the licence of its rows."
        )
        lines += [told, "", *table(("Source and licence", "Concepts and relations"), about.licences.items())]
    return lines


def _making(about: About) -> list[str]:
    told = f"The seed is {about.seed}: the same inputs, options and versions write the same files."
    rows = [*about.options.items(), *((f"version of {name}", version) for name, version in about.versions.items())]
    return ["## Making", "", told, "", *table(("Option", "Value"), rows)]
