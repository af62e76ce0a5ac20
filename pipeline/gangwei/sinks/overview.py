"""Posts as an analyst reads them: one row a role, with what the other tables say of it in one cell each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import pyarrow as pa

from gangwei.tables import TABLES, Cell, Table

# What reads a table's pieces from the start; a table may be read several times.
Read = Callable[[Table], Iterator[pa.Table]]

HEADS: Final = (
    *("公司", "部门", "职务", "直接上级", "直接下级", "职责", "权限", "关键业绩指标", "任职要求"),
    *("日常工作", "出处", "置信度"),
)
# What a cell of a spreadsheet holds: more lines are not shown.
LINES: Final = 250


def overview(read: Read, longest: int) -> Iterator[tuple[Cell, ...]]:
    """A row for each role, in the order of `HEADS`; a cell holds at most `longest` UTF-16 units, and says what it leaves out."""
    relations, duties = (
        _Follower(read, "relations", "kind", "title"),
        _Follower(read, "duties", "kind", "text", "group"),
    )
    kpis, requirements = _Follower(read, "kpis", "text"), _Follower(read, "requirements", "text")
    for role_id, company, department, title, doc_id, confidence in rows_of_pieces(
        read(_TABLE["roles"]), "role_id", "company", "department", "title", "doc_id", "confidence"
    ):
        posts, items = relations.of(role_id), duties.of(role_id)
        yield (
            *(company, department, title),
            *(_posts(posts, kind, longest) for kind in ("supervisor", "subordinate")),
            *(_items([i[2:] for i in items if i[1] == kind], longest, "duties") for kind in ("duty", "authority")),
            _items([item[1:] for item in kpis.of(role_id)], longest, "kpis"),
            _items([item[1:] for item in requirements.of(role_id)], longest, "requirements"),
            _items([i[2:] for i in items if i[1] == "routine"], longest, "duties"),
            *(doc_id, confidence),
        )
    for follower in (relations, duties, kpis, requirements):
        follower.end()


def rows_of_pieces(pieces: Iterable[pa.Table], *columns: str) -> Iterator[tuple[Any, ...]]:  # Any: pyarrow is not typed
    """The rows of a table's pieces; all columns where none is named."""
    for piece in pieces:
        found = piece.select(list(columns)) if columns else piece
        yield from zip(*(column.to_pylist() for column in found.columns), strict=True)


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has, which is what spreadsheets count.

    >>> utf16_length("岗位"), utf16_length("𠮷")
    (2, 2)
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Follower:
    """The rows of a table, role by role; all tables hold their rows in the order of the roles."""

    def __init__(self, read: Read, table: str, *columns: str) -> None:
        self._table = table
        self._groups = groupby(rows_of_pieces(read(_TABLE[table]), "role_id", *columns), key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, role_id: str) -> list[tuple[Any, ...]]:
        """The rows of the next role, if it is this one."""
        if self._next is None or self._next[0] != role_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def end(self) -> None:
        """Nothing may be left: a row that belongs to no role, or out of order, would be lost without a word."""
        assert self._next is None, f"{self._table}: {self._next[0]} is not where its role is"


def _posts(rows: list[tuple[Any, ...]], kind: str, longest: int) -> str:
    return _lines([title for _, found, title in rows if found == kind], longest, "relations")


def _items(items: list[tuple[Any, ...]], longest: int, table: str) -> str:
    """The items numbered, one a line, each list below its heading where it has one."""
    lines: list[str] = []
    before = ""
    for number, (text, *group) in enumerate(items, 1):
        heading = group[0] if group else ""
        above = f"【{heading}】\n" if heading and heading != before else ""
        before = heading
        lines.append(f"{above}{number}. {text}")
    return _lines(lines, longest, table)


def _lines(lines: list[str], longest: int, table: str) -> str:
    """The lines, as many of them as fit, whole.

    >>> _lines(["1. 盘点库存", "2. 发出货物", "3. 验收货物", "4. 退回货物"], 27, "duties")
    '1. 盘点库存\\n……另有 3 项，见表 duties'
    """
    joined = "\n".join(lines)
    if len(lines) <= LINES and (2 * len(joined) <= longest or utf16_length(joined) <= longest):
        return joined
    room = longest - len(_left_out(len(lines), table))
    kept: list[str] = []
    for line in lines[:LINES]:
        room -= utf16_length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, _left_out(len(lines) - len(kept), table)])


def _left_out(n: int, table: str) -> str:
    return f"……另有 {n} 项，见表 {table}"


_TABLE: Final = {table.name: table for table in TABLES}
