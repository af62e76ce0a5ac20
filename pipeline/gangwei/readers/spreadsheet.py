"""Spreadsheets (.xlsx, .xls) -> records where a sheet is a table of advertisements, else tables; the only import of calamine."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from gangwei.errors import ReadError
from gangwei.model import BlockKind, Document
from gangwei.readers.columns import Role, is_known, role_of
from gangwei.readers.office import Package
from gangwei.readers.ole import Ole, container
from gangwei.readers.page import Page, document_of
from gangwei.readers.records import read_rows
from gangwei.readers.sheet_cells import Cells, cells_of_package, cells_of_stream
from gangwei.readers.source import DamagedError, Source, storable
from gangwei.readers.tables import Cell, add_table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_Value = int | float | str | bool | time | date | datetime | timedelta | None
Merged = tuple[tuple[int, int], tuple[int, int]]


class Sheet(NamedTuple):
    """A sheet as texts: rows of cells from its first to its last filled place, and the ranges that are merged in it."""

    name: str
    rows: list[list[str]]
    merged: list[Merged]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    boxes: tuple[str, ...] = ()


def read_xlsx(source: Source) -> Iterator[Document]:
    """The documents of an Excel file of today."""
    package = Package(source)
    cells = cells_of_package(package, package.main("xl/workbook"))
    for member in package.packed.members:
        if "sharedstrings" in member.name.lower():  # the library unpacks it whatever it holds
            for _ in package.packed.chunks(member):
                pass
    yield from _read(source, list(cells.values()), list(cells), package.partial())


def read_xls(source: Source) -> Iterator[Document]:
    """The documents of an Excel file of before 2007."""
    ole = Ole(source.data)
    cells = cells_of_stream(ole)
    # The library follows a chain of sectors that runs in a circle until memory ends; so it gets a new container.
    name = "Workbook" if "Workbook" in ole else "Book"
    whole = replace(source, data=container({name: ole.stream(name)}))
    yield from _read(whole, cells, None, ole.fault)


def _read(source: Source, cells: Sequence[Cells], names: Sequence[str] | None, why: str) -> Iterator[Document]:
    for found in cells:
        if found.places > source.limits.places:
            raise ReadError(
                f"a sheet whose cells reach over {found.places} places, more than {source.limits.places} are not read"
                " (limit: places); delete the cells far out and save it again"
            )
    page = Page(keeps_blanks=True)
    sheets: list[Sheet] = []
    workbook = _opened(source.data)
    if not workbook.sheets_metadata:
        raise DamagedError("the Excel file is damaged: it has no sheets; open it in its program and save it anew")
    worksheets = [sheet.name for sheet in workbook.sheets_metadata if "WorkSheet" in str(sheet.typ)]
    looks = dict(zip(names or worksheets, cells, strict=False))
    for told in workbook.sheets_metadata:
        if told.name not in worksheets:
            continue
        if not str(told.visible).endswith(".Visible"):
            page.note("hidden", f"left out: the hidden sheet {told.name}")
            continue
        look = looks.get(told.name, Cells())
        sheets.append(_sheet(workbook, told.name, look))
        say_hidden(page, told.name, look)
    yield from documents_of(source, sheets, page, why)


def documents_of(source: Source, sheets: Sequence[Sheet], page: Page, why: str) -> Iterator[Document]:
    """The documents of sheets: one, or one for each row of a table of advertisements; `page` has their notes."""
    sheets = [sheet for sheet in sheets if sheet.rows or sheet.boxes]
    records = [_header_row(sheet, source) for sheet in sheets]
    if any(header is not None for header in records):
        yield from _records(source, sheets, records, why)
        return
    for table, sheet in enumerate(sheets):
        _write(page, sheet, table, source, is_named=len(sheets) > 1)
    yield document_of(page, source, why=why)


def _opened(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    with _faults_told("the Excel file"):
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def _faults_told(what: str) -> Iterator[None]:
    """Say what is wrong with a file on which the library gave up, be it by a panic, which is no `Exception`."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise ReadError("an Excel file with a password; take the password off and save it again") from None
    except BaseException as error:
        if isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException":
            raise DamagedError(f"{what} is damaged ({error}); open it in its program and save it anew") from None
        raise


def say_hidden(page: Page, name: str, look: Cells) -> None:
    """Name what of a sheet is not read, or is read although it is not shown."""
    rows = [row for row in sorted(look.hidden_rows) if look.top <= row <= look.bottom]
    columns = [first for first, last in look.hidden_columns if last >= look.left and first <= look.right]
    if rows:
        what = "read though a filter hides them" if look.is_filtered else "left out"
        page.note("hidden", f"{what}: hidden rows of the sheet {name} ({len(rows)}, the first is row {rows[0] + 1})")
    if columns:
        page.note("hidden", f"left out: hidden columns of the sheet {name} (the first is column {columns[0] + 1})")
    if look.remarks:
        page.note("left_out", f"remarks on cells of the sheet {name} were not read ({look.remarks})")


def _sheet(workbook: CalamineWorkbook, name: str, look: Cells) -> Sheet:
    with _faults_told(f"the sheet {name}"):
        found: CalamineSheet = workbook.get_sheet_by_name(name)
        top, left = found.start or (0, 0)
        rows: list[list[str]] = [
            [_text(value, is_percent=(top + y, left + x) in look.percent) for x, value in enumerate(row)]
            for y, row in enumerate(found.to_python(skip_empty_area=True))
        ]
        merged = found.merged_cell_ranges or []
    return sheet_of(name, rows, merged, look, (top, left))


