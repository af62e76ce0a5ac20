"""One rule file at a time: reading it, and gathering all its faults before anyone complains."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from gangwei.errors import RuleError


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
        try:
            self._data: Mapping[str, object] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise RuleError(f"{name}: not TOML: {error}") from None

    @classmethod
    def of_text(cls, name: str, text: str) -> RuleFile:
        return cls(name, text)

    @classmethod
    def open(cls, folder: Path, name: str) -> RuleFile:
        path = folder / name
        try:
            return cls(str(path), path.read_text(encoding="utf-8"))
        except OSError as error:
            raise RuleError(f"{path}: cannot be read ({error.strerror}); name a complete rules folder") from None
        except UnicodeDecodeError as error:
            raise RuleError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None

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
        for word in sorted({word for word in value if value.count(word) > 1}):
            self.fault(f"{where}: {key} holds {word!r} twice")
        return tuple(value)

    def fault(self, message: str) -> None:
        """Remember a fault, with the line of the first quoted word that stands in the file."""
        quoted = message.split("'")[1::2]
        line = next((n for n, text in enumerate(self._lines, 1) for word in quoted if word and word in text), 0)
        self.faults.append(f"{self.name}{f':{line}' if line else ''}: {message}")

    def close(self) -> None:
        """Raise what was found, and top-level keys that nobody asked for."""
        for key in sorted(set(self._data) - self._used):
            self.fault(f"unknown section {key!r}")
        if self.faults:
            raise RuleError("\n".join(self.faults))


def read_word_list(folder: Path, name: str) -> tuple[str, ...]:
    """The words of a `.txt` list, one a line, sorted, without doubles; `#` begins a remark line."""
    path = folder / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror}); name a complete rules folder") from None
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    numbered = [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    faults = [
        f"{path}:{n}: {word!r} {'stands twice' if word == before else f'must stand before {before!r} (sorted by code point)'}"
        for (_, before), (n, word) in pairwise(numbered)
        if word <= before
    ]
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(word for _, word in numbered)
