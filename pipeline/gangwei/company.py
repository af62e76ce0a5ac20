"""The employer that a document speaks of, where no label names it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

import ahocorasick_rs

from gangwei.calls import recruiting_employer
from gangwei.coined import find_coined
from gangwei.employer_words import GENERIC, NO_OWN_NAME, SENTENCE
from gangwei.form_starts import HEAD
from gangwei.headline_parts import is_generic
from gangwei.headlines import may_employ, read_headline
from gangwei.labels import Label
from gangwei.model import Entry, Field
from gangwei.page import Page
from gangwei.page_owner import likely_owner, owner_in_foot, page_owner
from gangwei.portraits import portrayed
from gangwei.rulebook.titles import TitleRules

_ENOUGH: Final = 2.0
# A name that begins within a bracket: 深圳）有限公司.
_UNCLOSED: Final = re.compile(r"^[^（(]*[)）]|[（(][^）)]*$")
_HEAD_LINES: Final = 8
_HEAD_LENGTH: Final = 1500
_LONGEST: Final = 26
_SHORTEST_OWN: Final = 2
_SHORTEST_REPEATED: Final = 4
_FEWEST_PLACES: Final = 2
_MOST_PLACES: Final = 12
# What follows an employer's name that stands alone at the head of a page.
_ALONE: Final = re.compile(r"\s{2,}|\t|[|｜]| (?=[A-Z(（])|$")
_HEADLINES: Final = 3
_ASKS: Final = re.compile("[?？]|什么|哪些|怎么|吗$")
_LONGEST_ASKED: Final = 60
# On a job board: who it is, what he does, how many he employs: 青禾书屋 文化娱乐 · 20-50人
_SIZED: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()]{2,20})[ \t\u3000|｜·/]{1,3}(?:[^\n，。；:：]{2,24}[ \t\u3000|｜·/]{1,3})?"
    r"(?:少于\d{1,5}人|\d{1,5}(?:[-~—至]\d{1,5}人|人以[上下]))$"
)
# Behind an employer's name in a document's head.
_DOCUMENT: Final = re.compile(
    r"[（(]?[^\n（()），。；,;]{0,8}[)）]?[\s:：|｜\-—_]*(?:[\u4e00-\u9fff]{0,8}?)"
    r"(?:岗位|职位|职务|组织|招聘|诚聘|征才|招人|招募|招新|诚征|文件|规程|制度|分工|说明|手册|管理|人力|职责|工作|机构|教学|运营|章程|规章|汇编|各级|应急预案|安全生产|安全管理)"
)
_DOCUMENT_AT_END: Final = re.compile(
    "[\u4e00-\u9fff]{0,10}(?:岗位|职责|制度|手册|规定|办法|招聘|启事|公告|说明书|简介|介绍|章程|规程)[^，。；,;]{0,8}$"
)
_COPYRIGHT: Final = re.compile(r"(?i:版权所有|版權所有|copyright|all rights reserved)|©|ICP[备備证]")
_LONGEST_FOOT: Final = 160
# Before it, in the same line: 招工啦！！某某厂
_CALLED: Final = re.compile("招工|招人|急招|急聘|诚聘|诚招|招贤|招募|招聘")
_OF_HOUSE: Final = re.compile(
    "(?!学校|医院|农村|乡镇|社区)[\u4e00-\u9fff]{1,8}?(协会|学会|联合会|商会|基金会|学生会|工作室|实验室|课题组|研究院|研究所|附属医院|医院|附属中学|附属小学|幼儿园|分公司|合作社)"
)
# Behind the name of a kind of employer: the name is that of a site.
_PART_BEHIND: Final = re.compile("(?:服务|管理)(?:中心|处|站)")
_ISSUED: Final = re.compile(
    r"(?:关于)?(?P<name>[\u4e00-\u9fff]{3,20}?(?:[局处院校馆站所厂社会园署厅库]|中心|公所|街道办事处|人民政府|大学|中学|小学|学院|农场|林场))"
    r"(?:\d{2,4}年?度?|第[一二三四五六七八九十\d]{1,3}次)?(?:第.次)?[^\n，。；]{0,16}?(?:招聘|诚聘|诚征|征才|征聘|甄选|招考|选聘|招募|招收|招录)[^\n，。；]{0,16}(?:公告|简章|启事|通告|公示|通知)"
)
_LAST_LINES: Final = 8
_DATE: Final = re.compile(r"(?:\d{4}|[一二三四五六七八九零〇○O]{4})\s?年.{1,8}月")
_NAME_START: Final = re.compile(r"(?<![\u4e00-\u9fffA-Za-z0-9·])(?=[\u4e00-\u9fffA-Za-z0-9·（）()])")
_BEFORE: Final = re.compile(
    r"^(?:[（(](?:荐|精|热|推荐|精选|最新)[）)]|(?:\d{4}年?度?)?(?:新?员工)?(?:入职|岗前|内部|上岗)?培训(?:教材|资料|课件)?|\d{4}年?度?|欢迎加入|加入我们|加入|[\u4e00-\u9fffA-Za-z]{2,8}隶属于|我们是|应征|应聘|关于|诚聘|招聘|聘请|内推|作者|来源|版权|转自|单位|公司|企业|名称)+[\s:：|｜]*"
)
_NOT_OF_NAMES: Final = ("热爱", "爱护", "健全", "建立", "完善", "加强", "关心", "熟悉", "进入", "离开", "配合", "各")
_TOLD_LINES: Final = 20
_LONGEST_TOLD: Final = 60
# A title with the employer's name set apart before it: 青禾书屋 · 店员手册
_TITLED: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16})[ ]?[·•|｜][ ]?[\u4e00-\u9fff]{0,10}(?:手册|守则|须知|岗位|职责|规范|架构|招聘|说明书|制度|分工)"
)
# An office whose rules a title says that these are: 某某县政府水利局办事细则
_OFFICE: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,24}(?:[局署厅处所院馆校站]|政府|公所))(?:办事细则|处务规程|组织规程|组织条例|组织自治条例|分层负责明细表)"
)
_WELCOME: Final = re.compile(
    r"(?:这里是|欢迎加入|欢迎来到|欢迎您?加入|成为(?=[^，。\n]{2,10}的一员))(?P<name>[\u4e00-\u9fffA-Za-z]{2,10}?)(?=[，。！!,]|的|这个|大家庭|研发|门店|团队|$)"
)
# A heading, or before where to write to: 加入青禾书屋, 加入青禾书屋，请将简历发至…
_JOIN: Final = re.compile(
    r"(?:欢迎)?加入(?P<name>[\u4e00-\u9fffA-Za-z]{2,10}?)(?:[！!]?$|[，,](?:请|欢迎)?[将把]?[您你]?的?简历)"
)
_KEPT_BY: Final = re.compile(
    r"(?:由|你是|我是)[ ]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{4,20}?)[ ]?(?:维护|运营|出品|开发|主办|的)"
)
# To a persona: 你是星野饮料的舆情分析师
_HOLDS: Final = re.compile(
    r"(?<![望待愿])你是(?!一|否|专业|资深|负责|擅长|优秀|经验|高级|顶级|全能|这|我)(?P<name>[\u4e00-\u9fffA-Za-z]{2,12})的(?P<post>[\u4e00-\u9fff]{2,12})(?=[，。,]|$)"
)


@lru_cache(4)
def _generic(rules: TitleRules) -> re.Pattern[str]:
    """Words that tell only what kind of employer it is: a name is made of more than these."""
    return re.compile(f"(?:{'|'.join(sorted(map(re.escape, rules.company_generic), key=len, reverse=True))})++$")


@lru_cache(4)
def _pattern(rules: TitleRules) -> re.Pattern[str]:
    legal = "|".join(sorted(map(re.escape, rules.legal_heads), key=len, reverse=True))
    kinds = "|".join(sorted(map(re.escape, rules.company_heads), key=len, reverse=True))
    # The group of letters that a name is made of is bounded, so that the search stays linear.
    return re.compile(
        rf"(?=(?P<name>[\u4e00-\u9fffA-Za-z0-9·（）()]{{2,{_LONGEST}}}?"
        rf"(?:(?P<legal>{legal})|(?P<kind>{kinds})(?!(?<=连锁)(?:[药酒书饭]店|药房|餐厅|超市|诊所|医院|公寓|便利店))(?![\u4e00-\u9fff]{{0,2}}(?:公司|集团|连锁|厂|学校|大学|学院|中学|小学|医院))(?![\u4e00-\u9fff（）()]{{0,10}}(?:{legal})))))"
    )


@lru_cache(4)
def _ends(rules: TitleRules) -> ahocorasick_rs.AhoCorasick:
    """The words that an employer's name ends with."""
    words = sorted(rules.legal_heads | rules.company_heads)
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _names(value: str, rules: TitleRules) -> Iterator[re.Match[str]]:
    """The names in a document's head, found from their ends: few words are one, and where none is, no name begins."""
    pattern, limit, done = _pattern(rules), min(len(value), _HEAD_LENGTH), 0
    for _, begin, end in _ends(rules).find_matches_as_indexes(value[:limit]):
        for start in _NAME_START.finditer(value, max(done, begin - _LONGEST), end):
            if match := pattern.match(value, start.start(), limit):
                yield match
        done = end


