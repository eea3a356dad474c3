"""Each reader turns its format into the same blocks, and says what it could not read."""

import pytest

from extraction.readers import BlockKind, Reading, UnreadableError, read_bytes
from extraction.readers.characters import decode, normalise
from tests.extraction import sample_documents as samples


def texts(reading: Reading, kind: BlockKind) -> list[str]:
    """The texts of one kind of block."""
    return [block.text for block in reading.blocks if block.kind is kind]


def test_markdown_keeps_words_and_drops_markup() -> None:
    """Front matter gives title and version; comments, emoji codes and addresses are gone."""
    reading = read_bytes(samples.MARKDOWN.encode(), "rules.md")
    whole = " ".join(block.text for block in reading.blocks)
    assert (reading.format, reading.title, reading.version) == ("markdown", "House rules", "1.3")
    assert "comment" not in whole
    assert "wave" not in whole
    assert "example.org" not in whole
    assert "main door" in whole
    assert texts(reading, BlockKind.QUOTE) == ["Scenario. A cousin arrives late. See 2.1 for the desk hours."]
    assert texts(reading, BlockKind.FOOTNOTE) == ["It was moved in 2024."]
    items = [(block.number, block.depth) for block in reading.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items == [("1.", 1), ("2.", 1), ("", 2), ("", 2)]


def test_markdown_template_tags() -> None:
    """Template variables take their value from the options, or read as their name; other tags vanish."""
    text = "{% ifversion fpt %}Ask {% data variables.product.prodname_dotcom %} or {% data variables.contact.mail %}.{% endif %}"
    reading = read_bytes(text.encode(), "a.md", {"variables.product.prodname_dotcom": "Acme"})
    assert [block.text for block in reading.blocks] == ["Ask Acme or mail."]


def test_html_reads_the_document_and_not_the_page_around_it() -> None:
    """Navigation, scripts, styles and footers are dropped; lists nest and tables keep their header."""
    reading = read_bytes(samples.HTML.encode(), "rules.html")
    whole = " ".join(block.text for block in reading.blocks)
    assert reading.title == "House rules"
    assert not any(word in whole for word in ("Home", "alert", "color", "Imprint"))
    row = next(block for block in reading.blocks if block.kind is BlockKind.TABLE_ROW)
    assert (row.header, row.cells) == (("Day", "Open"), ("Monday", "8 to 12"))
    assert [b.depth for b in reading.blocks if b.kind is BlockKind.LIST_ITEM] == [1, 1, 2, 2]


def test_html_of_any_depth() -> None:
    """Ten thousand nested elements are read without recursion."""
    page = "<html><body>" + "<div>" * 10_000 + "<p>Deep words.</p>" + "</div>" * 10_000 + "</body></html>"
    assert texts(read_bytes(page.encode(), "deep.html"), BlockKind.PARAGRAPH) == ["Deep words."]


def test_html_drops_footnote_marks() -> None:
    """A raised, linked number is no word of the sentence."""
    page = "<html><body><p>See the act <a href='#f1'><sup>(1)</sup></a> for more.</p></body></html>"
    assert read_bytes(page.encode(), "a.html").blocks[0].text == "See the act for more."


def test_docx_headings_lists_tables() -> None:
    """Styles give headings and quotations, automatic numbers give labels, tables keep their header."""
    reading = read_bytes(samples.docx_bytes(), "rules.docx")
    assert reading.title == "House rules"
    assert texts(reading, BlockKind.HEADING) == ["1. Visitors", "1.1 Guests"]
    assert [b.number for b in reading.blocks if b.kind is BlockKind.LIST_ITEM] == ["1.", "2."]
    assert texts(reading, BlockKind.QUOTE) == ["Scenario. A cousin arrives late."]
    assert [b.cells for b in reading.blocks if b.kind is BlockKind.TABLE_ROW][-1] == ("Monday", "8 to 12")


def test_pdf_layout() -> None:
    """Running heads and page numbers are gone, a broken word is whole, items and table rows stand alone."""
    reading = read_bytes(samples.pdf_bytes(), "rules.pdf")
    whole = " ".join(block.text for block in reading.blocks)
    assert "North Wing begins" in whole
    assert "House rules of" not in whole
    assert "Page" not in whole
    assert "organization of" in whole
    assert texts(reading, BlockKind.HEADING) == ["1. Chapter 1", "2. Chapter 2", "3. Chapter 3"]
    assert [b.number for b in reading.blocks if b.kind is BlockKind.LIST_ITEM] == ["(a)", "(b)"] * 3
    rows = [b for b in reading.blocks if b.kind is BlockKind.TABLE_ROW]
    assert rows[0].header == ("Day", "Opening hours")
    assert rows[1].cells == ("Friday", "8 to 16")
    assert [b.page for b in reading.blocks if b.kind is BlockKind.HEADING] == [1, 2, 3]


def test_pdf_two_columns() -> None:
    """The left column is read to its end before the right one."""
    reading = read_bytes(samples.two_column_pdf(), "columns.pdf")
    whole = " ".join(block.text for block in reading.blocks)
    assert whole.index("left line 11") < whole.index("right line 0")


def test_text_headings_and_items() -> None:
    """Plain text has headings by number and capitals, wrapped lines joined, labelled and bulleted items."""
    reading = read_bytes(samples.TEXT.encode(), "rules.txt")
    assert texts(reading, BlockKind.HEADING) == ["HOUSE RULES", "1. Visitors", "1.1 Guests", "2. The desk"]
    assert texts(reading, BlockKind.PARAGRAPH) == ["Residents must register a guest at the desk."]
    assert len(texts(reading, BlockKind.LIST_ITEM)) == 4


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.md", "empty"),
        (b" \n\0", "a.md", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"\1" * 50, "a.docx", "without a password"),
        (b"\x89PNG\r\n" + b"\1" * 50, "a.pdf", "OCR"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (bytes(range(1, 9)) * 40, "a.txt", "not text"),
        (b"<html><head></head><body></body></html>", "a.html", "no text"),
    ],
)
def test_unreadable(data: bytes, name: str, reason: str) -> None:
    """What cannot be read is refused with a reason."""
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, name)
    assert reason in caught.value.reason


