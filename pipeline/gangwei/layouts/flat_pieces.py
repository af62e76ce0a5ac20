"""The pieces that a flattened table is read from: what stands between blanks, numbers and full stops."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gangwei.layouts.cell_senses import LONGEST_INDICATOR, is_indicator, is_wanted, verbs_of
from gangwei.model import Field, Span
from gangwei.name_values import NOTHING
from gangwei.ordinals import Ordinal
from gangwei.page import Page
from gangwei.rulebook.columns import NUMBER, TARGET

_WORD: Final = re.compile(r"[^\s|]+")
_FULL_STOP: Final = re.compile(r"[。；;](?=[^\s。；;)）”])")
_PAGE_MARK: Final = re.compile(r"第\s*\d{1,3}\s*页|^[-—\s]*\d{1,3}[-—\s]*$|^\s*\d{1,3}\s*/\s*\d{1,3}\s*$")
_CLOSING: Final = re.compile(
    r"(?:备?注|说明|附注|附|编制|审核|批准|制表|填表|日期|编写|拟制|签字|主管领导|填写人)[\d一二三]?\s*[:：]|[※*]?注\d?[:：]|本表|以上|附[件表录]"
)
_LONGEST_NAME: Final = 32
_SHORT_NAME: Final = 12
_SHORT_UNIT: Final = 10
_LONGEST_LINE: Final = 48
_AUTHORITY: Final = re.compile(r"有权|[权力限]。?$|^可")
_PERSON: Final = re.compile(r"(?:人员|岗位?|师傅|工|手|生|厨|者|官)$")
# What is asked of the indicator before it: an amount with its unit.
_ASKED: Final = re.compile(r"每?\S{0,3}?[≥≤＞＜±=]\s*\d\S{0,10}|\d[\d.]*[^\d\s.、，；]\S{0,6}")
_GLOSS: Final = re.compile(r"[(（][^()（）]*[)）]$")
_NO_NAME: Final = re.compile(r"[，,、。；：:\d]")
_AMOUNT: Final = re.compile(r"^(?:每.{0,3})?[≥≤＞＜]?\s*\d")


WIDE: Final = "  "


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
            text = value[body:following].strip(" \t。；;,，、:：")
            gap = value[last_end:place]
            mark = "\n" if "\n" in gap else WIDE if len(gap) > 1 or gap in ("\t", "\u3000") else " " if gap else ""
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
            word = Span(*match.span())
            while spans and spans[0].end <= word.start:
                spans.pop(0)
            if not spans or word.end <= spans[0].start:
                yield word


def _is_count(value: str, ordinal: Ordinal) -> bool:
    """Whether a number stands alone: the number of a row, not of an item."""
    mark = value[ordinal.start : ordinal.end]
    return mark.strip().isdigit() and (mark != mark.strip() or value[ordinal.end : ordinal.end + 1].isspace())


class _Signs(NamedTuple):
    """What speaks for a piece being one thing or another."""

    text: str
    is_item: bool
    is_count: bool
    is_name: bool
    is_post: bool
    is_posts: bool
    is_unit: bool
    is_duty: bool
    is_verb: bool
    is_wanted: bool
    is_indicator: bool
    heads_list: bool
    item: float


class Likeness:
    """How much a piece looks like what a column of some kind holds, from -8 to 3."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._verbs = verbs_of(page.rules.typed)

    def of(self, piece: Piece, following: Piece | None, kinds: Iterable[str]) -> dict[str, float]:
        """The likeness for each of the kinds of columns; `following` is the piece behind."""
        signs = self._signs(piece, following)
        return {kind: _LIKE.get(kind, _like_other)(signs) for kind in kinds}

    def _signs(self, piece: Piece, following: Piece | None) -> _Signs:
        text = piece.text
        names, senses = self._page.names, self._page.rules.senses
        is_item = piece.ordinal is not None
        is_count = not is_item and len(text) < 4 and text.isdigit()
        is_name = not is_item and not is_count and 2 <= len(text) <= _LONGEST_NAME
        # A table of labels (what each is called or means) names no posts.
        is_name = is_name and (text not in self._page.rules.labels or names.is_post(text))
        name = names.post(text) if is_name else None
        is_post = name is not None and (names.is_post(name.text) if name.start == 0 else names.is_post(text))
        is_unit = is_name and not is_post and names.is_unit(text)
        item = 0.8 if is_item else -4.0 if is_count else -2.0 if is_post else -1.5 if is_unit else 0.0
        is_verb = text[:2] in self._verbs
        is_duty = bool(senses.duty.match(text))
        if not is_item and (_CLOSING.match(text) or (senses.closing.search(text) and not (is_duty or is_verb))):
            item -= 4.0
        elif is_name and names.is_company(text):
            item -= 2.0  # a page head
        asked = following.text if following and not following.ordinal else ""
        is_asked = is_name and len(text) <= _SHORT_NAME and bool(_ASKED.fullmatch(asked))
        return _Signs(
            text,
            is_item,
            is_count,
            is_name,
            is_post,
            is_name and not is_post and _are_posts(self._page, text),
            is_unit,
            is_duty,
            is_verb,
            is_wanted(self._page, text),
            is_asked or is_indicator(text, is_verb=is_duty or is_verb),
            is_name and bool(following and following.ordinal and following.ordinal.value == 1),
            item,
        )


