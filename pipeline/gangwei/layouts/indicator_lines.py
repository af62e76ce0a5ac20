"""Tables of indicators that ran together in one line: 考核指标|权重目标值账物相符率50%≥98%货损率50%≤0.1%"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from gangwei.layouts.columns import row_head
from gangwei.layouts.indicator_cells import indicators_in_cells, indicators_in_pipes, is_share, joined
from gangwei.model import Entry, Field, Span
from gangwei.page import Page
from gangwei.rulebook.columns import NUMBER, TARGET

_LONGEST_HEAD: Final = 8
_LONGEST_HEADS: Final = 40
_FEWEST_ROWS: Final = 2
_SHORTEST_ROW: Final = 4
_LONGEST_ROW: Final = 120
_BLANKS: Final = " \t\u3000|"
_REMARKS: Final = "备注"
_NAME: Final = re.compile(r"[^\d%％≥≤<>=＞＜。；;]{2,30}?(?=[ \t\u3000]{0,4}[≥≤<>=＞＜]?[ ]?\d)")
_SHARE: Final = re.compile(r"[ \t\u3000]{0,4}(\d{1,3}(?:\.\d)?[ ]?[%％分])")
# A row that begins so: 招聘计划完成率 20% 以…计算
_WEIGHED: Final = re.compile(r"[^\d%％。；;\n]{2,30}[ \t\u3000]\d{1,3}(?:\.\d)?[ ]?[%％分](?:[ \t\u3000]|$)")
# What is asked: ≥95%, 100%, 不超过3次, 80分以上
_ASKED: Final = re.compile(
    r"[ \t\u3000]{0,4}((?:[≥≤<>=＞＜]|不(?:少|多|高|低|大|小)于|不?超过|达到?|低于|高于)?[ ]?\d[\d.,]{0,9}[ ]?"
    r"(?:%|％|‰|分|次|天|小时|万元|元|起|件|人|户|笔)?(?:/[年月季周日])?(?:及?以[上下内])?)"
)
_OF_FIGURES: Final = re.compile(
    "(?:考核|考评|评价|指标|目标|计算|数据|信息|实际|自评|上级|单项)?(?:权重|分值|比重|占比|配分|得分|评分|标准|办法|细则|公式|方法|方式|来源|周期|频率|说明|定义|项目|维度)"
)
_OF_TARGETS: Final = re.compile("(?:绩效|考核|业绩|年度|季度|月度)(?:目标值?|指标值|标准值)")


class _Head(NamedTuple):
    kind: str
    word: str


def are_heads(page: Page, start: int, end: int) -> bool:
    """Whether a stretch is made of the heads of a table of indicators and nothing else."""
    heads, stop = _heads(page, start, end)
    return bool(heads) and stop == end


def indicators_in_table(page: Page, start: int, end: int) -> list[Entry]:
    """The indicators of a stretch that is a table of them, a cell a line or all in one line."""
    return (
        _in_line(page, start, end)
        or indicators_in_cells(page, start, end)
        or _by_lines(page, start, end)
        or indicators_in_pipes(page, start, end)
    )


def _by_lines(page: Page, start: int, end: int) -> list[Entry]:
    """The indicators of rows of a line or more below a line of heads: name, weight, and how it is worked out, in sentences."""
    start, end = page.trim(start, end)
    lines = [line for line in page.lines[page.line_index(start) : page.line_index(end - 1) + 1] if line.ordinal < 0]
    if len(lines) <= _FEWEST_ROWS or not are_heads(page, start, min(lines[0].end, end)):
        return []
    begins = [line.body for line in lines[1:] if _WEIGHED.match(page.value, line.body, line.end)]
    if len(begins) < _FEWEST_ROWS or begins[0] != lines[1].body:
        return []
    spans = [page.trim(a, b) for a, b in zip(begins, [*begins[1:], end], strict=True)]
    return [page.entry(*span, "rows of indicators") for span in spans]


def _in_line(page: Page, start: int, end: int) -> list[Entry]:
    """The indicators of a stretch in one line that begins with the heads of columns, each with what is asked of it; none
    where the stretch is no such table."""
    start, end = page.trim(start, end)
    if page.value.find("\n", start, end) >= 0:
        return []
    heads, place = _heads(page, start, end)
    if not heads:
        return []
    remarks = page.value.find(_REMARKS, place, end)
    if remarks >= 0:
        end = page.trim(place, remarks).end
    if place >= end:
        return []
    # The columns behind that of the names, of which each holds a figure.
    figures = [head for head in heads if is_share(head.word) or head.kind == TARGET]
    is_numbered = any(head.kind == NUMBER for head in heads)
    rows = numbered_rows(page, place, end) if is_numbered else _by_values(page, figures, place, end)
    return [_entry(page, figures, row) for row in rows] if len(rows) >= _FEWEST_ROWS else []


def _heads(page: Page, start: int, end: int) -> tuple[list[_Head], int]:
    """The heads of columns at the beginning of a stretch, and where they end."""
    heads: list[_Head] = []
    place = start
    while place < min(end, start + _LONGEST_HEADS):
        # A scanned table leaves strays between its heads: 权重I目标值
        if page.value[place] in _BLANKS or (heads and page.value[place].isascii() and page.value[place].isalpha()):
            place += 1
            continue
        for length in range(min(_LONGEST_HEAD, end - place), 1, -1):
            word = page.value[place : place + length]
            kind = _kind(page, word)
            if kind:
                heads.append(_Head(kind, word))
                place += length
                break
        else:
            break
    return heads, place


def _kind(page: Page, word: str) -> str:
    """The kind of column that a word heads, or "" where it heads none."""
    kind = page.rules.columns.words.get(word, "")
    if kind in (NUMBER, TARGET, Field.KPI):
        return kind
    if _OF_FIGURES.fullmatch(word):
        return kind or str(Field.OTHER)
    if _OF_TARGETS.fullmatch(word):
        return TARGET
    rule = page.rules.labels.get(word)
    if rule is not None and rule.field is Field.KPI:
        return str(Field.KPI)
    head = row_head(page.rules, word) if is_share(word) else None
    return head.kind if head else ""


def numbered_rows(page: Page, start: int, end: int, before: int = _SHORTEST_ROW) -> list[Span]:
    """The rows whose numbers count up from one, without a mark: 1账物相符率50%2货损率50%; at most `before` characters stand
    before the first."""
    begins: list[int] = []
    place = start
    while number := _next_number(page.value, len(begins) + 1, place, end):
        begins.append(number[1])
        place = number[1] + _SHORTEST_ROW
    if not begins or begins[0] - start > before:
        return []
    stops = [begin - len(str(at)) for at, begin in enumerate(begins[1:], 2)]
    return [page.trim(a, b) for a, b in zip(begins, [*stops, end], strict=True)]


def _next_number(value: str, number: int, start: int, end: int) -> tuple[int, int] | None:
    """Where a number stands right before a Chinese character and behind none that counts, and where it ends."""
    word = str(number)
    place = value.find(word, start, min(end, start + _LONGEST_ROW))
    while place >= 0:
        stop = place + len(word)
        before, behind = value[place - 1 : place], value[stop : stop + 1]
        if "\u4e00" <= behind <= "\u9fff" and behind not in "分次天个人件月年小元万" and not before.isdigit():
            return place, stop
        place = value.find(word, place + 1, min(end, start + _LONGEST_ROW))
    return None


def _by_values(page: Page, figures: Sequence[_Head], start: int, end: int) -> list[Span]:
    """The rows of a table without numbers: a name, then the figures that the heads ask for."""
    patterns = [_SHARE if is_share(head.word) else _ASKED for head in figures]
    rows: list[Span] = []
    place = start
    while place < end and patterns:
        begin = page.trim(place, end).start
        name = _NAME.match(page.value, begin, end)
        if name is None:
            break
        place = name.end()
        for pattern in patterns:
            value = pattern.match(page.value, place, end)
            if value is None:
                return []
            place = value.end()
        rows.append(Span(begin, place))
    return rows if place == end or not page.value[place:end].strip(_BLANKS + "。；;") else []


def _entry(page: Page, figures: Sequence[_Head], row: Span) -> Entry:
    """An indicator with what is asked of it, or a row as it stands."""
    name = _NAME.match(page.value, row.start, row.end)
    rule = "indicators in a line"
    if name is None:
        return page.entry(*row, rule)
    place = name.end()
    for head in figures:
        if is_share(head.word):
            share = _SHARE.match(page.value, place, row.end)
            place = share.end() if share else place
        elif (asked := page.trim(place, row.end)).start < asked.end:
            return joined(page, page.trim(*name.span()), asked, rule)
    return page.entry(*page.trim(*name.span()), rule)
