"""Which boxes of a chapter of slides are posts' names though nothing in the box says so, or though something does are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.layouts.deck_chunks import Box
from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_marks import Chapter
from gangwei.layouts.deck_names import is_person
from gangwei.page import Page

_FEWEST_OTHERS: Final = 2
_OF_KINDS: Final = re.compile("(?:人员|岗位|员工)$|[与和及、]")
_FEWEST_BESIDE: Final = 2
_PAIR: Final = re.compile("[/／]")
_SPLIT: Final = re.compile("[；;]")


def named_boxes(page: Page, chapter: Chapter, boxes: list[Box]) -> list[Box]:
    """The boxes of a chapter with the names that its title and words for kinds of work are, without pairs of names."""
    return _without_pairs(page, _with_names(page, _titled(page, chapter, boxes)))


def _titled(page: Page, chapter: Chapter, boxes: list[Box]) -> list[Box]:
    """The boxes of a chapter; a title that names a post is a box of its own, but not over the posts of its kind
    (行政人员职责, 律师与助理岗位职责)."""
    heading = page.names.heading(page.value[chapter.title_start : chapter.title_end])
    if heading and heading.kind == "post" and is_person(page, heading.name.text):
        others = {page.value[box.start : box.end] for box in boxes if box.kind == "post"} - {heading.name.text}
        if len(others) >= (1 if _OF_KINDS.search(heading.name.text) else _FEWEST_OTHERS):
            return boxes
        start = chapter.title_start + heading.name.start
        return [Box("post", start, start + len(heading.name.text)), *boxes]
    return boxes


def _with_names(page: Page, boxes: Sequence[Box]) -> list[Box]:
    """The boxes; a word for a kind of work is a post's name (美工) where it stands alone among sentences without labels."""
    kept = list(boxes)
    run: list[int] = []  # what may be labels, since the last name
    sentences = 0
    for at, box in enumerate([*boxes, Box("post", -1, -1)]):
        if box.kind in ("sentence", "kpi"):
            sentences += 1
        elif box.kind in ("label", "other"):
            if _heads_prose(page, boxes, at):
                kept[at] = box._replace(kind="post")
                run, sentences = [], 0
                continue
            is_own = at + 1 < len(boxes) and boxes[at + 1].label
            run += [] if is_own or is_section(page, page.value[box.start : box.end]) else [at]
        elif box.kind in ("post", "unit"):
            if len(run) == 1 and sentences >= _FEWEST_BESIDE and _is_name(page, boxes, run[0]):
                kept[run[0]] = boxes[run[0]]._replace(kind="post")
            run, sentences = [], 0
    return kept


def _heads_prose(page: Page, boxes: Sequence[Box], at: int) -> bool:
    """Whether a box that can be a post's name stands between two blocks of prose: those have no labels."""
    if not 0 < at < len(boxes) - 1 or not boxes[at - 1].kind == "sentence" == boxes[at + 1].kind:
        return False
    if not all(_SPLIT.search(page.value, box.start, box.end - 1) for box in (boxes[at - 1], boxes[at + 1])):
        return False
    return page.names.is_post(page.value[boxes[at].start : boxes[at].end])


def _is_name(page: Page, boxes: Sequence[Box], at: int) -> bool:
    """Whether a box can be a post's name and stands behind a sentence, at the end of what a slide says."""
    box, behind = boxes[at], boxes[at + 1] if at + 1 < len(boxes) else None
    before = boxes[at - 1] if at else None
    if not before or before.kind not in ("sentence", "number") or (behind and behind.kind not in ("number", "break")):
        return False
    return page.names.is_post(page.value[box.start : box.end])


def _without_pairs(page: Page, boxes: list[Box]) -> list[Box]:
    """The boxes without the pairs (售后经理/售后专员) whose posts stand apart as well: those pairs head a slide."""
    names = {page.value[box.start : box.end] for box in boxes if box.kind == "post"}
    pairs = {name for name in names if len(parts := _PAIR.split(name)) > 1 and names.issuperset(parts)}
    if not pairs:
        return boxes
    return [
        box._replace(kind="other") if box.kind == "post" and page.value[box.start : box.end] in pairs else box
        for box in boxes
    ]
