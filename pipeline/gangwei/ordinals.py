"""List numbers, read as sequences.

A number is an ordinal by its place and by its neighbours: 2. after 1. opens a new item even where no mark stands
before it, while 3.8 and 24小时 open none. Each style of number is read on its own, as the path through all candidates
that makes the best sequence; a restart at 1 is a new list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

# How far back the next number may look for the one before it, in candidates of the same style.
_WINDOW: Final = 10
_BEST_STEP: Final = 2.0
_RESTART: Final = 0.3
_TEN: Final = 10
_FEWEST_TWO_LEVELS: Final = 3
_BOXES: Final = frozenset("□■☑☐√✓◻◼▣")
_FARTHEST_BOX: Final = 10
# Between two numbers that each have a line of their own.
_LONGEST_ITEM: Final = 160
_NO_OPTION: Final = re.compile("[。；;，,\n]")
# How deep a style of number stands where styles are nested.
DEPTH: Final = {
    "编": 0,
    "篇": 0,
    "章": 1,
    "节": 2,
    "条": 3,
    "worded": 3,
    "han": 3,
    "han_paren": 4,
    "digit": 5,
    "two": 6,
    "three": 7,
    "lettered": 6,
    "half_paren": 6,
    "paren": 6,
    "款": 4,
    "stem": 4,
    "circle": 7,
    "keycap": 4,
    "spoken": 7,
    "letter": 7,
    "bullet": 8,
}
_LEVELLED: Final = frozenset(["two", "three", "lettered"])

_CANDIDATE: Final = re.compile(
    r"""
      (?P<cond>第[ ]?(?:[一二三四五六七八九十百零〇]{1,5}|\d{1,3})[ ]?(?:部分|[章节编篇条款])[ 、:：]?)
    | (?P<worded>(?:职责|权限|任务|权力|指标)[一二三四五六七八九十]{1,2}[:：、.]?)
    | (?P<paren>[（(][ ]?\d{1,2}[ ]?[)）][.、．]?)
    | (?P<han_paren>[（(][一二三四五六七八九十]{1,3}[)）][.、．]?|[㈠-㈩])
    | (?P<circle>[①-⑳⑴-⒇❶-❿➀-➉])
    | (?P<keycap>\d{1,2}\ufe0f?\u20e3[、.．:：]?)
    | (?P<digit>(?<!\d[:：])(?<![\d./\-])\d{1,2}[ \t]?(?:[、．，。·]|[.,](?!\d{3}(?!\d))|[)）:：](?!\d)))
    | (?P<han>(?<![一二三四五六七八九十百零第每年月周])[一二三四五六七八九十]{1,3}(?:[、．.，。:：]|[ \t]+(?=[\u4e00-\u9fff])))
    | (?P<formal>(?<!\S)[壹贰贳叁参肆伍陆柒捌玖拾]{1,2}[、．.])
    | (?P<stem>(?<!\S)(?:[（(][甲乙丙丁戊己庚辛][)）]|[甲乙丙丁戊己庚辛][、．.](?![乙丙双])))
    | (?P<spoken>(?<![统之唯第万十])[一二三四五六七八九十]是)
    | (?P<letter>(?<![A-Za-z0-9\-/_.])[A-Za-z][.、．)）](?![A-Za-z0-9]))
    | (?P<bullet>[◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦]|(?m:^[ \t\u3000]*(?:[*+·‧・．∙◦‣]|[-–—－]+)(?=[ \t\u3000]|[^\s\-–—－*+\d]))
        |(?m:^[ \t\u3000]*[☀-☏☓-☰☸-✐✔-❕❗-❥➕-➗➡-⟿⬅-⭕\U0001f300-\U0001faff][\ufe0f\u200d\U0001f300-\U0001faff]{0,8}(?=\S|[ \t\u3000])))
    | (?P<spaced>(?m:^)[ \t]*\d{1,2}[ \u3000\t]+(?=[\u4e00-\u9fff]))
    | (?P<alone>(?m:^)[ \t]*\d{1,2}[ \t\r]*(?=\n[ \t\u3000]*[\u4e00-\u9fff]))
    | (?P<apart>(?<=[\u4e00-\u9fff。；;)）%％][ \u3000])(?<![第共][ \u3000])\d{1,2}[ \u3000](?=[\u4e00-\u9fff“《])(?!页))
    | (?P<bare>(?:(?m:^)|(?<=[。；;！!】\])）：: \u3000\t\u4e00-\u9fff]))\d{1,2}(?=[\u4e00-\u9fffA-Za-z《“"（(【]))
    """,
    re.VERBOSE,
)
# What a candidate begins with, as far as it costs little to tell; at a line's start also blanks and dashes.
_FIRST: Final = re.compile(
    r"""[第职权任指（(㈠-㈩①-⑳⑴-⒇❶-❿➀-➉\d一二三四五六七八九十壹贰贳叁参肆伍陆柒捌玖拾甲乙丙丁戊己庚辛A-Za-z◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦\n](?:
      (?<=\n) | (?<=\d)(?<!\d\d)
    | (?<=职)(?=责[一二三四五六七八九十]) | (?<=[任权指])(?=[务限力标][一二三四五六七八九十])
    | (?<=[一二三四五六七八九十])(?=[一二三四五六七八九十]{0,2}[、．.，。:：\ \t]|是) | (?<=[A-Za-z])(?=[.、．)）])
    | (?<=第)(?=[ ]?[一二三四五六七八九十百零〇\d]) | (?<=[（(])(?=[ ]?\d|[一二三四五六七八九十甲乙丙丁戊己庚辛])
    | (?<=[壹贰贳叁参肆伍陆柒捌玖拾甲乙丙丁戊己庚辛])(?=[壹贰叁肆伍陆柒捌玖拾]?[、．.])
    | (?<=[㈠-㈩①-⑳⑴-⒇❶-❿➀-➉◆■●★▪◇□➢※◎○▲△►▶√✓☆▼➤⚫•❖♦])
    )""",
    re.VERBOSE,
)
_FIRST_OF_LINE: Final = re.compile(r"[ \t\u3000*+·‧・．∙◦‣\-–—－☀-⟿⬅-⭕\U0001f300-\U0001faff]")
# Numbers of two levels (1.1, 2.3): read only where a list of them begins, or else 2.5年 would be one.
_TWO_LEVELS: Final = re.compile(
    r"(?<!\d[:：])(?<![\d./])\d{1,2}[.．]\d{1,2}(?:[ \t\u3000、] *|[.．](?!\d) *|(?=[\u4e00-\u9fff]))"
)
_TWO_LEVELS_OF_LINES: Final = re.compile(
    r"^[ \t\u3000]*\d{1,2}[.．]\d{1,2}[ \t\u3000]*(?=[\u4e00-\u9fff])", re.MULTILINE
)
_THREE_LEVELS: Final = re.compile(
    r"^[ \t\u3000]*\d{1,2}[.．]\d{1,2}[.．]\d{1,2}[.．、]?[ \t\u3000]*(?=\D)", re.MULTILINE
)
# Numbers with a letter before them (A1, B2), read where A1 stands.
_LETTERED: Final = re.compile(r"(?<![A-Za-z0-9])[A-H]\d{1,2}[ 、.．](?=\S)")
# Numerals that no stroke can change, and the stems: 壹、 heads a chapter, （甲） an entry of a list.
_FORMAL_DIGITS: Final = {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)} | {"贳": 2, "参": 3}
_STEMS: Final = "甲乙丙丁戊己庚辛"
_HAN_DIGITS: Final = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_ENDS: Final = frozenset("。；;！!？?】]》”")
# The degree column of a form of duties ends the item before.
_DEGREES: Final = frozenset(["全责", "部分", "支持", "主责", "协办", "主办", "承办"])
_GLUED_FIRSTS: Final = ("1、", "1.", "1．")
_UNMARKED: Final = -0.6
_COUNTED: Final = frozenset(
    "S厘毫年月日天个名次人元％%万小分米平吨千百周季度级种项条份岁件位家台套辆座层楼号点倍折成期届代维类大多余至到、~～-－—"
)
_BEFORE_AMOUNT: Final = frozenset("过于约达为至到第每近满仅共≥≤<>＜＞=＝﹥﹤前后长高宽占按超低不少多逾计合~～-－+×")


class Ordinal(NamedTuple):
    """A list number at [start:end] of the text: its style, its value, whether a line begins with it.

    `before` is the index of the number that it continues among the ordinals returned, or -1 where a list begins.
    """

    start: int
    end: int
    style: str
    value: int
    at_line_start: bool
    before: int = -1


class _Candidate(NamedTuple):
    start: int
    end: int
    value: int
    weight: float
    at_line_start: bool


def read_ordinals(text: str, label_ends: frozenset[int] = frozenset()) -> tuple[Ordinal, ...]:
    """The list numbers of a text, in order; `label_ends` are places where a label ends.

    >>> [text[o.start:o.end] for text in ["1、开拓市场2、年增长3.5%以上。3、回款"] for o in read_ordinals(text)]
    ['1、', '2、', '3、']
    """
    by_style: dict[str, list[_Candidate]] = {}
    for match in _candidates(text):
        style = match.lastgroup or ""
        start, end = match.span()
        value = _value(match[0], style)
        if value is None:
            continue
        key = "digit" if style in ("bare", "spaced", "apart") else style
        if style == "cond":
            key = match[0].strip(" 、:：")[-1].replace("分", "篇")
        elif style == "formal":
            key = "章"
        elif style == "digit" and match[0][-1] in ")）":
            key = "half_paren"
        weight, at_line_start = _weight(text, start, end, style, label_ends)
        by_style.setdefault(key, []).append(_Candidate(start, end, value, weight, at_line_start))
    for pattern, style, sign in ((_THREE_LEVELS, "three", ".1"), (_LETTERED, "lettered", "A1")):
        for match in pattern.finditer(text) if sign in text else ():
            if (value := _value(match[0], style)) is not None:
                start = match.end() - len(match[0].lstrip())
                weight, at_line_start = _weight(text, start, match.end(), style, label_ends)
                by_style.setdefault(style, []).append(_Candidate(start, match.end(), value, weight, at_line_start))
    if "1.1" in text or "1．1" in text or (".1" in text and len(_TWO_LEVELS_OF_LINES.findall(text)) > 1):
        for match in _TWO_LEVELS.finditer(text):
            if (value := _value(match[0], "two")) is not None:
                weight, at_line_start = _weight(text, *match.span(), "two", label_ends)
                by_style.setdefault("two", []).append(_Candidate(*match.span(), value, weight, at_line_start))
    found: list[Ordinal] = []
    links: dict[int, int] = {}
    levelled: set[int] = set()
    for style, alike in sorted(by_style.items(), key=_levelled_first):
        # The 3. of 3.5 is no number of its own.
        candidates = [c for c in alike if c.start not in levelled] if style == "digit" and levelled else alike
        if style == "bullet":
            boxes = _boxes(text, candidates)
            found += (Ordinal(c.start, c.end, style, 0, c.at_line_start) for c in candidates if c.start not in boxes)
            continue
        if style == "two" and len(candidates) < _FEWEST_TWO_LEVELS - any(c.at_line_start for c in candidates):
            continue
        path = _best_path(candidates, style)
        if style == "alone":
            path = _near_ones(path)
        kind = "digit" if style == "alone" else style
        for candidate, before in path:
            if style in _LEVELLED:
                levelled.add(candidate.start)
            found.append(Ordinal(candidate.start, candidate.end, kind, candidate.value, candidate.at_line_start))
            if before is not None:
                links[candidate.start] = before.start
    found.sort(key=_two_levels_first)
    kept: list[Ordinal] = []
    for ordinal in found:
        if not kept or ordinal.start >= kept[-1].end:
            kept.append(ordinal)
    index = {ordinal.start: i for i, ordinal in enumerate(kept)}
    return tuple([Ordinal(*o[:5], index.get(links[o.start], -1)) if o.start in links else o for o in kept])


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """What `_CANDIDATE` finds in a text, tried only where the first character fits: few places of a text."""
    done = 0
    if _FIRST_OF_LINE.match(text) and (match := _CANDIDATE.match(text)):
        yield match
        done = match.end()
    for first in _FIRST.finditer(text):
        place = first.start()
        if text[place] == "\n":
            place += 1
            if not _FIRST_OF_LINE.match(text, place):
                continue
        if place >= done and (match := _CANDIDATE.match(text, place)):
            yield match
            done = match.end()


def _boxes(text: str, bullets: Sequence[_Candidate]) -> frozenset[int]:
    """Where boxes to tick stand among the bullets: side by side in a line, each before a short word (☑全职　□兼职)."""
    places = [c.start for c in bullets if text[c.start] in _BOXES]
    near = [(a, b) for a, b in pairwise(places) if b - a <= _FARTHEST_BOX and not _NO_OPTION.search(text, a + 1, b)]
    return frozenset(place for pair in near for place in pair)


def _levelled_first(entry: tuple[str, list[_Candidate]]) -> bool:
    return entry[0] not in _LEVELLED


def _near_ones(path: list[tuple[_Candidate, _Candidate | None]]) -> list[tuple[_Candidate, _Candidate | None]]:
    """The numbers with a line of their own that stand as near to the next one as items do: pages are longer."""
    linked = [(one, before) for one, before in path if before and one.start - before.end <= _LONGEST_ITEM]
    near = {candidate.start for pair in linked for candidate in pair}
    # Where others are, a list of one item has its number too.
    return [pair for pair in path if pair[0].start in near or (near and pair[0].value == 1)]


def _two_levels_first(ordinal: Ordinal) -> tuple[int, bool]:
    return ordinal.start, ordinal.style not in ("two", "three", "lettered")


def _value(mark: str, style: str) -> int | None:
    if style == "bullet":
        return 0
    if style == "two":
        major, minor = re.findall(r"\d+", mark)
        return int(major) * 100 + int(minor) if 0 < int(minor) < 40 else None
    if style == "three":
        first, second, third = map(int, re.findall(r"\d+", mark))
        return (first * 100 + second) * 100 + third
    if style == "lettered":
        return (ord(mark[0]) - 64) * 100 + int(re.sub(r"\D", "", mark))
    if style == "letter":
        return ord(mark[0].upper()) - 64
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
        return int(mark.rstrip("、．，。·.,)）:： \t\u3000"))
    digits = "".join(filter(str.isdigit, mark))
    if style in ("paren", "spaced", "keycap", "alone") or (style == "cond" and digits.isascii() and digits):
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
    following = text[end] if end < len(text) else "\n"
    at_line_start = place == 0 or text[place - 1] in "\n\r|\t"
    before = text[place - 1] if place else "\n"
    if style == "bullet":
        return 1.0, at_line_start
    if at_line_start:
        weight = 2.0
    elif start in label_ends or place in label_ends:
        weight = 1.6
    elif before in _ENDS or text[max(0, place - 2) : place] in _DEGREES:
        weight = 1.2
    elif before in ":：)）":
        weight = 0.8
    elif place < start:
        weight = 0.7
    elif before in ",，、.":
        weight = 0.1
    else:
        weight = -0.6
    if style == "bare" and (text[start] == "0" or (before in ":：" and text[place - 2 : place - 1].isdigit())):
        return -9.0, at_line_start  # 10:00前
    if style == "bare":
        weight -= 1.2 if weight > -0.6 else 0.4
        if following in _COUNTED:
            return -9.0, at_line_start
    if style in ("spaced", "apart"):
        weight -= 0.8
        if following in _COUNTED:
            return -9.0, at_line_start
    if style in ("digit", "han"):
        weight -= _against_number(
            text, start, end, place, label_ends, is_han=style == "han", at_line_start=at_line_start
        )
        if text[start:end] in _GLUED_FIRSTS and weight <= _UNMARKED and _begins_anew(before, following):
            weight += 0.4
    if style == "letter" and not at_line_start:
        weight -= 0.8
    if style == "two":
        weight -= 0.5
    if style in ("paren", "worded"):
        weight += 0.5
    if style == "cond" and not at_line_start:
        weight -= 1.8 if before not in _ENDS else 0.4
    return weight, at_line_start


def _against_number(
    text: str, start: int, end: int, place: int, label_ends: frozenset[int], *, is_han: bool, at_line_start: bool
) -> float:
    """How much the surroundings of digits with a mark speak against a list number: 3.5, 约2.000."""
    mark, before = text[end - 1], text[place - 1] if place else "\n"
    following = text[end] if end < len(text) else "\n"
    against = 0.0
    if following.isdigit():
        is_apart = before in _ENDS or at_line_start or start in label_ends
        against += 4.0 if following == "0" else 1.2 if is_apart else 2.2  # 视力1.0
    if mark in "，,。:：" and not at_line_start:
        against += 0.6
    if mark in ":：" or (is_han and mark in " \t"):
        against += 0.8
    if place == start and before in _BEFORE_AMOUNT:
        against += 2.0
    if before.isascii() and before.isalnum() and start not in label_ends:  # KPI|1、
        against += 2.0
    return against


def _begins_anew(before: str, following: str) -> bool:
    """Whether a first number between two Chinese characters may begin a list: …费用1、有权拒收, but not 附件1、合同."""
    return "\u4e00" <= before <= "\u9fff" and "\u4e00" <= following <= "\u9fff" and before not in "件表图第款栋楼层号"


def _best_path(candidates: list[_Candidate], style: str) -> list[tuple[_Candidate, _Candidate | None]]:
    """The candidates that make the best sequence, each with the one that it continues."""
    best: list[float] = []
    back: list[int] = []
    highest = -1  # the best of those that lie further back
    for i, candidate in enumerate(candidates):
        score, source = (0.4 if _is_first(candidate.value, style) else -1.2), -1
        if i > _WINDOW and (highest < 0 or best[i - _WINDOW - 1] > best[highest]):
            highest = i - _WINDOW - 1
        if highest >= 0 and _is_first(candidate.value, style) and best[highest] + _RESTART > score:
            score, source = best[highest] + _RESTART, highest
        is_within = False
        # From the last one back, for that is nearly always the best; of equals the first counts.
        for j in range(i - 1, max(0, i - _WINDOW) - 1, -1):
            if best[j] + _BEST_STEP >= score:
                reached = best[j] + _step(candidates[j].value, candidate.value, style)
                if reached > score or (reached == score and is_within):
                    score, source, is_within = reached, j, True
        best.append(score + candidate.weight)
        back.append(source)
    if not best:
        return []
    place = max(range(len(best)), key=best.__getitem__)
    if best[place] <= 0:
        return []
    path: list[tuple[_Candidate, _Candidate | None]] = []
    while place >= 0:
        source = back[place]
        continues = source >= 0 and _is_next(candidates[source].value, candidates[place].value, style)
        path.append((candidates[place], candidates[source] if continues else None))
        place = source
    # A lone number without a strong place of its own is no list.
    if len(path) == 1 and path[0][0].weight < 1.0:
        return []
    return path[::-1]


def _is_first(value: int, style: str) -> bool:
    return value == 1 or (style in _LEVELLED and value % 100 == 1)


def _is_next(before: int, value: int, style: str) -> bool:
    if style in _LEVELLED and value // 100 != before // 100:
        return value % 100 == 1 and value > before
    return before < value <= before + 3


def _step(before: int, value: int, style: str) -> float:
    step = value - before
    if style in _LEVELLED and step != 1:
        return 1.2 if value % 100 == 1 else -0.5
    if value == 1 and step != 1:
        return _RESTART
    return _STEPS.get(step, -1.0 if step < 0 else -1.5)


_STEPS: Final = {1: _BEST_STEP, 2: 0.7, 3: 0.0, 0: -0.3}
