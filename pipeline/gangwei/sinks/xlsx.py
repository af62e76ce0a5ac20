"""A workbook that an analyst opens first: a sheet with a row a role, then a sheet a table; nothing in it runs.

Every text is written as a text, never as a formula, link or number; one that looks like a formula also carries Excel's
mark for text, so that it stays one when the cell is edited. Rows go to disk as they come.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from gangwei.sinks import scales
from gangwei.sinks.atomic import ASIDE
from gangwei.sinks.overview import HEADS, Read, overview, rows_of_pieces, utf16_length
from gangwei.tables import Cell, Table

# What Excel takes.
ROWS: Final = 1_048_576
CHARACTERS: Final = 32_767
_CUT: Final = "……（已截断）"

_OVERVIEW: Final = "岗位一览"
_ABOUT: Final = "说明 about"
_WIDTHS: Final = (22, 16, 18, 18, 22, 60, 40, 40, 44, 40, 28, 9)
_NARROW: Final = {"integer": 9, "number": 9, "boolean": 9}
_WIDE: Final = {"text": 60, "message": 60, "doc_id": 28, "role_id": 30, "error": 40, "summary": 40}
_NORMAL: Final = 16

_RISKY: Final = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")
_NO_XML: Final = re.compile("[\ufffe\uffff]")


class Sheet(NamedTuple):
    """What a table became: its sheets, rows, cells that were cut and cells with characters that no XML takes."""

    table: str
    header: str
    names: tuple[str, ...]
    rows: int
    cut: int
    replaced: int


def write_xlsx(path: Path, tables: Sequence[Table], read: Read, *, headers: str = "en") -> list[str]:
    """Write all tables; what did not fit, a line for each table."""
    with TemporaryDirectory(prefix=f".{path.name}.", suffix=ASIDE, dir=path.parent) as folder:
        options = {"constant_memory": True, "tmpdir": folder}
        texts = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        book = Workbook(str(path), options | texts)
        book.use_zip64()
        book.set_properties({"title": "gangwei 岗位", "created": datetime(1980, 1, 1)})  # no clock in the file
        styles = _styles(book)
        pages = _Pages(book, styles, _OVERVIEW, HEADS, _WIDTHS, wrapped=True)
        for row in overview(read, CHARACTERS):
            pages.add(row)
        sheets = [pages.end("roles", "一行一个岗位")]
        for table in tables:
            sheets.append(_write_table(book, styles, table, rows_of_pieces(read(table)), headers))
        _write_about(book, styles, sheets)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(errno.EIO, str(error)) from error
    return [remark for sheet in sheets for _, remark in _remarks(sheet)]


def _write_table(
    book: Any,  # Any, here and below: XlsxWriter's own types are loose
    styles: Mapping[str, Any],
    table: Table,
    rows: Iterable[tuple[Cell, ...]],
    headers: str,
) -> Sheet:
    is_chinese = headers == "zh"
    heads = [column.header if is_chinese else column.name for column in table.columns]
    widths = [_NARROW.get(column.type) or _WIDE.get(column.name, _NORMAL) for column in table.columns]
    pages = _Pages(book, styles, table.header if is_chinese else table.name, heads, widths)
    scaled = [n for n, column in enumerate(table.columns) if is_chinese and (table.name, column.name) in scales.SCALES]
    for row in rows:
        if scaled:
            cells = list(row)
            for n in scaled:
                cells[n] = scales.chinese(table.name, table.columns[n].name, str(cells[n]))
            pages.add(cells)
        else:
            pages.add(row)
    return pages.end(table.name, table.header)


class _Pages:
    """Rows on a sheet, and on further ones where it is full, each with its heads frozen and with filters."""

    def __init__(
        self,
        book: Any,
        styles: Mapping[str, Any],
        name: str,
        heads: Sequence[str],
        widths: Sequence[int],
        *,
        wrapped: bool = False,
    ) -> None:
        self._book, self._styles, self._name, self._heads, self._widths = book, styles, name, heads, widths
        self._plain = styles["wrapped"] if wrapped else None
        self._quoted = styles["wrapped quoted" if wrapped else "quoted"]
        self._names: list[str] = []
        self._n_rows = self._n_cut = self._n_replaced = 0
        self._begin()

    def add(self, cells: Sequence[Cell]) -> None:
        """One more row."""
        if self._row == ROWS:
            self._finish()
            self._begin()
        sheet, row = self._sheet, self._row
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                text = self._fitted(cell)
                sheet.write_string(row, column, text, self._quoted if _RISKY.match(text) else self._plain)
            elif isinstance(cell, bool):
                sheet.write_boolean(row, column, cell, self._plain)
            else:
                sheet.write_number(row, column, cell, self._plain)
        self._row += 1
        self._n_rows += 1

    def end(self, table: str, header: str) -> Sheet:
        """What became of the rows."""
        self._finish()
        return Sheet(table, header, tuple(self._names), self._n_rows, self._n_cut, self._n_replaced)

    def _begin(self) -> None:
        name = f"{self._name} {len(self._names) + 1}" if self._names else self._name
        self._names.append(name)
        self._sheet = self._book.add_worksheet(name)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        self._sheet.freeze_panes(1, 0)
        for column, head in enumerate(self._heads):
            self._sheet.write_string(0, column, head, self._styles["head"])
        self._row = 1

    def _finish(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._heads) - 1)

    def _fitted(self, text: str) -> str:
        if "\uffff" in text or "\ufffe" in text:
            text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
            self._n_replaced += 1
        if 2 * len(text) <= CHARACTERS or utf16_length(text) <= CHARACTERS:
            return text
        self._n_cut += 1
        units = text.encode("utf-16-le")[: 2 * (CHARACTERS - len(_CUT))]
        return units.decode("utf-16-le", "ignore") + _CUT  # half of a character at the cut goes


def _styles(book: Any) -> dict[str, Any]:
    head = {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "valign": "vcenter"}
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format(head),
        "quoted": book.add_format({"quote_prefix": True}),
        "wrapped": book.add_format(wrapped),
        "wrapped quoted": book.add_format(wrapped | {"quote_prefix": True}),
    }


def _write_about(book: Any, styles: Mapping[str, Any], sheets: Sequence[Sheet]) -> None:
    pages = _Pages(
        book,
        styles,
        _ABOUT,
        ("工作表 sheet", "内容 content", "行数 rows", "备注 remarks"),
        (24, 18, 12, 100),
        wrapped=True,
    )
    for sheet in sheets:
        remarks = "\n".join(f"{chinese} {english}" for chinese, english in _remarks(sheet))
        pages.add((", ".join(sheet.names), sheet.header, sheet.rows, remarks))
    pages.end("", "")


def _remarks(sheet: Sheet) -> list[tuple[str, str]]:
    """What did not fit, in Chinese and English."""
    found: list[tuple[str, str]] = []
    first = sheet.names[0]
    if (n := len(sheet.names)) > 1:
        found.append(
            (
                f"{sheet.rows:,} 行超过一张工作表的上限，分在 {n} 张里。",
                f"xlsx: {first} has {sheet.rows:,} rows, more than a sheet holds, and goes on in {', '.join(sheet.names[1:])}",
            )
        )
    if sheet.cut:
        found.append(
            (
                f"{sheet.cut:,} 个单元格超过 {CHARACTERS:,} 字，已截断；全文在其他格式里。",
                f"xlsx: {first} has {sheet.cut:,} cells of more than {CHARACTERS:,} characters, which are cut; "
                "the other formats hold them whole",
            )
        )
    if sheet.replaced:
        found.append(
            (
                f"{sheet.replaced:,} 个单元格里有 Excel 存不下的字符，写作 U+FFFD。",
                f"xlsx: {first} has {sheet.replaced:,} cells with characters that no sheet holds; they are U+FFFD",
            )
        )
    return found
