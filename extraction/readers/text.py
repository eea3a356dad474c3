"""Plain text to blocks: headings by their numbering or capitals, lists by their labels, paragraphs by blank lines."""

import re
from collections.abc import Iterator

from extraction.numbering import BULLET, heading_number, split_label
from extraction.readers.blocks import Block, BlockKind, Reading
from extraction.readers.characters import normalise

UNDERLINE = re.compile(r"^\s*([=\-~_*])\1{3,}\s*$")
TITLE_WORDS = 14


def read_text(text: str, source: str) -> Reading:
    """Blocks of a plain text; a form feed starts a new page. ``source`` is for the signature all readers share."""
    del source
    pages = text.split("\f")
    blocks = [block for page, part in enumerate(pages, 1) for block in _page(part, page if len(pages) > 1 else 0)]
    title = blocks[0].text if blocks and blocks[0].kind is BlockKind.HEADING else ""
    return Reading("text", title, "", len(pages) if len(pages) > 1 else 0, tuple(blocks))


def _page(text: str, page: int) -> Iterator[Block]:
    chunk: list[str] = []
    for line in [*text.split("\n"), ""]:
        starts = bool(split_label(line.strip())[0] or BULLET.match(line.strip()))
        if chunk and UNDERLINE.match(line):
            yield from _chunk(chunk[:-1], page)
            yield Block(BlockKind.HEADING, normalise(chunk[-1]), level=1 if "=" in line else 2, page=page)
            chunk = []
        elif not line.strip() or (starts and chunk):
            yield from _chunk(chunk, page)
            chunk = [line] if line.strip() else []
        else:
            chunk.append(line)


def _chunk(lines: list[str], page: int) -> Iterator[Block]:
    text = normalise("\n".join(lines))
    if not text:
        return
    indent = len(lines[0]) - len(lines[0].lstrip())
    if len(lines) == 1 and is_title(text):
        number, _ = heading_number(text)
        yield Block(BlockKind.HEADING, text, level=heading_level(number), page=page)
        return
    bullet = BULLET.match(text)
    label, rest = split_label(text)
    depth = 1 + indent // 4
    if bullet and text[bullet.end() :]:
        yield Block(BlockKind.LIST_ITEM, text[bullet.end() :], page=page, depth=depth)
    elif label and rest:
        # Without indentation the labels alone tell what hangs on what: "(a)" on "3.2".
        yield Block(BlockKind.LIST_ITEM, rest, number=label, page=page, depth=depth if indent else 0)
    else:
        yield Block(BlockKind.PARAGRAPH, text, page=page)


def is_title(text: str) -> bool:
    """Whether a lone line is a heading: numbered or in capitals, short, and no sentence."""
    if len(text.split()) > TITLE_WORDS or text[-1] in ".,;:!?":
        return False
    number, title = heading_number(text)
    if number and not number.startswith("("):
        return bool(title) and title[0].isupper()
    return text.isupper() and len(text) > 3


def heading_level(number: str) -> int:
    """Level of a heading by its number alone: the count of its parts; an unnumbered one is outermost."""
    return max(1, len([part for part in re.split(r"[.()]+", number.removeprefix("V")) if part]))
