"""What looks like a list number: its style, its value, and how much its place alone speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.model import made

_TEN: Final = 10
_DIGIT_CHARACTERS: Final = "0123456789"
_DIGITS: Final = frozenset(_DIGIT_CHARACTERS)
_NEVER: Final = -9.0
_CANDIDATE: Final = re.compile(
    r"""
      (?P<cond>第[ ]?(?:[一二三四五六七八九十百零〇]{1,5}|\d{1,3})[ ]?(?:部分|[章节编篇条款])[ 、:：]?)
    | (?P<worded>(?:职责|权限|任务|权力|指标)[一二三四五六七八九十]{1,2}[:：、.]?)
    | (?P<paren>[（(][ ]?\d{1,2}[ ]?[)）][.、．]?)
    | (?P<han_paren>[（(][一二三四五六七八九十]{1,3}[)）][.、．]?|[㈠-㈩])
    | (?P<paren_letter>[（(][a-h][)）])
    | (?P<paren_roman>(?<![注见])[（(](?:i{1,3}|iv|vi{0,3}|ix|x)[)）])
    | (?P<circle>[①-⑳⑴-⒇❶-❿➀-➉])
    | (?P<keycap>\d{1,2}\ufe0f?\u20e3[、.．:：]?)
    | (?P<digit>(?<!\d[:：])(?<![\d./\-])\d{1,2}[ \t]?(?:[、．，。·]|[?？](?=[\u4e00-\u9fff])|[.,](?!\d{3}(?!\d))|[)）:：](?!\d)))
    | (?P<han>(?<![一二三四五六七八九十百零第每年月周])[一二三四五六七八九十]{1,3}(?:[、．.，。:：]|[ \t]+(?=[\u4e00-\u9fff])))
    | (?P<formal>(?<!\S)[壹贰贳叁参肆伍陆柒捌玖拾]{1,2}[、．.])
    | (?P<stem>(?<!\S)(?:[（(][甲乙丙丁戊己庚辛][)）]|[甲乙丙丁戊己庚辛][、．.](?![乙丙双])))
    | (?P<spoken>(?<![统之唯第万十])[一二三四五六七八九十]是)
    | (?P<letter>(?<![A-Za-z0-9\-/_.])[A-Za-z][.、．)）](?![A-Za-z0-9]))
    | (?P<bullet>[◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦]|(?m:^[ \t\u3000]*(?:[*+·‧・．∙◦‣]|[-–—－]+|\.(?=[ \t]+[^\W\d])|[éèØüŸ§¨Öð](?=[ \t]?[\u4e00-\u9fff])|[lnuqv](?=[ \t]+[\u4e00-\u9fff]))(?=[ \t\u3000]|[^\s\-–—－*+\d])(?:[ \t]{1,2}[✓✔✅❌⭐➤➔👉📌🔹🔸]\ufe0f?(?=[ \t]?\S))?)
        |(?m:^[ \t\u3000]*[☀-☏☓-☰☸-✐✔-❕❗-❥➕-➗➡-⟿⬅-⭕\U0001f300-\U0001faff][\ufe0f\u200d\U0001f300-\U0001faff]{0,8}(?=\S|[ \t\u3000])))
    | (?P<spaced>(?m:^)[ \t\u3000]*\d{1,2}(?:[ \u3000\t]+|[ ]?[-–—][ ]?)(?=[\u4e00-\u9fff]))
    | (?P<alone>(?m:^)[ \t\u3000]*\d{1,2}[ \t]*(?=\n[ \t\u3000]*[\u4e00-\u9fff]))
    | (?P<over>(?<![\d.．])(?P<group>\d{1,2})[ ]?(?=[\u4e00-\u9fff、]{2,16}[:：]?(?P=group)[.．]1[ 、]?[\u4e00-\u9fff]))
    | (?P<apart>(?:(?<=[\u4e00-\u9fff。；;)）%％][ \u3000])(?<![第共][ \u3000])|(?<=[。；;])|(?<=[\u4e00-\u9fff])(?<![第共约满近达超为至]))\d{1,2}[ \u3000](?=[\u4e00-\u9fff“《])(?!页))
    | (?P<bare>(?:(?m:^)|(?<=[。；;！!】\])）：: \u3000\t%％\u4e00-\u9fff]))(?:\d(?=\d{1,5}[万千百]?元)|\d{1,2}(?=[\u4e00-\u9fffA-Za-z《“"（(【])))
    """,
    re.VERBOSE,
)
# What a candidate begins with, as far as it costs little to tell; at a line's start also blanks and dashes.
_FIRST: Final = re.compile(
    r"""[第职权任指（(㈠-㈩①-⑳⑴-⒇❶-❿➀-➉\d一二三四五六七八九十壹贰贳叁参肆伍陆柒捌玖拾甲乙丙丁戊己庚辛A-Za-z◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦\n](?:
      (?<=\n)(?=[ \t\u3000*+.éèØüŸ§¨Öðlnuqv·‧・．∙◦‣\-–—－☀-⟿⬅-⭕\U0001f300-\U0001faff])
    | (?<=\d)(?<!\d\d)
    | (?<=职)(?=责[一二三四五六七八九十]) | (?<=[任权指])(?=[务限力标][一二三四五六七八九十])
    | (?<=[一二三四五六七八九十])(?=[一二三四五六七八九十]{0,2}[、．.，。:：\ \t]|是) | (?<=[A-Za-z])(?=[.、．)）])
    | (?<=第)(?=[ ]?[一二三四五六七八九十百零〇\d]) | (?<=[（(])(?=[ ]?\d|[一二三四五六七八九十甲乙丙丁戊己庚辛]|[a-h][)）]|[ivx]{1,4}[)）])
    | (?<=[壹贰贳叁参肆伍陆柒捌玖拾甲乙丙丁戊己庚辛])(?=[壹贰叁肆伍陆柒捌玖拾]?[、．.])
    | (?<=[㈠-㈩①-⑳⑴-⒇❶-❿➀-➉◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦])
    )""",
    re.VERBOSE,
)
_FIRST_OF_LINE: Final = re.compile(r"[ \t\u3000*+.éèØüŸ§¨Öðlnuqv·‧・．∙◦‣\-–—－☀-⟿⬅-⭕\U0001f300-\U0001faff]")
# Numbers of two levels (1.1, 2.3): read only where a list of them begins, or else 2.5年 would be one.
_TWO_LEVELS: Final = re.compile(
    r"(?<!\d[:：])(?<![\d/])(?<![^\u4e00-\u9fff][.])\d{1,2}[.．]\d{1,2}(?:[ \t\u3000、] *|[.．](?!\d) *|(?=[\u4e00-\u9fff]))"
    r"|(?m:^)\d{1,2}[.．]\d{1,2}(?=\n[\u4e00-\u9fff])"
)
_TWO_LEVELS_OF_LINES: Final = re.compile(
    r"^[ \t\u3000]*\d{1,2}[.．]\d{1,2}[ \t\u3000]*\n?(?=[\u4e00-\u9fff])", re.MULTILINE
)
_FIRST_OF_TWO: Final = re.compile(r"(?<![\d./])(\d{1,2})\.1(?=[ \t\u3000]?[\u4e00-\u9fff])")
_THREE_LEVELS: Final = re.compile(
    r"(?:^[ \t\u3000]*|(?:(?<=[\u4e00-\u9fff。；;：:）) \u3000])|(?<=[\u4e00-\u9fff][.]))(?=[^ \u3000]{5,9}[ ]?[\u4e00-\u9fff《]))"
    r"\d{1,2}[.．]\d{1,2}[.．]\d{1,2}(?![.．]?\d)[.．、]?[ \t\u3000]*(?=\D)",
    re.MULTILINE,
)
_FOUR_LEVELS: Final = re.compile(
    r"(?:^[ \t\u3000]*|(?<=[\u4e00-\u9fff。；;：:）) \u3000])(?=[^ \u3000]{7,12}[ ]?[\u4e00-\u9fff《]))"
    r"\d{1,2}(?:[.．]\d{1,2}){3}(?![.．]?\d)[.．、]?[ \t\u3000]*(?=\D)",
    re.MULTILINE,
)
# Numbers with a letter before them (A1, B2), read where A1 stands.
_LETTERED: Final = re.compile(r"(?<![A-Za-z0-9])[A-H]\d{1,2}[ 、.．](?=\S)")
# Numerals that no stroke can change, and the stems: 壹、 heads a chapter, （甲） an entry of a list.
_FORMAL_DIGITS: Final = {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)} | {"贳": 2, "参": 3}
_STEMS: Final = "甲乙丙丁戊己庚辛"
_DECIMAL: Final = re.compile(r"\n\s?\d{1,2}[.．]\d")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_HAN_DIGITS: Final = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_ENDS: Final = frozenset("。；;！!？?】]》”")
# The degree column of a form of duties ends the item before.
_DEGREES: Final = frozenset(["全责", "部分", "支持", "主责", "协办", "主办", "承办"])
_GLUED_FIRSTS: Final = ("1、", "1.", "1．")
_UNMARKED: Final = -0.6
_COUNTED: Final = frozenset(
    "S厘毫年月日天个名次人元％%万小分米平吨千百周季度级种项条篇册幅份岁件位家台套辆座层楼号点倍折成期届代维类户起笔批株亩头只大多余至到、~～-－—"
)
_BEFORE_AMOUNT: Final = frozenset("过于约达为至到第每近满仅共≥≤<>＜＞=＝﹥﹤前后长高宽占按超低不少多逾合~～-－+×")

# Of a remark below: 大专或同等（注1）
_NOTES: Final = frozenset(["(注", "（注", "[注"])


class Candidate(NamedTuple):
    """What may be a list number at [start:end] of a text; `weight` is what its place says for that."""

    start: int
    end: int
    value: int
    weight: float
    at_line_start: bool


# What stands behind the number of a group and before its own list: then the word before that number is a label,
# 职责|一、门店经营：1、…
_GROUP: Final = re.compile(r"[\u4e00-\u9fff、]{2,16}[:：]?[ ]?(?:[1１][、.．,，)）]|[(（][1１一][)）]|①)")


def candidates(text: str, label_ends: frozenset[int]) -> dict[str, list[Candidate]]:
    """All that looks like a list number, by its style and in order; `label_ends` are places where a label ends."""
    found: dict[str, list[Candidate]] = {}
    done, before = 0, _TEN
    for place in _places(text):
        match = _CANDIDATE.match(text, place) if place >= done else None
        if match is None or (match[0][2:] == "一、" and _GROUP.match(text, match.end())):
            continue
        start, done = match.span()
        style = match.lastgroup or ""
        kind, value = _meaning(match[0], style)
        if value is not None:
            weight, at_line_start = _weight(text, start, done, style, label_ends)
            if style == "bare":
                # 1库房的领用权22万元以下…: the number of an item before an amount, where the item before has such a number
                if text[done] in _DIGITS and value != before + 1:
                    continue
                before = value if weight > _NEVER else before
            candidate = made(Candidate, (start, done, value, weight, at_line_start))
            if kind in found:
                found[kind].append(candidate)
            else:
                found[kind] = [candidate]
    for style, pattern in _levelled(text):
        for match in pattern.finditer(text):
            _, value = _meaning(match[0], style)
            if value is not None:
                end = match.end()
                start = match.start() if style == "two" else end - len(match[0].lstrip())
                weight, at_line_start = _weight(text, start, end, style, label_ends)
                found.setdefault(style, []).append(Candidate(start, end, value, weight, at_line_start))
    return found


def _places(text: str) -> list[int]:
    """Where `_CANDIDATE` may find something: few places of a text, where the first characters fit."""
    places = [first.end() - (first[0] != "\n") for first in _FIRST.finditer(text)]
    return [0, *places] if _FIRST_OF_LINE.match(text) else places


def _levelled(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of numbers of several levels, where a list of such begins."""
    if ".1" in text:
        yield "three", _THREE_LEVELS
        yield "four", _FOUR_LEVELS
    if "A1" in text:
        yield "lettered", _LETTERED
    if "1.1" in text or "1．1" in text or _has_two_levels(text):
        yield "two", _TWO_LEVELS


def _has_two_levels(text: str) -> bool:
    """Whether two lines begin with numbers of two levels, three where none is the first of a list, or three such numbers
    follow one another: 6.1 … 6.2 … 6.3."""
    is_first = ".1" in text
    if (is_first or _DECIMAL.search(text)) and len(_TWO_LEVELS_OF_LINES.findall(text)) > (1 if is_first else 2):
        return True
    firsts = {match[1] for match in _FIRST_OF_TWO.finditer(text)} if is_first else ()
    return any(f"{first}.2" in text and f"{first}.3" in text for first in firsts)


@lru_cache(4_000)
def _meaning(mark: str, style: str) -> tuple[str, int | None]:
    """The style by which a mark is read as one of a list, and its value; None where it has none."""
    if style == "cond":
        return mark.strip(" 、:：")[-1].replace("分", "篇"), _value(mark, style)
    if style == "digit" and mark[-1] in ")）":
        return "half_paren", _value(mark, style)
    return _KINDS.get(style, style), _value(mark, style)


# Classes, no items: 3C领域, 4S店, 5A景区
_CLASSED: Final = re.compile("\\d[A-Z](?![A-Za-z])")
_KINDS: Final = {"bare": "digit", "spaced": "digit", "apart": "digit", "over": "digit", "formal": "章"}


def _value(mark: str, style: str) -> int | None:
    if style == "bullet":
        return 0
    if style == "two":
        major, minor = re.findall(r"\d+", mark)
        return int(major) * 100 + int(minor) if 0 < int(minor) < 40 else None
    if style in ("three", "four"):
        value = 0
        for level in re.findall(r"\d+", mark):
            value = value * 100 + int(level)
        return value
    if style == "lettered":
        return (ord(mark[0]) - 64) * 100 + int(re.sub(r"\D", "", mark))
    if style == "letter":
        return ord(mark[0].upper()) - 64
    if style == "paren_letter":
        return ord(mark[1]) - 96
    if style == "paren_roman":
        return _ROMAN.index(mark[1:-1]) + 1
    if style == "formal":
        formal = [_FORMAL_DIGITS[char] for char in mark if char in _FORMAL_DIGITS]
        return sum(formal) if formal[0] == _TEN or len(formal) == 1 else formal[0] * _TEN
    if style == "stem":
        return next(_STEMS.index(char) + 1 for char in mark if char in _STEMS)
    if style == "circle":
        code = ord(mark)
        for first in (0x2460, 0x2474, 0x2776, 0x2780):
            if first <= code < first + 20:
                return code - first + 1
    if style in ("digit", "bare", "apart"):
        return int(mark.rstrip("、．，。·.,)）:：?？ \t\u3000"))
    digits = "".join(filter(str.isdigit, mark))
    if style in ("paren", "spaced", "over", "keycap", "alone") or (style == "cond" and digits.isascii() and digits):
        return int(digits)
    if mark in "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩":
        return ord(mark) - 0x321F
    return _han_value(mark)


def _han_value(mark: str) -> int | None:
    """The value of a Chinese numeral below a thousand: 十二 12, 二十 20, 一百零三 103."""
    total = unit = 0
    for char in mark:
        if char == "百":
            total, unit = total + (unit or 1) * 100, 0
        elif char == "十":
            total, unit = total + (unit or 1) * 10, 0
        elif char in _HAN_DIGITS:
            unit = _HAN_DIGITS[char]
    return total + unit or None


def _weight(text: str, start: int, end: int, style: str, label_ends: frozenset[int]) -> tuple[float, bool]:
    """How much the place alone speaks for an ordinal, and whether a line begins with it."""
    place = start
    while place and text[place - 1] in " \u3000\xa0*#>":
        place -= 1
    before = text[place - 1] if place else "\n"
    at_line_start = before in "\n\r|\t"
    if style == "bullet":
        return 1.0, at_line_start
    if at_line_start:
        weight = 2.0
    elif start in label_ends or place in label_ends:
        weight = 1.6
    elif before in _ENDS or (place > 1 and text[place - 2 : place] in _DEGREES):
        weight = 1.2
    elif before in ":：)）":
        weight = 0.8
    elif place < start:
        weight = 0.7
    elif before in ",，、.":
        weight = 0.1
    else:
        weight = -0.6
    following = text[end : end + 1] or "\n"
    if before == "注" and text[place - 2 : place] in _NOTES:
        return -9.0, at_line_start
    if style == "bare":
        # 10:00前
        is_part = text[start] == "0" or (before in ":：" and text[place - 2 : place - 1].isdigit())
        is_part = is_part or (not at_line_start and _CLASSED.match(text, start) is not None)
        weight -= 1.2 if weight > -0.6 else 0.4
        return (-9.0 if is_part or following in _COUNTED else weight), at_line_start
    if style == "over":
        return max(weight, 1.2), at_line_start  # 2 录入工作2.1…2.2…
    if style in ("spaced", "apart"):
        return (-9.0 if following in _COUNTED or before in "从到" else weight - 0.8), at_line_start
    if style in ("digit", "han"):
        is_first = start in label_ends
        against = _against_number(
            text[end - 1],
            before,
            following,
            is_han=style == "han",
            # 停线权3、500元以下…: behind a word 3、 and an amount are hardly 3、5天, or 3、4、 with nothing to them.
            is_first=is_first or (text[end - 1] == "、" and _ends_word(before) and not _is_number(text, end)),
            at_line_start=at_line_start,
        )
        # 纠正违章行为2.设计课程: a number with a dot before words is no amount.
        is_worded = text[end - 1] in ".．" or (before in "长前后" and following not in "宽高厚深长")  # 报站长3、登记
        is_worded = is_worded and "\u4e00" <= following <= "\u9fff"
        if place == start and before in _BEFORE_AMOUNT and not is_worded:
            against += 2.0
        if "0" <= before <= "z" and not is_first and before.isalnum():  # KPI|1、
            against += 2.0
        weight -= against
        if text[start:end] in _GLUED_FIRSTS and weight <= _UNMARKED and _begins_anew(before, following):
            weight += 0.4
    elif style == "letter" and not at_line_start:
        weight -= 0.8
    elif style == "two":
        weight -= 0.5
    elif style in ("paren", "worded", "paren_letter", "paren_roman"):
        weight += 0.5
    elif style == "cond" and not at_line_start:
        weight -= 1.8 if before not in _ENDS else 0.4
    return weight, at_line_start


def _against_number(
    mark: str, before: str, following: str, *, is_han: bool, is_first: bool, at_line_start: bool
) -> float:
    """How much the mark of digits and what is behind it speak against a list number: 3.5, 约2.000; `is_first`: a label or
    an item ends right before them."""
    against = 0.0
    if not "\u4e00" <= following <= "\u9fff" and following.isdigit():
        is_apart = before in _ENDS or at_line_start or is_first
        against += 4.0 if following == "0" else 1.2 if is_apart else 2.2  # 视力1.0
    if mark in "，,。:：?？" and not at_line_start:
        against += 0.6
    if mark in ":：" or (is_han and mark in " \t"):
        against += 0.8
    return against


def _is_number(text: str, place: int) -> bool:
    """Whether the next number of a list stands at a place, as where a form left some empty: 3、4、"""
    behind = text[place : place + 3].lstrip(_DIGIT_CHARACTERS)
    return text[place : place + 1].isdigit() and behind[:1] in ("、", ".", "．")


def _ends_word(character: str) -> bool:
    """Whether a Chinese character stands before no amount and no date."""
    return "\u4e00" <= character <= "\u9fff" and character not in _BEFORE_AMOUNT and character not in "周月年日期是有"


def _begins_anew(before: str, following: str) -> bool:
    """Whether a first number between two Chinese characters may begin a list: …费用1、有权拒收, but not 附件1、合同."""
    return "\u4e00" <= before <= "\u9fff" and "\u4e00" <= following <= "\u9fff" and before not in "件表图第款栋楼层号"
