"""The document's text with what was read in it: one colour a field."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from rich.text import Text

from gangwei.commands.terminal import visible
from gangwei.model import Entry, Extraction, Field

STYLES: Final = {
    Field.TITLE: "bold bright_green",
    Field.COMPANY: "magenta",
    Field.DEPARTMENT: "blue",
    Field.SUPERVISOR: "cyan",
    Field.SUBORDINATE: "bright_cyan",
    Field.DEPUTY: "cyan italic",
    Field.SUMMARY: "italic",
    Field.DUTY: "green",
    Field.AUTHORITY: "bright_magenta",
    Field.KPI: "yellow",
    Field.REQUIREMENT: "bright_blue",
    Field.ROUTINE: "bright_yellow",
    Field.UNIT: "red",
}
_LABEL: Final = "bold"
_NOISE: Final = "dim"  # ordinals too
_UNCLAIMED: Final = "underline"
_BEFORE: Final = "strike red"
_AFTER: Final = "bold green"


class _Paint(NamedTuple):
    start: int
    end: int
    style: str


def painted(extraction: Extraction) -> Text:
    """The document's text as read, styled; a repair stands as ‹before→after›."""
    text = extraction.document.text
    styles = [_NOISE] * len(text)
    for start, end, style in _paints(extraction):
        styles[start:end] = [style] * (min(end, len(text)) - start)
    shown = Text()
    place = 0
    for repair in sorted(extraction.repairs, key=lambda repair: (repair.start, repair.end)):
        if repair.start >= place:
            _append(shown, text, styles, place, repair.start)
            shown.append(f"‹{visible(text[repair.start : repair.end])}", _BEFORE)
            shown.append(f"→{visible(repair.after)}›", _AFTER)
            place = repair.end
    _append(shown, text, styles, place, len(text))
    return shown


def legend() -> Text:
    """What each style means, on one line."""
    shown = Text()
    for style, meaning in (
        (_LABEL, "label"),
        *((style, str(field)) for field, style in STYLES.items()),
        (_NOISE, "ordinal or noise"),
        (_UNCLAIMED, "unclaimed"),
    ):
        shown.append(meaning, style).append("  ")
    return shown.append("‹before", _BEFORE).append("→after›", _AFTER)


def _append(shown: Text, text: str, styles: list[str], start: int, end: int) -> None:
    for style, places in groupby(range(start, end), key=styles.__getitem__):
        stretch = list(places)
        shown.append(visible(text[stretch[0] : stretch[-1] + 1]), style)


def _paints(extraction: Extraction) -> Iterator[_Paint]:
    """What to paint, in the order of painting: what comes later covers what came before."""
    for note in extraction.notes:
        if note.code == "unclaimed":
            yield _Paint(note.start, note.end, _UNCLAIMED)
    for decision in extraction.decisions:
        if decision.outcome == "taken" and decision.rule.startswith("label "):
            yield _Paint(decision.start, decision.end, _LABEL)
    for field, entry in entries(extraction):
        yield _Paint(entry.start, entry.end, STYLES[field])


def entries(extraction: Extraction) -> Iterator[tuple[Field, Entry]]:
    """All values of a document with their fields; a title last, because it may stand inside a longer value."""
    for unit in extraction.units:
        yield from ((Field.UNIT, entry) for entry in (unit.name, *unit.functions))
    for role in extraction.roles:
        found = role.found
        for field, values in (
            (Field.SUMMARY, (found.summary,)),
            (Field.DUTY, found.duties),
            (Field.AUTHORITY, found.authorities),
            (Field.KPI, found.kpis),
            (Field.REQUIREMENT, found.requirements),
            (Field.ROUTINE, found.routines),
            (Field.COMPANY, (found.company,)),
            (Field.DEPARTMENT, (found.department,)),
            (Field.SUPERVISOR, found.supervisors),
            (Field.SUBORDINATE, found.subordinates),
            (Field.DEPUTY, found.deputies),
            (Field.TITLE, (found.title,)),
        ):
            yield from ((field, entry) for entry in values if entry is not None)
