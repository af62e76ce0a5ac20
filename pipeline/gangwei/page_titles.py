"""The titles of pages in their front matter, which name posts only on pages of posts: title: 社团介绍."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.labels import Label
from gangwei.model import Field
from gangwei.page import front_end_of
from gangwei.titles import Names

_KEY: Final = "title"
# What speaks of the page where its title names no post.
_OF_PAGE: Final = frozenset([Field.TITLE, Field.SUMMARY, Field.DUTY, Field.UNIT])


def without_page_titles(text: str, labels: tuple[Label, ...], names: Names) -> tuple[Label, ...]:
    """The labels, those of a front matter left out whose title names no post."""
    stop = front_end_of(text)
    if stop < 0:
        return labels
    own = [label for label in labels if label.end <= stop]
    title = next((label for label in own if label.word == _KEY and label.at_line_start), None)
    if title is None:
        return labels
    end = text.find("\n", title.end)
    name = names.post(text[title.end : end])
    if name and (names.is_post(name.text) or names.is_bilingual(name.text) or _heads_advert(name.text, labels, stop)):
        return tuple(
            label
            for label in labels
            if not (_names_grade(text, label) if label.start > stop else _says_little(text, label))
        )
    others = [label for label in own if label is not title and label.rule.field is Field.TITLE]
    if others:
        return tuple(label for label in labels if label is not title)
    return tuple(label for label in labels if label.end > stop or label.rule.field not in _OF_PAGE)


def _heads_advert(name: str, labels: Sequence[Label], stop: int) -> bool:
    """Whether a title that names people of a kind stands over an advertisement: title: 门市人员"""
    if not _PEOPLE.fullmatch(name):
        return False
    told = {label.rule.field for label in labels if label.start > stop and (label.at_line_start or label.has_mark)}
    return Field.DUTY in told and Field.REQUIREMENT in told


def _names_grade(text: str, label: Label) -> bool:
    """Whether the label of a post says only how senior it is: | **职缺** | 资深 |"""
    return label.rule.field is Field.TITLE and _GRADE.match(text, label.end) is not None


def _says_little(text: str, label: Label) -> bool:
    """Whether a front matter's description is a word or two: description: 全职、远程"""
    return label.word == _DESCRIPTION and text.find("\n", label.end) - label.end < _SHORTEST_SUMMARY


_DESCRIPTION: Final = "description"
_SHORTEST_SUMMARY: Final = 14
_PEOPLE: Final = re.compile(r"[^，。；：:、？?的]{2,18}(?:人员|伙伴)(?:[（(][^（()）]{1,10}[)）])?")
_GRADE: Final = re.compile(r"[*_ \t|：:]{1,12}(?:资深|[初中高][级阶]|senior|junior)[ \t|]{0,12}(?:\n|$)", re.IGNORECASE)
