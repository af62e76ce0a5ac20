"""Whether a sentence goes on behind a page's end, which stands in its middle."""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.chunks import cuts_word
from gangwei.faults.finding import Bench

# A line that begins so begins anew.
BEGINS: Final = re.compile(
    r"\s*(?:\d{1,2}(?:[、.．,，)）]|\.\d)|[（(][\d一二三四五六七八九十a-z]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|[a-z][)）.]"
    r"|[①-⑳◆■●★▪◇□➢※◎○▲△►•*+#|>【\[-]|第[一二三四五六七八九十\d]{1,3}[条章节]|[一二三四五六七八九十]是)"
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LONGEST_LABEL: Final = 8
_RUN_ON: Final = 160


def runs_on(text: str, start: int, end: int, bench: Bench) -> bool:
    """Whether what stands behind a page's end goes on with the sentence before it."""
    if start < 1 or BEGINS.match(text, end) or is_label(text, end, bench):
        return False
    before, behind = text[start - 1], text[end : end + 1]
    if before in "，、,":
        return True
    if not (_HAN.match(before) and _HAN.match(behind)):
        return False
    if cuts_word(text, start, end, bench.lexicon()):
        return True
    line_start = text.rfind("\n", max(0, start - _RUN_ON), start) + 1
    # In a line that ran together every break is a page's; elsewhere an item with a number goes on in a line without.
    return (not line_start and start > _RUN_ON) or (line_start > 0 and BEGINS.match(text, line_start) is not None)


def is_label(text: str, place: int, bench: Bench) -> bool:
    return any(text[place : place + length] in bench.label_words for length in range(2, _LONGEST_LABEL + 1))
