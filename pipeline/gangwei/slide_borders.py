"""Lines between two slides or pages, as programs print them: ‹#›, --- 第3页 ---, [3], Slide 3."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = frozenset(["‹#›", "<#>"])
_WORDS: Final = ("第", "Slide", "SLIDE", "Page", "幻灯片")
_RULES: Final = "-=—"
_LONGEST: Final = 24
_SHORTEST_RULE: Final = 4


def is_slide_border(line: str) -> bool:
    """Whether a line parts two slides and says nothing.

    >>> [is_slide_border(line) for line in ("‹#›", "--- 第3页 ---", "[3]", "Slide 3", "3", "---", "第3页", "---说明---")]
    [True, True, True, True, False, False, False, False]
    """
    line = line.strip()
    if len(line) > _LONGEST or line in _SIGNS:
        return line in _SIGNS
    inner = line.strip(_RULES)
    has_rules = len(inner) < len(line) and not (line[:2] + line[-2:]).strip(_RULES)
    has_brackets = line[:1] + line[-1:] in ("[]", "【】")
    number, is_named = (line[1:-1] if has_brackets else inner).strip(" :："), False
    for word in _WORDS:
        if number.startswith(word):
            number, is_named = number.removeprefix(word).rstrip("页张").strip(), not number.startswith("第")
            break
    if has_rules:
        # The number may have been taken out.
        return number.isdecimal() or (not number and (inner != "" or len(line) >= _SHORTEST_RULE))
    return number.isdecimal() and (has_brackets or is_named)
