"""What earlier runs have read is not read again, where only some documents of a shard are new, changed, or failed.

Each part says which inputs it was made of. What it holds of inputs that are the same, and did not fail, is taken from it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from gangwei.batch.journal import standing
from gangwei.batch.plan import NAME, Fact, Input, fact_of
from gangwei.batch.reading import Place, Result
from gangwei.sinks.parts import rows_in
from gangwei.tables import TABLES, Row, Rows

MADE_OF: Final = "inputs.json"  # in a part


def inputs_as_text(inputs: Sequence[Input], terms: str) -> str:
    """What a part says of its inputs."""
    return json.dumps([terms, [fact_of(found) for found in inputs]])


def kept_inputs(parts: Path, terms: str, planned: set[str]) -> dict[Fact, str]:
    """The inputs in parts of shards that are no longer planned, each with the name of its part."""
    names = sorted(path.name for path in parts.iterdir() if path.name[:NAME] not in planned)
    return {fact: name for name in names for fact in _facts(parts / name, terms)}


def old_part(parts: Path, name: str, time_limit: float) -> Path | None:
    """The part of a shard, also one whose failures another time limit made."""
    return standing(parts, name, time_limit) or next(iter(sorted(parts.glob(f"{name}.*s"))), None)


def has_failed(part: Path) -> bool:
    """Whether a document failed in a part."""
    return any(row[_STATUS] == "failed" for row in rows_in(part, TABLES[0]))


def read_rest(
    parts: Sequence[Path], terms: str, inputs: Sequence[Input], read: Callable[[Sequence[Input]], Iterator[Result]]
) -> Iterator[Result]:
    """The results of a shard's inputs, from the parts where they have them, the rest as it is read."""
    wanted = {fact_of(found) for found in inputs}
    kept: dict[Fact, list[Rows]] = {}
    for part in parts:
        facts = {fact[0]: fact for fact in _facts(part, terms) if fact in wanted}
        kept |= {facts[name]: rows for name, rows in _sound_rows(part) if name in facts}
    fresh = groupby(read([f for f in inputs if fact_of(f) not in kept]), key=lambda result: result.place.file)
    for number, found in enumerate(inputs):
        if (documents := kept.get(fact_of(found))) is not None:
            yield from (Result(Place(number, n), rows, is_kept=True) for n, rows in enumerate(documents))
        else:
            for result in next(fresh)[1]:
                yield result._replace(place=Place(number, result.place.number))


def _facts(part: Path, terms: str) -> list[Fact]:
    try:
        made_under, facts = json.loads((part / MADE_OF).read_text(encoding="ascii"))
    except OSError:
        return []  # of a long table file, or no part
    return [tuple(fact) for fact in facts] if made_under == terms else []


def _sound_rows(part: Path) -> Iterator[tuple[str, list[Rows]]]:
    """The inputs of which no document failed, each with the rows of its documents."""
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table in TABLES:
        place = [column.name for column in table.columns].index("doc_id")
        for row in rows_in(part, table):
            rows[str(row[place])][table.name].append(row)
    for name, names in groupby(rows, key=lambda name: _OF_AN_INPUT.sub("", name)):
        documents: list[Rows] = [rows[document] for document in names]
        if not any(document["documents"][0][_STATUS] == "failed" for document in documents):
            yield name, documents


_STATUS: Final = [column.name for column in TABLES[0].columns].index("status")
_OF_AN_INPUT: Final = re.compile(r"(?:#[0-9]{1,12}){1,8}\Z")  # no name of a file ends so, see `plan`
