"""The interface, described: OpenAPI 3.1, made of the same tables and limits that it works with."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from gangwei.web import answers
from gangwei.web.corrections import OPERATIONS
from gangwei.web.limits import ALLOWANCE
from gangwei.web.rows import MOST, SHOWN
from gangwei.web.safety import TOKEN_HEADER

_JSON: Final = "application/json"
_LINES: Final = "application/x-ndjson"
_OCTETS: Final = "application/octet-stream"


def document() -> dict[str, object]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gangwei",
            "version": version("gangwei"),
            "description": (
                "Reads Chinese documents that describe posts. Requests that change something need the header "
                f"{TOKEN_HEADER} with what /api/token answers; /extract needs none. Errors are application/problem+json."
            ),
        },
        "paths": _paths(),
        "components": {"schemas": {"Extraction": answers.schema(), "Problem": _PROBLEM}},
    }


def _paths() -> dict[str, object]:
    files = {"type": "object", "properties": {"file": {"type": "array", "items": _BINARY}}}
    return {
        "/extract": {
            "post": _operation(
                "What one text or one file says of posts; nothing is kept.",
                {"$ref": "#/components/schemas/Extraction"},
                body={
                    "text/plain": {"schema": {"type": "string"}},
                    _JSON: {"schema": {"type": "object", "required": ["text"], "properties": {"text": _STRING}}},
                    "multipart/form-data": {"schema": {"type": "object", "properties": {"file": _BINARY}}},
                    "application/octet-stream": {"schema": _BINARY},
                },
                parameters=[_query("name", "what the file is called, where the body is the file itself")],
            )
        },
        "/api/token": {"get": _operation("The token that changes need.")},
        "/api/files": {
            "get": _operation(
                "How far uploads are.", parameters=[_query("after", "only files behind this number", _INTEGER)]
            ),
            "post": _operation(
                f"Upload files, each up to {ALLOWANCE.bytes >> 20} MB; archives are unpacked. They are read in turn.",
                body={"multipart/form-data": {"schema": files}},
                status="201",
            ),
        },
        "/api/files/{file}": {
            "delete": _operation("Forget a file and all that was read in it.", parameters=[_path("file")], status="204")
        },
        "/api/tables/{name}": {
            "get": _operation(
                "One page of a table.",
                parameters=[
                    _path("name", {"type": "string", "enum": list(SHOWN)}),
                    _query("q", "words that a row holds, in any column"),
                    _query("sort", "the column to sort by"),
                    _query("order", "asc or desc", {"type": "string", "enum": ["asc", "desc"]}),
                    _query("page", "from 1", _INTEGER),
                    _query("size", f"rows a page, up to {MOST}", _INTEGER),
                    _query("is.COLUMN", "rows whose column is this"),
                    _query("has.COLUMN", "rows whose column holds this"),
                ],
            )
        },
        "/api/organisation": {
            "get": _operation(
                "Who answers to whom in a company.",
                parameters=[_query("company", "the one with most relations where not named")],
            )
        },
        "/api/comparison": {
            "get": _operation("Families of roles with their duties by company; state says whether they are made.")
        },
        "/api/comparison/{name}": {
            "get": _operation(
                "One page of a table of the comparison.",
                parameters=[_path("name", _STRING), _query("q", "words that a row holds"), _query("page", "from 1")],
            )
        },
        "/api/download/comparison.zip": {"get": _operation("The comparison's tables.", kind=_OCTETS)},
        "/api/figures": {"get": _operation("Counts over all documents.")},
        "/api/download/{name}": {
            "get": _operation(
                "Tables as files: tables.zip, gangwei.xlsx, or TABLE.csv, TABLE.parquet, TABLE.jsonl.",
                kind=_OCTETS,
                parameters=[_path("name", _STRING), _query("headers", "language of headers and scales: en or zh")],
            )
        },
        "/api/download/gold.zip": {"get": _operation("Checked documents as gold.", kind=_OCTETS)},
        "/api/download/annotations.jsonl": {"get": _operation("All documents as doccano takes them.", kind=_LINES)},
        "/api/annotations": {
            "post": _operation("Take over what doccano gives back.", body={_LINES: {"schema": _STRING}})
        },
        "/api/documents/{document}": {
            "get": _operation("A document: text, outline, labels, notes.", parameters=[_path("document")])
        },
        "/api/documents/{document}/corrections": {
            "post": _operation(
                "Correct a document; version is the number of corrections that it has.",
                parameters=[_path("document")],
                body={_JSON: {"schema": _CORRECTION}},
            )
        },
        **{
            f"/api/documents/{{document}}/{what}": {"post": _operation(said, parameters=[_path("document")])}
            for what, said in (("undo", "Take the last correction back."), ("redo", "Make it again."))
        },
    }


def _operation(
    summary: str,
    schema: object = None,
    *,
    body: object = None,
    parameters: list[object] | None = None,
    status: str = "200",
    kind: str = _JSON,
) -> dict[str, object]:
    content = (
        {}
        if status == "204"
        else {"content": {kind: {"schema": schema or ({"type": "object"} if kind == _JSON else _STRING)}}}
    )
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "summary": summary,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": {"required": True, "content": body}} if body else {}),
        "responses": {
            status: {"description": "done", **content},
            "default": {"description": "refused or failed", "content": problem},
        },
    }


def _path(name: str, schema: object = None) -> object:
    return {"name": name, "in": "path", "required": True, "schema": schema or _INTEGER}


def _query(name: str, said: str, schema: object = None) -> object:
    return {"name": name, "in": "query", "description": said, "schema": schema or _STRING}


_STRING: Final = {"type": "string"}
_INTEGER: Final = {"type": "integer", "minimum": 0}
_BINARY: Final = {"type": "string", "format": "binary"}
_PLACE: Final = {
    "role": _INTEGER,
    "unit": _INTEGER,
    "field": {"type": "string", "description": "title, duties, kpis …"},
    "item": _INTEGER,
}
_CORRECTION: Final = {
    "type": "object",
    "required": ["version", "correction"],
    "properties": {
        "version": _INTEGER,
        "correction": {
            "type": "object",
            "required": ["op"],
            "properties": {
                "op": {"type": "string", "enum": list(OPERATIONS)},
                **_PLACE,
                "text": _STRING,
                "start": {**_INTEGER, "description": "where the value stands in the text, in characters"},
                "end": _INTEGER,
                "at": {**_INTEGER, "description": "where to split"},
                "to": {"type": "object", "properties": _PLACE},
            },
        },
    },
}
_PROBLEM: Final = {
    "type": "object",
    "properties": {
        "type": _STRING,
        "title": _STRING,
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "the kind; for a limit its name"},
        "detail": _STRING,
    },
}
