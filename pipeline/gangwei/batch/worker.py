"""A worker: shards in, parts out. It hears tasks and tells what became of them in length-prefixed messages."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from multiprocessing.connection import Connection
from types import MappingProxyType
from typing import Final, NamedTuple

from gangwei.batch.careful import read_carefully
from gangwei.batch.journal import LASTING, block_name, end_name, part_path, standing
from gangwei.batch.kept import MADE_OF, inputs_as_text, read_rest
from gangwei.batch.limits import OUT_OF_MEMORY, allow_processor, confine
from gangwei.batch.plan import BLOCK, Input, from_line
from gangwei.batch.reading import Job, Place, Result, read_on
from gangwei.model import Document
from gangwei.sinks.atomic import write_text
from gangwei.sinks.parts import PartWriter, discard

# What a worker shows its parent of the task at hand, in memory that they share: signs of life, and what is done.
BEATS, INPUTS, DOCUMENTS, FAILED, SLOT = range(5)
Slot = memoryview


# The collector looks at what is new after so many objects: documents leave next to nothing in circles.
_COLLECT: Final = 50_000


class Task(NamedTuple):
    """A shard as a line of the plan. Of a long one, the blocks whose number modulo `shares` is `share`."""

    line: bytes
    share: int = 0
    shares: int = 1
    tries: int = 0  # workers that died at it: after the first it is done with care
    kept: tuple[str, ...] = ()  # parts of earlier runs that may have some of its inputs


def to_message(task: Task) -> bytes:
    """The task as a worker is sent it."""
    return json.dumps(task[1:]).encode() + b"\n" + task.line


def serve(job: Job, channel: Connection, slot: Slot, parent: int) -> None:
    """Work at one task after the other; an empty answer says done, any other says why the run must stop."""
    confine(job.memory_limit, parent)
    gc.freeze()  # rules and dictionary live as long as the worker: the collector need not look at them again
    gc.set_threshold(_COLLECT)  # nor at the rows that wait for their batch, each seven hundred objects
    while True:
        try:
            terms, _, line = channel.recv_bytes().partition(b"\n")
        except EOFError:
            return
        try:
            _work(job, Task(line, *json.loads(terms)), slot)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except OSError as error:
            channel.send_bytes(f"{error.strerror or error}".encode())
        else:
            channel.send_bytes(b"")


def _work(job: Job, task: Task, slot: Slot) -> None:
    shard = from_line(task.line)
    read = read_carefully if task.tries else read_on
    known: dict[int, bool] = {}

    def wanted(number: int) -> bool:
        block = number // BLOCK
        if block not in known:
            is_ours = block % task.shares == task.share
            known[block] = is_ours and standing(job.parts, block_name(shard, block), job.time_limit) is None
        return known[block]

    def begun(_: Place, __: Document | None) -> None:
        allow_processor(job.time_limit)
        slot[BEATS] += 1

    if not shard.is_long:

        def read_these(inputs: Sequence[Input]) -> Iterator[Result]:
            return read(job, inputs, lambda _: True, begun)

        old = [job.parts / name for name in task.kept]
        results = read_rest(old, job.terms, shard.inputs, read_these)
        _write_part(job, shard.name, results, slot, {MADE_OF: inputs_as_text(shard.inputs, job.terms)})
        return

    def taken(block: int, results: Iterator[Result]) -> Result:
        if wanted(block * BLOCK):
            return _write_part(job, block_name(shard, block), results, slot)
        return _passed(results)

    lasting, n_documents = LASTING[0], 0
    for block, results in groupby(read(job, shard.inputs, wanted, begun), key=_block_of):
        last = taken(block, results)
        lasting, n_documents = max(lasting, last.lasting, key=LASTING.index), last.place.number + 1
    if task.share == 0:  # one of them says where it ends: two that write the same file take it from each other
        write_text(part_path(job.parts, end_name(shard), lasting, job.time_limit), str(n_documents))


def _block_of(result: Result) -> int:
    return result.place.number // BLOCK


def _write_part(
    job: Job, name: str, results: Iterator[Result], slot: Slot, more: Mapping[str, str] = MappingProxyType({})
) -> Result:
    """Write the results as a part, with other texts by name; the last result, lasting as long as the part does."""
    with PartWriter(job.parts / name) as part:
        last = _passed(_added(results, part, slot))
        for file, text in more.items():
            part.add_text(file, text)
        part.keep_as(part_path(job.parts, name, last.lasting, job.time_limit))
    for lasting in LASTING:  # a part of this name that lasted longer or shorter gave way to this one
        if lasting != last.lasting:
            discard(part_path(job.parts, name, lasting, job.time_limit))
    return last


def _added(results: Iterator[Result], part: PartWriter, slot: Slot) -> Iterator[Result]:
    for result in results:
        part.add(result.rows)
        slot[INPUTS] = result.place.file + 1
        slot[DOCUMENTS] += not result.is_kept
        slot[FAILED] += result.has_failed
        yield result


def _passed(results: Iterator[Result]) -> Result:
    """The last of the results, lasting as long as the shortest."""
    last = next(results)
    lasting = last.lasting
    for last in results:
        lasting = max(lasting, last.lasting, key=LASTING.index)
    return last._replace(lasting=lasting, rows={})
