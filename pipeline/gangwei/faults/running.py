"""Heads and feet that stand as lines of their own on each page: 某某公司岗位责任制    第 3 页."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from gangwei.faults.breaks import BEGINS, runs_on
from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.pages import PAGE
from gangwei.text import Edit

# A line that ends with the number of a page. One number behind a stroke may be a date or a share: it must count up.
_LINE: Final = re.compile(
    r"^(?P<head>[^\n]{3,60}?)[ \t\u3000|｜_—-]*"
    r"(?P<mark>第 ?(?P<page>\d{1,3}) ?页(?:[ ,，、|｜/／]{0,3}[共总/／] ?\d{1,3} ?页)?"
    r"|(?:页码|Page|P\.)[:： ]{0,2}(?P<named>\d{1,3})(?: ?(?:/|／|of) ?\d{1,3})?"
    r"|(?<=[ \t\u3000])(?P<stroke>\d{1,3}) ?[/／] ?(?P<of>\d{1,3})"
    r"|(?<=[ \t\u3000])[-—–] ?(?P<dashed>\d{1,3}) ?[-—–])[ \t\u3000\r]*$",
    re.MULTILINE,
)
# The number of a page alone in its line: - 3 -, — 7 —
_ALONE: Final = re.compile(r"^[ \t\u3000]*[-—–] ?\d{1,3} ?[-—–][ \t\u3000\r]*$", re.MULTILINE)
# The number of a slide alone in its line.
_NUMBER: Final = re.compile(r"^[ \t\u3000]*(\d{1,3})[ \t\u3000\r]*$", re.MULTILINE)
_FEWEST_SLIDES: Final = 4
# The number of a page alone in its line, and the line right below it.
_PAGE_ABOVE: Final = re.compile(
    r"^[ \t\u3000]*第 ?\d{1,3} ?页(?:[ ,，、|｜/／]{0,3}[共总/／] ?\d{1,3} ?页)?[ \t\u3000\r]*\n"
    r"[ \t\u3000]*(?P<head>[^\s][^\n]{5,58}[^\s])[ \t\u3000\r]*$",
    re.MULTILINE,
)
_DIGITS: Final = re.compile(r"\d{1,6}")
_BLANKS: Final = re.compile(r"(?<!\s)\s++")
_MOST_LINES: Final = 500
_ENDS: Final = "。；;：:！!？?"


class _Head(NamedTuple):
    """A line that may be a page's head: what it says without its numbers, its page, how many pages there are."""

    said: str
    page: int
    pages: int
    start: int
    end: int


def find_running(sight: Sight, bench: Bench) -> Finding:
    """Edits that empty the lines that say the same on each page but for the page's number, and that join a sentence
    which such a line parts."""
    text = sight.text
    groups: dict[str, list[_Head]] = {}
    for count, match in enumerate(_LINE.finditer(text)):
        if count == _MOST_LINES:
            break
        head = _read(match)
        groups.setdefault(head.said, []).append(head)
    below = [_edit(text, start, end, bench) for start, end in _below_numbers(text)]
    edits = [_edit(text, head.start, head.end, bench) for group in groups.values() if _runs(group) for head in group]
    edits += [_edit(text, *match.span(), bench) for match in _ALONE.finditer(text)]
    edits += _slides(text)
    edits = [edit for edit in edits if not any(edit.start < one.end and one.start < edit.end for one in below)] + below
    return Finding(tuple(sorted(edits))) if edits else NOTHING


def _slides(text: str) -> list[Edit]:
    """Edits that take out the numbers of slides, each alone in its line and one more than the last, with the line that
    stands beside each of them the same."""
    numbers = [*islice(_NUMBER.finditer(text), _MOST_LINES)]
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for number in numbers:
        run = [*run, number] if run and int(number[1]) == int(run[-1][1]) + 1 else [number]
        best = max(best, run, key=len)
    if len(best) < _FEWEST_SLIDES or _number_items(text, best):
        return []
    edits = [Edit(*match.span(), "", PAGE) for match in best]
    for beside in (_line_before, _line_behind):
        lines = [beside(text, match) for match in best]
        said = Counter(text[start:end].strip() for start, end in lines)
        common = {
            words for words, count in said.items() if words and count >= _FEWEST_SLIDES and count * 3 >= len(best) * 2
        }
        edits += [Edit(start, end, "", PAGE) for start, end in lines if text[start:end].strip() in common]
    return edits


def _line_before(text: str, match: re.Match[str]) -> tuple[int, int]:
    end = max(0, match.start() - 1)
    return text.rfind("\n", 0, end) + 1, end


def _line_behind(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = min(len(text), match.end() + 1)
    end = text.find("\n", start)
    return start, end if end >= 0 else len(text)


def _number_items(text: str, numbers: Sequence[re.Match[str]]) -> bool:
    """Whether most numbers alone in their lines have one line between them: they number a list's items."""
    single = sum("\n" not in text[one.end() : two.start()].strip() for one, two in pairwise(numbers))
    return single * 2 > len(numbers) - 1


def _below_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Each line with nothing but a page's number, together with the line right below it, where that says the same below
    another page's number."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in _PAGE_ABOVE.finditer(text) if "页" in text else ():
        found.setdefault("".join(match["head"].split()), []).append(match)
    for said, matches in found.items():
        if len(matches) > 1 and said[-1] not in _ENDS:
            yield from (match.span() for match in matches)


def _read(match: re.Match[str]) -> _Head:
    said = _BLANKS.sub(" ", _DIGITS.sub("0", match["head"].strip()))
    page = match["page"] or match["named"] or match["stroke"] or match["dashed"]
    return _Head(said, int(page), int(match["of"] or 0), match.start(), match.end())


def _runs(group: Sequence[_Head]) -> bool:
    """Whether lines that say the same count up as the pages of a document do."""
    pages = [head.page for head in group]
    if len(group) < 2 or len({head.pages for head in group}) > 1:
        return False
    return all(before < behind for before, behind in pairwise(pages)) and (
        not group[0].pages or pages[-1] <= group[0].pages
    )


def _edit(text: str, start: int, end: int, bench: Bench) -> Edit:
    """The line itself; with the breaks around it where a sentence goes on behind it."""
    before, behind = start, end
    while before and text[before - 1].isspace():
        before -= 1
    while behind < len(text) and text[behind].isspace():
        behind += 1
    stop = text.find("\n", behind)
    below = text[behind : stop if stop >= 0 else len(text)].rstrip()
    goes_on = before and text[before - 1] not in _ENDS and below and below[-1] in _ENDS and not BEGINS.match(below)
    goes_on = goes_on or (behind < len(text) and runs_on(text, before, behind, bench))
    return Edit(before, behind, "", PAGE) if goes_on else Edit(start, end, "", PAGE)
