"""What a document says, as a person corrects it: its posts and units with the values found, and which were accepted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gangwei.model import Entry, Extraction, FoundRole, FoundUnit, Role

SINGLES: Final = ("title", "company", "department", "summary")
LISTS: Final = (
    *("supervisors", "subordinates", "deputies"),
    *("duties", "authorities", "routines", "kpis", "requirements"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post, and whether a person said that it is right as it stands."""

    found: FoundRole
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """All that can be corrected in a document. `checked`: a person went through all of it."""

    company: str = ""
    posts: tuple[Post, ...] = ()
    units: tuple[FoundUnit, ...] = ()
    checked: bool = False


def outline_of(extraction: Extraction) -> Outline:
    """The outline of a document as it was read."""
    return Outline(extraction.company, tuple(Post(role.found) for role in extraction.roles), extraction.units)


def found_roles(outline: Outline) -> tuple[FoundRole, ...]:
    """The posts as the normaliser takes them."""
    return tuple(post.found for post in outline.posts)


def extraction_of(outline: Outline, extraction: Extraction, roles: tuple[Role, ...]) -> Extraction:
    """The extraction with what the outline says instead of what was read; `roles` are its posts, normalised."""
    return Extraction(
        extraction.document,
        extraction.script,
        outline.company,
        extraction.title,
        roles,
        outline.units,
        coverage=extraction.coverage,
    )


# As JSON: an entry is a list, everything else an object.


def to_json(outline: Outline) -> str:
    """The outline as text.

    >>> from_json(to_json(Outline("甲公司"))) == Outline("甲公司")
    True
    """
    return json.dumps(plain(outline), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Outline:
    """The outline of a text that `to_json` made."""
    return from_plain(json.loads(text))


def plain(outline: Outline) -> dict[str, object]:
    """The outline as plain values."""
    return {
        "company": outline.company,
        "checked": outline.checked,
        "roles": [_post(post) for post in outline.posts],
        "units": [{"name": list(unit.name), "functions": [list(e) for e in unit.functions]} for unit in outline.units],
    }


def from_plain(found: Mapping[str, Any]) -> Outline:  # Any: JSON that we wrote, or that is checked by what reads it
    """The outline of plain values; TypeError, KeyError or ValueError where they are none."""
    posts = tuple(Post(_role(role), bool(role.get("accepted", False))) for role in found["roles"])
    units = tuple(FoundUnit(_entry(u["name"]), tuple(map(_entry, u["functions"]))) for u in found.get("units") or ())
    return Outline(str(found.get("company") or ""), posts, units, bool(found.get("checked", False)))


def _role(role: Mapping[str, Any]) -> FoundRole:  # Any: JSON
    values: dict[str, Any] = {name: _entry(role[name]) for name in SINGLES if role.get(name) is not None}
    values |= {name: tuple(map(_entry, role.get(name) or ())) for name in LISTS}
    return FoundRole(
        **values,
        layout=str(role.get("layout", "")),
        confidence=float(role.get("confidence", 1.0)),
        start=int(role.get("start", 0)),
        end=int(role.get("end", 0)),
    )


def _post(post: Post) -> dict[str, object]:
    found = post.found
    singles = {name: getattr(found, name) for name in SINGLES}
    return {
        **{name: None if entry is None else list(entry) for name, entry in singles.items()},
        **{name: [list(entry) for entry in getattr(found, name)] for name in LISTS},
        "layout": found.layout,
        "confidence": round(found.confidence, 4),
        "start": found.start,
        "end": found.end,
        "accepted": post.accepted,
    }


def _entry(cells: Any) -> Entry:  # Any: JSON
    text, start, end, rule, *group = cells
    return Entry(str(text), int(start), int(end), str(rule), str(group[0]) if group else "")
