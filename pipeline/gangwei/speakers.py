"""Lines that say at once who and what: 第七条 通风工负责…, 办公室。负责…, 4.3 研发部负责…, 总指挥：组织…

One such line alone is an item like others. Where the lines before or behind it in the list are of the same kind, they
are posts or units with their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gangwei.head import Head, make_head
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.subject_lines import (
    BEARS,
    is_allotted,
    is_below_duties,
    is_in_chapter_of_duties,
    line_over,
    subject_line,
)
from gangwei.titles import Heading

# Who speaks on a page of questions and answers, at the head of a line.
_SPEAKER: Final = re.compile(
    r"(?:问题?|答案?|提问|回答|最佳答案|Q\d?|A\d?)[ ]?[:：][ ]?(?:请问|你好[，,]|您好[，,]){0,2}"
    r"|(?:PART|Part|CHAPTER|Chapter)[ .]?\d{1,2}[ .:：]{0,2}(?=[\u4e00-\u9fff])"
)
_SPEAKING: Final = frozenset("问答提回最QAPC")
_LONGEST_NAME: Final = 24
_LONGEST_SUBJECT: Final = 40
_SHORTEST: Final = 6
# How far from a line's beginning the full stop stands at most that parts a name from what it does.
_FARTHEST_STOP: Final = 35
_MOST_UP: Final = 3
_FEWEST_GATHERED: Final = 2
_FEWEST_IN_ROW: Final = 3
# What somebody is, before what he does: 科长是中层管理者，负责…; 作为项目的核心，经理负责…
_IS: Final = re.compile("(?:是|为|作为)[^，。；,;]{2,24}[，,](?:[\u4e00-\u9fff]{2,6}(?=负责))?(?:主要|全面|直接)?")
# Whoever works there.
_OF_ALL: Final = re.compile("(?:人员|员工|职工|干部|成员|岗位)$")
_REMARK: Final = re.compile("[(（][^()（）]{1,8}[)）]$")
_APPOINTED: Final = re.compile(
    r"(?:[置设]|(?<=[；;]))(?P<post>[\u4e00-\u9fff]{2,10}?)(?:[一二三四五六七八九十\d]{1,3}[人名])?[，,]"
    r"(?P<text>(?:承|依法|综理|襄|协助|负责|主持|掌|办理|管理|统筹|处理)[^；;。]{3,200})"
)
_NOBODY: Final = re.compile(
    "会议?$|制度$|机制$|方面$|方式$|内容$|要求$|时间$|地点$|目[的标]$|原则$|范围$|流程$|管理$|工作$|建设$|服务$|支持$|职责$|任务$"
)
_NAMED: Final = re.compile("(?P<name>[\u4e00-\u9fff、]{2,8}(?:[(（][\u4e00-\u9fff、]{1,6}[)）])?)[*]{0,2}[:：][ ]?")
_FULL_STOP: Final = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,16})(?:[（(][^()（）]{2,16}[)）])?[。.](?=\S)")
# By what a unit is set up is none of its functions: 按章程设立
_SET_UP: Final = re.compile(r"(?:按照?|依照?|根据)[^，。；]{1,20}(?:设立|设置|组建)。?$")
_COLONS: Final = frozenset(":：")
_STOPS: Final = frozenset("。.")


def spoken_lines(page: Page) -> dict[int, Line]:
    """The lines that begin with the word that tells who speaks, or which part of slides it is, by their indices and
    without it: 答：客服主管主要负责以下工作："""
    return {
        index: line._replace(body=spoken.end())
        for index, line in enumerate(page.lines)
        if page.marks.first[index] in _SPEAKING and (spoken := _SPEAKER.match(page.value, line.body, line.end))
    }


def with_speakers(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, the lines that say who and what among them."""
    by_line = {head.line: head for head in heads}
    found: dict[int, Head] = {}
    kept: list[Head] = []
    has_articles = "条" in page.value and bool([ordinal for ordinal in page.ordinals if ordinal.style == "条"])
    articles = {index for index, line in enumerate(page.lines) if is_article(page, line)} if has_articles else ()
    for index, line in enumerate(page.lines):
        if index in by_line or line.end - line.body < _SHORTEST:
            continue
        is_appointing = index in articles or (index - 1 in articles and page.marks.first[index - 1] == "\n")
        if is_appointing and (appointed := list(_appointed(page, line, index))):
            kept += appointed
            continue
        farthest = line.body + _FARTHEST_STOP
        begin = page.value[line.body : farthest if farthest < line.end else line.end - 1]
        head = _full_stop(page, line, index) if "。" in begin or "." in begin else None
        is_listed = line.ordinal >= 0 or index - 1 in found or is_below_duties(page, index)
        if head is None and (is_listed or _is_parted(page, index)):
            head = subject_line(page, line, index)
        if head:
            found[index] = head
    mentions = {i: head for i, head in by_line.items() if head.mentions and page.value[head.end - 1] in _COLONS}
    if not found and not mentions:
        return [*heads, *kept]
    following = {o.before: i for i, o in enumerate(page.ordinals) if o.before >= 0}
    for index, head in _told_beside(page, mentions, by_line, following).items():
        mentions[index] = by_line[index] = head
    is_told = any(head.tail for head in heads)
    is_row = sum(page.value[head.end - 1] in _STOPS for head in found.values()) > 1
    named = {**by_line, **found}
    kept += (head for head in heads if head.line not in mentions)
    for index, head in {**found, **mentions}.items():
        fellows = _fellows(page, head, following, named)
        if head.is_guess:  # what everybody ought to do is nobody's post
            fellows = [fellow for fellow in fellows if fellow.name.text != head.name.text]
            over = by_line.get(line_over(page, index))
            is_ones_own = over is not None and over.kind == "post" and _OF_ALL.search(over.name.text) is None
            if not fellows or is_ones_own or not is_allotted(page, index):
                continue
        in_list = bool(fellows) and (_tells(page, [head, *fellows]) or is_allotted(page, index))
        in_list = in_list or (index in found and not head.is_guess and is_in_chapter_of_duties(page, index))
        in_list = in_list or (is_row and page.value[head.end - 1] in _STOPS)
        if index in mentions or in_list or (is_told and is_article(page, page.lines[index])):
            kept.append(head._replace(in_list=in_list))
    return _without_gathered(_with_rows(page, kept, following))


