"""Posts that another document of the same company describes: whom its superiors and subordinates mean, and what does not
fit together.

What documents say is spread over files by their company, so that each file is small whatever the number of documents;
each is then read as a whole, and what follows from it is laid over the parts while they become tables. Nothing of it
depends on who reads them, or when.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from gangwei.batch.forked import do_all
from gangwei.model import Entry, FoundRole, Relation, Role
from gangwei.normalise.relations import RelationGrammar, names_company, read_relations
from gangwei.notes import contradictions
from gangwei.sinks.parts import rows_in
from gangwei.tables import TABLES, Row, Table

BUCKETS: Final = 64
KINDS: Final = ("supervisor", "subordinate", "deputy")
_NAMED: Final = {table.name: table for table in TABLES}
_AT: Final = {name: {c.name: n for n, c in enumerate(_NAMED[name].columns)} for name in ("roles", "relations", "notes")}

# What a document says of a company's posts: its part, its name; role_id, department, title, variants of each post; role_id, kind,
# position, title, target, start, end of each that it names.
Said = tuple[str, str, list[list[str]], list[list[str | int]]]


class Found(NamedTuple):
    """What follows for the rows of a part: targets by role_id, kind and position; rows of `notes` besides."""

    targets: dict[tuple[str, str, int], str]
    notes: list[Row]


def spread(parts: Iterable[Path], folder: Path) -> None:
    """Write what the documents of parts say of their companies' posts, a line each, to files of the folder by company."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = [stack.enter_context((folder / _file_of(n)).open("w", encoding="utf-8")) for n in range(BUCKETS)]
        for part in parts:
            for (company, doc_id), said in _said_in(part).items():
                line = json.dumps([company, (part.name, doc_id, *said)], ensure_ascii=False)
                files[crc32(company.encode()) % BUCKETS].write(line + "\n")


def _said_in(part: Path) -> dict[tuple[str, str], tuple[list[list[str]], list[list[str | int]]]]:
    at, other = _AT["roles"], _AT["relations"]
    said: dict[tuple[str, str], tuple[list[list[str]], list[list[str | int]]]] = {}
    owner: dict[object, tuple[str, str]] = {}
    for row in rows_in(part, _NAMED["roles"]):
        company = str(row[at["company"]])
        if names_company(company):
            key = owner[row[at["role_id"]]] = company, str(row[at["doc_id"]])
            own = [str(row[at[name]]) for name in ("role_id", "department", "title", "variants")]
            said.setdefault(key, ([], []))[0].append(own)
    names = ("role_id", "kind", "position", "title", "target_role_id", "start", "end")
    for row in rows_in(part, _NAMED["relations"]) if owner else ():
        if found := owner.get(row[other["role_id"]]):
            cells = [row[other[name]] for name in names]
            said[found][1].append([cell for cell in cells if isinstance(cell, str | int)])
    return said


def resolve(lines: Iterable[str], grammar: RelationGrammar) -> dict[str, Found]:
    """What follows from the lines of one file, by part."""
    companies: dict[str, list[Said]] = {}
    for line in lines:
        company, said = json.loads(line)
        companies.setdefault(company, []).append(said)
    found: dict[str, Found] = {}
    for documents in companies.values():
        if len(documents) > 1 and any(named for *_, named in documents):
            _resolve(documents, grammar, found)
    return found


def _resolve(documents: Sequence[Said], grammar: RelationGrammar, found: dict[str, Found]) -> None:
    posts = [(part, doc_id, post) for part, doc_id, own, _ in documents for post in own]
    numbers = {post[0]: number for number, (_, _, post) in enumerate(posts)}
    named: dict[str, list[list[str | int]]] = {}
    for *_, rows in documents:
        for row in rows:
            named.setdefault(str(row[0]), []).append(row)
    for rows in named.values():
        rows.sort(key=lambda row: KINDS.index(str(row[1])))
    roles = [_as_found(post, named.get(post[0], ())) for _, _, post in posts]
    read = read_relations(roles, [tuple(filter(None, post[3].split("|"))) for *_, post in posts], grammar)
    resolved: list[Role] = []
    for (part, _, post), role, relations in zip(posts, roles, read, strict=True):
        own = []
        for row, relation in zip(named.get(post[0], ()), relations, strict=True):
            # What the document itself says comes first, also where it means a post of another company.
            target = numbers.get(str(row[4])) if row[4] else relation.target
            own.append(Relation(relation.entry, relation.kind, target))
            if not row[4] and target is not None:
                key = post[0], str(row[1]), int(row[2])
                found.setdefault(part, Found({}, [])).targets[key] = posts[target][2][0]
        resolved.append(Role(role, relations=tuple(own)))
    for number, note in contradictions(resolved):
        part, doc_id, _ = posts[number]
        said: Row = (doc_id, note.code, note.start, note.end, note.message)
        found.setdefault(part, Found({}, [])).notes.append(said)


