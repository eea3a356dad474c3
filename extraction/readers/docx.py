"""Word documents (Office Open XML) to blocks: python-docx opens the package, the body is walked as XML.

Walking the XML keeps what python-docx hides: automatic numbers, content controls, tracked insertions, footnotes.
Deleted text, field codes, headers and footers are left out.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extraction.numbering import BULLET
from extraction.readers.blocks import Block, BlockKind, Reading, UnreadableError
from extraction.readers.characters import normalise
from extraction.readers.docx_styles import Numbering, Styles, flag, value
from extraction.readers.sniff import AGAIN
from extraction.readers.text import heading_level, is_title

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "footnoteReference", "rPr", "pPr")
)
QUOTE_STYLE = re.compile(r"quote|callout|call-out|scenario|note|block ?text|box|example", re.IGNORECASE)
MAX_RATIO = 200


def read_docx(data: bytes, max_megabytes: int = 64) -> Reading:
    """Blocks of a Word document. Raises UnreadableError when it is encrypted, damaged or unpacks to too much."""
    import docx

    _check_archive(data, max_megabytes)
    try:
        document = docx.Document(io.BytesIO(data))
        rendered = next(document.element.body.iter(f"{W}lastRenderedPageBreak"), None) is not None
        walk = _Walk(Styles.read(document), Numbering.read(document), page=int(rendered))
        blocks = tuple(walk.body(document.element.body))
        notes = tuple(_footnotes(document))
        title = walk.title or normalise(document.core_properties.title or "")
        version = normalise(document.core_properties.version or "")
    except UnreadableError:
        raise
    except Exception as error:
        # A damaged package fails in many ways (KeyError, zlib, lxml, ValueError); all mean the same to the user.
        raise UnreadableError(f"the Word document is damaged ({type(error).__name__}: {error})", AGAIN) from error
    return Reading("docx", title, version, walk.page, _promote(blocks) + notes)


def _check_archive(data: bytes, max_megabytes: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableError(f"the Word document is damaged ({error})", AGAIN) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("the Word document is encrypted", "save it without a password")
    size = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if size > max_megabytes * 2**20 or (size > 32 * 2**20 and size > MAX_RATIO * packed):
        raise UnreadableError(
            f"the Word document unpacks to {size // 2**20} MB from {len(data) // 2**10} KB and is refused as a zip bomb",
            "if you trust it, raise extraction.max_megabytes or save it again without its pictures",
        )


def _promote(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A document without heading styles: its bold or numbered short paragraphs are the headings."""
    if any(block.kind is BlockKind.HEADING for block in blocks):
        return blocks
    out = []
    for block in blocks:
        text = f"{block.number} {block.text}".strip()
        if (
            block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
            and block.style == "bold"
            and is_title(text.rstrip(".:"))
        ):
            out.append(
                Block(BlockKind.HEADING, text, level=heading_level(block.number or text.split()[0]), page=block.page)
            )
        else:
            out.append(block)
    return tuple(out)


