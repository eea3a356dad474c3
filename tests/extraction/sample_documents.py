"""Small original documents in every format, made in memory for the tests of the readers."""

import io
import zipfile

MARKDOWN = """---
title: House rules
version: 1.3
---
<!-- a comment that nobody should read -->

# House rules

Residents agree to the following.

# 1. Visitors

## 1.1 Guests

Residents must register a guest at the desk. :wave:

A guest may not:

1. smoke indoors;
2. use the workshop, unless:
   - a resident is present; and
   - the machine is off.

> **Scenario.** A cousin arrives late. See 2.1 for the desk hours.

**Q:** May a guest stay for a week?

**A:** No. A guest may stay for three nights.

## 1.2 Old rule

*Superseded on 1 May 2025 by 1.1.*

Guests must sign the book.

# 2. The desk

## 2.1 Hours

| Day | Open |
| --- | --- |
| Monday | 8 to 12 |
| Friday | 8 to 16 |

"Desk" means the room beside the [main door](https://example.org).[^1]

[^1]: It was moved in 2024.
"""

HTML = """<!DOCTYPE html><html><head><title>House rules</title><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a></nav><script>alert('x')</script>
<main><h1>House rules</h1><p>Residents agree to the following.</p>
<h2>1. Visitors</h2><h3>1.1 Guests</h3>
<p>Residents must register a guest at the desk.</p><p>A guest may not:</p>
<ol><li>smoke indoors;</li><li>use the workshop, unless:<ul><li>a resident is present; and</li><li>the machine is off.</li></ul></li></ol>
<blockquote><p><b>Scenario.</b> A cousin arrives late.</p></blockquote>
<p><strong>Q:</strong> May a guest stay for a week?</p><p><strong>A:</strong> No.</p>
<h2>2. The desk</h2><h3>2.1 Hours</h3>
<table><thead><tr><th>Day</th><th>Open</th></tr></thead><tr><td>Monday</td><td>8 to 12</td></tr></table>
</main><footer>Imprint</footer></body></html>"""

TEXT = """HOUSE RULES

1. Visitors

1.1 Guests

Residents must register a guest
at the desk.

(a) A guest may smoke outdoors;
(b) a guest may use the garden.

2. The desk

- The desk opens at eight.
- The desk closes at four.
"""


def docx_bytes() -> bytes:
    """A Word document with headings, a list, a table with header and a quotation."""
    import docx

    document = docx.Document()
    document.add_paragraph("House rules", style="Title")
    document.add_heading("1. Visitors", 1)
    document.add_heading("1.1 Guests", 2)
    document.add_paragraph("A guest may not:")
    document.add_paragraph("smoke indoors;", style="List Number")
    document.add_paragraph("use the workshop.", style="List Number")
    document.add_paragraph("Scenario. A cousin arrives late.", style="Quote")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Day", "Open", "Monday", "8 to 12"), strict=True
    ):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(package: bytes, part: str, content: bytes) -> bytes:
    """A zip package with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def part_of(package: bytes, part: str) -> bytes:
    """One part of a zip package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(part)


def pdf_bytes(pages: int = 3, password: str = "") -> bytes:
    """A PDF with a running head, page numbers, headings, a broken word, a list and a table."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(595, 842),
        encrypt=StandardEncryption(password) if password else None,
        invariant=1,
        pageCompression=0,
    )
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(70, 810, "House rules of the North Wing")
        canvas.drawString(280, 30, f"Page {number} of {pages}")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(70, 760, f"{number}. Chapter {number}")
        canvas.setFont("Helvetica", 10)
        lines = (
            (70, 730, "Residents must register every guest at the desk, and they must do so before the organi-"),
            (70, 716, "zation of an evening in the common room of the North Wing begins."),
            (70, 690, "A guest may not:"),
            (70, 670, "(a) smoke indoors;"),
            (70, 650, "(b) use the workshop."),
            (70, 620, "Day"),
            (270, 620, "Opening hours"),
            (70, 600, "Monday"),
            (270, 600, "8 to 12"),
            (70, 580, "Friday"),
            (270, 580, "8 to 16"),
        )
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def two_column_pdf() -> bytes:
    """One page of prose in two columns under a title that spans both."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(70, 780, "A title that runs across both of the columns here")
    canvas.setFont("Helvetica", 10)
    for row in range(12):
        canvas.drawString(70, 740 - 13 * row, f"left line {row} has several plain words in it")
        canvas.drawString(320, 740 - 13 * row, f"right line {row} has several plain words in it")
    canvas.save()
    return out.getvalue()


def scanned_pdf() -> bytes:
    """A page that is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 50, 50, 400, 600)
    canvas.save()
    return out.getvalue()


def zip_bomb() -> bytes:
    """A Word package of a few hundred kilobytes that unpacks to 300 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as entry,
    ):
        for _ in range(300):
            entry.write(b" " * 2**20)
    return out.getvalue()
