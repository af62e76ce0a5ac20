"""PowerPoint files (.pptx) -> a document: the boxes of each slide in the order in which a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from gangwei.model import BlockKind, Document
from gangwei.readers.boxes import Box, in_rows
from gangwei.readers.numerals import numeral
from gangwei.readers.office import Package
from gangwei.readers.page import Page, document_of
from gangwei.readers.source import Source
from gangwei.readers.tables import Cell, add_table
from gangwei.readers.xml import attribute, child, local

Targets = dict[str, tuple[str, str]]


class Shape(NamedTuple):
    """What stands in a box: lines of text, rows of a table, or the boxes of a group."""

    lines: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    inner: tuple[Box[Shape], ...] = ()
    is_title: bool = False


def read_pptx(source: Source) -> Iterator[Document]:
    """The one document of a deck."""
    package = Package(source)
    name = package.main("ppt/presentation")
    targets = package.targets(name)
    listed = child(package.tree(name), "sldIdLst")
    slides = [targets.get(_relation(slide), ("", ""))[1] for slide in (listed if listed is not None else ())]
    if len(slides) > source.limits.pages:
        package.faults.append(f"more than {source.limits.pages} slides, the rest was not read (limit: pages)")
    deck = _Deck(package)
    for number, part in enumerate(slides[: source.limits.pages], 1):
        deck.add(number, part)
    yield document_of(deck.page, source, title=deck.title, why=package.partial())


class _Deck:
    """The page that slides are written to, one after the other."""

    def __init__(self, package: Package) -> None:
        self.page = Page(keeps_blanks=True)
        self.title = ""
        self._package = package
        self._layouts: dict[str, dict[str, Box[None]]] = {}
        self._tables = 0

    def add(self, number: int, part: str) -> None:
        slide = self._package.tree(part)
        if slide is None:
            self._package.faults.append(f"slide {number} is missing")
            return
        targets = self._package.targets(part)
        tree = child(slide, "cSld", "spTree")
        if attribute(slide, "show") in ("0", "false"):
            self.page.note("hidden", f"left out: the hidden slide {number}")
            return
        self._leave_out(number, slide, targets)
        self.page.blank_line()
        places = self._places_of(targets)
        if tree is not None:
            self._write(_boxes(tree, places, self._diagrams(targets), 0))

    def _leave_out(self, number: int, slide: Element, targets: Targets) -> None:
        """Name what of a slide is not read."""
        kinds = {kind for kind, _ in targets.values()}
        for kind, what in _BESIDE.items():
            if kind in kinds:
                self.page.note("left_out", f"the {what} of slide {number} were not read")
        for shape in slide.iter():
            if _is_hidden(shape) and (text := _joined(shape)):
                self.page.note("hidden", f"left out (slide {number}, {len(text)} characters): {text[:60]}")

    def _write(self, boxes: Sequence[Box[Shape]]) -> None:
        for row in _in_cards(in_rows(boxes)):
            if len(row) > 1 and all(len(box.content.lines) == 1 for box in row):
                self.page.put("\t".join(box.content.lines[0].replace("\n", " ") for box in row))
                self.page.end_block(BlockKind.PARAGRAPH)
                continue
            for box in row:
                self._write_shape(box.content)

    def _write_shape(self, shape: Shape) -> None:
        page = self.page
        for line in shape.lines:
            page.put(line)
            kind, level = (BlockKind.HEADING, 1) if shape.is_title else (BlockKind.PARAGRAPH, 0)
            if not page.end_block(kind, level):
                page.blank_line()
        if shape.is_title and not self.title:
            self.title = " ".join(shape.lines)
        if shape.rows:
            add_table(page, shape.rows, self._tables, self._package.limits.cells)
            self._tables += 1
        if shape.inner:
            self._write(shape.inner)

    def _places_of(self, targets: Targets) -> dict[str, Box[None]]:
        """Where the slide's layout, and its master, put what says no place of its own."""
        layout = next((target for kind, target in targets.values() if kind == "slideLayout"), "")
        if layout not in self._layouts:
            found: dict[str, Box[None]] = {}
            part, kind = layout, "slideMaster"
            while part:
                root = self._package.tree(part)
                for shape in root.iter() if root is not None else ():
                    if local(shape.tag) == "sp" and (place := _place(shape)):
                        for key in _keys(shape):
                            found.setdefault(key, place)
                wanted, kind = kind, ""
                part = next((t for k, t in self._package.targets(part).values() if k == wanted), "") if wanted else ""
            self._layouts[layout] = found
        return self._layouts[layout]

    def _diagrams(self, targets: Targets) -> dict[str, tuple[str, ...]]:
        """The texts of the slide's diagrams (SmartArt) by the names it uses."""
        found: dict[str, tuple[str, ...]] = {}
        for relation, (kind, target) in targets.items():
            root = self._package.tree(target) if kind == "diagramData" else None
            points = child(root, "ptLst")
            texts = (_joined(point) for point in (points if points is not None else ()))
            found[relation] = tuple(text for text in texts if text)
        return found


