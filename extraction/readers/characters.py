"""Bytes to text, and text to its normal form: one line, single spaces, no invisible characters."""

import re
import unicodedata

from kg.model import Rejected

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u2010": "-",
    "\u2011": "-",
    "\u00ad": "",
    "\ufffe": "-",
}
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff\ufff9-\ufffd\ue000-\uf8ff\ud800-\udfff]"
)
EMOJI = re.compile("[\U0001f000-\U0001faff\U000e0020-\U000e007f]")
TRANSLATION = str.maketrans(LIGATURES)
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def normalise(text: str) -> str:
    """One line in Unicode NFC: ligatures and special hyphens resolved, invisible marks and emoji gone."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(TRANSLATION)
        text = EMOJI.sub("", BIDI.sub("", text))
    return " ".join(INVISIBLE.sub("", text).split())


def decode(data: bytes, source: str) -> tuple[str, tuple[Rejected, ...]]:
    """Text of a file and what had to be dropped or guessed in it.

    A byte order mark decides; else UTF-16 by its NUL bytes, else UTF-8. A file that mixes encodings is decoded line
    by line, UTF-8 first and Windows-1252 where that fails, and says so.
    """
    notes: list[Rejected] = []
    text = _decode_whole(data)
    if text is None:
        lines = data.split(b"\n")
        decoded = [_decode_line(line) for line in lines]
        text = "\n".join(line for line, _ in decoded)
        odd = [number for number, (_, whole) in enumerate(decoded, 1) if not whole]
        reason = f"{len(odd)} lines are not UTF-8 and were read as Windows-1252"
        notes.append(Rejected(source, reason, f"line {odd[0]}"))
    for pattern, what in ((re.compile("\0"), "NUL characters"), (BIDI, "text direction marks")):
        found = pattern.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            text, count = pattern.subn("", text)
            notes.append(Rejected(source, f"{count} {what} were removed", f"line {line}"))
    return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(notes)


def _decode_whole(data: bytes) -> str | None:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    sample = data[:4096]
    nuls = sample.count(0)
    if nuls * 3 > len(sample) > 3:
        return data.decode(
            "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be", errors="replace"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace"), False
