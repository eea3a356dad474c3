"""Deontic cues: which verb of a sentence is bound, allowed or forbidden, and how strongly.

A cue is read from an auxiliary, a predicate, a defining verb or the imperative mood.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import MODALS
from extraction.rules_allowances import ban_cue
from extraction.rules_cue import Cue
from extraction.rules_definitions import definition_cue
from extraction.rules_grants import granting_cue
from extraction.rules_imperatives import imperative_cue
from extraction.rules_looks import is_titled
from extraction.rules_modals import modal_cue
from extraction.rules_norms import forbidding_cue, reserving_cue
from extraction.rules_predicates import predicate_cue

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_cues(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Cue, ...]:
    """All cues of ``doc[start:end]`` in order of their verbs, one per verb (the most specific reading wins)."""
    limit = len(doc) if end is None else end
    found: dict[int, Cue] = {}
    titled = is_titled(doc[start:limit])
    for token in doc[start:limit]:
        cue = modal_cue(token, limit) or (
            None
            if titled
            else predicate_cue(token)
            or reserving_cue(token)
            or granting_cue(token)
            or forbidding_cue(token)
            or definition_cue(token)
        )
        if cue is not None and start <= cue.verb.i < limit:
            found.setdefault(cue.verb.i, cue)
    barred = ban_cue(doc, start, limit) if not found else None
    if barred is not None:
        return (barred,)
    covered = {cue.anchor for cue in found.values()} | set(found)
    for token in doc[start:limit]:
        if token.i not in covered:
            cue = imperative_cue(token, start)
            if cue is not None:
                found.setdefault(cue.verb.i, cue)
    return tuple(_with_inherited_subjects([found[key] for key in sorted(found)]))


def _with_inherited_subjects(cues: list[Cue]) -> list[Cue]:
    """As in "X may V and may W": a second modal right after a conjunction has the subject of the first."""
    for position in range(1, len(cues)):
        cue, before = cues[position], cues[position - 1]
        opener = cue.verb.doc[cue.anchor - 1] if cue.anchor else None
        if cue.subject is None and opener is not None and opener.pos_ == "CCONJ" and cue.label in MODALS:
            cues[position] = replace(cue, subject=before.subject)
    return cues
