"""Flattened tables with nothing between their cells: 序号岗位岗位职责任职条件1库管员1.验收货物2.盘点1.高中以上2分拣员1.…

The head is a row of words for columns. Behind it each list that begins anew opens a cell, and before the first list of a
row stand its number, the unit, the name of the post, in the order of the head. Blanks are put between the cells; so the
table is one of those whose cells blanks part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from gangwei.glued_heads import RANKS, more_of_name
from gangwei.model import Field
from gangwei.name_values import NOTHING
from gangwei.repair import Prepared, repaired
from gangwei.rulebook.columns import NUMBER, ColumnRules
from gangwei.text import Edit
from gangwei.titles import Names

FAULT: Final = "lost cell border"

_SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT, Field.ROUTINE])
_POSTS: Final = frozenset([Field.TITLE, Field.SUPERVISOR, Field.SUBORDINATE])
_LEADING: Final = frozenset([*_POSTS, Field.DEPARTMENT, NUMBER])
# A word for the post that others follow at once, one of which announces what the post does.
_POST: Final = re.compile(
    "(?:岗位|职位|职务)(?:名称)?(?=[\u4e00-\u9fff]{0,12}?(?:职责|工作内容|主要工作|任务)[\u4e00-\u9fff]{2}[\u4e00-\u9fff\\d])"
)
_FIRST: Final = re.compile(r"[（(]1[)）]|(?<![\d.])1[、.．](?!\d)|①|一、")
_STYLES: Final = {
    "(": re.compile(r"[（(]\d{1,2}[)）]"),
    "1": re.compile(r"(?<![\d.])\d{1,2}[、.．](?!\d)"),
    "①": re.compile("[①-⑳]"),
    "一": re.compile("[一二三四五六七八九十]{1,2}、"),
}
_MARK: Final = re.compile(r"[。；;]")
_COUNT: Final = re.compile(r"\d{1,3}(?=[\u4e00-\u9fff])")
_LONGEST_WORD: Final = 8
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 2
_LONGEST_LEAD: Final = 48
_NO_ROWS: Final = frozenset("向给由报对与经和")
_MOST_WORDS: Final = 3
_SHORTEST_ITEM: Final = 2
_UNIT_ENDS: Final = frozenset("部科处室组队班课股")


class _Head(NamedTuple):
    """The words of a table's head, each with where it begins and what it announces, and where the last one ends."""

    columns: list[tuple[int, str]]
    end: int


def with_cells(prepared: Prepared, names: Names, rules: ColumnRules) -> Prepared:
    """A prepared text with blanks between the cells of tables that lost what parted them."""
    text = prepared.text.value
    places: set[int] = set()
    done, is_table = 0, False
    for match in _POST.finditer(text):
        head = _head_at(text, match.start(), names, rules)
        if head is None:
            continue
        if head.end > done:
            done = text.find("\n", head.end)
            done = done if done >= 0 else len(text)
            cells = _cells(text, head, done, names)
            is_table = bool(cells)
            places.update(cells)
        if is_table:  # the head stands again on the next page
            places.update(start for start, _ in head.columns)
    edits = [Edit(place, place, " ", FAULT) for place in sorted(places) if place and not text[place - 1].isspace()]
    return repaired(prepared, edits) if edits else prepared


def _head_at(text: str, place: int, names: Names, rules: ColumnRules) -> _Head | None:
    """The head of which the word for the post begins at a place."""
    columns: list[tuple[int, str]] = []
    end = place
    while found := _word(text, end, names, rules):
        columns.append((end, found[1]))
        end += found[0]
    start = place
    while found := _word_before(text, start, rules):
        start -= found[0]
        columns.insert(0, (start, found[1]))
    kinds = [kind for _, kind in columns]
    if len(kinds) < _FEWEST_COLUMNS or kinds.count(Field.TITLE) != 1 or not _SECTIONS.intersection(kinds):
        return None
    return _Head(columns, end)


def _word(text: str, place: int, names: Names, rules: ColumnRules) -> tuple[int, str] | None:
    """How long the longest word for a column is that begins at a place, and what it announces."""
    for length in range(_LONGEST_WORD, 1, -1):
        word = text[place : place + length]
        if kind := rules.words.get(word):
            return length, kind
        if rule := names.rule_of(word):
            return length, str(rule.field)
    return None


def _word_before(text: str, place: int, rules: ColumnRules) -> tuple[int, str] | None:
    """The same for a word that ends at a place, before that for the post."""
    for length in range(min(_LONGEST_WORD, place), 1, -1):
        kind = rules.words.get(text[place - length : place])
        if kind in (NUMBER, Field.DEPARTMENT):
            return length, kind
    return None


