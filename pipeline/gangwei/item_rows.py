"""The pieces of a section, between list numbers and line breaks, and which of them are captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.model import made
from gangwei.ordinals import Ordinal
from gangwei.page import Page

_FEWEST_CAPTIONS: Final = 3
_LONGEST_CAPTION: Final = 6
_LONGEST_CAPTION_OVER: Final = 12
_LONGEST_GROUP: Final = 8
# Who speaks on a page of questions and answers.
_ANSWERS: Final = re.compile("(?:答|回答|答案|最佳答案|A\\d?)[:：]")
_SPEAKING: Final = ("答", "回", "最", "A")
_SHORT_CAPTION: Final = 6
_FEWEST_OVER: Final = 2
# Where the first bullet stands beside its heading: 订单管理 - 接受订单
_BESIDE_BULLET: Final = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10})[ ][-–—][ ](?=\S)")


class Row(NamedTuple):
    """A piece of a section: it begins at an ordinal or at a line."""

    ordinal: Ordinal | None
    start: int
    end: int
    after_blank: bool
    is_heading: bool = False


def rows_of(page: Page, start: int, end: int) -> list[Row]:
    """The pieces of a section between ordinals and line breaks, blank ones left out."""
    value = page.value
    ordinals = {o.start: o for o in page.ordinals_in(start, end)}
    cuts = sorted({start, *ordinals, *_line_starts(value, start, end)})
    cuts.append(end)
    has_headings = page.marks.has_headings
    if has_headings:
        first, last = page.line_index(start), page.line_index(end)
        has_headings = bool([line for line in page.lines[first : last + 1] if line.depth])
    rows: list[Row] = []
    after_blank = has_empty = False
    for cut, following in pairwise(cuts):
        ordinal = ordinals[cut] if cut in ordinals else None  # noqa: SIM401 - no call for each piece
        first, last = page.trimmed(ordinal.end if ordinal else cut, following)
        if value[first : first + 1] in _SPEAKING and (spoken := _ANSWERS.match(value, first, last)):
            first, last = page.trimmed(spoken.end(), last)
        if first >= last and ordinal is None:
            after_blank = after_blank or (
                cut > start and value[cut:following].strip() == "" and "\n" in value[cut:following]
            )
            continue
        is_heading = has_headings and page.lines[page.line_index(first)].depth > 0
        rows.append(made(Row, (ordinal, first, last, after_blank, is_heading)))
        has_empty = has_empty or first >= last
        after_blank = False
    return _joined(rows) if has_empty else rows


def _joined(rows: list[Row]) -> list[Row]:
    """The pieces, a number alone on its line put before the line below; behind the last one it is of the next group."""
    joined: list[Row] = []
    for row in rows:
        if joined and joined[-1].ordinal and joined[-1].start >= joined[-1].end and row.ordinal is None:
            joined[-1] = joined[-1]._replace(start=row.start, end=row.end)
        else:
            joined.append(row)
    while joined and joined[-1].ordinal and joined[-1].start >= joined[-1].end:
        joined.pop()  # 职责二
    return joined


def _line_starts(value: str, start: int, end: int) -> list[int]:
    places: list[int] = []
    place = value.find("\n", start, end) + 1
    while 0 < place < end:
        places.append(place)
        place = value.find("\n", place, end) + 1
    return places


def with_captions(page: Page, rows: list[Row]) -> list[Row]:
    """The rows, those marked as headings that are short and stand over bullets, or over first numbers, where there are
    several: 客户管理⏎- 更新档案⏎- 处理投诉⏎市场支持⏎- …; one that has its first bullet beside it is two rows."""
    captions = {row for row, below in pairwise(rows) if row.ordinal is None and _is_over_list(page, row, below)}
    if not captions:
        return rows
    marked = {row: _BESIDE_BULLET.match(page.value, row.start, row.end) for row in rows if row.ordinal is None}
    if len(captions) + sum(match is not None for match in marked.values()) < _FEWEST_OVER:
        return rows
    found: list[Row] = []
    for row in rows:
        if beside := marked.get(row):
            dash = Ordinal(beside.end("name"), beside.end(), "bullet", 0, at_line_start=False)
            found.append(row._replace(end=beside.end("name"), is_heading=True))
            found.append(row._replace(ordinal=dash, start=beside.end()))
        else:
            found.append(row._replace(is_heading=row.is_heading or row in captions))
    return found


def _is_over_list(page: Page, row: Row, below: Row) -> bool:
    return (
        below.ordinal is not None
        and (below.ordinal.style == "bullet" or below.ordinal.value == 1)
        and 1 < row.end - row.start <= _LONGEST_CAPTION_OVER
        and page.value[row.end : row.end + 1] in ("", "\n", ":", "：")
        and (row.end - row.start <= _SHORT_CAPTION or not page.rules.senses.duty.match(page.value, row.start))
    )


def captions_of(rows: Sequence[Row]) -> frozenset[int]:
    """The rows that are captions, where short and long ones take turns: 排班⏎每日岗前点名…⏎巡检⏎每两小时…"""
    if len(rows) < _FEWEST_CAPTIONS * 2 or len(rows) % 2:
        return frozenset()
    short = all(row.end - row.start <= _LONGEST_CAPTION for row in rows[::2])
    return frozenset(
        range(0, len(rows), 2) if short and all(r.end - r.start > _LONGEST_GROUP for r in rows[1::2]) else ()
    )
