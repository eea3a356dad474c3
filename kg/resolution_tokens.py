"""A name as the pieces it is written in: typography undone, contractions written out, hyphenated words in their parts."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff™®©]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}(?!\w)|(?<![\w.])(?:[A-Z]\.)+[A-Z](?![\w.])")
_PIECE = r"(?:\d[\d,]*(?:\.\d+)*[^\W_]*|[A-Z](?:&[A-Z])+|[^\W_]+(?:'[^\W_]+)*'?)"
_TOKEN = re.compile(rf"{_PIECE}(?:-{_PIECE})*|(?<!\S)-(?=\w)|(?<=\w)-(?!\S)|[<>=≤≥+#%$€£¥×~!*/§]")
_CONTRACTED = re.compile(r"\b(ca|wo|sha|[a-z]{2,})n't\b|\b(can)not\b", re.IGNORECASE)
_PLURAL_MARK = re.compile(r"(?<=[^\W\d_])\(e?s\)")
_PREFIX = re.compile(r"\b([Nn]on|[Aa]nti) (?=[a-z])")
"""A prefix is no word, however it is set."""
_PER_CENT = re.compile(r"\bper cent\b")
_FULL = {"ca": "can", "wo": "will", "sha": "shall"}


def pieces(name: str) -> list[list[str]]:
    """The words, numbers and signs of ``name`` as written; a group holds the parts of a hyphenated word."""
    text = _DASHES.sub("-", _INVISIBLE.sub("", name).replace("’", "'").replace("‘", "'").replace("`", "'"))
    text = unicodedata.normalize("NFKC", text)
    text = _CONTRACTED.sub(_full_form, without_dots(text)).replace("_", " ")
    text = _PLURAL_MARK.sub("", text).replace(" & ", " and ")
    text = _PREFIX.sub(r"\1-", text)
    found = (match.group() for match in _TOKEN.finditer(_PER_CENT.sub("percent", text)))
    # A hyphen at an end is no joint: "-5" is not "5", and "post-" is a part of a word.
    return [["-"] if piece == "-" else piece.split("-") for piece in found]


def without_dots(text: str) -> str:
    """Acronyms without their full stops: U.S. -> US."""
    return _DOTTED.sub(_undotted, text)


def _undotted(match: re.Match[str]) -> str:
    return match.group().replace(".", "")


def _full_form(match: re.Match[str]) -> str:
    if match[2]:
        return "can not"
    return f"{_FULL.get(match[1].lower(), match[1])} not"
