"""What a file is, by its first bytes; its name only tells Markdown from plain text."""

import io
import re
import zipfile

from extraction.readers.blocks import UnreadableError

HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
MARKDOWN_SIGN = re.compile(rb"(?m)^(?:#{1,6} \S|\|.+\|[ \t]*$|> |```)")
OCR = "run optical character recognition (OCR) on it first"
KNOWN = "give a document that is pdf, docx, html, md or txt"
AGAIN = "open it in the program that made it and save it again, or fetch it again"
BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old binary or an encrypted Office file", "save it as .docx without a password"),
    (b"{\\rtf", "an RTF file", "save it as .docx"),
    (b"\x89PNG", "an image", OCR),
    (b"\xff\xd8\xff", "an image", OCR),
    (b"GIF8", "an image", OCR),
    (b"II*\0", "an image", OCR),
    (b"MM\0*", "an image", OCR),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"\x7fELF", "a program, not a document", KNOWN),
    (b"MZ", "a program, not a document", KNOWN),
)


def sniff(data: bytes, name: str) -> str:
    """One of ``extraction.readers.FORMATS``; raises :class:`UnreadableError` for everything else."""
    if not data.strip(b"\0 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("the file is empty", "fetch or save it again, or leave it out")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    for mark, what, remedy in BINARY:
        if data.startswith(mark) and (len(mark) > 2 or _binary(data)):
            raise UnreadableError(f"the file is {what}", remedy)
    suffix = name.rsplit(".", 1)[-1].lower()
    if suffix in {"pdf", "docx"} and _binary(data):
        raise UnreadableError(f"the file is named .{suffix} but is damaged, for it does not begin as one", AGAIN)
    if _binary(data):
        raise UnreadableError("the file is not text and of no format known here", KNOWN)
    head = data[:4096].replace(b"\0", b"")
    if HTML.search(head) or suffix in {"html", "htm", "xhtml"}:
        return "html"
    if suffix in {"md", "markdown", "mdown"} or (suffix != "txt" and MARKDOWN_SIGN.search(head)):
        return "markdown"
    return "text"


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableError(f"the archive is damaged ({error})", AGAIN) from error
    if "word/document.xml" in names:
        return "docx"
    raise UnreadableError("the file is a zip archive but no Word document", "unpack it first, or save it as .docx")


def _binary(data: bytes) -> bool:
    """Whether more than a twenty-fifth of the first bytes are control codes that no text has (UTF-16 has NULs only).

    Of bytes drawn at random a tenth are.
    """
    head = data[:4096]
    return sum(byte < 32 and byte not in b"\0\t\n\r\x0c\x1b" for byte in head) * 25 > len(head)
