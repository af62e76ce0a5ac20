"""`datapackage.json`: every file and column described after Frictionless Data Package and Table Schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from gangwei.sinks import file_of
from gangwei.sinks.parquet import part_name
from gangwei.sinks.scales import OPEN, SCALES, chinese
from gangwei.tables import TABLES, Column, Table

Json = dict[str, object]

_MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "duckdb": "application/vnd.duckdb",
}
_IN_CHINESE: Final = ("csv", "xlsx")
_APOSTROPHE: Final = (
    "A text that a spreadsheet might run as a formula, or that begins with an apostrophe, a tab or a line end, has an "
    "apostrophe in front: take one off."
)


def datapackage(
    tables: Sequence[str],
    formats: Sequence[str],
    *,
    headers: str = "en",
    files: int = 0,
    known: Sequence[Table] = TABLES,
) -> str:
    """The description of the tables, as JSON text; `known` are those that they are among.

    With `files`, each Parquet table is so many of them in a folder.
    """
    described = [table for table in known if table.name in tables]
    resources = [
        _resource(t, f, "zh" if headers == "zh" and f in _IN_CHINESE else "en", known, files if f == "parquet" else 0)
        for f in formats
        for t in described
    ]
    package: Json = {
        "profile": "tabular-data-package",
        "name": "gangwei",
        "title": "Posts as documents describe them 岗位说明",
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, form: str, headers: str, known: Sequence[Table], files: int) -> Json:
    names = {column.name: column.header if headers == "zh" else column.name for column in table.columns}
    schema: Json = {"fields": [_field(table, column, names[column.name], headers) for column in table.columns]}
    schema["missingValues"] = [""]
    if table.keys:
        schema["primaryKey"] = [names[key] for key in table.keys]
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": names[column],
                "reference": {"resource": f"{other}.{form}", "fields": _key(other, headers, known)},
            }
            for column, other in table.references
        ]
    resource: Json = {
        "name": f"{table.name}.{form}",
        "title": f"{table.name} {table.header}",
        "description": f"{table.meaning}. {_APOSTROPHE}" if form == "csv" else table.meaning,
        "path": [f"{file_of(table, form)}/{part_name(n)}" for n in range(files)] or file_of(table, form),
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
    }
    if form == "csv":
        resource["encoding"] = "utf-8-sig"
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}
    if form == "xlsx":  # with headers; more rows than a sheet holds go on in `NAME 2`
        resource["dialect"] = {"sheet": table.header if headers == "zh" else table.name}
    if form == "duckdb":
        resource["dialect"] = {"table": table.name}
    return resource | {"profile": "tabular-data-resource", "schema": schema}


def _field(table: Table, column: Column, name: str, headers: str) -> Json:
    constraints: Json = {}
    if column.name in table.keys:
        constraints["required"] = True
    scale = SCALES.get((table.name, column.name))
    if scale and (table.name, column.name) != OPEN:
        constraints["enum"] = [chinese(table.name, column.name, w) if headers == "zh" else w for w in scale]
    if column.unit == "0 to 1":
        constraints |= {"minimum": 0, "maximum": 1}
    description = f"{column.meaning} ({column.unit})" if column.unit else column.meaning
    field: Json = {"name": name, "type": column.type, "title": column.header, "description": description}
    if name != column.name:
        field["gangwei:column"] = column.name
    return field | ({"constraints": constraints} if constraints else {})


def _key(other: str, headers: str, known: Sequence[Table]) -> str:
    table = next(table for table in known if table.name == other)
    column = next(column for column in table.columns if column.name == table.keys[0])
    return column.header if headers == "zh" else column.name
