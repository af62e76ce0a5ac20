"""What the page shows: figures over all documents, details of as many as a page can hold."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from gangwei.report.figures import Bundle, Figures
from gangwei.sinks.reading import Record
from gangwei.tables import Cell

# What a page holds: a browser shows it at once, and it can be sent by mail.
DOCUMENTS: Final = 500
BYTES: Final = 16_000_000
_ATTENTION: Final = 200

_LOW_COVERAGE: Final = 0.5
_TOLD: Final = ("contradiction", "low_confidence", "unread_value")


class Gathered(NamedTuple):
    """The page's content, how many documents there are, and how many are there in detail."""

    content: dict[str, object]
    documents: int
    shown: int


def gather(documents: Iterable[Bundle]) -> Gathered:
    """The content, from the rows of each document in turn; memory does not grow with their number."""
    figures = Figures()
    first: list[_Candidate] = []

    def to_review() -> Iterator[_Candidate]:
        room = BYTES
        for number, bundle in enumerate(documents):
            reasons = _reasons(bundle)
            figures.add(bundle, is_to_review=bool(reasons))
            if not reasons and len(first) == DOCUMENTS:
                continue
            candidate = _candidate(number, bundle, reasons)
            if len(first) < DOCUMENTS and candidate.size <= room:
                room -= candidate.size
                first.append(candidate)
            if reasons:
                yield candidate

    attention = heapq.nsmallest(_ATTENTION, to_review(), key=lambda candidate: candidate.urgency)
    shown = _fitting([*attention, *first])
    places = {candidate.number: place for place, candidate in enumerate(shown)}
    content: dict[str, object] = {
        "figures": figures.found(),
        "attention": [{"doc": c.doc_id, "reasons": c.reasons, "shown": places.get(c.number)} for c in attention],
        "documents": [candidate.detail for candidate in shown],
    }
    return Gathered(content, figures.n_documents, len(shown))


class _Candidate(NamedTuple):
    """A document that may be shown; one that takes too much of a page has no detail."""

    number: int
    doc_id: Cell
    reasons: dict[str, object]
    urgency: tuple[object, ...]
    detail: dict[str, object] | None
    size: int


def _candidate(number: int, bundle: Bundle, reasons: dict[str, object]) -> _Candidate:
    detail = _detail(bundle)
    size = len(json.dumps(detail, ensure_ascii=False, separators=(",", ":")).encode())
    kept = detail if size <= BYTES // 4 else None
    doc_id = bundle["documents"][0]["doc_id"]
    return _Candidate(number, doc_id, reasons, _urgency(bundle, reasons, number), kept, size)


def _fitting(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The candidates, the first ones first, as many as a page holds; in the order of their documents."""
    room = BYTES
    chosen: dict[int, _Candidate] = {}
    for candidate in candidates:
        is_new = candidate.number not in chosen and candidate.detail is not None
        if is_new and candidate.size <= room and len(chosen) < DOCUMENTS:
            room -= candidate.size
            chosen[candidate.number] = candidate
    return [chosen[number] for number in sorted(chosen)]


def _detail(bundle: Bundle) -> dict[str, object]:
    """What is shown of one document; rows as lists, in the order that page.js names."""
    [document] = bundle["documents"]
    by_role = {name: _by_role(bundle[name], columns) for name, columns in _COLUMNS.items()}
    roles = [
        [
            *_cells(role, _ROLE_COLUMNS),
            *(by_role[name].get(role["role_id"], []) for name in _COLUMNS),
        ]
        for role in bundle["roles"]
    ]
    return {
        **{name: document[name] for name in _DOCUMENT_COLUMNS},
        "roles": roles,
        "units": [_cells(row, ("unit", "text", "start", "end")) for row in bundle["units"]],
        "notes": [_cells(row, ("code", "start", "end", "message")) for row in bundle["notes"]],
        "text": bundle["texts"][0]["text"] if bundle["texts"] else None,
    }


def _by_role(rows: Iterable[Record], columns: tuple[str, ...]) -> dict[Cell, list[list[Cell]]]:
    found: dict[Cell, list[list[Cell]]] = {}
    for row in rows:
        found.setdefault(row["role_id"], []).append(_cells(row, columns))
    return found


def _cells(row: Record, columns: tuple[str, ...]) -> list[Cell]:
    return [row[column] for column in columns]


def _reasons(bundle: Bundle) -> dict[str, object]:
    """Why a person should look at a document: the kind, with a number or a line."""
    [document] = bundle["documents"]
    codes = Counter(str(note["code"]) for note in bundle["notes"])
    reasons: dict[str, object] = {}
    if document["status"] in {"failed", "partial"}:
        reasons[str(document["status"])] = document["error"]
    reasons |= {code: codes[code] for code in _TOLD if codes[code]}
    if document["n_roles"] and isinstance(document["coverage"], float) and document["coverage"] < _LOW_COVERAGE:
        reasons["coverage"] = document["coverage"]
    return reasons


def _urgency(bundle: Bundle, reasons: Mapping[str, object], number: int) -> tuple[object, ...]:
    """What to look at first: what failed, what is cut, then by how much is doubtful."""
    doubtful = sum(value for code, value in reasons.items() if code in _TOLD and isinstance(value, int))
    return "failed" not in reasons, "partial" not in reasons, not bundle["roles"], -doubtful, number


_DOCUMENT_COLUMNS: Final = ("doc_id", "company", "title", "status", "error", "script", "coverage", "n_chars")
_ROLE_COLUMNS: Final = (
    *("role_id", "title", "title_full", "company", "department", "level", "function", "summary", "layout"),
    *("confidence", "start", "end"),
)
_COLUMNS: Final = {
    "relations": ("kind", "title", "target_role_id", "start", "end"),
    "duties": ("kind", "group", "text", "frequency", "start", "end"),
    "kpis": ("text", "name", "comparator", "target", "unit", "weight", "period", "start", "end"),
    "requirements": (
        "text",
        "category",
        "degree",
        "min_years",
        "min_age",
        "max_age",
        "gender",
        "preferred",
        "start",
        "end",
    ),
}
