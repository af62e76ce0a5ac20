"""The words of made documents: posts, units, labels and running text, read from `corpora/synth`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, cast

from gangwei.errors import GangweiError

# In the wheel the words lie beside this module, in a checkout at the root.
_FOLDERS: Final = (Path(__file__).parent / "data", Path(__file__).parents[3] / "corpora" / "synth")
_LISTS: Final = ("duties", "kpis", "requirements", "authorities", "routines")


class Post(NamedTuple):
    """A post, as written down or as a document states it: then what the document leaves out is empty."""

    title: str
    department: str | None = None
    supervisors: tuple[str, ...] = ()
    subordinates: tuple[str, ...] = ()
    summary: str | None = None
    duties: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    routines: tuple[str, ...] = ()
    company: str | None = None


class Unit(NamedTuple):
    """A unit with its own functions."""

    name: str
    functions: tuple[str, ...]


class Industry(NamedTuple):
    """The invented companies of one industry, with the posts and units that they share."""

    name: str
    companies: tuple[str, ...]
    posts: tuple[Post, ...]
    units: tuple[Unit, ...]


class Labels(NamedTuple):
    """The labels of one field by the pages that they stand on."""

    hans: tuple[str, ...]
    hant: tuple[str, ...]
    english: tuple[str, ...]


class Small(NamedTuple):
    """A small label with values: of a requirement, or of a field that no table holds."""

    label: str
    hant: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words. `words` holds running text by its key, `slide_labels` pairs of a word and the label for its sentence."""

    industries: tuple[Industry, ...]
    labels: Mapping[str, Labels]
    swaps: tuple[tuple[str, str], ...]
    requirements: tuple[Small, ...]
    others: tuple[Small, ...]
    words: Mapping[str, tuple[str, ...]]
    slide_labels: tuple[tuple[str, str], ...]


@cache
def vocabulary() -> Vocabulary:
    """The words that ship with the package, read once.

    >>> len(vocabulary().industries) >= 15
    True
    """
    folder = next((path for path in _FOLDERS if (path / "labels.toml").exists()), None)
    if folder is None:
        raise GangweiError(
            "the words of made documents are missing: corpora/synth is neither in the package nor beside it"
        )
    return read_vocabulary(folder)


def read_vocabulary(folder: Path) -> Vocabulary:
    """The words of a folder that is laid out as `corpora/synth`."""
    labels = _read(folder / "labels.toml")
    words = _read(folder / "words.toml")
    return Vocabulary(
        industries=tuple(_industry(_read(path)) for path in sorted(folder.glob("industry_*.toml"))),
        labels={name: _labels(entry) for name, entry in labels.items() if isinstance(entry, dict) and "hans" in entry},
        swaps=tuple((old, str(new)) for old, new in _table(labels, "swap").items()),
        requirements=tuple(map(_small, _tables(labels, "small"))),
        others=tuple(map(_small, _tables(labels, "other"))),
        words=dict(_lists(words)),
        slide_labels=tuple((word, str(label)) for word, label in _table(words, "slide_labels").items()),
    )


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GangweiError(f"{path}: cannot be read as TOML: {error}") from None


def _industry(entry: Mapping[str, object]) -> Industry:
    return Industry(
        str(entry["industry"]),
        _strings(entry["companies"]),
        tuple(map(_post, _tables(entry, "post"))),
        tuple(Unit(str(unit["name"]), _rows(unit["functions"])) for unit in _tables(entry, "unit")),
    )


def _post(entry: Mapping[str, object]) -> Post:
    duties, kpis, requirements, authorities, routines = (_rows(entry[name]) for name in _LISTS)
    return Post(
        str(entry["title"]),
        str(entry["department"]),
        _strings(entry["supervisors"]),
        _strings(entry["subordinates"]),
        str(entry["summary"]) or None,
        duties,
        kpis,
        requirements,
        authorities,
        routines,
    )


def _labels(entry: Mapping[str, object]) -> Labels:
    return Labels(_strings(entry["hans"]), _strings(entry["hant"]), _strings(entry["english"]))


def _small(entry: Mapping[str, object]) -> Small:
    label = str(entry["label"])
    return Small(label, str(entry.get("hant", label)), _strings(entry["values"]))


def _lists(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, tuple[str, ...]]]:
    found = [(prefix + key, _strings(value)) for key, value in table.items() if isinstance(value, list)]
    for key, value in table.items():
        if isinstance(value, dict):
            found += _lists(value, f"{prefix}{key}.")
    return found


def _rows(value: object) -> tuple[str, ...]:
    return tuple(str(value).splitlines())


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, cast("list[object]", value)))


def _table(entry: Mapping[str, object], key: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", entry[key])


def _tables(entry: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    return tuple(cast("list[Mapping[str, object]]", entry[key]))
