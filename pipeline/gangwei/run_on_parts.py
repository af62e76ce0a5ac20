"""What begins lines in text that lost its line breaks: numbered headings, markup, bullets, parts of an article.

Each counts where it stands several times in one long line, so that no sentence that mentions a chapter is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gangwei.glued_heads import behind_name, holds_title
from gangwei.label_values import TYPED
from gangwei.titles import Names

_LONGEST: Final = 24
_LONGEST_LABEL: Final = 6
_FEWEST: Final = 2
_FEWEST_BULLETS: Final = 3
_FEWEST_ARTICLES: Final = 3
_ARTICLE: Final = re.compile(
    "(?<![^。；;：:）) \u3000])第[ ]?[一二三四五六七八九十百\\d]{1,4}[ ]?[章条](?=[ \u3000]|(?![规所的中款项第和及至、])[\u4e00-\u9fff])"
)
# The heading of a chapter with its first article behind it: 第二章岗位职责第四条柜员：…
_CHAPTERED: Final = re.compile(
    "第[一二三四五六七八九十]{1,3}章[ \u3000]?[\u4e00-\u9fff、]{2,16}?[ \u3000]?(?=第[一二三四五六七八九十百]{1,4}条(?![规所的中款项]))"
)
# A number with a few words behind it, and the same number with .1 after it.
_LEVELLED: Final = re.compile(
    r"(?<![\d.．])(?P<line>(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,2})[ 、.．]{0,2}(?P<name>[\u4e00-\u9fff、()（）]{2,20})[:：]?)[ ]?(?=(?P=number)[.．]1(?!\d))"
)
_FIRST_ARTICLE: Final = re.compile("第[ ]?[1一][ ]?条")
# A sentence's end with a few words behind it that are no sentence.
_SENTENCE: Final = re.compile(r"[。；;：:][ \u3000]?(?=[^。；;：:，,]{4,22}$)")
_FEWEST_TOLD: Final = 3
_IN_BRACKETS: Final = re.compile(r"【(?<=(?<![^ \u3000。；;]).)[^【】\n]{2,18}】(?=[ \u3000]|\d{1,2}[、.])")
# All patterns that are looked for begin with what is rare: a page of text is gone through for each.
_NUMBER: Final = re.compile(
    r"[第一二三四五六七八九十#](?:(?<=第)[一二三四五六七八九十百\d]{1,4}[章节篇条][ ]?"
    r"|(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}[、.．,，。][ ]?|(?<=#)#{0,3}[ ])"
)
# Such a number with a name and a colon, and a list's first number.
_NUMBERED_POST: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．][ ]?(?P<name>[\u4e00-\u9fffA-Za-z]{2,12})[:：][ ]?"
)
_FIRST_NUMBER: Final = re.compile(r"(?<!\d)[1１][、.．)）](?!\d)|[（(]1[)）]|①")
_NOT_BEFORE_NUMBER: Final = "一二三四五六七八九十第每年月周#"
_STOP: Final = re.compile("[，。；！？,;!?\n:：【（(#]")
# What stands behind a heading: a list, a label in brackets, a colon, a blank.
_BEHIND: Final = re.compile(r"[ \t\u3000:：【]|[1１][、.．,，)）。]|[（(][1１一][)）]|[①⑴㈠●◆■•]|$")
# Where one of these stands, blanks alone part nothing.
_LISTED: Final = re.compile(r"[。；;:：]|\d{1,2}[、.)）]|[①-⑳●◆■•]|[（(]\d")
_BLANK: Final = re.compile("(?<=[\u4e00-\u9fff）)])[ \u3000](?=[\u4e00-\u9fff])")
_SHORTEST_ITEM: Final = 5
_BEFORE_NUMBER: Final = re.compile(r"[ ](?=(\d{1,2})[、.．,，)）。]|[（(](\d{1,2})[)）])")
_LONGEST_ITEM: Final = 80
_BEFORE_HAN: Final = re.compile(r"(?<=[\u4e00-\u9fff。；;）)%])(?<![条章节])[ ](?=[\u4e00-\u9fff]{5})")
_FEWEST_BLANKS: Final = 4
_RULES: Final = ("总则", "附则")
_ANSWERS: Final = re.compile(r"直接对[^，。；,\n]{2,24}负责[，,]履行下列职责[:：][ ]?")
_APART: Final = re.compile(r"[。；;！!？? \t\u3000】）)》]")
_BULLET: Final = re.compile(r"[●◆■•▪★-](?:(?<!-)|(?<=-)(?=[ ][\u4e00-\u9fff]))")
_BEFORE_BULLET: Final = " \u3000。；;:："
_SKIPPED: Final = 2
_PART: Final = re.compile(r"【第[一二三四五六七八九十\d]{1,3}篇】|篇[一二三四五六七八九十\d]{1,3}[：:]")
_TAIL: Final = re.compile(r"职责(?:[ ]?篇|之)?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})")
_LONGEST_NAME: Final = 12
_NO_HAN: Final = re.compile("[^\u4e00-\u9fff]")
_FIRST: Final = re.compile("[ ]?[1１][、.．,，。 ]")
_MENTION: Final = re.compile(r"[(（][^()（）\n]{4,60}[)）]")
_MENTIONED: Final = re.compile("(?<=[ \u3000:：。])[\u4e00-\u9fffA-Za-z]{2,12}$")
_HASHES: Final = re.compile("#{1,4}[ ]")
_COLON: Final = re.compile("[:：]")
_LABEL: Final = re.compile("[\u4e00-\u9fff]{2,6}$")
_WORD: Final = re.compile("[\u4e00-\u9fffA-Za-z]{2,8}(?=[ \u3000:：])")
_BOOK: Final = re.compile("说明书|规范|手册|汇编|一览表?")
# A post or a unit between its number in brackets and the first number of its list, and the chapter before the first one.
_LISTED_HEAD: Final = re.compile(
    "[（(][一二三四五六七八九十]{1,3}[)）][ ]?(?P<name>[\u4e00-\u9fffA-Za-z/／、]{2,16}?)[:：]?[ ]?(?=[1１][、.．,，)）](?!\\d))"
)
_CHAPTER_BEFORE: Final = re.compile(
    "[一二三四五六七八九十]{1,3}[、.．][^，。；：！？,;:!?、()（）\\d\n]{2,16}(?=[（(]一[)）])"
)

# A number whose sentence has a post for its subject: 2、主管负责楼面排班
_TOLD: Final = re.compile(
    r"(?<![\d.])(?P<number>\d{1,2})[、.．](?P<name>[\u4e00-\u9fffA-Za-z/／]{2,12}?)"
    r"[ ]?[:：]?[ ]?(?:全面|主要|直接|具体)?(?:负责|主持|协助|承担|分管|主管(?!理))"
)


def parts_of(text: str, names: Names, heads: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of a long line that stood in lines of their own: [start:end] for headings, an empty one where a line
    begins whose end is not known. `heads` are where other headings begin."""
    found = [
        *_numbered(text, names),
        *_posts_over_labels(text, names),
        *_over_lists(text, names),
        *_told_posts(text, names),
        *_answers(text, names),
        *_mentions(text, names),
        *_marked_labels(text, names),
        *_before_form(text, names),
        *_articles(text),
        *_levelled(text, names),
        *_bracketed(text),
    ]
    found += _unnumbered(text, sorted([*heads, *(start for start, _ in found)]))
    bullets = [match.start() for match in _BULLET.finditer(text) if text[match.start() - 1] in _BEFORE_BULLET]
    return found + [(place, place) for place in bullets if len(bullets) >= _FEWEST_BULLETS]


