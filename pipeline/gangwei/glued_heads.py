"""Posts' names that ran into the item before them: 3、配合财务盘点|叉车司机岗位职责1、按规程驾驶叉车

Where neither a mark nor a blank ends the last item of a list, the name begins at the word from which on it is a post's
or a unit's, and no more of the item than that is taken for the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.model import Field
from gangwei.titles import Names

_KIND: Final = re.compile("的?(?:岗位工作|岗位|工作|主要)?$")
_LONGEST_KIND: Final = 5
_LOOK: Final = 40
_APART: Final = re.compile(r"[。；;！!？?，,、：:\n\s)）.．]")
_SENTENCE_ENDS: Final = frozenset("。；;")
# The number of an item that is not the first of its list.
_ITEM: Final = re.compile(r"(?:[2-9]|1\d|[二三四五六七八九十]|[②-⑳])[ ]?[、.．,，)）?？]?(?=[\u4e00-\u9fff])")
_FARTHEST_ITEM: Final = 160
# How far around a name other places tell which words belong to it.
_NEAR: Final = 4000
# A rank alone is a post's name only with the word before it.
RANKS: Final = frozenset(
    ["经理", "主管", "主任", "总监", "专员", "助理", "部长", "科长", "处长", "所长", "组长", "队长", "班长", "负责人"]
)
_NO_PART: Final = frozenset("的和与及或了等是对向将把")
# Before a name part of it.
RAISING: Final = frozenset(["副", "总", "代", "执行", "常务", "高级", "初级", "中级", "实习", "见习", "首席", "资深"])
# What an item may end with: what stands between it and a name belongs to the name.
_ITEM_END: Final = re.compile("(?:[率数度额量证次份]|以[上下内]|优先|经[验历]|学历|能力|证书)$")
_NUMERALS: Final = frozenset("一二三四五六七八九十")
_FEWEST_WORDS: Final = 2
_SEEN: Final = 2
_SHORT: Final = 2


def glued_name(text: str, place: int, names: Names, duty: re.Pattern[str]) -> int | None:
    """Where the name begins that the word for its duties follows at a place, if an item runs into it; else None."""
    stop = behind_name(text, place)
    low = max(0, stop - _LOOK)
    start = max((mark.end() for mark in _APART.finditer(text, low, stop)), default=low)
    if stop - start <= _FEWEST_WORDS or not duty.match(text, start):
        return None
    if not _ITEM.search(text, max(0, stop - _FARTHEST_ITEM), stop):
        return None
    if (_is_chapter(text, start) or text[start - 1] in _SENTENCE_ENDS) and names.is_post(text[start:stop]):
        return None  # 二、|化验组长职责, …。|销售文员职责
    words = names.cut(text[start:stop])
    at = _first_name(words, names)
    if at is None:
        return None
    if words[at - 1] in RAISING:
        at -= 1
    near = text[max(0, start - _NEAR) : stop + _NEAR]
    # Before a short name what the text speaks of elsewhere too belongs to it: 叉车|司机.
    is_short = len("".join(words[at:])) <= _SHORT and at > 1 and words[at - 1] not in _NO_PART
    if is_short and near.count(words[at - 1]) >= _SEEN:
        at -= 1
    # So do words that the text has together with it, or with its first words, elsewhere: 客户|服务部|经理.
    for begin in range(at - 1, 0, -1):
        if words[begin] in _NO_PART:
            break
        if any(near.count("".join(words[begin:end])) >= _SEEN for end in range(at + 1, len(words) + 1)):
            at = begin
    return start + len("".join(words[:at]))


def holds_title(text: str, names: Names) -> bool:
    """Whether the label of a post's name and that name stand behind the first words of a text: 基本信息|职务|业务经理."""
    for start in range(2, len(text) - 3):
        rule = names.rule_of(text[start : start + 2])
        if rule is not None and rule.field is Field.TITLE and names.is_post(text[start + 2 :]):
            return True
    return False


def _is_chapter(text: str, place: int) -> bool:
    """Whether a chapter's number stands before a place: 二、, （三）"""
    return text[place - 1 : place] in ("、", ")", "）") and text[max(0, place - 2) : place - 1] in _NUMERALS


def behind_name(text: str, place: int) -> int:
    """Where the name ends that stands before 岗位职责, of which 职责 begins at a place."""
    kind = _KIND.search(text, max(0, place - _LONGEST_KIND), place)
    return kind.start() if kind else place


def more_of_name(words: Sequence[str]) -> int:
    """How many of the words before a name belong to it: 副|组长, and 驻场|歌手 behind an item that ends before it."""
    if words and words[-1] in RAISING:
        return 1
    return int(len(words) > 1 and _ITEM_END.search(words[-2]) is not None and not _ITEM_END.search(words[-1]))


def _first_name(words: list[str], names: Names) -> int | None:
    """The last of some words from which on they name a post or a unit, which some of them stand before."""
    for begin in range(len(words) - 1, 0, -1):
        name = "".join(words[begin:])
        if words[begin] in _NO_PART:
            return None
        if name not in RANKS and (names.is_post(name) or (len(name) > _FEWEST_WORDS and names.is_unit(name))):
            return begin
    return None
