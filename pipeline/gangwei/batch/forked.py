"""Work in numbered pieces, each done by a forked process of its own, all at the same time.

A piece leaves files, the same ones however often it is done: where a process is lost, its piece is done again.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Final, NoReturn

from gangwei.batch.limits import confine

_NO_LIMIT: Final = 1 << 50  # bytes of memory: what they do does not depend on what one document holds


def do_all(work: Callable[[int], None], pieces: int) -> None:
    """Have all pieces done: the first here, and here again what a process did not bring to its end.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     do_all(lambda piece: os.mkdir(f"{folder}/{piece}"), 3)
    ...     sorted(os.listdir(folder))
    ['0', '1', '2']
    """
    parent = os.getpid()
    running: dict[int, int] = {}
    try:
        for piece in range(1, pieces):
            running[_forked(work, piece, parent)] = piece
        work(0)
        while running:
            process = next(iter(running))
            status = os.waitpid(process, 0)[1]
            piece = running.pop(process)
            if status:  # killed, or an error, which shows here
                work(piece)
    finally:
        for process in running:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _forked(work: Callable[[int], None], piece: int, parent: int) -> int:
    # Ctrl-C is for the parent; the child ignores it from its first line on.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if not process:
            _be_child(work, piece, parent)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return process


def _be_child(work: Callable[[int], None], piece: int, parent: int) -> NoReturn:
    status = 1
    try:
        confine(_NO_LIMIT, parent)
        work(piece)
        status = 0
    finally:
        os._exit(status)  # whatever happened: the code of the parent must not run in the child
