"""The door to fsspec: files where all machines of a cluster see them, by path or by URL."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from gangwei.batch.plan import Input, Listed, named, walks_of
from gangwei.errors import UsageError
from gangwei.sinks.atomic import ASIDE, sync


class Store:
    """A folder that all machines see. A file in it is whole or not there."""

    def __init__(self, url: str) -> None:
        self._fs, root = _file_system(url)
        self._root = root.rstrip("/")
        self.is_local = "file" in self._fs.protocol

    @property
    def root(self) -> str:
        return self._root

    def exists(self, name: str) -> bool:
        return bool(self._fs.exists(self._at(name)))

    def names(self, folder: str) -> list[str]:
        """The names in a folder, none where it is not there."""
        self._fs.invalidate_cache()
        try:
            found = self._fs.ls(self._at(folder), detail=False)
        except FileNotFoundError:
            return []
        return sorted(path.rstrip("/").rpartition("/")[2] for path in found)

    def read(self, name: str) -> bytes | None:
        """What is in a file, None where it is not there."""
        try:
            content: bytes = self._fs.cat_file(self._at(name))
        except FileNotFoundError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole, in the place of one that is there."""
        aside = self._aside(name)
        self._fs.pipe_file(aside, content)
        self._settle(aside, name)

    def put(self, place: Path, name: str) -> None:
        """Have a local file stand in the store. Whoever else puts the same one at the same time does no harm."""
        aside = self._aside(name)
        self._fs.put_file(str(place), aside)
        self._settle(aside, name)

    def get(self, name: str, place: Path) -> None:
        """Have a file of the store stand in a local place."""
        self._fs.get_file(self._at(name), str(place))

    def move(self, name: str, to: str) -> None:
        """Give a folder another name, at which nothing stands."""
        self._fs.mv(self._at(name), self._at(to), recursive=True)

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all that is in it, if it is there."""
        if self.exists(name):
            self._fs.rm(self._at(name), recursive=True)

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _aside(self, name: str) -> str:
        folder, _, last = self._at(name).rpartition("/")
        self._fs.makedirs(folder, exist_ok=True)
        return f"{folder}/.{last}.{uuid4().hex}{ASIDE}"

    def _settle(self, aside: str, name: str) -> None:
        path = self._at(name)
        if self.is_local:
            sync(Path(aside))
            Path(aside).replace(path)
            sync(Path(path).parent)
            return
        if self._fs.exists(path):  # a store may refuse to move a file to a name that is taken
            self._fs.rm(path)
        self._fs.mv(aside, path)


def _file_system(url: str) -> tuple[Any, str]:  # Any, here and below: fsspec is not typed
    """The file system of an URL or a path, and the path in it."""
    from fsspec.core import url_to_fs

    found: tuple[Any, str] = url_to_fs(url)
    return found


def is_url(given: str) -> bool:
    """Whether an input or an output is named by an URL."""
    return "://" in given


def find(inputs: Sequence[str], output: Store) -> Iterator[Input]:
    """All files of the inputs, as `plan.find` finds those on this machine, sorted and named as there."""
    paths = [given for given in inputs if not is_url(given)]
    walks = walks_of(paths, Path(output.root) if output.is_local else Path(os.devnull))
    return named(inputs, [*walks, *(_walk(given, output.root) for given in inputs if is_url(given))])


def fetched(inputs: Iterable[Input], folder: Path) -> Iterator[Input]:
    """The inputs with those of URLs copied to the folder."""
    for number, found in enumerate(inputs):
        if found.reason or not is_url(found.path):
            yield found
            continue
        place = folder / str(number)
        try:
            fs, path = _file_system(found.path)
            fs.get_file(path, str(place))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            yield found._replace(reason=f"cannot be read: {reason}", size=0)
        else:
            yield found._replace(path=str(place))


def _walk(url: str, output: str) -> Iterator[Listed]:
    """The files below an URL in the order of the bytes of their paths; `output` is left out."""
    fs, root = _file_system(url)
    root = root.rstrip("/")
    if not fs.exists(root):
        raise UsageError(f"{url}: no such file or folder")
    if root == output:
        raise UsageError(f"{url} is the input and the output folder: name another with --output")
    if fs.isfile(root):
        name = root.rpartition("/")[2]
        yield _listed(fs, fs.info(root), name)
        return
    stack = [_entries(fs, root, "")]
    while stack:
        listed = next(stack[-1], None)
        if listed is None:
            stack.pop()
        elif not listed.key.endswith(b"/"):
            yield listed
        elif listed.path != output:
            stack.append(_entries(fs, listed.path, listed.below))


def _entries(fs: Any, folder: str, below: str) -> Iterator[Listed]:
    """What is in a folder; a folder in it has a slash behind its name, as `plan` has it, and its path in the store."""
    found: list[Listed] = []
    for entry in fs.ls(folder, detail=True):
        path = entry["name"].rstrip("/")
        name = path.rpartition("/")[2]
        if path == folder:  # some stores list a folder in itself
            continue
        if entry["type"] == "directory" and not entry.get("islink"):
            found.append(Listed(os.fsencode(f"{below}{name}/"), path, f"{below}{name}/", ""))
        else:
            found.append(_listed(fs, entry, below + name))
    return iter(sorted(found))


def _listed(fs: Any, entry: dict[str, Any], below: str) -> Listed:
    reason = "" if entry["type"] == "file" else "not a regular file"
    if entry.get("islink"):
        reason = "a symbolic link, not followed"
    url = fs.unstrip_protocol(entry["name"])
    return Listed(os.fsencode(below), url, below, reason, 0 if reason else entry["size"] or 0)
