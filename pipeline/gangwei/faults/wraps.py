"""Line breaks at a fixed width, in the middle of sentences and words: 所属⏎单位生产部."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gangwei.faults.chunks import cuts_word
from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.segment import Lexicon
from gangwei.text import Edit

WRAP: Final = "line break"

# Lines that were broken at a width are as long as each other, but for a character that did not fit.
_NARROWEST: Final = 20
_SLACK: Final = 4
_FEWEST: Final = 3
# One break in so many goes through a word, at the least.
_OFTEN: Final = 4
_VERY_OFTEN: Final = 3
_SET_IN: Final = re.compile(r"(?<=[^\s。；;：:！!？?])[ \t\r]*\n(?:[ ]{2,8}|\u3000{1,4})(?=[\u4e00-\u9fff])")
_WIDE: Final = 25
_IN_ENGLISH: Final = re.compile(r"[a-z,]\n[ \t]{0,8}(?=[a-z]{1,20}[ ,.])")
_NARROW_ENGLISH: Final = 40
_GOES_ON: Final = "及和与、，或之的兼并由等"
_ARTICLE_ALONE: Final = re.compile(
    r"^[ \t\u3000]*第[ ]?[一二三四五六七八九十百\d]{1,5}[ ]?条(?:之[一二三四五六七八九十]|[ ]?-[ ]?\d{1,2})?(?P<gap>[ \t\u3000\r]*\n[\s\u3000]{0,40})(?=\S)",
    re.MULTILINE,
)
_FEWEST_ARTICLES: Final = 2
_DASH_ALONE: Final = "\n-\n"
# So many empty lines part whatever stands on both sides.
_FAR: Final = 2
# 熟练使用Illus⏎trator和…
_FOREIGN: Final = re.compile("[\u4e00-\u9fff][A-Za-z]{1,12}$")
_REST: Final = re.compile("[a-z]{1,12}[\u4e00-\u9fff、，]")
_NEAR: Final = 14
_NO_BEGINNING: Final = frozenset("，。；、：！？）)」”》】,;%")
_ENDS: Final = "。；;：:！!？?"
# A line that begins so begins anew, whatever the line before it.
_BEGINS: Final = re.compile(
    r"[ \t\u3000]*(?:\d{1,2}[、.．)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[①-⑳◆■●★▪◇□➢※◎○▲△►•*+#|>【\[-]|第[一二三四五六七八九十\d]{1,3}[条章节]|[ \t\u3000]{2})"
)


def find_wraps(sight: Sight, bench: Bench) -> Finding:
    """Edits that take out the line breaks inside paragraphs whose lines are all of one width.

    A few of the breaks must have gone through words: the items of a list can be of one length too.
    """
    text = sight.text
    if text.count("\n") < _FEWEST:
        return NOTHING
    edits = [*(_behind_articles(text) if "条" in text else ()), *_hanging(text, bench), *_english(text)]
    edits += _behind_dashes(text)
    apart: list[list[tuple[int, int]]] = []
    for block in _blocks(text):
        found: list[Edit] = []
        first = 0
        for index, (start, end) in enumerate(block):
            # The last line of a paragraph is shorter.
            if end - start < _NARROWEST or index + 1 == len(block):
                found += _unwrapped(text, block[first : index + 1], bench)
                first = index + 1
        found = found or _at_margin(text, [block], bench)
        edits += found
        if not found and len(block) > 1:
            apart.append(block)
    # Paragraphs too short to tell do so together.
    if len(apart) > 1:
        edits += _at_margin(text, apart, bench)
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return Finding(tuple(kept)) if kept else NOTHING


def _behind_dashes(text: str) -> Iterator[Edit]:
    """The edits that put what a bullet stands before beside it, where the bullets of a text fill lines of their own."""
    if text.count(_DASH_ALONE) < _FEWEST:
        return
    place = text.find(_DASH_ALONE)
    while place >= 0:
        end = place + len(_DASH_ALONE)
        if text[end : end + 1].strip("-\n \t\r"):
            yield Edit(end - 1, end, " ", WRAP)
        place = text.find(_DASH_ALONE, end - 1)


def _hanging(text: str, bench: Bench) -> Iterator[Edit]:
    """The edits that join the rest of an item, set in below its first line, where a word was cut or a phrase goes on."""
    for match in _SET_IN.finditer(text):
        start, end = match.span()
        line = text.rfind("\n", 0, start) + 1
        if start - line < _WIDE or not _BEGINS.match(text, line) or _BEGINS.match(text[end : end + _NARROWEST]):
            continue
        if text[start - 1] in _GOES_ON or cuts_word(text, start, end, bench.lexicon()):
            yield Edit(start, end, "", WRAP)


def _english(text: str) -> Iterator[Edit]:
    """The edits that join the lines of an English sentence: we are looking for somebody who wants⏎to join us"""
    for match in _IN_ENGLISH.finditer(text):
        if match.start() - text.rfind("\n", 0, match.start()) > _NARROW_ENGLISH:
            yield Edit(match.start() + 1, match.end(), " ", WRAP)


def _behind_articles(text: str) -> Iterator[Edit]:
    """The edits that put an article's text behind its number, where each number stands alone in its line."""
    found = [*_ARTICLE_ALONE.finditer(text)]
    if len(found) >= _FEWEST_ARTICLES:
        yield from (Edit(*match.span("gap"), " ", WRAP) for match in found)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines between empty ones, without the blanks at their ends; or the lines behind each of which one empty line
    stands, which are then a block of their own."""
    block: list[tuple[int, int]] = []
    place, empty, gap = 0, 0, 0
    for line in text.split("\n"):
        # Behind the widest of blanks in the order of characters stand all of Chinese: nothing to strip.
        length = len(line)
        span = place, place + (length if line[-1:] > "\u3000" else len(line.rstrip()))
        place += length + 1
        if span[0] == span[1]:
            empty += 1
            continue
        if len(block) == 1 and empty < _FAR:
            gap = empty
        elif block and (empty != gap or empty >= _FAR):
            # The last of the lines that stand apart may begin a paragraph.
            following = [block.pop()] if empty < gap else []
            yield block
            block, gap = following, empty
        block.append(span)
        empty = 0
    if block:
        yield block


def _at_margin(text: str, blocks: Sequence[Sequence[tuple[int, int]]], bench: Bench) -> list[Edit]:
    """The edits for lines that were broken at the page's margin, among others that end before it: their sentences go on,
    and many a word was cut."""
    lines = [span for block in blocks for span in block]
    if len(lines) <= _FEWEST or max([end - start for start, end in lines]) < _NARROWEST:
        return []
    going_on = [pair for block in blocks for pair in _going_on(text, block)]
    if len(going_on) < _FEWEST:
        return []
    margin = max([_width(text, *span) for span in lines]) - _SLACK
    breaks = [(one[1], two[0]) for one, two in going_on if _width(text, *one) >= margin]
    if len(breaks) < _FEWEST:
        return []
    lexicon = bench.lexicon()
    if sum(_is_inside(text, end, start, lexicon) for end, start in breaks) * _VERY_OFTEN < len(breaks):
        return []
    return [Edit(end, start, "", WRAP) for end, start in breaks]


def _unwrapped(text: str, block: Sequence[tuple[int, int]], bench: Bench) -> list[Edit]:
    """The edits for lines without an empty one among them: all are joined, or those of one width."""
    if len(block) <= _FEWEST or not _going_on(text, block):
        return []
    if edits := _joined(text, block, bench, often=_VERY_OFTEN):
        return edits
    edits = []
    run: list[tuple[int, int]] = []
    first = 0
    for span in block:
        width = _width(text, *span)
        if run and abs(width - first) > _SLACK:
            edits += _joined(text, [*run, span], bench, often=_OFTEN)
            run = []
        if not run:
            first = width
        run.append(span)
    return edits + _joined(text, run, bench, often=_OFTEN)


def _going_on(text: str, lines: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The lines whose sentences go on, each with the one below."""
    return [
        (one, two) for one, two in pairwise(lines) if text[one[1] - 1] not in _ENDS and not _BEGINS.match(text, two[0])
    ]


def _width(text: str, start: int, end: int) -> int:
    """How wide a line is, in halves of a Chinese character."""
    return 2 * (end - start) - len(text[start:end].encode("ascii", "ignore"))


def _is_inside(text: str, end: int, start: int, lexicon: Lexicon) -> bool:
    """Whether a break goes through a word, Chinese or foreign, or stands before a mark that begins no line."""
    if text[start] in _NO_BEGINNING or cuts_word(text, end, start, lexicon):
        return True
    return _FOREIGN.search(text, max(0, end - _NEAR), end) is not None and _REST.match(text, start) is not None


def _joined(text: str, lines: Sequence[tuple[int, int]], bench: Bench, *, often: int) -> list[Edit]:
    """The edits that join lines of one width and the one behind them, where sentences go on and words were cut."""
    if len(lines) <= _FEWEST:
        return []
    breaks = [(one[1], two[0]) for one, two in _going_on(text, lines)]
    lexicon = bench.lexicon()
    if sum(_is_inside(text, end, start, lexicon) for end, start in breaks) * often < len(lines):
        return []
    return [Edit(end, start, "", WRAP) for end, start in breaks]
