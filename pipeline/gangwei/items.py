"""The items of a section: its numbers, its lines or its sentences, whichever it is made of."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gangwei.item_groups import ENDS, FEWEST_LINES, LONGEST_HEADING, are_heads, group_rows, heads_lines, over_lines
from gangwei.item_rows import Row, captions_of, rows_of, with_captions
from gangwei.model import Field, made
from gangwei.page import Line, Page, tidy
from gangwei.sentences import demands_in, indicators_in, is_wanted, powers_in, sentences, tells_who_does

_EMPTY_NUMBERS: Final = re.compile(r"(?<=[\u4e00-\u9fff。；;）)])(?:\s*\d{1,2}[、．.])+\s*\d{0,2}$")
_EMPTY_RUN: Final = re.compile(r"(?<![\d、])\d{1,2}、(?:\d{1,2}、){2}")
# A line that begins with a small label, known or not: 体格　　健壮
_SET_APART: Final = re.compile(r"[\u4e00-\u9fff]{2,5}(?:[ \u3000]{2,12}|\t|\u3000)\S")
# What an item ends with that is not at its end: a page's head stood behind it.
_OPEN_ENDS: Final = ("、", "，", ",")
_WRAP: Final = 26
# An item this long may go on below its number, set in from it.
_HANGING: Final = 18
# Who speaks of himself behind a list is in talk with the reader.
_SPEAKS: Final = re.compile(
    "[我俺咱](?!司|公司|们?[店厂校院园馆所行])|本人|楼主|说实话|说句|个人(?:觉得|认为|建议)|总之|反正"
)
_SHORTEST_GOES_ON: Final = 3
_LONGEST_GROUP: Final = 8
_NEAR: Final = 6
_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^()]+\)$")
# Whatever it stands behind: 申请此职位请发送简历至
_SENDS: Final = re.compile("[^，。；]{0,10}(?:请|将|把)[^，。；]{0,6}(?:简历|履历)")
# So many sentences in one line are no item of a list.
_PARAGRAPH: Final = 4


class Item(NamedTuple):
    """An item at [start:end] of the page, under the heading `group`; `number` is its ordinal's value, or 0."""

    start: int
    end: int
    group: str
    number: int


class Items(NamedTuple):
    """The items of a section and the stretches of it that are none."""

    items: tuple[Item, ...]
    left: tuple[tuple[int, int], ...]


def read_items(page: Page, start: int, end: int, field: Field, *, is_cell: bool = False) -> Items:
    """The items between two places of a page; in a table's cell, lines may have been broken anywhere."""
    found = _read_items(page, start, end, field)
    if is_cell and "\n" in page.value[start:end]:
        found = _unbroken(page, found)
    items = [_without_empty_numbers(page, item) for item in found.items]
    if items and items[-1].number and _is_over_label(page, items[-1]):
        items.pop()
    if field is Field.KPI:
        items = [Item(s, e, i.group, i.number) for i in items for s, e in indicators_in(page, i.start, i.end)]
    if field is Field.AUTHORITY:
        is_alone = len(items) == 1
        items = [Item(s, e, i.group, i.number) for i in items for s, e in _powers(page, i, is_alone=is_alone)]
    if field is Field.REQUIREMENT and len(items) == 1 and not items[0].number:
        items = [items[0]._replace(start=s, end=e) for s, e in demands_in(page, items[0].start, items[0].end)]
    return Items(tuple(items), found.left)


def _is_over_label(page: Page, item: Item) -> bool:
    """Whether an item is a heading over labels that are numbered after it: 1 岗位关系⏎1.1 直接上级：馆长"""
    behind = page.value[item.end : item.end + LONGEST_HEADING].lstrip()
    if item.end - item.start > LONGEST_HEADING or not behind.startswith((f"{item.number}.1", f"{item.number}．1")):
        return False
    return page.value[item.end : item.end + 1] in "\r\n"


def _powers(page: Page, item: Item, *, is_alone: bool) -> list[tuple[int, int]]:
    """The powers in an item without a number: blanks part them only where nothing else does."""
    if item.number or (not is_alone and " " in page.value[item.start : item.end]):
        return [(item.start, item.end)]
    return powers_in(page, item.start, item.end)


