"""Headlines of advertisements: 公司-职位-城市, 【城市】某公司招聘某职位 2名, 内推｜某公司｜某部."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.model import Span
from gangwei.page import Page
from gangwei.rulebook.titles import TitleRules

LONGEST_HEADLINE: Final = 70
_LONGEST_TITLE: Final = 30
_LONGEST_COMPANY: Final = 24
_MOST_OTHERS: Final = 2
_FEWEST_BESIDE: Final = 3
_OF_OFFICES: Final = re.compile("(?<!服务)(?<!经营)(?<!门诊)部$|[处科室组课队班股系办]$|中心$|委员会$")
_SHORTEST_CALLER: Final = 2
_LONGEST_PLACE: Final = 6
_SHORT_NAME: Final = 4
_ABOUT: Final = "关于"
_CLOSED: Final = ("；", ";", "。")
_LONGEST_META: Final = 16
# What parts the parts of a headline. A dash within 3-5年 or e-HR parts nothing, nor does a stroke.
_BORDER: Final = re.compile(
    r"@(?=[\u4e00-\u9fff])|[\[\]`【】〔〕「」『』｜|•·_:：,，—–#]+|(?<![A-Za-z0-9])[-~]+|[-~]+(?![A-Za-z0-9])|[ \u3000]{2,}|\t"
    r"|(?<=[A-Za-z0-9])[ ](?=(?:[招征聘寻找]|[月年底时]薪|薪资|待遇)(?![\u4e00-\u9fff]{3}))|(?<=[ ][招征聘寻找])[ ](?=[A-Z])"
    r"|(?<=[司所院店厂局馆社])[ ](?=[A-Z])|(?<=[\u4e00-\u9fff）)])[ \u3000](?=[\u4e00-\u9fff\d（(])|(?<=[\d）)])[ \u3000](?=(?!年)[\u4e00-\u9fff（(]{2})"
)
_NUMBERED_POST: Final = re.compile("(?:招聘)?(?:岗位|职位|职缺|Position)[ ]?[一二三四五六七八九十\\dA-Z]{1,2}")
# Who is wanted, with how many: 护士长1名、护士3名
_COUNTS: Final = re.compile("[\\d一二两三四五六七八九十][名位](?:$|[、，, ])")
# Employers that are no companies: 某某海关, 渔业署
_PUBLIC: Final = re.compile("[\u4e00-\u9fff]{2,10}(?:海关|署)")
# 本周职缺｜3.某厂-仓管员
_NUMBERED: Final = re.compile(r"\d{1,2}[.、．](?=[\u4e00-\u9fff])")
# What is asked for right before the post: 2-5 年中高级前端开发
_YEARS: Final = re.compile(r"\d{1,2}(?:[-~—]\d{1,2})?[ ]?年(?:以上)?(?:经验)?的?(?=[\u4e00-\u9fff]{3})")
_BRACKET: Final = re.compile("[(（][^()（）]{1,40}[)）]")
_REMARK_AT_END: Final = re.compile(r"[(（][^()（），,、；;/\d ]{0,16}[，,、；;/\d ][^()（）]{0,24}[)）]$")
_BRACKET_AT_END: Final = re.compile("[(（][^()（）]{1,12}[)）]$")
_DOTTED: Final = (".NET", ".Net", ".net")
_MARKS: Final = " \t\u3000*#_`·•-—–:：,，.。!！~\"'“”"
# Paths through a site, boxes to tick, addresses.
_NO_HEADLINE: Final = re.compile(
    r"\s[>›»]\s.*\s[>›»]\s|[>›»]{2}|[☑□☐√✓✔]|://|\w@[A-Za-z0-9]|[。；？]|[！!](?=[^\n]{0,70}\w)"
)
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
# Whoever says so names nobody: 和我们一起守一家小书店
_WE: Final = re.compile("我们|咱们|你|一起|这家|一家")
_TALK: Final = re.compile("[是在有于为让把被将吗呢吧啊么哪谁都也就]|怎么|如何|怎样|什么|为什么|的")


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


class Headline(NamedTuple):
    """What a headline names, as places in the page; `is_call` where it calls for people, `is_sure` where the post is one by its name."""

    title: Span | None
    company: Span | None
    unit: Span | None
    is_call: bool
    is_sure: bool


_BETWEEN_PLACES: Final = re.compile("[、/／&和或,， ]+")


class _Part(NamedTuple):
    start: int
    end: int
    kind: str  # "meta", "call", "aside", "title", "unit", "company", "other"


def read_headline(page: Page, start: int, end: int) -> Headline | None:
    """What a line names that may be a headline; None where it names nothing or says more than a headline does."""
    if not 2 <= end - start <= LONGEST_HEADLINE or _NO_HEADLINE.search(page.value, start, end):
        return None
    parts = list(_parts(page, start, end))
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


def _calls_between(page: Page, part: _Part) -> bool:
    """Whether a part is nothing but a call for people: 某某书院 招聘 伴读"""
    return part.kind == "aside" and page.value[part.start : part.end] in page.rules.titles.ad_starts


def _undated(page: Page, company: _Part) -> Span:
    """Where an employer's name stands, without the year before it: 2015年 某某广告公司"""
    year = page.value[company.start : company.end].partition("年")[0]
    start = company.start
    if len(year) == len("2015") and year.isdecimal():
        start += len(year) + 1
        while start < company.end - 1 and page.value[start] in "度 \u3000":
            start += 1
    return Span(start, company.end)


