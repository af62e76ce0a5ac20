"""The work folder of an output folder: who works in it, for which run, and which parts stand."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.batch.plan import BLOCK, Shard
from gangwei.errors import UsageError
from gangwei.sinks.atomic import write_text
from gangwei.sinks.parts import discard

FOLDER: Final = ".gangwei"
ONCE: Final = ".once"
LASTING: Final = ("", "limit", "once")  # how long a part holds, the longest first; see `Result`


class Terms(NamedTuple):
    """What the tables depend on besides the documents."""

    rules: str
    program: str
    options: str


def program() -> str:
    """A digest of gangwei's own code: parts of another version are not mixed with this one's."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:32]


@contextmanager
def work_folder(output: Path) -> Iterator[Path]:
    """The folder `.gangwei` of the output, for this process alone; the lock goes with its holder, dead or alive."""
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file: name a folder with --output")
    work = output / FOLDER
    try:
        (work / "parts").mkdir(parents=True, exist_ok=True)
        lock = os.open(work / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise UsageError(f"{output} cannot be written to: {error.strerror}") from None
    try:
        _lock(lock, output)
        yield work
    finally:
        os.close(lock)


def _lock(descriptor: int, output: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"another run is writing to {output}: wait for it or name another folder") from None


def begin(output: Path, terms: Terms, *, resume: bool, overwrite: bool) -> None:
    """Enter the run in the journal; refused where that would mix two runs or overwrite one unasked."""
    journal = output / FOLDER / "journal.json"
    parts = output / FOLDER / "parts"
    before = journal.read_bytes() if journal.exists() else None
    holds_run = before is not None or any((output / name).exists() for name in ("manifest.json", "documents.csv"))
    refuse_mixture(str(output), before, terms, holds_run=holds_run, resume=resume, overwrite=overwrite)
    if overwrite:
        discard(parts)
        parts.mkdir()
    for path in parts.iterdir():
        if path.name.startswith(".") or path.name.endswith(ONCE):
            discard(path)
    write_text(journal, entry(terms))


def refuse_mixture(
    output: str, before: bytes | None, terms: Terms, *, holds_run: bool, resume: bool, overwrite: bool
) -> None:
    """Refuse what would mix two runs or overwrite one unasked; `before` is what stands in the journal."""
    if resume and overwrite:
        raise UsageError("--resume goes on with a run, --overwrite begins anew: take one of them")
    if holds_run and not (resume or overwrite):
        raise UsageError(f"{output} holds a run already: --resume goes on with it, --overwrite begins anew")
    found = _read(before or b"")
    if resume and found is not None and found.rules != terms.rules:
        raise UsageError(f"the rules changed since the run in {output} began: --overwrite reads all anew")
    if resume and found is not None and found.program != terms.program:
        raise UsageError(f"the run in {output} was begun by another version of gangwei: --overwrite reads all anew")


def entry(terms: Terms) -> str:
    """What stands in the journal."""
    return json.dumps(terms._asdict(), indent=1) + "\n"


def part_path(parts: Path, name: str, lasting: str, time_limit: float) -> Path:
    """Where a part stands that holds for so long."""
    return parts / (name + {"": "", "limit": f".{time_limit:g}s", "once": ONCE}[lasting])


def standing(parts: Path, name: str, time_limit: float) -> Path | None:
    """Where a part stands, None where it is still to be made."""
    paths = (part_path(parts, name, lasting, time_limit) for lasting in LASTING)
    return next((path for path in paths if path.exists()), None)


def parts_of(parts: Path, shard: Shard, time_limit: float) -> list[Path] | None:
    """The parts of a shard in order, None where one is still to be made."""
    names = [shard.name]
    if shard.is_long:
        end = standing(parts, end_name(shard), time_limit)
        if end is None:
            return None
        n_documents = int(end.read_text(encoding="ascii"))
        names = [block_name(shard, block) for block in range(-(-n_documents // BLOCK))]
    paths = [standing(parts, name, time_limit) for name in names]
    found = [path for path in paths if path is not None]
    return found if len(found) == len(names) else None


def block_name(shard: Shard, block: int) -> str:
    """The name of the part that holds a block of a long shard."""
    return f"{shard.name}-{block:06}"


def end_name(shard: Shard) -> str:
    """The name of the file that says how many documents a long shard has."""
    return f"{shard.name}-end"


def _read(journal: bytes) -> Terms | None:
    try:
        found = json.loads(journal)
        return Terms(found["rules"], found["program"], found["options"])
    except (ValueError, KeyError, TypeError):
        return None  # parts are named by what they depend on: without a journal nothing is mixed either
