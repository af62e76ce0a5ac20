"""The cells of tables and the posts that are put together from them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Final

from gangwei.items import read_items
from gangwei.layouts.columns import POST_KINDS, SECTION_KINDS, Column
from gangwei.layouts.indicator_cells import joined
from gangwei.layouts.reading import build_role
from gangwei.layouts.section import Section
from gangwei.model import Entry, Field, FoundRole, Span
from gangwei.name_values import NOTHING, names_nobody
from gangwei.ordinals import Ordinal, read_ordinals
from gangwei.page import Page, tidy

_NUMBERED: Final = re.compile(r"[\d一①-⑳⑴-⒇❶-❿㈠◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦]|^[^\S\n]*[-+*·]", re.MULTILINE)
_LEVELLED: Final = frozenset(["two", "three", "four", "lettered"])
_NUMBER_BEFORE: Final = re.compile(r"[(（]?\d{1,3}[)）]?[、.．\s]\s*")
_NO_NAME: Final = re.compile(r"[。；;，！？]|合计|小计|总计|共计|^\W*$|^\d+$")
_BRACKET: Final = re.compile(r"[(（][^()（）]*[)）]$")
_TICK: Final = re.compile(r"[√✓✔●■★☑◆▲○◎]$")
_LONGEST_NAME: Final = 20


@dataclass(slots=True)
class Post:
    """What the cells read so far say of one post; `start` is where it begins on the page."""

    title: Entry
    start: int
    fields: dict[Field, list[Entry]] = attribute(default_factory=dict)
    sections: list[Section] = attribute(default_factory=list)
    seen: set[Span] = attribute(default_factory=set)
    claimed: list[tuple[int, int]] = attribute(default_factory=list)


def with_cells(page: Page, cells: Iterable[Span]) -> Page:
    """The page with the numbers of each cell read on their own: a cell's list does not go on in the next."""
    ordinals: list[Ordinal] = []
    for start, end in sorted(set(cells)):
        text = page.value[start:end]
        if not _NUMBERED.search(text):
            continue
        first = bisect_left(page.ordinal_starts, start)
        known = page.ordinals[first : bisect_left(page.ordinal_starts, end, first)]
        if any(ordinal.style in _LEVELLED for ordinal in known):
            ordinals += known
            continue
        base = len(ordinals)
        ordinals += [
            Ordinal(start + first, start + last, style, value, at_line_start, before + base if before >= 0 else -1)
            for first, last, style, value, at_line_start, before in read_ordinals(text)
        ]
    return replace(page, ordinals=tuple(ordinals), ordinal_starts=tuple(o.start for o in ordinals))


def text_of(page: Page, cell: Span) -> str:
    """The text of a cell in one line, "" for one that says nothing."""
    start, end = page.trimmed(cell.start, cell.end)
    text = tidy(page.value[start:end])
    return "" if text in NOTHING else text


def post_in(page: Page, cell: Span) -> Entry | None:
    """The post that a cell names."""
    span = page.trim(cell.start, cell.end)
    if not 2 <= span.end - span.start <= 60:
        return None
    match = _NUMBER_BEFORE.match(page.value, span.start, span.end)
    start = match.end() if match else span.start
    name = page.names.post(tidy(page.value[start : span.end]))
    if name is None or not page.names.is_post(name.text) or name.text in page.rules.labels:
        return None
    return page.named(start, span.end, name.text, "table: post")


def title_in(page: Page, cell: Span) -> Entry | None:
    """What stands in a column of posts: a post, or whatever else is short enough for one."""
    if found := post_in(page, cell):
        return found
    span = page.trim(cell.start, cell.end)
    if span.end - span.start > 2 * _LONGEST_NAME:
        return None
    name = page.names.post(tidy(page.value[span.start : span.end]))
    if name and _NO_NAME.search(name.text):
        name = page.names.post(_BRACKET.sub("", name.text))  # 新媒体（兼职，远程）
    if name is None or len(name.text) > _LONGEST_NAME or _NO_NAME.search(name.text):
        return None
    if name.text in page.rules.labels:
        return None  # a table of labels, of their words in another language say
    return page.named(span.start, span.end, name.text, "table: title column")


def take_cell(page: Page, post: Post, cell: Span, column: Column, group: str = "") -> None:
    """Put what a cell says of a post where its column belongs; a merged cell that was taken before is passed by."""
    kind = column.field
    if kind is None or cell in post.seen:
        return
    text = text_of(page, cell)
    if not text:
        return
    post.seen.add(cell)
    post.claimed.append((cell.start, cell.end))
    span = page.trim(cell.start, cell.end)
    if kind in (Field.DEPARTMENT, Field.COMPANY):
        post.fields.setdefault(kind, [page.entry(span.start, span.end, f"table: {column.word}")])
    elif kind in POST_KINDS:
        names = () if names_nobody(text) else [n for n in page.names.split(text) if n.text not in NOTHING]
        entries = [page.named(span.start, span.end, n.text, f"table: {column.word}") for n in names]
        post.fields.setdefault(kind, entries)
    elif kind in SECTION_KINDS:
        section = Section(kind, cell.start, cell.start, is_labelled=True, word=column.word, heading=group)
        rule = page.rules.labels.get(column.word)
        section.keep = column.word if rule and rule.keep else ""
        section.then = rule.then if rule else None
        section.is_column = True
        section.pieces.append((cell.start, cell.end))
        post.sections.append(section)


def take_target(page: Page, post: Post, cell: Span, column: Column, target: Span) -> None:
    """Put an indicator and what is asked of it, which stand in two cells, in one string where they belong together."""
    if cell in post.seen and target in post.seen:
        return
    rule = f"table: {column.word}"
    names = read_items(page, cell.start, cell.end, Field.KPI).items if text_of(page, cell) else ()
    has_target = text_of(page, target) != "" or "0" in page.value[target.start : target.end]
    targets = read_items(page, target.start, target.end, Field.KPI).items if has_target else ()
    post.seen |= {cell, target}
    post.claimed += [(cell.start, cell.end), (target.start, target.end)]
    entries = post.fields.setdefault(Field.KPI, [])
    if len(names) == len(targets):
        pairs = [(Span(n.start, n.end), Span(t.start, t.end)) for n, t in zip(names, targets, strict=True)]
    elif len(names) == 1 and targets:
        pairs = [(Span(names[0].start, names[0].end), page.trim(target.start, target.end))]
    else:
        entries += (page.entry(i.start, i.end, rule) for i in (*names, *targets))
        return
    entries += (joined(page, name, asked, rule) for name, asked in pairs)


def take_tick(page: Page, post: Post, cell: Span, head: Span) -> bool:
    """Whether a cell only ticks the duty that stands at the head of its row, which is then taken."""
    if not _TICK.match(text_of(page, cell)):
        return False
    post.claimed += [(cell.start, cell.end)]
    take_cell(page, post, head, Column(Field.DUTY, ""))
    return True


def close_post(
    page: Page, post: Post, chapter: Entry | None = None, layout: str = "table_flat"
) -> tuple[FoundRole | None, Sequence[tuple[int, int]]]:
    """The role that the cells make with the spans that it explains; None where they say nothing of the post."""
    role, claimed = build_role(page, post.title, post.start, post.fields, post.sections, chapter, layout)
    return role, (*claimed, *post.claimed) if role else ()