def _as_found(post: Sequence[str], rows: Iterable[Sequence[str | int]]) -> FoundRole:
    """The post as a document's reader would have found it."""
    related: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for _, kind, _, title, _, start, end in rows:
        related[str(kind)].append(Entry(str(title), int(start), int(end), ""))
    _, department, title, _ = post
    return FoundRole(
        Entry(title, 0, 0, ""),
        department=Entry(department, 0, 0, "") if department else None,
        supervisors=tuple(related["supervisor"]),
        subordinates=tuple(related["subordinate"]),
        deputies=tuple(related["deputy"]),
    )


def to_text(found: Found) -> str:
    """What follows for a part, as `from_text` takes it."""
    return json.dumps([[[*key, target] for key, target in found.targets.items()], found.notes], ensure_ascii=False)


def from_text(texts: Iterable[str]) -> Found:
    """What follows for a part from several files."""
    whole = Found({}, [])
    for text in texts:
        targets, notes = json.loads(text)
        whole.targets.update({(role_id, kind, position): target for role_id, kind, position, target in targets})
        whole.notes.extend(tuple(note) for note in notes)
    return whole


def resolve_all(parts: Sequence[Path], folder: Path, grammar: RelationGrammar, workers: int) -> None:
    """Write what follows for each part to a folder of its name in the folder, by so many processes."""
    pieces = max(1, min(workers, len(parts)))
    size = -(-len(parts) // pieces)

    def spread_piece(piece: int) -> None:
        spread(parts[piece * size : (piece + 1) * size], folder / "said" / f"{piece:04}")

    def resolve_piece(piece: int) -> None:
        for bucket in range(piece, BUCKETS, pieces):
            for part, found in resolve(_lines_in(folder / "said", bucket), grammar).items():
                place = folder / "found" / part
                place.mkdir(parents=True, exist_ok=True)
                (place / _file_of(bucket)).write_text(to_text(found), encoding="utf-8")

    do_all(spread_piece, pieces)
    do_all(resolve_piece, pieces)


def _lines_in(folder: Path, bucket: int) -> Iterator[str]:
    """What was said of the companies of a bucket, in the order of the parts."""
    for place in sorted(folder.iterdir()):
        with (place / _file_of(bucket)).open(encoding="utf-8") as lines:
            yield from lines


def _file_of(bucket: int) -> str:
    return f"{bucket:02}"


def changed_by(folder: Path, part: Path, table: Table) -> list[Row] | None:
    """The rows of a table in a part, changed by what stands in the folder of its name; None where nothing changes."""
    place = folder / "found" / part.name
    if table.name not in ("relations", "notes") or not place.is_dir():
        return None
    found = from_text(path.read_text(encoding="utf-8") for path in sorted(place.iterdir()))
    if table.name == "notes":
        return _with_notes(part, found.notes)
    at = _AT["relations"]
    key, target = [at[name] for name in ("role_id", "kind", "position")], at["target_role_id"]
    return [_targeted(row, found.targets, key, target) for row in rows_in(part, table)]


def _targeted(row: Row, targets: Mapping[tuple[str, str, int], str], key: Sequence[int], target: int) -> Row:
    role_id, kind, position = (row[place] for place in key)
    assert isinstance(position, int)
    found = targets.get((str(role_id), str(kind), position))
    return row if found is None else (*row[:target], found, *row[target + 1 :])


def _with_notes(part: Path, added: Sequence[Row]) -> list[Row]:
    """The notes of a part, those that are new behind the others of their document."""
    documents = {row[0]: number for number, row in enumerate(rows_in(part, _NAMED["documents"]))}
    rows = rows_in(part, _NAMED["notes"])
    there = {row[:4] for row in rows}
    new = sorted(row for row in dict.fromkeys(added) if row[:4] not in there)
    return sorted([*rows, *new], key=lambda row: documents[row[0]])


def lines_of(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of what was said, by name, where there is anything in them."""
    for path in sorted(folder.iterdir()):
        if text := path.read_text(encoding="utf-8"):
            yield path.name, text