def _unbroken(page: Page, found: Items) -> Items:
    """The items, a line without a number put behind the numbered one before it that no mark closes.

    Without numbers each line is an item: nothing but the cell's own text stands in it.
    """
    if not any(item.number for item in found.items):
        lines = (Item(start, end, "", 0) for start, end in found.left)
        return Items(tuple(sorted((*found.items, *lines))), ())
    joined: list[Item] = []
    left: list[tuple[int, int]] = []
    for item in found.items:
        if joined and not item.number and joined[-1].group == item.group and _runs_on(page, joined[-1], item.start):
            joined[-1] = joined[-1]._replace(end=item.end)
        else:
            joined.append(item)
    for start, end in found.left:
        if joined and _runs_on(page, joined[-1], start):
            joined[-1] = joined[-1]._replace(end=end)
        else:
            left.append((start, end))
    return Items(tuple(joined), tuple(left))


def _runs_on(page: Page, item: Item, start: int) -> bool:
    """Whether only a line break parts a numbered item from what stands behind it."""
    between = page.value[item.end : start]
    return item.number != 0 and "\n" in between and not between.strip()


def _without_empty_numbers(page: Page, item: Item) -> Item:
    """The item without the empty numbers of a form that run on behind it (…的使用权4、5、), and without what follows them."""
    if item.end - item.start > LONGEST_HEADING and (run := _EMPTY_RUN.search(page.value, item.start + 2, item.end)):
        return item._replace(end=page.trim(item.start, run.start()).end)
    if "\u4e00" <= page.value[item.end - 1] <= "\u9fff":
        return item  # as nearly all end
    match = _EMPTY_NUMBERS.search(page.value, max(item.start, item.end - 16), item.end)
    return item._replace(end=page.trim(item.start, match.start()).end) if match else item


def _read_items(page: Page, start: int, end: int, field: Field) -> Items:
    rows = rows_of(page, start, end)
    for row in rows:
        if row.ordinal:
            return _numbered(page, with_captions(page, rows), field)
    if len(rows) == 1:
        return Items(tuple(Item(s, e, "", 0) for s, e in sentences(page, rows[0].start, rows[0].end)), ())
    return _lines(page, rows, field)


def _numbered(page: Page, rows: list[Row], field: Field) -> Items:
    items: list[Item] = []
    left: list[tuple[int, int]] = []
    groups = group_rows(page, rows) | over_lines(page, rows)
    numbered = [i for i, row in enumerate(rows) if row.ordinal]
    first_number, last_number = numbered[0], numbered[-1]
    are_closed = _are_closed(page, rows)
    longest = LONGEST_HEADING if are_heads(page, rows) else _LONGEST_GROUP
    group, group_is_open, seen_number = "", False, False
    for i, row in enumerate(rows):
        if row.start >= row.end:
            continue
        if row.is_heading:
            group, group_is_open = tidy(page.value[row.start : row.end]), True
            continue
        if row.ordinal:
            seen_number = True
            is_short = row.end - row.start <= longest
            if i in groups or (is_short and heads_lines(page, rows, i, groups)):
                group, group_is_open = tidy(page.value[row.start : row.end]), True
                continue
            group_is_open = False
            items.append(made(Item, (row.start, row.end, group, row.ordinal.value or -1)))
            continue
        text = page.value[row.start : row.end]
        ends_open = page.value[row.end : row.end + 1] in (":", "：") or text.endswith(("：", ":"))
        if not seen_number:
            # What stands before the first number: a lead-in, a heading, or items that lost their number.
            if not ends_open and (first_number >= FEWEST_LINES or _is_item_text(page, row, field)):
                items += (Item(s, e, group, 0) for s, e in sentences(page, row.start, row.end))
            elif len(text) <= 20:
                group = tidy(text)
            else:
                # Before what opens the list: 店长负责门店经营。其职责包括：
                told = [s for s in sentences(page, row.start, row.end)[:-1] if tells_who_does(page, *s)]
                items += (Item(s, e, group, 0) for s, e in told)
                left.append((told[-1][1] if told else row.start, row.end))
        elif group_is_open:
            if not ends_open:
                items.append(Item(row.start, row.end, group, 0))
        elif items and (
            _continues(page, rows[i - 1], row)
            or (are_closed and _is_broken(page, rows[i - 1], row))
            or _is_cut(page, rows[i - 1], row, is_last=i > last_number)
            or (i < last_number and _is_between(page, rows, i))
        ):
            items[-1] = items[-1]._replace(end=row.end)
        elif i < last_number:
            if not ends_open and len(text) > 3:
                items.append(Item(row.start, row.end, group, 0))
            else:
                left.append((row.start, row.end))
        elif _belongs(page, row, field):
            items += (Item(s, e, group, 0) for s, e in sentences(page, row.start, row.end))
        else:
            left.extend((r.start, r.end) for r in rows[i:] if r.start < r.end)
            break
    return Items(tuple(items), tuple(left))


