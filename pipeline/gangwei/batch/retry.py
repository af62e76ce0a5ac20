"""Only what failed is read again: the rows of a part's other documents are taken from the part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from gangwei.batch.journal import standing
from gangwei.batch.plan import Input
from gangwei.batch.reading import Place, Result
from gangwei.sinks.parts import rows_in
from gangwei.tables import TABLES, Rows


def old_part(parts: Path, name: str, time_limit: float) -> Path | None:
    """The part of a shard, also one whose failures another time limit made."""
    return standing(parts, name, time_limit) or next(iter(sorted(parts.glob(f"{name}.*s"))), None)


def has_failed(part: Path) -> bool:
    """Whether a document failed in a part."""
    return any(row[_STATUS] == "failed" for row in rows_in(part, TABLES[0]))


def read_again(
    part: Path, inputs: Sequence[Input], read: Callable[[Sequence[Input]], Iterator[Result]]
) -> Iterator[Result]:
    """The results of a shard's inputs, read where one of their documents failed, else as the part has them."""
    kept: dict[str, Rows] = defaultdict(lambda: defaultdict(list))
    failed: set[str] = set()
    for table in TABLES:
        place = [column.name for column in table.columns].index("doc_id")
        for row in rows_in(part, table):
            owner = _OF_AN_INPUT.sub("", str(row[place]))
            kept[owner][table.name].append(row)
            if table is TABLES[0] and row[_STATUS] == "failed":
                failed.add(owner)
    again = [number for number, found in enumerate(inputs) if found.doc_id in failed or found.doc_id not in kept]
    fresh = groupby(read([inputs[number] for number in again]), key=lambda result: result.place.file)
    for number, found in enumerate(inputs):
        if number in again:
            for result in next(fresh)[1]:
                yield result._replace(place=Place(number, result.place.number))
        else:
            yield Result(Place(number, 0), kept[found.doc_id], is_kept=True)


_STATUS: Final = [column.name for column in TABLES[0].columns].index("status")
_OF_AN_INPUT: Final = re.compile(r"(#[0-9]+)+\Z")  # no name of a file ends so, see `plan`
