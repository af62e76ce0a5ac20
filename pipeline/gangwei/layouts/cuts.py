"""Where something new begins on a page: labels, headings that name posts or units, headings that name neither."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.adverts import with_adverts
from gangwei.head import Head
from gangwei.heads import mention_lines, read_heads
from gangwei.label_rows import LabelRow
from gangwei.labels import Label
from gangwei.layouts.between_lists import stands_between_lists
from gangwei.layouts.employers import Employer, employers_of, others_begin
from gangwei.layouts.section import SECTIONS
from gangwei.layouts.slide_titles import slide_titles
from gangwei.model import Span
from gangwei.page import Line, Page
from gangwei.speakers import is_article

_LONGEST_HEADING: Final = 60
_LONGEST_NUMBERED: Final = 30
_LONGEST_ANSWER: Final = 34
# So far from a line's beginning the verb stands at most in a sentence that says to whom a post answers.
_FARTHEST_VERB: Final = 15
_LONGEST_ANNOUNCED: Final = 14
_ANNOUNCING: Final = re.compile("(?:以下|下列|如下|包括|包含)[^，。：:]{0,8}[:：]$")
_PAUSE: Final = re.compile("[，。；、,;]")
CHAPTERS: Final = frozenset(["章", "节", "篇", "编"])
# A line in bold or in brackets with nothing behind it: a label, whether we know the word or not.
BOLD_LINE: Final = re.compile(
    r"(?:[-*+•][ \t]+)?(?:\*\*[^*\n]{2,14}\*\*[:：]?|【[^】\n]{2,12}】[:：]?|▍[^\n]{2,14}|<b>[^<]{2,14}</b>)$"
)
# What no heading over rules for all (考勤制度) holds.
_NO_HEADING: Final = re.compile("[，。；;：:]")
# What begins a duty and no heading over rules: 建立并完善行政管理制度
_DEED: Final = re.compile(
    "建立|制[定订]|完善|健全|执行|落实|遵守|拟[定订]|组织|编制|负责|协助|参与|熟悉|严格|贯彻|修订|优化|起草|规范|推行|了解|掌握"
)
_DOES: Final = ("完成", "完毕", "履行", "落实", "贯彻", "做好", "认真", "积极", "按时", "按期", "及时")
_SETS_UP: Final = re.compile("建立|健全|完善|落实|执行|贯彻|制[定订]|履行")
_LONGEST_RULES_HEAD: Final = 16
_BOLD: Final = frozenset("-*+•【▍<")
_LONGEST_ASIDE: Final = 36
_OTHERS_FIRSTS: Final = frozenset("相类同更其热推附周猜看应求投安温SROMsrom")
_OF_OTHERS: Final = re.compile(
    r"(?:相似|类似|同类|相关|更多|其[他它]|热门|推荐|附近|周边)[^，。；：:\n]{0,8}(?:职位|岗位|职缺|工作|招聘|也在招|推荐)\s*$|猜你喜欢|看过[^\n]{1,8}还看"
    r"|(?:similar|related|other|more|recommended) (?:open )?(?:jobs?|roles?|positions?|openings|vacancies)\s*$|[^，。；：:\n]{2,30}?[ \t\u3000]*各[ ]?[\d一二两三四五六]{1,2}[ ]?[名人](?:[（(][^（()）]{1,8}[)）])?\s*$|(?:应聘|应征|求职|投递|安全|温馨)(?:须知|提示|提醒)[:：]?\s*$",
    re.IGNORECASE,
)
_LONGEST_DUTY_HEADING: Final = 20
_NUMBERS: Final = frozenset(["digit", "two", "three", "four"])
_ANSWER: Final = re.compile(
    r"(?P<self>[\u4e00-\u9fff]{2,12}?)?(?:直接)?(?:归|对|受(?!权)|向|由)(?P<post>[\u4e00-\u9fff]{2,12}?)"
    r"(?:直接)?(?:管理?|负责|领导|汇报|汇报工作)(?:[。；]|$)"
)
# The same said of the superior: 直接上级是礼宾领班
_NAMED: Final = re.compile(
    r"(?:(?P<self>[\u4e00-\u9fff]{2,12}?)的)?其?(?:直接|直属)(?:上级|上司|主管|领导)也?[是为](?P<post>[\u4e00-\u9fff]{2,12}?)(?:[。；，,]|$)"
)
# A line that another speaker's text begins with: what stands before it has ended.
_STAMP: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ T]+\d{1,2}:\d{2}")
# 焊工有权：heads what he may do.
_MAY, _POWER = "有权", "权限"
# Who wrote what follows, on a board whose floors are numbered: B3　某某大学, 12楼
_FLOOR: Final = re.compile(r"(?:B(?P<b>\d{1,3})(?=[ \t\u3000]|$)|#?(?P<f>\d{1,3})(?:楼|F|L)(?=[ \t\u3000:：]|$))")
_FLOOR_FIRSTS: Final = frozenset("B#0123456789")
_LONGEST_FLOOR: Final = 30
_FEWEST_FLOORS: Final = 3
_ASKED: Final = ("?", "？")
_ASKING: Final = frozenset(["han", "han_paren", "digit"])
_DIGITS: Final = re.compile("\\d+")
_LONGEST_STAMP: Final = 60
_STAMP_LOOK: Final = 3
# A row of heads over a numbered list: 序号 职责内容
_COLUMN_HEADS: Final = re.compile(
    r"(?:序号|编号|项次|项目)[ \t\u3000|]{1,8}[\u4e00-\u9fff]{2,8}(?:[ \t\u3000|]{1,8}[\u4e00-\u9fff]{2,8}){0,4}$"
)
_COLUMN_FIRSTS: Final = frozenset("序编项")
_SPEAKING: Final = frozenset("问答提追回QA其网最")
_SPEAKER: Final = re.compile(
    r"(?:问|答|提问|追问|回复|Q\d*|A\d*)[:：]|(?:(?:其他|网友|最佳)?回答|答案)[一二三四五六七八九十\d]{0,2}(?=$|[（(:：])"
)


class Answer(NamedTuple):
    """A line that names the post at [start:end] to which another answers: `subject`, or "" for the post at hand."""

    start: int
    end: int
    subject: str


class Stamp(NamedTuple):
    """A line with who wrote what follows and when, of which a page holds several: 第 6 楼 某人 2026-06-01 13:40."""

    start: int


class Cut(NamedTuple):
    """A place where something new begins: a label, a head, a heading that is neither, an employer's name, a post's stamp,
    or what another layout took."""

    start: int
    end: int
    thing: Label | Head | Line | Span | Answer | Employer | Stamp


def read_cuts(page: Page, rows: Sequence[LabelRow]) -> tuple[list[Cut], frozenset[int]]:
    """The cuts of a page, in order, and the lines on which a post stands with its text; `rows` are the page's rows of
    labels."""
    heads = with_adverts(page, read_heads(page, rows))
    named = frozenset(head.line for head in heads if head.kind == "post" or head.tail)
    stamps = _stamps(page, named)
    employers = employers_of(page, named, [cut.start for cut in stamps])
    lines_taken = named | {page.line_index(employer.line_start) for employer in employers}
    heads = tuple(head for head in heads if head.line in named or head.line not in lines_taken)
    cuts = [Cut(head.start, head.end, head) for head in heads]
    ends = [head.end for head in heads]
    for label in page.labels:
        place = bisect_right(ends, label.start)
        if place == len(heads) or heads[place].start >= label.end:
            cuts.append(Cut(label.start, label.end, label))
    cuts += [Cut(employer.line_start, employer.line_end, employer) for employer in employers]
    cuts += stamps
    # What stands behind a flyer's card belongs to nobody.
    cuts += [Cut(head.stop, head.stop, Span(head.stop, head.stop)) for head in heads if head.is_card and head.stop]
    with_cuts = {_line_of(page, cut) for cut in cuts}
    worded = list(_worded_labels(page, with_cuts))
    cuts += worded
    with_cuts.update([page.line_index(cut.start) for cut in worded])
    cuts += (Cut(title.start, title.end, title) for title in slide_titles(page, with_cuts))
    # What answers a question that is a head goes on with it.
    answers_below = {head.line + 1 for head in heads if page.marks.last[head.line] in "?？"}
    listed = {
        head.line
        for head in heads
        if not head.mentions and head.end > head.start and (head.in_list or _is_over_deeper(page, head))
    }
    tailed = {head.line for head in heads if head.kind == "post" and head.tail and not head.mentions}
    for index, line in enumerate(page.lines):
        if index in with_cuts or (index in answers_below and _SPEAKER.match(page.value, line.body, line.end)):
            continue
        if (
            _is_heading(page, index)
            or (page.marks.last[index] in ":：" and _announces(page, index, with_cuts))
            or (listed and _goes_on(page, line, listed))
            or (tailed and (stands_between_lists(page, index, tailed) or _ends_heads(page, index, tailed)))
        ):
            cuts.append(Cut(line.start, line.end, line))
    cuts.sort(key=_cut_start)
    return _without_others(page, _with_answers(page, cuts)), mention_lines(heads)


def _is_over_deeper(page: Page, head: Head) -> bool:
    """Whether the lines under a numbered bare name have numbers of one level more: 3.2 质检部⏎3.2.1 …"""
    line = page.lines[head.line]
    below = page.lines[head.line + 1] if head.line + 1 < len(page.lines) else None
    if head.tail or line.ordinal < 0 or below is None or below.ordinal < 0:
        return False
    return (page.ordinals[line.ordinal].style, page.ordinals[below.ordinal].style) == ("two", "three")


def _without_others(page: Page, cuts: list[Cut]) -> list[Cut]:
    """The cuts without those behind a heading under which a job board lists the posts of others, a line each."""
    sections = [cut for cut in cuts if isinstance(cut.thing, Label) and cut.thing.rule.field in SECTIONS]
    others = others_begin(page)
    if not sections or not others:
        return cuts
    last = max((cut.start for cut in sections if isinstance(cut.thing, Label) and cut.thing.is_whole_line), default=-1)
    index = page.line_index(max(last, sections[0].start))
    for line in page.lines[index + 1 :]:
        if line.start in others:
            before = [cut for cut in cuts if cut.start < line.start]
            return [*before, Cut(line.start, line.end, Span(line.start, line.end))]
    return cuts


def _line_of(page: Page, cut: Cut) -> int:
    """The line in which a cut stands; a label may begin with the blanks before its line."""
    return page.line_index(cut.end - 1 if isinstance(cut.thing, Label) else cut.start)


def outside(cuts: Sequence[Cut], taken: Sequence[Span]) -> Sequence[Cut]:
    """The cuts outside the stretches that another layout has taken, and each such stretch as a cut, in order."""
    if not taken:
        return cuts
    kept = [cut for cut in cuts if not any(span.start <= cut.start < span.end for span in taken)]
    return sorted([*kept, *(Cut(span.start, span.end, span) for span in taken)], key=_cut_start)


def _is_article(page: Page, cut: Cut) -> bool:
    """Whether a cut is an article that names nobody: what it says may be to whom a post answers."""
    return isinstance(cut.thing, Line) and is_article(page, cut.thing)


def _stamps(page: Page, taken: frozenset[int]) -> list[Cut]:
    """The lines that part what several people wrote: short, with a day and an hour, alike in what stands around them."""
    found: dict[str, list[Line]] = {}
    for index, line in enumerate(page.lines if _STAMP.search(page.value) else ()):
        if index in taken or line.end - line.start > _LONGEST_STAMP:
            continue
        if match := _STAMP.search(page.value, line.start, line.end):
            before = _DIGITS.sub("", page.value[line.start : match.start()])[:_STAMP_LOOK]
            found.setdefault(before, []).append(line)
    stamped = [line for lines in found.values() if len(lines) > 1 for line in lines]
    return [Cut(line.start, line.end, Stamp(line.start)) for line in (*stamped, *_floors(page))]


def _floors(page: Page) -> list[Line]:
    """The lines that number the floors of a thread, where there are three or more and they count up."""
    found = [
        (int(match["b"] or match["f"]), line)
        for line in page.lines
        if page.value[line.start] in _FLOOR_FIRSTS
        and line.end - line.start <= _LONGEST_FLOOR
        and (match := _FLOOR.match(page.value, line.start, line.end))
    ]
    numbers = [number for number, _ in found]
    if len(numbers) < _FEWEST_FLOORS or any(one >= two for one, two in pairwise(numbers)):
        return []
    return [line for _, line in found]


def _worded_labels(page: Page, taken: set[int]) -> Iterator[Cut]:
    """Lines that end in a label's word and a colon: 店长可以使用的权力："""
    for index, line in enumerate(page.lines):
        if page.marks.last[index] not in ":：" or index in taken or line.end - line.body > _LONGEST_ANSWER:
            continue
        text = page.value[line.body : line.end - 1]
        if text.endswith(_MAY) and (text == _MAY or page.names.is_post(text.removesuffix(_MAY))):
            rule = page.rules.labels.get(_POWER)
        else:
            rule = page.rules.labels.get(text.rpartition("的")[2]) if "的" in text[1:-1] else None
        if rule and rule.field in SECTIONS and not rule.keep:
            yield Cut(line.start, line.end, Label(line.start, line.end, text, rule, True, True, True))


