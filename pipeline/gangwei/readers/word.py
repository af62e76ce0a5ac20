"""Word documents (.docx) -> a document: paragraphs with the numerals that a reader sees, tables by their grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from gangwei.model import BlockKind, Document
from gangwei.readers.office import Package
from gangwei.readers.page import Page, document_of
from gangwei.readers.source import Source
from gangwei.readers.tables import Cell, add_table
from gangwei.readers.word_numbers import Numbers, Styles, read_lists
from gangwei.readers.xml import attribute, child, local


def read_docx(source: Source) -> Iterator[Document]:
    """The one document of a Word file."""
    package = Package(source)
    name = package.main("word/document")
    targets = package.targets(name)
    root = package.tree(name)
    told = package.only(targets, "styles")
    styles = Styles(told if told is not None else child(root, "styles"))  # Word 2003 has all in one part
    walker = _Walker(package, styles, Numbers(read_lists(package.only(targets, "numbering"))), targets)
    body = child(root, "body")
    if body is not None:
        walker.blocks(body, 0)
    walker.leave_out("footnotes", "footnote")
    walker.leave_out("endnotes", "footnote")
    walker.leave_out("comments", "left_out")
    for kind in ("header", "footer"):
        walker.leave_out(kind, "furniture")
    yield document_of(walker.page, source, title=walker.title, why=package.partial())


class _Walker:
    """One pass over the body of a document."""

    def __init__(self, package: Package, styles: Styles, numbers: Numbers, targets: dict[str, tuple[str, str]]) -> None:
        self.page = Page(keeps_blanks=True)
        self.title = ""
        self._package = package
        self._styles = styles
        self._numbers = numbers
        self._targets = targets
        self._tables = 0
        self._cells = package.limits.cells

    def blocks(self, container: Element, depth: int) -> None:
        """What stands in the body, a cell or a box, block by block."""
        if depth > _DEEPEST:
            self._package.faults.append(f"nested more than {_DEEPEST} deep, what lies deeper was not read")
            return
        for element in container:
            tag = local(element.tag)
            if tag == "p":
                self._paragraph(element, depth)
            elif tag == "tbl":
                self._table(element, depth)
            elif tag == "AlternateContent":
                self.blocks(_alternative(element), depth + 1)
            elif tag == "sdt" and (text := _placeholder(element)):
                self.page.note("hidden", f"left out ({len(text)} characters): {text[:60]}")
            elif tag == "altChunk":
                self.page.note("left_out", "a document within the document was not read")
            elif tag not in _GONE:
                self.blocks(element, depth + 1)

    def leave_out(self, kind: str, code: str) -> None:
        """Name the text of parts that stand beside the body: page heads, footnotes."""
        for told, target in self._targets.values():
            if told != kind or (root := self._package.tree(target)) is None:
                continue
            paragraphs = (
                "".join(t.text or "" for t in p.iter() if local(t.tag) == "t")
                for p in root.iter()
                if local(p.tag) == "p"
            )
            if text := " ".join(" ".join(paragraphs).split()):
                self.page.note(code, f"left out ({kind}, {len(text)} characters): {text[:60]}")

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        page = self.page
        properties = child(paragraph, "pPr")
        named = child(properties, "pStyle")
        style = self._styles.get(attribute(named, "val") if named is not None else "")
        boxes: list[Element] = []
        text = self._inline(paragraph, boxes)
        if page.in_cell:
            text = text.replace("\t", " ")
        page.put(text)
        place = self._numbers.place(properties, style)
        # A paragraph without text bears no numeral; Word shows one, but nothing follows it.
        mark = self._numbers.next(place) if place and (text.strip() or boxes) else _written_mark(properties)
        outline = child(properties, "outlineLvl")
        level = (
            int(attribute(outline, "val"))
            if outline is not None and attribute(outline, "val").isdigit()
            else style.outline
        )
        if level is None and (found := _HEADING.match(style.name)):
            level = int(found[1] or 1) - 1
        if level is not None and level < _BODY_TEXT:
            written = page.end_block(BlockKind.HEADING, level + 1, mark)
            if written and not self.title and style.name in _TITLES:
                self.title = text
        elif mark:
            page.end_block(BlockKind.ITEM, place.level + 1 if place else 1, mark)
        elif not page.end_block(BlockKind.PARAGRAPH) and not boxes:
            page.blank_line()
        for box in boxes:
            self.blocks(box, depth + 1)

    def _inline(self, paragraph: Element, boxes: list[Element]) -> str:
        """The text of a paragraph as it is shown; boxes that hang on it go to `boxes`."""
        pieces: list[str] = []
        stack = [paragraph]
        while stack:
            element = stack.pop()
            tag = local(element.tag)
            if tag == "t":
                pieces.append(element.text or "")
            elif tag in _CHARACTERS:
                pieces.append(_CHARACTERS[tag])
            elif tag == "sym":
                pieces.append(_SYMBOLS.get(attribute(element, "char").upper()[-2:], ""))
            elif tag == "txbxContent":
                boxes.append(element)
            elif tag == "AlternateContent":
                stack.append(_alternative(element))
            elif tag == "sdt" and (text := _placeholder(element)):
                self.page.note("hidden", f"left out ({len(text)} characters): {text[:60]}")
            elif tag in _INLINE_NOTES or (tag == "annotation" and attribute(element, "type") in _REMARKS):
                if text := " ".join("".join(e.text or "" for e in element.iter() if local(e.tag) == "t").split()):
                    code = "footnote" if tag in _INLINE_NOTES else "left_out"
                    self.page.note(code, f"left out ({len(text)} characters): {text[:60]}")
            elif tag == "chart":
                self.page.note("left_out", "a chart was not read")
            elif tag == "relIds":
                pieces += self._diagram(attribute(element, "dm"))
            elif tag == "r" and (text := self._hidden(element)):
                self.page.note("hidden", f"left out ({len(text)} characters): {text[:60]}")
            elif tag not in _GONE:
                stack.extend(reversed(element))
        return "".join(pieces)

    def _hidden(self, run: Element) -> str:
        """The text of a run that is not shown, "" for any other."""
        vanish = child(run, "rPr", "vanish")
        if vanish is None or attribute(vanish, "val") in _OFF:
            return ""
        return "".join(element.text or "" for element in run if local(element.tag) == "t").strip()

    def _diagram(self, relation: str) -> Iterator[str]:
        """The texts of a diagram (SmartArt), a line each."""
        _, target = self._targets.get(relation, ("", ""))
        root = self._package.tree(target) if target else None
        for point in child(root, "ptLst") or () if root is not None else ():
            if text := "".join(element.text or "" for element in point.iter() if local(element.tag) == "t"):
                yield "\n" + text

    def _table(self, table: Element, depth: int) -> None:
        """A table by its grid; one that only frames what stands in it gives its contents."""
        rows = [row for row in _inside(table, "tr") if child(row, "trPr", "del") is None]
        page = self.page
        if page.in_cell:  # a table in a cell: its rows are lines, its cells stand beside each other
            for row in rows:
                texts = [self._cell_text(cell, depth) for cell in _inside(row, "tc")]
                page.put(" ".join(filter(None, texts)))
                page.end_block(BlockKind.PARAGRAPH)
            return
        if max((sum(1 for _ in _inside(row, "tc")) for row in rows), default=0) < 2:
            for row in rows:
                for cell in _inside(row, "tc"):
                    self.blocks(cell, depth + 1)
            return
        grid = list(self._grid(rows, depth))
        add_table(page, grid, self._tables, self._package.limits.cells)
        self._tables += 1

    def _grid(self, rows: list[Element], depth: int) -> Iterator[list[Cell]]:
        """The rows of a table; a cell that goes on from the row above has `goes_on`."""
        for row in rows:
            before = child(row, "trPr", "gridBefore")
            column = _span(before) if before is not None else 0
            cells: list[Cell] = []
            for cell in _inside(row, "tc"):
                if not self._cells:
                    self._package.faults.append(
                        f"more than {self._package.limits.cells} cells, the rest was not read (limit: cells)"
                    )
                    return
                self._cells -= 1
                span = child(cell, "tcPr", "gridSpan")
                merge = next((e for name in ("vMerge", "vmerge") if (e := child(cell, "tcPr", name)) is not None), None)
                width = max(_span(span), 1) if span is not None else 1
                goes_on = merge is not None and attribute(merge, "val") != "restart"
                cells.append(Cell(self._cell_text(cell, depth), column, width, goes_on=goes_on))
                column += width
            yield cells

    def _cell_text(self, cell: Element, depth: int) -> str:
        self.page.open_cell()
        self.blocks(cell, depth + 1)
        return self.page.close_cell()


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in a content control or a tracked change."""
    stack = list(reversed(element))
    while stack:
        inner = stack.pop()
        tag = local(inner.tag)
        if tag == wanted:
            yield inner
        elif tag in _WRAPPERS:
            stack.extend(reversed(inner))


