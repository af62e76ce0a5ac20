"""Parts -> the files that people open, each whole or not there; `documents` after the others, the manifest last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, Final, NamedTuple, TypeVar

from gangwei.batch.companies import changed_by, resolve_all
from gangwei.normalise.relations import RelationGrammar
from gangwei.sinks import BOOKS, FORMATS, SINKS, file_of, write_book
from gangwei.sinks.atomic import ASIDE, aside, sync, write_text
from gangwei.sinks.datapackage import datapackage
from gangwei.sinks.parquet import part_name, write_parquet
from gangwei.sinks.parts import Changed, discard, pieces
from gangwei.sinks.tally import Summary, Tally
from gangwei.tables import TABLES, Table

MANIFEST: Final = "manifest.json"
DATAPACKAGE: Final = "datapackage.json"
GROUP: Final = 256  # shards to a file of a table that is a folder of files: some 13,000 documents
_WRITERS: Final = 8  # each holds a row group or two, up to 8 MB
_Part = TypeVar("_Part")


Manifest = dict[str, object]


class Shape(NamedTuple):
    """How the tables are to be written."""

    formats: tuple[str, ...] = ("csv", "parquet")
    headers: str = "en"
    keep_text: bool = False
    partitioned: bool = False  # a Parquet table is a folder of files


def merge(
    shards: Sequence[Sequence[Path]],
    output: Path,
    shape: Shape,
    workers: int = 1,
    grammar: RelationGrammar | None = None,
) -> Summary:
    """Write all tables from the parts of the shards; their figures. Nothing is written where all stands already.

    With the grammar of relations, posts that another document of the company describes are found.
    """
    parts = [path for shard in shards for path in shard]
    source = hashlib.sha256("\n".join(path.name for path in parts).encode()).hexdigest()
    terms: Manifest = {
        "parts": source,
        "formats": list(shape.formats),
        "headers": shape.headers,
        "texts": shape.keep_text,
        "partitioned": shape.partitioned,
    }
    before = _manifest(output)
    if all(before.get(key) == value for key, value in terms.items()) and _stands(before, output):
        return summary_of(before)
    for left in output.glob(f".*{ASIDE}*"):  # by a run that was killed here
        discard(left)
    companies = aside(output / "companies")
    if grammar is not None:
        resolve_all(parts, companies, grammar, workers)
    names, remarks = _write_aside(shards, output, shape, workers, tally := Tally(), partial(changed_by, companies))
    discard(companies)
    files = {key: digest for name in names for key, digest in _digests(aside(output / name), name)}
    for name in names:
        _settle(aside(output / name), output / name)
    for name in outdated(before, names):
        discard(output / name)
    sync(output)
    summary = tally.summary(remarks)
    manifest = terms | {"summary": asdict(summary), "files": files}
    write_text(output / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return summary


def _write_aside(
    shards: Sequence[Sequence[Path]], output: Path, shape: Shape, workers: int, tally: Tally, changed: Changed
) -> tuple[list[str], list[str]]:
    """Write the files under other names; the names that they are to have, those with `documents` as the last, and what
    did not fit into them."""
    tables = [table for table in TABLES if table.name != "texts" or shape.keep_text]
    is_stopped = Event()
    singles = [form for form in shape.formats if form in SINKS]
    books = [form for form in shape.formats if form in BOOKS]

    parts = [path for shard in shards for path in shard]

    def read(table: Table, parts: Sequence[Path] = parts) -> Iterator[Any]:
        return _until(is_stopped, pieces(parts, table, changed))

    def count(table: Table) -> None:
        for _ in tally.counted(table, read(table)):
            pass

    def write(table: Table, form: str) -> None:
        path = aside(output / file_of(table, form))
        options = {"headers": shape.headers} if form == "csv" else {}
        count_in = tally.counted if form == singles[0] else lambda _, found: found
        if form == "parquet" and shape.partitioned:
            path.mkdir()
            for number, group in enumerate(groups(shards)):
                write_parquet(path / part_name(number), table, count_in(table, read(table, group)))
                sync(path / part_name(number))
        else:
            SINKS[form](path, table, count_in(table, read(table)), **options)
        sync(path)

    def write_all(form: str) -> list[str]:
        path = aside(output / file_of(tables[0], form))
        remarks = write_book(form, path, tables, read, headers=shape.headers)
        sync(path)
        return remarks

    # Threads, because pyarrow does nearly all of it, outside the interpreter's lock.
    with ThreadPoolExecutor(min(workers, _WRITERS)) as pool:
        try:
            written = [pool.submit(write_all, form) for form in books]
            others = [pool.submit(write, table, form) for table in tables for form in singles]
            others += [pool.submit(count, table) for table in tables if not singles]
            remarks = [remark for book in written for remark in book.result()]
            for other in others:
                other.result()
        except BaseException:
            is_stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
    n_files = len(list(groups(shards))) if shape.partitioned else 0
    described = datapackage([t.name for t in tables], shape.formats, headers=shape.headers, files=n_files)
    write_text(aside(output / DATAPACKAGE), described)
    names = [file_of(table, form) for table in tables[1:] for form in singles]
    return [*names, DATAPACKAGE, *(file_of(tables[0], form) for form in shape.formats)], remarks


def groups(shards: Sequence[Sequence[_Part]]) -> Iterator[list[_Part]]:
    """The parts that make one file of a table that is a folder of them."""
    for first in range(0, len(shards), GROUP):
        yield [part for shard in shards[first : first + GROUP] for part in shard]


def _settle(place: Path, path: Path) -> None:
    """Give a file, or a folder of them, its name. A folder takes no other's place in one step: that goes aside first."""
    if place.is_dir() or path.is_dir():
        old = place.with_name(f"{place.name}-old")
        if path.exists():
            path.replace(old)
        place.replace(path)
        discard(old)
    else:
        place.replace(path)