def _with_answers(page: Page, cuts: list[Cut]) -> list[Cut]:
    """The cuts with the sentences at the head of a line that say to whom a post answers, where no other cut stands within
    them: 对总编辑负责, 归出版科科长管."""
    answers = list(_answers(page))
    if not answers:
        return cuts
    starts = [cut.start for cut in cuts if not _is_article(page, cut)]
    answers = [cut for cut in answers if bisect_left(starts, cut.start) == bisect_left(starts, cut.end)]
    answered = {cut.start for cut in answers}
    cuts = [*(cut for cut in cuts if cut.start not in answered or not _is_article(page, cut)), *answers]
    return sorted(cuts, key=_cut_start)


def _answers(page: Page) -> Iterator[Cut]:
    for line in page.lines:
        head = page.value[line.body : min(line.end, line.body + _FARTHEST_VERB)]
        if not ("对" in head or "向" in head or "由" in head or "归" in head or "受" in head or "直" in head):
            continue
        end = min(line.end, line.body + _LONGEST_ANSWER)
        for pattern in (_ANSWER, _NAMED):
            match = pattern.match(page.value, line.body, line.end)
            if match and match.end() <= end and page.names.is_post(match["post"]):
                yield Cut(line.start, match.end(), Answer(*match.span("post"), match["self"] or ""))
                break


