"""White space in one form: line ends, blanks of any width, blanks before a line's end, what all lines share.

A reader sees none of it, so none of it is a fault, and no repair is listed; the way back stays exact all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from gangwei.text import Edit, Text, rewrite

WHITE: Final = "white space"
# Line ends other than \n, and blanks other than the common one and the wide one.
_OTHER: Final = re.compile("[\r\x0b\x85\u2028\u2029\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_LONE_RETURN: Final = re.compile("\r(?!\n)")
_PLAIN: Final = str.maketrans(
    dict.fromkeys("\x0b\x85\u2028\u2029", "\n")
    | dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " ")
)
# Blanks before a line's end; tabs stay, they part the cells of a table.
_AT_END: Final = re.compile("(?:(?<![ \u3000])[ \u3000]++\r?|\r)(?=\n)")
_FLUSH: Final = re.compile("^[^ \u3000\n]", re.MULTILINE)
_INDENT: Final = re.compile("^[ \u3000]+(?=[^ \u3000\n])", re.MULTILINE)
_SINGLE: Final = re.compile("[^\n]\n(?=[^\n])")
_BREAK: Final = re.compile("(?<=[^\n])\n(?=\n+[^\n])")
# An empty line that its author set, where each line has one behind it.
_GAP: Final = re.compile("[^\n]\n{3,}[^\n]")


def with_plain_white_space(text: Text) -> Text:
    r"""The text with `\n` alone between lines, nothing before it, and blanks of the common width.

    An indent that all lines share goes, and so does the empty line behind each line.

    >>> with_plain_white_space(Text.of("职务：\xa0店长 \r\n\u3000\r\n职责")).value
    '职务： 店长\n\n职责'
    """
    if _OTHER.search(text.value):
        text = text.with_value(_LONE_RETURN.sub("\n", text.value.translate(_PLAIN)))
    for find in _FINDERS:
        if edits := list(find(text.value)):
            text = rewrite(text, edits)
    return text


def _line_ends(text: str) -> Iterator[Edit]:
    return (Edit(*match.span(), "", WHITE) for match in _AT_END.finditer(text))


def _shared_indent(text: str) -> Iterator[Edit]:
    if _FLUSH.search(text):
        return
    indents = [match.span() for match in _INDENT.finditer(text)]
    shared = min((end - start for start, end in indents), default=0)
    yield from (Edit(start, start + shared, "", WHITE) for start, _ in indents if len(indents) > 1)


def _double_spacing(text: str) -> Iterator[Edit]:
    if not _SINGLE.search(text) and _GAP.search(text):
        yield from (Edit(*match.span(), "", WHITE) for match in _BREAK.finditer(text))


_FINDERS: Final[tuple[Callable[[str], Iterator[Edit]], ...]] = (_line_ends, _shared_indent, _double_spacing)
