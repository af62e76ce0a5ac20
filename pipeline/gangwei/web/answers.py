"""What `POST /extract` answers with: the rows of a document, those of a role within it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from gangwei.tables import TABLES, Rows, Table

_OF_ROLES: Final = ("relations", "duties", "kpis", "requirements")
_OF_DOCUMENTS: Final = ("units", "notes", "repairs")
_TABLE: Final = {table.name: table for table in TABLES}


def answer(documents: list[Rows]) -> dict[str, object]:
    """The documents that were read, each with its roles and all that was found of them."""
    return {"documents": [_document(rows) for rows in documents]}


def schema() -> dict[str, object]:
    """The same as JSON Schema, made of the tables' own columns."""
    role = _object(_TABLE["roles"], {name: _many(_object(_TABLE[name])) for name in _OF_ROLES})
    more = {"roles": _many(role)} | {name: _many(_object(_TABLE[name])) for name in _OF_DOCUMENTS}
    document = _object(_TABLE["documents"], more | {"text": {"type": "string", "description": "the text as read"}})
    return {"type": "object", "required": ["documents"], "properties": {"documents": _many(document)}}


def _document(rows: Rows) -> dict[str, object]:
    [document] = _records("documents", rows)
    of_roles: dict[str, dict[object, list[dict[str, object]]]] = {name: {} for name in _OF_ROLES}
    for name, found in of_roles.items():
        for record in _records(name, rows):
            found.setdefault(record["role_id"], []).append(record)
    roles = [
        role | {name: found.get(role["role_id"], []) for name, found in of_roles.items()}
        for role in _records("roles", rows)
    ]
    texts = rows.get("texts") or [("", "")]
    return document | {"roles": roles, **{n: _records(n, rows) for n in _OF_DOCUMENTS}, "text": texts[0][1]}


def _records(name: str, rows: Rows) -> list[dict[str, object]]:
    names = [column.name for column in _TABLE[name].columns]
    return [dict(zip(names, row, strict=True)) for row in rows.get(name, [])]


def _object(table: Table, more: Mapping[str, object] | None = None) -> dict[str, object]:
    properties: dict[str, Any] = {}  # Any: JSON
    for column in table.columns:
        kind: object = column.type if column.type in ("string", "boolean") else [column.type, "null"]
        properties[column.name] = {"type": kind, "description": column.meaning}
    return {"type": "object", "properties": properties | dict(more or {})}


def _many(schema: object) -> dict[str, object]:
    return {"type": "array", "items": schema}


def from_body(body: bytes) -> str:
    """The text of a JSON body {"text": …}; ValueError where it is none."""
    found = json.loads(body)
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise ValueError("no text in it")
    text: str = found["text"]
    return text
