"""Sentences with their places, and the chain of lead-ins that a list item hangs on."""

import re

from extraction.lexicon import word_set

_ABBREVIATIONS = word_set(
    "jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. dec. fed. reg. "
    "e.g. i.e. etc. mr. mrs. ms. dr. inc. ltd. co. corp. no. art. sec. vs. u.s. u.k. st. para. approx. cf. viz. al."
)
_END = re.compile(r"[.!?…][\"”’')\]*_]*(?=\s+[\"“‘'(\[*_]*[A-Z0-9“‘§$€]|\s*$)|\n\s*\n|\n(?=\s*[-*•])")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Character ranges ``[start, end)`` of the sentences of ``text``, blanks at their ends left out.

    >>> sentences("Ask first. Then act.")
    ((0, 10), (11, 20))
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _is_abbreviation(text, start, match.start()):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = (_trim(text, begin, end) for begin, end in spans)
    return tuple((begin, end) for begin, end in trimmed if end > begin)


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    word = re.search(r"[\w.]*$", text[start:dot])
    token = (word.group() if word else "") + "."
    if token.lower() in _ABBREVIATIONS or re.fullmatch(r"(?:[A-Za-z]\.){1,4}", token):
        return (
            not token.lower().startswith(("etc", "inc", "ltd", "co.", "corp"))
            or text[dot + 1 : dot + 3].strip().islower()
        )
    return bool(re.fullmatch(r"\s*[\dIVXivx]{1,4}\.", text[start : dot + 1])) or not text[start:dot].strip()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lead_ins(context: str) -> tuple[str, ...]:
    """The parts of a chain of lead-ins, outermost first, without their colons."""
    parts = re.split(r":\s+|:$|(?<=[.!?])\s+(?=[A-Z])", context.strip())
    parts = [without_heading(part) for part in parts]
    stripped = (_FILLERS.sub("", part.strip(" –—-\t")).strip(" ,") for part in parts)
    return tuple(_TO_DO.sub(r"\1", part) for part in stripped if part)


_TO_DO = re.compile(
    r"\b(must|shall)(?: also)? do (?:(?:all|each|any|both|one or more) of )?the following(?: things)?$",
    re.IGNORECASE,
)
"""The items say what "Members must do the following:" leaves open."""


_HEADED = re.compile(r"^(?:[A-Z][^—–;.!?]{2,120} [—–] )+(?=[A-Z][a-z]* )")


_LABELLED = re.compile(
    r"^(?!(?:[Pp]lease |[Tt]he |[Aa]n? )?(?:[\w’'-]+ ){0,3}(?:must|shall|may|should|will|is|are|not|to|include|includes|following):)"
    r"(?:[A-Z][\w’'-]*(?: [\w’'-]+){0,3}: )+(?=(?:The|An?|We|You|No|Any|All|Each|Every|If|When|Where|Our|Your|This|These)\b (?:[\w’',-]+ ){3})"
)
"""A label of a few words before a whole sentence ("In short: We do not ...")."""


def without_heading(text: str) -> str:
    """``text`` without a title before a dash.

    >>> without_heading("Standard: Fees and fines — A member must pay.")
    'A member must pay.'
    """
    return _LABELLED.sub("", _HEADED.sub("", text.strip()))


_WAIVED = re.compile(
    r"\b(may|will|shall|must|can), (?:but|and) (?:is|are|shall|will)(?: be)? (?:not|under no) "
    r"(?:required|obliged|obligated|obligation|duty)(?: to)?, ",
)


_NOT_ASKED = re.compile(
    r"\b(recommend|advise|encourage|suggest), (?:but|though) (?:do|does) not (?:require|demand|insist),? that\b"
)


def without_waivers(text: str) -> str:
    """``text`` without what takes nothing from a permission and hides its verb.

    >>> without_waivers("The host may, but is not required to, offer tea.")
    'The host may offer tea.'
    """
    text = _NOT_ASKED.sub(r"\1 that", _PLURAL.sub("s", text))
    return _HOURS.sub(r"\1, ", _PREFACE.sub("", _WAIVED.sub(r"\1 ", text)))


