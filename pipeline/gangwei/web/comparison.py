"""Role definitions across the companies of a workspace: `gangwei compare` on its tables, in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Lock
from typing import IO, Any, Final

from gangwei.compare.tables import COMPARISON
from gangwei.errors import GangweiError
from gangwei.report.comparison import gather_comparison
from gangwei.sinks.reading import read_rows
from gangwei.web.exports import pack, write_tables
from gangwei.web.problems import Problem
from gangwei.web.rows import columns_of, page_of
from gangwei.web.store import Store

_MEMORY: Final = 4 << 30  # bytes that a comparison may take
_WHY: Final = "why.txt"  # what a comparison says that could not be made
SHOWN: Final = {table.name: table for table in COMPARISON}


class Comparison:
    """The comparison of one workspace: made when it is asked for, kept until the tables change."""

    def __init__(self, store: Store, rules: str | None) -> None:
        self._store = store
        self._rules = rules
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._begun = -1  # the state of the tables that it is made of
        self._view: tuple[int, dict[str, object]] | None = None

    def view(self) -> dict[str, object]:
        """The largest families with their duties by company; or that they are being made, or why they cannot be."""
        with self._lock:
            version = self._store.version()
            if self._process is not None and self._process.is_alive():
                return {"state": "being made"}
            if self._begun != version:
                self._begin(version)
                return {"state": "being made"}
            if self._view is None or self._view[0] != version:
                self._view = version, self._gathered()
            return self._view[1]

    def rows(self, name: str, wanted: Mapping[str, str]) -> dict[str, object]:
        """One page of a table of the comparison."""
        table = SHOWN.get(name)
        if table is None:
            raise Problem(404, "table", f"no table is called so; there are {', '.join(SHOWN)}")
        with self._lock:
            self._made()
            rows = (dict(row) for row in read_rows(self._folder / "out", table))
            found = page_of(table, rows, wanted)
        self._lead_back(found["rows"])
        return found

    def archive(self) -> IO[bytes]:
        """All its tables in one file."""
        with self._lock:
            self._made()
            if not (path := self._folder / "out" / ARCHIVE).exists():
                pack(self._folder / "out", ARCHIVE)
            return path.open("rb")

    def end(self) -> None:
        """Stop what is being made."""
        if self._process is not None:
            self._process.kill()

    @property
    def _folder(self) -> Path:
        return self._store.folder / "exports" / "comparison"

    def _begin(self, version: int) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        write_tables(self._store, self._folder / TABLES_OF, ("csv",), "en")
        self._begun = version
        self._process = get_context("spawn").Process(
            target=_compare, args=(str(self._folder), self._rules), daemon=True
        )
        self._process.start()

    def _made(self) -> None:
        if self._begun < 0 or not (self._folder / "out" / "comparison.json").exists():
            raise Problem(409, "comparison", "the comparison is not made yet: ask /api/comparison until it is")

    def _gathered(self) -> dict[str, object]:
        why = self._folder / _WHY
        if why.exists():
            return {"state": "failed", "reason": why.read_text(encoding="utf-8")}
        if not (self._folder / "out" / "comparison.json").exists():
            return {"state": "failed", "reason": "the process that compares died; are there very many roles?"}
        found: dict[str, Any] = gather_comparison(self._folder / "out", self._folder / TABLES_OF)  # Any: JSON
        statements = (
            statement
            for family in found["families"]
            for duty in family["duties"]
            for cell in duty[4]
            if cell
            for statement in cell[2]
        )
        self._lead_back({"role_id": statement[1], "to": statement} for statement in statements)
        return {"state": "made", **found, "tables": columns_of(COMPARISON)}

    def _lead_back(self, rows: Any) -> None:  # Any: JSON of ours
        """Say for each row, or side of a pair, in which document its role stands."""
        with self._store.read() as base:
            for row in rows:
                for name in [name for name in row if name.endswith("role_id")]:
                    role = base.execute(
                        "SELECT _doc, title, start FROM roles WHERE role_id = ?", (row[name],)
                    ).fetchone()
                    if role and "to" in row:
                        row["to"] += [role["_doc"], role["title"], role["start"]]
                    elif role:
                        row[f"_{name.removesuffix('role_id')}doc"] = role["_doc"]


def _compare(folder: str, rules: str | None) -> None:
    """Compare the tables in a folder; in a process of its own, which has no terminal and ends with its parent."""
    from gangwei.batch.limits import confine
    from gangwei.compare import compare
    from gangwei.rulebook import load
    from gangwei.rulebook.likeness import load_likeness
    from gangwei.rulebook.place import rules_folder

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(_MEMORY, os.getppid())
    place = Path(rules) if rules else rules_folder()
    try:
        compare([Path(folder) / TABLES_OF], Path(folder) / "out", load(place), load_likeness(place), ("csv",))
    except GangweiError as error:
        (Path(folder) / _WHY).write_text(str(error), encoding="utf-8")


TABLES_OF: Final = "tables"
ARCHIVE: Final = "comparison.zip"
