"""Which rows of a list are headings over the items below them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from gangwei.item_rows import Row
from gangwei.ordinals import DEPTH, Ordinal
from gangwei.page import Page

ENDS: Final = "。；;！!.？?"
LONGEST_HEADING: Final = 20
_FEWEST_ITEMS: Final = 2
FEWEST_LINES: Final = 3


def are_heads(page: Page, rows: list[Row]) -> bool:
    """Whether each number of a list heads a line without one: 1. 计划制定⏎根据…。⏎2. 谈判与合同⏎与供应商…。"""
    count = 0
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if row.ordinal is None or row.ordinal.style not in ("digit", "han", "han_paren"):
            continue
        if below is None or below.ordinal or not _is_bare(page, row) or page.value[row.end - 1] in ENDS:
            return False
        if below.end - below.start <= row.end - row.start:
            return False
        count += 1
    return count >= FEWEST_LINES


def group_rows(page: Page, rows: list[Row]) -> frozenset[int]:
    """The numbered rows that are headings over deeper lists."""
    numbered = [(i, row.ordinal) for i, row in enumerate(rows) if row.ordinal]
    found: set[int] = set()
    for (i, ordinal), (_, following) in pairwise(numbered):
        if ordinal.style == "bullet" or rows[i].start >= rows[i].end:
            continue
        if following.style == ordinal.style:
            if ordinal.value == following.value == 1 and _is_bare(page, rows[i]):
                found.add(i)
            continue
        begins = (
            following.style == "bullet"
            or following.value == 1
            or following.style in ("two", "three", "four", "lettered")
        )
        is_deeper = DEPTH.get(following.style, 5) > DEPTH.get(ordinal.style, 5)
        if following.style == "bullet" and (
            _is_closed_over_one(page, rows, i) or _ends_closed(page, rows, numbered, i)
        ):
            continue
        if is_deeper and (begins or _counts_on(page, rows, i, found)):
            found.add(i)
    return frozenset(i for i in found if not _goes_on(rows, i, found))


def over_lines(page: Page, rows: list[Row]) -> frozenset[int]:
    """The short numbered rows with a colon over a line without a number, where there are several: 1.1、市场分析：⏎收集…"""
    found = [
        i
        for i, (row, below) in enumerate(pairwise(rows))
        if row.ordinal is not None
        and below.ordinal is None
        and row.end - row.start <= LONGEST_HEADING
        and page.value[row.end : row.end + 1] in (":", "：")
    ]
    return frozenset(found if len(found) >= _FEWEST_ITEMS else ())


def _counts_on(page: Page, rows: list[Row], index: int, groups: set[int]) -> bool:
    """Whether a short numbered row follows another heading of its style over a list that counts on: （二）配方⏎5、…"""
    ordinal = rows[index].ordinal
    before = [i for i in range(index) if (other := rows[i].ordinal) and ordinal and other.style == ordinal.style]
    return bool(before) and before[-1] in groups and _is_bare(page, rows[index])


def _is_closed_over_one(page: Page, rows: list[Row], index: int) -> bool:
    """Whether a numbered row that a mark closes stands over a single bullet, which is what stands behind the list."""
    if page.value[rows[index].end : rows[index].end + 1] not in ("。", "；", ";"):
        return False
    bullets = [row for row in rows[index + 1 : index + 3] if row.ordinal and row.ordinal.style == "bullet"]
    return len(bullets) == 1


def _ends_closed(page: Page, rows: list[Row], numbered: list[tuple[int, Ordinal]], index: int) -> bool:
    """Whether a numbered row over bullets goes on with a list all of whose items end in a full stop, its own too."""
    own = rows[index].ordinal
    if own is None or own.value < _FEWEST_ITEMS or page.value[rows[index].end : rows[index].end + 1] != "。":
        return False
    alike = [i for i, ordinal in numbered if i <= index and ordinal.style == own.style]
    return all(page.value[rows[i].end : rows[i].end + 1] == "。" for i in alike[-_FEWEST_ITEMS:])


def _is_bare(page: Page, row: Row) -> bool:
    """Whether a numbered row is short and without a mark at its end, as a heading is."""
    return row.end - row.start <= LONGEST_HEADING and page.value[row.end : row.end + 1] not in ("。", "；", ";")


def _goes_on(rows: list[Row], index: int, groups: set[int]) -> bool:
    """Whether a numbered row over bullets goes on with a list of items: what the bullets say stands beside it."""
    ordinal = rows[index].ordinal
    before = [i for i in range(index) if (other := rows[i].ordinal) and ordinal and other.style == ordinal.style]
    following = next(row.ordinal for row in rows[index + 1 :] if row.ordinal)
    if following.style != "bullet" or len(before) < _FEWEST_ITEMS:
        return False
    return not any(i in groups for i in before)


def heads_lines(page: Page, rows: list[Row], index: int, groups: frozenset[int]) -> bool:
    """Whether a numbered row is a short heading over lines without numbers: 一、人员管理⏎对新员工…"""
    row = rows[index]
    if index + 1 >= len(rows) or rows[index + 1].ordinal:
        return False
    if page.value[row.end : row.end + 1] in ENDS and page.value[row.end : row.end + 1]:
        return False
    if row.ordinal is None or row.ordinal.style not in ("han", "han_paren", "worded", "digit"):
        return False
    # Where a number before it heads nothing, it is one of a list, and the line below comes behind the list.
    before = [i for i in range(index) if (other := rows[i].ordinal) and other.style == row.ordinal.style]
    return not before or row.ordinal.value == 1 or before[-1] in groups or rows[before[-1] + 1].ordinal is None