_PLURAL = re.compile(r"(?<=[a-zA-Z]{2})\(s\)(?=[\s,.;:]|$)")
"""The "(s)" of "the file(s)", at which a tokeniser breaks."""
_HOUR = r"\d{1,2}(?:[.:]\d\d(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)"
_HOURS = re.compile(rf"^((?:Between|From) {_HOUR} (?:and|to|until) {_HOUR}) (?=[a-z])(?!o[’']clock)")
"""Hours at the head of a sentence, which a parser takes for a number of what follows ("Between 8 and 19 guests may")."""


_PREFACE = re.compile(
    r"^(?:for the avoidance of (?:any )?doubt|for (?:the sake of )?clarity|to be clear|by (?:way of )?derogation from [^,;:]{3,60}), ",
    re.IGNORECASE,
)
"""What opens a sentence and says nothing; a parser hangs the subject on it."""


_FILLERS = re.compile(
    r",?\s*\b(?:in particular|inter alia|at least|at a minimum|as a minimum|as appropriate|without limitation)\b,?(?=\s|$)",
    re.IGNORECASE,
)


def is_lead_in(context: str) -> bool:
    """Whether the text leaves something open: it ends with a colon or dash, or without a full stop."""
    return bool(context.strip()) and not context.rstrip().endswith((".", "?", "!"))


def decapitalised(text: str) -> str:
    """The item as the continuation of its lead-in: first letter small, unless it begins a name or acronym."""
    if len(text) > 1 and text[0].isupper() and not text[1].isupper():
        return text[0].lower() + text[1:]
    return text


_ENUMERATOR = re.compile(r"(?<![\w.)§])\(([a-z]|[ivx]{1,4}|\d)\)\s+(?=[\w\"“])")
_COUNTED = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|section|paragraph|clause|article|point|part)s? $", re.IGNORECASE
)
_SERIES = ("abcdefghijklmnopqrstuvwxyz", ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), "123456789")


def without_enumerators(text: str) -> str:
    """``text`` without the marks of a series inside a sentence, in which a parser is lost; "that" is told of every member.

    >>> without_enumerators("It must (a) keep the data, and (b) erase it.")
    'It must keep the data, and erase it.'
    >>> without_enumerators("It warrants that (i) A will last and (ii) B will do.")
    'It warrants that A will last and that B will do.'
    """
    marks = [m for m in _ENUMERATOR.finditer(text) if not _COUNTED.search(text[: m.start()])]
    series = next((s for s in _SERIES if [m.group(1) for m in marks[:2]] == list(s[:2])), None)
    if series is None:
        return text
    told = "that " if text[: marks[0].start()].endswith("that ") else ""
    parts, last = [], 0
    for number, mark in enumerate(marks):
        parts.append(text[last : mark.start()] + (told if number else ""))
        last = mark.end()
    return "".join([*parts, text[last:]])


def plain(text: str) -> str:
    """Text without Markdown emphasis, links, list marks and enumerators, blanks collapsed. For reading, not for spans."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`)", "", text)
    text = re.sub(r"^\s*(?:[-*•]|\([a-z0-9]{1,4}\)|\d+[.)])\s+", "", text)
    return without_enumerators(re.sub(r"\s+", " ", text).strip())


_ENGAGING = re.compile(
    r"\b(?:may not|must not|shall not|cannot) (?:engage|take part|participate) in:?\s*"
    r"(?:any (?:of )?)?(?:the )?(?:following\s?)?(?:activit(?:y|ies)|conduct|behaviou?rs?|acts?|actions?)?"
    r"(?:,? (?:including|such as))?(?:,? but (?:is |are )?not limited to)?\s*:?\s*$",
    re.IGNORECASE,
)


def with_acts_barred(context: str, item: str) -> str:
    """``context`` with "may not engage in activities including:" as "are prohibited from:" where the item names an act.

    What is forbidden under it is the act itself, whose verb then stands in the rule.
    """
    opens = re.match(r"(?:\w+ly )?(\w+ing)\b", item)
    return (
        _ENGAGING.sub("are prohibited from:", context) if opens and opens.group(1).lower() not in _THINGS else context
    )


_THINGS = word_set("anything something nothing everything building lighting clothing")
"""Words in "-ing" that name a thing."""
