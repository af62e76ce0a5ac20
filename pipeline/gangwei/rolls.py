"""Who holds a post, behind its name and a colon, where what it does might stand: 组长：王建国（校长）, 成员：张三 李四"""

from __future__ import annotations

import re
from typing import Final

from gangwei.people import FAMILIES, FAMILY, PERSON
from gangwei.titles import Names

_LONGEST: Final = 60
_PERSON: Final = re.compile(rf"(?:{PERSON}|{FAMILY}?[XxＸｘ×＊*某○〇]{{2,4}})(?:[(（][^()（）]{{1,16}}[)）])?")
# 各班班主任
_EVERYBODY: Final = ("各", "全体", "其他", "其余")
_HOLDERS: Final = tuple("师员人长任")
_IN_CHARGE: Final = 2
_LOOKS_AFTER: Final = ("分管", "主管", "协管")
_TO_BLANKS: Final = str.maketrans(dict.fromkeys("、，,；;。", " "))


def behind_person(text: str, place: int) -> int:
    """Where the text goes on behind a person's name that begins at a place and a comma ends; the place where none does:
    联络员：孙芳，负责…"""
    match = _PERSON.match(text, place)
    return match.end() + 1 if match and text[match.end() : match.end() + 1] in ("，", ",") else place


def is_roll(text: str, names: Names) -> bool:
    """Whether a text names people, or the posts that they hold, and says nothing of them."""
    if not 1 < len(text) <= _LONGEST:
        return False
    parts = _joined(text.translate(_TO_BLANKS).split())
    return bool(parts) and all(_PERSON.fullmatch(part) or _is_holder(part, names) for part in parts)


def _joined(parts: list[str]) -> list[str]:
    """The parts, a name of two characters that stand apart joined: 陈 静, as wide as one of three"""
    found: list[str] = []
    for part in parts:
        if len(part) == 1 and found and len(found[-1]) == 1 and found[-1] in FAMILIES:
            found[-1] += part
        else:
            found.append(part)
    return found


def _is_holder(part: str, names: Names) -> bool:
    """Whether a part is a post's name, be it with what its holder looks after before it: 分管副校长"""
    if part.startswith(_EVERYBODY):
        return part.endswith(_HOLDERS)
    return names.is_post(part[_IN_CHARGE:] if part.startswith(_LOOKS_AFTER) else part)
