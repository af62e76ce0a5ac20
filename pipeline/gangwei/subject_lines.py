"""Lines whose sentence has a post or a unit for its subject: 4.3 研发部负责…, 第七条 通风工负责…, 厂长是安全生产第一责任人"""

from __future__ import annotations

import re
from typing import Final

from gangwei.head import Head, make_head
from gangwei.lead_ins import read_subject
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.titles import Heading

_LONGEST_NAME: Final = 24
_LONGEST_SUBJECT: Final = 40
_OF_POSTS: Final = re.compile(
    "(?:全面|主要|直接|具体|统一)?(?:负责|承担|主持|主管|分管|领导|协助|综理|襄理|掌理|办理|统筹|管理|履行|侧重于|专注于)"
    "|是[^，。；]{0,40}(?:责任[人者]|负责人|组织者|管理者|领导者)|对[^，。；]{2,24}负(?:责|[^，。；]{0,6}责任)"
)
# Who answers for something: 厂长是安全生产第一责任人，…; 车间主任对本车间的安全生产负直接责任
BEARS: Final = re.compile(
    "(?:需|应当?|须|必须|要)?对[^，。；,;]{2,30}(?:负|承担)|(?:是|为)[^，。；,;]{2,24}(?:责任|负责)[人者]"
)
# What may stand between a name and what its holder does: 出纳的主要职责是负责…, 记账员则负责…, 经理受董事长委托负责…
_TELLS_DUTIES: Final = re.compile("的(?:主要|具体|基本|工作|岗位){0,2}职责(?:主要)?(?:是|为|包括|有)[:：]?")
_BETWEEN: Final = re.compile(f"{_TELLS_DUTIES.pattern}|则|受[^，。；]{{2,10}}委托[，,]?|作为[^，。；]{{2,20}}[，,]")
_NO_SUBJECTS: Final = ("建立", "明确", "实行", "设立", "成立", "确定", "任命", "选举", "按", "以")
# What somebody ought to do, whose name stands before it.
_OUGHT: Final = re.compile("(?:应当?|必须|须|需要?|要|不得)(?=[\u4e00-\u9fff])")
_HOLDER: Final = re.compile(
    "(?P<name>[\u4e00-\u9fff]{1,10}(?:人员|者|领导|干部))(?=(?:主要|全面|具体|直接)?负责|应|必须|须|需|要|不得|认真|严格|则|的[主具基工岗职])"
)
# Whoever bears it, a post that we know or not: 井下各队、班组长对所管辖范围内的安全负直接责任
_BEARER: Final = re.compile(
    "(?P<name>(?!本|我|该|此|其|这|凡|对|全体|任何)[\u4e00-\u9fff、]{2,20}(?:[(（][\u4e00-\u9fff、]{1,8}[)）][\u4e00-\u9fff、]{0,8})?)"
    "(?=(?:是|为)[^，。；,;]{2,24}(?:责任|负责)[人者]|对[^，。；,;]{2,36}(?:负[^，。；,;]{0,6}责|负责))"
)
_OF_UNITS: Final = re.compile("(?:主要|具体|统一)?(?:负责|承担|掌理|办理|主管|归口管理)")
# Who leads a unit, and does not only look after something: 储运部|主管负责…
_LEADER: Final = re.compile("(?:主管|经理)(?=(?:全面|主要|具体|直接)?(?:负责|主持|领导|组织|协助))")
_OF_OFFICES: Final = re.compile("(?:部门|车间|班组|小组|单位|部|科|处|室|课|组|股|中心|委员会|所|站|队|办|会)$")
_MOST_UP: Final = 3
_FARTHEST_CHAPTER: Final = 12
_CHAPTERS: Final = frozenset(["章", "节", "han", "han_paren"])
_DUTIES: Final = re.compile(
    "(?:管理|工作|安全|主要|部门|岗位|相关){0,3}(?:职责|责任|分工)(?:[与和及](?:权限|分工|职权))?[:：]?"
)
_ALLOTS: Final = re.compile("职责|分工|职能|职掌|责任|机构|分别|负责|执掌|掌理")