def find_company(page: Page) -> Entry | None:
    """The employer named in the head of a document or at the head of its forms, or None."""
    scores: dict[str, float] = {}
    places: dict[str, tuple[int, int]] = {}
    head_end = page.lines[min(_HEAD_LINES, len(page.lines)) - 1].end if page.lines else 0
    labels = [label for label in _labels_of_head(page) if label.rule is not HEAD]
    edges = [label.start for label in labels], list(accumulate([label.end for label in labels], max))
    for match in _names(page.value, page.rules.titles):
        name = match["name"]
        start = match.start("name")
        stop = start + len(name)
        if _UNCLOSED.search(name) or _touches_label(*edges, start, stop):
            continue
        if before := _BEFORE.match(name):
            start, name = start + before.end(), name[before.end() :]
        suffix = match["legal"] or match["kind"] or ""
        longer = _OF_HOUSE.match(page.value, start + len(name)) if match["kind"] else None
        if longer:
            name, suffix = name + longer[0], longer[1]  # a house within a house: 某学院 + 青年志愿者协会
        own = name[: name.rfind(suffix)] if suffix in name else ""
        if (
            len(own) < _SHORTEST_OWN
            or GENERIC.match(own)
            or _generic(page.rules.titles).match(own)
            or SENTENCE.search(own.removeprefix("有限责任"))
        ):
            continue
        # 某某物业服务中心 is a part of who is not named; 货运公司一般有哪些岗位？ is of the kind, not of one.
        is_part = bool(match["kind"]) and _PART_BEHIND.match(page.value, start + len(name)) is not None
        if is_part or (not name.endswith("有限公司") and _is_asked(page, start)):
            continue
        if match["kind"] and (own.startswith(_NOT_OF_NAMES) or page.rules.senses.duty.match(own)):
            continue  # 参加公司…的培训, 热爱学校
        end = start + len(name)
        if _is_in_item(page, name, start) or _is_of_site(page, start):
            continue
        at_line_start = any(
            line.body <= start <= line.body + 12 for line in page.lines[:_HEAD_LINES] if line.end >= end
        )
        if not (is_at_head := start < head_end and at_line_start) and not match["legal"]:
            continue
        score = 1.5 if match["legal"] else 1.0 if match["kind"] == "集团" else 0.2
        score += 0.8 * is_at_head + 0.4 * bool(longer) + _score_of_place(page, start, end, own)
        if name in scores:
            score = 0.5
        scores[name] = scores.get(name, 0.0) + score
        places.setdefault(name, (start, end))
    best = max(scores, key=lambda name: (scores[name], -places[name][0]), default=None)
    if best is None or scores[best] < _ENOUGH:
        return _named_elsewhere(page)
    # The whole name says more than its beginning: 某某集团 + 有限公司.
    best = next((name for name in scores if len(name) > len(best) and name.startswith(best)), best)
    return page.entry(*places[best], "company in the head")


