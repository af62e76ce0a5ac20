"""Prose that calls for somebody and goes on with what he is to do: 某厂现招聘机长一名，负责四色机的操作。"""

from __future__ import annotations

import re
from typing import Final

from gangwei.head import Head, make_head
from gangwei.headlines import may_be_wanted, may_employ
from gangwei.model import Entry, Span
from gangwei.page import Line, Page
from gangwei.titles import Heading

_SHORTEST: Final = 18
_CALL_ENDS: Final = frozenset("！!。：:")
_QUOTES: Final = frozenset('“"「『')
_SHORTEST_CALL: Final = 8
_LOOK: Final = 110
_LONGEST_COMPANY: Final = 24
_CALL: Final = re.compile(
    r"(?:(?:面向(?:社会|全国|全社会|校园)?|公开|长期|高薪|诚意|诚挚|现|拟|另|急|诚|欲|需|特|因故|常年|大量|对外){0,6}"
    r"(?:招聘|诚聘|聘请|招募|招收|征聘|急聘|急招|诚招|诚邀|诚征|征求|寻找|寻求|物色|急需|招|聘|征|寻|找))"
    r"(?P<one>[ ]?(?:\d{1,2}|[一两三几])[ ]?[位名个])?"
    r"(?P<post>(?:[^\s，,。；;：:！!？?、]|(?<=[A-Za-z+#)）]) (?=\S)| (?=[A-Z])){2,24}?)"
    r"(?P<count>[ ]?[（(]?(?:共|各)?[ ]?(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|若干|数)[ ]?[名位人个][）)]?)?"
    r"(?P<end>[，,。；;：:！!]|\s|加入|来(?:到|负责|协助|帮)|担任|$)"
)
# One of these stands in each.
CALLS: Final = ("招", "聘", "征", "寻", "找", "诚邀", "物色", "急需")
_ENGLISH_CALL: Final = re.compile(
    r"(?:looking for|hiring|seeking|recruiting|in search of|need) (?:(?:an?|the|one|several|more|\d{1,2}) )?"
    r"(?P<post>[A-Z][A-Za-z/&()+# -]{2,40}?)(?P<end>,|\.|!|:| to | who | for | with | in | and will |$)"
)
_ENGLISH_CALLER: Final = re.compile(
    r"(?!We\b|We're|Now\b|Our\b)(?P<name>[A-Z][\w&'’. -]{1,40}?) (?:is|are)(?: now| currently)? $"
)
# Behind what somebody does: 网络销售|精英
_PEOPLE: Final = re.compile("(?<=..)(?:精英|达人)$")
_BRANCH: Final = re.compile("[（(][^（()）]{1,10}[)）]$")
_CLAUSE: Final = re.compile("[，,。；;：:！!】\\]\\s]")


# Who reports of a vacancy calls for nobody.
_REPORTS: Final = re.compile(
    r"记者[ ]?[\u4e00-\u9fff]{2,4}[ ]?[/／|][^\n]{0,8}(?:报导|报道)|(?:综合|即时|编译|整理|实习|本报|本台)(?:报导|报道)|本[报台网]讯"
    r"|讯[ ]?[（(](?:通讯员|记者)|[（(](?:图|文|图文|图片)[/／][^()（）\n]{1,30}[)）]"
)
_REPORTERS: Final = ("报导", "报道", "本报讯", "记者", "/", "／")


# In the prose of a notice: 因工作需要，某某林场现面向社会公开招聘护林员2名
_RECRUITING: Final = re.compile(
    r"(?:^|[，,。 ])(?P<name>[\u4e00-\u9fff（）()]{4,24}?)(?:因[^，。]{2,20}[，,])?(?:现|拟|计划|决定|将|经研究|欲|特){1,3}(?:面向[^，。；\n]{2,14}?)?"
    r"(?:公开|统一|择优)?(?:招聘|招募|招录|选聘|招收|诚聘|引进|聘用)"
)
_HOUSE: Final = re.compile(
    "[^是在为对的以按将，。]{2,20}(?:[局处院校馆站所厂社会园署厅委区]|中心|政府|街道|公司|集团|大学|中学|小学|[林农牧]场|团队|课题组|实验室)$"
)
_RECRUITS: Final = ("招聘", "招募", "招录", "选聘", "招收", "诚聘", "引进", "聘用")
_NOTICE_LINES: Final = 8
_LONGEST_NOTICE: Final = 160


