"""Text of documents made fit for a terminal: nothing in it moves the cursor, forges a line or hides."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

# Control, format (bidirectional marks, zero widths), surrogates, line and paragraph separators.
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ENDLESS: Final = 100_000
_CONTROL_PICTURES: Final = 0x2400


def visible(text: str) -> str:
    """The text with a visible sign for each character that a terminal would obey instead of showing.

    Line ends and tabs stay.

    >>> visible("销售\\x1b[31m经理")
    '销售␛[31m经理'
    >>> visible("上\\u202e海\\r\\n")
    '上�海\\n'
    """
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The same on one line.

    >>> one_line("岗位\\n职责")
    '岗位 职责'
    """
    return visible(" ".join(text.splitlines()))


def json_text(value: object) -> str:
    """Frozen types, tuples and plain values as JSON; what a terminal would obey is escaped.

    >>> print(json_text(("岗位", "\x9b31m")))
    [
     "岗位",
     "\\u009b31m"
    ]
    """
    text = json.dumps(_plain_value(value), ensure_ascii=False, indent=1)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char == "\n" or _is_safe(char) else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return "\\u007f" if char == "\x7f" else json.dumps(char)[1:-1]  # json takes DEL for printable


def console_for_text() -> Console:
    """A console that takes words as they are, and wraps lines only where a terminal makes it."""
    from rich.console import Console

    class TextConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would end the program with 1, which is for documents that failed

    console = TextConsole(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _ENDLESS
    return console


def _plain_value(value: object) -> object:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain_value(entry) for name, entry in value._asdict().items()}
    if is_dataclass(value):
        return {field.name: _plain_value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain_value(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(entry) for entry in value]
    return value


def _is_safe(char: str) -> bool:
    return unicodedata.category(char) not in _UNSAFE


def _shown(char: str) -> str:
    if char in "\n\t" or _is_safe(char):
        return char
    if char < " ":
        return chr(_CONTROL_PICTURES + ord(char))
    return "␡" if char == "\x7f" else "\N{REPLACEMENT CHARACTER}"
