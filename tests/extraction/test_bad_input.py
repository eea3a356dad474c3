"""Bad input: each kind has one named rejection with its remedy, or is read with a note; everything else goes on."""

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from extraction import ExtractionOptions
from extraction.pipeline import read_documents
from extraction.readers import BlockKind, UnreadableError, read_bytes
from extraction.structure import Source, build
from tests.extraction import sample_documents as samples

WHOLE = build(read_bytes(samples.pdf_bytes(), "rules.pdf"), Source("rules.pdf", "rules.pdf", ""))


def word_file(**parts: bytes) -> bytes:
    """A zip package of the given parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def scanned_with_text() -> bytes:
    """A scanned page behind a page with text."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(samples.pdf_bytes(1))
    document.import_pages(pdfium.PdfDocument(samples.scanned_pdf()))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "scan.pdf": (samples.scanned_pdf, "no page of the PDF has text, for it is a scan", "(OCR)"),
    "locked.pdf": (lambda: samples.pdf_bytes(1, "secret"), "the PDF is encrypted", "without a password"),
    "broken.pdf": (lambda: b"%PDF-1.7\n" + b"no objects here " * 20, "the PDF is damaged", "save it again"),
    "bomb.docx": (samples.zip_bomb, "zip bomb", "extraction.max_megabytes"),
    "sheet.docx": (lambda: word_file(**{"xl/workbook.xml": b"<x/>"}), "no Word document", "save it as .docx"),
    "broken.docx": (lambda: samples.docx_bytes()[:3000], "the archive is damaged", "save it again"),
    "odd.docx": (
        lambda: samples.repacked(samples.docx_bytes(), "word/document.xml", b"<w:document>"),
        "the Word document is damaged",
        "save it again",
    ),
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "encrypted Office file", "without a password"),
    "photo.docx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "an image", "(OCR)"),
    "program.md": (lambda: b"\x7fELF" + bytes(range(256)), "a program", "pdf, docx, html, md or txt"),
    "random.docx": (lambda: random.Random(5).randbytes(900), "named .docx but is damaged", "save it again"),
    "random.txt": (lambda: random.Random(6).randbytes(900), "not text", "pdf, docx, html, md or txt"),
    "noise.txt": (lambda: bytes(range(1, 9)) * 40, "not text", "pdf, docx, html, md or txt"),
    "empty.md": (lambda: b"", "the file is empty", "leave it out"),
    "blank.txt": (lambda: b" \r\n\t\0\n" * 9, "the file is empty", "leave it out"),
    "shell.html": (lambda: b"<html><head><title>T</title></head><body><script>x()</script></body></html>", "has no text", "right file"),
}  # fmt: skip


