"""The workers of a run: forked, each with a channel of its own, watched, and replaced when they die.

Not pebble or concurrent.futures: those fork from threads, send pickles, and know the time of a task only. Here the
parent has no thread, what is sent is bytes, and the clock runs for each document.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from mmap import mmap
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Final

from gangwei.batch.limits import is_working
from gangwei.batch.log import Log, no_log
from gangwei.batch.plan import from_line
from gangwei.batch.reading import Job
from gangwei.batch.worker import BEATS, DOCUMENTS, FAILED, INPUTS, SLOT, Slot, Task, serve, to_message
from gangwei.errors import GangweiError

_TRIES: Final = 4  # the first is straight, the others careful: only what is not a document's fault ends those
_WAKE: Final = 0.1  # seconds between two looks at the clock

Tick = Callable[[int, int, int], None]  # hears how many inputs and documents are done, and how many of these failed


@dataclass(slots=True, eq=False)
class _Worker:
    process: ForkProcess
    channel: Connection
    slot: Slot
    task: Task | None = None
    beats: int = 0
    began: float = 0.0  # the task
    since: float = 0.0  # the last sign of life


def work_at(tasks: Iterable[Task], job: Job, workers: int, tick: Tick, log: Log = no_log) -> None:
    """Have all tasks done by so many workers; raise where a part cannot be written."""
    pool = _Pool(job, workers, tick, log)
    try:
        pool.run(iter(tasks))
    finally:
        pool.end()


class _Pool:
    def __init__(self, job: Job, workers: int, tick: Tick, log: Log) -> None:
        shared = memoryview(mmap(-1, workers * SLOT * 8)).cast("q")
        self._slots = [shared[n * SLOT : (n + 1) * SLOT] for n in range(workers)]
        self._job = job
        self._tick = tick
        self._log = log
        self._busy: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._inputs = self._documents = self._failed = 0

    def run(self, tasks: Iterator[Task]) -> None:
        while self._hand_out(tasks):
            ready = wait([worker.channel for worker in self._busy], _WAKE)
            for worker in [worker for worker in self._busy if worker.channel in ready]:
                self._hear(worker)
            now = time.monotonic()
            for worker in self._busy:
                if _is_late(worker, now, self._job.time_limit) and not is_working(worker.process.pid or 0):
                    worker.process.kill()  # its channel will tell
            self._tell()

    def end(self) -> None:
        for worker in (*self._busy, *self._idle):
            worker.process.kill()
        for worker in (*self._busy, *self._idle):
            worker.process.join()
            worker.channel.close()

    def _hand_out(self, tasks: Iterator[Task]) -> bool:
        """Give each idle worker a task; whether anyone works."""
        while self._idle or self._slots:
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                break
            worker = self._idle.pop() if self._idle else self._hire()
            worker.task, worker.beats = task, 0
            worker.began = worker.since = time.monotonic()
            worker.slot[:] = memoryview(bytes(SLOT * 8)).cast("q")
            with suppress(OSError):  # it died idle: its channel will tell
                worker.channel.send_bytes(to_message(task))
            self._busy.append(worker)
        return bool(self._busy)

    def _hire(self) -> _Worker:
        ours, theirs = get_context("fork").Pipe()
        slot = self._slots.pop()
        process = get_context("fork").Process(target=serve, args=(self._job, theirs, slot, os.getpid()), daemon=True)
        # Ctrl-C is for the parent; the child ignores it from its first line on.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        theirs.close()
        return _Worker(process, ours, slot)

    def _hear(self, worker: _Worker) -> None:
        self._busy.remove(worker)
        try:
            complaint = worker.channel.recv_bytes().decode()
        except (EOFError, OSError):
            self._bury(worker)
            return
        self._idle.append(worker)
        if complaint:
            raise GangweiError(f"the tables cannot be written: {complaint}; mend that, then go on with --resume")
        self._note("done", worker, documents=worker.slot[DOCUMENTS], failed=worker.slot[FAILED])
        self._inputs += worker.slot[INPUTS]
        self._documents += worker.slot[DOCUMENTS]
        self._failed += worker.slot[FAILED]

    def _bury(self, worker: _Worker) -> None:
        """See a dead worker off; its task is to be done again, with care."""
        worker.process.join()
        worker.channel.close()
        self._slots.append(worker.slot)
        assert worker.task is not None
        self._note("died", worker, status=worker.process.exitcode)
        if worker.task.tries + 1 == _TRIES:
            raise GangweiError(
                f"{_TRIES} workers died at the same task, the last with status {worker.process.exitcode}: "
                "go on with --resume; if that ends so too, please report it"
            )
        self._again.append(worker.task._replace(tries=worker.task.tries + 1))

    def _note(self, event: str, worker: _Worker, **facts: object) -> None:
        """Log what became of a task."""
        assert worker.task is not None
        name, seconds = from_line(worker.task.line).name, round(time.monotonic() - worker.began, 3)
        self._log(event, shard=name, share=worker.task.share, tries=worker.task.tries, seconds=seconds, **facts)

    def _tell(self) -> None:
        slots = [worker.slot for worker in self._busy]
        self._tick(
            self._inputs + sum(slot[INPUTS] for slot in slots),
            self._documents + sum(slot[DOCUMENTS] for slot in slots),
            self._failed + sum(slot[FAILED] for slot in slots),
        )


def _is_late(worker: _Worker, now: float, time_limit: float) -> bool:
    """Whether it showed no sign of life for longer than a document may take and a part takes to write."""
    beats = worker.slot[BEATS]
    if beats != worker.beats:
        worker.beats, worker.since = beats, now
        return False
    is_careful = worker.task is not None and worker.task.tries > 0  # then the clock runs in the worker first
    return now - worker.since > (3 if is_careful else 2) * time_limit + 1
