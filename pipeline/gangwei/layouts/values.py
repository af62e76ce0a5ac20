"""The values of short fields: where they end, which posts they name, whether a title is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.model import Entry, Field, Span
from gangwei.name_values import NOTHING, Name, names_nobody
from gangwei.page import Page

_LONGEST_ODD_TITLE: Final = 16
_LONGEST_NAME: Final = 40
# How much further than its label a value is set in that stands below another one.
_LEAST_SET_IN: Final = 4
# What a blank form holds instead of a value.
# An empty field behind a value in its line.
_EMPTY_FIELD: Final = re.compile("(?<=[\u4e00-\u9fff)）])[ \t\u3000]{1,8}([\u4e00-\u9fff]{2,4})$")
_CHAPTER: Final = re.compile("[（(]?[一二三四五六七八九十]{1,2}[、．.)）]")
_PLACEHOLDER: Final = re.compile(r"_{2,}|\{|\}|﹍|…{2,}|<[^<>]*>|\$\{|X{3,}|x{3,}|×{2,}")
# A blank within a name: 经 理
_SPREAD: Final = re.compile("(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
# What a template says that a value might be: 如：市场部、财务部
EXAMPLE: Final = re.compile(r"\s*[(（]?(?:例?如|例|比如|示例|举例)[:：]")
# A value that says something of posts names none.
_NOT_A_POST: Final = re.compile(
    "^you\\b|\\bwill\\b|[与和是的为不应须]|除外|相同|填|一般|如有|根据|视|人数|若干|^(?=.*[\u4e00-\u9fff]).{17,}$|^.{41,}$"
)
_AND: Final = re.compile(r"[，,、]\s*兼?")
# A value that talks about titles is none.
_NOT_A_TITLE: Final = re.compile(
    r"[。；？！?!，]|的|是指|应当|填写|必须|要求|怎么|什么|一致|栏|如[：:]|例如|^(?:[及和与、]|包括|包含|通常|一般|可以)|^应(?![急收付用届])"
)


# The name of the form behind the value of its first field: 某某公司 岗位说明书
_PAPER: Final = re.compile("[ \t\u3000]?(?:岗位|职务|职位|工作)(?:职责)?(?:说明书|规范|描述书)$")
# A label that we do not know, in the same line: 铁匠        炉号：三号
_BESIDE: Final = re.compile(r"(?<=[^\s\u3000:：])[ \t\u3000]{2,40}(?=[\u4e00-\u9fff]{2,6}[:：])")
_GLOSS: Final = re.compile(r"[ ]?[（(][A-Za-z /&.-]+[)）]$")

# A label behind one without a value: 所属部门|姓名|…
_OF_PERSON: Final = ("姓名", "工号", "性别", "编号")


def value_end(page: Page, start: int, following: int, mentions: frozenset[int], *, is_posts: bool) -> int:
    """Where a short field's value ends: at the next cut, or at the end of the line where it holds anything.

    Posts may stand below one another, up to the first line that is none.
    """
    value = page.value
    line_end = value.find("\n", start, following)
    if line_end < 0 or value[start:line_end].strip(" \t\u3000\r*_|"):
        stop = line_end if line_end >= 0 else following
        if beside := _BESIDE.search(value, start + 1, stop):
            return beside.start()
        if line_end >= 0 and (below := _second_name(page, start, stop, following)):
            return below
        return _end_of_column(page, start, stop, following) if is_posts and line_end >= 0 else stop
    after = start
    while after < following and value[after] in " \t\u3000\r\n*_|":
        after += 1
    index = page.line_index(after)
    if index in mentions:
        return start
    line_end = value.find("\n", after, following)
    if line_end < 0 or not is_posts:
        return following if line_end < 0 else line_end
    for line in page.lines_below(index):
        is_apart = "\n\n" in value[line_end : line.start]
        if line.end > following or is_apart or not page.names.is_post(value[line.body : line.end]):
            break
        line_end = line.end
    return line_end


def _second_name(page: Page, start: int, stop: int, following: int) -> int:
    """Where the post's name ends that stands below a stroke: 行政主管/⏎行政助理; or 0."""
    if page.value[start:stop].rstrip()[-1:] not in ("/", "／"):
        return 0
    line = next(page.lines_below(page.line_index(stop - 1)), None)
    return line.end if line and line.end <= following and page.names.is_post(page.value[line.body : line.end]) else 0


def _end_of_column(page: Page, start: int, line_end: int, following: int) -> int:
    """Where posts end of which the first stands behind its label and the others below it, set in as far as it is."""
    index = page.line_index(start)
    set_in = page.lines[index].start + _LEAST_SET_IN - (page.value.rfind("\n", 0, start) + 1)
    for line in page.lines_below(index):
        blanks = line.start - (page.value.rfind("\n", 0, line.start) + 1)
        if line.end > following or blanks < set_in or "\n\n" in page.value[line_end : line.start]:
            break
        if not page.names.is_post(page.value[line.body : line.end]):
            break
        line_end = line.end
    return line_end