def _title(parts: Sequence[_Part]) -> _Part | None:
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
    parts = list(_parts(page, start, end))
    others = [part for part in parts if part.kind not in ("meta", "aside", "call")]
    if others and (len(parts) < _FEWEST_BESIDE or len(others) > 1):
        return False
    return len(parts) > 1 and all(part.kind == "other" and part.end - part.start <= _LONGEST_PLACE for part in others)


def is_meta(page: Page, start: int, end: int) -> bool:
    """Whether a line holds counts, places, pay, dates, schooling and nothing else: 深圳-龙岗区, 招3人, 05-20发布. What a
    mark closes stands in a list: 大专以上学历；"""
    return (
        page.value[end : end + 1] not in _CLOSED
        and end - start <= _LONGEST_META
        and all(part.kind in ("meta", "aside") for part in _parts(page, start, end))
    )


def _company(
    page: Page, parts: list[_Part], title: _Part | None, calls: list[int], others: list[_Part], *, is_call: bool
) -> _Part | None:
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


def _company_by_name(page: Page, parts: Sequence[_Part], title: _Part | None) -> _Part | None:
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


def _employing(page: Page, parts: Sequence[_Part]) -> Iterator[_Part]:
    """The parts that may be employers' names, without what says that a page is about one: 关于青禾书屋 - 诚聘英才"""
    for part in parts:
        bare = _bare(page, part)
        if page.value.startswith(_ABOUT, bare.start) and bare.end - bare.start >= _SHORT_NAME:
            bare = bare._replace(start=bare.start + len(_ABOUT))
        if may_employ(page, page.value[bare.start : bare.end]):
            yield bare


def _bare(page: Page, part: _Part) -> _Part:
    """The part without a remark in a bracket at its end: 某某教育（A 轮，天河）; a place belongs to the name."""
    match = _REMARK_AT_END.search(page.value, part.start, part.end)
    return part._replace(end=match.start()) if match else part


def _caller(page: Page, part: _Part) -> _Part:
    """The part before a call without the people who are called for: 某图书馆 | 暑期志愿者, which together could name a post."""
    match = _CALLED_FOR.search(page.value, part.start, part.end)
    if match is None or not match[0] or match.start() - part.start < _SHORTEST_CALLER:
        return part
    is_dated = any(char.isdigit() for char in match[0])
    if part.kind == "title" and not (is_dated or page.names.is_company(page.value[part.start : match.start()])):
        return part
    end = part.start + len(page.value[part.start : match.start()].rstrip())
    return part._replace(end=end, kind="other" if part.kind == "title" else part.kind)


