"""One deontic statement as a record."""

from dataclasses import dataclass

from kg.model import Modality


@dataclass(frozen=True, slots=True)
class Frame:
    """One deontic statement as strings; empty where the sentence says nothing.

    ``open_slot`` names the field that runs to the end of a lead-in, which its list item goes on with; ``group`` numbers
    the cue, ``extent`` is the stretch of the sentence from the verb to the end of its clause.
    """

    modality: Modality
    actor: str
    action: str
    object: str = ""
    condition: str = ""
    exception: str = ""
    authority: str = ""
    label: str = ""
    passive: bool = False
    open_slot: str = ""
    group: int = 0
    extent: str = ""
