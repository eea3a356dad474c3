"""Rules proposed by a teacher, checked by the grammar before anyone believes them.

A teacher (any model that answers in JSON) reads what the grammar missed. It may quote, never write: every field must
stand in the sentence or its lead-ins, the verb must be a verb of the text, and modality and polarity must agree with the
grammar's own cue. What fails is refused with its reason and counted. No network client lives here; the port is filled
elsewhere.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from extraction.nlp import Analyser
from extraction.rules_cue import Cue
from extraction.rules_cues import find_cues
from extraction.rules_frame import Frame
from extraction.rules_phrases import lemma
from kg.errors import PlumblineError
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc

FIELDS = ("modality", "actor", "action", "object", "condition", "exception", "authority")
PROPOSAL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["rules"],
    "properties": {
        "rules": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["modality", "action"],
                "additionalProperties": False,
                "properties": {
                    "modality": {"enum": [str(modality) for modality in Modality]},
                    **{name: {"type": "string"} for name in FIELDS[1:]},
                },
            },
        }
    },
}
"""JSON Schema (draft 2020-12) of the answer that a teacher gives for one sentence."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One rule as the teacher words it: ``action`` a lemma (``not `` before it for a denied one), the rest quotations."""

    modality: str
    action: str
    actor: str = ""
    object: str = ""
    condition: str = ""
    exception: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that the grammar did not confirm, and why."""

    proposal: Proposal
    reason: str


class RuleProposer(Protocol):
    """Proposes the rules of one sentence in the light of its lead-ins; quotes only."""

    def propose(self, sentence: str, context: str) -> Sequence[Proposal]:
        """The rules that the sentence adds; empty where it states none."""
        ...


def read_proposals(answer: str) -> tuple[Proposal, ...]:
    """The proposals of a teacher's JSON answer in the form of :data:`PROPOSAL_SCHEMA`.

    Raises :class:`kg.errors.PlumblineError` when the answer is not of that form.
    """
    hint = 'ask the teacher for {"rules": [{"modality": ..., "action": ...}]} and nothing else'
    try:
        rows = json.loads(answer)["rules"]
        return tuple(Proposal(**{name: _text(row[name]) for name in FIELDS if name in row}) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlumblineError(f"the teacher's answer is not a list of rules: {answer[:80]!r}", hint) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value.strip()


def confirmed(
    frames: tuple[Frame, ...], proposals: Sequence[Proposal], sentence: str, context: str, analyser: Analyser
) -> tuple[tuple[Frame, ...], tuple[Refusal, ...]]:
    """The grammar's ``frames`` with what the proposals rightly add, and the proposals refused.

    A proposal for a verb that the grammar has read may fill fields that the grammar left empty; one for another verb of
    the text becomes a frame of its own.
    """
    docs = [analyser.doc(text) for text in (sentence, context) if text]
    found, refused = list(frames), []
    for proposal in proposals:
        reason = objection(proposal, frames, docs)
        if reason:
            refused.append(Refusal(proposal, reason))
            continue
        same = next((i for i, frame in enumerate(found) if _head(frame.action) == _head(proposal.action)), None)
        if same is None:
            found.append(_frame(proposal))
        else:
            found[same] = _filled(found[same], proposal)
    return tuple(found), tuple(refused)


def objection(proposal: Proposal, frames: tuple[Frame, ...], docs: "Sequence[Doc]") -> str:
    """Why the proposal cannot be believed; empty where nothing speaks against it."""
    if proposal.modality not in {str(modality) for modality in Modality}:
        return "unknown modality"
    text = " ".join(_plain(doc.text) for doc in docs)
    for name in ("actor", "object", "condition", "exception", "authority"):
        if not all(_plain(span) in text for span in getattr(proposal, name).split(" ; ")):
            return f"the {name} is not in the text"
    head = _head(proposal.action)
    if not head or not any(lemma(token) == head for doc in docs for token in doc):
        return "the verb is not in the text"
    own = [frame for frame in frames if _head(frame.action) == head]
    if own:
        agrees = any(_sign(frame.modality, frame.action) == _sign(proposal.modality, proposal.action) for frame in own)
        return "" if agrees else "the grammar reads another modality or polarity"
    return _without_frame(proposal, head, docs)


def _without_frame(proposal: Proposal, head: str, docs: "Sequence[Doc]") -> str:
    """The objection to a rule that the grammar has not read: its cue must still be there, and no stray negation."""
    cues = [cue for doc in docs for cue in find_cues(doc)]
    bound = [cue for cue in cues if lemma(cue.verb) == head]
    if bound:
        agrees = any(_sign(cue.modality, "not" if cue.negated else "") == _proposed(proposal) for cue in bound)
        return "" if agrees else "the grammar reads another modality or polarity"
    if not any(_sign(cue.modality, "not" if cue.negated else "") == _proposed(proposal) for cue in cues):
        return "no cue of that modality"
    return "a negation stands in the text" if any(_negations(doc, cues) for doc in docs) else ""


def _negations(doc: "Doc", cues: list[Cue]) -> bool:
    """Whether a "not", "no" or "never" stands outside the cues' own reach."""
    read = {token.i for cue in cues if cue.verb.doc is doc for token in doc[cue.anchor : cue.verb.i + 1]}
    negators = {"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none"}
    return any(token.lower_ in negators and token.i not in read for token in doc)


def _sign(modality: str, action: str) -> tuple[str, bool]:
    return str(modality), action.startswith("not")


def _proposed(proposal: Proposal) -> tuple[str, bool]:
    return _sign(proposal.modality, proposal.action)


def _head(action: str) -> str:
    words = action.lower().removeprefix("not ").split()
    return words[0] if words else ""


def _plain(text: str) -> str:
    """Words and numbers alone, small, one blank between them, so that a quotation may differ in punctuation."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _frame(proposal: Proposal) -> Frame:
    fields: dict[str, Any] = _fields(proposal)
    return Frame(Modality(proposal.modality), **fields, label="proposed")


def _fields(proposal: Proposal) -> dict[str, str]:
    return {name: getattr(proposal, name) for name in FIELDS[1:]}


def _filled(frame: Frame, proposal: Proposal) -> Frame:
    empty = {name: value for name, value in _additions(frame, proposal) if value}
    return replace(frame, **empty) if empty else frame


def _additions(frame: Frame, proposal: Proposal) -> Iterator[tuple[str, Any]]:
    for name in ("object", "condition", "exception", "authority"):
        if not getattr(frame, name):
            yield name, getattr(proposal, name)
