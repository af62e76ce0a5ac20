"""The titles of pages in their front matter, which name posts only on pages of posts: title: 社团介绍."""

from __future__ import annotations

from typing import Final

from gangwei.labels import Label
from gangwei.model import Field
from gangwei.titles import Names

_BORDER: Final = "---\n"
_KEY: Final = "title"
# What speaks of the page where its title names no post.
_OF_PAGE: Final = frozenset([Field.TITLE, Field.SUMMARY, Field.DUTY, Field.UNIT])


def without_page_titles(text: str, labels: tuple[Label, ...], names: Names) -> tuple[Label, ...]:
    """The labels, those of a front matter left out whose title names no post."""
    stop = text.find("\n" + _BORDER, len(_BORDER)) if text.startswith(_BORDER) else -1
    if stop < 0:
        return labels
    own = [label for label in labels if label.end <= stop]
    title = next((label for label in own if label.word == _KEY and label.at_line_start), None)
    if title is None:
        return labels
    end = text.find("\n", title.end)
    name = names.post(text[title.end : end])
    if name and (names.is_post(name.text) or names.is_bilingual(name.text)):
        return labels
    others = [label for label in own if label is not title and label.rule.field is Field.TITLE]
    if others:
        return tuple(label for label in labels if label is not title)
    return tuple(label for label in labels if label.end > stop or label.rule.field not in _OF_PAGE)