def _score_of_place(page: Page, start: int, end: int, own: str) -> float:
    """How much what stands around a name says that it is an employer's."""
    score = 0.3 * (len(own) >= 4)
    line = page.lines[page.line_index(start)]
    if line.end == end and "的" not in own and _CALLED.search(page.value, line.start, start):
        score += 0.5
    if _DOCUMENT.match(page.value, end):
        score += 1.0
    following = page.value[end : end + 1]
    return score + 0.4 * (following in "\n\r （(|｜为，,_" or not following)


def _named_elsewhere(page: Page) -> Entry | None:
    """The employer whom something else than a name in the head of a document tells, the surest first."""
    return (
        page_owner(page)
        or _repeated(page)
        or find_coined(page)
        or _issued(page)
        or _headlined(page)
        or portrayed(page)
        or _signed(page)
        or recruiting_employer(page)
        or _told(page)
        or likely_owner(page)
        or owner_in_foot(page)
    )


def _touches_label(starts: Sequence[int], ends: Sequence[int], start: int, stop: int) -> bool:
    """Whether a label lies in a stretch or reaches into it; `ends` is where each ends, or one before it that reaches
    further."""
    nearest = bisect_left(starts, stop) - 1
    return nearest >= 0 and start < ends[nearest]


def _labels_of_head(page: Page) -> Sequence[Label]:
    """The labels in a document's head: only there names are looked for."""
    return page.labels[: bisect_left(page.label_starts, _HEAD_LENGTH)]


