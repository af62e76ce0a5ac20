"""Line breaks that a copy turned into blanks: a whole page in one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gangwei.faults.chunks import cuts_word
from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

LOST_LINE: Final = "lost line break"

# No author writes lines so long with blanks in them.
_LONG: Final = 120
_FEWEST: Final = 5
# All of the page, but for what a reader put before or behind it.
_SHARE: Final = 0.97
# Lines are no longer than this in the mean: in a text that ran together without blanks few are left.
_LONGEST: Final = 100
_NUMERAL: Final = (
    r"\d{1,2}(?:\.\d{1,2}){1,3}[.、．]?|\d{1,2}[.、．)）:：]|0\d|[一二三四五六七八九十]{1,3}、|[（(][\d一二三四五六七八九十]{1,2}[)）]|[①-⑳]"
    r"|[a-h][)）.、]|第[ ]?[\d一二三四五六七八九十]{1,3}[ ]?[条章节]|\d{1,2}(?=(?:[ ]{2,3}|\u3000)[\u4e00-\u9fff])"
)
_SIGN: Final = "[•·*#>|\u2016-\u2bff\U0001f000-\U0001faff．]|-(?=[ ][\u4e00-\u9fff])|[-=—_~]{3,}(?= )"
# Behind a number or a bullet at a line's beginning the blank is the author's, and so it is behind a colon.
_BREAK: Final = re.compile(
    rf"(?<=[^\x00-\x7f：、，])(?<! [\u4e00-\u9fff]) {{1,8}}(?=(?![\u4e00-\u9fff](?: |$))[\u4e00-\u9fff【\[（(《“「『]|{_SIGN}|(?:{_NUMERAL})[ \u3000]{{0,3}}[^\s\d])"
    rf"|(?<=[\x00-\x7f：、，])(?<! ) {{1,8}}(?={_SIGN}|【|(?:{_NUMERAL})[ \u3000]{{0,3}}[^\s\d])"
    r"|(?<=[\x00-\x7f])(?<! ) {1,8}(?=(?P<label>[\u4e00-\u9fff]{2,8})(?: |$|(?P<colon>[:：])))"
    r"|(?:(?<=[;.])|(?<=---|===|~~~|___)) {1,8}(?=[\u4e00-\u9fff])"
)
_HEAD: Final = re.compile(rf"(?:^|\s)(?:{_NUMERAL}|\d{{1,2}}|-|(?:{_SIGN}){{1,4}})$")
# A form's labels and values one behind the other, without marks: it is read as it stands.
_FORM: Final = re.compile(
    "(?:(?:岗位|职位|职务|职称)(?:名称|编号|定员|代码|编码)|(?:所属|所在|归属|隶属)(?:部门|单位|科室)|(?:直接|直属)(?:上级|下级|主管)"
    "|(?:汇报|管辖)(?:对象|上级|岗位|人数)|目标值)(?![ ]{0,3}[:：])"
)
_FEWEST_LABELS: Final = 3
# The head of a table, its cells one behind the other: 序号 岗位 所属部门 编制 岗位职责
_TABLE_HEAD: Final = re.compile("(?:(?<![^ \n])[\u4e00-\u9fff]{2,6}(?:[(（].{1,4}[)）])? ){4,}")
# Numbers that ran into the text before them: there more was lost than line breaks.
_GLUED: Final = re.compile(
    r"[\u4e00-\u9fff](?:第[一二三四五六七八九十\d]{1,3}[章条节]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]、[\u4e00-\u9fff]{2})"
)
_SELDOM: Final = 12
_CELL: Final = 4
_AGAIN: Final = 4
_NEAR: Final = 9
# So many breaks tell whether they stand within words, as one in so many does where lines were full.
_MOST: Final = 60
_OFTEN: Final = 3
_BLANK: Final = re.compile(r"(?<=[^\x00-\x7f]) {1,8}(?=[^\x00-\x7f])")


def find_lost_lines(sight: Sight, bench: Bench) -> Finding:
    """Edits that break a page's long lines at blanks where lines begin: before numbers, bullets, labels and Chinese."""
    text = sight.text
    lines = text.split("\n")
    # Most pages have lines of their own: asked first, for it costs least.
    if sum(len(line) for line in lines if len(line) >= _LONG) <= _SHARE * len(text):
        return NOTHING
    if len(_FORM.findall(text)) >= _FEWEST_LABELS or _has_table(text, bench):
        return NOTHING
    edits: list[Edit] = []
    start = lost = 0
    for line in lines:
        if len(line) >= _LONG and len(_BLANK.findall(line)) >= _FEWEST:
            lost += len(line)
            edits += [
                Edit(*match.span(), "\n", LOST_LINE)
                for match in _BREAK.finditer(text, start, start + len(line))
                if _begins_line(text, match, bench)
            ]
        start += len(line) + 1
    if not _SHARE * len(text) < lost < _LONGEST * len(edits) or _are_wraps(text, edits, bench):
        return NOTHING
    if len(_GLUED.findall(text)) * _SELDOM > len(edits) or _are_cells(text, edits, bench):
        return NOTHING
    return Finding(tuple(edits))


def _has_table(text: str, bench: Bench) -> bool:
    heads = (match[0].split() for match in _TABLE_HEAD.finditer(text))
    return any(sum(word in bench.label_words for word in words) > _FEWEST_LABELS + 1 for words in heads)


def _begins_line(text: str, blank: re.Match[str], bench: Bench) -> bool:
    """Whether a line begins behind a blank: none does behind its own number, nor at a word that is no label behind a foreign one."""
    if blank["label"] and not blank["colon"] and blank["label"] not in bench.label_words:
        return False
    return _HEAD.search(text, max(0, blank.start() - _NEAR), blank.start()) is None


def _are_cells(text: str, edits: Sequence[Edit], bench: Bench) -> bool:
    """Whether the same short word stands between blanks again and again: the cells of a form, and no lines."""
    between = Counter(text[one.end : two.start] for one, two in pairwise(edits) if two.start - one.end <= _CELL)
    return any(
        count >= _AGAIN for word, count in between.items() if _is_han(word[:1]) and word not in bench.label_words
    )


def _are_wraps(text: str, edits: Sequence[Edit], bench: Bench) -> bool:
    """Whether blanks stand where the lines of a page were full, in the middle of words as well: there nothing begins."""
    within = [edit for edit in edits[:_MOST] if _is_han(text[edit.start - 1]) and _is_han(text[edit.end])]
    cut = sum(cuts_word(text, edit.start, edit.end, bench.lexicon()) for edit in within)
    return cut * _OFTEN > len(within)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
