"""From settings to the parts that a run is made of. The only place that chooses an implementation for a port."""

import dataclasses
import importlib.metadata
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.options import ExtractionOptions
from generation.options import GenerationOptions
from kg.errors import UserError
from kg.progress import Progress, silent
from studio.quiet import keep_quiet, without_loading_bars
from studio.settings import Environment, Settings
from studio.workspace import Workspace, digest, sha256_of

if TYPE_CHECKING:
    from evaluation.answers import AnswerModel
    from kg.coverage_weights import Weighting
    from kg.retrieval import Embed
    from kg.retrieval_late import TokenEmbed
    from kg.store import GraphStore

DEFAULT_TEST_SHARE = 0.15
"""Share of the rule families kept out of training where neither a test set nor a share is given."""

LIBRARIES = (
    "plumbline-studio", "arcadedb-embedded", "neo4j", "numpy", "peft", "sentence-transformers", "spacy", "torch", "transformers", "trl",
)  # fmt: skip
"""What a manifest names the versions of."""


@dataclass(frozen=True, slots=True)
class Studio:
    """A configuration at its place: what every command gets."""

    settings: Settings
    environment: Environment
    workspace: Workspace
    progress: Progress = silent

    def __post_init__(self) -> None:
        keep_quiet()  # a program that uses the studio as a library does not come through the command line

    def open_graph(self) -> "GraphStore":
        """The graph store: Neo4j where NEO4J_URI is set, else the embedded server of the workspace."""
        from kg.store import open_store

        return open_store(
            self.environment.neo4j_uri,
            user=self.environment.neo4j_user,
            password=self.environment.neo4j_password,
            workspace=self.workspace.root,
            memory_mb=self.settings.graph.memory_mb,
        )

    def require_graph(self) -> None:
        """Ask a Neo4j for an answer before any work is done; the embedded server is started when it is needed.

        Raises:
            UserError: nothing answers at NEO4J_URI, the password is wrong, or this platform has no embedded server.
        """
        from kg.arcadedb import locate

        if self.environment.neo4j_uri:
            self.open_graph().close()
        else:
            locate()

    def weights(self, name: str) -> Path:
        """The folder of a model: a folder of the user's, or weights fetched into the cache when they are not there."""
        from studio.weights import fetch

        own = own_model(name)
        return own or fetch(name, self.environment.cache, self.progress)

    def embed(self) -> "Embed | None":
        """The sentence embedder, or None when the configuration names none."""
        if not self.settings.models.embedder:
            return None
        from studio.models import embedder

        without_loading_bars()
        return embedder(self.weights(self.settings.models.embedder))

    def token_embed(self) -> "TokenEmbed | None":
        """The encoder that compares word by word, or None when the configuration names none (or no embedder)."""
        models = self.settings.models
        if not (models.embedder and models.interaction):
            return None
        from studio.encoders import token_encoder

        return token_encoder(self.weights(models.interaction))

    def answer_model(self, adapter: Path | None) -> "AnswerModel":
        """The language model, aligned when an adapter is given."""
        from studio.models import LocalModel

        options = self.settings.models
        return LocalModel(
            self.weights(options.base),
            adapter,
            batch_size=options.batch_size,
            max_new_tokens=options.max_new_tokens,
            dtype=options.dtype,
        )

    def extraction_options(self) -> ExtractionOptions:
        """The options of extraction with the parser's folder in place."""
        return dataclasses.replace(self.settings.extraction, model=str(self.weights(self.settings.models.spacy)))

    def weighting(self) -> "Weighting":
        """What a target matters by the configuration alone: the severity of its rule, the user's own factors, and the
        regions to which a named audit draws attention.
        """
        from kg.coverage_weights import Weighting, read_weights
        from studio.steering import attention

        options = self.settings.coverage
        factors = {one.region: one.factor for one in attention(self.settings, self.workspace)}
        own = read_weights(options.weights) if options.weights else {}
        return Weighting(options.severity, own=own, attention=factors)

    def generation_options(self) -> GenerationOptions:
        """The options of generation with the seeds in place, and a test share where there is no test set."""
        options = dataclasses.replace(
            self.settings.generation, seeds_file=self.settings.seeds, cases_file=self.settings.cases
        )
        if self.settings.heldout is not None:
            return dataclasses.replace(options, test_share=0.0)
        return dataclasses.replace(options, test_share=options.test_share or DEFAULT_TEST_SHARE)


def own_model(name: str) -> Path | None:
    """The user's folder that a model is named by; None for one that Plumbline fetches.

    Raises:
        UserError: it is neither.
    """
    from studio.weights import catalogue

    if name in catalogue():
        return None
    if (folder := Path(name).expanduser()).is_dir():
        return folder.resolve()
    raise UserError(
        f"there is no model {name!r}",
        f"name a folder, or one of: {', '.join(sorted(catalogue()))} ([models] in the configuration)",
    )


def require_inputs(settings: Settings) -> None:
    """Refuse a configuration whose files or models are not there, before any work is done.

    Raises:
        UserError: names the key and the path.
    """
    if not settings.documents:
        raise UserError("the configuration names no documents", 'write e.g. documents = ["policy.md"]')
    single = [("seeds", settings.seeds), ("cases", settings.cases), ("heldout", settings.heldout)]
    several = [("documents", path) for path in settings.documents] + [
        ("conceptnet", path) for path in settings.conceptnet
    ]
    for key, path in [*several, *single]:
        if path is not None and not path.exists():
            raise UserError(
                f"{key}: {path} does not exist", "paths are taken from the folder of the configuration file"
            )
    for name in (settings.models.base, settings.models.embedder, settings.models.interaction, settings.models.spacy):
        if name:
            own_model(name)


def input_hashes(settings: Settings) -> dict[str, str]:
    """SHA-256 by path of every file (or folder) that the configuration names."""
    paths = [*settings.documents, *settings.conceptnet, settings.seeds, settings.cases, settings.heldout]
    return {str(path): sha256_of(path) for path in paths if path is not None}


def weights_id(folder: Path) -> str:
    """What tells one set of weights from another: the digests in its manifest, or its files' sizes and times."""
    manifest = folder / "weights.json"
    if manifest.is_file():
        return digest(json.loads(manifest.read_text(encoding="utf-8"))["files"])
    stats = {
        path.name: (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return digest(stats)


def versions() -> Mapping[str, str]:
    """The versions of Python and of the libraries that shape a result."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = ""
    return found
