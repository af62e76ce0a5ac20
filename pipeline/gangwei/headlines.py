"""Headlines of advertisements: 公司-职位-城市, 【城市】某公司招聘某职位 2名, 内推｜某公司｜某部."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.headline_parts import LONGEST_COMPANY, LONGEST_PLACE, LONGEST_TITLE, Part, parts_of
from gangwei.model import Span
from gangwei.page import Page
from gangwei.rulebook.titles import TitleRules

LONGEST_HEADLINE: Final = 70
_MOST_OTHERS: Final = 2
_FEWEST_BESIDE: Final = 3
_OF_OFFICES: Final = re.compile("(?<!服务)(?<!经营)(?<!门诊)部$|[处科室组课队班股系办]$|中心$|委员会$")
_SHORT_NAME: Final = 4
_ABOUT: Final = "关于"
_CLOSED: Final = ("；", ";", "。")
_LONGEST_META: Final = 16
# Who is wanted, with how many: 护士长1名、护士3名
_COUNTS: Final = re.compile("[\\d一二两三四五六七八九十][名位](?:$|[、，, ])")
_REMARK_AT_END: Final = re.compile(r"[(（][^()（），,、；;/\d ]{0,16}[，,、；;/\d ][^()（）]{0,24}[)）]$")
# Paths through a site, boxes to tick, addresses.
_NO_HEADLINE: Final = re.compile(
    r"\s[>›»]\s.*\s[>›»]\s|[>›»]{2}|[☑□☐√✓✔]|://|\w@[A-Za-z0-9]|[。；？]|[！!](?=[^\n]{0,70}\w)"
)
_NO_NAME: Final = re.compile(
    r"[，。；！？?!;：:]|公开|拟|我们|你们|加入|欢迎|福利|待遇|高薪|以下|下列|各类|多个|多名|若干|想要|想找|急需|现在|现因|目前|因业务|面向|http|www|@"
)
# Whom a notice calls for, not who calls: 科级干部招聘公告.
_PEOPLE: Final = re.compile(
    "(?:者|菁英|精英|干部|人员|员工|人才|职工|教师|毕业生|大学生|学生|博士|硕士|编制|岗位|职位|专业|编外|社会|年|次|批)$"
)
# 2023转职首选
_DATED: Final = re.compile("[\"']?(?:\\\\U[0-9A-F]{8}[ ]?)?(?:19|20)\\d\\d(?!年)")
# An employer who calls himself so names nobody.
_OURSELVES: Final = re.compile(
    "[(（]?该|(?:我们|本|该)?团队|(?:本|我|该|贵|敝|某|各|现)(?:公司|司|集团|单位|中心|机构|企业|商行|门店|分店|[院校厂店所行馆社会园])|我们|以上|以下|因|由于"
)
# What labels a headline on boards and employs nobody.
_NO_EMPLOYERS: Final = frozenset(
    [
        "基本",
        "其他",
        "具体",
        "标题",
        "主题",
        "主旨",
        "题目",
        "信息",
        "分类",
        "类别",
        "看板",
        "发信人",
        "发布者",
        "转帖",
        "求才",
        "今日",
        "今天",
        "本周",
        "最新",
        "近期",
        "本月",
        "Issue",
        "summary",
        "description",
        "title",
        "name",
        "jobname",
        "position",
    ]
)
# How somebody is wanted, and why: 远程工作 - 前端工程师, 扩编征才
_HOW: Final = re.compile(
    "(?:扩[编招]|增[补额]|新增|团队扩编|[远程端]{2}|居家|线上|在家|异地|弹性|长期|短期)(?:工作|办公|上班|职缺|招募)?$"
)
_TALK: Final = re.compile("[是在有于为让把被将吗呢吧啊么哪谁都也就]|怎么|如何|怎样|什么|为什么|的")


class Headline(NamedTuple):
    """What a headline names, as places in the page; `is_call` where it calls for people, `is_sure` where the post is one by its name."""

    title: Span | None
    company: Span | None
    unit: Span | None
    is_call: bool
    is_sure: bool


def read_headline(page: Page, start: int, end: int) -> Headline | None:
    """What a line names that may be a headline; None where it names nothing or says more than a headline does."""
    if not 2 <= end - start <= LONGEST_HEADLINE or _NO_HEADLINE.search(page.value, start, end):
        return None
    parts = list(parts_of(page, start, end))
    calls = [index for index, part in enumerate(parts) if part.kind == "call"]
    is_call = bool(calls) or any(part.kind == "aside" for part in parts)
    title = _title(parts)
    is_sure = title is not None
    if title is None and calls:
        behind = (_named(page, part) for part in parts[calls[-1] + 1 :] if part.kind == "other")
        title = next((part for part in behind if part and _may_name(page, part) and not _goes_on(page, part)), None)
    if title is None and not calls:
        calls = [index for index in range(1, len(parts) - 1) if _calls_between(page, parts[index])]
        after = parts[calls[-1] + 1] if calls else None
        title = after if after and after.kind == "other" and _may_name(page, after) else None
    others = [part for part in parts if part.kind == "other" and (title is None or part.start != title.start)]
    if (title is None and not is_call) or (len(others) > _MOST_OTHERS and not calls):
        return None
    if not is_call and any(_TALK.search(page.value, part.start, part.end) for part in others):
        return None
    unit = next((part for part in parts if part.kind == "unit"), None)
    company = _company(page, parts, title, calls, others, is_call=is_call)
    unit = None if unit == company else unit
    if title is None and company is None:
        return None
    if title and not is_sure and company is None:
        return None  # 征才快讯, 招聘季
    return Headline(
        Span(title.start, title.end) if title else None,
        _undated(page, company) if company else None,
        Span(unit.start, unit.end) if unit else None,
        is_call,
        is_sure,
    )


def _calls_between(page: Page, part: Part) -> bool:
    """Whether a part is nothing but a call for people: 某某书院 招聘 伴读"""
    return part.kind == "aside" and page.value[part.start : part.end] in page.rules.titles.ad_starts


def _undated(page: Page, company: Part) -> Span:
    """Where an employer's name stands, without the year before it: 2015年 某某广告公司"""
    year = page.value[company.start : company.end].partition("年")[0]
    start = company.start
    if len(year) == len("2015") and year.isdecimal():
        start += len(year) + 1
        while start < company.end - 1 and page.value[start] in "度 \u3000":
            start += 1
    return Span(start, company.end)


