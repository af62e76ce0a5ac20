"""Numerals as word processors write them at the heads of list items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final


def numeral(number: int, style: str) -> str:
    """A number in a style of Office Open XML (`w:numFmt`); Arabic where the style is unknown, "" for no numeral.

    >>> [numeral(12, style) for style in ("decimal", "chineseCountingThousand", "upperRoman", "lowerLetter")]
    ['12', '十二', 'XII', 'l']
    >>> numeral(3, "decimalEnclosedCircleChinese"), numeral(3, "chineseLegalSimplified"), numeral(2, "ideographTraditional")
    ('③', '叁', '乙')
    """
    return _STYLES.get(style, str)(number)


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """A number in Chinese characters, as it is counted.

    >>> chinese(10), chinese(21), chinese(105), chinese(1010)
    ('十', '二十一', '一百零五', '一千零一十')
    """
    if not 0 < number < 10_000:
        return str(number) if number else digits[0]
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text[1:] if text.startswith(digits[1] + units[0]) else text


def roman(number: int) -> str:
    """A number in Roman numerals.

    >>> roman(4), roman(49), roman(1990)
    ('IV', 'XLIX', 'MCMXC')
    """
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    """a, b … z, aa, bb: how word processors count on behind z."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)


def _run(first: str, count: int) -> Callable[[int], str]:
    """A row of characters that stand one behind the other in Unicode; Arabic beyond."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _row(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


def _each(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(max(number, 0)))


def _circled(number: int) -> str:
    if number > 20:
        return chr(0x3251 + number - 21) if number <= 35 else chr(0x32B1 + number - 36) if number <= 50 else str(number)
    return chr(0x2460 + number - 1) if number >= 1 else str(number)


def _legal(digits: str) -> Callable[[int], str]:
    return lambda number: chinese(number, digits, "拾佰仟")


_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STYLES: Final[Mapping[str, Callable[[int], str]]] = {
    "none": lambda _: "",
    "bullet": lambda _: "•",
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "decimalFullWidth": _each("０１２３４５６７８９"),
    "decimalFullWidth2": _each("０１２３４５６７８９"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "ideographDigital": _each("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _each("〇一二三四五六七八九"),
    "taiwaneseDigital": _each("〇一二三四五六七八九"),
    "chineseLegalSimplified": _legal("零壹贰叁肆伍陆柒捌玖"),
    "japaneseLegal": _legal("零壹貳參肆伍陸柒捌玖"),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"),
        chinese,
    ),
}  # fmt: skip
