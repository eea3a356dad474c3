"""Which item hangs on which: labels of nested lists, with or without indentation, and their lead-ins."""

import re
from dataclasses import dataclass, field

from extraction.numbering import QUALIFIED, bare, compose, is_roman, key
from extraction.readers.blocks import Block, BlockKind

LEAD_END = re.compile(r"(?::|[—–]|:[-—–])[\"”’)]*$")
SENTENCE_END = re.compile(r"[.!?;…][\"”’)\]]*$")
LAST_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])")
FIRST = frozenset({"1", "a", "i"})
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(slots=True)
class _Item:
    """An open item. ``depth`` is given by the format (lists) or 0 where only the label tells."""

    depth: int
    label: str
    style: str
    number: str
    text: str


@dataclass(slots=True)
class Outline:
    """The open items of one section, innermost last, and the paragraph that leads them in."""

    items: list[_Item] = field(default_factory=list)
    lead: str = ""
    outer: list[_Item] = field(default_factory=list)  # the items that a new series has put aside
    led: bool = False  # the last clause was a paragraph outside lists that leads a list in

    def place(self, section_number: str, block: Block, label: str, text: str, *, listed: bool) -> tuple[str, str]:
        """Number and lead-in chain of the next clause; ``listed`` says that a list item comes right after it."""
        if block.kind is BlockKind.LIST_ITEM and block.depth:
            self._close(block.depth)
        elif label:
            self._unlist()
            if self.led and bare(_parts(label)[0]).lower() in FIRST:
                self.outer, self.items = self.items, []  # a new series under a new lead-in
            for part in _parts(label)[:-1]:
                self._descend(part)
                self._push(section_number, 0, part, "")
            label = _parts(label)[-1]
            self._descend(label)
        elif block.depth:
            self._close(block.depth + 1)
            return (self.items[-1].number if self.items else section_number), ""
        else:
            self._unlist()
            self.lead = _lead(text, listed=listed)
            self.led = bool(self.lead)
            return section_number, ""
        self.led = False
        lead_in = " ".join(
            part for part in (self.lead, *(_lead(item.text, listed=True) for item in self.items)) if part
        )
        item = self._push(section_number, block.depth, label, text)
        return item.number, lead_in

    def _push(self, section_number: str, depth: int, label: str, text: str) -> _Item:
        parent = self.items[-1].number if self.items else section_number
        number = parent + bare(label) if parent.endswith(" ") else compose(parent, label)
        item = _Item(depth, label, _style(label), number.strip(), text)
        self.items.append(item)
        return item

    def _close(self, depth: int) -> None:
        """Closes the explicit items at ``depth`` and below it."""
        while self.items and self.items[-1].depth >= depth:
            self.items.pop()

    def _unlist(self) -> None:
        """A paragraph outside a list closes every explicit list."""
        while self.items and self.items[-1].depth:
            self.items.pop()

    def _descend(self, label: str) -> None:
        """Closes items until ``label`` can stand under the innermost one: it continues a series or opens one."""
        if QUALIFIED.match(label):
            own = key(label)
            while self.items and not (
                QUALIFIED.match(self.items[-1].label)
                and own[: len(key(self.items[-1].label))] == key(self.items[-1].label)
                and own != key(self.items[-1].label)
            ):
                self.items.pop()
            return
        for position in range(len(self.items) - 1, -1, -1):
            if follows(self.items[position].label, label):
                del self.items[position:]
                return
        for position in range(len(self.outer) - 1, -1, -1):
            if follows(self.outer[position].label, label):
                self.items, self.outer = self.outer[:position], []
                return
        if bare(label).lower() in FIRST and not any(item.label == label for item in self.items):
            return
        for position in range(len(self.items) - 1, -1, -1):
            if self.items[position].style == _style(label) and not QUALIFIED.match(self.items[position].label):
                del self.items[position:]
                return


def follows(previous: str, label: str) -> bool:
    """Whether ``label`` is the next one of the series that ``previous`` belongs to.

    >>> follows("(h)", "(i)"), follows("(i)", "(ii)"), follows("2.", "3."), follows("(a)", "(1)")
    (True, True, True, False)
    """
    if previous[:1] != label[:1] and "(" in (previous[:1], label[:1]):
        return False
    old, new = bare(previous), bare(label)
    if old.isdigit() and new.isdigit():
        return int(new) == int(old) + 1
    if len(old) == len(new) == 1 and old.isalpha() and old.islower() == new.islower() and ord(new) == ord(old) + 1:
        return True
    return is_roman(old) and is_roman(new) and _roman(new) == _roman(old) + 1


def _roman(label: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in label]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def _parts(label: str) -> list[str]:
    """``(a)(1)`` is two labels."""
    return re.findall(r"\([^()]+\)", label) if label.startswith("(") else [label]


def _style(label: str) -> str:
    form = "()" if label.startswith("(") else label[-1:]
    name = bare(label)
    return form + ("1" if name[:1].isdigit() else "A" if name.isupper() else "a")


def _lead(text: str, *, listed: bool) -> str:
    """The last sentence of a text that leads a list in; empty when the text is complete in itself."""
    if not text or not (LEAD_END.search(text) or (listed and not SENTENCE_END.search(text))):
        return ""
    return LAST_SENTENCE.split(text)[-1]
