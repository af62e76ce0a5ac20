"""Items that ran together without a mark: 编制采购计划|组织供应商考察|协助财务对账. The next one begins at a verb behind a
whole clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gangwei.model import Span
from gangwei.page import Page
from gangwei.rulebook.senses import Joints

# Items and clauses are no shorter than this.
_SHORTEST: Final = 7
_SHORTEST_LAST: Final = 6
_SHORTEST_CLAUSE: Final = 4
_WHOLE_CLAUSE: Final = 6
# A line that ran together holds more than this; what ends sentences ends items.
_RUN_ON: Final = 120
_MARKS: Final = re.compile("[。；;！!？?\\n]")
_PAUSES: Final = frozenset("，,：:")
_WORD: Final = re.compile("[\u4e00-\u9fff“《A-Z]")
_WORD_END: Final = re.compile("[\u4e00-\u9fff）)》%”]$")
_PERSON: Final = re.compile(
    "(?:人员|员工|部门|经理|主管|客户|门店|单位|队伍|团队|领导|公司|下属|车间|班组|顾客|住户|业主|总监|[商员部长者师会们])$"
)
_NO_VERB: Final = ("的", "人")
_SAYS_ALL: Final = "负责"
_BLANK: Final = re.compile("(?<=[\u4e00-\u9fff）)])[ \u3000]+(?=[\u4e00-\u9fff])")


def clauses_in(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The items between two places of a line that ran together; the stretch as it is where marks part its items."""
    line = page.lines[page.line_index(start)]
    if end - start < _SHORTEST + _SHORTEST_LAST or line.end - line.start < _RUN_ON:
        return [(start, end)]
    if _MARKS.search(page.value, start, end):
        return [(start, end)]
    rules = page.rules.senses
    cuts = [m.end() for m in _BLANK.finditer(page.value, start, end) if rules.duty.match(page.value, m.end())]
    found: list[Span] = []
    for begin, stop in pairwise([start, *cuts, end]):
        words = page.names.cut(page.value[begin:stop])
        places = [_before_label(page, begin, begin + place) for place in _joints(words, rules.joints)]
        found += [page.trim(one, two) for one, two in pairwise([begin, *places, stop])]
    return [(span.start, span.end) for span in found]


def _before_label(page: Page, start: int, place: int) -> int:
    """Where an item begins, with the small label before its verb: …管理|专业知识|熟悉…"""
    for length in (4, 2):
        rule = page.rules.labels.get(page.value[place - length : place])
        if rule is not None and rule.keep and place - length - start >= _SHORTEST_LAST:
            return place - length
    return place


def _joints(words: Sequence[str], rules: Joints) -> Iterator[int]:
    """Where in a text of these words an item begins behind another one."""
    place = begin = clause = 0
    total = sum(map(len, words))
    waits = ""  # for the verb of a preposition, or of somebody who is made to do something
    answers = False  # whether the clause says for what somebody answers: 对…负责
    for index, word in enumerate(words):
        if word in _PAUSES:
            place += 1
            clause, waits, answers = place, "", False
            continue
        before = words[index - 1] if index else ""
        is_late = place - begin >= _SHORTEST and place - clause >= _SHORTEST_CLAUSE
        ends_answer = answers and before == _SAYS_ALL
        if is_late and total - place >= _SHORTEST_LAST and (ends_answer or _may_end(before, rules)):
            is_bound = (
                waits == "verb"
                or (answers and word == _SAYS_ALL)
                or (waits == "person" and _PERSON.search(before) is not None)
            )
            if not is_bound and _opens(words, index, rules, is_long=place - clause >= _WHOLE_CLAUSE):
                yield place
                begin = clause = place
                waits, answers = "", False
        if word in rules.binds or (word in ("与", "和", "同") and place == clause):
            waits, answers = "verb", answers or word == "对"
        elif word in rules.causes:
            waits = "person"
        elif word in rules.acts or word in rules.may_open or word in rules.opens:
            waits = ""
        place += len(word)


def _may_end(word: str, rules: Joints) -> bool:
    """Whether an item may end with a word."""
    return (
        word not in rules.goes_on
        and word not in rules.when
        and word not in rules.binds
        and _WORD_END.search(word) is not None
    )


def _opens(words: Sequence[str], index: int, rules: Joints, *, is_long: bool) -> bool:
    """Whether an item begins with a word: with a verb that has an object, behind what is no verb itself."""
    word, before = words[index], words[index - 1]
    is_sure = word in rules.opens or word in rules.when
    if not (is_sure or word in rules.may_open):
        return False
    behind = "".join(words[index + 1 : index + 5])
    if behind[:1] == "、":
        has_object = index + 2 < len(words) and _acts(words[index + 2], rules)
    else:
        has_object = _WORD.match(behind) is not None and (
            not behind.startswith(_NO_VERB) if word == _SAYS_ALL else not behind.startswith(rules.makes_noun)
        )
    return has_object and (
        before in rules.ends or before == _SAYS_ALL or (not _acts(before, rules) and (is_sure or is_long))
    )


def _acts(word: str, rules: Joints) -> bool:
    return word in rules.acts or word in rules.may_open or word in rules.opens
