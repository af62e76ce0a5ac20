"""Files that are whole or not there: written aside in the same folder, synced, renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ASIDE: Final = ".aside"


def aside(path: Path) -> Path:
    """Where a file stands until it is whole; one name a file, so that a killed run's is overwritten by the next."""
    return path.with_name(f".{path.name}{ASIDE}")


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """The path to write to; on leaving, the file is synced and takes its name, on an error it goes."""
    place = aside(path)
    try:
        yield place
        sync(place)
        place.replace(path)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_text(path: Path, text: str) -> None:
    """Write a small file whole."""
    with written(path) as place:
        place.write_text(text, encoding="utf-8", newline="\n")


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