def _are_posts(page: Page, text: str) -> bool:
    parts = re.split("[、,，/]", text)
    return len(parts) > 1 and all(page.names.is_post(part) for part in parts if part)


def _like_duty(s: _Signs) -> float:
    if s.is_duty or s.is_verb:
        return s.item + (1.2 if s.is_duty else 0.9) - 0.3 * s.is_indicator
    return s.item + 0.1 - 0.8 * s.is_indicator - 0.6 * s.is_wanted


def _like_requirement(s: _Signs) -> float:
    if s.is_wanted:
        return s.item + 1.2
    return s.item - 0.2 - 0.6 * s.is_duty - 0.5 * s.is_verb - 0.5 * s.is_indicator


def _like_indicator(s: _Signs) -> float:
    score = s.item - 0.8 * s.is_wanted - 0.8 * (len(s.text) > LONGEST_INDICATOR)
    return score + 1.2 if s.is_indicator else score - 0.2 - 0.8 * s.is_duty - 0.5 * s.is_verb


def _like_authority(s: _Signs) -> float:
    return s.item + (1.6 if _AUTHORITY.search(s.text) else -0.6)


def _like_target(s: _Signs) -> float:
    return 1.4 if _AMOUNT.match(s.text) else -1.0


def _like_number(s: _Signs) -> float:
    return 2.5 if s.is_count else -8.0


def _like_title(s: _Signs) -> float:
    if s.is_post:
        return 3.0
    core = _GLOSS.sub("", s.text)
    if not s.is_name or s.is_duty or s.is_unit or len(core) > _SHORT_NAME or _NO_NAME.search(core):
        return -8.0
    if not s.is_indicator and not s.is_verb and (s.heads_list or _PERSON.search(core)):
        return 2.0 if core.endswith(("人员", "师傅")) else 1.0
    return -8.0 if s.is_wanted or s.is_indicator else -1.5


def _like_unit(s: _Signs) -> float:
    if s.is_unit:
        return 2.5
    return -0.5 if s.is_name and not s.is_post and len(s.text) <= _SHORT_UNIT else -6.0


def _like_posts(s: _Signs) -> float:
    if s.is_post:
        return 2.5
    return 2.0 if s.text in NOTHING else 1.5 if s.is_posts else -6.0


def _like_other(s: _Signs) -> float:
    return 0.0 if not s.is_item and len(s.text) <= _SHORT_NAME else -1.5


_LIKE: Final[Mapping[str, Callable[[_Signs], float]]] = {
    Field.DUTY: _like_duty,
    Field.ROUTINE: _like_duty,
    Field.SUMMARY: _like_duty,
    Field.REQUIREMENT: _like_requirement,
    Field.KPI: _like_indicator,
    Field.AUTHORITY: _like_authority,
    TARGET: _like_target,
    NUMBER: _like_number,
    Field.TITLE: _like_title,
    Field.DEPARTMENT: _like_unit,
    Field.COMPANY: _like_unit,
    Field.SUPERVISOR: _like_posts,
    Field.SUBORDINATE: _like_posts,
    Field.DEPUTY: _like_posts,
}
