"""What copying sites put into a text: a dot or a tick behind 的, the page's title in brackets, an editor's small talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.furniture import FURNITURE
from gangwei.text import Edit

STRAY: Final = "stray mark"
# Behind 的, where no sentence ends.
_MARK: Final = re.compile("(?<=的)[.`'＇](?=[\u4e00-\u9fff《“])")
# A full stop in ASCII between sentences: where a text has such ones, a dot behind 的 may be one as well.
_STOP: Final = re.compile("[\u4e00-\u9fff]\\.(?=[\u4e00-\u9fff])")
_SHORTEST_TITLE: Final = 6
_LONGEST_TITLE: Final = 40
_MOST_TITLES: Final = 64
# Small talk before an editor says what the page holds: 在当今社会,岗位职责的使用越来越广泛。…下面是小编整理的…
_TALK: Final = re.compile(
    "[ \t\u3000]{0,8}(?:在|随着|现如今|如今|现在|当今|当|我们|大家|众所周知|不管|无论|为了|作为|想必|忙碌|岗位职责)"
    "(?P<rest>[^\n]{10,400}[。？！?!])(?=[^\n。？！?!]{0,40}$)"
)
_EDITOR: Final = "小编"
_LISTED: Final = re.compile(r"\d{1,2}[、.．)）]|[一二三四五六七八九十][、.．)）]|[:：]")
_LONGEST_TALK: Final = 440
# A link that stands in a heading: 回顶部网页设计师
_TOP: Final = re.compile("(?m)^[ \t•#]*+(?P<link>(?:返回|回到|回)顶部[ ]?)(?=\\S)")
# Bullets of a font of symbols that copying turned into letters: l按时出车;l检查车况
_LETTER: Final = re.compile(r"(?<![A-Za-z0-9._/\-])[lnuüØ](?=[ \t]?[\u4e00-\u9fff])")
_FEWEST_LETTERS: Final = 3
_BULLET: Final = "•"
_SHORTEST_HEADING: Final = 5
_LONGEST_HEADING: Final = 20
_OF_PAPERS: Final = ("职责", "说明书", "规范", "职能", "标准")
_PARTED: Final = re.compile(
    r"(?m)(?:^[ \t]{0,4}|(?<=[。；;]))(?P<parts>\d{1,2}(?:\.\d{1,2}){1,2}\.)(?P<gap>[ \u3000])(?=\d{1,2}[ \u3000、.]?[\u4e00-\u9fff])"
)
_DOT: Final = "·"
_FEWEST_DOTS: Final = 3
_CELL_MARK: Final = "\N{CYRILLIC CAPITAL LETTER ER}"
_FEWEST_CELLS: Final = 8


def find_strays(sight: Sight, _: Bench) -> Finding:
    """Edits that take out marks that no author set, and the document's title where it stands in 【】 before an item.

    `find_strays` is about 完善店铺的.陈列, and about 【店长职责】8、… in a page that 店长职责 heads.
    """
    text = sight.text
    edits = [
        *_marks(text),
        *_titles(text),
        *_talk(text),
        *_links(text),
        *_letters(text),
        *_marks_of_cells(text),
        *_dots(text),
        *_headings(text),
        *_numbers(text),
    ]
    return Finding(tuple(sorted(edits))) if edits else NOTHING


def _marks(text: str) -> Iterator[Edit]:
    found = list(_MARK.finditer(text)) if "的." in text or "的`" in text or "的'" in text else []
    dots = sum(match[0] == "." for match in found)
    is_stop = dots > 0 and sum(1 for _ in _STOP.finditer(text)) > dots
    for match in found:
        if not (is_stop and match[0] == "."):
            yield Edit(*match.span(), "", STRAY)


def _letters(text: str) -> Iterator[Edit]:
    if not any(text.count(letter) >= _FEWEST_LETTERS for letter in "lnuüØ"):
        return
    found = list(_LETTER.finditer(text))
    counts = Counter([match[0] for match in found])
    for match in found:
        if counts[match[0]] >= _FEWEST_LETTERS:
            yield Edit(*match.span(), _BULLET, STRAY)


def _marks_of_cells(text: str) -> Iterator[Edit]:
    """Edits that break lines at the letter which sites put for the end of each cell: 岗位名称Р班组长Р所属部门Р…"""
    if text.count(_CELL_MARK) >= _FEWEST_CELLS:
        for place, char in enumerate(text):
            if char == _CELL_MARK:
                yield Edit(place, place + 1, "\n", STRAY)


def _dots(text: str) -> Iterator[Edit]:
    """Edits that put bullets for the dots of a list that ran together: 权限范围·考核权·审批权·人事建议权"""
    if text.count(_DOT) >= _FEWEST_DOTS:
        begin = 0
        for line in text.split("\n"):
            if line.count(_DOT) >= _FEWEST_DOTS:
                places = [begin + at for at, char in enumerate(line) if char == _DOT]
                yield from (Edit(place, place + 1, _BULLET, STRAY) for place in places)
            begin += len(line) + 1


def _headings(text: str) -> Iterator[Edit]:
    """Edits that take out the first of two headings that a reader of pictures found one on the other: 会计职责会计职责 …"""
    for word in _OF_PAPERS:
        first = text.find(word)
        while first >= 0:
            second = text.find(word, first + 1)
            length = second - first
            if _SHORTEST_HEADING <= length <= _LONGEST_HEADING:
                begin = first + len(word) - length
                head = text[begin : begin + length]
                is_head = begin >= 0 and text[max(0, begin - 1) : begin] in ("", "\n", " ")
                if is_head and head == text[begin + length : begin + 2 * length]:
                    yield Edit(begin, begin + length, "", STRAY)
            first = second


def _numbers(text: str) -> Iterator[Edit]:
    """Edits that close up numbers of three levels which a blank parted, where their list has others: 4.1.1 … 4.1. 2 …"""
    for match in _PARTED.finditer(text):
        if f"{match['parts']}1" in text:
            yield Edit(*match.span("gap"), "", STRAY)


def _titles(text: str) -> Iterator[Edit]:
    if "】" not in text:
        return
    body = len(text) - len(text.lstrip())
    end = text.find("\n", body, body + _LONGEST_TITLE)
    title = text[body:end].strip() if end > 0 else ""
    if len(title) < _SHORTEST_TITLE:
        return
    for match in islice(re.finditer(re.escape(f"【{title}】"), text[end:]), _MOST_TITLES):
        yield Edit(end + match.start(), end + match.end(), "", FURNITURE)


def _talk(text: str) -> Iterator[Edit]:
    place = text.find(_EDITOR)
    for _ in range(_MOST_TITLES):
        if place < 0:
            return
        begin = text.rfind("\n", max(0, place - _LONGEST_TALK), place) + 1
        match = _TALK.match(text, begin, place) if place - begin < _LONGEST_TALK else None
        if match and not _LISTED.search(match["rest"]):
            yield Edit(begin, match.end(), "", FURNITURE)
        place = text.find(_EDITOR, place + len(_EDITOR))


def _links(text: str) -> Iterator[Edit]:
    found = _TOP.finditer(text) if "顶部" in text else ()
    return (Edit(*match.span("link"), "", FURNITURE) for match in found)