def _written_mark(properties: Element | None) -> str:
    """The numeral that Word 2003 wrote down beside a paragraph."""
    told = child(properties, "listPr", "t")
    text = attribute(told, "val").strip() if told is not None else ""
    return "" if not text else "• " if _BULLET.fullmatch(text) else text + " "


def _placeholder(control: Element) -> str:
    """What a field of a form says as long as nothing was entered, "" where something was."""
    shown = child(control, "sdtPr", "showingPlcHdr")
    if shown is None or attribute(shown, "val") in _OFF:
        return ""
    return "".join(element.text or "" for element in control.iter() if local(element.tag) == "t").strip()


def _alternative(element: Element) -> Element:
    """The first reading of an alternative, which new programs show; the others say the same again."""
    for inner in element:
        if local(inner.tag) in ("Choice", "Fallback") and len(inner):
            return inner
    return element.makeelement("nothing", {})


def _span(element: Element) -> int:
    value = attribute(element, "val")
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and len(value) < 12 else 0


_DEEPEST: Final = 40
_WIDEST: Final = 1000  # columns; Word has 63
_BODY_TEXT: Final = 9
# Word 2003 has notes, remarks and what was deleted within the text.
_INLINE_NOTES: Final = ("footnote", "endnote")
_REMARKS: Final = ("Word.Comment", "Word.Deletion")
_BULLET: Final = re.compile("[\ue000-\uf8ff·•●■◆]")
_OFF: Final = ("0", "false", "off")
_HEADING: Final = re.compile(r"(?:heading|标题|標題) ?([1-9])|(?:title|标题|標題)\Z")
_TITLES: Final = ("title", "标题", "標題")
_WRAPPERS: Final = frozenset(["sdt", "sdtContent", "customXml", "ins", "moveTo"])
# What holds no text of the body: properties, what was deleted, codes of fields, phonetic guides, remarks.
_GONE: Final = frozenset(["pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid", "sdtPr", "sectPr", "del", "moveFrom", "instrText", "delText", "rt", "comment", "proofErr", "bookmarkStart", "bookmarkEnd"])  # fmt: skip
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# Characters of the fonts Wingdings and Symbol that forms use, by the last two digits of their codes.
_SYMBOLS: Final = {"A8": "□", "6F": "□", "71": "□", "FE": "☑", "52": "☑", "FD": "☒", "54": "☒", "FC": "√", "6C": "●", "6E": "■", "B7": "•", "A7": "•", "75": "◆", "D8": "➢"}  # fmt: skip