def _is_in_item(page: Page, name: str, start: int) -> bool:
    """Whether a name stands in a numbered or bulleted item that goes on behind it as a sentence does: (4)健全酒店的财务制度,
    1、确定公司年度招聘计划, • 星级酒店工作经验者优先."""
    line = page.lines[page.line_index(start)]
    if line.ordinal < 0 or name.endswith("有限公司"):
        return False
    end = start + len(name)
    if page.value[end : end + 1] in ("的", "，", ",", "、"):
        return True
    is_heading = page.ordinals[line.ordinal].style in ("han", "章", "节", "篇", "部分")
    is_within = "\u4e00" <= page.value[end : end + 1] <= "\u9fff"
    return is_within and not is_heading and _DOCUMENT_AT_END.match(page.value, end, line.end) is None


def _is_of_site(page: Page, place: int) -> bool:
    """Whether a line says whose the site is: 版权所有 © 某某科技有限公司 皖ICP备…"""
    line = page.lines[page.line_index(place)]
    return _COPYRIGHT.search(page.value, line.start, min(line.end, line.start + _LONGEST_FOOT)) is not None


def _is_asked(page: Page, place: int) -> bool:
    """Whether a line asks something."""
    line = page.lines[page.line_index(place)]
    return line.end - line.body <= _LONGEST_ASKED and _ASKS.search(page.value, place, line.end) is not None


def _told(page: Page) -> Entry | None:
    """The employer whose handbook a title says that this is, whom a line welcomes to, or who keeps a project."""
    for index, line in enumerate(page.lines[:_TOLD_LINES]):
        end = min(line.end, line.body + _LONGEST_TOLD)
        match = _TITLED.match(page.value, line.body, end) if index < _HEADLINES else None
        if index < _HEADLINES and (office := _OFFICE.match(page.value, line.body, line.end)):
            return page.entry(*office.span("name"), "company as told")
        if joined := _JOIN.match(page.value, line.body, end):
            match = match or (joined if may_employ(page, joined["name"]) else None)
        if (sized := _SIZED.match(page.value, line.body, line.end)) and not page.names.is_post(sized["name"]):
            match = match or sized
        match = match or _WELCOME.search(page.value, line.body, end)
        if match is None and (kept := _KEPT_BY.search(page.value, line.body, end)):
            match = kept if page.names.is_company(kept["name"]) else None
        if match is None and (held := _HOLDS.search(page.value, line.body, end)) and page.names.is_post(held["post"]):
            match = held
        if match is None:
            continue
        name = match["name"]
        if NO_OWN_NAME.search(name) or GENERIC.match(name) or is_generic(page, name) or name in page.rules.labels:
            continue
        if not (page.names.is_post(name) or page.names.is_unit(name) or page.names.is_place(name)):
            return page.entry(*match.span("name"), "company as told")
    return None


