"""Heads and feet of pages that copying left in the text: …清点工具。某某公司岗位说明书第1页共6页7.锁门…."""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

PAGE: Final = "page head"
CONTENTS: Final = "contents list"

# What a contents list that nothing leads through begins with.
CONTENTS_ANCHORS: Final = ("目录", "目 录", "目次")
PAGE_ANCHORS: Final = ("页", "公司", "集团", "医院", "学校", "学院", "酒店", "工厂", "中心", "说明书", "手册")
LEADERS: Final = ("……", "....", "．．．", "····", "…", "------")

_OF: Final = r"(?:[共总/／] ?\d{1,4} ?页)"
_NUMBER: Final = re.compile(
    rf"[(（]?第 ?\d{{1,4}} ?页(?P<of>[ ,，、|／/]{{0,3}}{_OF}[)）]?)?"
    r"|[(（]?(?P<all>[共总] ?\d{1,4} ?页[ ,，、|／/]{0,3}第 ?\d{1,4} ?页[)）]?|页码[:：]? ?\d{1,4} ?[/／] ?\d{1,4})"
)
# A page's number without a word for it, behind the head of the page: 岗位说明书 3 / 9
_BARE: Final = re.compile(r"[)）]?[ \t]{0,4}[-–—]?[ \t]{0,2}(\d{1,3}) ?[/／] ?(\d{1,3})(?![\d%％])[ \t]{0,2}[-–—]?")
_FEWEST_HEADS: Final = 3
_ORDINAL: Final = re.compile(r"(?<![\d.])(\d{1,2})[.、．](?!\d)")
_CLOSING: Final = "。；;！？!?\n"
_BOUNDS: Final = re.compile("[。；;！？!?，,、：:\n]")
# Who sends the reader to a page means it.
_REFERS: Final = re.compile("(?:见|参照|参阅|参考|按照|依据|根据|第[一二三四五六七八九十]+[章条])[^。；\n]{0,20}$")
_LONGEST_HEAD: Final = 40
_SHORTEST_HEAD: Final = 4
_MOST_HEADS: Final = 64
_SAME: Final = 2
_MOST_PLACES: Final = 20

_LEADER: Final = re.compile(
    r"(?<![…．.·-])(?:…[…。.．]{0,200}|\.{4,200}|．{3,100}|·{4,100}|-{6,200})[ \t]?[Pp]?(\d{1,3})(?:[-–—~～]{1,2}\d{1,3})?(?![\d.%％])"
)
_TITLE: Final = re.compile("目[ \t\u3000]{0,4}[录次]")
_ENTRIES: Final = re.compile("[^。；;！？!?，,…]{1,60}")
_ENTRY: Final = re.compile(r"(?:\d{1,2}[.、．] ?)?[^\s。；;…]{1,40}\s?$")
# An entry that nothing leads to its page: 三、站长岗位职责6. A chunk's number may stand within it, on a line of its own.
_RUN: Final = re.compile(
    r"\s{0,4}(?P<mark>[一二三四五六七八九十百]{1,4}[、.．]|第[一二三四五六七八九十百]{1,4}[章节篇条])[ \t\u3000]?"
    r"(?:[^。；;！!？?，,：:\n\d]{0,40}\n\d{1,2}、)?[^。；;！!？?，,：:\n\d]{1,40}"
    r"(?P<page>\d{1,3})(?=\s{0,4}(?:[一二三四五六七八九十百]{1,4}[、.．]|第[一二三四五六七八九十百]{1,4}[章节篇条]|\n|$))"
)
_FEWEST_RUN: Final = 3
# One that gives no page: 第二章 岗位职责一、 店长岗位职责 二、…
_UNPAGED: Final = re.compile(
    r"[ \t\u3000]{0,4}(?:第[一二三四五六七八九十百]{1,4}[章节篇]|[一二三四五六七八九十]{1,3}、)[ \t\u3000]{0,4}"
    r"[^。；;！!？?，,：:\n]{2,30}?[ \t\u3000]{0,4}(?=第[一二三四五六七八九十百]{1,4}[章节篇]|[一二三四五六七八九十]{1,3}、|$)"
)
_FEWEST_UNPAGED: Final = 8
# What is left of a word processor's contents list: HYPERLINK l _Toc703 职位名称 PAGEREF _Toc703 h 2
_FIELD: Final = re.compile(
    r"(?:TOC \\?o[^\nH]{0,24})?HYPERLINK \\?l \"?_Toc\d{1,12}\"?[^_]{1,80}PAGEREF _Toc\d{1,12} ?\\?h ?\d{0,2}"
)


