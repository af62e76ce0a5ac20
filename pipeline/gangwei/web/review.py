"""One document for a person: its text with all that was found in it, and the corrections made."""

from __future__ import annotations

import json
from concurrent.futures import TimeoutError as Late
from typing import Final

from gangwei.tables import TABLES, Rows
from gangwei.web import corrections, outline
from gangwei.web.corrections import Correction
from gangwei.web.desk import Desk
from gangwei.web.limits import ALLOWANCE
from gangwei.web.outline import Outline
from gangwei.web.problems import Problem
from gangwei.web.store import Record, Store, replace_rows

_CONFIDENCE: Final = [column.name for column in TABLES[1].columns].index("confidence")
_WAIT: Final = 60.0  # seconds for a corrected outline to be typed; at the very start the rules are still being loaded


def document_view(store: Store, document: int) -> dict[str, object]:
    """All that the page shows of a document."""
    with store.read() as base:
        row = _document(base.execute("SELECT * FROM documents WHERE _doc = ?", (document,)).fetchone())
        kept = base.execute("SELECT now, labels FROM outlines WHERE _doc = ?", (document,)).fetchone()
        text = base.execute("SELECT text FROM texts WHERE _doc = ?", (document,)).fetchone()
        undone = base.execute(
            "SELECT count(*) AS n FROM corrections WHERE _doc = ? AND undone", (document,)
        ).fetchone()["n"]
        tables: dict[str, list[Record]] = {
            name: base.execute(f"SELECT * FROM {name} WHERE _doc = ? ORDER BY rowid", (document,)).fetchall()
            for name in ("roles", "duties", "kpis", "requirements", "notes", "repairs")
        }
        previous = base.execute("SELECT max(_doc) AS n FROM documents WHERE _doc < ?", (document,)).fetchone()["n"]
        following = base.execute("SELECT min(_doc) AS n FROM documents WHERE _doc > ?", (document,)).fetchone()["n"]
    return {
        "document": row,
        "text": text["text"] if text else None,
        "outline": json.loads(kept["now"]),
        "labels": json.loads(kept["labels"]),
        "undone": undone,
        "previous": previous,
        "next": following,
        **tables,
    }


def correct(store: Store, desk: Desk, document: int, version: object, correction: Correction) -> None:
    """Make a correction; `version` is how many the page knew of."""
    now, text, before = _state(store, document)
    if version != before:
        raise Problem(409, "version", "somebody else corrected this document meanwhile; it was loaded anew")
    if before >= ALLOWANCE.corrections:
        raise Problem(413, "corrections", f"a document takes {ALLOWANCE.corrections} corrections (limit: corrections)")
    corrected = corrections.apply(now, correction, text)
    _enter(store, desk, document, corrected, before, before + 1, correction)


def undo(store: Store, desk: Desk, document: int) -> None:
    """Take the last correction back."""
    _, text, before = _state(store, document)
    if not before:
        raise Problem(409, "undo", "there is nothing to undo")
    _enter(store, desk, document, _folded(store, document, before - 1, text), before, before - 1)


def redo(store: Store, desk: Desk, document: int) -> None:
    """Make the last correction that was taken back again."""
    _, text, before = _state(store, document)
    with store.read() as base:
        last = base.execute("SELECT 1 FROM corrections WHERE _doc = ? AND undone", (document,)).fetchone()
    if last is None:
        raise Problem(409, "redo", "there is nothing to make again")
    _enter(store, desk, document, _folded(store, document, before + 1, text), before, before + 1)


def _state(store: Store, document: int) -> tuple[Outline, str, int]:
    with store.read() as base:
        row = _document(base.execute("SELECT _corrections FROM documents WHERE _doc = ?", (document,)).fetchone())
        kept = base.execute("SELECT now FROM outlines WHERE _doc = ?", (document,)).fetchone()
        text = base.execute("SELECT text FROM texts WHERE _doc = ?", (document,)).fetchone()
    count = row["_corrections"]
    assert isinstance(count, int)
    return outline.from_json(kept["now"]), str(text["text"]) if text else "", count


def _folded(store: Store, document: int, n: int, text: str) -> Outline:
    """The outline as it was read with the first corrections applied."""
    with store.read() as base:
        kept = base.execute("SELECT read FROM outlines WHERE _doc = ?", (document,)).fetchone()
        made = base.execute(
            "SELECT correction FROM corrections WHERE _doc = ? ORDER BY number LIMIT ?", (document, n)
        ).fetchall()
    folded = outline.from_json(kept["read"])
    for row in made:
        folded = corrections.apply(folded, json.loads(row["correction"]), text)
    return folded


def _enter(
    store: Store, desk: Desk, document: int, now: Outline, before: int, after: int, made: Correction | None = None
) -> None:
    """Keep an outline with the rows that follow from it; `made` is a correction that is new."""
    rows = _typed(store, desk, document, now)
    with store.write() as base:
        known = base.execute("SELECT _corrections FROM documents WHERE _doc = ?", (document,)).fetchone()
        if _document(known)["_corrections"] != before:
            raise Problem(409, "version", "somebody else corrected this document meanwhile; it was loaded anew")
        if made is not None:
            base.execute("DELETE FROM corrections WHERE _doc = ? AND undone", (document,))
            base.execute(
                "INSERT INTO corrections (_doc, correction) VALUES (?, ?)",
                (document, json.dumps(made, ensure_ascii=False)),
            )
        base.execute(
            "UPDATE corrections SET undone = number NOT IN "
            "(SELECT number FROM corrections WHERE _doc = ?1 ORDER BY number LIMIT ?2) WHERE _doc = ?1",
            (document, after),
        )
        base.execute("UPDATE outlines SET now = ? WHERE _doc = ?", (outline.to_json(now), document))
        base.execute(
            "UPDATE documents SET company = ?, n_roles = ?, _corrections = ?, _checked = ? WHERE _doc = ?",
            (now.company, len(now.posts), after, now.checked, document),
        )
        replace_rows(base, document, rows)


def _typed(store: Store, desk: Desk, document: int, now: Outline) -> Rows:
    with store.read() as base:
        row = _document(base.execute("SELECT doc_id FROM documents WHERE _doc = ?", (document,)).fetchone())
    try:
        [rows] = desk.typed({"doc_id": row["doc_id"], "company": now.company}, outline.to_json(now)).result(_WAIT)
    except Late:
        raise Problem(
            503, "late", "the correction was not kept: the process that reads values does not answer"
        ) from None
    return _accepted(rows, now)


def _accepted(rows: Rows, now: Outline) -> Rows:
    """The rows with the confidence of accepted posts at 1: a person vouches for them."""
    accepted = [post.accepted for post in now.posts]
    roles = [
        (*row[:_CONFIDENCE], 1.0 if is_accepted else row[_CONFIDENCE], *row[_CONFIDENCE + 1 :])
        for row, is_accepted in zip(rows["roles"], accepted, strict=True)
    ]
    return rows | {"roles": roles}


def _document(row: Record | None) -> Record:
    if row is None:
        raise Problem(404, "document", "there is no such document")
    return row
