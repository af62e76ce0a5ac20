"""Who is to be written to: 姓名：李昌⏎部门：行政人事⏎职位：人事总监⏎联系电话：… says of a person what else is said of a post."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from gangwei.labels import Label
from gangwei.model import Field
from gangwei.page import Line

_NAME: Final = re.compile("姓[ ]?名[ ]?[:：][ ]?[\u4e00-\u9fff]")
_FIELD: Final = re.compile("[\u4e00-\u9fff]{2,5}[ ]?[:：]")
_REACHED: Final = re.compile("(?:联系|办公|移动)?(?:电话|手机|邮箱|方式)[ ]?[:：]|(?:微信|电子邮件|电邮)[ ]?[:：]")
_LONGEST: Final = 40
_MOST_LINES: Final = 8
_OF_PERSON: Final = frozenset([Field.TITLE, Field.DEPARTMENT, Field.REQUIREMENT])
# What follows tells of the post after all.
_TELLING: Final = frozenset([Field.DUTY, Field.SUMMARY, Field.SUPERVISOR, Field.SUBORDINATE, Field.UNIT])


def without_contacts(value: str, lines: Sequence[Line], labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels, those left out that stand between somebody's name and how to reach them, no duties below."""
    if "姓" not in value:
        return labels
    starts = [label.start for label in labels]
    left_out: set[int] = set()
    for index in range(len(lines)):
        if card := _card(value, lines, index):
            first, behind = bisect_left(starts, card[0]), bisect_left(starts, card[1])
            within, after = labels[first:behind], labels[behind : behind + 1]
            near = [label for label in after if label.start - card[1] <= _LONGEST]
            if not any(label.rule.field in _TELLING for label in (*within, *near)):
                left_out.update(range(first, behind))
    if not left_out:
        return labels
    return tuple(
        label for place, label in enumerate(labels) if place not in left_out or label.rule.field not in _OF_PERSON
    )


def _card(value: str, lines: Sequence[Line], index: int) -> tuple[int, int] | None:
    """From a line with a name to the last one behind it with a number or an address, all of them fields."""
    if not _NAME.match(value, lines[index].body, lines[index].end):
        return None
    end = 0
    for line in lines[index + 1 : index + _MOST_LINES]:
        if line.end - line.body > _LONGEST or not _FIELD.match(value, line.body, line.end):
            break
        if _NAME.match(value, line.body, line.end):
            break
        if _REACHED.match(value, line.body, line.end):
            end = line.end
    return (lines[index].start, end) if end else None
