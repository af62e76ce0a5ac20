"""Reading the start of a regular file. Opening a pipe or a device could wait for ever, so these are refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)  # Windows has no such pipes


class NotRegularError(Exception):
    """What was to be read is no regular file; the message says what it is."""


def read_start(path: Path, most: int) -> bytes:
    """At most so many bytes of a regular file; NotRegularError, OSError, and ValueError for a name that none can have."""
    _refuse_special(path.stat().st_mode)
    # Between the look and the opening another thing may have taken the name.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAIT)) as file:
        _refuse_special(os.fstat(file.fileno()).st_mode)
        return file.read(most)


def _refuse_special(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise NotRegularError("not a file but a folder")
    if not stat.S_ISREG(mode):
        raise NotRegularError("not a file but a pipe, a socket or a device")
