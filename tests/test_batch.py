"""Runs through real workers: the same bytes whatever happens, and no document costs another its rows."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gangwei.batch import plan
from gangwei.batch.merge import Shape
from gangwei.batch.plan import Input
from gangwei.batch.run import Progress, Reading, run
from gangwei.errors import GangweiError, UsageError
from gangwei.model import Document, Duty, Entry, Extraction, FoundRole, Note, Role
from gangwei.readers import read_file
from gangwei.sinks import read_csv

CSV = Shape(("csv",))


def read(found: Input) -> Iterator[Document]:
    return read_file(Path(found.path), source=found.source, doc_id=found.doc_id)


def extract(document: Document) -> Extraction:
    """A role for each line of the text, poison where a line says so."""
    if poison := POISON.get(document.text.strip()):
        poison()
    duties = (Duty(Entry(document.text[:20], 0, 20, "made")),)
    found = FoundRole(Entry(document.text[:4], 0, 4, "made"), layout="made")
    notes = (Note("made", 0, 1, document.text[:1]),)
    return Extraction(document, "hans", roles=(Role(found, duties=duties),), notes=notes, coverage=0.5)


def spin() -> None:
    while True:
        pass


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(1 << 24))


def raise_it() -> None:
    raise ValueError("at <object at 0x7f00deadbeef>\n二")


def leave_rows() -> None:
    raise RecursionError


POISON: dict[str, Callable[[], object]] = {
    "spin": spin,
    "sleep": lambda: time.sleep(1000),
    "eat": eat,
    "raise": raise_it,
    "exit": lambda: os._exit(3),
    "sys.exit": lambda: sys.exit(4),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crash": lambda: ctypes.string_at(0),
    "interrupt": lambda: (_ for _ in ()).throw(KeyboardInterrupt),
}
READING = Reading(read, extract, "rules-1")


def tables(output: Path) -> dict[str, bytes]:
    """All files of the output but those of the work folder."""
    return {path.name: path.read_bytes() for path in sorted(output.iterdir()) if path.is_file()}


def rows(output: Path, table: str = "documents") -> list[dict[str, object]]:
    return list(read_csv(output / f"{table}.csv"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three hundred documents in three folders: several shards."""
    root = tmp_path / "in"
    for n in range(300):
        path = root / f"company {n % 3}" / f"post {n:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"岗位职责{n}：负责第{n}项工作", encoding="utf-8")
    return root
