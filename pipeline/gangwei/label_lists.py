"""Labels of a post's name that head a list of what the post does: 职务⏎* 监督施肥⏎* 编排人手, as advertisements of Malaysia
and Singapore have it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from gangwei.labels import Label
from gangwei.model import Field
from gangwei.ordinals import Ordinal
from gangwei.page import Line
from gangwei.rulebook import Rulebook
from gangwei.titles import Names

_DUTIES: Final = "职责"
_LOOK: Final = 2


def with_lists(
    text: str,
    lines: Sequence[Line],
    ordinals: Sequence[Ordinal],
    labels: tuple[Label, ...],
    rules: Rulebook,
    names: Names,
) -> tuple[Label, ...]:
    """The labels, those of posts' names that fill a line over a list without a post's name read as labels of duties."""
    rule = rules.labels.get(_DUTIES)
    if rule is None or not [label for label in labels if label.is_whole_line and label.rule.field is Field.TITLE]:
        return labels
    starts = [line.start for line in lines]
    found: list[Label] = []
    for label in labels:
        is_alone = label.rule.field is Field.TITLE and label.is_whole_line
        below = lines[bisect_left(starts, label.end) :][:_LOOK] if is_alone else ()
        heads_list = below and _begins(ordinals, below[0]) and not any(_names_post(text, line, names) for line in below)
        found.append(label._replace(rule=rule) if heads_list else label)
    return tuple(found)


def _begins(ordinals: Sequence[Ordinal], line: Line) -> bool:
    """Whether a list begins with a line."""
    ordinal = ordinals[line.ordinal] if line.ordinal >= 0 else None
    return ordinal is not None and (ordinal.style == "bullet" or ordinal.value == 1)


def _names_post(text: str, line: Line, names: Names) -> bool:
    name = names.post(text[line.body : line.end])
    return name is not None and (names.is_post(name.text) or names.is_bilingual(name.text))