def subject_line(page: Page, line: Line, index: int) -> Head | None:
    """The head of a numbered line whose sentence has a post or a unit for its subject: 4.3 研发部负责…"""
    value = page.value
    is_bullet = line.ordinal >= 0 and page.ordinals[line.ordinal].style == "bullet"
    if is_bullet or page.marks.last[index] in ":：":
        return None
    near = line.body + _LONGEST_NAME
    near = near if near < line.end else line.end
    ought = _OUGHT.search(value, line.body, near)
    if not (
        ought
        or _OF_POSTS.search(value, line.body, near)
        or BEARS.search(value, line.body, min(line.end, line.body + 2 * _LONGEST_SUBJECT))
        or is_right_below_duties(page, line, index)
    ):
        return None
    subject = read_subject(page, value[line.body : min(line.end, line.body + _LONGEST_SUBJECT)])
    bearer = _BEARER.match(value, line.body, line.end)
    if bearer and not (subject and subject[0] == "post"):
        subject = ("unit" if page.names.is_unit(bearer["name"]) else "post", bearer["name"])
    if (subject is None or subject[0] == "unit") and (holder := _HOLDER.match(value, line.body, line.end)):
        subject = ("post", holder["name"])
    if subject is None and ought and page.names.is_post(value[line.body : ought.start()]):
        subject = ("post", value[line.body : ought.start()])
    if subject is None or subject[1].startswith(_NO_SUBJECTS):
        return None
    kind, name = subject
    name += "人员" if kind == "post" and value.startswith("人员", line.body + len(name)) else ""
    behind = line.body + len(name)
    if kind == "unit" and (leader := _LEADER.match(value, behind)):
        kind, name, behind = "post", name + leader[0], leader.end()
    between = _BETWEEN.match(value, behind) if kind == "post" else None
    tells = _TELLS_DUTIES.match(value, behind) if between else None
    behind = between.end() if between else behind
    is_told = tells or (_OF_UNITS.match(value, behind) if kind == "unit" else _OF_POSTS.match(value, behind))
    is_told = is_told or (BEARS.match(value, behind) if kind == "post" else None)
    is_guess = not is_told and kind == "post"
    is_guess = is_guess and (_OUGHT.match(value, behind) or page.rules.senses.duty.match(value, behind)) is not None
    if not (is_told or is_guess) or (kind == "unit" and not _OF_OFFICES.search(name)):
        return None
    heading = Heading(kind, Name(name, 0, len(name)), "")
    end = tells.end() if tells else line.body + len(name)
    return make_head(page, heading, line, index, line.body, end, mentions=True)._replace(is_guess=is_guess)


def is_allotted(page: Page, index: int) -> bool:
    """Whether the heading over a list says that it tells who does what: 人员分工, 4 职责."""
    over = line_over(page, index)
    return over >= 0 and _ALLOTS.search(page.value, page.lines[over].body, page.lines[over].end) is not None


def is_below_duties(page: Page, index: int) -> bool:
    """Whether the line above is a chapter's heading that says nothing but that duties follow: 3 职责"""
    above = page.lines[index - 1] if index else None
    return above is not None and above.ordinal >= 0 and _DUTIES.fullmatch(page.value, above.body, above.end) is not None


def is_right_below_duties(page: Page, line: Line, index: int) -> bool:
    """Whether a line is one of the first of two levels under a heading of duties: 3 职责⏎3.1 总裁批准…"""
    if line.ordinal < 0 or page.ordinals[line.ordinal].style != "two":
        return False
    return page.ordinals[line.ordinal].value % 100 <= _FARTHEST_CHAPTER and is_in_chapter_of_duties(page, index)


def is_in_chapter_of_duties(page: Page, index: int) -> bool:
    """Whether a numbered line stands in a chapter whose heading says nothing but that duties follow: 二、岗位职责⏎第三条 …"""
    line = page.lines[index]
    if line.ordinal < 0 or page.ordinals[line.ordinal].style != "条":
        over = line_over(page, index)
    else:
        places = range(index - 1, max(-1, index - _FARTHEST_CHAPTER), -1)
        over = next((place for place in places if _heads_chapter(page, page.lines[place])), -1)
    return over >= 0 and _DUTIES.fullmatch(page.value, page.lines[over].body, page.lines[over].end) is not None


def _heads_chapter(page: Page, line: Line) -> bool:
    style = page.ordinals[line.ordinal].style if line.ordinal >= 0 else ""
    return style in _CHAPTERS and line.end - line.body <= _LONGEST_NAME


def line_over(page: Page, index: int) -> int:
    """The line of the heading over the list in which a line stands; -1 where there is none."""
    first = page.lines[index].ordinal
    while first >= 0 and page.ordinals[first].before >= 0:
        first = page.ordinals[first].before
    top = page.line_index(page.ordinals[first].start) if first >= 0 else index
    for above in range(top - 1, max(0, top - _MOST_UP) - 1, -1):
        if page.lines[above].end - page.lines[above].body <= _LONGEST_NAME:
            return above
    return -1
