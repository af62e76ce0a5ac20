"""Result folders -> the roles and duties in them, each different wording once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.errors import UsageError
from gangwei.normalise.titles import bare_title
from gangwei.sinks.reading import Record, read_documents
from gangwei.tables import Cell

KINDS: Final = ("duty", "authority", "routine")
_READ: Final = ("roles", "duties")


class Role(NamedTuple):
    """A role of a run; `source` is who speaks: the company, or the document where it names none."""

    run: int
    role_id: str
    doc_id: str
    company: str
    department: str
    title: str
    name: str  # the title, or with its department where it is a bare rank
    level: str
    function: str
    start: int
    end: int

    @property
    def source(self) -> tuple[int, str] | str:
        return self.company or (self.run, self.doc_id)


class Text(NamedTuple):
    """A wording; authorities are kept apart from duties of the same words."""

    text: str
    action: str
    object: str
    is_authority: bool


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Roles in order; the duties of role n are those from first[n] to first[n + 1] of the columns below."""

    runs: tuple[str, ...]
    roles: list[Role] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    first: array[int] = field(default_factory=lambda: array("q", [0]))
    # Columns, because there may be millions of duties.
    text: array[int] = field(default_factory=lambda: array("i"))
    kind: array[int] = field(default_factory=lambda: array("b"))
    position: array[int] = field(default_factory=lambda: array("i"))
    start: array[int] = field(default_factory=lambda: array("q"))
    end: array[int] = field(default_factory=lambda: array("q"))

    def duties(self, role: int) -> range:
        """The numbers of a role's duties."""
        return range(self.first[role], self.first[role + 1])

    def is_authority(self, duty: int) -> bool:
        return self.texts[self.text[duty]].is_authority


def read_corpus(folders: Sequence[Path], bare: frozenset[str]) -> Corpus:
    """The roles that state something to do; UsageError where there is none. `bare` are ranks that name no post alone."""
    corpus = Corpus(run_names(folders))
    known: dict[tuple[str, bool], int] = {}
    for run, folder in enumerate(folders):
        for bundle in read_documents(folder, _READ):
            duties: dict[str, list[Record]] = {}
            for row in bundle["duties"]:
                duties.setdefault(str(row["role_id"]), []).append(row)
            for row in bundle["roles"]:
                if found := duties.get(str(row["role_id"])):
                    _add(corpus, known, _role(run, row, bare), found)
    if not corpus.roles:
        raise UsageError(f"{', '.join(map(str, folders))}: no role states a duty, so there is nothing to compare")
    return corpus


def run_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """A name for each folder: its own, with as many of those above it as tell it from the others.

    >>> run_names([Path("/a/x/tables"), Path("/a/y/tables"), Path("/a/z")])
    ('x/tables', 'y/tables', 'z')
    """
    paths = [folder.resolve() for folder in folders]
    for path in paths:
        if paths.count(path) > 1:
            raise UsageError(f"{path} is named twice")
    names = []
    for path in paths:
        depth = 1
        while sum(other.parts[-depth:] == path.parts[-depth:] for other in paths) > 1:
            depth += 1
        names.append("/".join(path.parts[-depth:]))
    return tuple(names)


def read_facts(folders: Sequence[Path], tables: Sequence[str]) -> Iterator[tuple[int, Mapping[str, list[Record]]]]:
    """The number of the run and the rows of some tables, document by document."""
    for run, folder in enumerate(folders):
        for bundle in read_documents(folder, tables):
            yield run, bundle


def _role(run: int, row: Record, bare: frozenset[str]) -> Role:
    title = str(row["title"])
    full = str(row["title_full"]) if title in bare else title
    return Role(
        run,
        role_id=str(row["role_id"]),
        doc_id=str(row["doc_id"]),
        company=str(row["company"]),
        department=str(row["department"]),
        title=title,
        name=bare_title(full) or title,
        level=str(row["level"]),
        function=str(row["function"]),
        start=_whole(row["start"]),
        end=_whole(row["end"]),
    )


def _add(corpus: Corpus, known: dict[tuple[str, bool], int], role: Role, duties: Sequence[Record]) -> None:
    corpus.roles.append(role)
    for row in duties:
        text, kind = str(row["text"]), str(row["kind"])
        key = (text, kind == KINDS[1])
        number = known.setdefault(key, len(corpus.texts))
        if number == len(corpus.texts):
            corpus.texts.append(Text(text, str(row["action"]), str(row["object"]), key[1]))
        corpus.text.append(number)
        corpus.kind.append(KINDS.index(kind))
        corpus.position.append(_whole(row["position"]))
        corpus.start.append(_whole(row["start"]))
        corpus.end.append(_whole(row["end"]))
    corpus.first.append(len(corpus.text))


def _whole(cell: Cell) -> int:
    assert isinstance(cell, int)  # a column that every row fills
    return cell