def short_value(page: Page, start: int, end: int, rule: str) -> Entry | None:
    """The name between two places, or None where nothing, a blank to fill in or a whole sentence stands there."""
    span = page.trim(start, end)
    if paper := _PAPER.search(page.value, span.start, span.end):
        span = page.trim(span.start, paper.start())
    text = page.value[span.start : span.end]
    if not text or text in NOTHING or len(text) > _LONGEST_NAME or _PLACEHOLDER.search(text) or EXAMPLE.match(text):
        return None
    if text.startswith(_OF_PERSON) and not page.names.is_unit(text):
        return None
    if _CHAPTER.match(text):
        return None  # an empty field before 一、基本信息
    return page.entry(span.start, span.end, rule)


def posts_between(page: Page, start: int, end: int, rule: str) -> tuple[list[Entry], Span]:
    """The posts between two places, one by one, and the span that they fill."""
    span = page.trim(start, end)
    if page.value[span.start : span.start + 1] == "[" and page.value[span.end - 1] == "]":
        span = page.trim(span.start + 1, span.end - 1)
    text = page.value[span.start : span.end]
    if _PLACEHOLDER.search(text) or EXAMPLE.match(text) or names_nobody(text):
        return [], span
    if NOTHING.issuperset(text.split(" ")):
        return [], span
    if text.isascii() and ", " in text and not any(map(page.names.is_post, text.split(", ")[1:])):
        return [page.entry(*span, rule)], span  # Head of Service, North Asia
    names = page.names.split(text)
    are_posts = [page.names.is_post(name.text) or page.names.is_unit(name.text) for name in names]
    if len(text) > _LONGEST_NAME and sum(are_posts) * 2 < len(names):
        names = names[: are_posts.index(False)]  # what somebody does, behind an empty field
    else:
        names = names[: _end_of_posts(are_posts)]
    # A single character is the number of the section that follows.
    found = [n for n in names if len(n.text) > 1]
    found = [n for n in found if page.names.is_post(n.text) or not (n.text.isdigit() or _NOT_A_POST.search(n.text))]
    return [page.named(span.start + n.start, span.start + n.end, n.text, rule) for n in found], span


def _end_of_posts(are_posts: Sequence[bool]) -> int:
    """How many of some names belong to a list of posts: behind one that holds posts, two others end it."""
    if not any(are_posts):
        return len(are_posts)
    for place in range(are_posts.index(True) + 1, len(are_posts) - 1):
        if not (are_posts[place] or are_posts[place + 1]) and not any(are_posts[place:]):
            return place
    return len(are_posts)


def title_between(page: Page, start: int, end: int) -> tuple[Name | None, Span]:
    """The title between two places, its place in the page and the span looked at; None where no title stands there."""
    span = page.trim(start, end)
    tab = page.value.find("\t", span.start, span.end)
    if tab > 0 and page.names.is_post(page.value[span.start : tab].strip()):
        span = page.trim(span.start, tab)  # 客服⇥数量：2名
    if empty := _EMPTY_FIELD.search(page.value, span.start, span.end):
        rule = page.rules.labels.get(empty[1])
        if rule and rule.field is Field.OTHER:
            span = page.trim(span.start, empty.start())  # 车间主任 编号
    text = page.value[span.start : span.end]
    name = page.names.post(text)
    if name is None or "\t" in name.text or _PLACEHOLDER.search(text) or not _may_be_title(page, name.text):
        return None, span
    closed = _SPREAD.sub("", name.text)
    if closed != name.text and page.names.is_post(closed):
        name = name._replace(text=closed)
    return name._replace(start=span.start + name.start, end=span.start + name.end), span


def _may_be_title(page: Page, name: str) -> bool:
    rule = page.rules.labels.get(name)
    if rule and (rule.strength == "strong" or (rule.strength == "marked" and not page.names.is_post(name))):
        return False  # but 督导 is a post, and a word for whom one leads
    if page.names.is_post(name) or page.names.is_bilingual(name):
        return True
    parts = _AND.split(name)
    if len(parts) > 1 and all(map(page.names.is_post, parts)):
        return True  # 主管，兼报关员
    core = without_gloss(name)
    return rule is None and len(core) <= _LONGEST_ODD_TITLE and not _NOT_A_TITLE.search(name)


def without_gloss(name: str) -> str:
    """A name without its English in a bracket behind it: 采购智能体（Procurement Agent）"""
    return _GLOSS.sub("", name)


def post_at_end(page: Page, start: int, end: int) -> int:
    """Where the post's name begins that ends a stretch: at the first place from which it is one."""
    start = page.value.rfind(" ", start, end) + 1 or start
    place = start
    words = page.names.cut(page.value[start:end])
    for index, word in enumerate(words):
        rest = "".join(words[index:])
        if len(rest) <= _LONGEST_ODD_TITLE and page.names.is_post(rest):
            return place
        place += len(word)
    return start
