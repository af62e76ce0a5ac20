"""What is left of markup, and characters that nobody sees."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

INVISIBLE: Final = "invisible character"
MARKUP: Final = "left of markup"

# Control characters; zero width: spaces and joiners, signs of direction, byte order marks, soft hyphens.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)
_ESCAPED_BREAK: Final = re.compile(r"(?:\\r)?\\n(?![A-Za-z])")
# br1、… br2、…: the angle brackets were stripped, the name was not. Where that happened, br between Chinese is one too.
_BARE_BREAK: Final = re.compile(r"(?<![A-Za-z<])br(?=\d{1,2}[.、．,，。)）]|[(（]\d{1,2}[)）]|[①-⑩◎●■◆•【])")
# Behind a foreign word too, where a list number follows: Excelbr2.
_BARE_BREAKS: Final = re.compile(r"(?<![A-Za-z<])(?:br)+(?![A-Za-z>])|(?<=[a-z])br(?=\d{1,2}[.、．,，。)）])")
_LONGEST_ROW: Final = 4000
_NEAR: Final = 8
_BREAK_TAG: Final = re.compile(r"</?(?:br|p) ?/?>", re.IGNORECASE)
_FIELD: Final = re.compile(
    r"^[ \t]*(?:[{\[][ ]*)?[\"']?[A-Za-z_]\w{1,20}[\"']?[ ]?:[ ]?(?P<open>[\"'])[^\n]*?(?P<close>(?P=open)[ ]?,?)[ ]?$",
    re.MULTILINE,
)
_FEWEST_FIELDS: Final = 4
# The field of a word processor that a page's number stood for: PAGE幼儿园管理手册, PAGEPAGE 3
_PAGE_FIELD: Final = re.compile(
    r"(?:^[ \t]{0,4}|(?<=[。；;]))(?:NUM)?PAGES?(?:[ ]?(?:NUM)?PAGES?)?[ ]?(?:\\\*[ ]?MERGEFORMAT)?[ ]?\d{0,3}"
    r"(?:[ ]?/[ ]?(?:NUMPAGES?)?[ ]?\d{0,3})?(?=[\u3400-\u9fff《【（(]|\d{1,2}[、.．]|[ \t]*$)",
    re.MULTILINE,
)
# A line of links and nothing else: [店长](https://…) - [晨光书店](https://…)
_LINKS: Final = re.compile(
    r"^[# \t]{0,8}(?:\[[^\[\]\n]{1,60}\]\(https?://[^()\s]{1,200}\)[ ]{0,2}[-–—|｜@·,，/]?[ ]{0,2}){2,4}$", re.MULTILINE
)
_LINK: Final = re.compile(r"\[(?P<text>[^\[\]\n]{1,60})\]\(https?://[^()\s]{1,200}\)")
_ENTITY: Final = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")


def find_invisible(sight: Sight, _: Bench) -> Finding:
    """Edits that take out control characters and characters without width."""
    return Finding(tuple(Edit(*match.span(), "", INVISIBLE) for match in _INVISIBLE.finditer(sight.text)))


def find_markup(sight: Sight, _: Bench) -> Finding:
    r"""Edits that break lines where a tag, `\n` or a bare `br` stands for it, the latter two at least twice, and that
    put characters for their entities: &#x804C;&#x8D23; is 职责."""
    text = sight.text
    edits: list[Edit] = []
    if "\\n" in text:
        edits += _at_least_twice(_ESCAPED_BREAK, text)
    if "br" in text:
        edits += _at_least_twice(_BARE_BREAKS, text) if len(_BARE_BREAK.findall(text)) > 1 else []
    if "<" in text:
        edits += [Edit(*match.span(), _break_for(text, match), MARKUP) for match in _BREAK_TAG.finditer(text)]
    if "&" in text:
        entities = ((match, unescape(match[0]).replace("\u00a0", " ")) for match in _ENTITY.finditer(text))
        edits += [Edit(*match.span(), char, MARKUP) for match, char in entities if len(char) == 1]
    if "PAGE" in text:
        edits += [Edit(*match.span(), "", MARKUP) for match in _PAGE_FIELD.finditer(text)]
    if "](http" in text:
        links = (link for line in _LINKS.finditer(text) for link in _LINK.finditer(text, *line.span()))
        edits += [Edit(*span, "", MARKUP) for link in links for span in _around(link)]
    if "'," in text or '",' in text:
        edits += _quotes(text)
    return Finding(tuple(sorted(edits))) if edits else NOTHING


def _around(link: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """What stands around the text of a link."""
    return (link.start(), link.start("text")), (link.end("text"), link.end())


def _quotes(text: str) -> list[Edit]:
    """Edits that take the quotes and commas off the values of a program's records: duty: '1、盘点', are four at least."""
    fields = list(_FIELD.finditer(text))
    if len(fields) < _FEWEST_FIELDS:
        return []
    opening = [Edit(match.start("open"), match.end("open"), "", MARKUP) for match in fields]
    return opening + [Edit(match.start("close"), match.end("close"), "", MARKUP) for match in fields]


def _break_for(text: str, tag: re.Match[str]) -> str:
    """What a break tag stands for: a line break, but a blank where that would cut a row of a table drawn with pipes.

    A row that begins and ends with a pipe may be broken within its cells.
    """
    begin = text.rfind("\n", max(0, tag.start() - _LONGEST_ROW), tag.start()) + 1
    end = text.find("\n", tag.end(), tag.end() + _LONGEST_ROW)
    row = text[begin : end if end >= 0 else tag.end() + _LONGEST_ROW].strip()
    if "|" not in row:
        return "\n"
    at_border = text[begin : tag.start()].rstrip().endswith("|") or text[
        tag.end() : tag.end() + _NEAR
    ].lstrip().startswith("|")
    return "\n" if row[0] == "|" == row[-1] and not at_border else " "


def _at_least_twice(pattern: re.Pattern[str], text: str) -> list[Edit]:
    edits = [Edit(*match.span(), "\n", MARKUP) for match in pattern.finditer(text)]
    return edits if len(edits) > 1 else []
