"""Where tasks wait for processes that read: a thread for each process, which is replaced when it dies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Empty, PriorityQueue
from threading import Thread
from typing import Any, Final

from gangwei.tables import Rows
from gangwei.web.problems import Problem
from gangwei.web.reader import Terms, work
from gangwei.web.store import Store

_TOGETHER: Final = 50  # documents entered in one go
_FILES: Final = 16  # read one after the other without beginning anew
_AT_ONCE, _IN_TURN, _LAST = range(3)  # what is waited for, uploads, the end
_DIED: Final = "the process that reads died; try again"


class Desk:
    """Hands uploads and questions to processes. One process more answers for corrections alone, which never wait."""

    def __init__(self, store: Store, terms: Terms, workers: int) -> None:
        self._store = store
        self._terms = terms
        self._numbers = count()
        self._uploads: PriorityQueue[tuple[int, int, _Task]] = PriorityQueue()
        self._typing: PriorityQueue[tuple[int, int, _Task]] = PriorityQueue()
        self._processes: list[_Process] = []
        self._threads = [Thread(target=self._serve, args=(self._uploads,), daemon=True) for _ in range(workers)]
        self._threads.append(Thread(target=self._serve, args=(self._typing,), daemon=True))

    def start(self) -> None:
        """Begin, with the uploads that an earlier run left unread."""
        for file in self._store.waiting():
            self.submit(file)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End all processes; uploads that are not read are read at the next start."""
        for process in list(self._processes):
            process.end()
        self._typing.put((_AT_ONCE, -1, None))
        for _ in self._threads[1:]:
            self._uploads.put((_AT_ONCE, -1, None))
        for thread in self._threads:
            thread.join(5)

    def submit(self, file: int) -> None:
        """Have an upload read."""
        self._uploads.put((_IN_TURN, next(self._numbers), file))

    def read(self, doc_id: str, path: str) -> Future[list[Any]]:
        """The rows of a file's documents, each behind a 0, as soon as may be."""
        return self._ask(self._uploads, ("read", [(doc_id, path)]))

    def typed(self, document: dict[str, object], outline: str) -> Future[list[Any]]:
        """The rows of an outline."""
        return self._ask(self._typing, ("type", document, outline))

    def _ask(self, queue: PriorityQueue[tuple[int, int, _Task]], message: tuple[object, ...]) -> Future[list[Any]]:
        answer: Future[list[Any]] = Future()
        queue.put((_AT_ONCE, next(self._numbers), (message, answer)))
        return answer

    def _serve(self, queue: PriorityQueue[tuple[int, int, _Task]]) -> None:
        process = _Process(self._terms)
        self._processes.append(process)
        while (task := queue.get()[2]) is not None:
            if isinstance(task, int):
                self._read_uploads(process, self._with_more(task))
                continue
            message, answer = task
            try:
                answer.set_result(list(process.ask(message)))
            except (EOFError, OSError):
                answer.set_exception(Problem(503, "died", _DIED))
        process.end()

    def _read_uploads(self, process: _Process, files: list[int]) -> None:
        try:
            for _ in range(2):  # a process that dies takes uploads along, once
                files = self._left(process, self._store.begin(files))
                if not files or process.is_over:
                    return
            self._store.give_up(files, _DIED)
        except (Problem, sqlite3.Error) as error:
            with suppress(Problem, sqlite3.Error):  # the thread goes on, whatever the disk does
                self._store.give_up(files, f"could not be kept: {error}")

    def _left(self, process: _Process, names: dict[int, str]) -> list[int]:
        """Read uploads, by their numbers and names; those that are left where the process died."""
        left = list(names)
        inputs = [(names[file], str(self._store.path_of(file))) for file in left]
        held: list[Rows] = []
        try:
            for place, rows in process.ask(("read", inputs)):
                while len(names) - len(left) < place:
                    self._store.add_documents(left.pop(0), held, is_done=True)
                    held = []
                held.append(rows)
                if len(held) == _TOGETHER:
                    self._store.add_documents(left[0], held)
                    held = []
            while left:
                self._store.add_documents(left.pop(0), held, is_done=True)
                held = []
        except (EOFError, OSError):
            pass  # what was held is read again
        return left

    def _with_more(self, first: int) -> list[int]:
        """An upload with others that wait, where there are many: reading begins once for them."""
        files = [first]
        share = self._uploads.qsize() // len(self._threads)
        while len(files) < min(share, _FILES):
            try:
                priority, number, task = self._uploads.get_nowait()
            except Empty:
                break
            if not isinstance(task, int):
                self._uploads.put((priority, number, task))
                break
            files.append(task)
        return files


_Task = Any  # int: an upload; (message, answer): a question; None: the end


class _Process:
    """A process that reads, begun when it is first asked and again after it died."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._process: SpawnProcess | None = None
        self._channel: Connection | None = None
        self.is_over = False

    def ask(self, message: tuple[object, ...]) -> Iterator[Any]:  # Any: JSON, rows or a number with rows
        """The answers to a message, one after the other; EOFError or OSError where the process died."""
        try:
            channel = self._begun()
            channel.send_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            while (answer := json.loads(channel.recv_bytes())) is not None:
                yield answer
        except (EOFError, OSError, GeneratorExit):
            self._let_go()  # also where nobody hears the rest: it must not be taken for the next answer
            raise

    def _let_go(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._process = None

    def end(self) -> None:
        self.is_over = True
        if self._process is not None:
            self._process.kill()

    def _begun(self) -> Connection:
        if self._process is None or self._channel is None:
            if self.is_over:
                raise EOFError
            ours, theirs = get_context("spawn").Pipe()
            self._process = get_context("spawn").Process(target=work, args=(theirs, self._terms), daemon=True)
            self._process.start()
            theirs.close()
            self._channel = ours
        return self._channel
