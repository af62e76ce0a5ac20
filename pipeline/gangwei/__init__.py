"""gangwei (岗位, a post): Chinese documents that describe posts, read into tables."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gangwei.errors import GangweiError, ReadError, RuleError, UsageError
    from gangwei.extraction import extract
    from gangwei.model import Document, Extraction, Role
    from gangwei.readers import read_file
    from gangwei.rulebook import Rulebook, load
    from gangwei.sinks.frames import extract_frame

__all__ = [
    "Document",
    "Extraction",
    "GangweiError",
    "ReadError",
    "Role",
    "RuleError",
    "Rulebook",
    "UsageError",
    "extract",
    "extract_frame",
    "load",
    "read_file",
]

# Names are fetched when they are first asked for: `gangwei --help` passes through here and loads nothing heavy.
_HOMES = {
    "Document": "gangwei.model",
    "Extraction": "gangwei.model",
    "GangweiError": "gangwei.errors",
    "ReadError": "gangwei.errors",
    "Role": "gangwei.model",
    "RuleError": "gangwei.errors",
    "Rulebook": "gangwei.rulebook",
    "UsageError": "gangwei.errors",
    "extract": "gangwei.extraction",
    "extract_frame": "gangwei.sinks.frames",
    "load": "gangwei.rulebook",
    "read_file": "gangwei.readers",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version  # 60 ms that only whoever asks for it pays

        return version("gangwei")
    if name not in _HOMES:
        raise AttributeError(f"module 'gangwei' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
