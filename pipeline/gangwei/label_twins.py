"""Headings that say the same twice, in two languages: ## Job Description / 工作内容, Responsibilities（职责）."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from gangwei.labels import Label
from gangwei.page import Line
from gangwei.rulebook import Rulebook

_LONGEST: Final = 24
_MARKS: Final = " \t/／|｜(（)）·-:：*"


def with_twins(text: str, lines: Sequence[Line], labels: tuple[Label, ...], rules: Rulebook) -> tuple[Label, ...]:
    """The labels; one in English that begins its line goes to the line's end where the rest says the same in Chinese."""
    starts: list[int] = []
    found: list[Label] = []
    taken = 0  # where the last twin ends
    for label in labels:
        if label.start < taken:
            continue
        rule = None
        if label.at_line_start and not label.is_whole_line and label.word.isascii():
            starts = starts or [line.start for line in lines]
            line = lines[bisect_right(starts, label.end - 1) - 1]
            if 0 < line.end - label.end <= _LONGEST:
                rule = rules.labels.get(text[label.end : line.end].strip(_MARKS))
        if rule and rule.field is label.rule.field:
            taken = line.end
            found.append(label._replace(end=taken, is_whole_line=True))
        else:
            found.append(label)
    return tuple(found)
