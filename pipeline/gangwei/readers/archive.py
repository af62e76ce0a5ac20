"""Archives (.zip, .tar, packed or not) -> the files in them, one by one, within limits; nothing is written anywhere."""

from __future__ import annotations

import bz2
import io
import lzma
import posixpath
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, Protocol

from gangwei.errors import ReadError
from gangwei.readers.decoding import decode
from gangwei.readers.packed import Packed
from gangwei.readers.source import Budget, Source, budget_of, storable


class Unpacked(NamedTuple):
    """A file of an archive: its name, its content. `failed` says why it was not read, `cut` why not to its end."""

    name: str
    data: bytes = b""
    failed: str = ""
    cut: str = ""


def unzipped(source: Source) -> Iterator[Unpacked]:
    """The files of a zip archive in the order of its directory."""
    budget = budget_of(source)
    packed = Packed(source.data, source.limits, budget)
    for member in packed.members:
        name = safe_name(member.name)
        if member.is_folder or _is_junk(name):
            continue
        if member.is_link:
            yield Unpacked(name, failed="a link, not followed")
            continue
        data, why = packed.content(member, source.limits.bytes)
        # What begins well is read as far as it goes; what could not be opened at all has nothing to read.
        yield Unpacked(name, data, "" if data or not why else why, why if data else "")
    if packed.is_cut:
        raise ReadError("the archive is cut off or damaged; what was lost was not read")
    if packed.has_more:
        raise ReadError(f"more than {source.limits.members} files, the rest was not read (limit: members)")


def untarred(source: Source) -> Iterator[Unpacked]:
    """The files of a tar archive in their order."""
    budget = budget_of(source)
    try:
        with tarfile.open(fileobj=io.BytesIO(source.data), mode="r:", errors="surrogateescape") as archive:
            for info in archive:
                name = safe_name(decode(info.name.encode("utf-8", "surrogateescape")).text)
                if info.isdir() or _is_junk(name):
                    continue
                file = archive.extractfile(info) if info.isreg() else None
                if file is None:
                    kind = "a link, not followed" if info.islnk() or info.issym() else "a device or a pipe, not read"
                    yield Unpacked(name, failed=kind)
                    continue
                yield within(source, budget, name, file.read)
    except (tarfile.TarError, ValueError, OSError, EOFError, RecursionError, OverflowError) as error:
        raise ReadError(f"the archive is cut off or damaged ({error}); what was lost was not read") from None


def within(source: Source, budget: Budget, name: str, read: Callable[[int], bytes]) -> Unpacked:
    """A file of an archive as far as its limits allow; `read` gives at most so many of its bytes."""
    most = min(source.limits.bytes, budget.left)
    data = read(most + 1)
    budget.left -= min(len(data), most)
    cut = f"it is longer than {most} bytes, the rest was not read (limits: bytes, unpacked)"
    return Unpacked(name, data[:most], cut=cut if len(data) > most else "")


def inflated(source: Source) -> tuple[bytes, str]:
    """The content of a packed file (.gz, .bz2, .xz) and why it is not whole, "" where it is."""
    budget = budget_of(source)
    most = min(source.limits.bytes, budget.left)
    parts: list[bytes] = []
    length, why = 0, ""
    try:
        for piece in _pieces(source.data, PACKED[source.media_type]):
            parts.append(piece)
            length += len(piece)
            if length > most:
                why = f"it unpacks to more than {most} bytes, the rest was not read (limits: bytes, unpacked, ratio)"
                break
    except EOFError:
        why = "it breaks off"
    except (zlib.error, OSError, lzma.LZMAError, ValueError):
        why = "it is damaged: it cannot be unpacked further"
    budget.left -= min(length, most)
    return b"".join(parts)[:most], why


def _pieces(data: bytes, make: Callable[[], _Unpacker]) -> Iterator[bytes]:
    """The unpacked content piece by piece; several packed files in one are one after the other."""
    unpacker, begun, place, rest = make(), 1, 0, b""
    while True:
        if not rest and (place < len(data)):
            rest = data[place : place + _PIECE]
            place += len(rest)
        piece = unpacker.decompress(rest, _PIECE)
        if piece:
            yield piece
        if unpacker.eof:
            rest = unpacker.unused_data
            if place - len(rest) >= len(data) or begun >= _MOST_IN_ONE or data[place - len(rest)] != data[0]:
                return
            unpacker, begun = make(), begun + 1
            continue
        rest = getattr(unpacker, "unconsumed_tail", b"")
        if not piece and not rest and place >= len(data):
            raise EOFError


class _Unpacker(Protocol):
    """What the unpackers of the standard library have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def may_be_archive(head: bytes) -> bool:
    """Whether a file that begins so may hold other files."""
    return head.startswith((b"PK", b"WARC/", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")) or head[257:262] == b"ustar"


def safe_name(name: str) -> str:
    """A member's name as a path that leads nowhere but below its archive.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\岗位\\\\会计.doc"), safe_name("/a//./b")
    ('etc/passwd', 'C:/岗位/会计.doc', 'a/b')
    """
    path = posixpath.normpath("/" + storable(name[:_LONGEST_NAME]).replace("\\", "/").replace("\0", "")).lstrip("/")
    return path or "?"


def _is_junk(name: str) -> bool:
    """What systems put into archives beside the files of their users."""
    base = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or base in (".DS_Store", "Thumbs.db", "desktop.ini") or base.startswith("._")


_PIECE: Final = 1 << 18
_MOST_IN_ONE: Final = 1000
_LONGEST_NAME: Final = 1000
PACKED: Final[Mapping[str, Callable[[], _Unpacker]]] = {
    "application/gzip": lambda: zlib.decompressobj(31),
    "application/x-bzip2": bz2.BZ2Decompressor,
    "application/x-xz": lambda: lzma.LZMADecompressor(memlimit=128 << 20),
}
