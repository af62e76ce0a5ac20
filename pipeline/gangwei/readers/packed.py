"""Zip archives, read within limits, also where a part of them is lost.

The directory at the end says what is in an archive; where it is missing, the heads of the members do. Nothing is
unpacked further than asked for, and all members together draw on one budget.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.errors import ReadError
from gangwei.readers.decoding import decode
from gangwei.readers.source import Budget, Limits


class Member(NamedTuple):
    """A file in an archive: where its head stands, how it is packed. `packed` is -1 where no one says how long it is."""

    name: str
    start: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int = 0  # of Unix, 0 where it is not told

    @property
    def is_folder(self) -> bool:
        return self.name.endswith(("/", "\\"))

    @property
    def is_link(self) -> bool:
        return self.mode & 0o170000 == 0o120000


class Packed:
    """A zip archive: its members in the order of its directory. `is_cut`: it has none, its end is lost."""

    def __init__(self, data: bytes, limits: Limits, budget: Budget) -> None:
        self._data = data
        self._budget = budget
        self._limits = limits
        found = list(_directory(data, limits.members + 1))
        self.is_cut = not found and not _is_empty(data)
        if self.is_cut:
            found = list(_heads(data, limits.members + 1))
        self.has_more = len(found) > limits.members
        self.members = tuple(found[: limits.members])

    def find(self, name: str) -> Member | None:
        """The member of this name; case counts only where two differ by it."""
        wanted = name.lstrip("/")
        found = [member for member in self.members if member.name.lower() == wanted.lower()]
        return next((member for member in found if member.name == wanted), found[0] if found else None)

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The content piece by piece; raises `ReadError` where it breaks off, behind the pieces that are good."""
        if member.flags & 1:
            raise ReadError("it is locked with a password; take that off")
        start = self._content_start(member)
        end = min(start + member.packed, len(self._data)) if member.packed >= 0 else len(self._data)
        pieces: Iterator[bytes]
        if member.method == _STORED:
            pieces = (self._data[place : min(place + _PIECE, end)] for place in range(start, end, _PIECE))
        elif member.method == _DEFLATED:
            pieces = _inflated(memoryview(self._data)[start:end])
        else:
            raise ReadError(
                f"it is packed by method {member.method}, which is not read; pack it as an ordinary zip file"
            )
        crc = length = 0
        for piece in pieces:
            if len(piece) > self._budget.left:
                self._budget.left = 0
                raise ReadError(_BOMB.format(self._limits.unpacked, self._limits.ratio))
            self._budget.left -= len(piece)
            crc = zlib.crc32(piece, crc)
            length += len(piece)
            yield piece
        if member.packed >= 0 and (crc != member.crc or length != member.size):
            raise ReadError("it is damaged: its check sum is wrong")

    def content(self, member: Member, most: int) -> tuple[bytes, str]:
        """The content, at most so many bytes of it, and why it is not whole, "" where it is."""
        parts, length = [], 0
        try:
            for piece in self.chunks(member):
                parts.append(piece)
                length += len(piece)
                if length > most:
                    return b"".join(parts)[
                        :most
                    ], f"it is longer than {most} bytes, the rest was not read (limit: bytes)"
        except ReadError as error:
            return b"".join(parts), str(error)
        return b"".join(parts), ""

    def _content_start(self, member: Member) -> int:
        head = self._data[member.start : member.start + 30]
        if head[:4] != _HEAD or len(head) < 30:
            raise ReadError("it is damaged: nothing stands where it should begin")
        name, extra = struct.unpack_from("<HH", head, 26)
        return member.start + 30 + int(name) + int(extra)


def _is_empty(data: bytes) -> bool:
    """Whether an archive says that it holds nothing."""
    end = data.rfind(_END, max(len(data) - _TAIL, 0))
    return end >= 0 and len(data) >= end + 22 and data[end + 10 : end + 12] == b"\0\0"


