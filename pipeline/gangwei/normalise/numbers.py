"""Numbers as Chinese writes them, and marks in one width; every function keeps the offsets of its text."""

from __future__ import annotations

import re
from typing import Final

# Full-width marks, digits and letters, and the many strokes and signs that mean the same. One character for one.
_FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD.update(zip(map(ord, "\u3000〜∼–—―≧≦⩾⩽≒【】〔〕｡"), map(ord, " ~~---≥≤≥≤≈()()。"), strict=True))

_COMMON: Final = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
_ODD: Final = re.compile("[" + re.escape("".join(map(chr, _FOLD))) + "]")

DIGITS: Final = "零〇一二两三四五六七八九十百千"
# A number: 1,200 or 98.5 or 一千五百 or 三点五.
NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}(?![\d])(?:\.\d{{1,9}})?|\d{{1,15}}(?:\.\d{{1,9}})?|[{DIGITS}]{{1,18}}(?:点[{DIGITS}]{{1,9}})?|半)"

_VALUES: Final = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
_LONGEST: Final = 18


def fold(text: str) -> str:
    """The text with marks, digits and letters of ordinary width; same length.

    >>> fold("合格率≧９８．５％（权重：２０％）")
    '合格率≥98.5%(权重:20%)'
    """
    if not _ODD.search(text):
        return text
    # Five marks are nearly all that there is to fold, and replacing costs a tenth of translating.
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow) if wide in text else text
    return text.translate(_FOLD) if _ODD.search(text) else text


def read_number(text: str) -> float | None:
    """The value of a number in digits or in Chinese, None where it is none.

    >>> read_number("五百二十"), read_number("1,200"), read_number("半"), read_number("十五"), read_number("三点五")
    (520.0, 1200.0, 0.5, 15.0, 3.5)
    """
    if not text or len(text) > _LONGEST:
        return None
    if text == "半":
        return 0.5
    if text[0].isascii():
        try:
            return float(text.replace(",", ""))
        except ValueError:
            return None
    whole, point, rest = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    digits = "".join(str(_VALUES[digit]) for digit in rest if digit in _VALUES)
    return value + float(f"0.{digits}") if digits else None


def print_number(value: float) -> str:
    """A number without needless zeros.

    >>> print_number(95.0), print_number(0.05)
    ('95', '0.05')
    """
    return str(int(value)) if value == int(value) else repr(round(value, 9))


def _whole(text: str) -> float | None:
    if not any(character in _POWERS for character in text):
        if len(text) > 1 and not all(character in _VALUES for character in text):
            return None
        return float("".join(str(_VALUES[character]) for character in text)) if text else None
    total, digit = 0, 0
    for character in text:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        elif character in _VALUES:
            digit = _VALUES[character]
        else:
            return None
    return float(total + digit)


# The years or months of an experience: 3-5年, 一年半, 半年, 18个月.
DURATION: Final = re.compile(
    rf"(?P<first>{NUMBER})(?:\s{{0,4}}(?P<stray>个?月|年)?\s{{0,4}}[-~至到]\s{{0,4}}(?P<last>{NUMBER}))?\s{{0,4}}(?P<unit>年|个月)(?P<half>半(?!年))?(?![级制代底初末中轻月])"
)


def read_years(found: re.Match[str]) -> float | None:
    """The lower bound of a duration in years.

    >>> [read_years(DURATION.search(text)) for text in ("3-5年", "一年半", "半年以上", "18个月", "二至三年")]
    [3.0, 1.5, 0.5, 1.5, 2.0]
    """
    value = read_number(found["first"])
    if value is None:
        return None
    if found["half"] and not found["last"]:
        value += 0.5
    return value / 12 if found["unit"] == "个月" or (found["stray"] or "年") != "年" else value