def find_pages(sight: Sight, _: Bench) -> Finding:
    """Edits that take page numbers out, with the head before them where it stands elsewhere in the text too, and a
    repeated head without a number between two items of one list."""
    text, places = sight
    edits: list[Edit] = []
    if "页" in places:
        edits += _numbers(text)
    if any(word in places for word in PAGE_ANCHORS[1:]):
        edits += _stray_heads(sight)
    return Finding(tuple(edits)) if edits else NOTHING


def find_contents(sight: Sight, _: Bench) -> Finding:
    """Edits that take out contents lists: two and more entries, each with a dotted line and a page number, or three and
    more behind 目录, each with a page number right behind its name."""
    text, places = sight
    if "PAGEREF" in text:
        return Finding(tuple([Edit(*match.span(), "", CONTENTS) for match in _FIELD.finditer(text)]))
    run = [edit for word in CONTENTS_ANCHORS for place in places.get(word, ()) for edit in _run_together(text, place)]
    if run or not any(leader in places for leader in LEADERS):
        return Finding(tuple(sorted(run))) if run else NOTHING
    edits: list[Edit] = []
    chain: list[re.Match[str]] = []
    for match in _LEADER.finditer(text):
        if chain and not _ENTRIES.fullmatch(text, chain[-1].end(), match.start()):
            edits += _contents(text, chain)
            chain = []
        chain.append(match)
    return Finding(tuple(edits + _contents(text, chain)))


def _run_together(text: str, title: int) -> list[Edit]:
    """The edit that takes out the contents list below a title at a place, whose entries follow one another: 一、总则1二、…"""
    start = end = title + len("目录") + (text[title + 1] == " ")
    pages: list[int] = []
    while match := _RUN.match(text, end):
        if pages and int(match["page"]) < pages[-1]:
            break
        pages.append(int(match["page"]))
        end = match.end()
    if not pages:
        return _without_pages(text, start)
    return [Edit(start, end, "", CONTENTS)] if len(pages) >= _FEWEST_RUN else []


def _without_pages(text: str, start: int) -> list[Edit]:
    """The edit that takes out a contents list in one line without pages: many short entries with their numbers, up to
    where the first of them stands again."""
    line_end = text.find("\n", start)
    first, end, count = "", start, 0
    while match := _UNPAGED.match(text, end, line_end if line_end >= 0 else len(text)):
        entry = match[0].strip()
        if entry == first:
            break
        first, end, count = first or entry, match.end(), count + 1
    return [Edit(start, end, "", CONTENTS)] if count >= _FEWEST_UNPAGED else []


def _contents(text: str, chain: list[re.Match[str]]) -> list[Edit]:
    numbers = [_page_of(text, match, following) for following, match in enumerate(chain, 2)]
    if len(chain) < 2 or numbers != sorted(numbers):
        return []
    begin = chain[0].start()
    window = text[max(0, begin - 60) : begin]
    first = [*_TITLE.finditer(window), _ENTRY.search(window)][0]
    start = begin - len(window) + first.start() if first else begin
    return [Edit(start, chain[-1].end(), "", CONTENTS)]