def _is_heading(page: Page, index: int) -> bool:
    """Whether a line is a heading of its own kind: by markup, or a chapter's number before a short text."""
    line, first = page.lines[index], page.marks.first[index]
    length = line.end - line.body
    if (first in _SPEAKING and _SPEAKER.match(page.value, line.body, line.end)) or is_of_others(page, line):
        return True
    if line.depth:
        return length <= _LONGEST_HEADING
    if page.value[line.start] in _BOLD and BOLD_LINE.match(page.value, line.start, line.end):
        return True
    if first in _COLUMN_FIRSTS and _COLUMN_HEADS.match(page.value, line.body, line.end):
        return False
    if 4 <= length <= _LONGEST_DUTY_HEADING and page.names.is_duty_heading(page.value[line.body : line.end]):
        # 1.2建立健全责任制 is a duty, and so is 完成其他工作任务 without a number.
        if line.ordinal < 0:
            return not page.value.startswith(_DOES, line.body)
        return not _SETS_UP.match(page.value, line.body)
    if line.ordinal < 0 and 4 <= length <= _LONGEST_RULES_HEAD:
        text = page.value[line.body : line.end]
        is_rules = text.endswith(page.rules.titles.rule_heads) and not (_NO_HEADING.search(text) or _DEED.match(text))
        if is_rules and not (
            _is_below_number(page, line) or _goes_on_lines(page, line) or _is_below_label(page, index)
        ):
            return True
    style = page.ordinals[line.ordinal].style if line.ordinal >= 0 else ""
    if style and any(o.style == style for o in page.ordinals_in(line.body, line.end)):
        return False  # a list whose line breaks are lost
    if style == "条" or (style in _ASKING and page.value[line.end - 1] in _ASKED and length <= _LONGEST_HEADING):
        return True
    if style and 2 <= length <= _LONGEST_NUMBERED:
        if style in CHAPTERS or (style in ("han", "han_paren") and page.value[line.end - 1] not in "。；;，,"):
            return True
        if style in _NUMBERS and _is_above_lists(page, line):
            return True
    return length == 0 and line.end - line.start > 2 and set(page.value[line.start : line.end]) <= set("-—─=*_~ ")


