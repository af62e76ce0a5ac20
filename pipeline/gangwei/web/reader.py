"""The process that reads: takes one task after the other over a pipe, answers in messages of JSON.

It has no thread and loads the rules once. Each upload is read in a child of it, which may die of its limits
(`batch.careful`); what was corrected is normalised in the process itself.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NamedTuple

from gangwei.batch.careful import read_carefully
from gangwei.batch.plan import Input, with_digests
from gangwei.batch.reading import Job
from gangwei.model import Document, Extraction
from gangwei.table_rows import rows_of
from gangwei.tables import Rows
from gangwei.web.limits import READING
from gangwei.web.outline import extraction_of, found_roles, from_json, outline_of, to_json

_MOST_LABELS: Final = 5_000
OUTLINED: Final = ("roles", "relations", "duties", "kpis", "requirements", "units")


class Terms(NamedTuple):
    """How documents are read."""

    rules: str | None = None
    time_limit: float = 60.0
    memory_limit: int = 1 << 30
    libreoffice: str = ""  # its version, where it may be asked


def work(channel: Connection, terms: Terms) -> None:
    """Do tasks until the pipe is closed: ("read", [(doc_id, path), …]) or ("type", document, outline)."""
    from gangwei.extraction import read, reader_of
    from gangwei.normalise import read_roles
    from gangwei.readers import read_file
    from gangwei.rulebook import load
    from gangwei.sinks.parts import reserve

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    rulebook = load(Path(terms.rules) if terms.rules else None)
    read(Document("部门：市场部"), rulebook)  # loads what is loaded at first use
    reserve()
    job = Job(
        read=lambda found: read_file(
            Path(found.path),
            source=found.source,
            doc_id=found.doc_id,
            limits=READING,
            dead=dict(found.dead),
            libreoffice=terms.libreoffice,
        ),
        extract=partial(read, rules=rulebook, why=True),
        parts=Path(),
        terms="",
        keep_text=True,
        time_limit=terms.time_limit,
        memory_limit=terms.memory_limit,
        rows=_rows,
    )
    while True:
        try:
            kind, *task = json.loads(channel.recv_bytes())
        except EOFError:
            return
        if kind == "read":
            for answer in _read(job, *task):
                _send(channel, answer)
        else:
            outline = from_json(task[1])
            roles = read_roles(found_roles(outline), rulebook.typed, reader_of(rulebook).segmenter.cut)
            rows = rows_of(extraction_of(outline, _stub(task[0]), roles))
            _send(channel, {name: rows[name] for name in OUTLINED})
        _send(channel, None)


def _read(job: Job, files: list[tuple[str, str]]) -> Iterator[tuple[int, Rows]]:
    inputs = list(with_digests(Input(doc_id, doc_id, path) for doc_id, path in files))
    for result in read_carefully(job, inputs, lambda _: True, lambda _, __: None):
        yield result.place.file, result.rows


def _rows(extraction: Extraction, *, keep_text: bool) -> Rows:
    """The rows of a document, and as JSON what the page shows of it besides."""
    labels = [
        (d.field, d.start, d.end, d.text, d.rule, d.outcome, d.reason) for d in extraction.decisions[:_MOST_LABELS]
    ]
    more: Rows = {
        "outline": [(to_json(outline_of(extraction)),)],
        "labels": [(json.dumps(labels, ensure_ascii=False),)],
    }
    return rows_of(extraction, keep_text=keep_text) | more


def _stub(document: Any) -> Extraction:  # Any: JSON that the store wrote
    return Extraction(Document("", document["doc_id"]), company=document["company"])


def _send(channel: Connection, message: object) -> None:
    channel.send_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"))
