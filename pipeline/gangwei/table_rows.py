"""What was read in a document as rows of the tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from gangwei.model import Entry, Extraction, Role
from gangwei.tables import Row, Rows

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TOO_LARGE: Final = 1e15  # whole numbers below are exact as floats and as integers of 64 bits


def rows_of(extraction: Extraction, *, keep_text: bool = False) -> Rows:
    """The rows that a document adds to each table, in column order: one in `documents`, any number in the others.

    >>> from gangwei.model import Document
    >>> rows = rows_of(Extraction(Document("部门：市场部", doc_id="a.txt"), script="hans"))
    >>> [cell for cell in rows["documents"][0] if cell]
    ['a.txt', 'text/plain', 'hans', 6, 'ok']
    """
    doc_id = extraction.document.doc_id
    numbered = [(f"{doc_id}#{n}", role) for n, role in enumerate(extraction.roles, 1)]
    found: dict[str, Iterator[Row]] = {
        "documents": iter((_document_row(extraction),)),
        "roles": (_role_row(extraction, n, role) for n, role in enumerate(extraction.roles, 1)),
        "relations": (row for role_id, role in numbered for row in _relation_rows(doc_id, role_id, role)),
        "duties": (row for role_id, role in numbered for row in _duty_rows(doc_id, role_id, role)),
        "kpis": (row for role_id, role in numbered for row in _kpi_rows(doc_id, role_id, role)),
        "requirements": (row for role_id, role in numbered for row in _requirement_rows(doc_id, role_id, role)),
        "units": _unit_rows(extraction),
        "notes": ((doc_id, note.code, note.start, note.end, note.message) for note in extraction.notes),
        "repairs": ((doc_id, r.fault, r.start, r.end, r.before, r.after) for r in extraction.repairs),
    }
    rows = {name: _stored(list(table)) for name, table in found.items()}
    if keep_text:
        rows["texts"] = [(storable(doc_id), storable_in_place(extraction.document.text))]
    return rows


def storable(text: str) -> str:
    """The text as every file format takes it: lone surrogates replaced, control characters but \\n and \\t gone.

    A carriage return becomes \\n; before \\n it goes.

    >>> storable("销售\\x0b经理\\ud800\\r\\n职责\\r")
    '销售经理�\\n职责\\n'
    """
    if text.isprintable():
        return text
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text)


def storable_in_place(text: str) -> str:
    """The same for a text that offsets lead into: nothing goes, one character stands for one, \\r stays.

    >>> storable_in_place("销售\\x0b经理\\r")
    '销售�经理\\r'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


def _document_row(extraction: Extraction) -> Row:
    document = extraction.document
    is_empty = document.status == "ok" and not document.text.strip()
    return (
        document.doc_id,
        document.source,
        document.sha256,
        document.media_type,
        document.encoding,
        extraction.script,
        extraction.company,
        extraction.title,
        len(document.text),
        len(extraction.roles),
        "empty" if is_empty else document.status,
        " ".join(document.error.split()),
        round(extraction.coverage, 4),
    )


def _role_row(extraction: Extraction, number: int, role: Role) -> Row:
    found = role.found
    doc_id = extraction.document.doc_id
    return (
        f"{doc_id}#{number}",
        doc_id,
        number,
        _text(found.company) or extraction.company,
        _text(found.department),
        found.title.text,
        role.title_full,
        role.level,
        role.function,
        _text(found.summary),
        found.layout,
        round(found.confidence, 4),
        found.start,
        found.end,
        "|".join(role.variants),
        found.title.rule,
    )


def _relation_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    count: Counter[str] = Counter()
    for relation in role.relations:
        kind, entry, target = relation.kind, relation.entry, relation.target
        count[kind] += 1
        target_id = "" if target is None else f"{doc_id}#{target + 1}"
        yield role_id, doc_id, kind, count[kind], entry.text, target_id, entry.start, entry.end, entry.rule


def _duty_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    count: Counter[str] = Counter()
    for duty in role.duties:
        count[duty.kind] += 1
        entry = duty.entry
        yield (
            *(role_id, doc_id, duty.kind, count[duty.kind], entry.group, entry.text),
            *(duty.action, duty.object, duty.frequency, entry.rule, entry.start, entry.end),
        )


def _kpi_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    for n, kpi in enumerate(role.kpis, 1):
        entry = kpi.entry
        yield (
            *(role_id, doc_id, n, entry.text, kpi.name, kpi.measure, kpi.direction, kpi.comparator),
            *(kpi.target, kpi.unit, _number(kpi.weight), kpi.period, entry.rule, entry.start, entry.end),
        )


def _requirement_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    for n, need in enumerate(role.requirements, 1):
        entry = need.entry
        yield (
            *(role_id, doc_id, n, entry.text, need.category, need.degree, _number(need.min_years)),
            *(
                _number(need.min_age),
                _number(need.max_age),
                need.gender,
                need.preferred,
                entry.rule,
                entry.start,
                entry.end,
            ),
        )


def _unit_rows(extraction: Extraction) -> Iterator[Row]:
    functions = ((unit.name.text, entry) for unit in extraction.units for entry in unit.functions)
    for n, (unit, entry) in enumerate(functions, 1):
        yield extraction.document.doc_id, unit, n, entry.group, entry.text, entry.rule, entry.start, entry.end


def _text(entry: Entry | None) -> str:
    return entry.text if entry else ""


def _number(value: float | None) -> float | None:
    """The number, where a column can hold it; another says nothing (年龄 and thirty digits)."""
    return value if value is not None and abs(value) < _TOO_LARGE else None


def _stored(rows: list[Row]) -> list[Row]:
    """The rows with every string storable. Columns are looked at whole, because nearly always nothing is to be done."""
    strings = (cells for cells in zip(*rows, strict=True) if isinstance(cells[0], str))
    if all(all(map(str.isprintable, cells)) for cells in strings):
        return rows
    return [tuple(storable(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
