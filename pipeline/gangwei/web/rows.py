"""Tables as the page asks for them: searched, filtered, sorted, cut into pages; a hundred thousand rows are few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gangwei.sinks.scales import SCALES
from gangwei.tables import TABLES, Table
from gangwei.web.problems import Problem
from gangwei.web.store import Record, Store

MOST: Final = 500  # rows of a page
# What the page knows of a document besides its columns.
OF_DOCUMENTS: Final = ("_doc", "_file", "_doubts", "_corrections", "_checked")
SHOWN: Final = {table.name: table for table in TABLES if table.name != "texts"}


def table_page(store: Store, name: str, wanted: Mapping[str, str]) -> dict[str, object]:
    """One page of a table: `q` is searched in all texts, `sort` and `order` name an order, `page` counts from 1, and
    `is.COLUMN` and `has.COLUMN` filter."""
    table = SHOWN.get(name)
    if table is None:
        raise Problem(404, "table", f"no table is called so; there are {', '.join(SHOWN)}")
    where, values = _conditions(table, wanted)
    size = _number(wanted, "size", 100, MOST)
    page = _number(wanted, "page", 1, 10**9)
    with store.read() as base:
        total = base.execute(f"SELECT count(*) AS n FROM {name} WHERE {where}", values).fetchone()["n"]
        rows: list[Record] = base.execute(
            f"SELECT * FROM {name} WHERE {where} ORDER BY {_order(table, wanted)} LIMIT ? OFFSET ?",
            (*values, size, (page - 1) * size),
        ).fetchall()
        if "role_id" in _names(table):  # whose it is, in words
            for row in rows:
                found = base.execute(
                    "SELECT title FROM roles WHERE _doc = ? AND role_id = ?", (row["_doc"], row["role_id"])
                )
                row["_title"] = (found.fetchone() or {"title": ""})["title"]
    return {"table": name, "total": total, "page": page, "size": size, "rows": [_shown(table, row) for row in rows]}


def page_of(table: Table, rows: Iterable[dict[str, Any]], wanted: Mapping[str, str]) -> dict[str, Any]:
    """The same of rows that stand in a file; Any: cells. `q`, `is.COLUMN`, `page` and `size` are understood."""
    names = {column.name for column in table.columns}
    words = wanted.get("q", "").lower().split()
    exact = {key[3:]: value for key, value in wanted.items() if key.startswith("is.") and key[3:] in names and value}
    size, page = _number(wanted, "size", 100, MOST), _number(wanted, "page", 1, 10**9)
    total, shown = 0, []
    for row in rows:
        text = "\n".join(str(cell) for cell in row.values()).lower() if words else ""
        if all(str(row[name]) == value for name, value in exact.items()) and all(word in text for word in words):
            if (page - 1) * size <= total < page * size:
                shown.append(row)
            total += 1
    return {"table": table.name, "total": total, "page": page, "size": size, "rows": shown}


def described() -> list[dict[str, object]]:
    """The tables with their columns, as the page draws heads and filters from."""
    return columns_of(SHOWN.values())


def columns_of(tables: Iterable[Table]) -> list[dict[str, object]]:
    """Tables as JSON."""
    return [
        {
            "name": table.name,
            "header": table.header,
            "columns": [
                {
                    "name": column.name,
                    "header": column.header,
                    "type": column.type,
                    "meaning": column.meaning,
                    "scale": dict(SCALES.get((table.name, column.name), {})),
                }
                for column in table.columns
            ],
        }
        for table in tables
    ]


def _conditions(table: Table, wanted: Mapping[str, str]) -> tuple[str, list[object]]:
    conditions, values = ["1"], list[object]()
    strings = [column.name for column in table.columns if column.type == "string"]
    for word in wanted.get("q", "").split()[:10]:
        conditions.append(f"({' OR '.join(_holds(name) for name in strings)})")
        values += [_pattern(word)] * len(strings)
    for key, value in wanted.items():
        kind, _, name = key.partition(".")
        if kind not in ("is", "has") or not value:
            continue
        if name not in _names(table):
            raise Problem(400, "column", f"{table.name} has no column {name}")
        conditions.append(f'"{name}" = ?' if kind == "is" else _holds(name))
        values.append(value if kind == "is" else _pattern(value))
    if table.name == "documents" and wanted.get("eyes"):
        conditions.append("(status IN ('partial', 'failed') OR _doubts) AND NOT _checked")
    return " AND ".join(conditions), values


def _holds(name: str) -> str:
    return f"\"{name}\" LIKE ? ESCAPE '\\'"


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def _order(table: Table, wanted: Mapping[str, str]) -> str:
    name = wanted.get("sort", "")
    if not name:
        return "_doc, rowid"
    if name not in _names(table):
        raise Problem(400, "column", f"{table.name} has no column {name}")
    return f'"{name}" {"DESC" if wanted.get("order") == "desc" else "ASC"}, _doc, rowid'


def _names(table: Table) -> list[str]:
    more = OF_DOCUMENTS if table.name == "documents" else ("_doc",)
    return [*(column.name for column in table.columns), *more]


def _number(wanted: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = wanted.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= most):
        raise Problem(400, name, f"{name} is a number from 1 to {most}")
    return int(text)


def _shown(table: Table, row: Record) -> Record:
    """The row with truth values as such; SQLite keeps them as numbers."""
    flags = [column.name for column in table.columns if column.type == "boolean"]
    return row | {name: bool(row[name]) for name in flags if row[name] is not None}