def _with_rows(page: Page, heads: list[Head], following: Mapping[int, int]) -> list[Head]:
    """The heads, those with a colon marked as a list's that stand in a row of posts where one in two tells what somebody
    does: 园长：幼儿园的带头人。⏎副园长：园长的助手。⏎保教主任：负责…⏎后勤主任：管理…"""
    posts = {h.line: h for h in heads if h.mentions and h.kind == "post" and page.value[h.end - 1] in _COLONS}
    if len(posts) < _FEWEST_IN_ROW or all(head.in_list for head in posts.values()):
        return heads
    seen: set[int] = set()
    listed: set[int] = set()
    for line in posts:
        row, waiting = [], [line]
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                row.append(place)
                waiting += (i for i in _beside(page, place, following) if i in posts)
        if len(row) >= _FEWEST_IN_ROW and _tells(page, [posts[i] for i in row]):
            listed.update(row)
    return [h._replace(in_list=True) if h.line in listed and posts[h.line] is h else h for h in heads]


def _told_beside(
    page: Page, mentions: Mapping[int, Head], taken: Mapping[int, Head], following: Mapping[int, int]
) -> dict[int, Head]:
    """The lines that say what somebody does whom we do not know, beside such a line of a post: 行政人员：负责… above 柜员：负责…"""
    titles, found = page.rules.titles, dict[int, Head]()
    sure = [
        index
        for index, head in mentions.items()
        if head.kind == "post" and page.names.head_of(head.name.text) not in titles.weak_heads
    ]
    for index in sorted(sure):
        for step in (-1, 1):
            place = index
            while (
                beside := next((i for i in _beside(page, place, following) if (i - place) * step > 0), -1)
            ) >= 0 and beside not in taken:
                head = _unknown(page, beside)
                if head is None:
                    break
                found[beside] = head
                place = beside
    return found


def _unknown(page: Page, index: int) -> Head | None:
    """The head of a line whose first words, before a colon, may name a post and whose verb tells a duty."""
    line = page.lines[index]
    match = _NAMED.match(page.value, line.body, line.end)
    if match is None or page.marks.label[index] >= 0 or not page.rules.senses.duty.match(page.value, match.end()):
        return None
    name = match["name"]
    bare = _REMARK.sub("", name)
    if bare != name and page.names.is_unit(bare):
        heading = Heading("unit", Name(bare, 0, len(bare)), "")
        return make_head(page, heading, line, index, line.body, match.end(), mentions=True)
    if (
        name in page.rules.labels
        or _NOBODY.search(name)
        or page.names.is_unit(name)
        or name.startswith(page.rules.titles.not_starts)
    ):
        return None
    heading = Heading("post", Name(name, 0, len(name)), "")
    return make_head(page, heading, line, index, line.body, match.end(), mentions=True)


def _without_gathered(heads: list[Head]) -> list[Head]:
    """The heads without those that name several posts of which each has a line of its own in the list below: 班长、电工、
    焊工的安全责任⏎（1）班长是…"""
    listed = [head.name.text for head in heads if head.in_list and head.mentions]
    if len(listed) < _FEWEST_GATHERED:
        return heads
    return [
        head
        for head in heads
        if head.in_list
        or "、" not in head.name.text
        or not all(any(name.endswith(part) for name in listed) for part in head.name.text.split("、"))
    ]


