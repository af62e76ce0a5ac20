"""A user's taxonomy of posts: a CSV of code, name, aliases; and which entry a title belongs to."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.errors import UsageError
from gangwei.normalise.titles import bare_title
from gangwei.rulebook.typed import Endings

COLUMNS: Final = ("code", "name", "aliases")
_BETWEEN: Final = re.compile(r"[|;；、]")
_SHORTEST: Final = 2  # characters of a word that may end a title


class Match(NamedTuple):
    """The entry of a post; how it was found, and by which word."""

    code: str = ""
    name: str = ""
    how: str = ""
    word: str = ""


class Taxonomy:
    """Entries by their names and aliases."""

    def __init__(self, entries: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        self._names: Final = {code: name for code, name, _ in entries}
        codes: dict[str, set[str]] = {}
        for code, name, aliases in entries:
            for word in (name, *aliases):
                codes.setdefault(_plain(word), set()).add(code)
        self._codes: Final = codes
        self._endings: Final = Endings(dict.fromkeys((word for word in codes if len(word) >= _SHORTEST), ""))

    def match(self, titles: Sequence[str]) -> Match:
        """The entry of the first of a post's titles that has one: as a whole, else by the longest word that ends it.

        >>> taxonomy = Taxonomy([("2-06", "会计", ["会计员"]), ("4-01", "采购员", [])])
        >>> taxonomy.match(["高级会计(总账)"])
        Match(code='2-06', name='会计', how='ending', word='会计')
        >>> taxonomy.match(["厨师"]).how
        'unmatched'
        """
        plain = [title for title in map(_plain, titles) if title]
        found = next(((word, "title") for word in plain if word in self._codes), None) or next(
            ((word, "ending") for title in plain if (word := self._endings.of(title))), None
        )
        if found is None:
            return Match(how="unmatched")
        word, how = found
        codes = self._codes[word]
        if len(codes) > 1:
            return Match(how="ambiguous", word=word)
        [code] = codes
        return Match(code, self._names[code], how, word)


def read_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy of a CSV file in UTF-8; UsageError names what is wrong with it, and the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            heads = [head.strip().lower() for head in rows.fieldnames or ()]
            if missing := [name for name in COLUMNS[:2] if name not in heads]:
                raise UsageError(
                    f"{path}: no column {' and '.join(missing)}: the first line must name code, name and aliases"
                )
            rows.fieldnames = heads
            entries = list(_entries(path, rows))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise UsageError(f"{path}: no CSV: {error}") from None
    if not entries:
        raise UsageError(f"{path}: no entry in it")
    return Taxonomy(entries)


def _entries(path: Path, rows: csv.DictReader[str]) -> list[tuple[str, str, list[str]]]:
    found: list[tuple[str, str, list[str]]] = []
    lines: dict[str, int] = {}
    for row in rows:
        code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
        if not code and not name:
            continue
        if not code or not name:
            raise UsageError(f"{path}, line {rows.line_num}: code and name must both be there")
        if code in lines:
            raise UsageError(f"{path}, line {rows.line_num}: code {code} stands on line {lines[code]} already")
        lines[code] = rows.line_num
        found.append((code, name, [word for word in map(str.strip, _BETWEEN.split(row.get("aliases") or "")) if word]))
    return found


def _plain(title: str) -> str:
    return bare_title(title) or title.strip()
