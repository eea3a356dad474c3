"""One deontic cue as a record: what the readers of auxiliaries, predicates and moods hand to the frames."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

OBL, PRO, PER = Modality.OBLIGATION, Modality.PROHIBITION, Modality.PERMISSION


REC, DEF = Modality.RECOMMENDATION, Modality.DEFINITION


@dataclass(frozen=True)
class Cue:
    """One deontic predicate. ``verb`` heads the action, ``subject`` the actor or (``passive``) the patient.

    ``anchor`` is the first token of the cue; ``negated``: a negation that the modality does not absorb; ``only``:
    "only" limits the permission. ``hide_actor``: the subject says whose norm it is, not who is bound. ``grantor`` gives the permission.
    """

    verb: "Token"
    modality: Modality
    anchor: int
    subject: "Token | None" = None
    negated: bool = False
    passive: bool = False
    only: bool = False
    hide_actor: bool = False
    subject_is_object: bool = False
    label: str = ""
    grantor: "Token | None" = None