def _is_below_label(page: Page, index: int) -> bool:
    """Whether the label of a section fills the line above: what stands below it is its first item."""
    label = page.marks.label[index - 1] if index else -1
    return label >= 0 and page.labels[label].is_whole_line and page.labels[label].rule.field in SECTIONS


def _is_below_number(page: Page, line: Line) -> bool:
    """Whether the line above holds a list's number and nothing else: it is the number of this line."""
    index = page.line_index(line.start)
    above = page.lines[index - 1] if index else line
    return above.ordinal >= 0 and above.body == above.end


def is_of_others(page: Page, line: Line) -> bool:
    """Whether a line heads what a site shows beside an advertisement, other vacancies or hints for who applies, or lists
    posts of which nothing is said: 跟单、仓管、保洁 各1名"""
    if line.end - line.body > _LONGEST_ASIDE or not (
        page.value[line.body : line.body + 1] in _OTHERS_FIRSTS or "各" in page.value
    ):
        return False
    return _OF_OTHERS.match(page.value, line.body, line.end) is not None


def _goes_on_lines(page: Page, line: Line) -> bool:
    """Whether a line reads as a duty, right below another line of text without a number: 协助新人熟悉流程 heads nothing."""
    index = page.line_index(line.start)
    above = page.lines[index - 1] if index else None
    if above is None or above.depth or above.ordinal >= 0 or page.value[line.end - 1] in ":：":
        return False
    is_below = page.value.count("\n", above.end, line.start) == 1 and above.end - above.body > _LONGEST_RULES_HEAD // 2
    return is_below and page.rules.senses.duty.match(page.value, line.body) is not None