def _are_closed(page: Page, rows: list[Row]) -> bool:
    """Whether the items of a list end in a mark, as good as all of them."""
    value = page.value
    last = closed = 0
    previous: Row | None = None
    for row in rows:
        if previous and row.ordinal:
            last += 1
            closed += value[previous.end : previous.end + 1] in ("。", "；", ";")
        previous = row
    if previous:
        last += 1
        closed += value[previous.end : previous.end + 1] in ("。", "；", ";")
    return closed > 2 and closed * 10 >= last * 9


def _is_broken(page: Page, before: Row, row: Row) -> bool:
    """Whether a line stands behind an item that no mark closes, in a list that closes its items: it goes on with it."""
    between = page.value[before.end : row.start]
    senses = page.rules.senses
    is_apart = row.after_blank and not before.after_blank
    is_next = is_apart or between.strip() or senses.duty.match(page.value, row.start)
    if not is_next and senses.closing.search(page.value[row.start : row.end]):
        return False  # to the reader of the page: 如有疑问请在下方留言
    return before.ordinal is not None and not is_next


def _is_between(page: Page, rows: list[Row], index: int) -> bool:
    """Whether a line stands between two numbers of which the second goes on from the first, behind a full stop or a broken
    line: it belongs to the first. Behind a semicolon it is an item that lost its number."""
    row, before = rows[index], rows[index - 1]
    following = next((r.ordinal for r in rows[index:] if r.ordinal), None)
    own = next((r.ordinal for r in reversed(rows[:index]) if r.ordinal), None)
    if own is None or following is None or following.style != own.style or following.value != own.value + 1:
        return False
    return (
        row.end - row.start > _SHORTEST_GOES_ON
        and not row.after_blank
        and page.value[before.end : before.end + 1] in ("。", "\n")
    )


def _is_cut(page: Page, before: Row, row: Row, *, is_last: bool) -> bool:
    """Whether an item ends with a comma and goes on behind a page's head; behind the last one something was taken out."""
    if before.start >= before.end or page.value[before.end : row.start].strip() not in _OPEN_ENDS:
        return False
    raw = page.text.raw_span(before.end, row.start)
    return not is_last or raw.end - raw.start > row.start - before.end


def _is_item_text(page: Page, row: Row, field: Field) -> bool:
    text = page.value[row.start : row.end]
    if len(text) < 6:
        return False
    ends = page.value[row.end : row.end + 1]
    if ends in ("。", "；", ";") or len(text) > 24:
        return True
    return bool(page.rules.senses.duty.match(text)) if field is not Field.REQUIREMENT else is_wanted(page, text)