def recruiting_employer(page: Page) -> Entry | None:
    """The employer of whom the prose of a notice says that he wants people."""
    if not page.holds(_RECRUITS):
        return None
    for line in page.lines[:_NOTICE_LINES]:
        match = _RECRUITING.search(page.value, line.body, min(line.end, line.body + _LONGEST_NOTICE))
        if match and _HOUSE.match(match["name"]) and may_employ(page, match["name"]):
            return page.entry(*match.span("name"), "company that wants people")
    return None


def calls_for_people(page: Page) -> bool:
    """Whether a page may hold prose that calls for somebody, and is no report."""
    return page.holds(CALLS) and not (page.holds(_REPORTERS) and _REPORTS.search(page.value))


def read_call(page: Page, line: Line, index: int) -> Head | None:
    """The head that a line of prose makes whose first sentence calls for a post; what follows is said of it."""
    value = page.value
    is_above = page.marks.last[index] in _CALL_ENDS and _is_above_text(page, index)
    if line.end - line.body < (_SHORTEST_CALL if is_above else _SHORTEST) or value[line.body] in _QUOTES:
        return None  # an example, in quotes
    stop = min(line.end, line.body + _LOOK)
    first_end = value.find("。", line.body, stop)
    for match in _CALL.finditer(value, line.body, stop):
        if 0 <= first_end < match.start() or (line.end - match.end() < _SHORTEST // 2 and not is_above):
            return None
        company = _company_before(page, line, match.start())
        is_near = match.start() == line.body or company is not None
        is_counted = bool(match["count"] or match["one"])
        if not (is_counted or company) or not (is_near or is_counted):
            continue
        said = match["post"].rpartition("的")[2] if match["one"] else match["post"]  # 一位做早班的|面包师傅
        name = page.names.post(said) if len(said) > 1 else None
        if name is None or not (
            page.names.is_post(name.text)
            or ((is_above or company is not None) and is_counted and may_be_wanted(page, _PEOPLE.sub("", name.text)))
        ):
            continue
        if match["end"].isspace() and not is_counted:
            continue
        offset = match.end("post") - len(said) - line.body
        name = name._replace(start=name.start + offset, end=name.end + offset)
        end = line.end if line.end - match.end() < _SHORTEST // 2 else match.end()
        head = make_head(page, Heading("post", name, ""), line, index, line.body, end)
        return head._replace(strength=3, company=company, in_list=True)
    if "A" <= value[line.body] <= "Z" and (called := _ENGLISH_CALL.search(value, line.body, stop)):
        name = page.names.post(called["post"])
        if name and page.names.is_post(name.text):
            offset = called.start("post") - line.body
            name = name._replace(start=name.start + offset, end=name.end + offset)
            end = value.find(". ", called.end("post"), line.end) + 1 or line.end
            employer = _ENGLISH_CALLER.match(value, line.body, called.start())
            company = Span(*employer.span("name")) if employer else None
            head = make_head(page, Heading("post", name, ""), line, index, line.body, end)
            return head._replace(strength=3, company=company)
    return None


def _is_above_text(page: Page, index: int) -> bool:
    """Whether a heading that speaks of the post, a label or a list begins in the line below."""
    if index + 1 == len(page.lines):
        return False
    return page.marks.label[index + 1] >= 0 or page.lines[index + 1].ordinal >= 0


def _company_before(page: Page, line: Line, place: int) -> Span | None:
    """The employer who stands right before a call for people: the clause before it, or what ends it."""
    clauses = [match.end() for match in _CLAUSE.finditer(page.value, line.body, place)]
    start = clauses[-1] if clauses else line.body
    text = _BRANCH.sub("", page.value[start:place].strip())
    if not 2 <= len(text) <= _LONGEST_COMPANY:
        return None
    start = page.value.index(text, start)
    if page.names.is_company(text) or (start == line.body and may_employ(page, text)):
        return Span(start, start + len(text))
    return None