def _boxes(
    tree: Element, places: dict[str, Box[None]], diagrams: dict[str, tuple[str, ...]], depth: int
) -> tuple[Box[Shape], ...]:
    """The boxes of a slide or a group, each where it stands."""
    found: list[Box[Shape]] = []
    for element in tree:
        tag = local(element.tag)
        if tag == "AlternateContent":
            chosen = next((inner for inner in element if len(inner)), None)
            found += _boxes(chosen, places, diagrams, depth + 1) if chosen is not None and depth < _DEEPEST else ()
            continue
        shape = None
        if _is_hidden(element):
            continue
        if tag == "sp" and not _kind(element) & _FURNITURE:
            shape = Shape(_lines(child(element, "txBody")), is_title=bool(_kind(element) & _TITLES))
        elif tag == "graphicFrame":
            shape = _frame(element, diagrams)
        elif tag == "grpSp" and depth < _DEEPEST:
            shape = Shape(inner=_boxes(element, places, diagrams, depth + 1))
        if shape and (shape.lines or shape.rows or shape.inner):
            place = _place(element) or next((places[key] for key in _keys(element) if key in places), _NOWHERE)
            found.append(Box(*place[:4], shape))
    return tuple(found)


def _is_hidden(shape: Element) -> bool:
    """Whether a box was made invisible."""
    return any(
        attribute(told, "hidden") in ("1", "true") for part in shape for told in part if local(told.tag) == "cNvPr"
    )


def _in_cards(rows: list[list[Box[Shape]]]) -> Iterator[list[Box[Shape]]]:
    """The rows, but cards side by side one after the other: a row of titles above a row of lists."""
    place = 0
    while place < len(rows):
        upper, lower = rows[place], rows[place + 1] if place + 1 < len(rows) else []
        place += 1
        if 1 < len(upper) == len(lower) and all(map(_is_card, upper, lower)):
            place += 1
            for title, text in zip(upper, lower, strict=True):
                yield [title]
                yield [text]
        else:
            yield upper


def _is_card(upper: Box[Shape], lower: Box[Shape]) -> bool:
    title, text = upper.content.lines, lower.content.lines
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    is_above = shared >= min(upper.width, lower.width) / 2
    return is_above and len(title) == 1 and len(title[0]) <= _LONGEST_TITLE and len(text) > 1


def _frame(element: Element, diagrams: dict[str, tuple[str, ...]]) -> Shape | None:
    """A table or a diagram."""
    data = child(element, "graphic", "graphicData")
    table, diagram = child(data, "tbl"), child(data, "relIds")
    if diagram is not None:
        return Shape(diagrams.get(attribute(diagram, "dm"), ()))
    if table is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for row in (row for row in table if local(row.tag) == "tr"):
        cells = [cell for cell in row if local(cell.tag) == "tc"]
        rows.append(
            tuple(
                Cell(
                    "\n".join(_lines(child(cell, "txBody"))).replace("\t", " "),
                    column,
                    _number(attribute(cell, "gridSpan")),
                    _number(attribute(cell, "rowSpan")),
                )
                for column, cell in enumerate(cells)
                if attribute(cell, "hMerge") in _NO and attribute(cell, "vMerge") in _NO
            )
        )
    if max(map(len, rows), default=0) < 2:  # a frame around lines
        return Shape(tuple(line for row in rows for cell in row for line in cell.text.split("\n") if line))
    return Shape(rows=tuple(rows))


