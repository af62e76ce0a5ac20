"""Boxes on a slide or a page in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Content = TypeVar("Content")


class Box(NamedTuple, Generic[Content]):
    """A place from its left upper corner, and what stands there."""

    left: float
    top: float
    width: float
    height: float
    content: Content

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


def in_rows(boxes: Iterable[Box[Content]]) -> list[list[Box[Content]]]:
    """The boxes row by row, each row from the left: in a row are boxes that share half the height of the lower one.

    Where no row can be cut through all boxes, columns are read one after the other.

    >>> rows = in_rows([Box(50, 0, 40, 10, "会计"), Box(0, 1, 40, 10, "岗位"), Box(0, 20, 90, 10, "职责")])
    >>> [[box.content for box in row] for row in rows]
    [['岗位', '会计'], ['职责']]
    """
    rows: list[list[Box[Content]]] = []
    stack = [(sorted(boxes, key=lambda box: (box.top, box.left)), True)]
    while stack:
        part, is_new = stack.pop()
        bands = _cut(part, is_tall=True) if is_new else [part]
        if len(bands) > 1:
            stack += [(band, True) for band in reversed(bands)]
            continue
        columns = _cut(part, is_tall=False)
        if len(columns) < 2 or max(map(len, columns)) < 2:
            rows += _plain_rows(part)
        else:
            stack += [(column, True) for column in reversed(columns)]
    return rows


def _cut(boxes: Sequence[Box[Content]], *, is_tall: bool) -> list[list[Box[Content]]]:
    """The boxes in groups between which a line can be drawn, across (`is_tall`) or down; a little overlap is none."""

    def reach(box: Box[Content]) -> tuple[float, float]:
        start, length = (box.top, box.height) if is_tall else (box.left, box.width)
        return start + length * _SLACK, start + length * (1 - _SLACK)

    groups: list[list[Box[Content]]] = []
    end = 0.0
    for box in sorted(boxes, key=lambda box: (reach(box)[0], box.left, box.top)):
        first, last = reach(box)
        if groups and first < end:
            groups[-1].append(box)
            end = max(end, last)
        else:
            groups.append([box])
            end = last
    return groups


def _plain_rows(boxes: Sequence[Box[Content]]) -> list[list[Box[Content]]]:
    """Rows of boxes that overlap too much for a clean cut."""
    rows: list[list[Box[Content]]] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        first = rows[-1][0] if rows else None
        if first and min(first.bottom, box.bottom) - max(first.top, box.top) >= min(first.height, box.height) / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: (box.left, box.top)) for row in rows]


_SLACK = 0.2  # of its height or width that a box may reach into its neighbour
