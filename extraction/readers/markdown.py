"""Markdown (CommonMark with tables) to blocks, by markdown-it-py.

Real repositories add YAML front matter, Liquid tags, HTML comments, GitHub alerts, footnotes and emoji codes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from extraction.numbering import heading_number, split_label
from extraction.readers.blocks import Block, BlockKind, Reading
from extraction.readers.characters import normalise
from kg.model import Rejected

UNDER_HEADINGS = 7  # the level of a title in bold: below any heading
MAX_NESTING = 100  # of tokens: a list item takes two
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LIQUID_VALUE = re.compile(r"\{%-?\s*data\s+([\w.-]+)\s*-?%\}|\{\{\s*([\w.-]+)[^{}\n]*\}\}")
LIQUID_TAG = re.compile(r"\{%[^%\n]*%\}")
EMOJI_CODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])")
ALERT = re.compile(r"^\[!\w+\]\s*")
FOOTNOTE = re.compile(r"^\[\^([^\]]+)\]:\s*")
FOOTNOTE_MARK = re.compile(r"\[\^[^\]]+\]")
TASK = re.compile(r"^\[[ xX]\]\s+")
HTML_TAG = re.compile(r"<[^<>]*>")
SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def read_markdown(text: str, source: str, variables: Mapping[str, str] | None = None) -> Reading:
    """Blocks of a Markdown text. ``variables`` are values of Liquid variables by their dotted name."""
    front, body, rejected = _front_matter(text, source)
    body = SCRIPT.sub("", COMMENT.sub("", body))
    body = EMOJI_CODE.sub("", LIQUID_TAG.sub("", LIQUID_VALUE.sub(lambda m: _variable(m, variables or {}), body)))
    tokens = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").parse(body)
    blocks = tuple(_blocks(tokens))
    if any(token.level >= MAX_NESTING - 2 for token in tokens):
        rejected = (*rejected, Rejected(source, f"text nested deeper than {MAX_NESTING} levels was left out"))
    version = str(front.get("version") or front.get("effective") or "")
    return Reading("markdown", normalise(str(front.get("title") or "")), version, 0, blocks, rejected)


def _front_matter(text: str, source: str) -> tuple[dict[str, object], str, tuple[Rejected, ...]]:
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text, ()
    try:
        values = yaml.safe_load(found.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):
        return (
            {},
            text[found.end() :],
            (Rejected(source, "the front matter is not valid YAML and was skipped", "line 1"),),
        )
    return (values if isinstance(values, dict) else {}), text[found.end() :], ()


def _variable(found: re.Match[str], variables: Mapping[str, str]) -> str:
    name = found.group(1) or found.group(2)
    if name in variables:
        return variables[name]
    return name.rsplit(".", 1)[-1].removeprefix("prodname_").replace("_", " ")


@dataclass(slots=True)
class _State:
    """Where the walk over the tokens stands."""

    lists: list[tuple[bool, int]] = field(default_factory=list)  # (ordered, next number)
    label: str = ""
    fresh_item: bool = False
    quotes: int = 0
    header: tuple[str, ...] = ()
    cells: list[str] = field(default_factory=list)
    in_head: bool = False


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    state = _State()
    for index, token in enumerate(tokens):
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            state.lists.append((kind == "ordered_list_open", int(token.attrGet("start") or 1)))
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            state.lists.pop()
        elif kind == "list_item_open":
            ordered, number = state.lists[-1]
            state.label, state.fresh_item = (f"{number}{token.markup}" if ordered else ""), True
            state.lists[-1] = (ordered, number + 1)
        elif kind in {"blockquote_open", "blockquote_close"}:
            state.quotes += 1 if kind.endswith("open") else -1
        elif kind in {"fence", "code_block"} and normalise(token.content):
            yield Block(BlockKind.CODE, normalise(token.content), depth=len(state.lists))
        elif kind == "html_block":
            yield from _html(token.content)
        elif kind == "inline" and (title := _bold_title(token, tokens[index + 2 : index + 3], state)):
            state.fresh_item = False
            yield Block(BlockKind.HEADING, title, level=UNDER_HEADINGS)
        elif kind == "inline":
            yield from _inline(token, tokens[index - 1], state)
        elif kind in {"thead_open", "thead_close"}:
            state.in_head = kind == "thead_open"
        elif kind == "tr_open":
            state.cells = []
        elif kind == "tr_close":
            yield from _row(state)


def _bold_title(token: Token, following: list[Token], state: _State) -> str:
    """A paragraph in bold alone that is a title: numbered, or in capitals; with its list number where text follows it.

    "**2. Payment**", "**Auto-Update Services**", and "3. **Program Terms**" over paragraphs of its own.
    """
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    if len(children) < 3 or children[0].type != "strong_open" or children[-1].type != "strong_close":
        return ""
    if sum(child.type == "strong_open" for child in children) != 1 or state.quotes:
        return ""
    text = normalise(_text(children))
    if len(text.split()) > 10 or text[-1:] in ".:;,!?":
        return ""
    titled = all(word[0].isupper() or not word[0].isalpha() or word in _SMALL for word in text.split())
    number, title = heading_number(text)
    if not state.lists:
        return text if number or (titled and len(title.split()) > 1) else ""
    follows = bool(following) and following[0].type in {"paragraph_open", "bullet_list_open", "ordered_list_open"}
    own = state.label if state.fresh_item and len(state.lists) == 1 else ""
    return f"{own} {text}" if own and titled and follows and not number else ""


_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "no", "of", "on", "or", "our", "the", "to", "with"}
)


def _html(content: str) -> Iterator[Block]:
    """Raw HTML inside Markdown goes through the HTML reader."""
    if not normalise(HTML_TAG.sub("", content)):
        return
    from extraction.readers.html import html_blocks

    yield from html_blocks(content)


def _row(state: _State) -> Iterator[Block]:
    cells = tuple(state.cells)
    if state.in_head:
        state.header = cells
    elif any(cells):
        yield Block(BlockKind.TABLE_ROW, " | ".join(cells), cells=cells, header=state.header)


def _inline(token: Token, opener: Token, state: _State) -> Iterator[Block]:
    raw = _text(token.children or [])
    text = normalise(raw)
    if opener.type in {"td_open", "th_open"}:
        state.cells.append(FOOTNOTE_MARK.sub("", text))
    elif opener.type == "heading_open" and text:
        yield Block(BlockKind.HEADING, text, level=int(opener.tag[1:]))
    elif opener.type == "paragraph_open":
        for part in _numbered_lines(raw):
            yield from _paragraph(normalise(part), state)


def _numbered_lines(text: str) -> Iterator[str]:
    """A paragraph, cut before each of its lines that begins with a label where the first one does ("D.1 ...", "D.2 ...")."""
    first, *later = text.split("\n")
    numbered = bool(split_label(first.strip())[0])
    for line in later:
        if numbered and first.rstrip().endswith((".", ";", ":", "!", "?")) and split_label(line.strip())[0]:
            yield first
            first = line
        else:
            first += f"\n{line}"
    yield first


def _paragraph(text: str, state: _State) -> Iterator[Block]:
    depth = len(state.lists)
    footnote = FOOTNOTE.match(text)
    text = FOOTNOTE_MARK.sub("", text[footnote.end() :] if footnote else text)
    if footnote and text:
        yield Block(BlockKind.FOOTNOTE, text, number=footnote.group(1))
    elif state.fresh_item:
        state.fresh_item = False
        if text := TASK.sub("", text):
            yield Block(BlockKind.LIST_ITEM, text, number=state.label, depth=depth)
    elif state.quotes and (text := normalise(ALERT.sub("", text))):
        yield Block(BlockKind.QUOTE, text, depth=depth)
    elif text:
        yield Block(BlockKind.PARAGRAPH, text, depth=depth)


def _text(children: list[Token]) -> str:
    """The words of an inline token: link text is kept, addresses and images are dropped."""
    parts: list[str] = []
    address = ""
    for index, child in enumerate(children):
        if child.type == "link_open":
            address = str(child.attrGet("href") or "")
        elif (
            child.type in {"text", "softbreak"} and child.content != "AUTOTITLE" and _opens_behind_bold(children, index)
        ):
            parts.append(f". {child.content.lstrip()}")
        elif child.type in {"softbreak", "hardbreak"} or (child.type == "html_inline" and "br" in child.content):
            parts.append("\n" if child.type != "html_inline" else " ")
        elif child.type == "text" and child.content == "AUTOTITLE":
            parts.append(address.split("#")[0].rstrip("/").rsplit("/", 1)[-1].replace("-", " ").title())
        elif child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
        elif child.type == "image" and child.content and not parts:
            continue
    return "".join(parts)


def _opens_behind_bold(children: list[Token], index: int) -> bool:
    """As in "**Payment Terms** Our pricing is ...": words in bold open the paragraph as its title, a sentence follows.

    The title ends with its line, or a word follows that opens a sentence ("**Acme** Cloud may ..." is a name).
    """
    bold = [i for i, child in enumerate(children[:index]) if child.type == "strong_close"]
    opens = children[0].type == "strong_open" or (len(children) > 1 and not children[0].content.strip())
    if bold != [index - 1] or not opens:
        return False
    broken = children[index].type == "softbreak"
    text = children[index + 1].content if broken and index + 1 < len(children) else children[index].content
    title, opener = _text(children[:index]).strip(), (text.split(maxsplit=1) or [""])[0]
    if not title[-1:].isalnum() or not title[:1].isupper() or not opener[:1].isupper():
        return False
    return broken or (text[:1].isspace() and opener.lower() in _OPENERS)


_OPENERS = frozenset(
    {"we", "you", "our", "your", "the", "this", "these", "some", "any", "all", "for", "if", "when", "by", "a", "an"}
)
