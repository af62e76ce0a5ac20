"""What can be taken away: tables as files, made by the same sinks as those of `gangwei extract`, and kept until something
changes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import IO, Final

from gangwei.batch.merge import MANIFEST, Shape, merge
from gangwei.report.figures import Bundle, Figures
from gangwei.sinks import BOOKS, SINKS, file_of
from gangwei.sinks.parts import PartWriter
from gangwei.tables import TABLES, Cell, Row, Table
from gangwei.web.problems import Problem
from gangwei.web.store import Record, Store, quoted

ARCHIVE: Final = "tables.zip"
_TOGETHER: Final = 5_000  # rows on their way to a part


class Exports:
    """The files of one workspace, each made when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._made: dict[tuple[tuple[str, ...], str], int] = {}
        self._figures: tuple[int, dict[str, object]] | None = None

    def open(self, name: str, headers: str) -> IO[bytes]:
        """One of the files, open: it may be made anew meanwhile."""
        formats = _FILES.get(name)
        if formats is None or headers not in ("en", "zh"):
            raise Problem(404, "file", f"no such file; there are {', '.join(_FILES)}, headers en and zh")
        with self._lock:
            return (self.folder(formats, headers) / name).open("rb")

    def folder(self, formats: tuple[str, ...], headers: str) -> Path:
        """The folder with tables in these formats, as `gangwei extract` writes it; the lock must be held."""
        version = self._store.version()
        folder = self._store.folder / "exports" / "-".join((*formats, headers))
        if self._made.get((formats, headers)) != version:
            write_tables(self._store, folder, formats, headers)
            if formats == _ALL:
                pack(folder, ARCHIVE)
            self._made[formats, headers] = version
        return folder

    def figures(self) -> dict[str, object]:
        """The figures over all documents."""
        with self._lock:
            version = self._store.version()
            if self._figures is None or self._figures[0] != version:
                counted = Figures()
                for bundle in _bundles(self._store):
                    counted.add(bundle, is_to_review=False)
                self._figures = version, counted.found()
            return self._figures[1]


def write_tables(store: Store, folder: Path, formats: tuple[str, ...], headers: str) -> None:
    """Write all tables into a folder, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with PartWriter(folder / ".part") as part:
        for table in TABLES:
            for rows in _pieces(store, table):
                part.add({table.name: rows})
    merge([[folder / ".part"]], folder, Shape(formats, headers, keep_text=True))
    shutil.rmtree(folder / ".part")


def _pieces(store: Store, table: Table) -> Iterator[list[Row]]:
    """The rows of a table in the order of the documents, some thousand at a time."""
    with store.read() as base:
        base.row_factory = None
        cursor = base.execute(f"SELECT {quoted(table)} FROM {table.name} ORDER BY _doc, rowid")
        while rows := cursor.fetchmany(_TOGETHER):
            yield rows


def _bundles(store: Store) -> Iterator[Bundle]:
    """The rows of each document by table, as the figures take them."""
    tables = [table for table in TABLES[1:] if table.name != "texts"]
    with store.read() as base:
        groups = {
            table.name: groupby(
                base.execute(f"SELECT * FROM {table.name} ORDER BY _doc, rowid"), key=lambda row: row["_doc"]
            )
            for table in tables
        }
        heads = {name: next(group, None) for name, group in groups.items()}
        for document in base.execute("SELECT * FROM documents ORDER BY _doc"):
            bundle: dict[str, list[dict[str, Cell]]] = {"documents": [document]}
            for name, head in heads.items():
                is_here = head is not None and head[0] == document["_doc"]
                bundle[name] = list(head[1]) if head is not None and is_here else []
                if is_here:
                    heads[name] = next(groups[name], None)
            yield bundle  # type: ignore[misc]  # a record of SQLite holds cells


def pack(folder: Path, archive_name: str) -> None:
    """All files of a folder in one, with what describes them."""
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith(".") and path.name != MANIFEST)
    with zipfile.ZipFile(folder / archive_name, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)  # without a date: same tables, same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as file, archive.open(entry, "w") as packed:
                shutil.copyfileobj(file, packed)


def organisation(store: Store, wanted: str | None, most: int = 2_000) -> dict[str, object]:
    """The companies that state relations, and the roles of one of them with whom they answer to."""
    with store.read() as base:
        companies: list[Record] = base.execute(
            "SELECT r.company, count(*) AS relations FROM relations x JOIN roles r ON r._doc = x._doc AND r.role_id = x.role_id "
            "WHERE x.kind IN ('supervisor', 'subordinate') GROUP BY r.company ORDER BY relations DESC, r.company"
        ).fetchall()
        company = wanted if wanted is not None else (companies[0]["company"] if companies else "")
        roles: list[Record] = base.execute(
            "SELECT rowid AS n, role_id, title, title_full, company, _doc AS document, start FROM roles WHERE company = ? "
            "ORDER BY _doc, rowid LIMIT ?",
            (company, most + 1),
        ).fetchall()
        for role in roles[:most]:
            found = base.execute(
                "SELECT kind, title, target_role_id FROM relations WHERE _doc = ? AND role_id = ? ORDER BY rowid",
                (role["document"], role["role_id"]),
            )
            role["relations"] = [list(row.values()) for row in found]
    return {"companies": companies, "company": company, "roles": roles[:most], "left_out": len(roles) > most}


_ALL: Final = ("csv", "parquet", "xlsx")
_FILES: Final[dict[str, tuple[str, ...]]] = {
    ARCHIVE: _ALL,
    **{file_of(table, form): (form,) for form in SINKS for table in TABLES},
    **{file_of(TABLES[0], form): (form,) for form in BOOKS if form == "xlsx"},
    "datapackage.json": ("csv",),
}
