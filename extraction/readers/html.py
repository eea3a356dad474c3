"""HTML to blocks, by lxml (libxml2): lenient, fast, and walked without recursion however deep the page nests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from extraction.readers.blocks import Block, BlockKind, Reading, UnreadableError
from extraction.readers.characters import INVISIBLE, normalise
from extraction.readers.html_parts import Table, counted, integer

DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "nav",
        "head",
        "footer",
        "dialog",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CALLOUT = re.compile(
    r"\b(?:callout|call-out|admonition|scenario|example|case-study|alert|note|notice|tip|warning|box)\b", re.IGNORECASE
)
FOOTNOTE = re.compile(r"^(?:footnotes?|endnotes?|citations?|fn)(?:[-_:]?\w*)$", re.IGNORECASE)
FOOTNOTE_LABEL = re.compile(r"^(?:\[(?P<a>\w{1,3})\]|\((?P<b>\w{1,3})\)|(?P<c>\d{1,3}|[*†‡])\.?)\s+")
WRAPPER = re.compile(rb"</?(?:div|span|font|center|b|i|u|em|strong|a)(?:\s[^<>]*)?>", re.IGNORECASE)
SPACE = re.compile(r"\s+")


def read_html(text: str) -> Reading:
    """Blocks of an HTML page; navigation, scripts and forms are dropped. Raises UnreadableError when none is left."""
    root = _parse(text)
    if root is None:
        raise UnreadableError("the page has no content", "save it from a browser once it has loaded")
    titles = root.xpath("//title[1]")
    title = normalise(titles[0].text_content()) if titles else ""
    body = _content(root)
    headings = body.xpath(".//h1")
    if len(headings) == 1:
        title = normalise(headings[0].text_content()) or title
    return Reading("html", title, "", 0, tuple(_Walk().run(body)))


def html_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a piece of HTML, such as Markdown may hold."""
    root = _parse(text)
    return () if root is None else tuple(_Walk().run(root))


def _parse(text: str) -> lxml_html.HtmlElement | None:
    data = INVISIBLE.sub("", text).encode("utf-8", errors="replace")
    root, complete = _parse_once(data)
    if not complete:
        # libxml2 stops at 2,048 open elements: drop the wrappers that carry no structure, and read again.
        root, _ = _parse_once(WRAPPER.sub(b" ", data))
    return root


