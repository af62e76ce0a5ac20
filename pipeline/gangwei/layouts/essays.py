"""Prose under a heading that talks about a post and does not say what it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.items import Item
from gangwei.layouts.item_senses import has_sense
from gangwei.model import Field
from gangwei.page import Page

# What is said to a reader about a post, and by nobody of what the post does.
_TALK: Final = re.compile(
    "[我咱]|[你您](?!将)|[吗呢吧]|如果|因为|所以|但是?|其实|往往|通常|应该|是指|就是|是一|之一|重要|意味|的话|一般|怎么|什么|不同|例如|比如|可以说|[^和及、]是[^否]"
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
# Who puts articles together speaks of himself.
_EDITOR: Final = re.compile("小编|笔者")
_WHAT_IT_IS: Final = ("是", "就是", "作为", "为", "在", "的", "这")
# Who answers for something does it, whatever he is: 组长是第一责任人，全面负责…
_ANSWERS: Final = ("责任人", "负责", "主持")
_LONG_SENTENCE: Final = 36
_FEWEST_SENTENCES: Final = 2
_LONGEST_LISTED: Final = 40


def is_essay(
    page: Page, kind: Field, items: Sequence[Item], *, owner: str, is_labelled: bool, is_column: bool, is_rowed: bool
) -> bool:
    """Whether prose under a heading is talk about the post and not what it does; `owner` is the post that it names."""
    if kind is not Field.DUTY or is_column:
        return False
    # A chapter's number before prose is no list: 一、引言…
    numbers = len([item for item in items if item.number])
    if numbers and not (numbers == 1 and len(items) >= _FEWEST_SENTENCES):
        return False
    texts = [page.value[item.start : item.end] for item in items]
    if any(_EDITOR.search(text) for text in texts):
        return True
    telling = sum(has_sense(page, text) or _is_of(owner, text) for text in texts)
    if telling * 2 >= len(items):
        return False
    if not is_labelled and not is_rowed:
        return True
    if not any(_HAN.search(text) for text in texts):
        return False  # English says what a post does in sentences
    # Duties may be said in nouns (来访接待); who talks about a post says so in long sentences or to a reader.
    talking = sum(bool(_TALK.search(text)) for text in texts)
    if is_rowed or _is_list_of_lines(page, items):
        return talking * 2 > len(items)
    return talking > 0 or sum(map(len, texts)) > _LONG_SENTENCE * len(texts)


def _is_of(owner: str, text: str) -> bool:
    """Whether a sentence begins with the name of the post over it and does not say what the post is: 住持统领僧众"""
    if not owner or not text.startswith(owner):
        return False
    return not text.startswith(_WHAT_IT_IS, len(owner)) or any(word in text for word in _ANSWERS)


def _is_list_of_lines(page: Page, items: Sequence[Item]) -> bool:
    """Whether each item is a short line of its own: a list whose numbers are not there."""
    lines = {page.line_index(item.start) for item in items}
    return 1 < len(items) == len(lines) and all(item.end - item.start <= _LONGEST_LISTED for item in items)
