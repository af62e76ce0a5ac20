"""Corrections: each a small object from the page, applied to an outline; pure, so that undoing is applying one fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from gangwei.model import Entry, FoundRole, FoundUnit
from gangwei.table_rows import storable
from gangwei.web.limits import ALLOWANCE
from gangwei.web.outline import LISTS, SINGLES, Outline, Post, from_plain
from gangwei.web.problems import Problem

PERSON: Final = "person"  # the rule of a value that a person touched
T = TypeVar("T")
Correction = Mapping[str, Any]  # Any: JSON from the page; each field is checked where it is used


def apply(outline: Outline, correction: Correction, text: str) -> Outline:
    """The outline corrected; `text` is the document's. A correction that does not fit is a Problem.

    >>> from gangwei.model import Entry, FoundRole
    >>> before = Outline(posts=(Post(FoundRole(Entry("经里", 3, 5, "r"))),))
    >>> apply(before, {"op": "change", "role": 0, "field": "title", "text": "经理"}, "职务：经里").posts[0].found.title
    Entry(text='经理', start=3, end=5, rule='person', group='')
    """
    if correction.get("op") not in OPERATIONS:
        raise _unfit("op", f"one of {', '.join(OPERATIONS)}")
    corrected = OPERATIONS[correction["op"]](outline, correction, text)
    if not all(_is_sound(entry, len(text)) for entry in _all_entries(corrected)):
        raise _unfit("start, end", f"offsets within the text, from 0 to {len(text)}")
    return corrected


def _change(outline: Outline, wanted: Correction, text: str) -> Outline:
    said = _said(wanted)
    if "role" not in wanted and "unit" not in wanted:
        if wanted.get("field") != "company":
            raise _unfit("field", "company, where neither role nor unit is named")
        return replace(outline, company=said)
    owner, field = _owner(outline, wanted), _field(outline, wanted)
    if field in _lists(owner):
        entries = _entries(owner, field)
        number = _number(wanted, "item", len(entries))
        return _with_list(outline, wanted, field, _put(entries, number, _touched(entries[number], said)))
    before: Entry | None = getattr(owner, field)
    if not said:
        if field in ("title", "name"):
            raise _unfit("text", "not empty: a post and a unit have a name")
        return _with_owner(outline, wanted, replace(owner, **{field: None}))  # type: ignore[arg-type]  # a department or the like
    entry = _touched(before, said) if before else Entry(said, *_placed(said, text, wanted, _whole(owner, text)), PERSON)
    return _with_owner(outline, wanted, replace(owner, **{field: entry}))  # type: ignore[arg-type]  # the field's type


def _add(outline: Outline, wanted: Correction, text: str) -> Outline:
    said = _said(wanted)
    if not said:
        raise _unfit("text", "not empty")
    if "role" not in wanted and "unit" not in wanted:
        start, end = _placed(said, text, wanted, (0, 0))
        return _with_new(outline, str(wanted.get("field")), Entry(said, start, end, PERSON))
    owner, field = _owner(outline, wanted), _field(outline, wanted)
    entry = Entry(said, *_placed(said, text, wanted, _whole(owner, text)), PERSON)
    if field not in _lists(owner):
        return _with_owner(outline, wanted, replace(owner, **{field: entry}))  # type: ignore[arg-type]  # the field's type
    entries = _entries(owner, field)
    behind = sum(e.start <= entry.start for e in entries) if entry.end else len(entries)
    place = min(max(int(wanted["item"]), 0), len(entries)) if isinstance(wanted.get("item"), int) else behind
    return _with_list(outline, wanted, field, (*entries[:place], entry, *entries[place:]))


def _drop(outline: Outline, wanted: Correction, _: str) -> Outline:
    if "field" not in wanted:
        if "unit" in wanted:
            number = _number(wanted, "unit", len(outline.units))
            return replace(outline, units=_without(outline.units, number))
        return replace(outline, posts=_without(outline.posts, _number(wanted, "role", len(outline.posts))))
    owner, field = _owner(outline, wanted), _field(outline, wanted)
    if field in _lists(owner):
        entries = _entries(owner, field)
        return _with_list(outline, wanted, field, _without(entries, _number(wanted, "item", len(entries))))
    return _change(outline, {**wanted, "text": ""}, "")


def _move(outline: Outline, wanted: Correction, _: str) -> Outline:
    to = wanted.get("to")
    if not isinstance(to, Mapping):
        raise _unfit("to", "an object that says where to: role, field, item")
    owner, field = _owner(outline, wanted), _listed(outline, wanted)
    entries = _entries(owner, field)
    number = _number(wanted, "item", len(entries))
    left = _with_list(outline, wanted, field, _without(entries, number))
    target, target_field = _owner(left, to), _listed(left, to)
    others = _entries(target, target_field)
    place = min(max(int(to["item"]), 0), len(others)) if isinstance(to.get("item"), int) else len(others)
    moved = entries[number]._replace(rule=PERSON, group="")
    return _with_list(left, to, target_field, (*others[:place], moved, *others[place:]))


def _split(outline: Outline, wanted: Correction, text: str) -> Outline:
    owner, field = _owner(outline, wanted), _listed(outline, wanted)
    entries = _entries(owner, field)
    number = _number(wanted, "item", len(entries))
    entry, at = entries[number], wanted.get("at")
    if not isinstance(at, int):
        raise _unfit("at", "the place in the item's text, in characters")
    parts = [part.strip(_BETWEEN) for part in (entry.text[:at], entry.text[at:])]
    if not all(parts):
        raise _unfit("at", "a place inside the item, with words on both sides")
    first = _found(parts[0], text, entry.start, entry.end)
    second = _found(parts[1], text, first[1] if first != (entry.start, entry.end) else entry.start, entry.end)
    made = [Entry(part, *span, PERSON, entry.group) for part, span in zip(parts, (first, second), strict=True)]
    return _with_list(outline, wanted, field, (*entries[:number], *made, *entries[number + 1 :]))


def _merge(outline: Outline, wanted: Correction, text: str) -> Outline:
    owner, field = _owner(outline, wanted), _listed(outline, wanted)
    entries = _entries(owner, field)
    number = _number(wanted, "item", len(entries))
    if number == 0:
        raise _unfit("item", "not the first of its list: there is none before it")
    first, second = entries[number - 1], entries[number]
    gap = text[first.end : second.start].lstrip()[:1]
    mark = gap if gap and gap in _MARKS else " " if first.text[-1:].isascii() and second.text[:1].isascii() else ""
    span = min(first.start, second.start), max(first.end, second.end)
    merged = Entry(f"{first.text}{mark}{second.text}", *span, PERSON, first.group)
    return _with_list(outline, wanted, field, (*entries[: number - 1], merged, *entries[number + 1 :]))


def _accept(outline: Outline, wanted: Correction, _: str) -> Outline:
    number = _number(wanted, "role", len(outline.posts))
    accepted = bool(wanted.get("accepted", True))
    posts = _put(outline.posts, number, replace(outline.posts[number], accepted=accepted))
    return replace(outline, posts=posts, checked=outline.checked and accepted)


def _check(outline: Outline, wanted: Correction, _: str) -> Outline:
    checked = bool(wanted.get("checked", True))
    posts = tuple(replace(post, accepted=True) for post in outline.posts) if checked else outline.posts
    return replace(outline, posts=posts, checked=checked)


def _replace(_: Outline, wanted: Correction, __: str) -> Outline:
    try:
        return from_plain(wanted["outline"])
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _unfit("outline", "an outline as the page gives it") from None


OPERATIONS: Final[Mapping[str, Callable[[Outline, Correction, str], Outline]]] = {
    "change": _change,
    "add": _add,
    "drop": _drop,
    "move": _move,
    "split": _split,
    "merge": _merge,
    "accept": _accept,
    "check": _check,
    "replace": _replace,
}

# Where a correction points


def _owner(outline: Outline, wanted: Correction) -> FoundRole | FoundUnit:
    if "unit" in wanted:
        return outline.units[_number(wanted, "unit", len(outline.units))]
    return outline.posts[_number(wanted, "role", len(outline.posts))].found


def _lists(owner: FoundRole | FoundUnit) -> tuple[str, ...]:
    return LISTS if isinstance(owner, FoundRole) else ("functions",)


def _field(outline: Outline, wanted: Correction) -> str:
    owner, field = _owner(outline, wanted), wanted.get("field")
    known = (*_lists(owner), *(SINGLES if isinstance(owner, FoundRole) else ("name",)))
    if not isinstance(field, str) or field not in known:
        raise _unfit("field", f"one of {', '.join(known)}")
    return field


def _listed(outline: Outline, wanted: Correction) -> str:
    field = _field(outline, wanted)
    if field not in _lists(_owner(outline, wanted)):
        raise _unfit("field", "a list")
    return field


def _entries(owner: FoundRole | FoundUnit, field: str) -> tuple[Entry, ...]:
    entries: tuple[Entry, ...] = getattr(owner, field)
    return entries


def _number(wanted: Correction, name: str, length: int) -> int:
    number = wanted.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < length:
        raise _unfit(name, f"a number from 0 to {length - 1}" if length else "there is none")
    return number


# What a correction says


def _said(wanted: Correction) -> str:
    said = wanted.get("text")
    if not isinstance(said, str):
        raise _unfit("text", "a text")
    if len(said) > ALLOWANCE.correction:
        raise Problem(413, "correction", f"a value may have {ALLOWANCE.correction} characters (limit: correction)")
    return " ".join(storable(said).split())


def _whole(owner: FoundRole | FoundUnit, text: str) -> tuple[int, int]:
    """The stretch of the text that a post or unit is in."""
    return (owner.start, owner.end) if isinstance(owner, FoundRole) else (0, len(text))


def _placed(said: str, text: str, wanted: Correction, whole: tuple[int, int]) -> tuple[int, int]:
    """Where a value was drawn over the text, or where the text says it; else the whole that it belongs to."""
    start, end = wanted.get("start"), wanted.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        return start, end
    within = whole if whole[1] else (0, len(text))
    found = _found(said, text, *within)
    return found if found != within else whole


def _found(part: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Where a text stands in a stretch of the document; the stretch where it does not stand there as it is."""
    place = text.find(part, start, end)
    return (place, place + len(part)) if place >= 0 else (start, end)


