"""Pages on which several employers advertise: each one's name heads its own stretch of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from gangwei.headline_parts import is_generic
from gangwei.headlines import may_call, read_headline
from gangwei.model import Entry
from gangwei.page import Line, Page

_FEWEST: Final = 2
_LONGEST: Final = 44
_LONGEST_FELLOW: Final = 24
# A name alone in its line in brackets, first in what somebody writes: 【青鸟智能】
_IN_BRACKETS: Final = re.compile(r"[【\[](?P<name>[\u4e00-\u9fffA-Za-z]{2,12})[】\]]$")
_NO_NAME: Final = re.compile("[，。；：、！？,;:!?]|方式|时间|地点|要求|待遇|说明|事项")
# An employer's name is none of several things: 预订会议室、机票和酒店
_LISTS: Final = re.compile("[、，,；;]")
# What stands behind an employer's name in its line and says something of it: （上市公司）, 诚聘, 招聘启事
_REMARK: Final = re.compile(r"(?:(?<![ \t\u3000])[ \t\u3000]++)?[（(【\[][^（()）】\]]{1,24}[)）】\]]$")
_MARKS: Final = " \t\u3000【】[]〖〗《》*#_:：■●◆★▍▎—-"
# Where a job board begins to list the posts of others.
_OTHERS: Final = re.compile(
    "[#*■◆● ]*(?:(?:相似|类似|相关|推荐|其他|其它|更多|热门|最新|同类|附近|周边|该公司)(?:其他|其它)?的?(?:热门|在招)?(?:职位|岗位|招聘|工作|职缺|机会)"
    "|猜你喜欢|为[你您]推荐|看了又看|[^，。]{0,12}还(?:看|浏览|投)了)[^，。]{0,6}$"
)
_OTHERS_FIRSTS: Final = frozenset("#*■◆● 相类推其更热最同附周该猜为看")
_HAS_ENDS: Final = re.compile(
    "[司厂店院校所社行馆心园场部团队处]|[Ll]td|[Bb]hd|[Ii]nc|LLC|聘|招|[Ll]imited|征|务|技|业"
)


class Employer(NamedTuple):
    """An employer's name at [start:end] of the page, at the head of the line that begins at `line_start`."""

    start: int
    end: int
    line_start: int
    line_end: int


def employers_of(page: Page, taken: frozenset[int], stamps: Sequence[int]) -> tuple[Employer, ...]:
    """The employers that head stretches of a page, where there are two or more; `taken` are lines with heads, `stamps`
    the places where somebody else's text begins."""
    found: list[Employer] = []
    below = {page.line_index(stamp) + 1 for stamp in stamps}
    last = at = -_FEWEST
    others, labels = others_begin(page), page.marks.label
    for index, line in enumerate(page.lines):
        if index in taken:
            continue
        if line.start in others:
            break
        label = labels[index]
        # A label stands in nearly every line of a form.
        is_labelled = label >= 0 and line.start <= page.label_starts[label] < line.end
        may_name = not is_labelled and 4 <= line.end - line.body <= _LONGEST
        employer = _employer(page, line) if may_name else None
        if employer is None and found and line.ordinal >= 0:
            employer = _fellow(page, line, page.lines[at].ordinal)
        if employer is None and index in below and (match := _IN_BRACKETS.match(page.value, line.start, line.end)):
            employer = Employer(*match.span("name"), line.start, line.end)
        if employer:
            if index - last > 1:  # the line below is the same name in another language
                found.append(employer)
                at = index
            last = index
    names = {page.value[employer.start : employer.end] for employer in found}
    return tuple(found) if len(names) >= _FEWEST or (found and stamps) else ()


def others_begin(page: Page) -> set[int]:
    """Where lines begin that head a list of the posts of others: 附近的职位."""
    begins = page.marks.first
    is_seen = "还" in page.value  # 看了又看, 还看了: behind any words
    return {
        line.start
        for index, line in enumerate(page.lines)
        if (is_seen or begins[index] in _OTHERS_FIRSTS) and _OTHERS.match(page.value, line.body, line.end)
    }


def _fellow(page: Page, line: Line, last: int) -> Employer | None:
    """The employer on a line whose number goes on with that of an employer's line, though no word of ours ends its name."""
    if last < 0:
        return None
    ordinal, before = page.ordinals[line.ordinal], page.ordinals[last]
    if ordinal.style != before.style or ordinal.value != before.value + 1:
        return None
    name = page.value[line.body : line.end].rstrip(_MARKS)
    if not 3 <= len(name) <= _LONGEST_FELLOW or _NO_NAME.search(name):
        return None
    return Employer(line.body, line.body + len(name), line.start, line.end)


def _employer(page: Page, line: Line) -> Employer | None:
    """The employer that a line names and nothing else but a call for people."""
    value = page.value
    if not _HAS_ENDS.search(value, line.body, line.end):
        return None
    place = bisect_left(page.label_starts, line.start)
    if place < len(page.labels) and page.label_starts[place] < line.end:
        return None
    start, end = line.body, line.end
    while start < end and value[start] in _MARKS:
        start += 1
    while end > start and value[end - 1] in _MARKS:
        end -= 1
    if match := _REMARK.search(value, start, end):
        inner = value[start : match.start()]
        end = match.start() if page.names.is_company(inner) else end
    name = value[start:end]
    if _LISTS.search(name) or (" " in name and page.names.is_post(name.split()[0])):
        return None
    if page.names.is_company(name) and not is_generic(page, name) and not page.names.is_post(name):
        return Employer(start, end, line.start, line.end)
    headline = read_headline(page, line.body, line.end) if may_call(page, line.body, line.end) else None
    if headline and headline.company and headline.title is None and headline.is_call:
        return Employer(headline.company.start, headline.company.end, line.start, line.end)
    return None


def entry_of(page: Page, employer: Employer) -> Entry:
    """The employer's name as a value."""
    return page.entry(employer.start, employer.end, "employer above its posts")
