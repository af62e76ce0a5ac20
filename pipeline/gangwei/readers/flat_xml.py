"""Office files that are one XML file: Word 2003, Excel 2003, and packages of today written flat.

Programs that fill templates write them, under the names .doc and .xls.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element, tostring

from gangwei.errors import ReadError
from gangwei.model import Document
from gangwei.readers.page import Page
from gangwei.readers.sheet_cells import Cells
from gangwei.readers.slides import read_pptx
from gangwei.readers.source import Source, storable
from gangwei.readers.spreadsheet import Sheet, documents_of, say_hidden, sheet_of
from gangwei.readers.word import read_docx
from gangwei.readers.xml import attribute, child, local, read_tree


def read_word_xml(source: Source) -> Iterator[Document]:
    """The one document of a Word 2003 file in XML, whose body is much as it is today."""
    yield from read_docx(replace(source, data=_package({"word/document.xml": _encoded(source)})))


def read_flat_package(source: Source) -> Iterator[Document]:
    """The one document of a package whose parts stand in one XML file."""
    root, cut = read_tree([_encoded(source)], source.limits.nodes)
    parts: dict[str, bytes] = {}
    for part in root:
        content = child(part, "xmlData")
        if content is not None and len(content):
            parts[attribute(part, "name").lstrip("/")] = tostring(content[0], "utf-8")
    packed = replace(source, data=_package(parts), cut="; ".join(filter(None, (source.cut, cut))))
    yield from (read_pptx if "ppt/presentation.xml" in parts else read_docx)(packed)


def read_excel_xml(source: Source) -> Iterator[Document]:
    """The documents of an Excel 2003 file in XML."""
    root, cut = read_tree([_encoded(source)], source.limits.nodes)
    page = Page(keeps_blanks=True)
    styles = _percent_styles(root)
    sheets: list[Sheet] = []
    for element in (element for element in root if local(element.tag) == "Worksheet"):
        name = storable(attribute(element, "Name"))
        visible = child(element, "WorksheetOptions", "Visible")
        if visible is not None and (visible.text or "").startswith("SheetHidden"):
            page.note("hidden", f"left out: the hidden sheet {name}")
            continue
        sheet = _Sheet(styles)
        sheet.read(child(element, "Table"))
        if sheet.look.places > source.limits.places:
            raise ReadError(
                f"a sheet whose cells reach over {sheet.look.places} places, more than {source.limits.places} are not read"
                " (limit: places); delete the cells far out and save it again"
            )
        sheets.append(sheet.made(name))
        say_hidden(page, name, sheet.look)
    yield from documents_of(source, sheets, page, cut)


class _Sheet:
    """The cells of a sheet by their places, as far as they are read."""

    def __init__(self, percent: frozenset[str]) -> None:
        self.look = Cells()
        self._percent = percent
        self._texts: dict[tuple[int, int], str] = {}
        self._merged: list[tuple[tuple[int, int], tuple[int, int]]] = []

    def read(self, table: Element | None) -> None:
        row = column = -1
        for element in table if table is not None else ():
            if local(element.tag) == "Column":
                column = _number(element, "Index", column + 2) - 1
                last = column + _number(element, "Span")
                if attribute(element, "Hidden") == "1":
                    self.look.hidden_columns.append((column, last))
                column = last
            elif local(element.tag) == "Row":
                row = _number(element, "Index", row + 2) - 1
                if attribute(element, "Hidden") == "1":
                    self.look.hidden_rows.add(row)
                self._read_row(row, element)
                row += _number(element, "Span")

    def _read_row(self, row: int, element: Element) -> None:
        column = -1
        for cell in (cell for cell in element if local(cell.tag) == "Cell"):
            column = _number(cell, "Index", column + 2) - 1
            right, bottom = column + _number(cell, "MergeAcross"), row + _number(cell, "MergeDown")
            self.look.remarks += child(cell, "Comment") is not None
            if text := _text(child(cell, "Data"), is_percent=attribute(cell, "StyleID") in self._percent):
                self._texts[row, column] = text
                self.look.add(row, column, is_percent=False)
            if (bottom, right) != (row, column):
                self._merged.append(((row, column), (bottom, right)))
            column = right

    def made(self, name: str) -> Sheet:
        """The sheet from its first to its last filled place."""
        look = self.look
        rows = [
            [self._texts.get((y, x), "") for x in range(look.left, look.right + 1)]
            for y in range(look.top, look.bottom + 1)
        ]
        return sheet_of(name, rows, self._merged, look, (look.top, look.left))


def _text(data: Element | None, *, is_percent: bool) -> str:
    """A value as the sheet shows it, near enough."""
    if data is None:
        return ""
    text = storable("".join(data.itertext())).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    kind = attribute(data, "Type")
    if kind == "Number" and _NUMBER.fullmatch(text):
        return f"{float(text) * 100:.10g}%" if is_percent else f"{float(text):.15g}"
    if kind == "Boolean":
        return "是" if text == "1" else "否"
    if kind == "DateTime":
        return text.partition("T")[0] if "T00:00:00" in text else text.replace("T", " ").removesuffix(".000")
    return text


def _percent_styles(root: Element) -> frozenset[str]:
    styles = child(root, "Styles")
    return frozenset(
        attribute(style, "ID")
        for style in (styles if styles is not None else ())
        for told in style
        if local(told.tag) == "NumberFormat" and "%" in attribute(told, "Format").replace("Percent", "%")
    )


def _number(element: Element, name: str, otherwise: int = 0) -> int:
    text = attribute(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _encoded(source: Source) -> bytes:
    """The file in the one encoding that the parser surely knows, without its word on another one."""
    return _DECLARATION.sub("", source.decoded.text, count=1).encode("utf-8", "replace")


def _package(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


_DECLARATION: Final = re.compile(r"\A\ufeff?\s{0,99}<\?xml[^>]{0,200}\?>")
_NUMBER: Final = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?")
