"""What the processes of a cluster do: shards into parts, parts into tables, from and to files that all of them see."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from gangwei.batch import plan
from gangwei.batch.companies import changed_by, lines_of, resolve, spread, to_text
from gangwei.batch.journal import FOLDER, ONCE, Terms, program
from gangwei.batch.merge import Shape, digest_of
from gangwei.batch.pool import work_at
from gangwei.batch.reading import Job
from gangwei.batch.run import Reading
from gangwei.batch.store import Store, fetched
from gangwei.batch.worker import Task
from gangwei.errors import GangweiError
from gangwei.model import Document
from gangwei.sinks import file_of
from gangwei.sinks.parquet import part_name, write_parquet
from gangwei.sinks.parts import discard, pieces, reserve
from gangwei.sinks.tally import Tally
from gangwei.tables import TABLES, Table

JOURNAL: Final = f"{FOLDER}/journal.json"
PARTS: Final = f"{FOLDER}/spark/parts"
SLICES: Final = f"{FOLDER}/spark/slices"  # of the plan: what one task does
GROUPS: Final = f"{FOLDER}/spark/groups"  # the parts that make one file of each table
STAGED: Final = f"{FOLDER}/spark/tables"

Said = tuple[int, str]  # what a task says: the number of a thing, and its name or figures


class Work(NamedTuple):
    """What all tasks of a run are sent."""

    output: str
    reading: Reading
    terms: Terms
    shape: Shape
    time_limit: float
    memory_limit: int


_WARM: Final[dict[Terms, Reading]] = {}  # a process of an executor does many tasks


def _warmed(work: Work) -> Reading:
    """The reading, with what is loaded at first use, for the children that read to inherit."""
    if work.terms not in _WARM:
        if work.reading.program and work.reading.program != program():
            raise GangweiError(
                "the executors run another version of gangwei than the driver: give both the same archive"
            )
        work.reading.check()
        work.reading.extract(Document("部门：市场部"))
        reserve()
        _WARM[work.terms] = work.reading
    return _WARM[work.terms]


def make_parts(work: Work, number: int, tell: Callable[[int], None] = lambda _: None) -> list[Said]:
    """Make the parts of a slice, those that do not stand; for each the number of its shard and its name.

    `tell` hears how many documents were read for that.
    """
    store, reading = Store(work.output), _warmed(work)
    said: list[Said] = []
    n_read = 0
    with TemporaryDirectory(prefix="gangwei-") as folder:
        parts = Path(folder, "parts")
        parts.mkdir()

        def tasks() -> Iterator[Task]:
            # One child reads all: the next task is asked for when the one before is done.
            for line in (store.read(f"{SLICES}/{number}") or b"").splitlines():
                shard, share, shares, planned = line.split(b" ", 3)
                with TemporaryDirectory(dir=folder) as inputs:
                    task = _at_hand(work, Task(planned, int(share), int(shares)), Path(inputs))
                    name = _standing(work, store, task)
                    if not name:
                        yield task
                        name = _store(work, store, task, parts)
                said.append((int(shard), name))

        def tick(_inputs: int, documents: int, _failed: int) -> None:
            nonlocal n_read
            n_read = documents

        terms, keep_text = json.dumps(work.terms), work.shape.keep_text
        job = Job(reading.read, reading.extract, parts, terms, keep_text, work.time_limit, work.memory_limit)
        work_at(tasks(), job, 1, tick)
    tell(n_read)
    return said


def _at_hand(work: Work, task: Task, folder: Path) -> Task:
    """The task with its inputs on this machine, and under the name that follows from their contents."""
    planned = plan.from_line(task.line)
    inputs = plan.with_digests(fetched(planned.inputs, folder))
    shard = plan.shard_of(tuple(inputs), json.dumps(work.terms))
    if shard.is_long != planned.is_long:  # its tasks would not fit together
        raise GangweiError(f"{planned.inputs[0].doc_id} changed after it was listed")
    return task._replace(line=plan.to_line(shard))


def _name(task: Task) -> str:
    name = plan.from_line(task.line).name
    return name if task.shares == 1 else f"{name}.{task.share:04}of{task.shares:04}"


def _standing(work: Work, store: Store, task: Task) -> str:
    """The name of the part, where it stands."""
    names = (f"{_name(task)}.tar", f"{_name(task)}.{work.time_limit:g}s.tar")
    return next((name for name in names if store.exists(f"{PARTS}/{name}")), "")


def _store(work: Work, store: Store, task: Task, parts: Path) -> str:
    """Put what a task made into the store, as one file; its name."""
    made = sorted(parts.iterdir())
    lasting = (ONCE, f".{work.time_limit:g}s")
    name = _name(task) + next((end for end in lasting if any(path.name.endswith(end) for path in made)), "") + ".tar"
    packed = parts.with_name("tar")
    with tarfile.open(packed, "w") as tar:
        for path in made:
            tar.add(path, path.name)
            discard(path)
    store.put(packed, f"{PARTS}/{name}")
    return name


def spread_group(work: Work, source: str, number: int) -> list[Said]:
    """Write what the documents of some shards say of their companies' posts, a file for each bucket of companies."""
    store = Store(work.output)
    names = json.loads(store.read(f"{GROUPS}/{number}") or b"")
    with TemporaryDirectory(prefix="gangwei-") as folder:
        spread(_unpacked(store, names, Path(folder)), Path(folder, "said"))
        for bucket, text in lines_of(Path(folder, "said")):
            store.write(f"{STAGED}/{source}/said/{bucket}/{number}", text.encode())
    return []