def _page_of(text: str, match: re.Match[str], following: int) -> int:
    """The page that an entry gives, without the number of the following entry where that is glued to it: 1、总则……32、…"""
    is_glued = text[match.end() : match.end() + 1] in ("、", ".", "．")
    return int((is_glued and match[1].removesuffix(str(following))) or match[1])


def _numbers(text: str) -> list[Edit]:
    edits: list[Edit] = []
    heads = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        line_start = max(text.rfind("\n", max(0, start - 200), start) + 1, start - 200)
        window = _BOUNDS.split(text[max(line_start, start - _LONGEST_HEAD) : start])[-1].rstrip(" \t\u3000_-—")
        gap = start - len(text[max(0, start - 4) : start].rstrip(" \t\u3000_-—")) - max(0, start - 4)
        head = ""
        if len(window) >= _SHORTEST_HEAD and heads < _MOST_HEADS:
            heads += 1
            head = _repeated_end(text, window)
            if head and head + text[match.end() : match.end() + _SAME] in text:
                head = ""  # a sentence that stands elsewhere whole
        counted = match["of"] or match["all"]
        if not counted and (not head or _REFERS.search(text[max(line_start, start - 30) : start])):
            continue
        edits.append(Edit(start - gap - len(head) if head else start - gap, match.end(), "", PAGE))
    return edits


def _repeated_end(text: str, window: str) -> str:
    """The longest end of a string that stands in the text at least twice; "" where it is too short to be a head."""
    least, most = _SHORTEST_HEAD - 1, len(window)
    while least < most:
        middle = (least + most + 1) // 2
        end = window[-middle:]
        if text.find(end, text.find(end) + 1) >= 0:
            least = middle
        else:
            most = middle - 1
    if least < _SHORTEST_HEAD:
        return ""
    # Two pages may end in the same word: the head is what begins somewhere at a border.
    repeated = window[-least:].lstrip()
    for length in range(len(repeated), _SHORTEST_HEAD - 1, -1):
        if _begins_at_border(text, repeated[-length:]):
            return repeated[-length:]
    return repeated


def _begins_at_border(text: str, head: str) -> bool:
    place = text.find(head)
    for _ in range(_MOST_PLACES):
        if place <= 0 or _BOUNDS.match(text[place - 1]):
            return place >= 0
        place = text.find(head, place + 1)
    return False


def _numbered_head(text: str, end: int, bare: re.Match[str]) -> list[Edit]:
    """The edit that takes out a repeated head with a page's number behind it that no word names."""
    window = _BOUNDS.split(text[max(0, end - _LONGEST_HEAD) : end])[-1].lstrip()
    is_head = len(window) >= _SHORTEST_HEAD and int(bare[1]) <= int(bare[2]) and text.count(window) >= _FEWEST_HEADS
    return [Edit(end - len(window), bare.end(), "", PAGE)] if is_head else []


def _stray_heads(sight: Sight) -> list[Edit]:
    """Names that open each form of the text and stand once between item n and item n + 1 of a list."""
    text, places = sight
    edits: list[Edit] = []
    tries = 0
    for word in PAGE_ANCHORS[1:]:
        for place in places.get(word, ()):
            end = place + len(word)
            following = _ORDINAL.match(text, end)
            if not following and (bare := _BARE.match(text, end)) and tries < _MOST_HEADS:
                tries += 1
                edits += _numbered_head(text, end, bare)
            if not following or tries >= _MOST_HEADS:
                continue
            tries += 1
            window = _BOUNDS.split(text[max(0, end - _LONGEST_HEAD) : end])[-1]
            start = end - len(window)
            if len(window) < _SHORTEST_HEAD or text.count(window) < 3 or text[start - 1 : start] not in _CLOSING:
                continue
            before = [int(match[1]) for match in _ORDINAL.finditer(text, max(0, start - 400), start)]
            if before and before[-1] + 1 == int(following[1]):
                edits.append(Edit(start, end, "", PAGE))
    return sorted(edits)
