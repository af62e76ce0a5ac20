"""Inputs -> what their documents add to the tables. The one place where anything that a document does is caught."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.batch.plan import Input
from gangwei.errors import GangweiError
from gangwei.model import Document, Extraction
from gangwei.sinks.parts import weight
from gangwei.table_rows import rows_of
from gangwei.tables import TABLES, Rows

# What one document may add to the tables, far above what a handbook of a thousand posts does.
MOST_ROWS: Final = 100_000
MOST_CHARACTERS: Final = 20_000_000
_ERROR_LENGTH: Final = 300


class Job(NamedTuple):
    """What all workers of a run need; they inherit it, nothing of it is sent."""

    read: Callable[[Input], Iterator[Document]]
    extract: Callable[[Document], Extraction]
    parts: Path
    terms: str  # what rows depend on besides the documents
    keep_text: bool
    time_limit: float  # seconds of processor time a document; one that sleeps: twice as many by the clock
    memory_limit: int  # bytes that a worker may grow by
    rows: Callable[..., Rows] = rows_of


class Place(NamedTuple):
    """The document `number` of the input `file` of a shard, both from 0."""

    file: int
    number: int


class Result(NamedTuple):
    """What a document adds to the tables; nothing where it was not wanted.

    `lasting` says for how long: "" for ever, "limit" while the time limit stays the same, "once" for this run.
    """

    place: Place
    rows: Rows
    has_failed: bool = False
    lasting: str = ""
    is_kept: bool = False  # all of an input, from an earlier run


Wanted = Callable[[int], bool]
Begun = Callable[[Place, Document | None], None]  # hears that a document is about to be read (None) or extracted

START: Final = Place(0, 0)


def read_on(job: Job, inputs: Sequence[Input], wanted: Wanted, begun: Begun, start: Place = START) -> Iterator[Result]:
    """The results of the documents from `start` on, in order; empty ones where a number within its input is not wanted."""
    for file in range(start.file, len(inputs)):
        for result in _read_one(job, file, inputs[file], wanted, begun, start):
            if result.place >= start:
                yield result if wanted(result.place.number) else result._replace(rows={})


def failure(place: Place, document: Document, reason: str, lasting: str = "") -> Result:
    """The result of a document that could not be read: one row, which says why."""
    failed = replace(document, text="", blocks=(), notes=(), status="failed", error=reason)
    return Result(place, rows_of(Extraction(failed)), True, lasting)


def stand_in(found: Input, number: int) -> Document:
    """A document for an input, or for a record of it, of which nothing is known yet."""
    doc_id = f"{found.doc_id}#{number + 1}" if number else found.doc_id
    return Document("", doc_id, found.source, found.sha256, media_type="")


def _read_one(job: Job, file: int, found: Input, wanted: Wanted, begun: Begun, start: Place) -> Iterator[Result]:
    if found.reason:
        yield failure(Place(file, 0), stand_in(found, 0), found.reason)
        return
    documents: Iterator[Document] = iter(())
    for number in count():
        place = Place(file, number)
        document = None
        result = Result(place, {})
        begun(place, None)
        try:
            if number == 0:
                documents = job.read(found)
            document = next(documents, None)
            if document is None and number:
                return
            if place >= start and wanted(number):
                begun(place, document)
                # A table without rows has a row in `documents` all the same.
                result = _result(job, place, document or stand_in(found, number))
        except MemoryError:
            raise  # this process is not fit to go on
        except Exception as error:  # noqa: BLE001  (a document may break anything, but not its neighbours)
            result = failure(place, document or stand_in(found, number), _line(error, found))
        if _has_changed(found):
            reason = "changed while it was read: --resume reads it again"
            yield failure(place, document or stand_in(found, number), reason, "once")
            return
        yield result
        if document is None:
            return


def _result(job: Job, place: Place, document: Document) -> Result:
    if document.status == "failed":
        rows = job.rows(Extraction(document, notes=document.notes), keep_text=job.keep_text)
        return Result(place, rows, True)
    rows = job.rows(job.extract(document), keep_text=job.keep_text)
    n_rows, n_characters = weight(rows)
    if n_rows > MOST_ROWS or n_characters - len(document.text) > MOST_CHARACTERS:
        return failure(
            place, document, f"would add {n_rows} rows and {n_characters} characters to the tables, too many"
        )
    return Result(place, rows, rows["documents"][0][_STATUS] == "failed")


def _has_changed(found: Input) -> bool:
    try:
        status = Path(found.path).stat()
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != (found.size, found.modified)


def _line(error: Exception, found: Input) -> str:
    """What went wrong, on a line that is the same wherever the input lies and whenever it is read."""
    if isinstance(error, GangweiError):
        text = str(error)
    elif isinstance(error, OSError):
        text = f"cannot be read: {error.strerror or type(error).__name__}"
    else:
        text = f"{type(error).__name__}: {error}"
    return " ".join(_ADDRESS.sub("0x…", text.replace(found.path, found.source)).split())[:_ERROR_LENGTH]


_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]+")
_STATUS: Final = [column.name for column in TABLES[0].columns].index("status")