def _parse_once(data: bytes) -> tuple[lxml_html.HtmlElement | None, bool]:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    return root, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _content(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The element that holds the document: ``main``, or on a page with navigation the smallest with most prose."""
    body = root.find("body")
    body = root if body is None else body
    paragraphs = body.xpath(".//p | .//li[not(ancestor::nav)] | .//td")
    sizes = [(element, len(element.xpath("string()"))) for element in paragraphs]
    total = sum(size for _, size in sizes)
    for main in body.xpath(".//main | .//*[@role='main']"):
        if sum(size for element, size in sizes if main in element.iterancestors()) * 2 >= total:
            return main
    if not body.xpath(".//nav | .//form | .//button"):
        return body
    weights: dict[lxml_html.HtmlElement, int] = {}
    for element, size in sizes:
        for ancestor in element.iterancestors():
            weights[ancestor] = weights.get(ancestor, 0) + size
    inner = body
    while heavier := [child for child in inner if weights.get(child, 0) * 10 >= total * 9 > 0]:
        inner = heavier[0]
    return inner


@dataclass(slots=True)
class _Walk:
    """The state of one walk in document order."""

    buffer: list[str] = field(default_factory=list)
    lists: list[list[str | int]] = field(default_factory=list)  # [tag, type, next number]
    label: str = ""
    fresh: bool = False
    heading: int = 0
    quotes: int = 0
    footnotes: int = 0
    pre: int = 0
    tables: list["Table"] = field(default_factory=list)
    term: str = ""
    out: list[Block] = field(default_factory=list)

    def run(self, root: lxml_html.HtmlElement) -> Iterator[Block]:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in DROPPED or not tag or _hidden(element):
                    walker.skip_subtree()
                    continue
                self._start(element, tag)
                self.buffer.append(element.text or "")
            else:
                if tag and tag not in DROPPED and not _hidden(element):
                    self._end(element, tag)
                if element is not root:
                    self.buffer.append(element.tail or "")
            if self.out:
                yield from self.out
                self.out.clear()
        self._flush()
        yield from self.out

    def _start(self, element: lxml_html.HtmlElement, tag: str) -> None:
        if tag not in BLOCKS:
            if tag == "br":
                self.buffer.append("\n")
            return
        self._flush()
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag in {"ol", "ul", "menu", "dir"}:
            self.lists.append([tag, element.get("type") or "1", integer(element.get("start"), 1)])
        elif tag == "li":
            self.label, self.fresh = self._item(element), True
        elif tag == "table":
            self.tables.append(Table())
        elif tag in {"td", "th"} and self.tables:
            self.tables[-1].open_cell(element, tag)
        elif tag == "pre":
            self.pre += 1
        self.quotes += _is_callout(element, tag)
        self.footnotes += _is_footnote(element)

    def _end(self, element: lxml_html.HtmlElement, tag: str) -> None:
        if tag not in BLOCKS:
            return
        self._flush(closing=tag)
        if tag in HEADINGS:
            self.heading = 0
        elif tag in {"ol", "ul", "menu", "dir"} and self.lists:
            self.lists.pop()
            self.fresh = False
        elif tag == "tr" and self.tables:
            self.tables[-1].close_row(self.out if len(self.tables) == 1 else [], quoted=self.quotes > 0)
        elif tag == "table" and self.tables:
            self.tables.pop()
        elif tag == "pre":
            self.pre -= 1
        self.quotes -= _is_callout(element, tag)
        self.footnotes -= _is_footnote(element)

    def _item(self, element: lxml_html.HtmlElement) -> str:
        if not self.lists or self.lists[-1][0] != "ol":
            return ""
        current = self.lists[-1]
        number = integer(element.get("value"), int(current[2]))
        current[2] = number + 1
        return f"{counted(number, str(current[1]))}."

    def _flush(self, closing: str = "") -> None:
        raw = "".join(self.buffer)
        self.buffer.clear()
        text = normalise(raw)
        if not text:
            return
        if self.tables:
            self.tables[-1].add(text)
            return
        if closing == "dt":
            self.term = text
            return
        if closing == "dd" and self.term:
            text, self.term = f"{self.term}: {text}", ""
        self.out.append(self._block(text))

    def _block(self, text: str) -> Block:
        depth = len(self.lists)
        if self.heading:
            return Block(BlockKind.HEADING, text, level=self.heading)
        if self.footnotes:
            label = FOOTNOTE_LABEL.match(text)
            return Block(
                BlockKind.FOOTNOTE,
                text[label.end() :] if label else text,
                number=label.group(label.lastgroup or 0) if label else self.label.rstrip("."),
            )
        if self.pre:
            return Block(BlockKind.CODE, text, depth=depth)
        if depth and self.fresh:
            self.fresh = False
            return Block(BlockKind.LIST_ITEM, text, number=self.label, depth=depth)
        kind = BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH
        return Block(kind, text, depth=depth)


def _hidden(element: lxml_html.HtmlElement) -> bool:
    if element.tag == "sup":
        # A raised number that is a link is the mark of a footnote, not part of the sentence.
        linked = element.find("a") is not None or (element.getparent() is not None and element.getparent().tag == "a")
        return linked and len((element.xpath("string()") or "").strip()) <= 5
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return "display:none" in SPACE.sub("", element.get("style") or "")


def _is_callout(element: lxml_html.HtmlElement, tag: str) -> bool:
    if tag == "blockquote":
        return True
    return tag in {"div", "aside", "section", "p", "figure", "table"} and bool(
        CALLOUT.search(element.get("class") or "")
    )


def _is_footnote(element: lxml_html.HtmlElement) -> bool:
    if element.tag not in {"p", "div", "li", "aside", "section", "dd"}:
        return False
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(FOOTNOTE.match(name) for name in names)