def _title(parts: Sequence[Part]) -> Part | None:
    """The part that names the post: the one right behind the employer, or else the first."""
    behind = (part for before, part in pairwise(parts) if before.kind == "company" and part.kind == "title")
    return next(behind, None) or next((part for part in parts if part.kind == "title"), None)


def may_call(page: Page, start: int, end: int) -> bool:
    """Whether a line holds any word that can make it a call for people: most hold none."""
    return _call_words(page.rules.titles).search(page.value, start, end) is not None


def names_both(page: Page, start: int, end: int) -> bool:
    """Whether a line is a call for people that names the employer and the post."""
    headline = read_headline(page, start, end) if may_call(page, start, end) else None
    return headline is not None and headline.title is not None and headline.company is not None


@lru_cache(4)
def _call_words(rules: TitleRules) -> re.Pattern[str]:
    words = (*rules.ad_starts, *sorted(rules.ad_asides), *sorted(rules.ad_headings))
    return re.compile("|".join([*map(re.escape, words), "岗位|职位|职缺|Position|招人|招工|招新"]))


def is_beside_posts(page: Page, start: int, end: int) -> bool:
    """Whether a line holds only what advertisements say beside a post: 南宁 | 3-5年 | 中专 | 招4人."""
    if end - start > LONGEST_HEADLINE:
        return False
    parts = list(parts_of(page, start, end))
    others = [part for part in parts if part.kind not in ("meta", "aside", "call")]
    if others and (len(parts) < _FEWEST_BESIDE or len(others) > 1):
        return False
    return len(parts) > 1 and all(part.kind == "other" and part.end - part.start <= LONGEST_PLACE for part in others)


def is_meta(page: Page, start: int, end: int) -> bool:
    """Whether a line holds counts, places, pay, dates, schooling and nothing else: 深圳-龙岗区, 招3人, 05-20发布. What a
    mark closes stands in a list: 大专以上学历；"""
    return (
        page.value[end : end + 1] not in _CLOSED
        and end - start <= _LONGEST_META
        and all(part.kind in ("meta", "aside") for part in parts_of(page, start, end))
    )


