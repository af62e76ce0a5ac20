"""doccano's JSON lines: a document each, values as entities over its text, and relations that say whose they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from gangwei.model import Entry, FoundRole, FoundUnit
from gangwei.table_rows import storable
from gangwei.web import outline as outlines
from gangwei.web.corrections import PERSON
from gangwei.web.desk import Desk
from gangwei.web.outline import Outline, Post, from_json
from gangwei.web.problems import Problem
from gangwei.web.review import correct
from gangwei.web.store import Record, Store

_OF: Final = "of"  # the relation from a value to the title or unit that it belongs to
LABELS: Final = {
    "title": "title",
    "company": "company",
    "department": "department",
    "summary": "summary",
    "supervisors": "supervisor",
    "subordinates": "subordinate",
    "deputies": "deputy",
    "duties": "duty",
    "authorities": "authority",
    "routines": "routine",
    "kpis": "kpi",
    "requirements": "requirement",
}
_FIELDS: Final = {label: field for field, label in LABELS.items()}
_UNIT, _FUNCTION = "unit", "function"


def export_lines(store: Store) -> Iterator[str]:
    """A line for each document that has text."""
    with store.read() as base:
        found = base.execute(
            "SELECT d._doc, d.doc_id, o.now, t.text FROM documents d JOIN outlines o ON o._doc = d._doc "
            "JOIN texts t ON t._doc = d._doc WHERE t.text <> '' ORDER BY d._doc"
        )
        for row in found:
            line = {"id": row["_doc"], "doc_id": row["doc_id"], "text": row["text"], **_marked(from_json(row["now"]))}
            yield json.dumps(line, ensure_ascii=False) + "\n"


def import_lines(store: Store, desk: Desk, content: bytes) -> dict[str, object]:
    """Take annotations over as corrections; how many documents, and the lines that no document here belongs to."""
    taken, unknown = 0, []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
            document = _document(store, found)
            if document is None:
                unknown.append(number)
                continue
            before = from_json(str(document["now"]))
            after = _outline(found, before, str(document["text"]))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            raise Problem(400, "annotations", f"line {number} is not a document as doccano exports it") from None
        if after != before:
            wanted = {"op": "replace", "outline": outlines.plain(after)}
            correct(store, desk, int(str(document["_doc"])), document["_corrections"], wanted)
        taken += 1
    return {"documents": taken, "unknown": unknown}


def _marked(outline: Outline) -> dict[str, object]:
    entities: list[dict[str, object]] = []
    relations: list[dict[str, object]] = []

    def mark(label: str, entry: Entry | None, owner: int | None) -> int | None:
        if entry is None or entry.start >= entry.end:
            return None  # a value that stands nowhere in the text cannot be drawn over it
        number = len(entities) + 1
        entities.append({"id": number, "label": label, "start_offset": entry.start, "end_offset": entry.end})
        if owner is not None:
            relations.append({"id": len(relations) + 1, "from_id": number, "to_id": owner, "type": _OF})
        return number

    for post in outline.posts:
        title = mark("title", post.found.title, None)
        for field, label in list(LABELS.items())[1:]:
            value = getattr(post.found, field)
            for entry in value if isinstance(value, tuple) and not isinstance(value, Entry) else (value,):
                mark(label, entry, title)
    for unit in outline.units:
        name = mark(_UNIT, unit.name, None)
        for entry in unit.functions:
            mark(_FUNCTION, entry, name)
    return {"entities": entities, "relations": relations}


def _document(store: Store, found: Mapping[str, Any]) -> Record | None:  # Any: JSON
    with store.read() as base:
        row: Record | None = base.execute(
            "SELECT d._doc, d._corrections, o.now, t.text FROM texts t JOIN documents d ON d._doc = t._doc "
            "JOIN outlines o ON o._doc = d._doc WHERE t.text = ? ORDER BY d.doc_id = ? DESC, d._doc LIMIT 1",
            (str(found["text"]), str(found.get("doc_id", ""))),
        ).fetchone()
    return row


def _outline(found: Mapping[str, Any], before: Outline, text: str) -> Outline:  # Any: JSON
    """The outline that the entities draw. A value that stands where one of its kind stood keeps its wording."""
    if "entities" in found:
        marks = [(int(e["start_offset"]), int(e["end_offset"]), str(e["label"]), e["id"]) for e in found["entities"]]
    else:
        marks = [(int(s), int(e), str(label), n) for n, (s, e, label) in enumerate(found["label"])]
    owners = {r["from_id"]: r["to_id"] for r in found.get("relations", ()) if r.get("type") == _OF}
    marks.sort(key=lambda mark: mark[:2])
    known = _known(before)

    def entry(start: int, end: int, label: str) -> Entry:
        if not 0 <= start < end <= len(text):
            raise ValueError("outside the text")
        old = known.get((label, start, end))
        return old or Entry(" ".join(storable(text[start:end]).split()), start, end, PERSON)

    titles = [mark for mark in marks if mark[2] == "title"]
    units = [mark for mark in marks if mark[2] == _UNIT]
    old_posts = {(post.found.title.start, post.found.title.end): post for post in before.posts}
    posts = []
    for start, end, label, key in titles:
        title = entry(start, end, label)
        old = old_posts.get((start, end))
        base = old.found if old else FoundRole(title, layout=PERSON, start=start, end=end)
        values = [mark for mark in marks if mark[2] in _FIELDS and _owner(mark, owners, titles) == key]
        fields = {field: tuple(entry(*m[:3]) for m in values if m[2] == label) for field, label in LABELS.items()}
        singles = {name: (fields.pop(name) or (None,))[0] for name in ("company", "department", "summary")}
        unplaced = _unplaced(base)
        lists = {name: (*entries, *unplaced[name]) for name, entries in fields.items() if name != "title"}
        found_role = replace(base, title=title, **singles, **lists)  # type: ignore[arg-type]  # entries, by field
        posts.append(Post(found_role, bool(old and old.accepted)))
    made = tuple(
        FoundUnit(
            entry(start, end, label),
            tuple(entry(*m[:3]) for m in marks if m[2] == _FUNCTION and _owner(m, owners, units) == key),
        )
        for start, end, label, key in units
    )
    return Outline(before.company, tuple(posts), made, before.checked)


def _owner(
    mark: tuple[int, int, str, Any], owners: Mapping[Any, Any], heads: list[tuple[int, int, str, Any]]
) -> object:
    """Whose a value is: as a relation says, else of the last head before it, else of the first."""
    keys = [head[3] for head in heads]
    if owners.get(mark[3]) in keys:
        return owners[mark[3]]
    before = [head[3] for head in heads if head[0] <= mark[0]]
    return before[-1] if before else next(iter(keys), None)


def _known(outline: Outline) -> dict[tuple[str, int, int], Entry]:
    found: dict[tuple[str, int, int], Entry] = {}
    for post in outline.posts:
        for field, label in LABELS.items():
            value = getattr(post.found, field)
            for entry in value if isinstance(value, tuple) and not isinstance(value, Entry) else (value,):
                if entry is not None:
                    found[label, entry.start, entry.end] = entry
    for unit in outline.units:
        found[_UNIT, unit.name.start, unit.name.end] = unit.name
        found |= {(_FUNCTION, entry.start, entry.end): entry for entry in unit.functions}
    return found


def _unplaced(role: FoundRole) -> dict[str, tuple[Entry, ...]]:
    """Values that stand nowhere in the text, which no drawing can hold: they stay."""
    return {name: tuple(e for e in getattr(role, name) if e.start >= e.end) for name in outlines.LISTS}