@dataclass(slots=True)
class _Walk:
    """One pass over the body."""

    styles: Styles
    numbering: Numbering
    title: str = ""
    page: int = 0  # counted only where Word has noted its page breaks
    pending: list[Block] = field(default_factory=list)

    def body(self, element: Any) -> Iterator[Block]:
        """Paragraphs and tables below an element, through content controls and custom markup."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"}:
                yield from self.body(child)

    def _text(self, element: Any) -> str:
        parts: list[str] = []
        stack = [iter(element)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == f"{W}t":
                parts.append(child.text or "")
            elif child.tag in {f"{W}tab", f"{W}cr"}:
                parts.append(" ")
            elif child.tag == f"{W}br":
                parts.append("\n")
            elif child.tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif child.tag == f"{W}lastRenderedPageBreak":
                self.page += 1
            elif child.tag == f"{W}txbxContent":
                self.pending.extend(Block(BlockKind.QUOTE, b.text, page=self.page) for b in self.body(child))
            elif child.tag != FALLBACK and child.tag not in SKIPPED:
                stack.append(iter(child))
        return normalise("".join(parts))

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        text = self._text(paragraph)
        pending, self.pending = self.pending, []
        style = self.styles.of(paragraph)
        if text and style.name.lower() == "title" and not self.title:
            self.title = text
        elif text and not style.contents:
            yield self._block(paragraph, text)
        yield from pending

    def _block(self, paragraph: Any, text: str) -> Block:
        style = self.styles.of(paragraph)
        label, depth = self.numbering.label(paragraph, style)
        if style.heading:
            return Block(BlockKind.HEADING, f"{label} {text}".strip(), level=style.heading, page=self.page)
        if QUOTE_STYLE.search(style.name) and not style.name.lower().startswith("footnote"):
            return Block(BlockKind.QUOTE, text, page=self.page)
        bold = "bold" if _all_bold(paragraph) else ""
        if depth:
            bullet = BULLET.match(text)
            rest = text[bullet.end() :] if bullet and not label else text
            return Block(BlockKind.LIST_ITEM, rest or text, number=label, depth=depth, page=self.page, style=bold)
        if style.list_depth:
            bullet = BULLET.match(text)
            return Block(
                BlockKind.LIST_ITEM, text[bullet.end() :] if bullet else text, depth=style.list_depth, page=self.page
            )
        bullet = BULLET.match(text)
        if bullet and text[bullet.end() :]:
            return Block(BlockKind.LIST_ITEM, text[bullet.end() :], depth=1, page=self.page)
        return Block(BlockKind.PARAGRAPH, text, page=self.page, style=bold)

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        if len(rows) == 1 and len(rows[0].findall(f"{W}tc")) == 1:
            for block in self.body(rows[0].find(f"{W}tc")):
                yield Block(BlockKind.QUOTE, block.text, page=block.page)
            return
        header: tuple[str, ...] = ()
        above: list[str] = []
        for index, row in enumerate(rows):
            cells, merged = self._cells(row)
            cells = [above[i] if merged[i] and i < len(above) else cell for i, cell in enumerate(cells)]
            above = cells
            if index == 0 and _is_header(table, row, cells):
                header = tuple(cells)
            elif any(cells):
                page = self.page
                yield Block(BlockKind.TABLE_ROW, " | ".join(cells), cells=tuple(cells), header=header, page=page)

    def _cells(self, row: Any) -> tuple[list[str], list[bool]]:
        cells: list[str] = []
        merged: list[bool] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            properties = cell.find(f"{W}tcPr")
            span = int(value(properties, "gridSpan") or 1) if properties is not None else 1
            continues = (
                properties is not None
                and (join := properties.find(f"{W}vMerge")) is not None
                and join.get(f"{W}val") != "restart"
            )
            text = " ".join(filter(None, (self._text(paragraph) for paragraph in cell.iter(f"{W}p"))))
            cells.extend([text, *[""] * (min(span, 60) - 1)])
            merged.extend([continues, *[False] * (min(span, 60) - 1)])
        return cells, merged


def _is_header(table: Any, row: Any, cells: list[str]) -> bool:
    if sum(bool(cell) for cell in cells) < 2 or any(len(cell.split()) > 12 for cell in cells):
        return False
    marked = row.find(f"{W}trPr/{W}tblHeader") is not None
    look = table.find(f"{W}tblPr/{W}tblLook")
    first = look is not None and (look.get(f"{W}firstRow") == "1" or int(look.get(f"{W}val") or "0", 16) & 0x20)
    return bool(marked or first or all(_all_bold(p) for p in row.iter(f"{W}p") if p.findall(f".//{W}t")))


def _all_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
    return bool(runs) and all(flag(run.find(f"{W}rPr"), "b") for run in runs)


def _footnotes(document: Any) -> Iterator[Block]:
    from lxml import etree

    for relation in document.part.rels.values():
        if not relation.reltype.endswith(("/footnotes", "/endnotes")) or relation.is_external:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(relation.target_part.blob, parser=parser)
        for note in root:
            text = normalise(" ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in note.iter(f"{W}p")))
            if text and note.get(f"{W}type") is None:
                yield Block(BlockKind.FOOTNOTE, text, number=note.get(f"{W}id") or "")