def _touched(entry: Entry, said: str) -> Entry:
    if not said:
        raise _unfit("text", "not empty; drop removes an item")
    return entry._replace(text=said, rule=PERSON)


def _is_sound(entry: Entry, length: int) -> bool:
    return 0 <= entry.start <= entry.end <= length and 0 < len(entry.text) <= ALLOWANCE.correction + length


def _all_entries(outline: Outline) -> Iterator[Entry]:
    for post in outline.posts:
        yield Entry("post", post.found.start, post.found.end, "")
        for name in SINGLES:
            if (entry := getattr(post.found, name)) is not None:
                yield entry
        for name in LISTS:
            yield from getattr(post.found, name)
    for unit in outline.units:
        yield from (unit.name, *unit.functions)


# The outline with something else in it


def _with_new(outline: Outline, field: str, entry: Entry) -> Outline:
    """The outline with one more post or unit, where its place in the text is."""
    if field == "unit":
        place = sum(unit.name.start <= entry.start for unit in outline.units)
        units = (*outline.units[:place], FoundUnit(entry, ()), *outline.units[place:])
        return replace(outline, units=units)
    if field != "title":
        raise _unfit("field", "title or unit, where neither role nor unit is named")
    place = sum(post.found.title.start <= entry.start for post in outline.posts) if entry.end else len(outline.posts)
    made = Post(FoundRole(entry, layout=PERSON, start=entry.start, end=entry.end))
    return replace(outline, posts=(*outline.posts[:place], made, *outline.posts[place:]))


def _with_list(outline: Outline, wanted: Correction, field: str, entries: Sequence[Entry]) -> Outline:
    owner = _owner(outline, wanted)
    return _with_owner(outline, wanted, replace(owner, **{field: tuple(entries)}))  # type: ignore[arg-type]  # a list of entries


def _with_owner(outline: Outline, wanted: Correction, owner: FoundRole | FoundUnit) -> Outline:
    if isinstance(owner, FoundUnit):
        return replace(outline, units=_put(outline.units, int(wanted["unit"]), owner))
    number = int(wanted["role"])
    return replace(outline, posts=_put(outline.posts, number, replace(outline.posts[number], found=owner)))


def _put(values: tuple[T, ...], number: int, value: T) -> tuple[T, ...]:
    return (*values[:number], value, *values[number + 1 :])


def _without(values: tuple[T, ...], number: int) -> tuple[T, ...]:
    return (*values[:number], *values[number + 1 :])


def _unfit(field: str, wanted: str) -> Problem:
    return Problem(422, "correction", f"{field}: {wanted}")


_MARKS: Final = "；;，,。、:："
_BETWEEN: Final = f"{_MARKS} \t\n"