def _full_stop(page: Page, line: Line, index: int) -> Head | None:
    """The head of a unit whose name a full stop parts from what it does: 办公室。负责…"""
    match = _FULL_STOP.match(page.value, line.body, line.end)
    if match is None or not page.names.is_unit(match["name"]) or _SET_UP.match(page.value, match.end(), line.end):
        return None
    if line.ordinal < 0 and not page.rules.senses.duty.match(page.value, match.end()):
        return None
    heading = Heading("unit", Name(match["name"], 0, len(match["name"])), "")
    return make_head(page, heading, line, index, line.body, match.end(), mentions=True)


def _appointed(page: Page, line: Line, index: int) -> Iterator[Head]:
    """The posts that an article, or the line below its number, appoints, with what they do: 置经理一人，综理社务；副经理一人，襄助之。"""
    begin = line.start
    for match in _APPOINTED.finditer(page.value, line.body, _end_of_paragraph(page, index)):
        if page.names.is_post(match["post"]):
            heading = Heading("post", Name(match["post"], 0, len(match["post"])), "")
            head = make_head(page, heading, line, index, match.start("post"), match.start("text"), mentions=True)
            yield head._replace(start=begin, in_list=True, stop=match.end("text"))
            begin = match.end("text")


def _end_of_paragraph(page: Page, index: int) -> int:
    """Where the text of a line ends that goes on in the lines below it, broken at a fixed width."""
    end = page.lines[index].end
    for line in page.lines[index + 1 : index + 1 + _MOST_UP]:
        if page.value[end - 1] in "。；;：:" or line.ordinal >= 0 or page.value.count("\n", end, line.start) > 1:
            break
        end = line.end
    return end


def is_article(page: Page, line: Line) -> bool:
    """Whether a line is an article of a regulation: 第三条."""
    return line.ordinal >= 0 and page.ordinals[line.ordinal].style == "条"


def _beside(page: Page, index: int, following: Mapping[int, int]) -> Iterator[int]:
    """The lines before and behind a line in its list: by its number, or else next to it."""
    line = page.lines[index]
    style = page.ordinals[line.ordinal].style if line.ordinal >= 0 else ""
    if style in ("", "bullet"):
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(page.lines):
                other = page.lines[beside].ordinal
                if (page.ordinals[other].style if other >= 0 else "") == style:
                    yield beside
        return
    for ordinal in (page.ordinals[line.ordinal].before, following.get(line.ordinal, -1)):
        if ordinal >= 0 and (beside := page.line_index(page.ordinals[ordinal].start)) != index:
            yield beside


def _is_parted(page: Page, index: int) -> bool:
    """Whether the line below goes on with the paragraph of a line, of which each sentence names somebody else."""
    line, below = page.lines[index], page.lines[index + 1] if index + 1 < len(page.lines) else None
    return below is not None and below.ordinal < 0 and "\n" not in page.value[line.end : below.start]


def _fellows(page: Page, head: Head, following: Mapping[int, int], named: Mapping[int, Head]) -> list[Head]:
    """The heads beside a head in its list; where it is an article or has a colon, those beyond one line that names nobody."""
    line = page.lines[head.line]
    has_colon = _has_colon(page, head)
    may_skip = is_article(page, line) or (has_colon and line.ordinal >= 0)
    found: list[Head] = []
    for beside in _beside(page, head.line, following):
        if beside in named:
            found.append(named[beside])
        elif may_skip:
            beyond = (i for i in _beside(page, beside, following) if i != head.line and i in named)
            found += [named[i] for i in beyond if not has_colon or _has_colon(page, named[i])]
    return found


def _has_colon(page: Page, head: Head) -> bool:
    return page.value[head.end - 1] in _COLONS


def _tells(page: Page, heads: Sequence[Head]) -> bool:
    """Whether what stands behind the names reads as what they do, for one in two at the least; the first is one that is
    asked about."""
    lines = [head for head in heads if head.mentions]
    texts = [
        page.value[h.end : min(page.lines[h.line].end, h.end + _LONGEST_SUBJECT)].lstrip().removeprefix(h.name.text)
        for h in lines
    ]
    telling = sum(_tells_of(page, head, text) for head, text in zip(lines, texts, strict=True))
    return telling * 2 >= len(lines)


def _tells_of(page: Page, head: Head, text: str) -> bool:
    """Whether what stands behind a name reads as what its holder does, or who he is and what he does."""
    senses = page.rules.senses
    is_he = _IS.match(text) if text[:1] in "是为作" else None
    if senses.duty.match(text, is_he.end() if is_he else 0):
        return True
    if head.kind != "post":
        return False
    if senses.requirement.search(text) or BEARS.match(text):
        return True
    return "负责" in text and any(f"{part}负责" in text for part in head.name.text.replace("／", "/").split("/"))
