"""Which characters of a Word file of before 2007 nobody sees: those that a tracked change deleted, and hidden ones."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple


class Stretch(NamedTuple):
    """Bytes of the file whose characters are not shown."""

    start: int
    end: int
    is_deleted: bool


class Unseen:
    """The stretches that are not shown, by the pages of the file that hold the properties of characters."""

    def __init__(self, main: bytes, pages: Sequence[int]) -> None:
        self._stretches = sorted(
            stretch for page in dict.fromkeys(pages) for stretch in _stretches(main[page * 512 : page * 512 + 512])
        )
        self._starts = [stretch.start for stretch in self._stretches]

    def within(self, start: int, end: int) -> Iterator[Stretch]:
        """The stretches that have a part between two places of the file, cut to them."""
        place = max(bisect_right(self._starts, start) - 1, 0)
        for stretch in self._stretches[place:]:
            if stretch.start >= end:
                return
            if stretch.end > start:
                yield stretch._replace(start=max(stretch.start, start), end=min(stretch.end, end))


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties in a run of them: which, and its value."""
    place = 0
    while place + 2 < len(data):
        code = int.from_bytes(data[place : place + 2], "little")
        place += 2
        size = _SIZES[code >> 13]
        if code == CELLS:
            size, place = int.from_bytes(data[place : place + 2], "little") - 1, place + 2
        elif not size:
            size, place = data[place], place + 1
        yield code, data[place : place + max(size, 0)]
        place += max(size, 0)


def _stretches(page: bytes) -> Iterator[Stretch]:
    if len(page) < 512 or not any(mark in page for mark in _MARKS):
        return
    count = page[511]
    if 4 * (count + 1) + count > 511:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = page[4 * (count + 1) + number] * 2
        told = dict(sprms(page[at + 1 : at + 1 + page[at]])) if at else {}
        is_deleted = told.get(_DELETED, b"\0")[:1] == b"\1"
        if places[number] < places[number + 1] and (is_deleted or told.get(_HIDDEN, b"\0")[:1] in _ON):
            yield Stretch(places[number], places[number + 1], is_deleted)


CELLS: Final = 0xD608
_DELETED: Final = 0x0800
_HIDDEN: Final = 0x083C
_MARKS: Final = (b"\x00\x08", b"\x3c\x08")
_ON: Final = (b"\x01", b"\x81")  # on, or the other than the style says
_SIZES: Final = (1, 1, 2, 4, 2, 2, 0, 3)