def _cells(text: str, head: _Head, stop: int, names: Names) -> list[int]:
    """Where the cells of a table begin that ends at a place, none where no rows follow its head."""
    kinds = [kind for _, kind in head.columns]
    sections = next(index for index, kind in enumerate(kinds) if kind in _SECTIONS)
    lead = kinds[:sections]
    first = _FIRST.search(text, head.end, min(stop, head.end + _LONGEST_LEAD))
    if first is None or Field.TITLE not in lead or not _LEADING.issuperset(lead):
        return []
    style = _STYLES["(" if first[0][0] in "（(" else first[0][0]]
    places: list[int] = []
    low, rows, lists = head.end, 0, len(kinds)
    for match in style.finditer(text, head.end, stop):
        if match[0].strip("（()）、.．") in ("1", "①", "一"):
            is_due = lists >= len(kinds) - sections
            if leads := _leads(text, low, match.start(), lead, names, is_due=is_due, begins=low == head.end):
                rows += 1
                lists = 0
                places += leads
            places.append(match.start())
            lists += 1
        low = match.end()
    return places if rows >= _FEWEST_ROWS and places[0] == head.end else []


def _leads(
    text: str, low: int, place: int, lead: Sequence[str], names: Names, *, is_due: bool, begins: bool
) -> list[int]:
    """Where the cells before the first list of a row begin, first to last; none where no row begins there. `is_due`:
    the row before has all its lists; `begins`: this is the first row."""
    low = max(low, place - _LONGEST_LEAD, *(mark.end() for mark in _MARK.finditer(text, low, place)))
    if NUMBER in lead:
        counts = [*_COUNT.finditer(text, low, place)]
        rest = [kind for kind in lead if kind != NUMBER]
        starts = _filled(text, counts[-1].end(), place, rest, names) if counts else []
        return [counts[-1].start(), *starts] if starts else []
    if begins:  # the first names stand right behind the head
        return _filled(text, low, place, lead, names)
    starts = _before(text, low, place, lead, names)
    if not starts or (not is_due and (starts[0] - low < _SHORTEST_ITEM or text[starts[0] - 1] in _NO_ROWS)):
        return []
    return starts


def _filled(text: str, start: int, end: int, kinds: Sequence[str], names: Names) -> list[int]:
    """Where the names begin that fill a stretch, one for each column; none where they do not. A unit may be missing."""
    kind, rest = kinds[0], kinds[1:]
    if not rest:
        return [start] if _is_name(text[start:end], kind, names) else []
    for middle in accumulate(map(len, names.cut(text[start:end])[:-1]), initial=start):
        if _is_name(text[start:middle], kind, names) and (more := _filled(text, middle, end, rest, names)):
            return [start, *more]
    return _filled(text, start, end, rest, names) if kind == Field.DEPARTMENT else []


def _before(text: str, low: int, end: int, kinds: Sequence[str], names: Names) -> list[int]:
    """Where the names begin that stand before a list, one for each column, if an item runs into them."""
    starts: list[int] = []
    for at in range(len(kinds) - 1, -1, -1):
        kind = kinds[at]
        start = _name_before(text, low, end, kind, names)
        if start is not None and kind == Field.TITLE and at and kinds[at - 1] == Field.DEPARTMENT:
            start = _behind_unit(text, low, start, end, names)
        if start is not None:
            starts.insert(0, start)
            end = start
        elif kind not in (Field.DEPARTMENT, Field.SUBORDINATE):
            return []
    return starts


def _behind_unit(text: str, low: int, start: int, end: int, names: Names) -> int:
    """Where a post's name begins if a unit's stands right before it or before the words that belong to it:
    物流组|配送|调度员."""
    if _name_before(text, low, start, Field.DEPARTMENT, names) is not None:
        return start
    place = start
    for word in reversed(names.cut(text[low:start])[-_MOST_WORDS:]):
        place -= len(word)
        if _name_before(text, low, place, Field.DEPARTMENT, names) is not None:
            return place if names.is_post(text[place:end]) else start
    return start


def _name_before(text: str, low: int, end: int, kind: str, names: Names) -> int | None:
    """Where the shortest name begins that ends at a place, behind the end of an item or nothing."""
    words = names.cut(text[low:end])
    for begin in range(len(words) - 1, -1, -1):
        name = "".join(words[begin:])
        if words[begin] in _UNIT_ENDS or (name in RANKS and begin):
            continue
        if _is_name(name, kind, names):
            if more := _letters_before(words, begin, names):
                return low + len("".join(words[: begin - more]))
            more = 0 if begin and names.is_post(words[begin - 1]) else more_of_name(words[:begin])
            return low + len("".join(words[: begin - more]))
    return None


def _letters_before(words: Sequence[str], begin: int, names: Names) -> int:
    """How many single characters before a name that begins with one belong to it: 热|厨|主管 that no lexicon has."""
    count = 0
    while len(words[begin - count]) == 1 and count < begin and len(word := words[begin - count - 1]) == 1:
        if not "\u4e00" <= word <= "\u9fff" or word in _UNIT_ENDS or word in _NO_ROWS or word in names.rules.heads:
            break
        count += 1
    return count


def _is_name(name: str, kind: str, names: Names) -> bool:
    if kind == Field.DEPARTMENT:
        return len(name) > 1 and names.is_unit(name)
    return names.is_post(name) or (kind != Field.TITLE and name in NOTHING)
