"""Tables whose cells are known: which of their rows are heads, and what stands below or beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.layouts.cell_senses import kind_of_column
from gangwei.layouts.cells import post_in, text_of, title_in, with_cells
from gangwei.layouts.columns import (
    POST_KINDS,
    SECTION_KINDS,
    Column,
    column_of,
    plain,
    read_column,
    read_head,
    row_head,
    with_targets,
)
from gangwei.layouts.form import is_form, is_template, read_form
from gangwei.layouts.grids import Grid, find_grids
from gangwei.layouts.matrix import read_matrix
from gangwei.layouts.reading import Reading
from gangwei.layouts.rows import read_rows, read_units
from gangwei.model import Field, FoundRole, FoundUnit, Span
from gangwei.page import Page
from gangwei.rulebook.columns import CORNER, GROUP

NOTHING: Final = Reading((), (), None, (), "grid")
# A form filled in as it might be: nobody reads anything in it.
TEMPLATE: Final = Reading((), (), None, (), "template")
# Without one of these no cell says how it might be filled in.
_SIGNS: Final = ("如：", "如:", "例：", "例:")
_FEWEST_POSTS: Final = 2
_TOP_ROWS: Final = 4
_MOST_OF: Final = 0.6
_SOME_OF: Final = 0.3
_LONG_TEXT: Final = 12
_SAID: Final = frozenset([*SECTION_KINDS, *POST_KINDS])


class _Part(NamedTuple):
    """The rows of a table that stand below one head."""

    head: tuple[Column | None, ...]
    head_rows: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[Span, ...], ...]


def read_grids(page: Page) -> list[tuple[Span, Reading]]:
    """Where the tables of a page stand, with what they say; many hold neither posts nor units."""
    return [(Span(grid.start, grid.end), _read_grid(page, grid)) for grid in find_grids(page)]


def _read_grid(page: Page, grid: Grid) -> Reading:
    if any(sign in page.value for sign in _SIGNS) and is_template(page, grid):
        return TEMPLATE
    if not _post_head(page, grid.rows, 0) and is_form(page, grid):
        return read_form(_own_numbers(page, grid), grid)
    if tops := [*_matrix_heads(page, grid)]:
        return _read_matrices(_own_numbers(page, grid), grid, tops)
    parts = [*_parts(page, grid)]
    if not parts:
        parts = _headless(page, grid)
    own = _own_numbers(page, grid)
    parts = [part._replace(head=_filled_in(own, part)) for part in parts]
    if not any(_tells(part.head) for part in parts):
        return NOTHING
    return _together([_read_part(own, part, grid.start) for part in parts])


def _together(readings: Sequence[Reading]) -> Reading:
    roles: list[FoundRole] = []
    units: list[FoundUnit] = []
    claimed: list[tuple[int, int]] = []
    for reading in readings:
        roles += reading.roles
        units += reading.units
        claimed += reading.claimed
    return Reading(tuple(roles), tuple(units), None, tuple(claimed), "table_flat")


def _own_numbers(page: Page, grid: Grid) -> Page:
    return with_cells(page, (cell for row in grid.rows for cell in row if cell.end - cell.start > 2))


# A column a post


def _matrix_heads(page: Page, grid: Grid) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The rows that name posts, with the columns of these; more than one where several tables run on as one."""
    # A single post may head a table whose other rows say that they are fields.
    is_plain = sum(row_head(page.rules, plain(page, row[0])) is not None for row in grid.rows) >= _FEWEST_POSTS
    corner = plain(page, grid.rows[0][0])
    head = column_of(page.rules, corner)
    fewest = 1 if is_plain and (not corner or (head and head.kind in (CORNER, GROUP))) else _FEWEST_POSTS
    for number, row in enumerate(grid.rows[:-1]):
        if number >= _TOP_ROWS and fewest == _FEWEST_POSTS:
            return
        if columns := _posts_in_row(page, row, fewest):
            yield number, columns
            fewest = 1


def _read_matrices(page: Page, grid: Grid, tops: Sequence[tuple[int, tuple[int, ...]]]) -> Reading:
    readings: list[Reading] = []
    for index, (top, columns) in enumerate(tops):
        first = 0 if index == 0 else top
        last = tops[index + 1][0] if index + 1 < len(tops) else len(grid.rows)
        readings.append(read_matrix(page, grid.rows[first:last], top - first, columns))
    return _together(readings)


def _posts_in_row(page: Page, row: Sequence[Span], fewest: int) -> tuple[int, ...]:
    """The columns of the posts in the head of a table with a column per post; none where it is no such head."""
    first = row[0]
    text = plain(page, first)
    if first.end - first.start > 0 and page.value[first.start : first.end].strip():
        corner = column_of(page.rules, text) if text else None
        is_crossed = "\\" in page.value[first.start : first.end] or "/" in page.value[first.start : first.end]
        if not is_crossed and (corner is None or corner.kind not in (CORNER, GROUP, Field.TITLE, "number", Field.DUTY)):
            return ()
    found: list[int] = []
    posts = others = 0
    for column, cell in enumerate(row[1:], 1):
        if cell == first or not page.value[cell.start : cell.end].strip() or cell == row[column - 1]:
            continue
        if read_column(page, cell) is not None or not title_in(page, cell):
            others += 1
            continue
        posts += post_in(page, cell) is not None
        found.append(column)
    if len(found) < fewest or others > 1 or posts * 2 < len(found):
        return ()
    return tuple(found)


