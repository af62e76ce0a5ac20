"""One DuckDB file with all tables, their keys and a few views; docs/duckdb.md shows what to ask it."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from gangwei.sinks.atomic import ASIDE
from gangwei.sinks.overview import Read
from gangwei.tables import Table

# Keys are held in memory while rows are added, 20 to 30 bytes a row.
_MEMORY: Final = "1GB"
_TYPES: Final = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def write_duckdb(path: Path, tables: Sequence[Table], read: Read, *, headers: str = "en") -> list[str]:  # noqa: ARG001  (names are English in every language)
    """Write all tables; nothing is left out."""
    for left in (path, path.with_name(f"{path.name}.wal")):  # by a run that was killed: it would be read as ours
        left.unlink(missing_ok=True)
    options: dict[str, str | bool | int | float | list[str]] = {
        "threads": "1",  # rows stay in order
        "memory_limit": _MEMORY,
        "temp_directory": str(path.with_name(f"{path.name}.spilled{ASIDE}")),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        with duckdb.connect(str(path), config=options) as base:
            for table in tables:
                base.execute(_declaration(table))
                for statement in _comments(table):
                    base.execute(statement)
                for piece in read(table):
                    base.register("piece", piece)
                    base.execute(f"INSERT INTO {table.name} SELECT {_selection(table)} FROM piece")
                    base.unregister("piece")
            for name, (meaning, query) in VIEWS.items():
                base.execute(f"CREATE VIEW {name} AS {query}")
                base.execute(f"COMMENT ON VIEW {name} IS {_quoted(meaning)}")
    except duckdb.OperationalError as error:  # a full disk, and memory that does not hold the keys
        raise OSError(errno.EIO, " ".join(str(error).split())) from error
    return []


def _declaration(table: Table) -> str:
    lines = [f'"{column.name}" {_TYPES[column.type]}' for column in table.columns]
    if table.keys:
        lines.append(f"PRIMARY KEY ({', '.join(table.keys)})")
    lines += [f"FOREIGN KEY ({column}) REFERENCES {other}" for column, other in table.references]
    return f"CREATE TABLE {table.name} ({', '.join(lines)})"


def _selection(table: Table) -> str:
    """The columns. A key to another table that is not stated is NULL there, not an empty text."""
    references = {column for column, _ in table.references}
    return ", ".join(
        f"nullif(\"{column.name}\", '')" if column.name in references else f'"{column.name}"'
        for column in table.columns
    )


def _comments(table: Table) -> list[str]:
    """What table and columns mean, where a client shows it."""
    columns = [
        f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(f"{column.header}: {column.meaning}")}'
        for column in table.columns
    ]
    return [f"COMMENT ON TABLE {table.name} IS {_quoted(f'{table.header}: {table.meaning}')}", *columns]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _posts(kind: str) -> str:
    return f"coalesce(string_agg(title, chr(10) ORDER BY position) FILTER (kind = '{kind}'), '')"


def _items(condition: str = "true") -> str:
    return f"coalesce(string_agg(position || '. ' || text, chr(10) ORDER BY position) FILTER ({condition}), '')"


VIEWS: Final = {
    "role_wide": (
        "one row a role, with its superiors, subordinates and items as numbered lines",
        f"""
        WITH posts AS (
            SELECT role_id, {_posts("supervisor")} AS supervisors, {_posts("subordinate")} AS subordinates,
                {_posts("deputy")} AS deputies
            FROM relations GROUP BY role_id),
        items AS (
            SELECT role_id, {_items("kind = 'duty'")} AS duties, {_items("kind = 'authority'")} AS authorities,
                {_items("kind = 'routine'")} AS routines, count(*) FILTER (kind = 'duty') AS n_duties
            FROM duties GROUP BY role_id),
        measures AS (SELECT role_id, {_items()} AS kpis, count(*) AS n_kpis FROM kpis GROUP BY role_id),
        needs AS (
            SELECT role_id, {_items()} AS requirements, count(*) AS n_requirements FROM requirements GROUP BY role_id)
        SELECT r.role_id, r.doc_id, r.company, r.department, r.title, r.title_full, r.level, r."function", r.confidence,
            coalesce(p.supervisors, '') AS supervisors, coalesce(p.subordinates, '') AS subordinates,
            coalesce(p.deputies, '') AS deputies, coalesce(i.duties, '') AS duties,
            coalesce(i.authorities, '') AS authorities, coalesce(i.routines, '') AS routines,
            coalesce(m.kpis, '') AS kpis, coalesce(n.requirements, '') AS requirements,
            coalesce(i.n_duties, 0) AS n_duties, coalesce(m.n_kpis, 0) AS n_kpis,
            coalesce(n.n_requirements, 0) AS n_requirements
        FROM roles r LEFT JOIN posts p USING (role_id) LEFT JOIN items i USING (role_id)
            LEFT JOIN measures m USING (role_id) LEFT JOIN needs n USING (role_id)
        """,
    ),
    "edges": (
        "who answers to whom, an edge from each post to its superior; both sides of a document's statements in one",
        """
        SELECT DISTINCT r.doc_id, r.company, x.low, x.high
        FROM roles r JOIN (
            SELECT a.role_id, b.title AS low, a.title AS high FROM relations a JOIN roles b USING (role_id)
            WHERE a.kind = 'supervisor'
            UNION ALL
            SELECT a.role_id, a.title AS low, b.title AS high FROM relations a JOIN roles b USING (role_id)
            WHERE a.kind = 'subordinate') x USING (role_id)
        """,
    ),
    "to_review": (
        "documents that need eyes, with their notes counted, those least understood first",
        """
        WITH found AS (
            SELECT doc_id, count(*) FILTER (code = 'unread_value') AS unread_values,
                count(*) FILTER (code = 'low_confidence') AS low_confidence,
                count(*) FILTER (code = 'contradiction') AS contradictions
            FROM notes GROUP BY doc_id)
        SELECT d.doc_id, d.status, d.error, d.coverage, d.n_roles, coalesce(f.unread_values, 0) AS unread_values,
            coalesce(f.low_confidence, 0) AS low_confidence, coalesce(f.contradictions, 0) AS contradictions
        FROM documents d LEFT JOIN found f USING (doc_id)
        WHERE d.status IN ('partial', 'failed') OR f.unread_values + f.low_confidence + f.contradictions > 0
        ORDER BY d.status = 'failed' DESC, d.coverage, d.doc_id
        """,
    ),
}
