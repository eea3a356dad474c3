"""Damaged documents: every mutation is read or refused by name; nothing crashes."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.readers import UnreadableError, read_bytes
from extraction.structure import Source, build
from tests.extraction import sample_documents as samples


@cache
def originals() -> dict[str, bytes]:
    """One small document per format."""
    return {
        "a.md": samples.MARKDOWN.encode(),
        "a.html": samples.HTML.encode(),
        "a.txt": samples.TEXT.encode(),
        "a.docx": samples.docx_bytes(),
        "a.pdf": samples.pdf_bytes(1),
        "word/document.xml": samples.part_of(samples.docx_bytes(), "word/document.xml"),
        "word/numbering.xml": samples.part_of(samples.docx_bytes(), "word/numbering.xml"),
        "word/styles.xml": samples.part_of(samples.docx_bytes(), "word/styles.xml"),
    }


NASTY = st.sampled_from(
    [
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"</li>",
        b"<table>",
        b"</tr>",
        b"|",
        b"> ",
        b"---\n",
        b"{%",
        b"\xe2\x80\xae",
        b"# ",
        b"\n\n",
        b"(a)",
        b"&#0;",
    ]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400), NASTY | st.binary(max_size=6)), min_size=1, max_size=8)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(originals())), EDITS)
def test_mutated_documents(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    """Bytes cut, replaced and inserted anywhere give a reading with exact spans, or a reason."""
    data = originals()[name]
    for where, cut, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut % 40 :]
    if "/" in name:  # a part of a Word document: damage it inside a sound package
        data, name = samples.repacked(samples.docx_bytes(), name, data), "a.docx"
    try:
        reading = read_bytes(data, name)
    except UnreadableError as error:
        if not error.reason:
            pytest.fail("refused without a reason")
        return
    one = build(reading, Source(name, name, ""))
    assert all(one.document.text[c.span.start : c.span.end] == c.text for c in one.clauses)
