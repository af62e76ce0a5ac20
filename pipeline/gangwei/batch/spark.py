"""The same shards on many machines, under Spark: numbers go out, names come back; all else goes by files that all see.

First each shard becomes a part, a tar of what a local run would write. Then the parts of some shards become a file of
each table, and the driver gives all of them their names at the end. What a task writes has a name that follows from its
contents: one that is tried again, or runs twice, changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from importlib import import_module
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from gangwei.batch import plan
from gangwei.batch.companies import BUCKETS
from gangwei.batch.executor import (
    GROUPS,
    JOURNAL,
    PARTS,
    SLICES,
    STAGED,
    Said,
    Work,
    make_parts,
    resolve_bucket,
    spread_group,
    tables_of,
    write_group,
)
from gangwei.batch.journal import ONCE, Terms, entry, refuse_mixture, work_folder
from gangwei.batch.merge import DATAPACKAGE, MANIFEST, Shape, files_of, groups, outdated, summary_of
from gangwei.batch.run import MEMORY_LIMIT, TIME_LIMIT, Progress, Reading
from gangwei.batch.store import Store, find
from gangwei.errors import GangweiError, UsageError
from gangwei.sinks import file_of
from gangwei.sinks.columnar import column_of
from gangwei.sinks.datapackage import datapackage
from gangwei.sinks.tally import Summary, Tally

_MOST_SHARDS: Final = 32  # of a slice. The first have fewer, so that a small run has tasks for all
_SHARE: Final = 16_000_000  # bytes of a long file that are worth a task; each reads the file and works at its share


def check_installed() -> None:
    """Refuse where a package is missing."""
    try:
        import_module("pyspark.sql")
        import_module("fsspec")
    except ImportError:
        raise UsageError("--engine spark needs packages: pip install 'gangwei[spark]'") from None


def run_on_spark(
    inputs: Sequence[str],
    output: str,
    reading: Reading,
    *,
    keep_text: bool = False,
    resume: bool = False,
    overwrite: bool = False,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Read the inputs and write their tables to the output folder, as `run` does with a partitioned shape."""
    store, shape = Store(output), Shape(("parquet",), keep_text=keep_text, partitioned=True)
    terms = Terms(reading.rules, reading.program, json.dumps([reading.options, keep_text]))
    work = Work(output, reading, terms, shape, time_limit, memory_limit)
    found = find(inputs, store)
    found = chain([next(found)], found)  # a wrong call is refused before anything is written
    with ExitStack() as stack:
        if store.is_local:
            stack.enter_context(work_folder(Path(store.root)))
        _begin(store, output, terms, resume=resume, overwrite=overwrite)
        n_slices, n_inputs = _write_slices(store, plan.shards(_told(found, tell), json.dumps(terms)))
        session = stack.enter_context(_session())
        tell(Progress("read", 0, n_inputs))
        read = session.sparkContext.accumulator(0)  # a task that Spark runs twice counts twice
        named = _map(session, n_slices, partial(make_parts, work, tell=read.add))
        shards = [[name for _, name in names] for _, names in groupby(named, key=lambda row: row[0])]
        tell(Progress("write", n_inputs, n_inputs, read.value))
        summary = _merge(session, store, work, shards)
        for name in sorted(set(store.names(PARTS)).difference(*shards)):
            store.remove(f"{PARTS}/{name}")
        return summary


def _told(inputs: Iterable[plan.Input], tell: Callable[[Progress], None]) -> Iterator[plan.Input]:
    for number, found in enumerate(inputs):
        tell(Progress("list", number))
        yield found


@contextmanager
def _session() -> Iterator[Any]:
    """The session that is there, or one that is made as the environment says (spark-submit, PYSPARK_SUBMIT_ARGS)."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else any python3 that is found
    was_there = SparkSession.getActiveSession() is not None
    try:
        session = SparkSession.builder.appName("gangwei").getOrCreate()
    except Exception as error:  # Java, the network, the cluster: anything may be wrong with them
        raise UsageError(f"--engine spark: Spark does not start: {_told_by(error)}") from error
    try:
        yield session
    except PySparkException as error:
        raise GangweiError(f"Spark gave up: {_told_by(error)}; mend that, then go on with --resume") from error
    finally:
        if not was_there:
            session.stop()


def _told_by(error: Exception) -> str:
    """The line that says what happened: of a task's traceback the last that names an error."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return next((line for line in reversed(lines) if "Error: " in line or "Exception: " in line), lines[0])