def _continues(page: Page, before: Row, row: Row) -> bool:
    """Whether a line goes on with the item of the line before it (a hard line break)."""
    value = page.value
    if row.after_blank or before.start >= before.end or _SET_APART.match(value, row.start):
        return False
    tail = value[before.end : row.start].strip(" \t\r\n\u3000\xa0")
    if tail[:1] and tail[0] in ENDS:
        return False
    first = value[row.start]
    if first in "，,、）)；;。" or value[before.end - 1] in "，,、（(" or tail[:1] in ("，", ",", "、"):
        return True
    line = page.lines[page.line_index(before.start)]
    is_hanging = before.ordinal is not None and line.end - line.start > _HANGING
    is_hanging = is_hanging and _indent(value, row.start) > _indent(value, line.start)
    if not is_hanging and (line.end - line.start < _WRAP or not _is_wrapped(page, line)):
        return False
    text = value[row.start : row.end]
    if _SENDS.match(text):
        return False
    wanted = page.rules.senses.requirement.search(text[:8])
    return not page.rules.senses.duty.match(text) and not wanted


def _indent(value: str, place: int) -> int:
    """How many blanks stand before the line of a place."""
    start = value.rfind("\n", 0, place) + 1
    return len(value[start:place]) - len(value[start:place].lstrip(" \t\u3000"))


def _is_wrapped(page: Page, line: Line) -> bool:
    """Whether a line is as long as another one close by: lines broken at a fixed width are."""
    index = page.line_index(line.start)
    length = line.end - line.start
    fewest = 2 if page.document.media_type == "text/html" else 1
    near = (*page.lines[max(0, index - _NEAR) : index], *page.lines[index + 1 : index + 1 + _NEAR])
    return sum(abs(other.end - other.start - length) <= 1 for other in near) >= fewest


def _belongs(page: Page, row: Row, field: Field) -> bool:
    """Whether an unnumbered line behind the last number is an item all the same."""
    text = page.value[row.start : row.end]
    if page.rules.senses.closing.search(text) or len(text) < 5 or _SPEAKS.match(text):
        return False
    if field is Field.REQUIREMENT:
        return is_wanted(page, text)
    if field is Field.KPI:
        return not row.after_blank
    if not row.after_blank and len(text) > 11:
        return True
    return bool(page.rules.senses.duty.match(text)) and (not row.after_blank or len(text) > 8)


def _lines(page: Page, rows: list[Row], field: Field) -> Items:
    items: list[Item] = []
    left: list[tuple[int, int]] = []
    group = ""
    parts = [sentences(page, row.start, row.end) for row in rows]
    prose = sum(len(told) > 1 for told in parts) * 2 >= len(rows)
    captions = captions_of(rows)
    for i, row in enumerate(rows):
        text = page.value[row.start : row.end]
        ends_open = page.value[row.end : row.end + 1] in (":", "：")
        if (len(text) == 1 and text.isascii()) or (text[0] == "!" and _IMAGE.match(text)):
            left.append((row.start, row.end))  # an icon's letter
        elif i in captions or (ends_open and i + 1 < len(rows) and len(text) <= 20):
            group = tidy(text)
        elif _closes(page, text, field):
            # A paragraph that ends in how to apply tells more before.
            told = [span for span in parts[i] if not _closes(page, page.value[slice(*span)], field)] if prose else []
            items += (Item(s, e, group, 0) for s, e in told)
            left += (span for span in parts[i] if span not in told) if told else [(row.start, row.end)]
        elif i and items and _continues(page, rows[i - 1], row) and items[-1].end == rows[i - 1].end:
            items[-1] = items[-1]._replace(end=row.end)
        elif prose or len(parts[i]) >= _PARAGRAPH or (i == 0 and _is_beside_label(page, row)):
            items += (Item(s, e, group, 0) for s, e in parts[i])
        else:
            items.append(Item(row.start, row.end, group, 0))
    return Items(tuple(items), tuple(left))


def _closes(page: Page, text: str, field: Field) -> bool:
    """Whether a text tells how to apply, or ends a page, and is no duty or requirement all the same."""
    return page.rules.senses.closing.search(text) is not None and not (
        page.rules.senses.duty.match(text) or (field is Field.REQUIREMENT and is_wanted(page, text))
    )


def _is_beside_label(page: Page, row: Row) -> bool:
    """Whether a line goes on behind its label's colon: prose, though lines of another kind stand below it."""
    return page.value[row.start - 1] in ":： " and page.line_index(row.start) == page.line_index(row.start - 2)
