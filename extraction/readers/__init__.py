"""One reader per format, each from bytes to blocks. The content decides the format, not the name.

``READERS`` is the visible table: format -> ``module:function``, imported when the first such document comes.
"""

from collections.abc import Mapping
from pathlib import Path

from extraction.readers.blocks import Block, BlockKind, Reading, UnreadableError
from extraction.readers.characters import decode
from extraction.readers.sniff import sniff

__all__ = ["FORMATS", "Block", "BlockKind", "Reading", "UnreadableError", "read_bytes", "read_document"]

FORMATS = ("markdown", "html", "docx", "pdf", "text")


def read_document(path: Path, variables: Mapping[str, str] | None = None, max_megabytes: int = 64) -> Reading:
    """The blocks of the document at ``path``.

    Raises :class:`UnreadableError` with the reason when there is nothing to read: missing, empty, encrypted,
    damaged, too large, or of no format that is known here.
    """
    try:
        size = path.stat().st_size
        if size > max_megabytes * 1024 * 1024:
            raise UnreadableError(
                f"the file has {size // 2**20} MB, the limit is {max_megabytes}",
                "divide it, or raise extraction.max_megabytes",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"the file cannot be opened ({error.strerror or error})", "check its path and your rights to read it"
        ) from error
    return read_bytes(data, path.name, variables, max_megabytes)


def read_bytes(data: bytes, name: str, variables: Mapping[str, str] | None = None, max_megabytes: int = 64) -> Reading:
    """The blocks of a document given as bytes; ``name`` tells Markdown from plain text. Raises as above."""
    reading = _read(sniff(data, name), data, name, variables, max_megabytes)
    if not reading.blocks:
        raise UnreadableError("the document has no text", "check that it is the right file, or leave it out")
    return reading


def _read(form: str, data: bytes, name: str, variables: Mapping[str, str] | None, max_megabytes: int) -> Reading:
    if form == "pdf":
        from extraction.readers.pdf import read_pdf

        return read_pdf(data, name)
    if form == "docx":
        from extraction.readers.docx import read_docx

        return read_docx(data, max_megabytes)
    text, notes = decode(data, name)
    reading = _read_text(form, text, name, variables)
    return Reading(
        reading.format, reading.title, reading.version, reading.pages, reading.blocks, notes + reading.rejected
    )


def _read_text(form: str, text: str, name: str, variables: Mapping[str, str] | None) -> Reading:
    if form == "html":
        from extraction.readers.html import read_html

        return read_html(text)
    if form == "markdown":
        from extraction.readers.markdown import read_markdown

        return read_markdown(text, name, variables)
    from extraction.readers.text import read_text

    return read_text(text, name)
