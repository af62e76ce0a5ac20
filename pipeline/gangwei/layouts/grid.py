"""Tables whose cells are known: pipes, tabs, cells of a format. A row a role, or a column a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.items import read_items
from gangwei.layouts.reading import Reading, Section, build_role
from gangwei.model import BlockKind, Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Page, tidy
from gangwei.titles import NOTHING

_SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT, Field.ROUTINE, Field.SUMMARY])
_POSTS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY])
_RULE_LINE: Final = re.compile(r"^[|\s:：+=\-—]+$")
_ORDINAL_HEAD: Final = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．)）]?)\s*")
_GLOSS: Final = re.compile(r"[(（][^()（）]*[)）]$")
_CORNER: Final = frozenset(
    [
        "",
        "类别",
        "项目",
        "内容",
        "序号",
        "类型",
        "岗位",
        "职务",
        "职位",
        "岗位名称",
        "职务名称",
        "职位名称",
        "栏目",
        "职责类别",
        "维度",
        "要素",
        "名称",
        "指标",
        "分类",
        "事项",
        "条目",
        "模块",
    ]
)
_CORNER_WORDS: Final = re.compile(r"岗位|职务|职位|项目|类别|内容")
_FEWEST_ROWS: Final = 2


class Grid(NamedTuple):
    """A table: rows of cells, each a span of the page; a cell that spans several places stands in each of them."""

    rows: tuple[tuple[Span, ...], ...]
    start: int
    end: int


def read_grids(page: Page) -> Iterator[tuple[Grid, Reading]]:
    """The tables of a page that hold posts or units, with what they say."""
    for grid in (*_format_grids(page), *_text_grids(page)):
        reading = _read_grid(page, grid)
        if reading.roles or reading.units:
            yield grid, reading


# Finding tables


def _format_grids(page: Page) -> Iterator[Grid]:
    """The tables that a format told of."""
    tables: dict[int, dict[tuple[int, int], Span]] = {}
    for block in page.document.blocks:
        if block.kind is BlockKind.CELL:
            places = tables.setdefault(block.table, {})
            span = page.text.value_span(block.start, block.end) if block.end > block.start else Span(0, 0)
            for row in range(block.row, block.row + block.rows):
                for column in range(block.column, block.column + block.columns):
                    places[row, column] = span
    for places in tables.values():
        height = max(row for row, _ in places) + 1
        width = max(column for _, column in places) + 1
        if height < _FEWEST_ROWS or width < 2:
            continue
        rows = tuple(tuple(places.get((r, c), Span(0, 0)) for c in range(width)) for r in range(height))
        filled = [span for row in rows for span in row if span.end > span.start]
        if filled:
            yield Grid(rows, min(s.start for s in filled), max(s.end for s in filled))


def _text_grids(page: Page) -> Iterator[Grid]:
    """The tables drawn with pipes or tabs in plain text."""
    if page.document.blocks and any(block.kind is BlockKind.CELL for block in page.document.blocks):
        return
    for mark in ("|", "\t"):
        if mark not in page.value:
            continue
        rows: list[tuple[Span, ...]] = []
        last_end = 0
        for line in page.lines:
            text = page.value[line.start : line.end]
            if mark in text and _RULE_LINE.match(text):
                last_end = line.end
                continue
            if mark in text:
                rows.append(_cells(page, line.start, line.end, mark))
                last_end = line.end
                continue
            if len(rows) >= _FEWEST_ROWS:
                yield _even(rows, last_end)
            rows = []
        if len(rows) >= _FEWEST_ROWS:
            yield _even(rows, last_end)


def _cells(page: Page, start: int, end: int, mark: str) -> tuple[Span, ...]:
    value = page.value
    if mark == "|" and value[start] == "|":
        start += 1
    if mark == "|" and value[end - 1] == "|":
        end -= 1
    cells = []
    place = start
    while place <= end:
        stop = value.find(mark, place, end)
        stop = end if stop < 0 else stop
        cells.append(Span(place, stop))
        place = stop + 1
    return tuple(cells)


def _even(rows: Sequence[tuple[Span, ...]], end: int) -> Grid:
    width = max(len(row) for row in rows)
    start = rows[0][0].start
    return Grid(tuple(row + (Span(0, 0),) * (width - len(row)) for row in rows), start, end)


# Reading tables


def _read_grid(page: Page, grid: Grid) -> Reading:
    for top in range(min(3, len(grid.rows) - 1)):
        head = [_field(page, cell) for cell in grid.rows[top]]
        distinct = {cell.start for cell, kind in zip(grid.rows[top], head, strict=True) if kind}
        if Field.TITLE in head and len(distinct) >= 2 and any(kind in _SECTIONS or kind in _POSTS for kind in head):
            return _by_rows(page, grid, top, head)
        if (
            Field.DEPARTMENT in head
            and any(kind in (Field.DUTY, Field.UNIT) for kind in head)
            and Field.TITLE not in head
        ):
            return _units(page, grid, top, head)
        posts = [column for column, cell in enumerate(grid.rows[top]) if column and _post(page, cell)]
        corner = _plain(page, grid.rows[top][0])
        if len(posts) >= 2 and (corner in _CORNER or _CORNER_WORDS.search(corner)):
            return _by_columns(page, grid, top, posts)
    return Reading((), (), None, (), "grid")


def _plain(page: Page, cell: Span) -> str:
    text = _GLOSS.sub("", page.value[cell.start : cell.end].replace("*", "").strip(" \t\u3000:：\n|"))
    return re.sub(r"\s+", "", text)


def _field(page: Page, cell: Span) -> Field | None:
    """What a head cell announces."""
    text = _ORDINAL_HEAD.sub("", _plain(page, cell)) or _plain(page, cell)
    rule = page.rules.labels.get(text)
    if rule:
        return rule.field
    for part in re.split(r"[/／、及与和]", text):
        if part in page.rules.labels:
            return page.rules.labels[part].field
    return None


def _post(page: Page, cell: Span) -> Entry | None:
    span = page.trim(cell.start, cell.end)
    if span.start >= span.end:
        return None
    text = page.value[span.start : span.end]
    ordinal = page.ordinals_in(span.start, span.start + 1)
    offset = ordinal[0].end - span.start if ordinal else 0
    name = page.names.post(tidy(text[offset:]))
    if name is None or not page.names.is_post(name.text):
        return None
    return page.entry(span.start + offset, span.end, "table: post")._replace(text=name.text)


def _by_rows(page: Page, grid: Grid, top: int, head: Sequence[Field | None]) -> Reading:
    """A row a role; a row whose title is empty or merged goes on with the role above."""
    roles: list[FoundRole] = []
    claimed = [(cell.start, cell.end) for row in grid.rows[: top + 1] for cell in row if cell.end > cell.start]
    title_column = head.index(Field.TITLE)
    current: tuple[Entry, int, dict[Field, list[Entry]], list[Section]] | None = None

    def close() -> None:
        if current:
            built, spans = build_role(page, current[0], current[1], current[2], current[3], layout="table_flat")
            if built:
                roles.append(built)
                claimed.extend(spans)

    last_title = Span(0, 0)
    for row in grid.rows[top + 1 :]:
        cell = row[title_column]
        title = _lenient_post(page, cell)
        if title and (cell != last_title or current is None):
            close()
            current = (title, cell.start, {}, [])
            claimed.append((cell.start, cell.end))
        last_title = cell
        if current is None:
            continue
        for column, kind in enumerate(head):
            if column != title_column and kind:
                word = _plain(page, grid.rows[top][column])
                _take_cell(page, row[column], kind, word, current[2], current[3], claimed)
    close()
    return Reading(tuple(roles), (), None, tuple(claimed), "table_flat")


def _lenient_post(page: Page, cell: Span) -> Entry | None:
    """The title in a column headed by 岗位: whatever stands there, where it is short."""
    found = _post(page, cell)
    if found:
        return found
    span = page.trim(cell.start, cell.end)
    text = tidy(page.value[span.start : span.end])
    name = page.names.post(text)
    if name is None or len(name.text) > 20 or re.search(r"[。；，]|合计|小计|总计", name.text):
        return None
    return page.entry(span.start, span.end, "table: title column")._replace(text=name.text)


def _take_cell(
    page: Page,
    cell: Span,
    kind: Field,
    word: str,
    fields: dict[Field, list[Entry]],
    sections: list[Section],
    claimed: list[tuple[int, int]],
    group: str = "",
) -> None:
    span = page.trim(cell.start, cell.end)
    text = tidy(page.value[span.start : span.end])
    if text in NOTHING:
        return
    if any(section.pieces == [(cell.start, cell.end)] for section in sections):
        return  # a merged cell, seen again
    claimed.append((cell.start, cell.end))
    if kind in (Field.DEPARTMENT, Field.COMPANY):
        fields.setdefault(kind, [page.entry(span.start, span.end, f"table: {word}")])
    elif kind in _POSTS:
        if kind not in fields:
            fields[kind] = [
                page.entry(span.start, span.end, f"table: {word}")._replace(text=name.text)
                for name in page.names.split(text)
            ]
    elif kind in _SECTIONS:
        section = Section(kind, cell.start, cell.start, is_labelled=True, word=word)
        rule = page.rules.labels.get(word)
        section.keep = word if rule and rule.keep else ""
        section.is_column = True
        section.heading = group
        section.pieces.append((cell.start, cell.end))
        sections.append(section)


def _by_columns(page: Page, grid: Grid, top: int, posts: Sequence[int]) -> Reading:
    """A column a role; the first column names the field, or a group of duties."""
    roles: list[FoundRole] = []
    claimed: list[tuple[int, int]] = [(cell.start, cell.end) for cell in grid.rows[top] if cell.end > cell.start]
    for column in posts:
        title = _post(page, grid.rows[top][column])
        if title is None:
            continue
        fields: dict[Field, list[Entry]] = {}
        sections: list[Section] = []
        for row in grid.rows[top + 1 :]:
            kind = _field(page, row[0])
            word = _plain(page, row[0])
            claimed.append((row[0].start, row[0].end))
            group = ""
            if kind is None or kind is Field.UNIT:
                kind, group = Field.DUTY, _ORDINAL_HEAD.sub("", word)
            _take_cell(page, row[column], kind, word, fields, sections, claimed, group)
        built, spans = build_role(page, title, grid.rows[top][column].start, fields, sections, layout="table_flat")
        if built:
            roles.append(built)
            claimed.extend(spans)
    return Reading(tuple(roles), (), None, tuple(claimed), "table_flat")


def _units(page: Page, grid: Grid, top: int, head: Sequence[Field | None]) -> Reading:
    """A row a unit, with its functions."""
    units: list[FoundUnit] = []
    claimed = [(cell.start, cell.end) for cell in grid.rows[top] if cell.end > cell.start]
    name_column = head.index(Field.DEPARTMENT)
    for row in grid.rows[top + 1 :]:
        span = page.trim(*row[name_column])
        if not page.names.is_unit(tidy(page.value[span.start : span.end])):
            continue
        functions: list[Entry] = []
        for column, kind in enumerate(head):
            if kind in (Field.DUTY, Field.UNIT):
                items = read_items(page, *row[column], Field.UNIT).items
                functions += (page.entry(i.start, i.end, "table: unit", i.group) for i in items)
                claimed.append((row[column].start, row[column].end))
        if functions:
            claimed.append((span.start, span.end))
            units.append(FoundUnit(page.entry(span.start, span.end, "table: unit"), tuple(functions)))
    return Reading((), tuple(units), None, tuple(claimed), "table_flat")
