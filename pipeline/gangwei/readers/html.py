"""HTML -> a document: a line for each block element, with headings, items and cells as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gangwei.model import Block, BlockKind, Document
from gangwei.readers.markup import Element, Markup, flatten
from gangwei.readers.numerals import chinese
from gangwei.readers.page import Page
from gangwei.readers.source import LIMITS, Limits, Source, document
from gangwei.readers.tags import BLOCKS


def read_html(source: Source) -> Iterator[Document]:
    """The one document of a page or of a piece of a page."""
    limits = source.limits
    html = source.decoded.text
    most = limits.characters * 8  # of markup; a page of that much text has as much again in tags
    partial = (
        f"the page has more than {most} characters of markup, the rest was not read (limit: characters)"
        if len(html) > most
        else ""
    )
    markup = flatten(html[:most], nodes=limits.nodes)
    page = _walk(markup, limits)
    if not page.lines and page.notes:  # a page of links alone is read rather than dropped
        markup = flatten(html[:most], nodes=limits.nodes, keep_menus=True)
        page = _walk(markup, limits)
    if markup.cut:
        partial = f"the page has more than {limits.nodes} elements, the rest was not read (limit: nodes)"
    yield document(
        source, page.text(), title=markup.title, blocks=tuple(page.blocks), notes=tuple(page.notes), partial=partial
    )


def text_of_html(html: str) -> str:
    """The text of a piece of HTML, a line for each block.

    >>> text_of_html("<p>职责：</p><ol><li>开票</li><li>对账</li></ol>")
    '职责：\\n1. 开票\\n2. 对账'
    """
    return _walk(flatten(html, nodes=LIMITS.nodes, keep_menus=True), LIMITS).text()


@dataclass(slots=True)
class _List:
    """A list that is open, with the number of its next item."""

    ordered: bool
    number: int = 1
    style: str = "1"


@dataclass(slots=True)
class _Grid:
    """The table whose cells are being read: where the next cell stands, and what spans from above take up."""

    table: int
    first_block: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # column -> the row from which it is free again
    cells: list[tuple[str, Block]] = field(default_factory=list)
    budget: int = 0  # places of the grid that may still be worked out; hostile spans name billions

    def place(self, rows: int, columns: int) -> Block:
        """The place of the next cell."""
        while self.budget and self.taken.get(self.column, 0) > self.row:
            self.column += 1
            self.budget -= 1
        if self.budget < columns:
            rows, columns, self.budget = 1, 1, 0
        self.budget = max(self.budget - columns, 0)
        block = Block(BlockKind.CELL, 0, 0, 0, self.table, self.row, self.column, rows, columns)
        if rows > 1:
            self.taken.update(dict.fromkeys(range(self.column, self.column + columns), self.row + rows))
        self.column += columns
        return block


class _Walker:
    """One pass over the events of a page."""

    def __init__(self, limits: Limits) -> None:
        self.page = Page()
        self.limits = limits
        self.lists: list[_List] = []
        self.prefixes: list[str | None] = []  # the mark of each open item, None once it is written
        self.heading = 0
        self.pre = 0
        self.tables = 0
        self.grid: _Grid | None = None
        self.depth = 0  # of tables within a cell of the grid
        self.spot: Block | None = None

    def begin(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self.page.new_line()
            return
        if tag not in BLOCKS:
            return
        if (
            tag in ("td", "th") and self.depth
        ):  # a table in a cell: its rows are lines, its cells stand beside each other
            self.page.space()
            return
        self.flush()
        if tag == "table":
            self._begin_table(element)
        elif tag == "tr" and self.grid and not self.depth:
            self.grid.row += 1
            self.grid.column = 0
        elif tag in ("td", "th") and self.grid:
            self.grid.row = max(self.grid.row, 0)
            rows, columns = element.numbers("rowspan", "colspan")
            self.spot = self.grid.place(rows or 1, columns or 1)
            self.page.open_cell()
        elif tag in ("ol", "ul", "menu", "dir"):
            (start,) = element.numbers("start")
            told = element.node.attributes
            style = _LIST_STYLE.search(told.get("style") or "") if tag == "ol" else None
            kind = _STYLES.get(style[1].lower(), "1") if style else told.get("type") or "1"
            self.lists.append(_List(tag == "ol" and kind != "none", 1 if start is None else start, kind))
        elif tag == "li":
            self.prefixes.append(self._mark(element))
        elif tag in _HEADINGS:
            self.heading = int(tag[1])
        elif tag == "pre":
            self.pre += 1

    def end(self, element: Element) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            return
        if tag in ("td", "th") and self.depth:
            return
        self.flush()
        if tag == "table":
            self._end_table()
        elif tag == "tr" and self.grid and not self.depth:
            self.page.add_row(self.grid.cells)
            self.grid.cells = []
        elif tag in ("td", "th") and self.grid and self.spot:
            self.grid.cells.append((self.page.close_cell(), self.spot))
            self.spot = None
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.pop()
        elif tag == "li":
            self.prefixes.pop()
        elif tag in _HEADINGS:
            self.heading = 0
        elif tag == "pre":
            self.pre -= 1

    def flush(self) -> None:
        """End the line at hand as what it is: a heading, the first line of an item, or plain text."""
        page = self.page
        prefix = self.prefixes[-1] if self.prefixes else None
        if self.heading and not page.holds_sentence():
            written = page.end_block(BlockKind.HEADING, self.heading, "" if prefix in (None, _BULLET) else prefix or "")
        elif prefix is not None:
            written = page.end_block(BlockKind.ITEM, max(len(self.lists), 1), prefix)
        else:
            written = page.end_block(BlockKind.PARAGRAPH)
        if written and prefix is not None:
            self.prefixes[-1] = None

    def _mark(self, element: Element) -> str:
        if not self.lists or not self.lists[-1].ordered:
            return _BULLET
        inner = self.lists[-1]
        (value,) = element.numbers("value")
        number = inner.number if value is None else value
        inner.number = number + 1
        return f"{_numeral(number, inner.style)}{'、' if inner.style == '一' else '. '}"

    def _begin_table(self, element: Element) -> None:
        if self.grid:
            self.depth += 1
        elif element.table and element.table.is_data(element.chars):
            self.grid = _Grid(self.tables, len(self.page.blocks), budget=self.limits.cells)
            self.tables += 1

    def _end_table(self) -> None:
        if self.depth:
            self.depth -= 1
        elif self.grid:
            rows = self.grid.row + 1
            blocks = self.page.blocks
            for index in range(self.grid.first_block, len(blocks)):
                block = blocks[index]
                if block.kind is BlockKind.CELL and block.row + block.rows > rows:
                    blocks[index] = block._replace(rows=rows - block.row)
            if not self.grid.budget:
                self.page.note(
                    "table", f"a table of more than {self.limits.cells} places; spans beyond were not followed"
                )
            self.grid = None


def _walk(markup: Markup, limits: Limits) -> Page:
    walker = _Walker(limits)
    page = walker.page
    opened: list[Element] = []
    before: Element | None = None  # the element that ended right before
    for event in markup.events:
        if isinstance(event, str):
            if walker.pre:
                for place, line in enumerate(event.splitlines()):
                    if place:
                        page.new_line()
                    page.write(line)
                if event.endswith("\n"):
                    page.new_line()
            else:
                page.write(event)
            before = None
        elif isinstance(event, Element):
            if _stand_apart(before, event) if before else page.holds_text and _is_beside(event):
                page.space()
            opened.append(event)
            walker.begin(event)
            if event.button and page.holds_text:
                page.note("furniture", f"left out ({len(event.button)} characters): {event.button}")
            elif event.button:
                page.write(event.button)
        elif event is None:
            element = opened.pop()
            walker.end(element)
            before = element
        else:
            if event.is_block:
                walker.flush()
            page.note(event.code, f"left out ({len(event.text)} characters): {event.text[:60]}")
    walker.flush()
    return page


def _stand_apart(before: Element, after: Element) -> bool:
    """Whether two elements that touch are shown apart: links, and boxes of two classes, or of none, in a row.

    A word processor's runs touch as well: they have styles and no classes.
    """
    if before.tag not in _INLINE or after.tag not in _INLINE:
        return False
    if before.tag == after.tag == "a":
        return True
    first, second = before.node.attributes, after.node.attributes
    if first.get("class") != second.get("class"):
        return True
    return before.tag == after.tag == "span" and not first and not second


def _is_beside(element: Element) -> bool:
    """Whether an element that touches the text before it is shown beside it: <h3>仓管员<span class="city">苏州</span></h3>

    The last in a heading or a link, of a class; what marks words within a text has one that says so.
    """
    node, parent = element.node, element.node.parent
    if node.tag not in ("span", "small") or parent is None or parent.tag not in _TOLD_BESIDE:
        return False
    name = node.attributes.get("class")
    if not name or _MARKS_WORDS.search(name) or len(text := node.text() or "") > _SHORT or not text[:1].isalnum():
        return False
    before, after = node.prev, node.next
    is_last = after is None or not (after.next or (after.text() or "").strip())
    is_behind_text = before is not None and before.tag == "-text" and (before.text_content or "")[-1:].isalnum()
    return is_last and is_behind_text


def _numeral(number: int, style: str) -> str:
    """The numeral of a list item in the style that `type` names, or in Chinese.

    >>> _numeral(3, "1"), _numeral(3, "a"), _numeral(4, "I"), _numeral(3, "一")
    ('3', 'c', 'IV', '三')
    """
    if style == "一":
        return chinese(number)
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 1 <= number <= 89:
        roman = "".join(("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")[number // 10])
        roman += ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if style == "I" else roman.lower()
    return str(number)


_INLINE: Final = frozenset(["a", "b", "em", "i", "label", "small", "span", "strong"])
_TOLD_BESIDE: Final = frozenset(["a", "dt", "h1", "h2", "h3", "h4", "h5", "h6"])
_MARKS_WORDS: Final = re.compile("high|key|mark|match|red|colou?r|bold|font|text|run|mso|^[a-z]{1,2}\\d", re.IGNORECASE)
_SHORT: Final = 20
_BULLET: Final = "• "
_LIST_STYLE: Final = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,80}?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman)|cjk-ideographic|(?:simp|trad)-chinese-informal)\b",
    re.IGNORECASE,
)
_STYLES: Final = {
    "none": "none", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
    "cjk-ideographic": "一", "simp-chinese-informal": "一", "trad-chinese-informal": "一",
}  # fmt: skip
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
