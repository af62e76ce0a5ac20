"""The key `name` as a label of posts: in files of keys and values where duties stand below it, a record each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from gangwei.labels import Label
from gangwei.model import Field
from gangwei.page import Line
from gangwei.rulebook import Rulebook
from gangwei.titles import Names

_NAME: Final = re.compile(r"(?:[-*][ ]+)?[\"']?(?P<key>[Nn]ame|名称|名字)[\"']?[ ]?[:：][ ]*(?P<value>\S.*)")
_TELLING: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.AUTHORITY])
_LONGEST: Final = 40
_FEWEST: Final = 2


def with_record_names(
    text: str, lines: Sequence[Line], labels: tuple[Label, ...], rules: Rulebook, names: Names
) -> tuple[Label, ...]:
    """The labels, and the keys `name` above duties: two or more of them, or one before the name of a post."""
    rule = rules.labels.get("title")
    if rule is None or ("ame" not in text and "名" not in text):
        return labels
    places = [
        match
        for line in lines
        if line.end - line.body <= _LONGEST and (match := _NAME.match(text, line.body, line.end))
    ]
    if not places:
        return labels
    starts = [label.start for label in labels]
    found: list[Label] = []
    for match, following in zip(places, [*places[1:], None], strict=True):
        stop = following.start() if following else len(text)
        below = labels[bisect_left(starts, match.end()) : bisect_left(starts, stop)]
        fields = [label.rule.field for label in below]
        first = next((place for place, field in enumerate(fields) if field in _TELLING), None)
        if first is not None and Field.TITLE not in fields[:first]:
            start, end = match.start("key"), match.start("value")
            found.append(Label(start, end, match["key"], rule, True, True, False))
    if len(found) < _FEWEST and not (found and names.is_post(places[0]["value"].strip("\"' ,"))):
        return labels
    ends = [label.end for label in found]
    kept = [label for label in labels if not _is_within(label, found, ends)]
    return tuple(sorted([*kept, *found], key=lambda label: label.start))


def _is_within(label: Label, found: Sequence[Label], ends: Sequence[int]) -> bool:
    """Whether a label begins within one of those found."""
    place = bisect_right(ends, label.start)
    return place < len(found) and found[place].start <= label.start
