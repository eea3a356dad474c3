"""The one configuration: a TOML file, ``--set`` on top of it, and the environment for secrets and addresses alone.

Each room brings the options of its own stages; here they are only put together. Every relative path is taken from
the folder of the TOML file, wherever the command is run. No other module reads the environment.
"""

import dataclasses
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evaluation.audit import AuditOptions
from extraction.options import ExtractionOptions
from generation.options import GenerationOptions
from generation.teacher_options import TeacherOptions
from kg.conceptnet import ConceptNetOptions
from kg.coverage_options import CoverageOptions
from kg.errors import PlumblineError, UserError
from kg.retrieval import RetrievalOptions
from studio.codec import MismatchError, decode, encode
from training.options import SftOptions

CONFIG = "plumbline.toml"

WIRED: Mapping[str, str] = {
    "generation.seeds_file": "seeds at the top of the file",
    "generation.cases_file": "cases at the top of the file",
    "extraction.model": "spacy under [models]",
}
"""Fields of a room's options that are set elsewhere in the file: there is one way to set each."""

KEYS = "plumbline init DIR writes a file with every key, its meaning and its default"
"""The remedy for a value that does not fit, where its own error knows none."""


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """The graph store. Where it is stands in the environment: NEO4J_URI, or nothing for the embedded server."""

    memory_mb: int = 1024
    """Heap of the embedded server in MiB; without effect on a Neo4j of your own."""

    def __post_init__(self) -> None:
        if self.memory_mb < 256:
            raise UserError(f"memory_mb is {self.memory_mb}", "give the embedded server at least 256")


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """The models: names of weights that Plumbline fetches (see `plumbline weights`) or paths of folders."""

    base: str = "smollm2"
    """The causal language model that is aligned."""

    embedder: str = "minilm"
    """The sentence embedder behind linking and retrieval; "" for words alone."""

    interaction: str = "colbert"
    """The encoder that compares a question with the best passages word by word; "" for none, as without an embedder."""

    spacy: str = "spacy"
    """The parser that reads rules out of sentences."""

    batch_size: int = 8
    """Cases answered at a time."""

    max_new_tokens: int = 64
    """The longest answer in tokens."""

    dtype: str = "float32"
    """The number format in which answers are computed: float32, or bfloat16, which takes half of the memory and moves
    the score of a verdict by up to .12 nats, as much as often parts two verdicts (docs/experiments.md)."""

    def __post_init__(self) -> None:
        if self.dtype not in {"float32", "bfloat16"}:
            raise UserError(f"models.dtype cannot be {self.dtype!r}", "use float32 or bfloat16")
        if self.batch_size < 1 or self.max_new_tokens < 0:
            raise UserError("batch_size must be at least 1 and max_new_tokens at least 0", "use 8 and 64")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run depends on, apart from the code and the weights."""

    title: str = ""
    """What the report is headed with; empty takes the first document's title."""

    documents: tuple[Path, ...] = ()
    """The policy: files (Markdown, HTML, DOCX, PDF, text) or folders, which are searched through."""

    licence: str = ""
    """The licence of the documents, as the hub writes it (e.g. cc-by-4.0); it stands in the card of the dataset."""

    conceptnet: tuple[Path, ...] = ()
    """ConceptNet assertions in the official five-column format (.csv or .csv.gz); none leaves the ontology as read."""

    seeds: Path | None = None
    """Hand-written samples (YAML) that are taken over into the dataset."""

    cases: Path | None = None
    """Decided cases of your own (JSON Lines: question, verdict, clauses, rationale); they are trained on, and lead
    retrieval to the clauses that decided like cases."""

    heldout: Path | None = None
    """A hand-made test set (JSON lines). Without one the audit uses rule families kept out of training."""

    workspace: Path = Path(".plumbline")
    """The folder for graph, index, datasets, models and runs."""

    graph: GraphOptions = field(default_factory=GraphOptions)
    """The graph store. Where it is stands in the environment: NEO4J_URI, or nothing for the embedded server."""

    extraction: ExtractionOptions = field(default_factory=ExtractionOptions)
    """Reading the documents."""

    enrichment: ConceptNetOptions = field(default_factory=ConceptNetOptions)
    """What of ConceptNet comes into the ontology."""

    retrieval: RetrievalOptions = field(default_factory=RetrievalOptions)
    """From a question to the clauses that bear on it."""

    generation: GenerationOptions = field(default_factory=GenerationOptions)
    """The samples that are written."""

    teacher: TeacherOptions = field(default_factory=TeacherOptions)
    """An optional teacher that writes a share of the cases: any server that speaks OpenAI's chat completions. Its key stands
    in the environment alone: PLUMBLINE_TEACHER_KEY, or OPENAI_API_KEY for OpenAI's own servers."""

    coverage: CoverageOptions = field(default_factory=CoverageOptions)
    """What the samples must exercise, and how much each part of it matters."""

    training: SftOptions = field(default_factory=SftOptions)
    """Supervised fine-tuning with LoRA (Hu et al., 2021)."""

    audit: AuditOptions = field(default_factory=AuditOptions)
    """How the audit counts."""

    models: ModelOptions = field(default_factory=ModelOptions)
    """The models: names of weights that Plumbline fetches (see `plumbline weights`) or paths of folders."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Secrets and addresses; never in a file of ours, never in a manifest."""

    neo4j_uri: str | None
    neo4j_user: str
    neo4j_password: str = field(repr=False)
    token: str = field(repr=False)
    """What a browser must know when `plumbline serve` listens beyond this machine."""

    cache: Path
    """Where weights are kept."""

    teacher_key: str = field(default="", repr=False)
    """The teacher's key: PLUMBLINE_TEACHER_KEY."""

    openai_key: str = field(default="", repr=False)
    """The key to OpenAI's own servers, which is sent to no other: OPENAI_API_KEY."""

    def key_for(self, address: str) -> str:
        """The key that may be sent to the teacher at ``address``, empty where there is none."""
        host = urlsplit(address).hostname or ""
        openai = host == "openai.com" or host.endswith(".openai.com")
        return self.teacher_key or (self.openai_key if openai else "")