def _company(
    page: Page, parts: list[Part], title: Part | None, calls: list[int], others: list[Part], *, is_call: bool
) -> Part | None:
    """The part that names the employer: by its ending, right before the call, or beside the post."""
    if named := _company_by_name(page, parts, title):
        return named
    if page.value.count("\t", parts[0].start, parts[-1].end) > 1:
        return None  # a row of a table of vacancies
    if calls and not (calls[-1] == 0 and others and title and title.kind == "title"):  # 【招聘】某某游戏 - 测试员
        near = parts[max(0, calls[-1] - 1)]
        if near.kind == "unit" and not _OF_OFFICES.search(page.value, near.start, near.end):
            return near  # 跃风供应链 招 数据分析师
        before = [part for part in parts[: calls[-1]] if part in others]
        return next(_employing(page, before[::-1]), None)
    fitting = list(_employing(page, others))
    if title is None:
        return fitting[0] if is_call and len(fitting) == 1 else None
    return next((part for part in fitting if part.end <= title.start), None)


def _company_by_name(page: Page, parts: Sequence[Part], title: Part | None) -> Part | None:
    """The part that is an employer's name by its ending. One that ends with a line of business may say in which of an
    employer's lines the post is: behind the post (后端工程师-跨境电商), and behind the employer (某某集团 - 国际物流 - 仓管员)."""
    before = None
    for part in parts:
        if part.kind == "company":
            if not page.value[part.start : part.end].endswith(page.rules.titles.company_generic):
                return part
            if title is None or part.start < title.start:
                return before or part
        before = part if part.kind == "other" and may_employ(page, page.value[part.start : part.end]) else None
    return None


def _employing(page: Page, parts: Sequence[Part]) -> Iterator[Part]:
    """The parts that may be employers' names, without what says that a page is about one: 关于青禾书屋 - 诚聘英才"""
    for part in parts:
        bare = _bare(page, part)
        if page.value.startswith(_ABOUT, bare.start) and bare.end - bare.start >= _SHORT_NAME:
            bare = bare._replace(start=bare.start + len(_ABOUT))
        if may_employ(page, page.value[bare.start : bare.end]):
            yield bare


def _bare(page: Page, part: Part) -> Part:
    """The part without a remark in a bracket at its end: 某某教育（A 轮，天河）; a place belongs to the name."""
    match = _REMARK_AT_END.search(page.value, part.start, part.end)
    return part._replace(end=match.start()) if match else part


def _named(page: Page, part: Part) -> Part | None:
    """The part without counts and codes before and behind it."""
    name = page.names.post(page.value[part.start : part.end])
    return part._replace(start=part.start + name.start, end=part.start + name.end) if name else None


def _may_name(page: Page, part: Part) -> bool:
    """Whether the words behind a call may name a post that no word of ours ends."""
    return may_be_wanted(page, page.value[part.start : part.end])


def may_be_wanted(page: Page, text: str) -> bool:
    """Whether a text may name a post that no word of ours ends: 网络销售精英."""
    if not 2 <= len(text) <= LONGEST_TITLE or _NO_NAME.search(text):
        return False
    return not text.endswith(page.rules.titles.ad_notices) and "、" not in text


def _goes_on(page: Page, part: Part) -> bool:
    """Whether a part is the first clause of a sentence, or talks as one does: 去山里，和孩子读一本书"""
    return (
        page.value[part.end : part.end + 1] in ("，", ",", "、")
        or _TALK.search(page.value, part.start, part.end) is not None
    )


def may_employ(page: Page, text: str) -> bool:
    """Whether what stands before a call for people may be the name of who calls."""
    if (
        text in page.rules.titles.company_heads
        or not 2 <= len(text) <= LONGEST_COMPANY
        or _NO_NAME.search(text)
        or text in page.rules.labels
    ):
        return False
    if (
        text in _NO_EMPLOYERS
        or _DATED.match(text)
        or _OURSELVES.match(text)
        or _HOW.match(text)
        or _PEOPLE.search(text)
        or _TALK.search(text, text.startswith("有") and len(text) <= _SHORT_NAME)  # 有赞
        or _COUNTS.search(text)
        or text.count("/") > 1  # 英语/法语/西语 海外运营
        or page.names.is_post(text)
    ):
        return False
    return not page.rules.senses.duty.match(text) and text not in page.rules.titles.ad_headings
