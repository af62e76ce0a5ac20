"""The second try of documents on which a worker died: in a child that may die too, and then it is the document's fault.

The child goes on from document to document and is replaced when it dies. Where it had done others before, the document
that it died on gets a fresh child, so that none answers for what its neighbours left behind.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from gangwei.batch.limits import OUT_OF_MEMORY, allow_processor, confine, is_working, reason_of_death, was_late
from gangwei.batch.plan import Input
from gangwei.batch.reading import START, Begun, Job, Place, Result, Wanted, failure, read_on, stand_in
from gangwei.model import Document
from gangwei.readers.archive import may_be_archive

_MOST_DEATHS: Final = 20  # in one file: for each, the file is read anew
_ENDED: Final = 70  # the exit status of a child that an exception ended
_LONGEST_MESSAGE: Final = 1 << 30


class _Death(NamedTuple):
    """In which document a child died, whether it was the first it did, and its exit status (None: the clock)."""

    place: Place
    document: Document | None
    is_first: bool
    status: int | None


def read_carefully(job: Job, inputs: Sequence[Input], wanted: Wanted, begun: Begun) -> Iterator[Result]:
    """The results of `read_on`, with a failure for each document that a process dies on."""
    start = START
    inputs = list(inputs)
    while (death := (yield from _from_child(job, inputs, wanted, begun, start))) is not None:
        place, document = death.place, death.document
        if not death.is_first and not was_late(death.status):  # time is counted for each document anew
            start = place
            continue
        reason = reason_of_death(death.status, job.time_limit, job.memory_limit)
        found = inputs[place.file]
        known = dict(found.dead)
        untried = next((key for key in (place.number, ~place.number) if key not in known), None)
        if document is None and untried is not None and len(known) < _MOST_DEATHS and _may_be_archive(found.path):
            # It died reading one of the files in it; the others can be read.
            inputs[place.file] = found._replace(dead=(*found.dead, (untried, reason)))
            start = place
            continue
        start = Place(place.file, place.number + 1)
        if document is None:  # it died reading again: what stands behind in this file cannot be read either
            document = stand_in(inputs[place.file], place.number)
            reason += "; the rest of the file was not read" if place.number else ""
            start = Place(place.file + 1, 0)
        result = failure(place, document, reason, "limit")
        yield result if wanted(place.number) else result._replace(rows={})


def _may_be_archive(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return may_be_archive(file.read(512))
    except OSError:
        return False


def _from_child(
    job: Job, inputs: Sequence[Input], wanted: Wanted, begun: Begun, start: Place
) -> Generator[Result, None, _Death | None]:
    """The results of one child, then how it died, None where it came to the end."""
    receiver, sender = Pipe(duplex=False)
    parent = os.getpid()
    child = os.fork()
    if not child:
        _be_child(job, inputs, wanted, start, sender, parent)
    sender.close()
    place, document, is_first, is_late, is_over = start, None, True, False, False
    try:
        while not is_over:
            if not receiver.poll(2 * job.time_limit):
                if is_late := not is_working(child):
                    break
                begun(place, document)  # a sign of life
                continue
            kind, *message = json.loads(receiver.recv_bytes(_LONGEST_MESSAGE))
            allow_processor(job.time_limit)  # this process only passes on, but does so for many
            if kind == "begun":
                place = Place(*message[0])
                document = Document(*message[1]) if message[1] else None
                begun(place, document)
            elif kind == "result":
                yield Result(Place(*message[0]), message[1], message[2], message[3])
                is_first = False
            is_over = kind == "end"
    except EOFError:
        pass  # it died; how, its exit status says
    finally:
        receiver.close()
        os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return None if is_over else _Death(place, document, is_first, None if is_late else status)


def _be_child(
    job: Job, inputs: Sequence[Input], wanted: Wanted, start: Place, sender: Connection, parent: int
) -> NoReturn:
    def send(kind: str, *message: object) -> None:
        sender.send_bytes(json.dumps((kind, *message), ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def begun(place: Place, document: Document | None) -> None:
        allow_processor(job.time_limit)
        send("begun", place, document and ("", document.doc_id, document.source, document.sha256, document.media_type))

    status = _ENDED
    try:
        confine(job.memory_limit, parent)
        for result in read_on(job, inputs, wanted, begun, start):
            send("result", *result)
        send("end")
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(status)  # whatever happened: the code of the parent must not run in the child
