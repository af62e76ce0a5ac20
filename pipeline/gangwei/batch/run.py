"""One run: many documents in, one folder of tables out."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.batch import plan
from gangwei.batch.journal import Terms, begin, parts_of, work_folder
from gangwei.batch.kept import has_failed, kept_inputs, old_part
from gangwei.batch.log import logging_to
from gangwei.batch.merge import MANIFEST, Shape, merge
from gangwei.batch.plan import Input, Shard
from gangwei.batch.pool import work_at
from gangwei.batch.reading import Job
from gangwei.batch.worker import Task
from gangwei.errors import GangweiError
from gangwei.model import Document, Extraction
from gangwei.normalise.relations import RelationGrammar
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
    check: Callable[[], None] = lambda: None  # refuses where this machine cannot read as the options say
    grammar: RelationGrammar | None = None  # of relations, for posts that other documents of a company describe


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
    retry_failed: bool = False,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    log_to: Path | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Read the inputs and write their tables to the output folder; their figures.

    The same inputs, rules and program give the same bytes, in one go or after any number of deaths. `retry_failed` goes
    on with the run, and reads what failed again. The log is kept in the work folder where no other place is named.
    """
    found = plan.find(inputs, output)
    found = chain([next(found)], found)  # a wrong call is refused before anything is written
    with _storage(output), work_folder(output) as work, logging_to(log_to or work / "log.jsonl") as log:
        began = time.monotonic()
        terms = Terms(reading.rules, reading.program, json.dumps([reading.options, shape.keep_text]))
        begin(output, terms, resume=resume or retry_failed, overwrite=overwrite)
        listed = work / "plan.jsonl"
        n_workers = workers or _n_cores()
        total = _write_plan(listed, plan.shards(_told(plan.with_digests(found), tell), json.dumps(terms)))
        job = Job(
            reading.read, reading.extract, work / "parts", json.dumps(terms), shape.keep_text, time_limit, memory_limit
        )
        if retry_failed:
            (output / MANIFEST).unlink(missing_ok=True)  # parts keep their names: the tables are made anew
            _drop_failed_blocks(listed, job)
        standing = sum(len(shard.inputs) for _, shard in _planned(listed) if not _is_due(shard, job, retry_failed))
        planned = {shard.name for _, shard in _planned(listed)}
        kept = kept_inputs(job.parts, job.terms, planned) if standing < total else {}
        log("listed", inputs=total, standing=standing, workers=n_workers, **terms._asdict())

        def tasks() -> Iterator[Task]:
            for line, shard in _planned(listed):
                if _is_due(shard, job, retry_failed):
                    shares = min(n_workers, -(-shard.inputs[0].size // _SHARE)) if shard.is_long else 1
                    names = {kept[fact] for fact in map(plan.fact_of, shard.inputs) if fact in kept}
                    if part := old_part(job.parts, shard.name, time_limit):
                        names.add(part.name)
                    yield from (Task(line, share, shares, kept=tuple(sorted(names))) for share in range(shares))

        def tick(done: int, documents: int, failed: int) -> None:
            tell(Progress("read", standing + done, total, documents, failed))

        reserve()
        tick(0, 0, 0)
        work_at(tasks(), job, n_workers, tick, log)
        log("read", seconds=round(time.monotonic() - began, 3))
        tell(Progress("write", total, total))
        parts = _parts(listed, job)
        summary = merge(parts, output, shape, n_workers, reading.grammar)
        _tidy(job.parts, {path.name for shard in parts for path in shard})
        seconds = round(time.monotonic() - began, 3)
        log("written", documents=summary.documents, rows=summary.rows, seconds=seconds)
        return summary


def _planned(listed: Path) -> Iterator[tuple[bytes, Shard]]:
    """The shards of the plan, each with its line."""
    with listed.open("rb") as file:
        for line in file:
            yield line, plan.from_line(line)


def _is_due(shard: Shard, job: Job, retry_failed: bool) -> bool:
    """Whether a part of a shard is still to be made, or a document in it to be tried again."""
    if retry_failed and not shard.is_long:
        part = old_part(job.parts, shard.name, job.time_limit)
        return part is None or has_failed(part)
    return parts_of(job.parts, shard, job.time_limit) is None


def _drop_failed_blocks(listed: Path, job: Job) -> None:
    """Remove the parts of long shards in which a document failed: what does not stand is read again."""
    for _, shard in _planned(listed):
        if shard.is_long:
            for part in parts_of(job.parts, shard, job.time_limit) or ():
                if has_failed(part):
                    discard(part)


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


def _parts(listed: Path, job: Job) -> list[list[Path]]:
    """The parts of all shards in order."""
    parts: list[list[Path]] = []
    for _, shard in _planned(listed):
        found = parts_of(job.parts, shard, job.time_limit)
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
