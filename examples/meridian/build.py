"""Make code.docx, code.html and code.pdf from code.md, the same bytes on every run.

``python examples/meridian/build.py [--output DIR]`` needs python-docx and reportlab. The source keeps to a small
part of Markdown (headings, paragraphs, lists with ``-``, tables, block quotes, ``*`` and ``**``), which is read here
without a parser of its own package, so that what the three formats show is decided in one place.
"""

import argparse
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).resolve().parent
DATE = datetime(2026, 3, 1, tzinfo=UTC)
FOOTER = "Version 4.2, in force from 1 March 2026"
INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the source: ``kind`` is title, section, clause, paragraph, list, table or quote.

    ``lines`` holds the text, one entry per paragraph, list item or table row (cells parted by a tab).
    """

    kind: str
    lines: tuple[str, ...]


def blocks(source: str) -> Iterator[Block]:
    """Read the Markdown of the code block by block."""
    for chunk in re.split(r"\n{2,}", source.strip()):
        lines = chunk.split("\n")
        head = lines[0]
        if head.startswith("## "):
            yield Block("clause", (head[3:],))
        elif head.startswith("# "):
            yield Block("section" if head[2].isdigit() else "title", (head[2:],))
        elif head.startswith("- "):
            yield Block("list", tuple(line[2:] for line in lines))
        elif head.startswith("|"):
            rows = [line.strip("|").split("|") for line in lines if not line.startswith("|--")]
            yield Block("table", tuple("\t".join(cell.strip() for cell in row) for row in rows))
        elif head.startswith("> "):
            yield Block("quote", (" ".join(line[2:] for line in lines),))
        else:
            yield Block("paragraph", (" ".join(lines),))


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Cut a line into (text, style) runs; the style is empty, ``b`` or ``i``."""
    place = 0
    for match in INLINE.finditer(text):
        if match.start() > place:
            yield text[place : match.start()], ""
        yield (match[1], "b") if match[1] else (match[2], "i")
        place = match.end()
    if place < len(text):
        yield text[place:], ""


def tagged(text: str, names: dict[str, str]) -> str:
    """The line as escaped markup, with ``names`` giving the tag of each style."""
    parts = []
    for words, style in runs(text):
        safe = html.escape(words, quote=False)
        parts.append(f"<{names[style]}>{safe}</{names[style]}>" if style else safe)
    return "".join(parts)


# ---------------------------------------------------------------------------------------------------------- HTML

CSS = """body{font:17px/1.55 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b2733}
h1,h2,h3{font-family:Helvetica,Arial,sans-serif;line-height:1.25}h2{margin-top:3rem;border-bottom:2px solid #24587a}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #9fb2c0;padding:.4rem .6rem;text-align:left}
blockquote{margin:1rem 0;padding:.6rem 1rem;border-left:4px solid #24587a;background:#eef4f8}
footer{margin-top:3rem;font-size:.85rem;color:#56646f}"""


def html_block(block: Block) -> str:
    """One block as HTML."""
    lines = [tagged(line, {"b": "strong", "i": "em"}) for line in block.lines]
    if block.kind in {"title", "section", "clause"}:
        level = {"title": 1, "section": 2, "clause": 3}[block.kind]
        number = re.match(r"[\d.]*\d", block.lines[0])
        anchor = f' id="s{number[0].replace(".", "-")}"' if number else ""
        return f"<h{level}{anchor}>{lines[0]}</h{level}>"
    if block.kind == "list":
        return "<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + "\n</ul>"
    if block.kind == "table":
        rows = [line.split("\t") for line in lines]
        head = "".join(f"<th>{cell}</th>" for cell in rows[0])
        body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    if block.kind == "quote":
        return f"<blockquote><p>{lines[0]}</p></blockquote>"
    return f"<p>{lines[0]}</p>"


def make_html(content: tuple[Block, ...]) -> bytes:
    """The code as one self-contained page."""
    title = html.escape(content[0].lines[0])
    body = "\n".join(html_block(block) for block in content)
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n<footer>{FOOTER}</footer>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")


# ---------------------------------------------------------------------------------------------------------- DOCX


def docx_runs(paragraph: DocxParagraph, text: str) -> None:
    """Append a line to a paragraph with its bold and italic runs."""
    for words, style in runs(text):
        run = paragraph.add_run(words)
        run.bold = style == "b" or None
        run.italic = style == "i" or None


def docx_field(paragraph: DocxParagraph, instruction: str) -> None:
    """Append a field such as PAGE, which the word processor fills in."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = instruction
        run._r.append(mark)  # noqa: SLF001  python-docx has no public door to fields


def docx_table(document: DocxDocument, block: Block) -> None:
    """Append a table whose first row is marked as its header."""
    rows = [line.split("\t") for line in block.lines]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(place, column).paragraphs[0]
            cell.add_run(text).bold = place == 0 or None
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  no public door to the header flag
    properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def docx_frame(document: DocxDocument, title: str) -> None:
    """Set the page, the running header and the page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = title
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{FOOTER}\tPage ")
    docx_field(footer, "PAGE")
    footer.add_run(" of ")
    docx_field(footer, "NUMPAGES")
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)