def _articles(text: str) -> Iterator[tuple[int, int]]:
    """Where the articles and chapters of a regulation begin behind a sentence's end, and the headings right
    before the first one of a row: …的机构。 一、部门职责 第一条 …"""
    found = list(_ARTICLE.finditer(text)) if "条" in text else []
    if len({match[0] for match in found if match[0].endswith("条")}) < _FEWEST_ARTICLES:
        return
    for match in found:
        yield match.start(), match.start()
        sentence = _SENTENCE.search(text, max(0, match.start() - _LONGEST), match.start())
        if sentence and _FIRST_ARTICLE.match(match[0]):
            yield sentence.end(), match.start()


def _levelled(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The headings right before the first number of the level below theirs: 3 管理制度3.1 交接班制度3.1.1 接班人员…"""
    for match in _LEVELLED.finditer(text) if ".1" in text or "．1" in text else ():
        if names.rule_of(match["name"]) is None:
            yield match.span("line")


def chaptered(text: str) -> Iterator[tuple[int, int]]:
    """The headings of chapters whose first article stands behind them."""
    return (match.span() for match in _CHAPTERED.finditer(text)) if "章" in text else iter(())


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """The headings in brackets that blanks set apart from what stands before and behind them: 【工作内容】 1. … 【我们期待你】 …"""
    found = list(_IN_BRACKETS.finditer(text)) if "【" in text else []
    if len(found) >= _FEWEST:
        yield from (match.span() for match in found)


def _numbered(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The numbered headings, with markup for a number too."""
    found: list[tuple[int, int]] = []
    rest: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        if match.start() and text[match.start() - 1] in _NOT_BEFORE_NUMBER:
            continue
        end = 0 if _label_at(text, match.end(), names) else _heading_end(text, match.end(), names)
        if end and not holds_title(text[match.end() : end], names):
            found.append((match.start(), end))
            if inner := _heading_end(text, end, names):
                rest.append((end, inner))
    if len(found) < _FEWEST:
        return
    yield from found
    yield from rest
    for (_, end), following in zip(found, [*(start for start, _ in found[1:]), len(text)], strict=True):
        yield from _blank_parted(text, end, following)


def _over_lists(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The posts and units in brackets' numbers right before their lists, and the chapters that they stand in:
    二、岗位设置与职责(一)馆长1.…"""
    found = [
        match.span()
        for match in _LISTED_HEAD.finditer(text)
        if names.is_post(match["name"]) or names.is_unit(match["name"])
    ]
    if found:
        yield from found
        yield from (match.span() for match in _CHAPTER_BEFORE.finditer(text))


def _told_posts(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Where the lines of a list began each of which has another post for its subject: 1、经理负责…。2、主管负责…"""
    found: list[int] = []
    for match in _TOLD.finditer(text):
        wanted = len(found) + 1
        if int(match["number"]) == wanted and names.is_post(match["name"]):
            found.append(match.start())
    if len(found) >= _FEWEST_TOLD:
        yield from ((place, place) for place in found)


def _posts_over_labels(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The numbered posts before a colon, each over a label with a list: 一、领班：带班。核心职责1.排班…二、保洁员：…核心职责1."""
    found: list[tuple[int, int, int]] = []
    for match in _NUMBERED_POST.finditer(text):
        if match.start() and text[match.start() - 1] in _NOT_BEFORE_NUMBER:
            continue
        name = match["name"]
        if names.is_post(name) and not names.rule_of(name):
            found.append((match.start(), match.end(), match.end() + _LONGEST_ITEM))
    if len(found) < _FEWEST:
        return
    ends = [*(start for start, _, _ in found[1:]), len(text)]
    told = [
        (start, end)
        for (start, end, far), following in zip(found, ends, strict=True)
        if any(_is_list_label(text, m.start(), names) for m in _FIRST_NUMBER.finditer(text, end, min(far, following)))
    ]
    if len(told) >= _FEWEST:
        yield from told


def _is_list_label(text: str, place: int, names: Names) -> bool:
    """Whether a label ends where a list begins, blanks and a colon aside."""
    end = len(text[max(0, place - 2) : place].rstrip(" :：")) + max(0, place - 2)
    rules = (names.rule_of(text[end - length : end]) for length in range(2, _LONGEST_LABEL + 1) if length <= end)
    return any(rule is not None and rule.field not in TYPED for rule in rules)


def _blank_parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the lines began below a heading that nothing but blanks part: 组织演练 检查消防器材 登记来访"""
    if _LISTED.search(text, start, end):
        return
    places = [match.end() for match in _BLANK.finditer(text, start, end)]
    if places and all(two - one >= _SHORTEST_ITEM for one, two in pairwise([start, *places, end])):
        yield from ((place, place) for place in places)


def _heading_end(text: str, start: int, names: Names) -> int:
    """Where the heading ends that begins at a place, or 0."""
    if text.startswith(_RULES, start):
        return start + 2
    stop = _STOP.search(text, start, start + _LONGEST)
    last = stop.start() if stop else min(len(text), start + _LONGEST)
    for end in range(last, start + 1, -1):
        heading = names.heading(text[start:end])
        if heading is None:
            continue
        name = heading.name.text
        if name[: len(name) // 2] * 2 == name:
            return start + heading.name.start + len(name) // 2  # the chapter's heading and the first one in it
        if heading.tail:
            behind = _BEHIND.match(text, end)
            if behind:
                return behind.end() if behind[0] in ":： \t\u3000" else end
        elif (
            _is_label(text, end, names)
            or text[end : end + 1] == "【"
            or (heading.kind == "unit" and _is_over_heading(text, end, names))
        ):
            return end
    return 0


def _is_over_heading(text: str, place: int, names: Names) -> bool:
    """Whether another heading begins behind that of a chapter."""
    if _NUMBER.match(text, place):
        return True
    answers = _ANSWERS.search(text, place, place + 2 * _LONGEST)
    if answers and names.is_post(text[place : answers.start()]):
        return True
    stop = _STOP.search(text, place, place + _LONGEST)
    last = stop.start() if stop else min(len(text), place + _LONGEST)
    headings = ((end, names.heading(text[place:end])) for end in range(last, place + 2, -1))
    return any(heading and heading.tail and _BEHIND.match(text, end) for end, heading in headings)


def _answers(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Headings that say whom the post answers to: 审计主管直接对财务总监负责，履行下列职责："""
    for match in _ANSWERS.finditer(text) if "履行下列职责" in text else ():
        low = max(0, match.start() - _LONGEST)
        start = max((apart.end() for apart in _APART.finditer(text, low, match.start())), default=low)
        # A chapter's heading may stand before it.
        for begin in range(start, match.start() - 1):
            if names.is_post(text[begin : match.start()]):
                unit = next(
                    (u for u in range(match.start() - 1, begin, -1) if _ends_unit(text, begin, u, names)), begin
                )
                yield unit, match.end()
                break


def _ends_unit(text: str, start: int, end: int, names: Names) -> bool:
    number = _NUMBER.match(text, start)
    return number is not None and names.is_unit(text[number.end() : end])


def _unnumbered(text: str, heads: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Items that lost their number, where a blank stands before each number of the line: 1.盘点； 登记台账； 3.发货。

    The numbers go on behind them, or a heading ends the list: cells of a table begin anew.
    """
    numbers = [(match.end(), int(match[1] or match[2])) for match in _BEFORE_NUMBER.finditer(text)]
    if len(numbers) < _FEWEST_BLANKS:
        return
    for match in _BEFORE_HAN.finditer(text):
        place = match.end()
        index = bisect_left(numbers, (place, 0))
        before = numbers[index - 1][1] if index else 0
        following, behind = numbers[index] if index < len(numbers) else (len(text), 0)
        head = bisect_right(heads, place)
        is_last = before and head < len(heads) and heads[head] <= min(following, place + _LONGEST_ITEM)
        if before < behind <= before + 2 or is_last:
            yield place, place


def _mentions(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Posts with what they do in brackets, one behind the other: 司机(负责送货) 门卫(登记来访)"""
    found: list[tuple[int, int]] = []
    for match in _MENTION.finditer(text):
        name = _MENTIONED.search(text, max(0, match.start() - _LONGEST_NAME - 1), match.start())
        if name and names.is_post(name[0]):
            found.append((name.start(), match.end()))
    if len(found) >= _FEWEST:
        yield from found


def _marked_labels(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Labels behind signs of markup, each of which began a line, and the name of the post before the first of a form."""
    marks = [match for match in _HASHES.finditer(text) if _label_at(text, match.end(), names)] if "# " in text else []
    if len(marks) < _FEWEST_BULLETS:
        return
    for match in marks:
        label = _label_at(text, match.end(), names)
        yield match.start(), match.end() + len(label)
        if start := _post_before(text, match.start(), names):
            yield start, match.start()


def _before_form(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The posts' names that stand before one and the same label, form after form: 门卫 部门：… 司机 部门：…"""
    by_label: dict[str, list[tuple[int, int]]] = {}
    for colon in _COLON.finditer(text):
        end = colon.start()
        words = _LABEL.search(text, max(0, end - _LONGEST_LABEL), end)
        for begin in range(words.start(), end - 1) if words else ():
            rule = names.rule_of(text[begin:end])
            if rule is None:
                continue
            if rule.field in TYPED and (start := _post_before(text, begin, names)):
                by_label.setdefault(text[begin:end], []).append((start, begin))
            break
    for found in by_label.values():
        if len(found) >= _FEWEST:
            yield from found


def _post_before(text: str, end: int, names: Names) -> int:
    """Where the post's name begins that ends at a place and is no label's value; 0 where there is none."""
    stop = len(text[:end].rstrip()) if end and text[end - 1] in " \u3000" else end
    low = max(0, stop - _LONGEST)
    start = max((apart.end() for apart in _APART.finditer(text, low, stop)), default=low)
    for book in _BOOK.finditer(text, start, stop):
        start = book.end()
    before = text[max(0, start - _LONGEST) : start].rstrip(" \t\u3000#")
    if not start or stop - start < _FEWEST or before[-1:] in ":：】])）" or "：" in text[start:stop]:
        return 0
    if any(names.rule_of(before[-length:]) for length in range(2, _LONGEST_LABEL + 1)):
        return 0
    name = text[start:stop]
    heading = names.heading(name)
    return start if heading is not None and heading.kind == "post" and not _is_label(text, start, names) else 0


def _label_at(text: str, place: int, names: Names) -> str:
    """The label that begins at a place and ends before a blank or a mark, or ""."""
    match = _WORD.match(text, place)
    return match[0] if match and names.rule_of(match[0]) else ""


def variants_of(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The headings of an article's variants: numbered parts, or one name before a word with a number that counts up."""
    parts = list(_PART.finditer(text)) if "篇" in text else []
    if len(parts) >= _FEWEST:
        for match in parts:
            yield match.start(), _heading_end(text, match.end(), names) or match.end()
        return
    tails = [match for match in _TAIL.finditer(text) if match.start() > 1]
    if len(tails) <= _FEWEST:
        return
    ends = [behind_name(text, match.start()) for match in tails]
    name = text[max(0, ends[-1] - _LONGEST_NAME) : ends[-1]]
    for end in ends[-3:-1]:
        while name and not text.endswith(name, 0, end):
            name = name[1:]
    name = _NO_HAN.split(name)[-1]
    wanted = 1
    for match, behind in zip(tails, ends, strict=True) if len(name) > 1 else ():
        if not text.endswith(name, 0, behind):
            continue
        # One whose number or list is garbled does not end the count.
        for count in range(wanted, wanted + _SKIPPED + 1):
            number = str(count)
            end = match.start("number") + len(number)
            # 篇1 and 1. of the list stand side by side: 篇11.
            if text.startswith(number, match.start("number")) and _FIRST.match(text, end):
                yield behind - len(name), end
                wanted = count + 1
                break


def _is_label(text: str, place: int, names: Names) -> bool:
    rules = (names.rule_of(text[place : place + length]) for length in range(2, _LONGEST_LABEL + 1))
    return any(rule is not None and rule.strength == "strong" for rule in rules)
