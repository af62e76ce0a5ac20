"""Panels of a page that open at a click: what they are called, and which hidden text and which forms are none of them."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gangwei.readers.columns import POST
from gangwei.readers.tags import BLOCKS


def panel_names(parser: LexborHTMLParser, html: str) -> dict[str, str]:
    """The names of the panels of posts that tabs open, by the id of the panel: what the tab says, where the panel itself
    does not begin with it."""
    if _TO_PANEL.search(html) is None:
        return {}
    names: dict[str, str] = {}
    for link in parser.css("a[href^='#'], [data-target^='#']"):
        told = link.attributes
        target = (told.get("data-target") or told.get("href") or "")[1:]
        text = " ".join((link.text() or "").split())
        if target and target not in names and 2 <= len(text) <= _LONGEST_NAME and POST.search(text):
            names[target] = text
    if len(names) < _FEWEST:
        return {}
    panels = ((node.id, node) for node in parser.css("[id]") if node.id in names and node.tag in BLOCKS)
    return {key: names[key] for key, node in panels if key and not _begins_with(node, names[key])}


def is_panel(node: LexborNode) -> bool:
    """Whether a hidden block is a panel that opens at a click: it holds what is said of a post."""
    return node.tag in BLOCKS and _OF_POSTS.search(node.text() or "") is not None


def is_entry_form(node: LexborNode) -> bool:
    """Whether a form is there to be filled in by who reads the page, and not what frames all of it."""
    text = node.text() or ""
    if len(text) > _LONGEST_FORM * 4 or len("".join(text.split())) > _LONGEST_FORM or node.css_first("table"):
        return False
    return len(node.css("textarea, input[type=text], input[type=email], input[type=tel], input:not([type])")) >= _FEWEST


def _begins_with(node: LexborNode, name: str) -> bool:
    text = "".join((node.text() or "")[:_HEAD].split())
    return "".join(name.split()) in text[: len(name) + _NEAR]


_FEWEST: Final = 2
_LONGEST_NAME: Final = 24
_LONGEST_FORM: Final = 160
_HEAD: Final = 200
_NEAR: Final = 6
_TO_PANEL: Final = re.compile(r"""(?:href|data-target)\s*=\s*["']?#[\w-]""", re.IGNORECASE)
_OF_POSTS: Final = re.compile(
    "(?:岗位|工作|主要|任职|职位)(?:职责|描述|内容|要求|资格|条件)|(?:崗位|職位|工作)(?:職責|描述|內容|要求|資格|條件)|應徵條件|招聘要求"
)
