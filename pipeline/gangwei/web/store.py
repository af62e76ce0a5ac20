"""The workspace: a folder with the uploaded files under numbers, and SQLite with what was read and corrected.

`files` are uploads, `documents` and the other tables those of `gangwei.tables`, each row with the number of its
document in `_doc`. `outlines` hold what can be corrected, as it was read and as it is now; `corrections` every
correction in order, so that undoing is applying one fewer.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from gangwei.errors import UsageError
from gangwei.tables import TABLES, Rows, Table
from gangwei.web.limits import ALLOWANCE
from gangwei.web.problems import Problem

Record = dict[str, object]
VERSION: Final = 1  # of the schema
# Notes that say: a person should look here.
DOUBTS: Final = ("low_confidence", "unread_value", "contradiction", "uncertain_repair")


class Store:
    """One workspace; its folder is made where it is not there, and is this process's alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incoming = folder / "incoming"
        try:
            (folder / "files").mkdir(parents=True, exist_ok=True)
            self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UsageError(f"{folder} cannot be written to: {error.strerror}") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"another gangwei serve works in {folder}: stop it or name another --workspace") from None
        for left in (self.incoming, folder / "exports"):  # uploads that were cut off, files of an earlier state
            shutil.rmtree(left, ignore_errors=True)
        self.incoming.mkdir()
        with self.write() as base:
            found = base.execute("PRAGMA user_version").fetchone()["user_version"]
            if found not in (0, VERSION):
                raise UsageError(f"{folder} was made by another version of gangwei: name another --workspace")
            for statement in _SCHEMA:
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {VERSION}")
            base.execute("DELETE FROM files WHERE state = 'arriving'")
            base.execute("UPDATE files SET state = 'waiting' WHERE state = 'reading'")

    def close(self) -> None:
        os.close(self._lock)

    def path_of(self, file: int) -> Path:
        """Where an upload lies: under its number, whatever it is called."""
        return self.folder / "files" / str(file)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the workspace."""
        with closing(self._connect()) as base:
            base.execute("BEGIN")
            yield base

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes come about together or not at all."""
        try:
            with closing(self._connect()) as base:
                base.execute("BEGIN IMMEDIATE")
                yield base
                base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "full" in str(error):
                raise Problem(507, "disk", "the disk is full; make room and try again") from error
            raise

    def _connect(self) -> sqlite3.Connection:
        base = sqlite3.connect(self.folder / "workspace.sqlite", timeout=60, isolation_level=None)
        base.row_factory = _record
        base.execute("PRAGMA journal_mode = WAL")
        return base

    # Uploads

    def arrive(self, name: str, size: int, sha256: str) -> tuple[int, str]:
        """Enter an upload; its number, and the name it goes by, which no other has."""
        with self.write() as base:
            held = base.execute("SELECT count(*) AS n, coalesce(sum(size), 0) AS bytes FROM files").fetchone()
            if held["n"] >= ALLOWANCE.files:
                raise Problem(413, "files", f"a workspace holds {ALLOWANCE.files} files (limit: files)")
            if held["bytes"] + size > ALLOWANCE.total:
                raise Problem(413, "files", f"a workspace holds {ALLOWANCE.total >> 30} GB (limit: total)")
            taken = base.execute("SELECT 1 FROM files WHERE name = ?", (name,)).fetchone()
            times = 1
            while taken:
                times += 1
                taken = base.execute("SELECT 1 FROM files WHERE name = ?", (f"{name}~{times}",)).fetchone()
            final = name if times == 1 else f"{name}~{times}"
            row = (final, size, sha256)
            number = base.execute("INSERT INTO files (name, size, sha256) VALUES (?, ?, ?)", row).lastrowid
        assert number is not None
        return number, final

    def enter(self, file: int) -> None:
        """Say that an upload is there whole and waits."""
        with self.write() as base:
            base.execute("UPDATE files SET state = 'waiting' WHERE file = ?", (file,))
            _touch(base)

    def begin(self, files: Sequence[int]) -> dict[int, str]:
        """Say that uploads are being read, with what was read of them forgotten; the names of those that are there."""
        names = {}
        with self.write() as base:
            for file in files:
                if found := base.execute("SELECT name FROM files WHERE file = ?", (file,)).fetchone():
                    names[file] = str(found["name"])
                    _clear(base, file)
                    base.execute("UPDATE files SET state = 'reading' WHERE file = ?", (file,))
            _touch(base)
        return names

    def give_up(self, files: Sequence[int], error: str) -> None:
        """Say why uploads could not be read."""
        with self.write() as base:
            rows = [(error, file) for file in files]
            base.executemany("UPDATE files SET state = 'failed', error = ? WHERE file = ?", rows)
            _touch(base)

    def waiting(self) -> list[int]:
        """The uploads that are to be read."""
        with self.read() as base:
            return [row["file"] for row in base.execute("SELECT file FROM files WHERE state = 'waiting' ORDER BY file")]

    def file(self, file: int) -> Record:
        """An upload by its number."""
        with self.read() as base:
            found: Record | None = base.execute("SELECT * FROM files WHERE file = ?", (file,)).fetchone()
        if found is None:
            raise Problem(404, "file", "there is no such file")
        return found

    def remove(self, file: int) -> None:
        """Forget an upload and all that was read in it."""
        self.file(file)
        with self.write() as base:
            _clear(base, file)
            base.execute("DELETE FROM files WHERE file = ?", (file,))
            _touch(base)
        self.path_of(file).unlink(missing_ok=True)

    # What was read

    def add_documents(self, file: int, documents: Sequence[Rows], *, is_done: bool = False) -> None:
        """Enter documents of an upload with their rows; `outline` and `labels` among them are JSON."""
        with self.write() as base:
            if not base.execute("SELECT 1 FROM files WHERE file = ?", (file,)).fetchone():
                return  # removed while it was read
            for rows in documents:
                doubts = sum(row[1] in DOUBTS for row in rows.get("notes", ()))
                cells = (*rows["documents"][0], file, doubts)
                number = base.execute(_INSERT["documents"], cells).lastrowid
                assert number is not None
                insert_rows(base, number, {name: table for name, table in rows.items() if name in _OTHERS})
                outline = rows["outline"][0][0] if rows.get("outline") else _EMPTY
                labels = rows["labels"][0][0] if rows.get("labels") else "[]"
                base.execute("INSERT INTO outlines VALUES (?, ?, ?, ?)", (number, outline, outline, labels))
            if is_done:
                base.execute("UPDATE files SET state = 'done' WHERE file = ?", (file,))
            _touch(base)

    def version(self) -> int:
        """A number that grows with every change of the tables."""
        with self.read() as base:
            return int(base.execute("SELECT version FROM changes").fetchone()["version"])


