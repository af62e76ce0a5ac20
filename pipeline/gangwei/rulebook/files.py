"""One rule file at a time: reading it, and gathering all its faults before anyone complains."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from gangwei.errors import RuleError
from gangwei.regular import NotRegularError, read_start

# Limits of a rule file. Ours are at most a twentieth of them; what is larger would stall the program before it begins.
MOST_BYTES: Final = 1_000_000
LONGEST_WORD: Final = 200
_MOST_FAULTS: Final = 100
# Parts of a key with dots: tomllib takes memory by the square of them.
_MOST_PARTS: Final = 8
_STRING_OR_REMARK: Final = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|#[^\n]*+""")
_BETWEEN_KEYS: Final = re.compile(r"[,=\[\]{}]")


class RuleFile:
    """A TOML rule file with the faults found in it so far; `close` raises them all at once.

    >>> RuleFile.of_text("x.toml", 'a = "b"').entries("label")
    ()
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.faults: list[str] = []
        self._lines = text.splitlines()
        self._used: set[str] = set()
        self._data: Mapping[str, object] = _parsed(name, text)

    @classmethod
    def of_text(cls, name: str, text: str) -> RuleFile:
        return cls(name, text)

    @classmethod
    def open(cls, folder: Path, name: str) -> RuleFile:
        path = folder / name
        return cls(str(path), _content(path))

    def entries(self, key: str) -> tuple[Mapping[str, object], ...]:
        """The tables of `[[key]]`, in order."""
        self._used.add(key)
        found = self._data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            self.fault(f"{key} must be written as [[{key}]]")
            return ()
        return tuple(found)

    def table(self, key: str) -> Mapping[str, object]:
        """The table `[key]`, empty where it is not there."""
        self._used.add(key)
        found = self._data.get(key, {})
        if not isinstance(found, dict):
            self.fault(f"{key} must be written as [{key}]")
            return {}
        return found

    def strings(self, key: str) -> tuple[str, ...]:
        """The list of strings under a key at the top of the file."""
        self._used.add(key)
        return self.words(self._data, key, key)

    def word(self, key: str) -> str:
        """The string under a key at the top of the file."""
        self._used.add(key)
        return self.string(self._data, key, key)

    def check_keys(self, entry: Mapping[str, object], where: str, known: Sequence[str]) -> None:
        for key in sorted(set(entry) - set(known)):
            self.fault(f"{where}: unknown key {key!r}; known are {', '.join(known)}")

    def string(self, entry: Mapping[str, object], key: str, where: str, default: str | None = None) -> str:
        value = entry.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            self.fault(f"{where}: {key} must be a string and not empty")
            return ""
        return value

    def words(self, entry: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        """A list of strings, none empty, none twice."""
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            self.fault(f"{where}: {key} must be a list of strings, none empty")
            return ()
        for word in sorted(word for word, count in Counter(value).items() if count > 1):
            self.fault(f"{where}: {key} holds {word!r} twice")
        if any(len(word) > LONGEST_WORD for word in value):
            self.fault(f"{where}: {key} holds a word of more than {LONGEST_WORD} characters")
        return tuple(value)

    def fault(self, message: str) -> None:
        """Remember a fault, with the line of the first quoted word that stands in the file."""
        quoted = message.split("'")[1::2]
        lines = self._lines if len(self.faults) < _MOST_FAULTS else ()  # what is not told need not be found
        line = next((n for n, text in enumerate(lines, 1) for word in quoted if word and word in text), 0)
        self.faults.append(f"{self.name}{f':{line}' if line else ''}: {message}")

    def close(self) -> None:
        """Raise what was found, and top-level keys that nobody asked for."""
        for key in sorted(set(self._data) - self._used):
            self.fault(f"unknown section {key!r}")
        if self.faults:
            raise RuleError(_told(self.faults, self.name))


def read_word_list(folder: Path, name: str) -> tuple[str, ...]:
    """The words of a `.txt` list, one a line, sorted, without doubles; `#` begins a remark line."""
    path = folder / name
    lines = _content(path).splitlines()
    numbered = [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    faults = [
        f"{path}:{n}: {word!r} {'stands twice' if word == before else f'must stand before {before!r} (sorted by code point)'}"
        for (_, before), (n, word) in pairwise(numbered)
        if word <= before
    ]
    if faults:
        raise RuleError(_told(faults, str(path)))
    return tuple(word for _, word in numbered)


def _told(faults: Sequence[str], name: str) -> str:
    more = len(faults) - _MOST_FAULTS
    return "\n".join((*faults[:_MOST_FAULTS], *([f"{name}: and {more} more faults"] if more > 0 else ())))


def _content(path: Path) -> str:
    """The text of a rule file; a pipe or a device, which may never end, is none."""
    try:
        data = read_start(path, MOST_BYTES + 1)
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror}); name a complete rules folder") from None
    except NotRegularError as error:
        raise RuleError(f"{path}: {error}; name a complete rules folder") from None
    if len(data) > MOST_BYTES:
        raise RuleError(f"{path}: longer than {MOST_BYTES} bytes; a rule file holds words and rules, no documents")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _parsed(name: str, text: str) -> Mapping[str, object]:
    for number, line in enumerate(_STRING_OR_REMARK.sub("", text).split("\n"), 1):
        if any(piece.count(".") >= _MOST_PARTS for piece in _BETWEEN_KEYS.split(line)):
            raise RuleError(f"{name}:{number}: a key of more than {_MOST_PARTS} parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not TOML: {error}") from None
    except RecursionError:
        raise RuleError(f"{name}: lists or tables within each other, too many to be rules") from None