# A row a post, a row a unit


def _parts(page: Page, grid: Grid) -> Iterator[_Part]:
    """The table cut at its heads; a head that is repeated goes on, one of two rows is read as one."""
    heads: list[tuple[int, tuple[Column | None, ...]]] = []
    for number, row in enumerate(grid.rows):
        if head := read_head(page, row) or _post_head(page, grid.rows, number):
            heads.append((number, head))
    index = 0
    part: _Part | None = None
    while index < len(heads):
        number, head = heads[index]
        head_rows = [grid.rows[number]]
        while index + 1 < len(heads) and heads[index + 1][0] == number + len(head_rows):
            lower = heads[index + 1][1]
            if lower == head:
                break
            head = tuple(below or above for above, below in zip(head, lower, strict=True))
            head_rows.append(grid.rows[heads[index + 1][0]])
            index += 1
        index += 1
        end = heads[index][0] if index < len(heads) else len(grid.rows)
        rows = grid.rows[number + len(head_rows) : end]
        if part and part.head == head:
            part = _Part(head, (*part.head_rows, *head_rows), (*part.rows, *rows))
            continue
        if part:
            yield part
        part = _Part(head, tuple(head_rows), rows)
    if part:
        yield part


def _post_head(page: Page, rows: Sequence[Sequence[Span]], number: int) -> tuple[Column | None, ...] | None:
    """The columns that a row announces one of which is of posts, as the cells below it show; whatever the others are
    called, they say something of these posts."""
    columns = [read_column(page, cell) if cell.end > cell.start else None for cell in rows[number]]
    titles = [place for place, column in enumerate(columns) if column and column.kind == Field.TITLE]
    if len(titles) != 1 or len(rows[number]) <= _FEWEST_POSTS:
        return None
    # Under a word for posts fewer of them do than where nothing else tells what a column holds.
    is_of_posts = _is_post_column(page, rows[number + 1 :], titles[0], _SOME_OF)
    return with_targets(columns) if is_of_posts else None


def _headless(page: Page, grid: Grid) -> list[_Part]:
    """A table without a head, where a column of posts and a column of long texts tell what they are."""
    height = len(grid.rows)
    posts = next((c for c in range(min(3, len(grid.rows[0]))) if _is_post_column(page, grid.rows, c)), None)
    if posts is None or height < _FEWEST_POSTS:
        return []
    head: list[Column | None] = [None] * len(grid.rows[0])
    head[posts] = Column(str(Field.TITLE), "")
    for column in range(posts + 1, len(head)):
        cells = [row[column] for row in grid.rows]
        if sum(cell.end - cell.start for cell in cells) >= _LONG_TEXT * height:
            texts = [page.value[slice(*page.trim(*cell))] for cell in cells]
            wanted = sum(bool(page.rules.senses.requirement.search(text[:20])) for text in texts)
            does = sum(bool(page.rules.senses.duty.match(text.lstrip("0123456789一、.．()（） "))) for text in texts)
            kind = Field.REQUIREMENT if wanted > does else Field.DUTY
            head[column] = Column(str(kind), "")
    return [_Part(tuple(head), (), grid.rows)]


def _is_post_column(page: Page, rows: Sequence[Sequence[Span]], column: int, share: float = _MOST_OF) -> bool:
    filled = [row[column] for row in rows if page.value[row[column].start : row[column].end].strip()]
    posts = sum(post_in(page, cell) is not None for cell in filled)
    return posts >= _FEWEST_POSTS and posts >= share * len(filled)


def _tells(head: Sequence[Column | None]) -> bool:
    kinds = {column.kind for column in head if column}
    return bool(kinds & _SAID) or Field.UNIT in kinds


def _read_part(page: Page, part: _Part, start: int) -> Reading:
    kinds = {column.kind for column in part.head if column}
    if not any(kind in _SAID or kind == Field.UNIT for kind in kinds):
        return NOTHING
    read = read_rows if Field.TITLE in kinds else read_units
    return read(page, part.head, part.head_rows, part.rows, start)


def _filled_in(page: Page, part: _Part) -> tuple[Column | None, ...]:
    """The head of a part, with what its cells say of columns that are called by no word of ours."""
    found = list(part.head)
    kinds = [column.kind if column else "" for column in found]
    if Field.TITLE not in kinds:
        # A column of posts may be headed by a word that says little: 人员, 类别, or nothing.
        free = [c for c, kind in enumerate(kinds) if kind not in _SAID and kind != Field.UNIT]
        posts = next((column for column in free if _is_post_column(page, part.rows, column)), None)
        if posts is None:
            return part.head
        named = found[posts]
        found[posts] = Column(str(Field.TITLE), named.word if named else "")
    titles = next(c for c, column in enumerate(found) if column and column.kind == Field.TITLE)
    names = {text_of(page, row[titles]) for row in part.rows}
    for column, known in enumerate(found):
        if known is None:
            has_duties = any(c is not None and c.kind == Field.DUTY for c in found)
            word = plain(page, part.head_rows[-1][column]) if part.head_rows else ""
            texts = [text_of(page, row[column]) if row[column].end > row[column].start else "" for row in part.rows]
            if kind := kind_of_column(page, word, texts, names, has_duties=has_duties):
                found[column] = Column(str(kind), word)
    return tuple(found)