def _parts(page: Page, start: int, end: int) -> Iterator[_Part]:
    place = start
    brackets = [match.span() for match in _BRACKET.finditer(page.value, start, end)]
    for match in _BORDER.finditer(page.value, start, end):
        if any(begin < match.start() < stop - 1 for begin, stop in brackets):
            continue
        yield from _split_at_call(page, place, match.start())
        place = match.end()
    yield from _split_at_call(page, place, end)


def _split_at_call(page: Page, start: int, end: int) -> Iterator[_Part]:
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
        yield _Part(call.start(), call.end(), "call")
        return
    if kind == "other" or (kind == "title" and not page.value.startswith(rules.ad_starts, start)):
        for word in _calls_in(page.value[start:end], rules):
            at = page.value.find(word, start, end)
            if page.value.count("（", start, at) > page.value.count("）", start, at):
                continue
            yield from (_caller(page, part) for part in _split_at_call(page, start, at))
            yield _Part(at, at + len(word), "call")
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
            yield _Part(start, start + name.start, "call")
        start, end = start + name.start, start + name.end
    yield _Part(start, end, kind)


def _calls_in(text: str, rules: TitleRules) -> list[str]:
    """The words that call for people and stand in a text, in the order of the rules."""
    return [word for word in rules.ad_starts if word in text and len(word) > 1 and word not in rules.ad_asides]


def _shop_calls(page: Page, start: int, end: int) -> tuple[_Part, ...]:
    """The parts of 某茶铺（江岸店）招店员: who calls, a single word that calls, and the post."""
    if end - start > _LONGEST_COMPANY + _LONGEST_TITLE or _SHOP_CALL.search(page.value, start + 2, end) is None:
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
                _Part(start, start + len(before), "other"),
                _Part(place, behind, "call"),
                _Part(behind + name.start, behind + name.end, "title"),
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
    return 4 <= len(text) <= _LONGEST_PLACE and all(len(word) > 1 and names.is_place(word) for word in names.cut(text))


def is_generic(page: Page, text: str) -> bool:
    """Whether a name says only what kind of employer it is: 跨境电商, 连锁酒店."""
    rules = page.rules.titles
    words = (*rules.company_generic, *rules.company_heads, *rules.legal_heads)
    while text:
        if not text.startswith(words):  # nearly always
            return False
        text = text[len(next(word for word in words if text.startswith(word))) :]
    return True


def _named(page: Page, part: _Part) -> _Part | None:
    """The part without counts and codes before and behind it."""
    name = page.names.post(page.value[part.start : part.end])
    return part._replace(start=part.start + name.start, end=part.start + name.end) if name else None


def _may_name(page: Page, part: _Part) -> bool:
    """Whether the words behind a call may name a post that no word of ours ends."""
    return may_be_wanted(page, page.value[part.start : part.end])


def may_be_wanted(page: Page, text: str) -> bool:
    """Whether a text may name a post that no word of ours ends: 网络销售精英."""
    if not 2 <= len(text) <= _LONGEST_TITLE or _NO_NAME.search(text):
        return False
    return not text.endswith(page.rules.titles.ad_notices) and "、" not in text


def _goes_on(page: Page, part: _Part) -> bool:
    """Whether a part is the first clause of a sentence, or talks as one does: 去山里，和孩子读一本书"""
    return (
        page.value[part.end : part.end + 1] in ("，", ",", "、")
        or _TALK.search(page.value, part.start, part.end) is not None
    )


def may_employ(page: Page, text: str) -> bool:
    """Whether what stands before a call for people may be the name of who calls."""
    if (
        text in page.rules.titles.company_heads
        or not 2 <= len(text) <= _LONGEST_COMPANY
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


def _trim(value: str, start: int, end: int) -> tuple[int, int]:
    while start < end and value[start] in _MARKS and not value.startswith(_DOTTED, start):
        start += 1
    while end > start and value[end - 1] in _MARKS:
        end -= 1
    return start, end