def _goes_on(page: Page, line: Line, listed: set[int]) -> bool:
    """Whether a line's number goes on with that of a post in a list of posts: it is none of what is said of it."""
    before = page.ordinals[line.ordinal].before if line.ordinal >= 0 else -1
    return before >= 0 and page.line_index(page.ordinals[before].start) in listed


def _ends_heads(page: Page, index: int, heads: set[int]) -> bool:
    """Whether a short line with a colon goes on with the number of a post's heading, and names nobody: 3.准备事项："""
    line = page.lines[index]
    if page.marks.last[index] not in ":：" or line.end - line.body > _LONGEST_ANNOUNCED:
        return False
    return _goes_on(page, line, heads)


def _announces(page: Page, index: int, taken: set[int]) -> bool:
    """Whether a line with a colon at its end opens a part of its own: it stands behind a blank line, a heading or a
    list, and a list that begins anew stands below it."""
    line = page.lines[index]
    if _announces_bullets(page, index):
        return True
    if line.ordinal >= 0 or page.value[line.end - 1] not in ":：" or not 2 < line.end - line.body <= _LONGEST_ANNOUNCED:
        return False
    if index + 1 >= len(page.lines) or _PAUSE.search(page.value, line.body, line.end):
        return False
    below = page.lines[index + 1]
    ordinal = page.ordinals[below.ordinal] if below.ordinal >= 0 else None
    is_below_heading = index - 1 in taken and page.lines[index - 1].depth > 0
    if is_below_heading or "\n\n" in page.value[max(0, line.start - 4) : line.start].replace(" ", ""):
        return ordinal is None or ordinal.style == "bullet" or ordinal.value == 1
    above = page.lines[index - 1].ordinal if index else -1
    return above >= 0 and ordinal is not None and ordinal.value == 1 and ordinal.style == page.ordinals[above].style


def _announces_bullets(page: Page, index: int) -> bool:
    """Whether a sentence between two lists with bullets announces the second: 调度员常会遇到以下挑战："""
    line = page.lines[index]
    if line.ordinal >= 0 or not 0 < index < len(page.lines) - 1 or line.end - line.body > _LONGEST_HEADING:
        return False
    above, below = page.lines[index - 1].ordinal, page.lines[index + 1].ordinal
    if above < 0 or below < 0 or page.ordinals[above].style != "bullet" or page.ordinals[below].style != "bullet":
        return False
    return _ANNOUNCING.search(page.value, line.body, line.end) is not None


def _is_above_lists(page: Page, line: Line) -> bool:
    """Whether a number goes on behind lists of another style, without a mark at the end of its short text: 3 预防与预警."""
    ordinal = page.ordinals[line.ordinal]
    if ordinal.before < 0 or page.value[line.end - 1] in "。；;，,：:":
        return False
    if ordinal.style in ("three", "four") and ordinal.value % 100 == 1:
        return False  # 3.2.1 is the first below 3.2
    return any(o.style != ordinal.style for o in page.ordinals[ordinal.before + 1 : line.ordinal])


def _cut_start(cut: Cut) -> tuple[int, int]:
    return cut.start, -cut.end