def _lines(body: Element | None) -> tuple[str, ...]:
    """The paragraphs of a box with the numerals that are shown before them."""
    lines: list[str] = []
    numbers: dict[int, int] = {}
    for paragraph in (p for p in (body if body is not None else ()) if local(p.tag) == "p"):
        text = _joined(paragraph)
        if not text.strip():
            lines += [""] if lines else []
            continue
        properties = child(paragraph, "pPr")
        level = _number(attribute(properties, "lvl"), 0) if properties is not None else 0
        automatic, bullet = child(properties, "buAutoNum"), child(properties, "buChar")
        for deeper in [depth for depth in numbers if depth > level or (depth == level and automatic is None)]:
            del numbers[deeper]
        mark = "• " if bullet is not None else ""
        if automatic is not None:
            numbers[level] = numbers.get(level, max(_number(attribute(automatic, "startAt")), 1) - 1) + 1
            mark = _mark(numbers[level], attribute(automatic, "type"))
        lines.append(mark + text)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _mark(number: int, kind: str) -> str:
    """The numeral of a style of DrawingML.

    >>> _mark(2, "arabicPeriod"), _mark(2, "alphaLcParenBoth"), _mark(2, "ea1ChsPeriod"), _mark(2, "circleNumDbPlain")
    ('2. ', '(b) ', '二. ', '② ')
    """
    found = _KIND.match(kind)
    style = _STYLES.get(found[1] if found else "", "decimal")
    before, behind = _AROUND.get(found[2] if found else "", ("", ". "))
    return before + numeral(number, style) + behind


def _joined(element: Element) -> str:
    """The text within an element; a line break within a paragraph is one."""
    pieces = [
        "\n" if local(inner.tag) == "br" else inner.text or ""
        for inner in element.iter()
        if local(inner.tag) in ("t", "br")
    ]
    return "".join(pieces).replace("\v", "\n")


def _place(shape: Element) -> Box[None] | None:
    """Where a shape says that it stands, None where it leaves that to its layout.

    The places of a group's boxes are told in the group's own measure; they are compared with each other alone.
    """
    for path in (("spPr", "xfrm"), ("grpSpPr", "xfrm"), ("xfrm",)):
        frame = child(shape, *path)
        start, size = child(frame, "off"), child(frame, "ext")
        if start is not None and size is not None:
            x, y, width, height = (
                _coordinate(attribute(e, name)) for e, name in ((start, "x"), (start, "y"), (size, "cx"), (size, "cy"))
            )
            return Box(x, y, width, height, None)
    return None


def _keys(shape: Element) -> list[str]:
    """The names under which a layout may say the place of a shape."""
    for properties in shape:
        if (told := child(properties, "nvPr", "ph")) is not None:
            number, kind = attribute(told, "idx"), attribute(told, "type") or "body"
            return [f"#{number}", kind] if number else [kind]
    return []


def _kind(shape: Element) -> set[str]:
    return set(_keys(shape))


def _relation(slide: Element) -> str:
    return next((value for key, value in slide.attrib.items() if key.endswith("}id")), "")


def _number(text: str, otherwise: int = 1) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _coordinate(text: str) -> float:
    return float(text) if _INTEGER.match(text) else 0.0


_INTEGER: Final = re.compile(r"-?\d{1,12}\Z")
_KIND: Final = re.compile(r"(alphaLc|alphaUc|arabicDb|arabic|romanLc|romanUc|circleNum|ea1Chs|ea1Cht|ea1Jpn)(?:DbPlain|Wd\w*)?(Period|ParenR|ParenBoth|Plain)?")  # fmt: skip
_STYLES: Final = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "arabicDb": "decimalFullWidth", "romanLc": "lowerRoman", "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting", "ea1Jpn": "chineseCounting",
}  # fmt: skip
_AROUND: Final = {
    "Period": ("", ". "),
    "ParenR": ("", ") "),
    "ParenBoth": ("(", ") "),
    "Plain": ("", " "),
    None: ("", " "),
}
_BESIDE: Final = {"notesSlide": "speaker's notes", "chart": "charts", "comments": "remarks"}
_FURNITURE: Final = frozenset(["sldNum", "dt", "ftr", "hdr"])
_TITLES: Final = frozenset(["title", "ctrTitle"])
_NO: Final = ("", "0", "false")
_DEEPEST: Final = 20
_LONGEST_TITLE: Final = 20
_NOWHERE: Final = Box(0.0, 0.0, 0.0, 0.0, None)
