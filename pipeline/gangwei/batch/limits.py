"""What a process that reads documents may use, and what its death means."""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import math
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Final

OUT_OF_MEMORY: Final = 77  # the exit status of a process that met its memory limit
_PR_SET_PDEATHSIG: Final = 1


def confine(memory: int, parent: int) -> None:
    """Put this process into its place: it grows by `memory` bytes at most, hears no Ctrl-C, says nothing on the
    terminal, leaves no core and dies with its parent.

    The limit is on RLIMIT_DATA, which counts memory that is written, over what was inherited. RLIMIT_AS counts address
    space too that libraries reserve and never use, gigabytes of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    faulthandler.disable()  # it may hold another way to the terminal
    gc.freeze()  # collecting what was inherited would copy it
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _limit(resource.RLIMIT_DATA, _data_size() + memory)
    if os.getppid() != parent:  # it died before it could be told to take us along
        os._exit(1)


def allow_processor(seconds: float) -> None:
    """From now on, that much processor time before the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds))


def is_working(process: int) -> bool:
    """Whether a process works or waits for a processor, and does not sleep: then processor time ends it, not the clock,
    which would end what a loaded machine only keeps waiting."""
    try:
        # The state stands behind the name, which may hold anything.
        return Path(f"/proc/{process}/stat").read_bytes().rpartition(b") ")[2].startswith(b"R")
    except OSError:
        return False


def was_late(status: int | None) -> bool:
    """Whether a process ended for the time it took; `status` as `Process.exitcode`, None where the clock ended it."""
    return status is None or status == -signal.SIGXCPU


def reason_of_death(status: int | None, seconds: float, memory: int) -> str:
    """Why a document failed whose process ended so.

    >>> reason_of_death(-11, 60, 0), reason_of_death(None, 60, 0)
    ('the process that read it died of SIGSEGV', 'took longer than 60 s, more than --time-limit allows')
    """
    if was_late(status):
        return f"took longer than {seconds:g} s, more than --time-limit allows"
    if status == OUT_OF_MEMORY:
        return f"needs more than {memory >> 20} MB of memory"
    if status is not None and status < 0:
        return f"the process that read it died of {signal.Signals(-status).name}"
    return f"the process that read it ended with status {status}"


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _data_size() -> int:
    """What RLIMIT_DATA counts, in bytes (the sixth number of statm counts the stack too)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmData:"))
