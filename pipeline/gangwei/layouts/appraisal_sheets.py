"""Sheets by which one post is appraised: its name in the heading, then a table of indicators: 店长绩效考核表⏎序号考核项目权重…

The post stands in the sheet's heading and in no field; the table is a cell a line, or ran together in one line with the
numbers of its rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.appraisals import is_of_appraiser
from gangwei.layouts.indicator_cells import joined
from gangwei.layouts.indicator_lines import numbered_rows
from gangwei.layouts.reading import Reading
from gangwei.lexer import Hit
from gangwei.model import Entry, Field, FoundRole, Span
from gangwei.page import Page

_SIGNS: Final = ("考核表", "考评表", "评定表", "评分表", "评价表", "考核评分", "考核指标表", "考核卡", "评估表")
_SHEET: Final = re.compile("(?:考核|考评|评定|评估|评价)(?:评分|打分|评定|指标|标准|内容){0,2}(?:量化)?[表卡]")
# What a heading says between the post and the word for the sheet.
_KINDS: Final = (
    "绩效", "业绩", "月度", "季度", "半年度", "年度", "年终", "工作", "综合", "量化", "目标", "岗位", "关键", "KPI", "个人", "的",
    "-", "—", "－", "_", " ", "\u3000", "\t",
)  # fmt: skip
_BRACKETS: Final = "(（【[]】）)"
_LONGEST_NAME: Final = 24
_SHORTEST_INDICATOR: Final = 3
_LONGEST_SHARE: Final = 5
_LONGEST_INDICATOR: Final = 24
_IN_NAMES: Final = frozenset("/、（）()")
# How far behind the heading the head of the table ends, and the first row begins.
_HEAD_LOOK: Final = 240
_ROW_LOOK: Final = 60
_MOST_LISTS: Final = 6
_LONGEST_LIST: Final = 400
_SHARE: Final = ("权重", "分值", "配分", "比重", "标准分", "满分", "占比")
_DEFINED: Final = ("指标定义", "指标说明", "指标描述", "指标解释", "项目定义", "项目说明", "项目描述")
_OF_NAMES: Final = ("指标", "项目", "考评项", "考核项", "考评分项", "考核分项", "考核内容", "考评内容", "工作任务")
# Where the table ends: who signs, what is remarked.
_BEHIND: Final = (
    "备注:", "备注：", "考核人签", "被考核人", "签字:", "签字：", "签名:", "签名：", "合计", "总分", "总计", "填写说明", "填表说明",
    "说明:", "说明：", "您可能关注",
)  # fmt: skip
_FIGURE: Final = re.compile(r"(?:[≥≤<>＜＞]|不?[超高低少大多小][于过])?\s?\d[\d.,]{0,9}\s?[%％‰]?[^\d，。；,;]{0,6}")
_WAYS: Final = ("每", "扣", "得分", "计算", "不足", "加分")
# Within a row: the name, then what it weighs.
_ROW_NAME: Final = re.compile(r"([^\d%％。；;]{2,40}?)[ \t\u3000]{0,4}\d{1,3}(?:\.\d)?[ ]?[%％分]")
_FEWEST: Final = 2
_RULE: Final = "heading: appraisal"


def read_appraisal_sheets(page: Page) -> Iterator[tuple[Span, Reading]]:
    """The sheets of a page whose heading names a post, each with the stretch that it takes."""
    if not page.holds(_SIGNS):
        return
    sheets = [*_SHEET.finditer(page.value)]
    done = 0
    for sheet, following in zip(sheets, [*sheets, None][1:], strict=True):
        line = page.lines[page.line_index(sheet.start())]
        name = _post_before(page, max(line.body, done, sheet.start() - _LONGEST_NAME), sheet.start())
        name = name or _post_behind(page, sheet.end())
        if name is None:
            continue
        stop = len(page.value)
        if following:
            stop = page.lines[page.line_index(following.start())].start
            stop = stop if stop > sheet.end() else following.start()
        found = _indicators(page, sheet.end(), stop)
        if len(found) >= _FEWEST:
            done = stop
            end = page.text.value_span(found[-1].start, found[-1].end).end
            yield (
                Span(min(sheet.start(), name.start), end),
                _reading(page, name, _unit_behind(page, sheet.end()), found, end),
            )


def _post_before(page: Page, start: int, end: int) -> Span | None:
    """The post that fills the line before the word for the sheet."""
    while start < end and page.value[start] in _BRACKETS:
        start += 1
    while kind := next((kind for kind in (*_KINDS, *_BRACKETS) if page.value.endswith(kind, start, end)), ""):
        end -= len(kind)
    span = page.trim(start, end)
    return span if page.names.is_post(page.value[slice(*span)]) else None


def _post_behind(page: Page, start: int) -> Span | None:
    """The post that a label of the sheet's head names: 绩效考核表 部门：设备部 岗位：电工"""
    share = _first(page, _SHARE, start, start + _HEAD_LOOK)
    stop = share.start if share else start
    for hit in page.hits[bisect_left(page.hits, start, key=_hit_start) :]:
        if hit.start >= stop:
            break
        if hit.rule.field is not Field.TITLE or is_of_appraiser(page.value, hit.start):
            continue
        begin = page.trim(hit.end, stop).start
        words = page.names.cut(page.value[begin : begin + _LONGEST_NAME].partition("\n")[0])
        if count := page.names.first_post(words):
            return Span(begin, begin + len("".join(words[:count])))
    return None


