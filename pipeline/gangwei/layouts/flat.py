"""A table that became one run of prose: a head of labels in a row, then post, duties, indicators, post, duties …

What parts the cells is the restart of the numbering; what parts the rows is a post between two lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.layouts.reading import Reading, Section, build_role
from gangwei.lexer import Hit
from gangwei.model import Entry, Field, FoundRole, Span
from gangwei.ordinals import Ordinal
from gangwei.page import Page

_SECTIONS: Final = frozenset(
    [Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT, Field.ROUTINE, Field.SUMMARY, Field.OTHER]
)
_BETWEEN: Final = re.compile(r"(?:[(（][^()（）\n]{1,12}[)）])?[ \t\u3000\n|]*")
_POST_BEFORE_LIST: Final = re.compile(
    r"(?:^|(?<=[\s。；;!！.、]))[^\s。；;，,！!]{2,30}(?:[(（][^()（）\n]{1,16}[)）])?\s*$"
)
_LOOK_BACK: Final = 60


class Head(NamedTuple):
    """The head of the table: its labels, and where it begins and ends."""

    hits: tuple[Hit, ...]
    start: int
    end: int


def read_flat_tables(page: Page) -> Iterator[tuple[Span, Reading]]:
    """The flattened tables of a page with the stretch that each takes."""
    for head in _heads(page):
        reading, end = _read_rows(page, head)
        if reading.roles:
            yield Span(head.start, end), reading


def _heads(page: Page) -> Iterator[Head]:
    """Two labels or more in a row with nothing between them, the post's first or behind the unit's."""
    hits = page.hits
    index = 0
    while index < len(hits):
        run = [hits[index]]
        while index + len(run) < len(hits):
            match = _BETWEEN.match(page.value, run[-1].end)
            following = hits[index + len(run)]
            if not match or match.end() != following.start or following.start == run[-1].end:
                break
            run.append(following)
        kinds = [hit.rule.field for hit in run]
        if len(run) >= 2 and Field.TITLE in kinds[:3] and any(kind in _SECTIONS for kind in kinds):
            match = _BETWEEN.match(page.value, run[-1].end)
            yield Head(tuple(run), run[0].start, match.end() if match else run[-1].end)
        index += len(run)


def _read_rows(page: Page, head: Head) -> tuple[Reading, int]:
    columns = [hit for hit in head.hits if hit.rule.field in _SECTIONS]
    ordinals = _lists(page, head.end)
    roles: list[FoundRole] = []
    claimed: list[tuple[int, int]] = [(head.start, head.end)]
    chapter = _chapter_unit(page, head.start)
    title: Entry | None = None
    fields: dict[Field, list[Entry]] = {}
    sections: list[Section] = []
    title_start = end = head.end

    def close() -> None:
        if title:
            built, spans = build_role(page, title, title_start, fields, sections, chapter, "table_flat")
            if built:
                roles.append(built)
                claimed.extend(spans)

    for index, first in enumerate(ordinals):
        stop = ordinals[index + 1].start if index + 1 < len(ordinals) else _end_of_table(page, first)
        found = _post_before(page, first.start)
        if found:
            name_start, entry, unit = found
            if sections and sections[-1].pieces:
                sections[-1].pieces = [(sections[-1].pieces[0][0], name_start)]
            close()
            title, title_start, fields, sections = entry, name_start, {}, []
            if unit:
                fields[Field.DEPARTMENT] = [unit]
            claimed.append((name_start, first.start))
        elif title is None:
            return Reading((), (), None, (), "flat"), end
        column = columns[min(len(sections), len(columns) - 1)]
        section = Section(column.rule.field, first.start, first.start, is_labelled=True, word=column.word)
        section.pieces.append((first.start, stop))
        sections.append(section)
        end = stop
    close()
    return Reading(tuple(roles), (), None, tuple(claimed), "table_flat"), end


def _lists(page: Page, start: int) -> list[Ordinal]:
    """The ordinals at which a list begins: the first of the table's style and each restart at 1."""
    found: list[Ordinal] = []
    style = ""
    for ordinal in page.ordinals:
        if ordinal.start < start or ordinal.style == "bullet":
            continue
        if not style:
            if ordinal.start - start > _LOOK_BACK:
                break
            style = ordinal.style
        if ordinal.style == style and ordinal.value == 1:
            found.append(ordinal)
    return found


def _post_before(page: Page, place: int) -> tuple[int, Entry, Entry | None] | None:
    """The post that stands right before a list, with its place and the unit before it, if any."""
    begin = max(0, place - _LOOK_BACK)
    window = page.value[begin:place]
    match = _POST_BEFORE_LIST.search(window)
    if not match:
        return None
    text = match[0].strip()
    start = begin + match.start()
    # A cell's text may stand before the post without a mark: the last word that is a post counts.
    name = page.names.post(text)
    if name and page.names.is_post(name.text):
        end = start + match[0].index(text) + name.end
        return start, page.entry(end - len(name.text), end, "table: post")._replace(text=name.text), None
    return None


def _end_of_table(page: Page, first: Ordinal) -> int:
    """Where the last list ends: at the end of the line of its last number."""
    last = first
    for ordinal in page.ordinals:
        if ordinal.start > first.start and ordinal.style == first.style and ordinal.value > last.value:
            last = ordinal
    line_end = page.value.find("\n", last.end)
    return len(page.value) if line_end < 0 else line_end


def _chapter_unit(page: Page, place: int) -> Entry | None:
    """The unit that the heading before the table names (二、生产部岗位说明:)."""
    begin = max(0, place - 40)
    window = page.value[begin:place]
    match = re.search(r"([^\s:：、.。]{2,24})[:：\s]*$", window)
    if not match:
        return None
    heading = page.names.heading(match[1])
    if heading and heading.kind == "unit":
        start = begin + match.start(1)
        return page.entry(start + heading.name.start, start + heading.name.end, "chapter")
    return None