def fixed_zip(data: bytes) -> bytes:
    """The same archive with every entry dated alike, so that equal content gives equal bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return result.getvalue()


def make_docx(content: tuple[Block, ...]) -> bytes:
    """The code as a Word document with real heading and list styles."""
    document = Document()
    title = content[0].lines[0]
    docx_frame(document, title)
    styles = {"title": "Title", "section": "Heading 1", "clause": "Heading 2", "list": "List Bullet", "quote": "Quote"}
    for block in content:
        if block.kind == "table":
            docx_table(document, block)
            continue
        for line in block.lines:
            docx_runs(document.add_paragraph(style=styles.get(block.kind)), line)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by, facts.comments = title, "Plumbline", "Plumbline", ""
    facts.created = facts.modified = DATE.replace(tzinfo=None)
    facts.revision, facts.version, facts.language = 1, "4.2", "en-GB"
    result = io.BytesIO()
    document.save(result)
    return fixed_zip(result.getvalue())


# ----------------------------------------------------------------------------------------------------------- PDF

INK, BLUE = colors.HexColor("#1b2733"), colors.HexColor("#24587a")
BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=10.5, leading=14, spaceAfter=6, textColor=INK, alignment=TA_JUSTIFY
)
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=12, spaceAfter=0, alignment=0)
HEADINGS = {
    "title": ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=24, leading=30, spaceAfter=18, textColor=BLUE),
    "section": ParagraphStyle(
        "section", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=10, textColor=BLUE
    ),
    "clause": ParagraphStyle(
        "clause", fontName="Helvetica-Bold", fontSize=11.5, leading=15, spaceBefore=8, spaceAfter=4
    ),
}


class CodeTemplate(BaseDocTemplate):
    """Pages with a running header (document and section), a footer and an outline of sections and clauses."""

    def __init__(self, target: io.BytesIO, title: str) -> None:
        super().__init__(target, pagesize=A4, title=title, author="Plumbline", subject=FOOTER, invariant=1)
        self.running = ""
        frame = Frame(2.4 * cm, 2.2 * cm, A4[0] - 4.8 * cm, A4[1] - 4.6 * cm, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPageEnd=self.decorate))

    def decorate(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """Draw what repeats on every page; the section is known only when the page has been filled."""
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(BLUE)
        canvas.drawString(2.4 * cm, A4[1] - 1.5 * cm, self.title)
        canvas.drawRightString(A4[0] - 2.4 * cm, A4[1] - 1.5 * cm, self.running)
        canvas.line(2.4 * cm, A4[1] - 1.65 * cm, A4[0] - 2.4 * cm, A4[1] - 1.65 * cm)
        canvas.drawString(2.4 * cm, 1.3 * cm, FOOTER)
        canvas.drawRightString(A4[0] - 2.4 * cm, 1.3 * cm, f"Page {canvas.getPageNumber()}")

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  the name is reportlab's
        """Enter each heading in the outline and remember the section for the header."""
        style = getattr(getattr(flowable, "style", None), "name", "")
        if style in {"section", "clause"}:
            text = flowable.getPlainText()
            self.running = text if style == "section" else self.running
            self.canv.bookmarkPage(text)
            self.canv.addOutlineEntry(text, text, level=0 if style == "section" else 1, closed=style == "section")


def pdf_block(block: Block) -> list[Flowable]:
    """One block as flowables."""
    lines = [tagged(line, {"b": "b", "i": "i"}) for line in block.lines]
    if block.kind in HEADINGS:
        return [Paragraph(lines[0], HEADINGS[block.kind])]
    if block.kind == "list":
        items = [ListItem(Paragraph(line, ParagraphStyle("item", BODY, spaceAfter=2))) for line in lines]
        return [
            ListFlowable(items, bulletType="bullet", start="bulletchar", leftIndent=14, bulletFontSize=8),
            Spacer(1, 5),
        ]
    if block.kind == "table":
        rows = [[Paragraph(cell, CELL) for cell in line.split("\t")] for line in lines]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, BLUE), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#dfeaf2"))]
        return [Table(rows, repeatRows=1, style=TableStyle(grid), spaceAfter=8, hAlign="LEFT")]
    if block.kind == "quote":
        cell = Table([[Paragraph(lines[0], ParagraphStyle("quote", BODY, spaceAfter=0))]], spaceAfter=8)
        marks = [("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#eef4f8")), ("LINEBEFORE", (0, 0), (0, -1), 3, BLUE)]
        cell.setStyle(TableStyle(marks))
        return [cell]
    return [Paragraph(lines[0], BODY)]


def make_pdf(content: tuple[Block, ...]) -> bytes:
    """The code as a PDF; a section opens a page, a clause heading never stands alone at the foot of one."""
    story: list[Flowable] = []
    held: list[Flowable] = []
    for place, block in enumerate(content):
        if block.kind == "section" and place > 2:
            story.append(PageBreak())
        parts = pdf_block(block)
        if block.kind == "clause":
            held = parts
        elif held:
            story.append(KeepTogether(held + parts))
            held = []
        else:
            story.extend(parts)
    result = io.BytesIO()
    CodeTemplate(result, content[0].lines[0]).build(story)
    return result.getvalue()


def main() -> None:
    """Write the three files beside the source or into ``--output``."""
    parser = argparse.ArgumentParser(description="Make code.docx, code.html and code.pdf from code.md.")
    parser.add_argument("--output", type=Path, default=HERE, help="folder for the files (default: beside the source)")
    output: Path = parser.parse_args().output
    content = tuple(blocks((HERE / "code.md").read_text(encoding="utf-8")))
    for name, make in (("code.html", make_html), ("code.docx", make_docx), ("code.pdf", make_pdf)):
        (output / name).write_bytes(make(content))
        print(output / name)


if __name__ == "__main__":
    main()
