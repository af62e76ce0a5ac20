"""Tables of indicators that lost their lines, a cell in each: 考核指标⏎权重⏎目标值⏎账物相符率⏎50%⏎98%以上⏎货损率⏎…"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gangwei.layouts.columns import row_head
from gangwei.model import Entry, Field, Span
from gangwei.page import Page, tidy
from gangwei.rulebook.columns import NUMBER, TARGET

_COMPARES: Final = re.compile(r"[≥≤<>=＜＞＝±﹥﹤不大小高低超]")
_LONGEST_HEAD: Final = 8
_MOST_HEADS: Final = 8
_FEWEST_HEADS: Final = 2
_FEWEST_ROWS: Final = 2
_HEAD: Final = re.compile(
    "(?:指标|项目|名称|目标|目的|目标值|标准|权重|分值|得分|周期|来源|方法|公式|部门|人|说明|备注)$"
)
_ASKED: Final = re.compile("目标|目的|标准值|指标值|要求")
_EMPTY: Final = re.compile("得分|备注")
# What stands before the heads: nothing, the section's label as a head, that and the numbers' head before it.
_FRONTS: Final[tuple[tuple[str, ...], ...]] = ((), ("",), ("序号", ""))
_SHARE: Final = re.compile("权重|分值|比重|占比|配分")
_OF_SHARE: Final = re.compile(r"\d{1,3}(?:\.\d)?\s?[%％分]?")
_NUMBER: Final = re.compile(r"\d{1,2}[.、]?")

_FEWEST_PIPED: Final = 3
_OF_NAMES: Final = ("指标", "KPI", "项目", "考核内容", "考核要素", "名称")
_BORDER: Final = frozenset("-:| \t")


def is_column_head(page: Page, start: int, end: int) -> bool:
    """Whether a line is the head of a column of such a table."""
    text = page.value[start:end].strip(" \t\u3000*")
    if not 1 < len(text) <= _LONGEST_HEAD:
        return False
    return row_head(page.rules, text) is not None or _HEAD.search(text) is not None


def indicators_in_cells(page: Page, start: int, end: int) -> list[Entry]:
    """The indicators of a stretch that begins with the heads of columns, each with what is asked of it; none where the
    stretch is no such table. The section's own label may be the head of the first column."""
    lines = [page.trim(line.start, min(line.end, end)) for line in _lines(page, start, end)]
    heads: list[Span] = []
    for span in lines:
        if len(heads) == _MOST_HEADS or not is_column_head(page, *span):
            break
        heads.append(span)
    words = [page.value[slice(*span)] for span in heads]
    cells = lines[len(heads) :]
    if not heads or not cells:
        return []
    # A column to fill in later has no cells: 得分, 备注.
    tails = [words, words[:-1]] if _EMPTY.search(words[-1]) else [words]
    for columns in sorted([[*front, *tail] for tail in tails for front in _FRONTS], key=len, reverse=True):
        if len(columns) >= _FEWEST_HEADS and (found := _rows(page, columns, cells)):
            return found
    return []


def _lines(page: Page, start: int, end: int) -> Sequence[Span]:
    first, last = page.line_index(start), page.line_index(end - 1)
    spans = [Span(max(start, line.start), line.end) for line in page.lines[first : last + 1]]
    return [span for span in spans if page.value[span.start : span.end].strip()]


def _rows(page: Page, columns: Sequence[str], cells: Sequence[Span]) -> list[Entry]:
    """The indicators that cells tell row by row, where their columns hold what the heads say."""
    count = len(columns)
    if len(cells) % count or len(cells) < _FEWEST_ROWS * count:
        return []
    kinds = [head.kind if (head := row_head(page.rules, word)) else "" for word in columns]
    texts = [[page.value[slice(*cell)] for cell in cells[at::count]] for at in range(count)]
    is_sure = False
    for word, kind, column in zip(columns, kinds, texts, strict=True):
        pattern = _NUMBER if kind == NUMBER else _OF_SHARE if _SHARE.search(word) else None
        if pattern and not all(map(pattern.fullmatch, column)):
            return []
        is_sure = is_sure or pattern is not None
    names = [at for at, word in enumerate(columns) if kinds[at] != NUMBER and not _SHARE.search(word)]
    if not names or not is_sure or any(map(_OF_SHARE.fullmatch, texts[names[0]])):
        return []
    asked = [at for at in names[1:] if kinds[at] in (TARGET, Field.KPI) or _ASKED.search(columns[at])]
    found: list[Entry] = []
    for place in range(0, len(cells), count):
        name = cells[place + names[0]]
        target = cells[place + asked[0]] if asked else None
        rule = "cells of indicators"
        found.append(joined(page, name, target, rule) if target else page.entry(*name, rule))
    return found


def indicators_in_pipes(page: Page, start: int, end: int) -> list[Entry]:
    """The indicators of a stretch of rows between pipes, the first of which holds the heads, each with what is asked of
    it; none where the stretch is no such table."""
    start, end = page.trim(start, end)
    lines = page.lines[page.line_index(start) : page.line_index(max(start, end - 1)) + 1]
    if len(lines) <= _FEWEST_ROWS or page.value.find("|", lines[0].start, lines[0].end) < 0:
        return []
    rows = [_piped(page, Span(line.start, line.end)) for line in lines]
    heads = rows[0]
    if len(heads) < _FEWEST_PIPED:
        return []
    kinds = [head.kind if (head := row_head(page.rules, page.value[slice(*cell)])) else "" for cell in heads]
    words = [page.value[slice(*cell)] for cell in heads]
    names = [at for at, word in enumerate(words) if _is_name(word, kinds[at])]
    if not names:
        return []
    asked = next((at for at, kind in enumerate(kinds) if kind == TARGET and at != names[0]), None)
    found: list[Entry] = []
    for cells in rows[1:]:
        if len(cells) <= names[0] or cells[names[0]].start == cells[names[0]].end:
            continue
        target = cells[asked] if asked is not None and asked < len(cells) else Span(0, 0)
        name, rule = cells[names[0]], "row of indicators"
        found.append(joined(page, name, target, rule) if target.start < target.end else page.entry(*name, rule))
    return found if len(found) >= _FEWEST_ROWS else []


def _is_name(word: str, kind: str) -> bool:
    return (kind == Field.KPI or word.endswith(_OF_NAMES)) and not is_share(word)


def _piped(page: Page, line: Span) -> Sequence[Span]:
    """The cells of a row between pipes, empty ones too; none of a line that is a border."""
    text = page.value[line.start : line.end]
    if _BORDER.issuperset(text):
        return ()
    ends = [line.start + place for place, char in enumerate(text) if char == "|"]
    borders = [*([] if text.lstrip().startswith("|") else [line.start - 1]), *ends]
    if not text.rstrip().endswith("|"):
        borders.append(line.end)
    return [page.trim(a + 1, b) for a, b in pairwise(borders)]


def is_share(word: str) -> bool:
    """Whether a head is that of the column that says how much each indicator counts."""
    return _SHARE.search(word) is not None


def joined(page: Page, name: Span, asked: Span, rule: str) -> Entry:
    """An indicator and what is asked of it as one string."""
    mark = "" if _COMPARES.match(page.value, asked.start) else "："
    entry = page.entry(asked.start, asked.end, rule, before=tidy(page.value[slice(*name)]) + mark)
    return entry._replace(start=page.text.raw_span(*name).start)