def _directory(data: bytes, most: int) -> Iterator[Member]:
    """The members that the directory names."""
    end = data.rfind(_END, max(len(data) - _TAIL, 0))
    if end < 0 or len(data) < end + 22:
        return
    size, place = struct.unpack_from("<II", data, end + 12)
    shift = 0
    if data[place : place + 4] != _ENTRY:  # something stands before the archive, or the numbers are too large for it
        shift, place = end - size - place, end - size
        if place < 0 or data[place : place + 4] != _ENTRY:
            place = data.find(_ENTRY)
            shift = 0
    for _ in range(most):
        if data[place : place + 4] != _ENTRY or len(data) < place + 46:
            return
        flags, method = struct.unpack_from("<HH", data, place + 8)
        crc, packed, size, n, m, k = struct.unpack_from("<IIIHHH", data, place + 16)
        mode, start = struct.unpack_from("<II", data, place + 38)
        name = data[place + 46 : place + 46 + n]
        extra = data[place + 46 + n : place + 46 + n + m]
        size, packed, start = _wide(extra, size, packed, start)
        made_on_unix = data[place + 5] == _UNIX
        yield Member(
            _name(name, flags, extra),
            start + shift,
            flags,
            method,
            crc,
            packed,
            size,
            mode >> 16 if made_on_unix else 0,
        )
        place += 46 + n + m + k


def _heads(data: bytes, most: int) -> Iterator[Member]:
    """The members whose heads are found where there is no directory; the last one is cut off as a rule."""
    place = 0
    for _ in range(most):
        place = data.find(_HEAD, place)
        if place < 0 or len(data) < place + 30:
            return
        flags, method = struct.unpack_from("<HH", data, place + 6)
        crc, packed, size, n, m = struct.unpack_from("<IIIHH", data, place + 14)
        name = data[place + 30 : place + 30 + n]
        known = not flags & 8 and packed != _FULL
        yield Member(_name(name, flags, b""), place, flags, method, crc, packed if known else -1, size)
        place += 30 + n + m + (packed if known else 0)


def _wide(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """Sizes and place with those that stand in the extra field of large archives."""
    field = _field(extra, 1)
    values = [int.from_bytes(field[at : at + 8], "little") for at in range(0, len(field) - 7, 8)]
    return tuple(values.pop(0) if number == _FULL and values else number for number in (size, packed, start))  # type: ignore[return-value]  # three in, three out


def _field(extra: bytes, wanted: int) -> bytes:
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind == wanted:
            return extra[place + 4 : place + 4 + size]
        place += 4 + size
    return b""


def _name(name: bytes, flags: int, extra: bytes) -> str:
    """A name as its maker meant it: UTF-8 where that is said or true, else what Chinese Windows wrote.

    >>> _name("岗位说明书.doc".encode("gbk"), 0, b""), _name("岗位.doc".encode(), 0, b"")
    ('岗位说明书.doc', '岗位.doc')
    """
    told = _field(extra, 0x7075)
    if told[5:] and int.from_bytes(told[1:5], "little") == zlib.crc32(name):
        return told[5:].decode("utf-8", "replace")
    return name.decode("utf-8", "replace") if flags & 0x800 else decode(name).text


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    place, rest = 0, b""
    while not inflater.eof:
        if not rest and place >= len(packed):
            raise ReadError("it breaks off")
        if not rest:
            rest = bytes(packed[place : place + _PIECE])
            place += _PIECE
        try:
            piece = inflater.decompress(rest, _PIECE)
        except zlib.error:
            raise ReadError("it is damaged: it cannot be unpacked") from None
        rest = inflater.unconsumed_tail
        if piece:
            yield piece


_HEAD: Final = b"PK\x03\x04"
_ENTRY: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_TAIL: Final = (1 << 16) + 22  # the end of the directory may have a comment behind it
_UNIX: Final = 3
_STORED: Final = 0
_DEFLATED: Final = 8
_PIECE: Final = 1 << 16
_FULL: Final = 0xFFFFFFFF
_BOMB: Final = "it unpacks to more than {} bytes or {} times its size, the rest was not read (limits: unpacked, ratio)"
