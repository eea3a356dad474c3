"""Word's styles and automatic numbering: which paragraph is a heading, and which label Word would print before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extraction.readers.html_parts import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(parent: Any, name: str) -> str:
    """The ``w:val`` of a child element, or an empty string."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return (child.get(f"{W}val") or "") if child is not None else ""


def flag(parent: Any, name: str) -> bool:
    """Whether an on/off property is present and not switched off."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child is not None and child.get(f"{W}val") not in {"0", "false", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style means here. ``numbering`` is (numId, level) where the style itself is numbered."""

    name: str = ""
    heading: int = 0
    list_depth: int = 0
    contents: bool = False
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document by id."""

    by_id: Mapping[str, Style]
    default: Style

    @classmethod
    def read(cls, document: Any) -> "Styles":
        """From the styles part; a style inherits outline level and numbering from the one it is based on."""
        elements = {style.get(f"{W}styleId") or "": style for style in document.styles.element.iter(f"{W}style")}
        by_id = {name: _style(name, elements) for name in elements}
        default = next(
            (
                by_id[name]
                for name, e in elements.items()
                if e.get(f"{W}type") == "paragraph" and e.get(f"{W}default") == "1"
            ),
            Style(),
        )
        return cls(by_id, default)

    def of(self, paragraph: Any) -> Style:
        """The style of a ``w:p``, with the outline level that it may set for itself."""
        properties = paragraph.find(f"{W}pPr")
        style = self.by_id.get(value(properties, "pStyle"), self.default)
        own = value(properties, "outlineLvl")
        if own.isdecimal() and int(own) < 9 and not style.heading:
            return Style(style.name, int(own) + 1, 0, style.contents, style.numbering)
        return style


def _style(name: str, elements: Mapping[str, Any]) -> Style:
    label, heading, numbering = value(elements[name], "name"), 0, None
    current, seen = name, set[str]()
    while current in elements and current not in seen:
        seen.add(current)
        element = elements[current]
        shown = value(element, "name").lower()
        properties = element.find(f"{W}pPr")
        level = value(properties, "outlineLvl")
        if not heading and shown.startswith("heading ") and shown[8:].isdecimal():
            heading = int(shown[8:])
        if not heading and level.isdecimal() and int(level) < 9:
            heading = int(level) + 1
        numbered = properties.find(f"{W}numPr") if properties is not None else None
        if numbering is None and numbered is not None and value(numbered, "numId"):
            numbering = (value(numbered, "numId"), int(value(numbered, "ilvl") or (heading - 1 if heading else 0)))
        current = value(element, "basedOn")
    low = label.lower()
    depth = 0
    if low.startswith(("list bullet", "list number", "list paragraph bullet")):
        depth = int(low[-1]) if low[-1].isdecimal() else 1
    return Style(label, heading, depth, low.startswith(("toc ", "table of", "toc heading")), numbering)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Word's list definitions, with the running counters of one pass through the document."""

    levels: Mapping[str, Mapping[int, _Level]]
    abstract: Mapping[str, str]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, document: Any) -> "Numbering":
        """From the numbering part; empty when the document has none."""
        part = next(
            (
                r.target_part
                for r in document.part.rels.values()
                if r.reltype.endswith("/numbering") and not r.is_external
            ),
            None,
        )
        if part is None:
            return cls({}, {})
        root = part.element
        abstract = {a.get(f"{W}abstractNumId"): _levels(a) for a in root.iter(f"{W}abstractNum")}
        levels: dict[str, Mapping[int, _Level]] = {}
        names: dict[str, str] = {}
        for number in root.iter(f"{W}num"):
            name, base = number.get(f"{W}numId"), value(number, "abstractNumId")
            levels[name] = {**abstract.get(base, {}), **_overrides(number, abstract.get(base, {}))}
            # A restart makes its own counters; without one, lists of one definition count on together.
            names[name] = f"{base}/{name}" if number.find(f"{W}lvlOverride/{W}startOverride") is not None else base
        return cls(levels, names)

    def label(self, paragraph: Any, style: Style) -> tuple[str, int]:
        """The printed label (empty for a bullet) and the depth, 0 when the paragraph is not numbered."""
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        name, level = style.numbering or ("", 0)
        if numbered is not None:
            name = value(numbered, "numId") or name
            own = value(numbered, "ilvl")
            level = int(own) if own.isdecimal() else level
        if name in {"", "0"} or name not in self.levels:
            return "", 0
        definition = self.levels[name]
        counters = self.counters.setdefault(self.abstract.get(name, name), {})
        counters[level] = counters.get(level, definition.get(level, _Level()).start - 1) + 1
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]
        here = definition.get(level, _Level())
        if here.form in {"bullet", "none"}:
            return "", level + 1
        text = here.text
        for other in range(level + 1):
            shape = definition.get(other, _Level("decimal"))
            text = text.replace(f"%{other + 1}", _format(counters.get(other, shape.start), shape.form))
        return text.strip(), level + 1


def _levels(element: Any) -> dict[int, _Level]:
    return {
        int(level.get(f"{W}ilvl") or 0): _Level(
            value(level, "numFmt") or "decimal", value(level, "lvlText"), int(value(level, "start") or 1)
        )
        for level in element.findall(f"{W}lvl")
    }


def _overrides(number: Any, base: Mapping[int, _Level]) -> dict[int, _Level]:
    out: dict[int, _Level] = {}
    for override in number.findall(f"{W}lvlOverride"):
        level = int(override.get(f"{W}ilvl") or 0)
        start = value(override, "startOverride")
        given = _levels(override).get(level) or base.get(level, _Level())
        out[level] = _Level(given.form, given.text, int(start)) if start.lstrip("-").isdecimal() else given
    return out


def _format(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 90:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    return str(number)
