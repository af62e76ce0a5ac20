"""Containers of old office programs (.doc, .xls, .ppt, .wps): the streams at their top, whatever is wrong below."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.errors import ReadError


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
            raise ReadError("the office file is cut off or damaged; open it in its program and save it anew")
        self._data = data
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
        if entry.size < self._cutoff:
            return b"".join(self._small_sectors(entry.start))[: entry.size]
        return self._chain(entry.start)[: entry.size]

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
_END: Final = 0xFFFFFFFE
_STREAM: Final = 2