def test_pdf_refusals() -> None:
    """A password and a scan are told apart from damage; the scan's page is named."""
    with pytest.raises(UnreadableError, match="encrypted"):
        read_bytes(samples.pdf_bytes(1, "secret"), "a.pdf")
    with pytest.raises(UnreadableError) as caught:
        read_bytes(samples.scanned_pdf(), "a.pdf")
    assert "OCR" in caught.value.hint
    assert caught.value.place == "page 1"


def test_zip_bomb() -> None:
    """A small archive that unpacks to hundreds of megabytes is refused unread."""
    with pytest.raises(UnreadableError, match="zip bomb"):
        read_bytes(samples.zip_bomb(), "a.docx")


def test_content_decides_the_format() -> None:
    """A wrong file name does not mislead: the first bytes decide."""
    assert read_bytes(samples.pdf_bytes(1), "rules.md").format == "pdf"
    assert read_bytes(samples.docx_bytes(), "rules.pdf").format == "docx"
    assert read_bytes(samples.HTML.encode(), "rules.txt").format == "html"


def test_mixed_encodings_and_stray_marks() -> None:
    """Bytes of two encodings, NULs and direction marks are read, and each is reported with its line."""
    text, notes = decode("caf\u00e9\n".encode() + "caf\u00e9\n".encode("cp1252") + b"a\0b", "a.txt")
    assert text == "caf\u00e9\ncaf\u00e9\nab"
    assert [(note.place, note.reason.split()[0]) for note in notes] == [("line 2", "1"), ("line 3", "1")]
    assert decode("\u202eword".encode(), "a")[0] == "word"
    assert decode("\ufeffw\u00f6rd".encode("utf-16-le"), "a")[0] == "w\u00f6rd"


def test_normal_form() -> None:
    """Ligatures, soft hyphens, special hyphens and spaces come out plain."""
    assert normalise("of\ufb01ce\u00a0co\u00adop\u2011erates \n now\u200b") == "office cooperates now".replace(
        "coop", "coop-"
    )
