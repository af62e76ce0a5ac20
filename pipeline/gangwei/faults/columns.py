"""Labels written down the lines of a form's first column, their values beside them: 岗⏎位　　管理全厂设备⏎概⏎述."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gangwei.text import Edit

VERTICAL: Final = "label down the lines"

_LINE: Final = re.compile(
    r"^[ \t\u3000]{0,8}(?P<char>[\u4e00-\u9fff])(?:(?P<gap>[ \t\u3000]{1,20})(?P<value>\S[^\n]*)|[ \t\u3000]{0,20})\r?$",
    re.MULTILINE,
)
_LONGEST: Final = 10
_FEWEST: Final = 2
_BLANKS: Final = re.compile(r"[ \t\u3000]")
_NEAR: Final = 12
# 工作 1. 盘点⏎任务 2. 核对: the label of a form's first column in two pieces, before the numbers of what stands beside it
_FORM: Final = "职责与工作任务"
_HALF: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<first>工作)(?:任\s{1,6}务)?[ \t\u3000]{1,8}(?=\d{1,2}[.、．])|(?<=\n)任务?[ \t\u3000]{1,8}(?=\d{1,2}[.、．])"
)


def labels_down(text: str, words: frozenset[str]) -> Iterator[Edit]:
    """Edits that write such labels in one piece: before the value where one stands beside them, above it where each line
    has a value of its own."""
    run: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        if run and line.start() != run[-1].end() + 1:
            yield from _of_run(run, words)
            run = []
        run.append(line)
    yield from _of_run(run, words)
    if _FORM in text:
        for half in _HALF.finditer(text):
            yield Edit(*half.span(), "工作任务：" if half["first"] else "", VERTICAL)


def _of_run(lines: list[re.Match[str]], words: frozenset[str]) -> Iterator[Edit]:
    first = 0
    while first <= len(lines) - _FEWEST:
        count = _label_length(lines[first : first + _LONGEST], words)
        if count:
            yield from _closed_up(lines[first : first + count], words)
        first += count or 1


def _label_length(lines: list[re.Match[str]], words: frozenset[str]) -> int:
    """How many lines from the first one spell a label with their first characters; the most that do."""
    spelled = "".join(line["char"] for line in lines)
    return next((n for n in range(len(lines), 1, -1) if spelled[:n] in words), 0)


def _are_labels(lines: list[re.Match[str]], words: frozenset[str]) -> bool:
    """Whether the first character of a line begins a label of its own: 学  历：中专."""
    return any(
        line["char"] + _BLANKS.sub("", line["value"][:_NEAR])[:more] in words for line in lines for more in (1, 2, 3)
    )


def _closed_up(lines: list[re.Match[str]], words: frozenset[str]) -> Iterator[Edit]:
    word = "".join(line["char"] for line in lines)
    held = [line for line in lines if line["value"]]
    if len(held) == 1 and held[0] is not lines[-1]:
        start, end = held[0].span("value")
        yield Edit(lines[0].start("char"), start, f"{word}：", VERTICAL)
        yield Edit(end, lines[-1].end("char"), "", VERTICAL)
    elif len(held) > 1 and len(held) >= len(lines) - 1 and lines[0]["value"] and not _are_labels(held, words):
        yield Edit(lines[0].start("char"), lines[0].start("value"), f"{word}\n", VERTICAL)
        for line in lines[1:]:
            yield Edit(line.start("char"), line.start("value") if line["value"] else line.end("char"), "", VERTICAL)
