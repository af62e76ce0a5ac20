"""What there is to read, in what order, under which names, and cut into shards.

Order and names depend on the paths below the inputs alone, shards on names and contents: the same files give the same
plan wherever they lie, and a file more or less moves the cuts of few shards. Nothing here grows with the documents.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import re
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.errors import UsageError

# A shard ends behind a document whose name says so, one in CUT, once it holds LEAST documents, and at the latest when it
# holds MOST documents or BYTES bytes: behind such a name it ends whatever came or went before.
LEAST: Final = 20
MOST: Final = 200
CUT: Final = 32
BYTES: Final = 500_000
# A file of records larger than this is a shard of its own, at which several workers work.
LONG: Final = 8_000_000
# So many documents of it are a part.
BLOCK: Final = 200
RECORDS: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".json")
NAME: Final = 32  # characters of a shard's name
# Of larger files size, time and the first bytes stand for the contents: no reader takes such files.
HASHED: Final = 1 << 30


class Input(NamedTuple):
    """A file to read. `reason` says why it is not to be read, else it is empty.

    `dead` are documents in it on which a process died, by their number from 0, and how; `readers.read` passes over them.
    """

    doc_id: str
    source: str
    path: str
    reason: str = ""
    size: int = 0
    modified: int = 0  # st_mtime_ns when the digest was made
    sha256: str = ""
    dead: tuple[tuple[int, str], ...] = ()


Fact = tuple[str, str, str, int, str, int]


class Shard(NamedTuple):
    """Inputs that are worked as one, and the name that follows from all that their tables depend on."""

    name: str
    inputs: tuple[Input, ...]

    @property
    def is_long(self) -> bool:
        return _is_long(self.inputs[0])


class Listed(NamedTuple):
    """A file: its path below the input, by whose bytes files are sorted, where it lies, and its size."""

    key: bytes
    path: str
    below: str
    reason: str
    size: int = 0


def find(inputs: Sequence[str], output: Path) -> Iterator[Input]:
    """All files of the inputs (files, folders, patterns with *), sorted by the bytes of their paths below them.

    Symbolic links and what is no regular file are listed with a reason, not followed and not opened. `output` is left
    out. Files of several inputs with the same path below them are told apart by ~2, ~3.
    """
    return named(inputs, walks_of(inputs, output))


def walks_of(inputs: Sequence[str], output: Path) -> list[Iterable[Listed]]:
    """The files of the inputs, in several rows that are each sorted."""
    roots = _roots(inputs, output.resolve())
    walks = [_walk(root, base, output.resolve()) for root, base in roots if _is_folder(root)]
    return [sorted(_file(root, base) for root, base in roots if not _is_folder(root)), *walks]


def named(given: Sequence[str], walks: Iterable[Iterable[Listed]]) -> Iterator[Input]:
    """The files of several walks under names of their own; `given` is what the person asked for."""
    times = 0
    last: bytes | None = None
    for key, path, below, reason, size in heapq.merge(*walks):
        times = times + 1 if key == last else 1
        last = key
        name = storable_name(below)
        yield Input(name if times == 1 else f"{name}~{times}", name, path, reason, size)
    if last is None:
        raise UsageError(f"no files in {', '.join(given)}: name a file or a folder that holds documents")


def with_digests(inputs: Iterable[Input]) -> Iterator[Input]:
    """The inputs with size, time and SHA-256 of their contents, or the reason why they cannot be read."""
    for found in inputs:
        try:
            yield found if found.reason else _with_digest(found)
        except OSError as error:
            yield found._replace(reason=f"cannot be read: {error.strerror}", size=0)


def shards(inputs: Iterable[Input], terms: str) -> Iterator[Shard]:
    """The inputs in shards; `terms` stands for what else their tables depend on: rules, program, options."""
    held: list[Input] = []
    size = 0
    for found in inputs:
        if held and (_is_long(found) or _is_long(held[-1]) or _is_full(held, size)):
            yield shard_of(held, terms)
            held, size = [], 0
        held.append(found)
        size += found.size
    if held:
        yield shard_of(held, terms)


def shard_of(held: Sequence[Input], terms: str) -> Shard:
    """The inputs as a shard."""
    facts = [fact_of(found) for found in held]
    return Shard(hashlib.sha256(json.dumps([terms, facts]).encode()).hexdigest()[:NAME], tuple(held))


def fact_of(found: Input) -> Fact:
    """What the rows of an input depend on."""
    return found.doc_id, found.source, found.reason, found.size, found.sha256, found.modified * (found.size > HASHED)


def to_line(shard: Shard) -> bytes:
    """A shard as a line of a file; a path that is no Unicode keeps its bytes."""
    return json.dumps(shard).encode() + b"\n"


def from_line(line: bytes) -> Shard:
    """The shard of a line."""
    name, inputs = json.loads(line)
    return Shard(name, tuple(Input(*fields) for fields in inputs))


def _roots(inputs: Sequence[str], output: Path) -> list[tuple[Path, Path]]:
    """Files and folders to walk, resolved, each with the folder that names are counted from; none lies in another."""
    roots: dict[Path, Path] = {}
    for given in inputs:
        for path, base in _named(given):
            roots.setdefault(path, base)
    if output in roots:
        raise UsageError(f"{output} is the input and the output folder: name another with --output")
    return [(root, base) for root, base in roots.items() if roots.keys().isdisjoint(root.parents)]


def _named(given: str) -> Iterator[tuple[Path, Path]]:
    path = Path(given)
    try:
        if path.exists():
            root = path.resolve()
            yield root, root if root.is_dir() else root.parent
            return
    except OSError as error:
        raise UsageError(f"{given}: cannot be read: {error.strerror}") from None
    wild = _WILD.search(given)
    if wild is None:
        raise UsageError(f"{given}: no such file or folder")
    # Names are counted from the last folder before the first wild card.
    parts = path.parts
    fixed = next(n for n, part in enumerate(parts) if _WILD.search(part))
    base = Path(*parts[:fixed]).resolve()
    matching = [match for match in base.glob(str(Path(*parts[fixed:]))) if not _is_led_away(match, base)]
    if not matching:
        raise UsageError(f"{given}: nothing is called so")
    yield from ((match, base) for match in sorted(matching, key=os.fsencode))


def _is_led_away(path: Path, base: Path) -> bool:
    """Whether the path is the folder itself or leads through a symbolic link below it."""
    between = path.parents[: len(path.relative_to(base).parts) - 1] if path != base else ()
    return path == base or any(parent.is_symlink() for parent in between)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _file(path: Path, base: Path) -> Listed:
    below = path.relative_to(base).as_posix()
    return Listed(os.fsencode(below), str(path), below, *_looked_at(str(path)))


def _walk(root: Path, base: Path, output: Path) -> Iterator[Listed]:
    """The files below a folder, in the order of the bytes of their whole paths; `output` is left out."""
    start = root.relative_to(base).as_posix() + "/" if root != base else ""
    stack = [_entries(f"{root}/", start)]
    while stack:
        listed = next(stack[-1], None)
        if listed is None:
            stack.pop()
        elif not listed.key.endswith(b"/"):
            yield listed
        elif listed.path != f"{output}/":
            stack.append(_entries(listed.path, listed.below))


def _entries(folder: str, below: str) -> Iterator[Listed]:
    """What is in a folder. A folder in it has a slash behind its name, by which it is sorted where its files belong."""
    try:
        with os.scandir(folder) as entries:
            names = [os.fsencode(e.name) + b"/" * e.is_dir(follow_symlinks=False) for e in entries]
    except OSError as error:
        reason = f"the folder cannot be read: {error.strerror}"
        yield Listed(os.fsencode(below.removesuffix("/") or "."), folder, below.removesuffix("/") or ".", reason)
        return
    names.sort()
    for encoded in names:
        name = os.fsdecode(encoded)
        reason, size = ("", 0) if name.endswith("/") else _looked_at(folder + name)
        yield Listed(os.fsencode(below + name), folder + name, below + name, reason, size)


def _looked_at(path: str) -> tuple[str, int]:
    """Why a file is not to be read, and its size where it is."""
    try:
        status = os.lstat(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}", 0
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link, not followed", 0
    return ("", status.st_size) if stat.S_ISREG(status.st_mode) else ("not a regular file", 0)


def _with_digest(found: Input) -> Input:
    # A name may have become a pipe or a link since it was listed: that must neither block nor lead away.
    descriptor = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    with open(descriptor, "rb") as file:  # noqa: PTH123  (the descriptor is what makes it safe)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return found._replace(reason="not a regular file", size=0)
        digest = hashlib.sha256()
        while file.tell() < HASHED and (piece := file.read(1 << 20)):
            digest.update(piece)
    return found._replace(size=status.st_size, modified=status.st_mtime_ns, sha256=digest.hexdigest())


def _is_long(found: Input) -> bool:
    return found.size > LONG and found.source.lower().endswith(RECORDS)


def _is_full(held: Sequence[Input], size: int) -> bool:
    is_cut = len(held) >= LEAST and zlib.crc32(held[-1].doc_id.encode()) % CUT == 0
    return is_cut or len(held) >= MOST or size >= BYTES


def storable_name(relative: str) -> str:
    r"""The path as text that any file format takes, one to one, and that cannot be taken for a record or a namesake.

    >>> storable_name("销售部/经理.txt"), storable_name("a\udcff\n.txt"), storable_name("经理#2")
    ('销售部/经理.txt', 'a\\xff\\u000a.txt', '经理\\u00232')
    """
    return _UNFIT.sub(_escaped, relative)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # how Python reads a byte of a file name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return r"\\" if found[0] == "\\" else f"\\u{code:04x}"


_WILD: Final = re.compile(r"[*?\[]")
_UNFIT: Final = re.compile(r"[\\\x00-\x1f\x7f-\x9f\ud800-\udfff]|[#~](?=[0-9]+\Z)")
