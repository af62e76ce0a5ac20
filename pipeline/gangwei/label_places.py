"""Where a label word stands: what is before it, what is behind it, how much belongs to the label with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from gangwei.lexer import Hit
from gangwei.model import Field, made

_OPEN: Final = frozenset("【[〖「『《<〔")
# As far as this before a closing bracket its opening one may stand.
_NEAR_BRACKET: Final = 30
_LIST_LOOK: Final = 120
_CLOSE: Final = frozenset("】]〗」』》>〕")
ENDS: Final = frozenset("。；;！!？?】]")
# Marks that stand on both sides of a label: ★工作职责★
_STARS: Final = frozenset("★☆◆◇■□●○▲△※")
_BLANKS: Final = frozenset(" \u3000\xa0*_#>")
_SEMICOLONS: Final = frozenset(";；")
_EDGES: Final = frozenset("\n\r|\t")
# Pictures that stand before a label.
_PICTURE: Final = re.compile("[☀-☏☓-☰☸-✐✔-❕❗-❥➡-⟿⬅-⭕\ufe0f\u200d\U0001f000-\U0001faff]")
_NO_PICTURES: Final = frozenset("\n:：。；;，、")
# A gloss behind the word, before its colon: (具体工作), Duties, 2
_GLOSS: Final = re.compile(
    r"[ \t]*[(（][^()（）\n]{1,24}[)）]|[ \t]?[A-Z][A-Za-z ]{3,24}(?=[:：\n]|$)|[ ]?\d{1,2}(?=[:：])"
    r"|[一二三四五六七八九十]{1,2}(?=[:：])"
    r"|[(（/][A-Z][A-Za-z ]{2,24}[)）]?|[ \t]{0,2}[/／|｜][ \t]{0,2}[A-Z][A-Za-z &'’-]{2,30}"
)
# Behind the label of a short field an English word is its value (部门 Logistics), but for those that say the same.
_SHORT: Final = frozenset(
    [Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY, Field.OTHER]
)
_SAYS_THE_SAME: Final = re.compile(
    "[ \\t]?(?:Dep|Division|Report|Superior|Supervis|Direct|Immediate|Position|Job|Title|Post|Role|Company|Employer|Subordinate|Manage[ds])"
)
# What a gloss begins with.
_BEFORE_GLOSS: Final = frozenset(" \t(（/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ一二三四五六七八九十")

# What may follow a word that has a mark behind it: a blank, a mark, a gloss, the line's end.
_BEFORE_MARK: Final = frozenset(" \t\u3000\xa0*_#>:：\n\r|】]〗」』》〕(（/ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NUMERALS: Final = "一二三四五六七八九十"
_BEFORE_FAR_MARK: Final = re.compile(r"\d|[一二三四五六七八九十]{1,2}[:：]|——|[;；]|$")
# Another mark typed for the colon, where the line ends with it and a list begins below.
_MISTYPED: Final = re.compile(r"[;；][ \t]*\n\s{0,8}[(（]?[1１一①]")


# A part of a subject line: 姓名+应聘职位+学历
_JOINED_BY_PLUS: Final = re.compile("[+＋\\-－—_][ ]?[^ ]{2,6}(?:[+＋\\-－—_]|[ ]?[+＋)）])")
# The number before a list's item.
_ARABIC: Final = re.compile(r"[ \t(（]{0,4}(?P<value>\d{1,2})[.、．)）,，]")


class Place(NamedTuple):
    """The surroundings of a label word.

    The word with its bracket begins at `begin`; `number` is where a list number right before it begins, or -1. The
    label with its closing bracket, gloss and colon ends at `end`; `before` and `following` are the characters around
    all that ("\\n" at the text's edges).
    """

    begin: int
    number: int
    end: int
    before: str
    following: str
    has_gap: bool
    is_bracketed: bool
    is_closed: bool
    has_colon: bool
    at_line_start: bool
    is_whole_line: bool


def _is_lone(text: str, end: int) -> bool:
    """Whether the bracket at a place closes none that stands near before it."""
    opener = "【" if text[end] == "】" else "["
    near = max(0, end - _NEAR_BRACKET)
    return text.rfind(opener, near, end) <= text.rfind(text[end], near, end)


def place_of(text: str, hit: Hit, numbers: Mapping[int, int]) -> Place:
    """The place of a label word; `numbers` leads from the end of each list number to its beginning."""
    begin, bracketed = hit.start, False
    before = text[begin - 1] if begin else "\n"
    number = numbers[begin] if begin in numbers else -1  # noqa: SIM401 - hundreds of words: no call
    if before != "\n" and not "\u4e00" <= before <= "\u9fff":
        begin, bracketed = _bracket_before(text, hit)
        if begin < hit.start:  # a number may end with the blanks behind it
            number = numbers.get(begin, number)
    left = number if number >= 0 else begin
    before = text[left - 1] if left else "\n"
    if before in _BLANKS:
        left = _skip_blanks_back(text, left)
        before = text[left - 1] if left else "\n"
    at_line_start = before in _EDGES
    has_gap = left < begin or begin < hit.start
    end = hit.end
    following = text[end : end + 1] or "\n"
    if "\u4e00" <= following <= "\u9fff" and following not in _BEFORE_GLOSS:
        # Nothing but the word itself belongs to the label: so it is nearly everywhere.
        return made(
            Place, (begin, number, end, before, following, has_gap, bracketed, False, False, at_line_start, False)
        )
    if following in _BEFORE_GLOSS:
        end = _behind_gloss(text, end, is_short=hit.rule.field in _SHORT)
    mark = text[end : end + 1]
    if mark in _BLANKS:
        end = _skip_blanks(text, end)
        mark = text[end : end + 1]
    if mark in _STARS and begin and text[begin - 1 : begin + 1].strip()[:1] == mark:
        end = _skip_blanks(text, end + 1)
        mark = text[end : end + 1]
    # A closing bracket counts with its opening one, or where that was lost.
    closed = mark in _CLOSE and (
        bracketed or (mark in "】]" and (at_line_start or before in ENDS or _is_lone(text, end)))
    )
    if closed:
        end = _skip_blanks(text, end + 1)
        mark = text[end : end + 1]
    colon = mark == "：" or (mark == ":" and not text[end - 1].isdigit())
    if mark == "—" and text[end + 1 : end + 2] == "—":
        colon, end = True, end + 1
    if mark in _SEMICOLONS and _MISTYPED.match(text, end):
        colon = True
    if colon:
        end += 1
        if text[end : end + 1] in _BLANKS:
            end = _skip_blanks(text, end)
        mark = text[end : end + 1]
    following = mark or "\n"
    is_whole_line = at_line_start and following in _EDGES
    return made(
        Place,
        (begin, number, end, before, following, has_gap, bracketed, closed, colon, at_line_start, is_whole_line),
    )


def may_be_marked(text: str, end: int) -> bool:
    """Whether a mark can stand behind a word that ends at a place: the next character tells, and most words have none."""
    following = text[end : end + 1]
    if following in _BEFORE_MARK:
        return True
    if "\u4e00" <= following <= "\u9fff" and following not in _NUMERALS:
        return False
    return _BEFORE_FAR_MARK.match(text, end) is not None


def _bracket_before(text: str, hit: Hit) -> tuple[int, bool]:
    """Where the word begins together with an opening bracket and blanks before it, and whether that bracket closes."""
    left = hit.start
    while left and (
        text[left - 1] in _BLANKS or (text[left - 1] not in _NO_PICTURES and _PICTURE.match(text, left - 1))
    ):
        left -= 1
    if left and text[left - 1] in _OPEN:
        return _skip_blanks_back(text, left - 1), text[hit.end : hit.end + 1] in _CLOSE
    return left, False


def _behind_gloss(text: str, end: int, *, is_short: bool) -> int:
    match = _GLOSS.match(text, end)
    if not match:
        return end
    if is_short and match[0][0] in " \t" and match[0][1:2].isupper() and not _SAYS_THE_SAME.match(match[0]):
        return end
    following = text[match.end() : match.end() + 1]
    return match.end() if following in ("", ":", "：", "\n", "\t") or following in _CLOSE else end


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANKS:
        place += 1
    return place


def _skip_blanks_back(text: str, place: int) -> int:
    while place and text[place - 1] in _BLANKS:
        place -= 1
    return place


def with_number(text: str, place: Place) -> int:
    """Where a label begins together with the number of its section, if it has one: 二、工作内容, 3工作权限."""
    if place.number >= 0:
        return place.number
    begin = digits = place.begin
    while digits and digits > begin - 2 and text[digits - 1].isdigit():
        digits -= 1
    if not digits or digits == begin:
        return begin
    before = text[digits - 1]
    is_han = "\u4e00" <= before <= "\u9fff"
    is_amount = text[digits] == "0" or before in "第约近满为于达至到共超"
    return digits if not is_amount and (is_han or not before.isalnum()) else begin


def is_over_sentence(text: str, place: int) -> bool:
    """Whether the line below one that ends at a place ends in a full stop."""
    begin = text.find("\n", place) + 1
    end = text.find("\n", begin) if begin else -1
    return begin > 0 and text[begin : end if end >= 0 else len(text)].rstrip().endswith("。")


def parts_lists(text: str, start: int, end: int) -> bool:
    """Whether a word parts the last item of one list from the first of another with marks of its kind: …班次权限1、…2、…"""
    mark = text[end + 1 : end + 2]
    if text[end : end + 1] != "1" or mark not in ("、", ".", "．"):
        return False
    before = text[max(0, start - _LIST_LOOK) : start]
    return any(f"{number}{mark}" in before for number in "23456789") and f"2{mark}" in text[end : end + _LIST_LOOK]


def goes_on_list(text: str, place: Place, last: int) -> bool:
    """Whether a word begins a sentence in a numbered line, and the line above has the number before and holds no label,
    the last of which ends at `last`: 7、跟进客诉⏎8、日常工作任务分配"""
    if (
        place.number < 0
        or not place.at_line_start
        or place.is_whole_line
        or not "\u4e00" <= place.following <= "\u9fff"
    ):
        return False
    number = _ARABIC.match(text, place.number)
    begin = text.rfind("\n", 0, place.number)
    above = text.rfind("\n", 0, max(begin, 0)) + 1
    if number is None or begin < 0 or last > above:
        return False
    before = _ARABIC.match(text, above)
    return before is not None and int(before["value"]) == int(number["value"]) - 1


def is_joined(text: str, start: int) -> bool:
    """Whether a word is joined with another one before it and one behind it, or the end of a bracket."""
    at = start - 1 - (text[start - 1 : start] == " ")
    return at >= 0 and _JOINED_BY_PLUS.match(text, at) is not None
