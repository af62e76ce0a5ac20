"""The pieces that a flattened table is read from: what stands between blanks, numbers and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.model import Field, Span
from gangwei.ordinals import Ordinal
from gangwei.page import Page
from gangwei.rulebook.columns import TARGET

_WORD: Final = re.compile(r"[^\s|]+")
_FULL_STOP: Final = re.compile(r"[。；;](?=[^\s。；;)）”])")
_PAGE_MARK: Final = re.compile(r"第\s*\d{1,3}\s*页|^[-—\s]*\d{1,3}[-—\s]*$|^\s*\d{1,3}\s*/\s*\d{1,3}\s*$")
_CLOSING: Final = re.compile(
    r"(?:备?注|说明|附注|附|编制|审核|批准|制表|填表|日期|编写|拟制|签字|主管领导|填写人)[\d一二三]?\s*[:：]|[※*]?注\d?[:：]|本表|以上|附[件表录]"
)
_INDICATOR: Final = re.compile(
    r"(?:[率度数量额分次比]|时效|周期|成本|利润|收入|产值|完成情况|执行情况|得分|合格|达标|达成|为零|为0|[零0]事故)[^，,。；;]{0,14}$"
    r"|[≥≤＞＜]|\d\s*[%％‰]|(?:不[低高超大小少多]于|控制在)\s*\d"
)
_LONGEST_INDICATOR: Final = 34
_LONGEST_NAME: Final = 32
_AUTHORITY: Final = re.compile(r"有权|[权力限]。?$|^可")
_BEFORE_AMOUNT: Final = re.compile(r"^(?:每.{0,3})?[≥≤＞＜]?\s*\d")


class Piece(NamedTuple):
    """A piece at [start:end] of the page; `text` is what stands behind its number, without closing marks.

    `gap` is what parts it from the piece before: "" nothing, " " a blank, "\\n" a line break.
    """

    start: int
    end: int
    text: str
    gap: str
    ordinal: Ordinal | None
    is_closed: bool
    after_closed: bool


def read_pieces(page: Page, start: int, end: int, skipped: Sequence[Span] = ()) -> Iterator[Piece]:
    """The pieces between two places of a page, without page numbers and without the spans to skip."""
    value = page.value
    last_end = start
    is_closed = True
    for word in _words(page, start, end, skipped):
        ordinals = [o for o in page.ordinals_in(word.start, word.end) if o.end <= word.end or o.end - word.end < 4]
        cuts = {o.start: o for o in ordinals if not _is_count(value, o)}
        places = sorted({word.start, *cuts, *(m.end() for m in _FULL_STOP.finditer(value, word.start, word.end))})
        for place, following in zip(places, [*places[1:], word.end], strict=True):
            ordinal = cuts.get(place)
            body = ordinal.end if ordinal else place
            text = value[min(body, following) : following].strip(" \t。；;,，、:：")
            gap = value[last_end:place]
            mark = "\n" if "\n" in gap else " " if gap else ""
            is_after, is_closed = is_closed, value[following - 1] in "。；;.！!"
            yield Piece(place, following, text, mark, ordinal, is_closed, is_after)
            last_end = following


def _words(page: Page, start: int, end: int, skipped: Sequence[Span]) -> Iterator[Span]:
    """What stands between blanks, without lines that hold a page's number."""
    value = page.value
    spans = list(skipped)
    index = page.line_index(start)
    for line in page.lines[index:]:
        if line.start >= end:
            return
        first, last = max(line.start, start), min(line.end, end)
        if last - first < _LONGEST_LINE and _PAGE_MARK.search(value, first, last) and "\n" not in value[first:last]:
            continue
        for match in _WORD.finditer(value, first, last):
            while spans and spans[0].end <= match.start():
                spans.pop(0)
            if not spans or match.end() <= spans[0].start:
                yield Span(match.start(), match.end())


_LONGEST_LINE: Final = 48


def _is_count(value: str, ordinal: Ordinal) -> bool:
    """Whether a number stands alone: the number of a row, not of an item."""
    mark = value[ordinal.start : ordinal.end]
    return mark.strip().isdigit() and (mark != mark.strip() or value[ordinal.end : ordinal.end + 1].isspace())


class Likeness:
    """How much a piece looks like what a column of a kind holds, from about -8 to 3."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def of(self, piece: Piece, kinds: Iterable[str]) -> dict[str, float]:
        """The likeness for each of the kinds of columns."""
        text = piece.text
        names, senses = self.page.names, self.page.rules.senses
        is_count = piece.ordinal is None and text.isdigit() and len(text) < 4
        is_name = piece.ordinal is None and 2 <= len(text) <= _LONGEST_NAME and not is_count
        name = names.post(text) if is_name else None
        is_post = name is not None and name.start == 0 and names.is_post(name.text)
        is_unit = is_name and not is_post and names.is_unit(text)
        is_duty = bool(senses.duty.match(text))
        is_wanted = bool(senses.requirement.search(text))
        is_indicator = len(text) <= _LONGEST_INDICATOR and bool(_INDICATOR.search(text))
        item = 0.8 if piece.ordinal else 0.0
        if is_count:
            item = -4.0
        elif not piece.ordinal and (is_post or is_unit):
            item = -2.0 if is_post else -1.5
        if piece.ordinal is None and (_CLOSING.match(text) or senses.closing.search(text)):
            item -= 4.0
        found: dict[str, float] = {}
        for kind in kinds:
            if kind == Field.DUTY or kind == Field.ROUTINE:
                score = item + 1.2 * is_duty - 0.8 * (is_indicator and not is_duty) - 0.6 * (is_wanted and not is_duty)
            elif kind == Field.REQUIREMENT:
                score = item + 1.2 * is_wanted - 0.8 * (is_duty and not is_wanted) - 0.5 * (is_indicator and not is_wanted)
            elif kind == Field.KPI:
                score = item + 1.2 * is_indicator - 1.0 * (is_duty and not is_indicator) - 0.8 * is_wanted
                score -= 0.8 * (len(text) > _LONGEST_INDICATOR)
            elif kind == Field.AUTHORITY:
                score = item + (1.6 if _AUTHORITY.search(text) else -0.6)
            elif kind == TARGET:
                score = 1.4 if _BEFORE_AMOUNT.match(text) else -1.0
            elif kind == "number":
                score = 2.5 if is_count else -8.0
            elif kind == Field.TITLE:
                score = 3.0 if is_post else -1.5 if is_name and not (is_duty or is_wanted or is_unit) and len(text) <= 12 else -8.0
            elif kind == Field.DEPARTMENT or kind == Field.COMPANY:
                score = 2.5 if is_unit else -0.5 if is_name and not is_post and len(text) <= 10 else -6.0
            elif kind in (Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY):
                score = 2.5 if is_post else 2.0 if text in ("无", "-", "—", "/", "——") else 1.5 if _is_posts(self.page, piece) else -6.0
            else:
                score = 0.0 if piece.ordinal is None and len(text) <= 12 else -1.5
            found[kind] = score
        return found


def _is_posts(page: Page, piece: Piece) -> bool:
    if piece.ordinal or not 2 <= len(piece.text) <= 60:
        return False
    parts = re.split("[、,，/]", piece.text)
    return len(parts) > 1 and all(page.names.is_post(part) for part in parts if part)
