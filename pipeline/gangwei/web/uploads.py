"""Files on their way in: a name that is a label and never a path, content under a number, then a task for the desk."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from pathlib import Path
from typing import IO, Final

from starlette.datastructures import UploadFile

from gangwei.batch.plan import storable_name
from gangwei.table_rows import storable
from gangwei.web.desk import Desk
from gangwei.web.limits import ALLOWANCE
from gangwei.web.problems import Problem
from gangwei.web.safety import too_large
from gangwei.web.store import Record, Store

_SEPARATORS: Final = re.compile(r"[/\\]+")


def clean_name(given: str) -> str:
    r"""The name that an upload goes by: its folders and its own, nothing that leads out of them.

    >>> clean_name("..\\..\\/etc/./passwd"), clean_name("销售部/经理.txt"), clean_name("..")
    ('etc/passwd', '销售部/经理.txt', 'unnamed')
    """
    parts = [part.strip() for part in _SEPARATORS.split(storable(given))]
    name = storable_name("/".join(part for part in parts if part.strip(".")))
    if len(name) > ALLOWANCE.name:
        raise Problem(413, "name", f"the name is longer than {ALLOWANCE.name} characters (limit: name)")
    return name or "unnamed"


def take(store: Store, desk: Desk, upload: UploadFile) -> Record:
    """Keep an upload and have it read; what it is called now."""
    name = clean_name(upload.filename or "")
    incoming, size, digest = keep_aside(store, upload.file)
    try:
        file, name = store.arrive(name, size, digest)
        incoming.replace(store.path_of(file))
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise
    store.enter(file)
    desk.submit(file)
    return {"file": file, "name": name, "size": size}


def keep_aside(store: Store, content: IO[bytes]) -> tuple[Path, int, str]:
    """Write an upload's content under a name of our own; where, its size and digest."""
    path = store.incoming / secrets.token_hex(8)
    try:
        with path.open("xb") as kept:
            shutil.copyfileobj(content, kept, 1 << 20)
            size = kept.tell()
        if size > ALLOWANCE.bytes:
            raise too_large(ALLOWANCE.bytes)
        with path.open("rb") as kept:
            return path, size, hashlib.file_digest(kept, "sha256").hexdigest()
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Problem(507, "disk", f"cannot be kept: {error.strerror}") from None
    except Problem:
        path.unlink(missing_ok=True)
        raise


def progress(store: Store, after: int) -> dict[str, object]:
    """How far uploads are: counts of all, and those behind a number with what was read in each."""
    with store.read() as base:
        counts = base.execute("SELECT state, count(*) AS n FROM files GROUP BY state").fetchall()
        version = base.execute("SELECT version FROM changes").fetchone()["version"]
        documents = base.execute(
            "SELECT count(*) AS documents, coalesce(sum(n_roles), 0) AS roles, coalesce(sum(_checked), 0) AS checked FROM documents"
        ).fetchone()
        files = base.execute(_FILES, (after,)).fetchall()
    return {"version": version, **documents, "states": {row["state"]: row["n"] for row in counts}, "files": files}


# The reason is that of the file itself, of an archive its own, before those of what is in it.
_FILES: Final = """
    SELECT f.file, f.name, f.size, f.state, f.error, count(d._doc) AS documents, coalesce(sum(d.n_roles), 0) AS roles,
        coalesce(sum(d.status = 'failed'), 0) AS failed, coalesce(sum(d.status = 'partial'), 0) AS partial,
        min(d._doc) AS first,
        coalesce((SELECT e.error FROM documents e WHERE e._file = f.file AND e.doc_id = f.name AND e.error <> ''),
            (SELECT e.error FROM documents e WHERE e._file = f.file AND e.error <> '' LIMIT 1), '') AS reason
    FROM files f LEFT JOIN documents d ON d._file = f.file
    WHERE f.file > ? GROUP BY f.file ORDER BY f.file LIMIT 500
"""
