"""Documents to an ontology: the stages in order, each with what it read, kept and left out."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.effective import effective_dates
from extraction.options import ExtractionOptions
from extraction.parses import Parsing, RememberingAnalyser
from extraction.readers import UnreadableError, read_document
from extraction.structure import Source, Structured, build
from kg.errors import PlumblineError, UserError
from kg.model import Ontology, Rejected
from kg.progress import Progress, silent

if TYPE_CHECKING:
    from extraction.nlp import Analyser
    from extraction.rules_proposals import RuleProposer


@dataclass(frozen=True, slots=True)
class StageYield:
    """What a stage read, kept and rejected, in its own units (documents, clauses, rules, ...)."""

    stage: str
    read: int
    kept: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Ingestion:
    """The ontology and the account of what became of every input."""

    ontology: Ontology
    rejected: tuple[Rejected, ...]
    yields: tuple[StageYield, ...]
    parsing: Parsing = field(default_factory=Parsing)
    """How much of it was parsed anew, and how much was known from the ingestion before."""


def ingest(
    paths: Sequence[Path],
    options: ExtractionOptions,
    progress: Progress = silent,
    memory: Path | None = None,
    proposer: "RuleProposer | None" = None,
) -> Ingestion:
    """Reads documents and folders into sections, clauses, rules, concepts and relations.

    ``memory`` is a folder for the parses of the sentences: with it, only what changed since the last ingestion is parsed.

    A ``proposer`` (a teacher behind a port) may propose rules for every sentence; the grammar checks each, and what it
    refuses is listed with the rejected.

    A document that cannot be read is rejected with its reason, and the rest goes on. Raises :class:`UserError` when
    a path is missing or no document at all could be read, :class:`PlumblineError` with the yield report when
    the documents gave suspiciously few rules.
    """
    ontology, unread, read = read_documents(paths, options, progress)
    analyser = RememberingAnalyser(options.model, memory)
    found = understand(ontology, analyser, progress, proposer)
    yields = (*read, *found.yields)
    check_yield(found.ontology, yields, options)
    analyser.keep()
    parsing = analyser.parsing(ontology.clauses)
    if memory is not None:
        progress(f"parsed {parsing.clauses_parsed:,} of {parsing.clauses:,} clauses, the rest was known", 1, 1)
    return Ingestion(found.ontology, unread + found.rejected + ruleless(found.ontology, options), yields, parsing)


def understand(
    ontology: Ontology, analyser: "Analyser", progress: Progress = silent, proposer: "RuleProposer | None" = None
) -> Ingestion:
    """The stages after reading: the clauses of ``ontology`` with their rules, concepts and relations."""
    from extraction.concepts import extract_concepts
    from extraction.concepts_fields import Fields
    from extraction.references import link_rules
    from extraction.relations import extract_relations
    from extraction.rules import extract_rules

    rules, unruly = extract_rules(ontology, analyser, progress, proposer)
    ontology = replace(ontology, rules=link_rules(ontology, rules))
    fields = Fields(ontology, analyser)
    concepts, rule_concepts = extract_concepts(ontology, analyser, fields)
    ontology = replace(ontology, concepts=concepts, rule_concepts=rule_concepts)
    progress("concepts", len(concepts), len(concepts))
    ontology = replace(ontology, relations=extract_relations(ontology, analyser, fields))
    progress("relations", len(ontology.relations), len(ontology.relations))
    linked = len({link.concept_id for link in rule_concepts})
    yields = (
        StageYield("rules", len(ontology.clauses), len(ontology.rules), len(unruly)),
        StageYield("concepts", len(ontology.rules), len(ontology.concepts), len(ontology.concepts) - linked),
        StageYield("relations", len(ontology.rules), len(ontology.relations), 0),
    )
    return Ingestion(ontology, tuple(unruly), yields)


def read_documents(
    paths: Sequence[Path], options: ExtractionOptions, progress: Progress = silent
) -> tuple[Ontology, tuple[Rejected, ...], tuple[StageYield, ...]]:
    """The first stages alone: documents, sections and clauses, with no language model. Raises as :func:`ingest`."""
    files = find_documents(paths, options)
    names = _names(files)
    structured: list[Structured] = []
    rejected: list[Rejected] = []
    blocks = lost = 0
    for done, (path, name) in enumerate(zip(files, names, strict=True), 1):
        try:
            taken, notes, count = _read_one(path, name, options)
        except UnreadableError as error:
            rejected.append(Rejected(str(path), error.reason, error.place))
            lost += 1
        else:
            structured.append(taken)
            rejected.extend(notes)
            blocks += count
        progress("documents", done, len(files))
    if not structured:
        raise UserError(f"no document could be read: {_listed(rejected)}", "give at least one readable document")
    ontology = Ontology(
        documents=tuple(one.document for one in structured),
        sections=tuple(section for one in structured for section in one.sections),
        clauses=tuple(clause for one in structured for clause in one.clauses),
    )
    yields = (
        StageYield("documents", len(files), len(structured), lost),
        StageYield("blocks", blocks, len(ontology.sections) + len(ontology.clauses), len(rejected) - lost),
    )
    return ontology, tuple(rejected), yields


def _read_one(path: Path, name: str, options: ExtractionOptions) -> tuple[Structured, tuple[Rejected, ...], int]:
    reading = read_document(path, options.variables, options.max_megabytes)
    source = Source(name, str(path), hashlib.sha256(path.read_bytes()).hexdigest())
    structured = build(reading, source)
    if not structured.clauses:
        raise UnreadableError("the document has no text")
    begins, ends = effective_dates(structured.document.text)
    structured = replace(structured, document=replace(structured.document, effective_from=begins, effective_to=ends))
    notes = tuple(replace(note, source=str(path)) for note in reading.rejected)
    return structured, notes, len(reading.blocks)


def find_documents(paths: Sequence[Path], options: ExtractionOptions) -> tuple[Path, ...]:
    """The files to read: a named file as it is, of a folder those that match, sorted; none twice."""
    if not paths:
        raise UserError("no document was given", "name at least one file or folder")
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UserError(
                f"there is no file or folder {str(path)!r}", "check the path; it is relative to where you are"
            )
        for file in _walk(path, options) if path.is_dir() else (path,):
            found.setdefault(file.resolve(), file)
    if not found:
        listed = ", ".join(options.include)
        raise UserError(f"no document in {', '.join(map(str, paths))}", f"looked for {listed}; see extraction.include")
    return tuple(found.values())


def _walk(folder: Path, options: ExtractionOptions) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if any(fnmatch(entry.name.lower(), pattern.lower()) for pattern in options.exclude):
            continue
        if entry.is_dir():
            yield from _walk(entry, options)
        elif any(fnmatch(entry.name.lower(), pattern.lower()) for pattern in options.include):
            yield entry


def _names(files: Sequence[Path]) -> tuple[str, ...]:
    """The key of each document: its file name, with as many folders before it as make it unique."""
    names = []
    for file in files:
        parts = file.resolve().parts
        peers = [other.resolve().parts for other in files if other.name == file.name and other != file]
        depth = 1
        while any(peer[-depth:] == parts[-depth:] for peer in peers):
            depth += 1
        names.append("/".join(parts[-depth:]))
    return tuple(names)


def check_yield(ontology: Ontology, yields: Sequence[StageYield], options: ExtractionOptions) -> None:
    """Raises :class:`PlumblineError` with the report when the words gave suspiciously few rules."""
    words = sum(document.words for document in ontology.documents)
    expected = words // options.words_per_rule if options.words_per_rule else 0
    if ontology.rules and len(ontology.rules) >= expected:
        return
    if not ontology.rules and not options.words_per_rule:
        return
    report = "; ".join(f"{one.stage}: read {one.read}, kept {one.kept}, rejected {one.rejected}" for one in yields)
    raise PlumblineError(
        f"only {len(ontology.rules)} rules in {words} words ({report})",
        "is it a policy, and in English? To go on all the same set extraction.words_per_rule = 0",
    )


def ruleless(ontology: Ontology, options: ExtractionOptions) -> tuple[Rejected, ...]:
    """The documents that were read and are long enough for two rules, but gave none: listed, so that somebody looks."""
    ruled = {rule.document_id for rule in ontology.rules}
    enough = 2 * options.words_per_rule
    return tuple(
        Rejected(document.path, f"no rule was found in {document.words} words")
        for document in ontology.documents
        if document.id not in ruled and 0 < enough <= document.words
    )


def _listed(rejected: Sequence[Rejected]) -> str:
    shown = "; ".join(f"{one.source}: {one.reason}" for one in rejected[:10])
    return shown + (f"; and {len(rejected) - 10} more" if len(rejected) > 10 else "")