def _unit_behind(page: Page, start: int) -> Entry | None:
    """The unit that a label of the sheet's head names, in the same line."""
    for hit in page.hits[bisect_left(page.hits, start, key=_hit_start) :]:
        if hit.start >= start + _HEAD_LOOK:
            break
        if hit.rule.field is not Field.DEPARTMENT:
            continue
        span = page.trim(hit.end, hit.end + _LONGEST_NAME)
        words = page.value[slice(*span)].lstrip(":：").split()
        if words and page.names.is_unit(words[0]):
            place = page.value.index(words[0], span.start)
            return page.entry(place, place + len(words[0]), _RULE)
    return None


def _first(page: Page, words: Sequence[str], start: int, stop: int) -> Span | None:
    """Where the first of some words stands in a stretch."""
    places = [(place, word) for word in words if (place := page.value.find(word, start, stop)) >= 0]
    return Span(min(places)[0], min(places)[0] + len(min(places)[1])) if places else None


def _holds(page: Page, words: Sequence[str], start: int, stop: int) -> bool:
    return any(page.value.find(word, start, stop) >= 0 for word in words)


def _is_plain(text: str) -> bool:
    """Whether a cell holds a number of at most three digits alone, as a share or as marks: 30, 12.5%, 20分"""
    number = text.rstrip("%％分 ")
    return number.replace(".", "", 1).isdecimal() and len(number) <= _LONGEST_SHARE


def _is_name(text: str) -> bool:
    """Whether a cell may name an indicator: letters alone, nothing of how it is marked."""
    if not _SHORTEST_INDICATOR <= len(text) <= _LONGEST_INDICATOR or any(way in text for way in _WAYS):
        return False
    return all(char.isalpha() or char in _IN_NAMES for char in text)


def _hit_start(hit: Hit) -> int:
    return hit.start


def _indicators(page: Page, start: int, stop: int) -> list[Entry]:
    """The indicators of the table whose head stands right behind a place."""
    share = _first(page, _SHARE, start, min(stop, start + _HEAD_LOOK))
    if share is None or not _holds(page, _OF_NAMES, start, share.start):
        return []
    places = [page.value.find(word, share.end, stop) for word in _BEHIND]
    stop = min((place for place in places if place >= 0), default=stop)
    if page.value.find("\n", share.start, share.start + _ROW_LOOK) < 0:
        rows = numbered_rows(page, share.end, stop, _ROW_LOOK)
        for _ in range(_MOST_LISTS):  # the numbers begin anew: 定性考核1出勤…定量考核1故障率…
            more = numbered_rows(page, rows[-1].start, stop, _LONGEST_LIST) if rows else []
            if len(more) < _FEWEST or more[0].start <= rows[-1].start:
                break
            rows += more
        return _of_rows(page, rows)
    is_defined = _holds(page, _DEFINED, start, share.start)
    return _of_cells(page, share.end, stop, is_defined=is_defined)


def _of_rows(page: Page, rows: Sequence[Span]) -> list[Entry]:
    """The indicators of rows that each begin with a number: 1账物相符率30%每低1%扣2分2货损率…"""
    names = [_ROW_NAME.match(page.value, *row) for row in rows]
    if sum(map(bool, names)) * 2 <= len(rows):
        return []
    return [
        page.entry(*(page.trim(*name.span(1)) if name else row), _RULE) for name, row in zip(names, rows, strict=True)
    ]


def _of_cells(page: Page, start: int, stop: int, *, is_defined: bool) -> list[Entry]:
    """The indicators of a table with a cell a line: a name right before a figure, and what is asked of it, where two
    figures follow; a cell over several rows before a name names no indicator. `is_defined`: what an indicator means stands
    between its name and the figure."""
    lines = page.lines[page.line_index(start) + 1 : page.line_index(stop - 1) + 1]
    cells = [page.trim(line.start, line.end) for line in lines]
    texts = [page.value[slice(*cell)] for cell in cells]
    found: list[Entry] = []
    step = 2 if is_defined else 1
    for at, text in enumerate(texts[:-step]):
        if not _is_name(text) or not _FIGURE.fullmatch(texts[at + step]):
            continue
        target = at + step
        if _is_plain(texts[target]) and target + 1 < len(texts) and _FIGURE.fullmatch(texts[target + 1]):
            target += 1
        is_asked = target > at + step or not _is_plain(texts[target])
        entry = joined(page, cells[at], cells[target], _RULE) if is_asked else page.entry(*cells[at], _RULE)
        found.append(entry)
    return found


def _reading(page: Page, name: Span, unit: Entry | None, found: Sequence[Entry], end: int) -> Reading:
    raw = page.text.raw_span(name.start, end)
    title = page.entry(*name, _RULE)
    role = FoundRole(title, department=unit, kpis=tuple(found), layout="appraisal", start=raw.start, end=raw.end)
    return Reading((role,), (), None, ((name.start, end),), "appraisal")
