"""Damaged documents: every mutation is read or refused by name with a remedy; nothing crashes."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extraction.readers import UnreadableError, read_bytes
from extraction.structure import Source, build
from tests.extraction import sample_documents as samples

EXAMPLE = Path("examples/meridian")
POLICIES = Path("../shared/data/policies")
PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
REAL = (
    "asvs/OWASP_Application_Security_Verification_Standard_5.0.0_en.docx",
    "basecamp/Data_Processing_Addendum_current.pdf",
    "basecamp/terms/index.md",
    "gdpr/gdpr.html",
    "github-site-policy/Policies/github-terms/github-terms-of-service.md",
)


@cache
def originals() -> dict[str, bytes]:
    """One small document per format, and the parts of a Word document."""
    return {
        "a.md": samples.MARKDOWN.encode(),
        "a.html": samples.HTML.encode(),
        "a.txt": samples.TEXT.encode(),
        "a.docx": samples.docx_bytes(),
        "a.pdf": samples.pdf_bytes(1),
        "two.pdf": samples.two_column_pdf(),
        **{part: samples.part_of(samples.docx_bytes(), part) for part in PARTS},
    }


NASTY = st.sampled_from(
    [b"\0", b"\xff", b"<", b">", b"</li>", b"<table>", b"</tr>", b"|", b"> ", b"---\n", b"{%", b"\xe2\x80\xae", b"# ",
     b"\n\n", b"(a)", b"&#0;", b"&#xD800;", b"<script>", b"endobj", b"<!--", b"stream\n", b"9" * 20, b"\xef\xbb\xbf"]
)  # fmt: skip
AT = st.floats(0, 1)
EDIT = st.one_of(
    st.tuples(st.just("flip"), AT, st.integers(0, 7)),
    st.tuples(st.just("insert"), AT, NASTY | st.binary(min_size=1, max_size=6)),
    st.tuples(st.just("delete"), AT, st.integers(1, 40)),
    st.tuples(st.just("replace"), AT, NASTY | st.binary(min_size=1, max_size=6)),
    st.tuples(st.just("repeat"), AT, st.integers(1, 400)),
    st.tuples(st.just("truncate"), AT, st.just(0)),
)
EDITS = st.lists(EDIT, min_size=1, max_size=6)
Edits = list[tuple[str, float, int | bytes]]


def mutated(data: bytes, edits: Edits) -> bytes:
    """The data after each edit in turn; places are shares of its length."""
    for what, where, value in edits:
        at = int(where * max(len(data) - 1, 0))
        if isinstance(value, bytes):
            data = data[:at] + value + data[at + (len(value) if what == "replace" else 0) :]
        elif what == "flip" and data:
            data = data[:at] + bytes([data[at] ^ (1 << value)]) + data[at + 1 :]
        elif what == "delete":
            data = data[:at] + data[at + value :]
        elif what == "repeat":
            data = data[: at + value] + data[at:]
        elif what == "truncate":
            data = data[:at]
    return data


def read_or_refused(data: bytes, name: str) -> None:
    """A reading with exact spans and notes that say what was left out, or a refusal with its remedy."""
    try:
        reading = read_bytes(data, name)
    except UnreadableError as error:
        if not (str(error) and error.hint):
            pytest.fail("refused without a reason or a remedy")
        return
    one = build(reading, Source(name, name, ""))
    assert one.clauses or one.sections
    assert all(one.document.text[c.span.start : c.span.end] == c.text for c in one.clauses)
    assert all(note.reason for note in reading.rejected)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(originals())), EDITS)
def test_mutated_samples(name: str, edits: Edits) -> None:
    """Bytes flipped, inserted, deleted, repeated and cut off anywhere give a reading with exact spans, or a reason."""
    data = mutated(originals()[name], edits)
    if "/" in name:  # a part of a Word document: damage it inside a sound package
        data, name = samples.repacked(samples.docx_bytes(), name, data), "a.docx"
    read_or_refused(data, name)


@settings(max_examples=24, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["code.docx", "code.html", "code.md", "code.pdf"]), EDITS)
def test_mutated_example(name: str, edits: Edits) -> None:
    """So does the example in each of its formats."""
    read_or_refused(mutated((EXAMPLE / name).read_bytes(), edits), name)


@pytest.mark.skipif(not POLICIES.is_dir(), reason="needs ../shared/data/policies")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(REAL), EDITS)
def test_mutated_real_documents(name: str, edits: Edits) -> None:
    """So do real policies, standards and laws."""
    read_or_refused(mutated((POLICIES / name).read_bytes(), edits), name)