def environment(variables: Mapping[str, str] | None = None) -> Environment:
    """The process's environment (or ``variables``), read here and nowhere else."""
    values = os.environ if variables is None else variables
    return Environment(
        neo4j_uri=values.get("NEO4J_URI") or None,
        neo4j_user=values.get("NEO4J_USER", "neo4j"),
        neo4j_password=values.get("NEO4J_PASSWORD", ""),
        token=values.get("PLUMBLINE_TOKEN", ""),
        cache=Path(values.get("PLUMBLINE_CACHE") or Path.home() / ".cache" / "plumbline"),
        teacher_key=values.get("PLUMBLINE_TEACHER_KEY", "").strip(),
        openai_key=values.get("OPENAI_API_KEY", "").strip(),
    )


def load_settings(path: Path, overrides: Sequence[str] = ()) -> Settings:
    """Read ``path`` and lay the ``a.b=c`` of ``overrides`` over it; all paths of the result are absolute.

    Raises:
        UserError: no such file, not TOML, an unknown key (the nearest is suggested), a value of the wrong type, or
            options that contradict each other.
    """
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        folder = path.parent if str(path.parent) != "" else Path()
        raise UserError(f"there is no configuration {path}", f"run: plumbline init {folder}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}", "give a readable UTF-8 text file") from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is not TOML: {error}", "texts stand in quotes, lists in [ ]") from error
    settings = read_settings(plain, str(path))
    for override in overrides:
        key, _, text = override.partition("=")
        if not key.strip() or "=" not in override:
            raise UserError(f"--set {override} is not of the form a.b=c", "e.g. --set training.learning_rate=1e-4")
        _lay(plain, key.strip().split("."), _value(text), override)
        settings = read_settings(plain, f"--set {override}")
    folder = path.resolve().parent
    resolved: Settings = _absolute(settings, folder)
    return dataclasses.replace(resolved, models=_own_folders(resolved.models, folder))


def read_settings(plain: Mapping[str, Any], source: str) -> Settings:
    """Settings from plain values. ``source`` names them in errors."""
    for dotted, instead in WIRED.items():
        section, _, key = dotted.partition(".")
        if isinstance(plain.get(section), Mapping) and key in plain[section]:
            raise UserError(f"{source}: there is no key [{section}] {key}", f"set {instead}")
    kinds = {item.name: item for item in dataclasses.fields(Settings)}
    try:
        sections = {
            name: _section(name, value, source)
            for name, value in plain.items()
            if name in kinds and isinstance(value, Mapping)
        }
        rest = {name: value for name, value in plain.items() if name not in sections}
        return dataclasses.replace(decode(Settings, rest), **sections)
    except MismatchError as error:
        raise UserError(f"{source}: {_place(error.place)}: {error.message}", error.hint or KEYS) from error


def _section(name: str, value: Mapping[str, Any], source: str) -> Any:
    kind = section_kind(name)
    if kind is None:
        raise MismatchError(name, "is not a section", "write a value")
    try:
        return decode(kind, value, name)
    except MismatchError:
        raise
    except PlumblineError as error:
        said = str(error).replace(f"{name}.", "")  # an option may name itself in full
        raise UserError(f"{source}: [{name}] {said}", error.hint or KEYS) from error
    except ValueError as error:
        raise MismatchError(name, str(error)) from error


def section_kind(name: str) -> type | None:
    """The record of section ``name``; None for a key that is a value."""
    factory: object = next((item.default_factory for item in dataclasses.fields(Settings) if item.name == name), None)
    return factory if isinstance(factory, type) else None


def _place(place: str) -> str:
    section, dot, key = place.partition(".")
    return f"[{section}] {key}" if dot else section


def _lay(plain: dict[str, Any], keys: Sequence[str], value: object, override: str) -> None:
    for key in keys[:-1]:
        inner = plain.setdefault(key, {})
        if not isinstance(inner, dict):
            raise UserError(f"--set {override}: {key} is a value and not a section", "use the names of plumbline.toml")
        plain = inner
    plain[keys[-1]] = value


def _value(text: str) -> object:
    """The value of a ``--set``: TOML when it can be read so, else the bare text. TOML wants 0.5 where people write .5."""
    text = re.sub(r"^([+-]?)(?=[.][0-9]+$)", r"\g<1>0", text)
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _absolute(value: Any, folder: Path) -> Any:
    """``value`` (a record) with every relative path in it taken from ``folder``."""
    if isinstance(value, Path):
        return Path(os.path.normpath(folder / value.expanduser()))
    if isinstance(value, tuple):
        return tuple(_absolute(item, folder) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {item.name: _absolute(getattr(value, item.name), folder) for item in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)
    return value


def _own_folders(models: ModelOptions, folder: Path) -> ModelOptions:
    """``models`` with the names that are folders below ``folder`` as absolute paths."""
    base, embedder, spacy = (
        str(folder / name) if name and (folder / name).is_dir() else name
        for name in (models.base, models.embedder, models.spacy)
    )
    return dataclasses.replace(models, base=base, embedder=embedder, spacy=spacy)


def seeds_of(settings: Settings) -> dict[str, int]:
    """Every seed of the resolved configuration, by dotted name."""
    plain = encode(settings)
    return {
        f"{section}.{key}": value
        for section, options in plain.items()
        if isinstance(options, dict)
        for key, value in options.items()
        if key == "seed" or key.endswith("_seed")
    }
