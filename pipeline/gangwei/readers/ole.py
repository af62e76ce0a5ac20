"""Containers of old office programs (.doc, .xls, .ppt, .wps): the streams at their top, whatever is wrong below."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from gangwei.readers.source import DamagedError


class _Entry(NamedTuple):
    """An entry of the directory: a stream or a folder of streams, and its neighbours in the tree of names."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Ole:
    """The streams of a container by their names. Chains that run in circles or out of the file end there."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or data[:8] != MAGIC:
            raise DamagedError("the office file is cut off or damaged; open it in its program and save it anew")
        self._data = data
        self.fault = ""  # why a stream that was asked for is not whole
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        self._sector = 1 << shift if shift in (9, 12) else 512
        self._small = 1 << small_shift if small_shift in (5, 6, 7) else 64
        self._count = len(data) // self._sector
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", data, 48)
        self._table = self._read_table()
        entries = list(_entries(self._chain(directory)))
        self._streams = {entry.name: entry for entry in _top(entries) if entry.kind == _STREAM}
        root = entries[0] if entries else None
        self._small_table = _numbers(self._chain(small_table))
        self._small_data = self._chain(root.start) if root else b""

    def __contains__(self, name: str) -> bool:
        return name in self._streams

    def stream(self, name: str) -> bytes:
        """The content of a stream, as far as it is there; nothing where there is no such stream."""
        entry = self._streams.get(name)
        if entry is None:
            return b""
        found = b"".join(self._small_sectors(entry.start)) if entry.size < self._cutoff else self._chain(entry.start)
        if len(found) < entry.size:
            self.fault = "the file is cut off or damaged; what was lost was not read"
        return found[: entry.size]

    def _read_table(self) -> tuple[int, ...]:
        """The allocation table: for each sector the one that follows it."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        following, _ = struct.unpack_from("<II", self._data, 68)
        for _ in range(self._count):
            if following >= self._count:
                break
            more = _numbers(self._bytes(following))
            places += more[:-1]
            following = more[-1] if more else _END
        return _numbers(b"".join(self._bytes(place) for place in places[: self._count] if place < self._count))

    def _bytes(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, sector: int) -> bytes:
        parts = []
        for _ in range(self._count):
            if sector >= self._count:
                break
            parts.append(self._bytes(sector))
            sector = self._table[sector] if sector < len(self._table) else _END
        return b"".join(parts)

    def _small_sectors(self, sector: int) -> Iterator[bytes]:
        for _ in range(len(self._small_data) // self._small + 1):
            start = sector * self._small
            if start >= len(self._small_data):
                return
            yield self._small_data[start : start + self._small]
            sector = self._small_table[sector] if sector < len(self._small_table) else _END


def container(streams: Mapping[str, bytes]) -> bytes:
    """A container that holds these streams, each padded to 4096 bytes at least, and nothing else.

    >>> Ole(container({"Workbook": b"x"})).stream("Workbook")[:2]
    b'x\\x00'
    """
    content: list[bytes] = []
    table: list[int] = []

    def add(data: bytes) -> int:
        first = len(table)
        content.append(data + bytes(-len(data) % _SECTOR))
        table.extend([*range(first + 1, first + len(content[-1]) // _SECTOR), _END])
        return first

    entries = [_entry("Root Entry", _ROOT, _NONE, 1, _END, 0)]
    for number, (name, data) in enumerate(streams.items(), 1):
        right = number + 1 if number < len(streams) else _NONE
        start = add(data.ljust(_LEAST, b"\0"))
        entries.append(_entry(name, _STREAM, right, _NONE, start, max(len(data), _LEAST)))
    directory = add(b"".join(entries))
    # Behind them the table itself, and behind that a list of its sectors where the head has no room for all.
    first, n_tables, n_lists = len(table), 0, 0
    while (first + n_tables + n_lists) > n_tables * _EACH:
        n_tables += 1
        n_lists = -(-max(n_tables - _IN_HEAD, 0) // (_EACH - 1))
    places = list(range(first, first + n_tables))
    table += [_TABLE] * n_tables + [_LIST] * n_lists
    table += [_NONE] * (n_tables * _EACH - len(table))
    lists: list[int] = []
    for number in range(n_lists):
        part = places[_IN_HEAD + number * (_EACH - 1) :][: _EACH - 1]
        following = first + n_tables + number + 1 if number < n_lists - 1 else _END
        lists += [*part, *[_NONE] * (_EACH - 1 - len(part)), following]
    head = struct.pack("<5H6x7I", 0x3E, 3, 0xFFFE, 9, 6, 0, n_tables, directory, 0, _LEAST, _END, 0)
    head += struct.pack("<2I", first + n_tables if n_lists else _END, n_lists)
    head += struct.pack(f"<{_IN_HEAD}I", *(places + [_NONE] * _IN_HEAD)[:_IN_HEAD])
    numbers = struct.pack(f"<{len(table) + len(lists)}I", *table, *lists)
    return MAGIC + bytes(16) + head + b"".join(content) + numbers


def word_head(data: bytes) -> int:
    """Where in a container the text of a Word file of 1997 or later begins, by its first bytes; 0: nowhere."""
    for place in range(_SECTOR, len(data) - 4, _SECTOR):
        if data.startswith(_WORD, place) and int.from_bytes(data[place + 2 : place + 4], "little") >= _WORD_97:
            return place
    return 0


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(encoded), kind, 1, _NONE, right, child, start, size
    )


def _entries(directory: bytes) -> Iterator[_Entry]:
    for place in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        left, right, child = struct.unpack_from("<III", directory, place + 68)
        start, size = struct.unpack_from("<II", directory, place + 116)
        name = directory[place : place + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        yield _Entry(name, kind, left, right, child, start, size)


def _top(entries: list[_Entry]) -> Iterator[_Entry]:
    """The entries in the topmost folder; all of them where the tree of names is broken."""
    if not entries or entries[0].child >= len(entries):
        yield from reversed(entries)  # of equal names the first wins
        return
    seen: set[int] = set()
    stack = [entries[0].child]
    while stack:
        number = stack.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        yield entries[number]
        stack += [entries[number].left, entries[number].right]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD: Final = b"\xec\xa5"
_WORD_97: Final = 0xC1
_LEAST: Final = 4096  # bytes of a stream that stands in sectors of its own
_SECTOR: Final = 512
_EACH: Final = _SECTOR // 4
_LIST: Final = 0xFFFFFFFC
_IN_HEAD: Final = 109  # sectors of the table that the head has room for
_NONE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_TABLE: Final = 0xFFFFFFFD
_ROOT: Final = 5
_STREAM: Final = 2