def _until(is_stopped: Event, found: Iterable[Any]) -> Iterator[Any]:  # Any: pieces are pyarrow's, which is not typed
    """What was found; an error as soon as it is no longer wanted."""
    for piece in found:
        if is_stopped.is_set():
            raise CancelledError
        yield piece


def _manifest(output: Path) -> Manifest:
    try:
        found = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def summary_of(manifest: Manifest) -> Summary:
    """The figures that a manifest holds."""
    figures = manifest["summary"]
    assert isinstance(figures, dict)
    return Summary(**figures | {"failures": [tuple(failure) for failure in figures["failures"]]})


def outdated(manifest: Manifest, names: Iterable[str]) -> list[str]:
    """The files and folders that a run before wrote and that are not among these names: no longer asked for."""
    return sorted({name.partition("/")[0] for name in files_of(manifest)}.difference(names))


def files_of(manifest: Manifest) -> dict[str, object]:
    """The files that a manifest speaks of, with their digests."""
    files = manifest.get("files")
    ours = {file_of(table, form) for table in TABLES for form in FORMATS} | {DATAPACKAGE}
    if not isinstance(files, dict):
        return {}
    return {name: value for name, value in files.items() if name.partition("/")[0] in ours and _is_below(name)}


def _is_below(name: str) -> bool:
    """Whether a name of a manifest, which anyone may have written, stays below the output folder."""
    return name.count("/") <= 1 and not name.endswith(("/", "/.", "/.."))


def _stands(manifest: Manifest, output: Path) -> bool:
    """Whether the files are those that the manifest speaks of, to the byte."""
    files = files_of(manifest)
    return bool(files) and all((output / n).is_file() and digest_of(output / n) == d for n, d in files.items())


def _digests(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """The digest of a file by its name to be, or those of the files in a folder."""
    if path.is_dir():
        for part in sorted(path.iterdir()):
            yield f"{name}/{part.name}", digest_of(part)
    else:
        yield name, digest_of(path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