def resolve_bucket(work: Work, source: str, number: int) -> list[Said]:
    """Write what follows for the parts of each group from one bucket of companies."""
    store, bucket = Store(work.output), f"{number:02}"
    group_of: dict[str, int] = {}

    def lines() -> Iterator[str]:
        for group in sorted(map(int, store.names(f"{STAGED}/{source}/said/{bucket}"))):
            for line in (store.read(f"{STAGED}/{source}/said/{bucket}/{group}") or b"").decode().split("\n"):
                if not line:  # behind the last one
                    continue
                group_of[json.loads(line)[1][0]] = group
                yield line

    assert work.reading.grammar is not None
    by_group: dict[int, dict[str, str]] = {}
    for part, found in resolve(lines(), work.reading.grammar).items():
        by_group.setdefault(group_of[part], {})[part] = to_text(found)
    for group, texts in by_group.items():
        store.write(f"{STAGED}/{source}/found/{group}/{bucket}", json.dumps(texts).encode())
    return []


def _lay_out(store: Store, source: str, number: int, folder: Path) -> None:
    """Have what follows for the parts of a group stand as `changed_by` reads it."""
    for bucket in store.names(f"{STAGED}/{source}/found/{number}"):
        for part, text in json.loads(store.read(f"{STAGED}/{source}/found/{number}/{bucket}") or b"{}").items():
            place = folder / "found" / part
            place.mkdir(parents=True, exist_ok=True)
            (place / bucket).write_text(text, encoding="utf-8")


def write_group(work: Work, source: str, number: int) -> list[Said]:
    """Write a file of each table; their digests and the figures of their rows, as text."""
    store, tally, files = Store(work.output), Tally(), {}
    names = json.loads(store.read(f"{GROUPS}/{number}") or b"")
    with TemporaryDirectory(prefix="gangwei-") as folder:
        parts = _unpacked(store, names, Path(folder))
        companies = Path(folder, "companies")
        _lay_out(store, source, number, companies)
        changed = partial(changed_by, companies)
        for table in tables_of(work.shape):
            place = Path(folder, "table")
            write_parquet(place, table, tally.counted(table, pieces(parts, table, changed)))
            name = f"{file_of(table, 'parquet')}/{part_name(number)}"
            store.put(place, f"{STAGED}/{source}/{name}")
            files[name] = digest_of(place)
    return [(number, json.dumps([files, tally.to_text()]))]


def _unpacked(store: Store, names: Sequence[str], folder: Path) -> list[Path]:
    """The parts in order; those of a long shard are numbered through its tars."""
    parts: list[Path] = []
    for number, (_, tars) in enumerate(groupby(names, key=lambda name: name.partition(".")[0])):
        inside = folder / str(number)
        for name in tars:
            store.get(f"{PARTS}/{name}", folder / "tar")
            with tarfile.open(folder / "tar") as tar:
                tar.extractall(inside, filter="data")
        parts += sorted(path for path in inside.iterdir() if path.is_dir())
    return parts


def tables_of(shape: Shape) -> list[Table]:
    """The tables that are written."""
    return [table for table in TABLES if table.name != "texts" or shape.keep_text]