def _begin(store: Store, output: str, terms: Terms, *, resume: bool, overwrite: bool) -> None:
    """Enter the run in the journal, and remove what a run that was killed left."""
    before = store.read(JOURNAL)
    holds_run = before is not None or store.exists(MANIFEST)
    refuse_mixture(output, before, terms, holds_run=holds_run, resume=resume, overwrite=overwrite)
    for name in (SLICES, GROUPS, STAGED, *([PARTS] if overwrite else [])):
        store.remove(name)
    for name in store.names(PARTS):
        if name.startswith(".") or name.endswith(f"{ONCE}.tar"):
            store.remove(f"{PARTS}/{name}")
    store.write(JOURNAL, entry(terms).encode())


def _write_slices(store: Store, shards: Iterable[plan.Shard]) -> tuple[int, int]:
    """Write the plan, a file for each task; how many, and how many inputs there are."""
    held: list[bytes] = []
    n_slices = n_inputs = 0

    def end_slice() -> None:
        nonlocal n_slices
        if held:
            store.write(f"{SLICES}/{n_slices}", b"".join(held))
            n_slices += 1
            held.clear()

    for number, shard in enumerate(shards):
        n_inputs += len(shard.inputs)
        shares = -(-shard.inputs[0].size // _SHARE) if shard.is_long else 1
        for share in range(shares):
            held.append(b"%d %d %d " % (number, share, shares) + plan.to_line(shard))
            if shares > 1 or len(held) > min(n_slices // 16, _MOST_SHARDS - 1):
                end_slice()
    end_slice()
    return n_slices, n_inputs


def _map(session: Any, n: int, work: Callable[[int], list[Said]]) -> list[Said]:
    """What tasks anywhere say of the numbers below n, in order."""

    def work_on(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                for place, said in work(number):
                    columns = [column_of("integer", (place,)), column_of("string", (said,))]
                    yield pa.RecordBatch.from_arrays(columns, names=["place", "said"])

    frame = session.range(0, n, numPartitions=n).mapInArrow(work_on, "place long, said string")
    return sorted((row.place, row.said) for row in frame.collect())


def _merge(session: Any, store: Store, work: Work, shards: list[list[str]]) -> Summary:
    """Have the tables written and give them their names, `documents` as the last, then the manifest."""
    source = hashlib.sha256(json.dumps(shards).encode()).hexdigest()
    before = json.loads(store.read(MANIFEST) or b"{}")
    stands = files_of(before)
    if before.get("parts") == source and stands and all(map(store.exists, stands)):
        return summary_of(before)
    grouped = list(groups(shards))
    for number, names in enumerate(grouped):
        store.write(f"{GROUPS}/{number}", json.dumps(names).encode())
    if work.reading.grammar is not None:
        _map(session, len(grouped), partial(spread_group, work, source))
        _map(session, BUCKETS, partial(resolve_bucket, work, source))
    files: dict[str, str] = {}
    tally = Tally()
    for _, said in _map(session, len(grouped), partial(write_group, work, source)):
        written, counts = json.loads(said)
        files |= written
        tally.add(counts)
    tables = tables_of(work.shape)
    described = datapackage([table.name for table in tables], work.shape.formats, files=len(grouped))
    store.remove(MANIFEST)
    for table in (*tables[1:], tables[0]):
        name = file_of(table, "parquet")
        store.remove(name)
        store.move(f"{STAGED}/{source}/{name}", name)
    for name in outdated(before, [file_of(table, "parquet") for table in tables] + [DATAPACKAGE]):
        store.remove(name)
    store.remove(f"{STAGED}/{source}")
    store.write(DATAPACKAGE, described.encode())
    summary = tally.summary()
    manifest = {"parts": source, "summary": asdict(summary), "files": files}
    store.write(MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    return summary