def sheet_of(name: str, rows: list[list[str]], merged: Iterable[Merged], look: Cells, start: tuple[int, int]) -> Sheet:
    """A sheet of the texts of its cells from `start` on, with merged ranges by their places in the whole sheet."""
    top, left = start
    width = max(map(len, rows), default=0)
    columns = {
        x for first, last in look.hidden_columns for x in range(max(first - left, 0), min(last - left + 1, width))
    }
    return Sheet(
        name,
        rows,
        [((a - top, b - left), (c - top, d - left)) for (a, b), (c, d) in merged],
        frozenset() if look.is_filtered else frozenset(row - top for row in look.hidden_rows),
        frozenset(columns),
        tuple(storable(line) for line in look.boxes),
    )


def _text(value: _Value, *, is_percent: bool = False) -> str:
    """A value as the sheet shows it, near enough.

    >>> _text(12.0), _text(0.985, is_percent=True), _text(True), _text("会计\\n"), _text(0.1)
    ('12', '98.5%', '是', '会计', '0.1')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return f"{value * 100:.10g}%" if is_percent else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return (
        ""
        if value is None
        else storable(str(value)).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    )


def _header_row(sheet: Sheet, source: Source) -> int | None:
    """Which row names the columns of a table of advertisements; None where the sheet is none.

    One that names a text column beside its employers, or a column of whole descriptions, is. A table of the posts of
    one house is read by its grid.
    """
    for place, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        named = [cell for cell in row if is_known(cell)]
        if len(named) >= 2 and len(named) * 2 >= sum(1 for cell in row if cell):
            roles = {role_of(cell) for cell in row}
            is_ours = bool(roles & _TEXTS) and (Role.COMPANY in roles or Role.TEXT in roles)
            return place if is_ours or source.columns.text else None
    return 0 if source.columns.text else None


def _records(source: Source, sheets: Sequence[Sheet], headers: Sequence[int | None], why: str) -> Iterator[Document]:
    number = 0
    for sheet, header in zip(sheets, headers, strict=True):
        if header is None:
            page = Page(keeps_blanks=True)
            _write(page, sheet, 0, source, is_named=False)
            number += 1
            yield document_of(page, source, number=number)
            continue
        for document in read_rows(source, iter(sheet.rows[header:]), number):
            number += 1
            yield document
    if why:
        yield document_of(Page(), source, why=why)


def _write(page: Page, sheet: Sheet, table: int, source: Source, *, is_named: bool) -> None:
    """A sheet as a table; lines of one cell that stand above it are lines of text."""
    if is_named and not _is_default_name(sheet.name):
        page.put(sheet.name)
        page.end_block(BlockKind.HEADING, 1)
    covered, spans = _covered(sheet, source.limits.cells)
    width = max(map(len, sheet.rows), default=0)
    columns = [
        x for x in range(width) if x not in sheet.hidden_columns and any(x < len(row) and row[x] for row in sheet.rows)
    ]
    place = {x: number for number, x in enumerate(columns)}
    filled = [
        y
        for y, row in enumerate(sheet.rows)
        if y not in sheet.hidden_rows and any(row[x] for x in columns if x < len(row))
    ]
    first = next(
        (y for y in filled if sum(1 for x in columns if x < len(sheet.rows[y]) and sheet.rows[y][x]) > 1), None
    )
    rows: list[list[Cell]] = []
    for number, y in enumerate(filled):
        row = sheet.rows[y]
        if first is None or y < first:
            if not number or filled[number - 1] < y - 1:
                page.blank_line()
            page.put(next(row[x] for x in columns if x < len(row) and row[x]))
            page.end_block(BlockKind.PARAGRAPH)
            continue
        cells: list[Cell] = []
        for x in columns:
            if (y, x) in covered:
                continue
            bottom, right = spans.get((y, x), (y, x))
            width = sum(1 for other in range(x, right + 1) if other in place)
            height = sum(1 for other in filled[number : number + bottom - y + 1] if other <= bottom)
            cells.append(Cell(row[x] if x < len(row) else "", place[x], max(width, 1), max(height, 1)))
        rows.append(cells)
    add_table(page, rows, table, source.limits.cells)
    for line in sheet.boxes:
        page.put(line)
        page.end_block(BlockKind.PARAGRAPH)


def _covered(sheet: Sheet, most: int) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    """Places that a merged range covers but for its first, and how far each such first place reaches."""
    covered: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    bottom, right = len(sheet.rows) - 1, max(map(len, sheet.rows), default=0) - 1
    for (y0, x0), (y1, x1) in sheet.merged:
        y1, x1 = min(y1, bottom), min(x1, right)  # noqa: PLW2901
        if y0 < 0 or x0 < 0 or len(covered) + max(y1 - y0 + 1, 0) * max(x1 - x0 + 1, 0) > most:
            continue
        covered.update((y, x) for y in range(y0, y1 + 1) for x in range(x0, x1 + 1) if (y, x) != (y0, x0))
        spans[y0, x0] = (y1, x1)
    return covered, spans


def _is_default_name(name: str) -> bool:
    """Whether a sheet bears the name that it was born with.

    >>> _is_default_name("Sheet1"), _is_default_name("会计岗")
    (True, False)
    """
    return name.rstrip("0123456789 ()（）").lower() in ("sheet", "工作表", "表")


_FIRST_ROWS: Final = 5
_TEXTS: Final = frozenset([Role.TEXT, Role.DUTIES, Role.REQUIREMENTS])
