"""The post that the text above a section speaks of, where no heading and no label names it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from gangwei.headlines import read_headline
from gangwei.model import Entry
from gangwei.page import Line, Page

_OF_POST: Final = ("职位", "岗位", "职务", "职能类")
# A post's heading at the head of a text that lost its line breaks: 文档简介一、文员岗位职责概述行政文员…
_OWN_HEADING: Final = re.compile(
    r"(?:(?<=[\s、.．:：。）)\]】])|(?<=简介)|(?m:^))[\u4e00-\u9fffA-Za-z]{2,12}?[（(]?(?:岗位|职位|职务|工作|主要)?(?:职责|职责说明书|说明书|任职要求)(?![的和及与、，]|[\u4e00-\u9fff]{0,4}(?:模板|范本|大全|制度|汇编))"
)
_FARTHEST_HEADING: Final = 600
_TITLE_PARTS: Final = re.compile(r"[-—–_|·,，:：()（）【】\[\]/]|\s{1,4}")
_LINES_UP: Final = 14
_SHORTEST_PARAGRAPH: Final = 24
_PREDICATE: Final = re.compile(
    "(?:[，,]?(?:顾名思义|简单来说|说白了|简单地?说)[，,]?)?就?是|要|需|应|承担|主要|负责|必须|的(?:主要|岗位|工作|具体|日常|核心){0,2}(?:职责|工作|任务)"
)
_DOES: Final = re.compile("作为|是|主要|全面|负责|承担|的(?:主要|岗位|工作|具体|日常|核心){0,2}(?:职责|工作|任务)")
_CALL_WORDS: Final = ("招聘", "诚聘", "招收", "招募", "征聘", "聘用", "聘请", "选聘")
_COUNT: Final = r"(?:共计?|各)?[ ]?(?:\d{1,3}(?:[-~—至]\d{1,3})?|[一二两三四五六七八九十]{1,3}|若干|数)[ ]?[名位人]"
_CALLS: Final = re.compile(
    rf"(?:招聘|诚聘|招收|招募|征聘|聘用|聘请|选聘)(?:(?:{_COUNT})(?P<of>的)?)?(?P<post>[^\s，,。；;：:！!？?、（(]{{2,24}}?)"
    rf"[ （(]?(?:{_COUNT}|(?<=[员师后理手生])(?=[，,。；;：:！!（(]))"
)
_TITLE_LINES: Final = 3
_RULED: Final = re.compile(
    "(?:[\u4e00-\u9fff]{2,8}(?:公司|学校|医院|中心))?(?P<post>[\u4e00-\u9fff]{2,12}?)(?:岗位|队伍)?的?(?:工作|安全|日常|行为|考核){0,2}(?:管理)?"
    "(?:制度|办法|规定|条例|细则|规范)(?:[（(][\u4e00-\u9fff]{2,4}[)）])?$"
)
# A question, what stands before the post in it, and what behind.
_LONGEST_QUESTION: Final = 60
_QUESTION: Final = re.compile("[^?？。，,！!\\n]++")
_ASKING: Final = re.compile(
    r"(?:[QＱ问]\d?[:：.、]?)?[ ]?(?:请问|想问一?下|什么是|什么叫|如何做好|怎样做好|怎么做好|如何当好|如何成为|怎样成为|怎么当)?(?:一[名个位]|做)?(?:好|合格的|优秀的)?"
)
_ASKED: Final = re.compile(
    "$|[?？]|一般|平时|每天|到底|究竟|具体|主要|都|需要|要|该|是|做|干|负责|有(?:什么|哪些|啥)|的(?:主要|岗位|工作|具体|日常){0,3}(?:职责|工作|内容|任务|要求)|岗位|工作|职责"
)


def subject_post(page: Page, place: int) -> Entry | None:
    """The post that the text right above a place speaks of, as the subject of a paragraph: 市场专员是…, 调度员要…"""
    last = page.line_index(place)
    is_within = last >= 0 and place - page.lines[last].body >= _SHORTEST_PARAGRAPH
    for index in range(last if is_within else last - 1, max(-1, last - _LINES_UP), -1):
        line = page.lines[index]
        if page.value[line.end - 1] in "?？" and (asked := _asked_of(page, line)):
            return asked
        if line.depth or (line.ordinal >= 0 and page.ordinals[line.ordinal].style in ("han", "章", "节", "篇")):
            return None
        if line.end - line.body < _SHORTEST_PARAGRAPH:
            continue
        words = page.names.cut(page.value[line.body : line.body + 24])
        count = page.names.first_post(words)
        if count and count < len(words) and _PREDICATE.match("".join(words[count:])):
            return page.entry(line.body, line.body + len("".join(words[:count])), "subject of the paragraph")
    return None


def subject_within(page: Page, start: int, end: int) -> Entry | None:
    """The post that a stretch begins with and says what it is or does: 仓库管理员主要负责…, 跟单岗作为…"""
    words = page.names.cut(page.value[start : min(end, start + 24)])
    count = page.names.first_post(words)
    if not count or not _DOES.match("".join(words[count:])):
        return None
    return page.entry(start, start + len("".join(words[:count])), "subject of the section")


def _asked_of(page: Page, line: Line) -> Entry | None:
    """The one post that a question asks of: 什么是产品助理？, 跟单员平时做什么？"""
    for sentence in _QUESTION.finditer(page.value, line.body, min(line.end, line.body + _LONGEST_QUESTION)):
        asking = _ASKING.match(page.value, sentence.start(), sentence.end())
        start = asking.end() if asking else sentence.start()
        words = page.names.cut(page.value[start : sentence.end()])
        count = page.names.first_post(words)
        if count and _ASKED.match("".join(words[count:])):
            return page.entry(start, start + len("".join(words[:count])), "subject of the question")
    return None


def called_post(page: Page, place: int) -> Entry | None:
    """The post that prose above a place calls for, with how many are wanted: 因工作需要，现招聘土壤学方向实验员2名。"""
    if not page.holds(_CALL_WORDS):
        return None
    last = page.line_index(place)
    for line in page.lines[max(0, last - _LINES_UP) : last]:
        if line.end - line.body < _SHORTEST_PARAGRAPH:
            continue
        for match in _CALLS.finditer(page.value, line.body, line.end):
            name = page.names.post(match["post"])
            if name and (page.names.is_post(name.text) or name.text.endswith("博士后")):
                start = match.start("post") + name.start
                return page.entry(start, start + len(name.text), "called for in prose")
    return None


def headline_post(page: Page, place: int) -> tuple[Entry, Entry | None, Entry | None] | None:
    """The post that a headline above a place names, with the employer and the unit that it names: of an
    advertisement whose post has no label of its own."""
    labelled = {page.line_index(label.start) for label in page.labels if label.at_line_start}
    last = page.line_index(place)
    for index in range(last - 1, max(-1, last - _LINES_UP), -1):
        line = page.lines[index]
        headline = None if index in labelled else read_headline(page, line.body, line.end)
        if headline and headline.title:
            title, company, unit = (
                page.entry(*span, "headline") if span else None
                for span in (headline.title, headline.company, headline.unit)
            )
            return (title, company, unit) if title else None
    return None


def post_of_document(page: Page, place: int) -> Entry | None:
    """The post that a field of another kind names before a place (职位类型：网站编辑), or a heading that lost its line, or
    else the document's own title, such as that of a page on the web, which stands outside the text: of a document that
    names it nowhere else."""
    for label, after in zip_longest(page.labels, page.labels[1:]):
        if label.start >= place or not label.has_mark or not label.word.startswith(_OF_POST):
            continue
        stop = page.lines[page.line_index(label.start)].end
        start, end = page.trim(label.end, min(stop, after.start) if after else stop)
        if page.names.is_post(page.value[start:end]):
            return page.entry(start, end, f"label {label.word}")
    for match in _OWN_HEADING.finditer(page.value, 0, min(place, _FARTHEST_HEADING)):
        heading = page.names.heading(match[0])
        if heading is not None and heading.kind == "post" and heading.tail:
            start = match.start() + heading.name.start
            return page.entry(start, start + len(heading.name.text), "heading within a line")
    for part in _TITLE_PARTS.split(page.document.title):
        heading = page.names.heading(part.strip().removesuffix("招聘").removesuffix("岗位"))
        if heading is not None and heading.kind == "post":
            raw = page.text.raw_span(place, place)
            return Entry(heading.name.text, raw.start, raw.start, "title of the document")
    return None


def ruled_post(page: Page) -> Entry | None:
    """The post for whose holders the document's title says that it makes rules: 收银员管理制度, 导医岗位工作制度."""
    for line in page.lines[:_TITLE_LINES]:
        match = _RULED.match(page.value, line.body, line.end)
        if match and (page.names.is_post(match["post"]) or match["post"].endswith("人员")):
            return page.entry(*match.span("post"), "title: rules for a post")
    return None


def untitled(page: Page, place: int) -> Entry:
    """The title of a post that the document names nowhere: no text, at the place where it begins."""
    raw = page.text.raw_span(place, place)
    return Entry("", raw.start, raw.start, "no title")