def insert_rows(base: sqlite3.Connection, document: int, rows: Rows) -> None:
    """Enter a document's rows of some tables."""
    for name, table in rows.items():
        base.executemany(_INSERT[name], ((document, *row) for row in table))


def replace_rows(base: sqlite3.Connection, document: int, rows: Rows) -> None:
    """The same in place of the rows that are there."""
    for name in rows:
        base.execute(f"DELETE FROM {name} WHERE _doc = ?", (document,))
    insert_rows(base, document, rows)
    _touch(base)


def quoted(table: Table) -> str:
    """The table's columns for SQL; some are words of SQL."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _touch(base: sqlite3.Connection) -> None:
    base.execute("UPDATE changes SET version = version + 1")


def _clear(base: sqlite3.Connection, file: int) -> None:
    within = "SELECT _doc FROM documents WHERE _file = ?"
    for name in (*_OTHERS, "outlines", "corrections"):
        base.execute(f"DELETE FROM {name} WHERE _doc IN ({within})", (file,))
    base.execute("DELETE FROM documents WHERE _file = ?", (file,))


def _record(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> Record:
    return {column[0]: cell for column, cell in zip(cursor.description, row, strict=True)}


_TYPES: Final = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_OTHERS: Final = {table.name: table for table in TABLES[1:]}
_EMPTY: Final = '{"company":"","checked":false,"roles":[],"units":[]}'


def _declared(table: Table) -> str:
    return ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in table.columns)


_INSERT: Final = {
    "documents": (
        f"INSERT INTO documents ({quoted(TABLES[0])}, _file, _doubts) "
        f"VALUES ({', '.join('?' * (len(TABLES[0].columns) + 2))})"
    ),
    **{
        name: f"INSERT INTO {name} (_doc, {quoted(table)}) VALUES ({', '.join('?' * (len(table.columns) + 1))})"
        for name, table in _OTHERS.items()
    },
}
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS files (file INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, "
    "size INTEGER NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'arriving', error TEXT NOT NULL DEFAULT '')",
    f"CREATE TABLE IF NOT EXISTS documents (_doc INTEGER PRIMARY KEY AUTOINCREMENT, {_declared(TABLES[0])}, "
    "_file INTEGER NOT NULL, _doubts INTEGER NOT NULL, _corrections INTEGER NOT NULL DEFAULT 0, "
    "_checked INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX IF NOT EXISTS documents_file ON documents (_file)",
    *(f"CREATE TABLE IF NOT EXISTS {n} (_doc INTEGER NOT NULL, {_declared(table)})" for n, table in _OTHERS.items()),
    *(f"CREATE INDEX IF NOT EXISTS {name}_doc ON {name} (_doc)" for name in _OTHERS),
    "CREATE INDEX IF NOT EXISTS roles_id ON roles (role_id)",
    "CREATE TABLE IF NOT EXISTS outlines (_doc INTEGER PRIMARY KEY, read TEXT NOT NULL, now TEXT NOT NULL, "
    "labels TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS corrections (number INTEGER PRIMARY KEY AUTOINCREMENT, _doc INTEGER NOT NULL, "
    "correction TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX IF NOT EXISTS corrections_doc ON corrections (_doc)",
    "CREATE TABLE IF NOT EXISTS changes (version INTEGER NOT NULL)",
    "INSERT INTO changes SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM changes)",
)