def test_each_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Each unreadable file is listed once, with what is wrong and what to do; the readable ones beside it are read."""
    for name, (make, _, _) in REFUSED.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "rules.md").write_text(samples.MARKDOWN)
    ontology, rejected, yields = read_documents([tmp_path], ExtractionOptions())
    assert [Path(document.path).name for document in ontology.documents] == ["rules.md"]
    reasons = {Path(one.source).name: one.reason for one in rejected}
    assert len(rejected) == len(REFUSED)
    for name, (_, why, remedy) in REFUSED.items():
        assert why in reasons[name]
        assert remedy in reasons[name]
    assert next(one.place for one in rejected if one.source.endswith("scan.pdf")) == "page 1"
    assert (yields[0].read, yields[0].kept, yields[0].rejected) == (len(REFUSED) + 1, 1, len(REFUSED))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_the_error_carries_its_remedy(name: str) -> None:
    """The error itself says why and, apart from that, what to do."""
    with pytest.raises(UnreadableError) as caught:
        read_bytes(REFUSED[name][0](), name)
    assert caught.value.hint
    assert caught.value.reason == f"{caught.value}: {caught.value.hint}"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """200 MB of HTML are refused by their size alone, with the setting that would let them in."""
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(200 * 2**20)
    (tmp_path / "rules.md").write_text(samples.MARKDOWN)
    ontology, rejected, _ = read_documents([tmp_path], ExtractionOptions())
    assert len(ontology.documents) == 1
    assert [one.reason for one in rejected] == [
        "the file has 200 MB, the limit is 64: divide it, or raise extraction.max_megabytes"
    ]


def test_one_scanned_page_is_named() -> None:
    """A scan among pages with text: the text is read, the page is named, OCR suggested."""
    reading = read_bytes(scanned_with_text(), "rules.pdf")
    assert reading.blocks
    assert [(note.place, "(OCR)" in note.reason) for note in reading.rejected] == [("page 2", True)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: re.sub(rb"startxref\s+\d+", b"startxref\n99999999", data),
        lambda data: re.sub(rb"\n\d{10} 00000 n", b"\n0000000007 00000 n", data),
        lambda data: data[: data.rindex(b"xref")],
    ],
    ids=["offset", "entries", "cut off"],
)
def test_a_broken_cross_reference_table_is_rebuilt(damage: Callable[[bytes], bytes]) -> None:
    """A PDF whose table of objects is wrong or gone is read all the same."""
    data = damage(samples.pdf_bytes())
    assert data != samples.pdf_bytes()
    one = build(read_bytes(data, "rules.pdf"), Source("rules.pdf", "rules.pdf", ""))
    assert [clause.text for clause in one.clauses] == [clause.text for clause in WHOLE.clauses]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html"])
@pytest.mark.parametrize("wrong", ["a.txt", "a.md", "a.docx", "a.pdf", "a"])
def test_a_wrong_extension_does_not_mislead(name: str, wrong: str) -> None:
    """The first bytes decide: the same blocks under any name."""
    data = {"a.pdf": samples.pdf_bytes(1), "a.docx": samples.docx_bytes(), "a.html": samples.HTML.encode()}[name]
    assert read_bytes(data, wrong) == read_bytes(data, name)


def test_encodings_that_are_mixed(tmp_path: Path) -> None:
    """UTF-8 and Windows-1252 in one file are both read, and the first odd line is named."""
    good, odd = "Café guests must sign.\n\n", "Naïve guests must ask.\n"
    (tmp_path / "mixed.txt").write_bytes(good.encode() + odd.encode("cp1252"))
    ontology, rejected, _ = read_documents([tmp_path], ExtractionOptions())
    assert [clause.text for clause in ontology.clauses] == [good.strip(), odd.strip()]
    assert [(one.place, "Windows-1252" in one.reason) for one in rejected] == [("line 3", True)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_a_whole_file(encoding: str) -> None:
    """A byte order mark, or UTF-16 without one, changes no word."""
    blocks = read_bytes(samples.TEXT.encode(encoding), "a.txt").blocks
    assert blocks == read_bytes(samples.TEXT.encode(), "a.txt").blocks


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
@pytest.mark.parametrize(("mark", "what"), [("\0", "NUL characters"), ("\u202e", "text direction marks")])
def test_nul_bytes_and_direction_marks(name: str, mark: str, what: str) -> None:
    """What hides in the text is taken out and counted: the words are those of the clean file, the spans exact."""
    text = {"a.md": samples.MARKDOWN, "a.html": samples.HTML, "a.txt": samples.TEXT}[name]
    reading = read_bytes(text.replace("guest", f"gu{mark}est").encode(), name)
    assert reading.blocks == read_bytes(text.encode(), name).blocks
    assert [one.reason for one in reading.rejected] == [f"{text.count('guest')} {what} were removed"]
    one = build(reading, Source(name, name, ""))
    assert all(one.document.text[c.span.start : c.span.end] == c.text for c in one.clauses)


def headings(name: str) -> bytes:
    """10,000 headings, each over one paragraph."""
    rows = {
        "a.md": "#{dashes} Part {number}\n\nGuests must sign book {number}.\n\n",
        "a.html": "<h{level}>Part {number}</h{level}><p>Guests must sign book {number}.</p>",
        "a.txt": "{chapter}.{part} Part\n\nGuests must sign book {number}.\n\n",
    }
    row = rows[name]
    body = "".join(
        row.format(dashes="#" * (n % 6), level=n % 6 + 1, number=n, chapter=n // 100 + 1, part=n % 100 + 1)
        for n in range(1, 10_001)
    )
    return (f"<html><body>{body}</body></html>" if name == "a.html" else body).encode()


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_ten_thousand_headings(name: str) -> None:
    """All are sections, however they nest."""
    one = build(read_bytes(headings(name), name), Source(name, name, ""))
    assert len(one.clauses) == 10_000
    assert len(one.sections) == 10_000
    assert max(section.level for section in one.sections) <= 6


SCRIPTS = (
    "<script>steal()</script>",
    "<SCRIPT type='text/javascript'>steal()</SCRIPT >",
    "<script\n>steal('</scr' + 'ipt>')</script>",
    "<style>p { content: 'steal()' }</style>",
    "<svg onload='steal()'><script>steal()</script></svg>",
    "<img src=x onerror='steal()'>",
    '<a href="javascript:steal()">the rules</a>',
    "<iframe srcdoc='steal()'></iframe>",
    "<noscript><img src='steal()'></noscript>",
    "<!-- steal() -->",
)  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_scripts_are_no_words(name: str, script: str) -> None:
    """No word of a script, a style, an attribute or a comment comes through; the words around them do."""
    text = (
        f"<html><body><p>Before.</p>{script}<p>After.</p></body></html>"
        if name == "a.html"
        else f"Before.\n\n{script}\n\nAfter."
    )
    words = " ".join(block.text for block in read_bytes(text.encode(), name).blocks)
    assert "steal" not in words
    assert "Before." in words
    assert "After." in words


def test_markup_in_words_stays_text() -> None:
    """What a document writes about markup is kept as its words, so that whoever shows them must escape them."""
    page = "<html><body><p>Never write &lt;script&gt;alert(1)&lt;/script&gt; in a name.</p></body></html>"
    (block,) = read_bytes(page.encode(), "a.html").blocks
    assert (block.kind, block.text) == (BlockKind.PARAGRAPH, "Never write <script>alert(1)</script> in a name.")