def _issued(page: Page) -> Entry | None:
    """The body whose call for people the headline is: 关于某县图书馆公开招聘工作人员的公告, 某某区公所职务代理人征才公告."""
    for line in page.lines[:_HEADLINES]:
        match = _ISSUED.match(page.value, line.body, line.end) if line.end - line.body <= _LONGEST_TOLD else None
        if match and not (GENERIC.match(match["name"]) or SENTENCE.search(match["name"])):
            return page.entry(*match.span("name"), "company in the headline")
    return None


def _signed(page: Page) -> Entry | None:
    """The employer that signs at the end of a document, above the date: 石桥镇中心学校德育处."""
    rules = page.rules.titles
    for index in range(len(page.lines) - 1, max(0, len(page.lines) - _LAST_LINES), -1):
        line, above = page.lines[index], page.lines[index - 1]
        if not _DATE.match(page.value, line.start, line.end) or above.end - above.start > _LONGEST:
            continue
        match = _pattern(rules).match(page.value, above.start)
        if match is None or page.names.is_post(page.value[above.start : above.end]):
            return None
        end = match.end("name")
        own = match["name"][: -len(match["legal"] or match["kind"])]
        rest = page.value[end : above.end].strip("（）()章盖 ")
        if (rest and not page.names.is_unit(rest)) or len(own) < _SHORTEST_OWN or _generic(rules).match(own):
            return None
        return None if GENERIC.match(own) else page.entry(above.start, end, "company signs")
    return None


def _repeated(page: Page) -> Entry | None:
    """The employer whose name recurs with nothing before it to tell where it begins: what its occurrences share."""
    legal = max(page.rules.titles.legal_heads, key=lambda head: (page.value.count(head), len(head)), default="")
    places: list[int] = []
    place = page.value.find(legal)
    while legal and place >= 0 and len(places) < _MOST_PLACES:
        places.append(place)
        place = page.value.find(legal, place + 1)
    if len(places) < _FEWEST_PLACES:
        return None
    contexts = [page.value[max(0, place - _LONGEST) : place] for place in places]
    shared = contexts[0]
    for context in contexts[1:]:
        while shared and not context.endswith(shared):
            shared = shared[1:]
    own = re.split(r"[^\u4e00-\u9fff（）()]", shared)[-1]
    if len(own) < _SHORTEST_REPEATED or SENTENCE.search(own):
        return None
    return page.entry(places[0] - len(own), places[0] + len(legal), "company before each form")


def _headlined(page: Page) -> Entry | None:
    """The employer that a headline at the head of an advertisement names: 丰年乳业招聘冷链调度员."""
    names_posts = any(label.rule.field is Field.TITLE and label.at_line_start for label in page.labels)
    for index, line in enumerate(page.lines[:_HEADLINES]):
        label = page.labels[page.marks.label[index]] if page.marks.label[index] >= 0 else None
        if label and label.has_mark and label.rule.field is Field.TITLE:
            continue  # 招聘岗位：应用推广
        headline = read_headline(page, line.body, line.end)
        if headline and headline.company and headline.is_call:
            return page.entry(*headline.company, "company in the headline")
        if not names_posts and not _is_above_post(page, index):
            continue  # whoever issued a regulation need not be whom it is about
        name = _ALONE.split(page.value[line.body : line.end])[0]
        if page.names.is_company(name) and not is_generic(page, name) and not page.names.is_unit(name):
            return page.entry(line.body, line.body + len(name), "company in the headline")
    return None


def _is_above_post(page: Page, index: int) -> bool:
    """Whether the line right below one is a post's bare name, as on the page of one vacancy."""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    heading = page.names.heading(page.value[below.body : below.end]) if below and below.ordinal < 0 else None
    return heading is not None and heading.kind == "post" and not heading.tail
