"""One run: many documents in, one folder of tables out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.batch import plan
from gangwei.batch.journal import Terms, begin, parts_of, work_folder
from gangwei.batch.merge import Shape, merge
from gangwei.batch.plan import Input, Shard
from gangwei.batch.pool import work_at
from gangwei.batch.reading import Job
from gangwei.batch.worker import Task
from gangwei.errors import GangweiError
from gangwei.model import Document, Extraction
from gangwei.sinks.atomic import written
from gangwei.sinks.parts import discard, reserve
from gangwei.sinks.tally import Summary

CSV_AND_PARQUET: Final = Shape()
TIME_LIMIT: Final = 60.0
MEMORY_LIMIT: Final = 1 << 30
_SHARE: Final = 2_000_000  # bytes of a long file that are worth another worker
_TOLD: Final = 100  # inputs between two words on how the listing goes


class Reading(NamedTuple):
    """How documents are read: two functions, and what they depend on."""

    read: Callable[[Input], Iterator[Document]]
    extract: Callable[[Document], Extraction]
    rules: str  # digest of the rules
    program: str = ""  # digest of the code
    options: str = ""  # whatever else changes what the functions give


class Progress(NamedTuple):
    """How far a run is: listing, reading or writing; inputs done of all, documents read, failed ones."""

    stage: str
    done: int = 0
    total: int = 0
    documents: int = 0
    failed: int = 0


def run(
    inputs: Sequence[str],
    output: Path,
    reading: Reading,
    *,
    shape: Shape = CSV_AND_PARQUET,
    workers: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Read the inputs and write their tables to the output folder; their figures.

    The same inputs, rules and program give the same bytes, in one go or after any number of deaths.
    """
    found = plan.find(inputs, output)
    found = chain([next(found)], found)  # a wrong call is refused before anything is written
    with _storage(output), work_folder(output) as work:
        terms = Terms(reading.rules, reading.program, json.dumps([reading.options, shape.keep_text]))
        begin(output, terms, resume=resume, overwrite=overwrite)
        listed = work / "plan.jsonl"
        n_workers = workers or _n_cores()
        total = _write_plan(listed, plan.shards(_told(plan.with_digests(found), tell), json.dumps(terms)))
        job = Job(reading.read, reading.extract, work / "parts", shape.keep_text, time_limit, memory_limit)
        standing = 0

        def tasks() -> Iterator[Task]:
            nonlocal standing
            for line in _lines(listed):
                shard = plan.from_line(line)
                shares = min(n_workers, -(-shard.inputs[0].size // _SHARE)) if shard.is_long else 1
                if parts_of(job.parts, shard, time_limit) is None:
                    yield from (Task(line, share, shares) for share in range(shares))
                else:
                    standing += len(shard.inputs)

        reserve()
        work_at(tasks(), job, n_workers, lambda done, *rest: tell(Progress("read", standing + done, total, *rest)))
        tell(Progress("write", total, total))
        parts = _parts(listed, job)
        summary = merge(parts, output, shape, n_workers)
        _tidy(job.parts, {path.name for shard in parts for path in shard})
        return summary


def _n_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _storage(output: Path) -> Iterator[None]:
    """Say in one line that the disk is full or the like."""
    try:
        yield
    except OSError as error:
        raise GangweiError(f"{output}: {error.strerror or error}; mend that, then go on with --resume") from error


def _told(inputs: Iterable[Input], tell: Callable[[Progress], None]) -> Iterator[Input]:
    for number, found in enumerate(inputs):
        if number % _TOLD == 0:
            tell(Progress("list", number))
        yield found


def _write_plan(listed: Path, shards: Iterable[Shard]) -> int:
    """Write the plan; how many inputs it has."""
    n_inputs = 0
    with written(listed) as place, place.open("wb") as file:
        for shard in shards:
            file.write(plan.to_line(shard))
            n_inputs += len(shard.inputs)
    return n_inputs


def _lines(listed: Path) -> Iterator[bytes]:
    with listed.open("rb") as file:
        yield from file


def _parts(listed: Path, job: Job) -> list[list[Path]]:
    """The parts of all shards in order."""
    parts: list[list[Path]] = []
    for line in _lines(listed):
        found = parts_of(job.parts, plan.from_line(line), job.time_limit)
        if found is None:
            raise GangweiError(
                "a part is missing that was just written: is something else at work in the output folder?"
            )
        parts.append(found)
    return parts


def _tidy(parts: Path, used: set[str]) -> None:
    """Remove parts of documents that are no longer there, or were made under another limit."""
    shards = {name[: plan.NAME] for name in used}
    for path in list(parts.iterdir()):
        is_end = path.is_file() and path.name[: plan.NAME] in shards
        if path.name not in used and not is_end:
            discard(path)
