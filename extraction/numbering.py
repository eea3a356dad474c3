"""The numbering of codes, standards and laws: ``3.2``, ``(a)(1)(ii)``, ``§ 164.502``, ``Article 5``, ``V1.2.3``."""

import re

BULLET = re.compile(r"^(?:[•◦▪▫■□●○‣⁃∙·➢➤✓✔*+]|[-–—](?=\s)|o(?=\s))\s*")
UNIT = r"Articles?|Sections?|Chapter|Part|Subpart|Title|Schedule|Appendix|Annex|Exhibit|Clause|Division|Recital"
NAMED = re.compile(rf"^({UNIT})\s+(\d+(?:\.\d+)*[A-Z]?|[IVXLC]+|[A-Z])(?![\w])[\s.:,—–-]*(.*)$", re.IGNORECASE)
PARAGRAPH_SIGN = re.compile(r"^§+\s*(\d+[a-z]?(?:\.\d+[a-z]?)*)(?:\.(?=\s))?\s*(.*)$")
DOTTED = re.compile(r"^([VA]?\d{1,3}[A-Z]?(?:\.\d{1,3}[A-Z]?)+)[.)]?[\s:—–-]+(.*)$")
POINT = re.compile(r"^(\d{1,3}[A-Z]?|[A-Z]\d{1,2}-\d{1,3}|[A-Z]|[IVXL]{1,6})[.)]\s+(.*)$")
BARE = re.compile(r"^(V\d{1,2}|\d{1,2})\s+([A-Z].*)$")
CHAIN = re.compile(r"^((?:\((?:[a-z]{1,2}|[ivxl]{1,6}|\d{1,3}[a-z]?|[A-Z])\)\s?){1,5})\s*(.*)$")
LABEL_POINT = re.compile(r"^((?:\d{1,3}|[a-zA-Z]|[ivxl]{1,5}|[IVXL]{1,6})(?:\.\)|[.)]))\s+(.*)$")
ROMAN = re.compile(r"^[ivxl]+$")
# "D.1", "C.10", "1.a", "2(b)", "R-12", "A1.": labels that are whole by themselves. One without a mark behind it needs a
# capital after it: "COVID-19 tests are free" opens a sentence.
LETTERED = re.compile(r"^([A-Z]{1,2}(?:\.\d{1,2})+[a-z]?|\d{1,3}(?:\.(?:\d{1,3}|[a-z]))+)[.):]?[\s–—-]+(?=\S)(.*)$")
BRACKETED = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\))+)[.:]?\s+(.*)$")
_MARK = r"(?:[.):]\s+|\s+[–—-]\s+|\s+(?=[\"“‘]?[A-Z](?:[a-z]|\s)))"
CODED = re.compile(
    rf"^([A-Z]{{1,3}}-\d{{1,3}}(?:\.\d{{1,2}})*|[A-Z]\d{{1,3}}(?:\.\d{{1,2}})*(?=[.):]\s|\s[–—-]\s)){_MARK}(.*)$"
)
PIECE = r"Articles?|Art\.|Sections?|Sec\.|Clause|Rule|Paragraph|Para\.|Point|Item|Step|Principle|Standard|Requirement|Regulation|No\."
WORDED = re.compile(rf"^((?:{PIECE})\s?\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?){_MARK}(.*)$")
DASHED = re.compile(r"^(\d{1,2})(?::|\s[–—-])\s+(?=[\"“‘]?[A-Z])(.*)$")
QUALIFIED = re.compile(
    rf"^(?:§|V\d|\d+[A-Z]?\.[\da-z]|\d+\(|[A-Z]{{1,2}}\.\d|[A-Z]{{1,3}}-?\d|(?:{UNIT})\s|(?:{PIECE})\s?\d)",
    re.IGNORECASE,
)


def heading_number(text: str) -> tuple[str, str]:
    """Number and title of a heading; an empty number where it has none.

    >>> heading_number("§ 164.502 Uses and disclosures")
    ('§ 164.502', 'Uses and disclosures')
    >>> heading_number("1. Acceptable use")
    ('1', 'Acceptable use')
    """
    if found := PARAGRAPH_SIGN.match(text):
        return f"§ {found.group(1)}", found.group(2)
    if found := NAMED.match(text):
        name, number, title = found.groups()
        # "Part of the deal" and "Section a customer may read" are titles, not numbers.
        if text[0].isupper() and number[0].isupper() | number[0].isdigit():
            return f"{name.title()} {number}", title
    for pattern in (DOTTED, POINT, BARE, LETTERED, CODED, WORDED):
        if found := pattern.match(text):
            return found.group(1), found.group(2).strip()
    return "", text


def split_label(text: str) -> tuple[str, str]:
    """The label of a numbered paragraph and its text: ``(a)(1) To ...``, ``2.1 The ...``, ``iv. ...``."""
    for pattern in (CHAIN, DOTTED, LETTERED, BRACKETED, LABEL_POINT, CODED, WORDED, DASHED):
        if found := pattern.match(text):
            return found.group(1).strip().replace(") (", ")("), found.group(2)
    if found := PARAGRAPH_SIGN.match(text):
        return f"§ {found.group(1)}", found.group(2)
    return "", text


def bare(label: str) -> str:
    """A label without its points and brackets around: ``3.`` -> ``3``, ``(a)(1)`` -> ``a)(1``."""
    return label.strip().strip("().").strip()


def compose(parent: str, label: str) -> str:
    """The full number of an item ``label`` under ``parent``.

    >>> compose("Article 5", "1."), compose("§ 164.502", "(a)(1)"), compose("3.2", "3.2.1")
    ('Article 5(1)', '§ 164.502(a)(1)', '3.2.1')
    """
    if not label:
        return parent
    if QUALIFIED.match(label):
        return label.rstrip(".)") if not label.endswith(")") or "(" not in label else label
    if label.startswith("("):
        return parent + label
    return f"{parent}({bare(label)})" if parent else bare(label)


def compose_section(parent: str, number: str) -> str:
    """The full number of a heading: a lone ``3`` under ``B`` is ``B.3``; under ``Chapter I`` it stays ``3``."""
    if not number or not parent or " " in parent or QUALIFIED.match(number):
        return number
    return f"{parent}.{number}"


def key(number: str) -> tuple[str, ...]:
    """What makes two ways of writing a number the same: ``B(5)``, ``B.5`` and ``section B.5`` agree."""
    text = re.sub(r"\b(?:sections?|clauses?|paragraphs?|part|rules?|requirements?)\b|§", " ", number.lower())
    parts = re.findall(r"[a-z]+|\d+[a-z]?\b|\d+", text)
    if parts and parts[0] == "v" and len(parts) > 1:
        parts = parts[1:]
    if parts and parts[0] in {"articles", "art"}:
        parts[0] = "article"
    return tuple(parts)


def is_roman(label: str) -> bool:
    """Whether a label can be a small Roman numeral (``i``, ``iv``, but not ``c`` or ``d``)."""
    return bool(ROMAN.match(bare(label)))
