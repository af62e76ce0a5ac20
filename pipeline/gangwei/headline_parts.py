"""The parts of a headline, and what kind of thing each names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.page import Page
from gangwei.rulebook.titles import TitleRules

LONGEST_TITLE: Final = 30
LONGEST_COMPANY: Final = 24
_SHORTEST_CALLER: Final = 2
LONGEST_PLACE: Final = 6
# What parts the parts of a headline. A dash within 3-5年 or e-HR parts nothing, nor does a stroke.
_BORDER: Final = re.compile(
    r"@(?=[\u4e00-\u9fff])|[\[\]`【】〔〕「」『』｜|•·_:：,，—–#]+|(?<![A-Za-z0-9])[-~]+|[-~]+(?![A-Za-z0-9])|[ \u3000]{2,}|\t"
    r"|(?<=[A-Za-z0-9])[ ](?=(?:[招征聘寻找]|[月年底时]薪|薪资|待遇)(?![\u4e00-\u9fff]{3}))|(?<=[ ][招征聘寻找])[ ](?=[A-Z])"
    r"|(?<=[司所院店厂局馆社])[ ](?=[A-Z])|(?<=[\u4e00-\u9fff）)])[ \u3000](?=[\u4e00-\u9fff\d（(])|(?<=[\d）)])[ \u3000](?=(?!年)[\u4e00-\u9fff（(]{2})"
)
_NUMBERED_POST: Final = re.compile("(?:招聘)?(?:岗位|职位|职缺|Position)[ ]?[一二三四五六七八九十\\dA-Z]{1,2}")
# Employers that are no companies: 某某海关, 渔业署
_PUBLIC: Final = re.compile("[\u4e00-\u9fff]{2,10}(?:海关|署)")
# 本周职缺｜3.某厂-仓管员
_NUMBERED: Final = re.compile(r"\d{1,2}[.、．](?=[\u4e00-\u9fff])")
# What is asked for right before the post: 2-5 年中高级前端开发
_YEARS: Final = re.compile(r"\d{1,2}(?:[-~—]\d{1,2})?[ ]?年(?:以上)?(?:经验)?的?(?=[\u4e00-\u9fff]{3})")
_BRACKET: Final = re.compile("[(（][^()（）]{1,40}[)）]")
_BRACKET_AT_END: Final = re.compile("[(（][^()（）]{1,12}[)）]$")
_DOTTED: Final = (".NET", ".Net", ".net")
_MARKS: Final = " \t\u3000*#_`·•-—–:：,，.。!！~\"'“”"
_WORD: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")
# Counts, pay, dates, schooling, years: what an advertisement says beside the post.
_META: Final = re.compile(
    r"""(?:招聘?|共|需求)?(?:人数)?\s{0,4}(?:[\d一二两三四五六七八九十数若干]{1,4}(?:[-~至]\d{1,3})?\s{0,4}[名人位个](?:以上|左右)?(?:应征)?|若干名?|人数不限)
      | [\d.]{1,12}\s{0,4}[kKwW万千元]?(?:\s{0,4}[-~至—]\s{0,4}[\d.]{1,12}\s{0,4}[kKwW万千元]?)?(?:\s{0,4}[/／]?[月年天日时薪元起+以上]+)?(?:[·*×x]\d{2}薪?)?
      | (?:参考)?(?:月薪|年薪|年包|薪资|薪水|底薪|薪|待遇|时薪|日薪).* | 面议 | [A-Z]{1,3}\s?\$?\s?[\d,.]+.*
      | \d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?.* | \d{1,2}:\d{2}.* | \d{4}年?\s?[A-Za-z ]*
      | (?:经验)?\s{0,4}(?:\d{1,2}[-~]\d{1,2}|\d{1,2}|[一二三五]{1})年(?:以上|以下|及以上)?(?:经验|工作经验)? | (?:经验|学历|年龄|性别)?不限.*
      | (?:统招)?(?:博士|硕士|本科|大专|专科|中专|高中|初中|研究生)(?:学历)?(?:及|或)?(?:以上|以下)?(?:学历)? | 应届(?:毕业)?生?
      | [\u4e00-\u9fff]{1,5}(?:市|(?<!大)区|县|镇|街道|路|省|州)
      | (?:JD|编号|工号|Ref).* | [A-Z]{1,4}-?\d{2,} | \d+ | (?:发布|更新|浏览|点击|截止|刷新|来源|作者|日期|地点|时间|base|Base|BASE).*
    """,
    re.VERBOSE,
)
# Whoever says so names nobody: 和我们一起守一家小书店
_WE: Final = re.compile("我们|咱们|你|一起|这家|一家")
# People called for behind the name of who calls, and when: 某图书馆 | 2024年暑期志愿者
_CALLED_FOR: Final = re.compile(
    "(?:(?:19|20)\\d\\d(?:年度?|届|[-—]\\d{1,4})?|第[一二三四五六七八九十\\d]{1,3}[期届批])?(?:年度|[春夏秋冬]季?|暑[期假]|寒假|上半年|下半年|新一[期批]|长期|公开|扩[大编]|持续|正在|现正|强力|火热|热烈|全面|正式|诚意|面向社会|社会|校园|应届|编外|合同制){0,3}"
    "(?:志愿者|义工|实习生|新员工|员工|人员|人才|伙伴|成员|新人)?$"
)
# Words that call for people where nothing but a mark stands behind them: 某某户外招人｜…, 某某2025届秋招提前批：…
_CALL_AT_END: Final = re.compile(
    "(?:(?<=[司厂店院校所社行馆团])内推|(?:招人|招工|招新|招兵买马|招贤|招伙伴)(?:启事|信息|公告|简章|进行中|啦|了|吧|[！!])?"
    "|20\\d\\d[届年]?[春夏秋冬]?季?(?:[校秋春社]招|(?:校园|社会|实习生?|春季|秋季)招[聘募])(?:提前批|正式批|补录|第.批|启动|开启)?)(?:[ ]?[（(][^（()）]{1,40}[）)])?$"
)
_SHOP_CALL: Final = re.compile("[招征](?![\\W])|[招征][ ](?=[A-Z])")
_SINGLE_CALLS: Final = frozenset(["招", "征", "聘", "急招", "诚招", "招聘", "急聘", "寻", "诚聘", "招募", "现招"])
_BETWEEN_PLACES: Final = re.compile("[、/／&和或,， ]+")


class Part(NamedTuple):
    start: int
    end: int
    kind: str  # "meta", "call", "aside", "title", "unit", "company", "other"


def _caller(page: Page, part: Part) -> Part:
    """The part before a call without the people who are called for: 某图书馆 | 暑期志愿者, which together could name a post."""
    match = _CALLED_FOR.search(page.value, part.start, part.end)
    if match is None or not match[0] or match.start() - part.start < _SHORTEST_CALLER:
        return part
    is_dated = any(char.isdigit() for char in match[0])
    if part.kind == "title" and not (is_dated or page.names.is_company(page.value[part.start : match.start()])):
        return part
    end = part.start + len(page.value[part.start : match.start()].rstrip())
    return part._replace(end=end, kind="other" if part.kind == "title" else part.kind)


def parts_of(page: Page, start: int, end: int) -> Iterator[Part]:
    place = start
    brackets = [match.span() for match in _BRACKET.finditer(page.value, start, end)]
    for match in _BORDER.finditer(page.value, start, end):
        if any(begin < match.start() < stop - 1 for begin, stop in brackets):
            continue
        yield from _split_at_call(page, place, match.start())
        place = match.end()
    yield from _split_at_call(page, place, end)


def _split_at_call(page: Page, start: int, end: int) -> Iterator[Part]:
    """A part, or what stands before and behind the call for people in it."""
    start, end = _trim(page.value, start, end)
    if numbered := _NUMBERED.match(page.value, start, end) or _YEARS.match(page.value, start, end):
        start = numbered.end()
    if start >= end:
        return
    if called := _shop_calls(page, start, end):
        yield from called
        return
    kind = _kind(page, start, end)
    rules = page.rules.titles
    if kind in {"other", "company"} and (call := _CALL_AT_END.search(page.value, start, end)):
        yield from _split_at_call(page, start, call.start())
        yield Part(call.start(), call.end(), "call")
        return
    if kind == "other" or (kind == "title" and not page.value.startswith(rules.ad_starts, start)):
        for word in _calls_in(page.value[start:end], rules):
            at = page.value.find(word, start, end)
            if page.value.count("（", start, at) > page.value.count("）", start, at):
                continue
            yield from (_caller(page, part) for part in _split_at_call(page, start, at))
            yield Part(at, at + len(word), "call")
            behind = at + len(word)
            for notice in rules.ad_notices:
                if page.value.startswith(notice, behind) and not _WORD.match(page.value, behind + len(notice), end):
                    return
            yield from _split_at_call(page, behind, end)
            return
    if kind == "title":
        name = page.names.post(page.value[start:end])
        if name is None:
            return
        if page.value.startswith(rules.ad_starts, start) and name.start:
            yield Part(start, start + name.start, "call")
        start, end = start + name.start, start + name.end
    yield Part(start, end, kind)


def _calls_in(text: str, rules: TitleRules) -> list[str]:
    """The words that call for people and stand in a text, in the order of the rules."""
    return [word for word in rules.ad_starts if word in text and len(word) > 1 and word not in rules.ad_asides]


def _shop_calls(page: Page, start: int, end: int) -> tuple[Part, ...]:
    """The parts of 某茶铺（江岸店）招店员: who calls, a single word that calls, and the post."""
    if end - start > LONGEST_COMPANY + LONGEST_TITLE or _SHOP_CALL.search(page.value, start + 2, end) is None:
        return ()
    words = page.names.cut(page.value[start:end])
    place = start
    for word in words:
        if word in _SINGLE_CALLS and place - start >= 2:
            name = page.names.post(page.value[place + len(word) : end])
            if name is None or not page.names.is_post(name.text):
                return ()
            behind = place + len(word)
            before = _BRACKET_AT_END.sub("", page.value[start:place].rstrip())
            return (
                Part(start, start + len(before), "other"),
                Part(place, behind, "call"),
                Part(behind + name.start, behind + name.end, "title"),
            )
        place += len(word)
    return ()


def _kind(page: Page, start: int, end: int) -> str:
    text, names, rules = page.value[start:end], page.names, page.rules.titles
    if text in rules.ad_headings or _NUMBERED_POST.fullmatch(text):
        return "aside"
    if text in rules.ad_starts or text in rules.ad_asides:
        return "call" if text in rules.ad_starts and text not in rules.ad_asides else "aside"
    if _PUBLIC.fullmatch(text):
        return "company"
    if _META.fullmatch(text) or not _WORD.search(text):
        return "meta"
    if all(_is_place(page, place) for place in _BETWEEN_PLACES.split(text)):
        return "meta"
    name = names.post(text)
    if name and (names.is_post(name.text) or names.is_bilingual(name.text)):
        return "title"
    if names.is_company(text) and not _WE.search(text):
        return "meta" if is_generic(page, text) else "company"
    if names.is_unit(text):
        return "unit"
    return "other"


def _is_place(page: Page, text: str) -> bool:
    """Whether a text names a place, or a place within another: 台北松山."""
    names = page.names
    if names.is_place(text.strip("市区县省（）()")) or names.is_place(text):
        return True
    return 4 <= len(text) <= LONGEST_PLACE and all(len(word) > 1 and names.is_place(word) for word in names.cut(text))


def is_generic(page: Page, text: str) -> bool:
    """Whether a name says only what kind of employer it is: 跨境电商, 连锁酒店."""
    rules = page.rules.titles
    words = (*rules.company_generic, *rules.company_heads, *rules.legal_heads)
    while text:
        if not text.startswith(words):  # nearly always
            return False
        text = text[len(next(word for word in words if text.startswith(word))) :]
    return True


def _trim(value: str, start: int, end: int) -> tuple[int, int]:
    while start < end and value[start] in _MARKS and not value.startswith(_DOTTED, start):
        start += 1
    while end > start and value[end - 1] in _MARKS:
        end -= 1
    return start, end
