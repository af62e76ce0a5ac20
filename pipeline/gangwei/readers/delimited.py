"""Rows of delimited text: quotes as they are written in the wild, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from gangwei.readers.columns import Role, is_known, role_of

Row = list[str]


def is_table(head: str, suffix: str) -> str:
    """The media type of delimited text, "" for other text; `head` is the beginning of it, `suffix` a hint.

    >>> is_table("公司名称,职位名称,职位描述\\n甲公司,会计,负责总账\\n", "csv")
    'text/csv'
    >>> is_table("负责总账,报税\\n", "txt"), is_table("1,负责总账\\n2,负责报税\\n", "txt")
    ('', '')
    >>> is_table("|岗位名称|职位描述|\\n|---|---|\\n|会计|负责总账|\\n", "md")
    ''
    """
    hinted = suffix in _SUFFIXES
    first_line = head.lstrip("\r\n").partition("\n")[0]
    if not hinted and (first_line.lstrip("> \t").startswith("|") or _RULE_LINE.search(head)):
        return ""  # a table drawn in a text, whose rows belong together
    if not hinted and sum(1 for cell in _DELIMITERS.split(first_line[:2000]) if is_known(cell)) < 2:
        return ""
    delimiter = delimiter_of(head)
    rows = list(islice(rows_of(head, delimiter), 40))
    if not rows:
        return ""
    media_type = "text/tab-separated-values" if delimiter == "\t" else "text/csv"
    header = rows[0]
    if not hinted and delimiter == "|" and any(not row[0].strip() for row in rows if row):
        return ""  # the same, with rows that go on with the row above
    if len(header) < 2:
        single = hinted and len(rows) > 1 and role_of(header[0]) in (Role.TEXT, Role.DUTIES)
        return media_type if single else ""
    whole = rows[1:-1] or rows[1:]  # the head may end in the middle of the last one
    alike = sum(1 for row in whole if len(row) == len(header))
    known = sum(1 for cell in header if is_known(cell))
    if hinted:
        return media_type if known or alike * 2 >= len(whole) else ""
    if not whole or known < 2 or known * 2 < len(header) or alike * 10 < len(whole) * 9:
        return ""
    if not any(role_of(cell) in _TEXTS for cell in header):
        return ""
    # A form whose lines are label, value, label, value has known names in every line.
    forms = sum(1 for row in whole if row != header and sum(1 for cell in row if is_known(cell)) * 3 >= len(row))
    return "" if forms * 3 > len(whole) else media_type


def delimiter_of(head: str) -> str:
    """The delimiter under which the first line has most known names, else the most cells.

    >>> delimiter_of("公司;岗位;描述\\n"), delimiter_of("岗位\\t描述，要求\\n")
    (';', '\\t')
    """
    if told := _SEPARATOR_LINE.match(head):
        return told[1]
    best, most = ",", (0, 1)
    for delimiter in (",", "\t", ";", "|"):
        row = next(rows_of(head[:4000], delimiter), [])
        score = (sum(1 for cell in row if is_known(cell)), len(row))
        if len(row) > 1 and score > most:
            best, most = delimiter, score
    return best


def rows_of(text: str, delimiter: str) -> Iterator[Row]:
    """The rows; blank lines are none. A cell keeps its inner line breaks, all written as "\\n".

    A quote ends a cell only before a delimiter or the end of a line, so that quotes within need no doubling.

    >>> list(rows_of('会计,"负责""总账""\\n报税"\\n出纳,"负责"收付"款"', ","))
    [['会计', '负责"总账"\\n报税'], ['出纳', '负责"收付"款']]
    """
    place = told.end() if (told := _SEPARATOR_LINE.match(text)) else 0
    # Where lines end with \n, a lone carriage return is part of a cell; without any it ends the lines.
    line_end = "\r?\n" if "\n" in text else "\r"
    mark = re.escape(delimiter)
    quoted = re.compile(rf' *+"((?:[^"]++|""|"(?! *+(?:{mark}|{line_end}|\Z)))*+)(")?')
    plain = re.compile(rf"(?:[^{mark}\r\n]++|\r(?!\n))*+" if "\n" in text else rf"[^{mark}\r]*+")
    stop = re.compile(rf" *+(?:({mark})|{line_end}|\Z)")
    stray_quotes = width = 0
    row: Row = []
    while place < len(text):
        cell = quoted.match(text, place) if stray_quotes < _STRAY_QUOTES else None
        if cell and _swallows(cell[1], bool(cell[2]), delimiter, width):
            stray_quotes += 1
            cell = None
        if cell:
            row.append(_LINE_END.sub("\n", cell[1].replace('""', '"')))
        else:
            cell = plain.match(text, place)
            assert cell is not None  # it matches the empty string
            row.append(_LINE_END.sub("\n", cell[0]))
        ended = stop.match(text, cell.end())
        assert ended is not None  # a cell goes on until it can stop
        place = ended.end()
        if ended[1]:
            if place < len(text):
                continue
            row.append("")
        if len(row) > 1 or row[0].strip():
            width = width or len(row)
            yield row
        row = []


def _swallows(cell: str, closed: bool, delimiter: str, width: int) -> bool:
    """Whether a quote that begins a cell is a stray one: whole records stand in what it would quote."""
    if width < 3 or "\n" not in cell or (closed and not re.search(re.escape(delimiter) + '"(?!")', cell)):
        return False
    full = (line for line in cell.split("\n") if line.count(delimiter) >= width - 1)
    needed = 1 if closed else 3
    return sum(1 for _ in islice(full, needed)) == needed


_STRAY_QUOTES: Final = 50  # each may cost a look through the whole text
_SUFFIXES: Final = frozenset(("csv", "tsv", "tab", "xls", "xlsx"))  # sites call delimited text .xls
_DELIMITERS: Final = re.compile(r"[,\t;|]")
_TEXTS: Final = (Role.TEXT, Role.DUTIES, Role.REQUIREMENTS)
# The line below the head of a Markdown table.
_RULE_LINE: Final = re.compile(r"^[> \t]*+(?:\|[ \t]*+)?:?-{2,}+:?[ \t]*+\|[ \t|:-]*+$", re.MULTILINE)
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n?")
