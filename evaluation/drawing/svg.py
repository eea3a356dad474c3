"""Writing SVG: one function for an element, one for a picture, one guess of how wide a text is."""

from markupsafe import Markup, escape

EM = 0.54
BOLD_EM = 0.6
"""Mean width of a character in ems, for a sans-serif face; a little generous, so that labels rather drop out."""


def tag(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """An element with escaped content and attributes.

    ``class_`` is written class, an underscore a hyphen, except in ``viewBox`` and the like, which have none. None
    leaves an attribute out. Children that are Markup stand as they are, other texts are escaped.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = Markup("").join(children)
    return Markup(f"<{name}{written}>{inner}</{name}>") if children else Markup(f"<{name}{written}/>")  # noqa: S704


def picture(
    name: str, title: str, description: str, size: tuple[float, float], *children: str, class_: str = ""
) -> Markup:
    """A scaled SVG of ``size`` (width, height) in px with its title and description; ``name`` makes their ids."""
    heading = tag("title", title, id=f"{name}-title")
    words = tag("desc", description, id=f"{name}-desc")
    return tag(
        "svg", heading, words, *children, class_=class_ or None, role="img",
        aria_labelledby=f"{name}-title {name}-desc", viewBox=f"0 0 {_plain(size[0])} {_plain(size[1])}",
        width=size[0], height=size[1],
    )  # fmt: skip


def text_width(text: str, size: float, em: float = EM) -> float:
    """About how wide ``text`` runs at a font size, both in px; ``em`` is the mean width of a character."""
    return len(text) * size * em


def fitted(text: str, width: float, size: float, em: float = EM) -> str:
    """``text``, cut at a word with an ellipsis where it is too wide; empty where less than a third of it fits, since
    many labels that share a first word would all look alike.
    """
    if text_width(text, size, em) <= width:
        return text
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}".strip()
        if text_width(f"{longer} …", size, em) > width:
            break
        kept = longer
    return f"{kept} …" if 3 * len(kept) >= len(text) else ""


def _plain(value: str | float) -> str:
    """Numbers to two decimals without trailing zeros, so that the file stays small and stable."""
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")
