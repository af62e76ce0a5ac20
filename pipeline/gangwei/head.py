"""What a heading that names a post or a unit is."""

from __future__ import annotations

from typing import Final, NamedTuple

from gangwei.model import Field, Span
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Heading


class Head(NamedTuple):
    """A heading at [start:end] of the page that names a post ("post") or a unit ("unit").

    `company` and `department` stand beside the name; `is_guess` tells that only its place says that it is a name.
    `tail` is the word behind the name (岗位职责) or ""; `field` what it announces; `depth` the markup's level or 0;
    `line` the index of the line; `strength` how much speaks for it, from 0 to 3; `mentions` tells that the text behind
    it stands in the same line (司机：负责送货), as far as `stop` or, where that is 0, the line's end; `in_list` that the
    lines beside it are of its kind; `in_row` that the numbers before or behind its own head names too; `is_card` that
    lines without labels tell of the post, as far as `stop` or, where that is 0, a label.
    """

    start: int
    end: int
    kind: str
    name: Name
    tail: str
    field: Field | None
    depth: int
    line: int
    strength: int
    mentions: bool = False
    number: str = ""
    superior: tuple[int, int] | None = None
    company: Span | None = None
    department: Span | None = None
    is_guess: bool = False
    stop: int = 0
    in_list: bool = False
    in_row: bool = False
    is_card: bool = False


# As a heading over all that is said of a post these announce no indicators: 驾驶员工作标准
_OF_WORK: Final = frozenset(["工作标准", "岗位工作标准", "岗位标准"])


def _announced(rule: LabelRule | None, tail: str) -> Field | None:
    """What a heading's tail announces: duties where no label says otherwise, nothing where it says only what it is (店长岗位)."""
    if rule is None or tail in _OF_WORK:
        return Field.DUTY if tail else None
    return None if rule.field is Field.TITLE else rule.field


def make_head(
    page: Page, heading: Heading, line: Line, index: int, start: int, end: int, *, mentions: bool = False
) -> Head:
    """The head that a heading makes which stands at [start:end], in a line of the page."""
    name = heading.name._replace(start=start + heading.name.start, end=start + heading.name.end)
    rule = page.rules.labels.get(heading.tail)
    strength = 2 if heading.tail else 0
    strength += line.depth > 0
    is_bullet = (
        line.ordinal >= 0 and page.ordinals[line.ordinal].style == "bullet" and page.value[line.start] in "-*+•·‧・"
    )
    strength += line.ordinal >= 0 and not heading.tail and not is_bullet
    return Head(
        line.start if start == line.body else start,
        end,
        heading.kind,
        name,
        heading.tail,
        _announced(rule, heading.tail),
        line.depth,
        index,
        strength,
        mentions,
        heading.number,
    )
