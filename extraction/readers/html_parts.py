"""Parts of an HTML page with a state of their own: the rows of a table, the numbers of list items."""

from dataclasses import dataclass, field

from lxml import html as lxml_html

from extraction.readers.blocks import Block, BlockKind

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Table:
    """The rows of one table; a first row of ``th`` cells is its header."""

    header: tuple[str, ...] = ()
    cells: list[str] = field(default_factory=list)
    heads: int = 0
    spans: list[int] = field(default_factory=list)

    def open_cell(self, element: lxml_html.HtmlElement, tag: str) -> None:
        self.cells.append("")
        self.heads += tag == "th"
        self.spans.append(max(1, min(50, integer(element.get("colspan"), 1))))

    def add(self, text: str) -> None:
        if self.cells:
            self.cells[-1] = f"{self.cells[-1]} {text}".strip()

    def close_row(self, out: list[Block], *, quoted: bool) -> None:
        cells = tuple(
            cell for cell, span in zip(self.cells, self.spans, strict=True) for cell in [cell, *[""] * (span - 1)]
        )
        all_heads = bool(self.cells) and self.heads == len(self.cells)
        self.cells, self.spans, self.heads = [], [], 0
        filled = [cell for cell in cells if cell]
        if all_heads and not self.header and len(filled) > 1:
            self.header = cells
        elif len(filled) == 1 and len(cells) == 1:
            out.append(Block(BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH, filled[0]))
        elif filled:
            out.append(Block(BlockKind.TABLE_ROW, " | ".join(cells), cells=cells, header=self.header))


def integer(value: str | None, default: int) -> int:
    """An attribute as a number, or ``default`` when it is none."""
    return int(value) if value and value.strip().lstrip("-").isdecimal() and len(value) < 9 else default


def counted(number: int, style: str) -> str:
    """The number of a list item as its list's ``type`` writes it."""
    if style in {"a", "A"} and 1 <= number <= 26:
        letter = ALPHABET[number - 1]
        return letter if style == "a" else letter.upper()
    if style in {"i", "I"} and 1 <= number < 90:
        return roman(number) if style == "i" else roman(number).upper()
    return str(number)


def roman(number: int) -> str:
    """A number from 1 to 89 in small Roman numerals."""
    out = ""
    for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + sign, number - value
    return out
