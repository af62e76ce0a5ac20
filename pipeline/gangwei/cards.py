"""Posts of a flyer: a name with how many are wanted, alone in its line, over lines of what he does, must bring and gets.

【裁床师傅】1名⏎拉布、开裁⏎干过三年以上⏎月薪8000: nothing but the sense of each line tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.head import Head, make_head
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.titles import Heading

_LONGEST: Final = 40
_LONGEST_LINE: Final = 60
_LONGEST_TOLD: Final = 240
_CLAUSES: Final = frozenset("；;。")
_LONGEST_UNKNOWN: Final = 10
# One line of so many at the least reads as a duty, a requirement or a benefit does.
_FEWEST_TELLING: Final = 3
_NUMBER: Final = r"(?:\d{1,3}(?:\s?[-~—至]\s?\d{1,3})?|[一二两三四五六七八九十]{1,3}|若干|数)"
_COUNTED: Final = re.compile(
    rf"[【\[「『〖]?(?P<name>[^\s，。；:：！!？?【】\[\]「」『』〖〗]{{2,16}}?)[】\]」』〗]?"
    rf"(?:[ \t\u3000:：—-]{{0,4}}[（(]?[ ]?(?:招聘?|共|限|需)?[ ]?{_NUMBER}[ ]?[名人位个](?:以上|左右)?[)）]?|[（(]若干[)）]|[ ]?[×xX*][ ]?\d{{1,2}})[】\]]?(?:[ ]?[（(][^（()）]{{1,16}}[)）])?\s?[:：]?$"
)
_COUNT_ENDS: Final = frozenset("名人位个上右)）】]:：0123456789")
_HAS_COUNT: Final = re.compile(r"[名人位个干][^\n]{0,22}\n|[×xX*][ ]?\d{1,2}\s?\n")
_LEADING: Final = re.compile(r"(?:\d{1,2}\ufe0f?\u20e3|[^\w【\[「『〖（(《\n]){1,6}")
# What counts people or things and names none of them: 共招聘12人, 每班3人
_NO_NAME: Final = re.compile(
    "^[\\d一二三四五六七八九十]+[至到]?$|^(?:共|合计|总[计共数]|各|招[聘收募人工]|拟|录[取用]|计划(?!员)|限|每|第|约|其中|不|超过|满|现[有招]|需|至少|人数|名额)|[的了]|人数|名额|编制"
)


class _Card(NamedTuple):
    line: int
    name: Name
    is_known: bool


class _Block(NamedTuple):
    """The lines under a card, and where they end, or 0 where a label ends them."""

    card: _Card
    lines: tuple[Line, ...]
    stop: int


def with_cards(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, those of a flyer's posts among them; `stop` is where the lines under one end."""
    if not _HAS_COUNT.search(page.value):
        return list(heads)
    cards = {card.line: card for card in _cards(page)}
    known = sum(card.is_known or _is_over_label(page, card.line) for card in cards.values())
    if not known or known * 2 < len(cards):
        return list(heads)
    blocks = [block for card in cards.values() if (block := _block(page, card, cards))]
    lines = [line for block in blocks for line in block.lines]
    if not blocks or sum(_tells(page, line) for line in lines) * _FEWEST_TELLING < len(lines):
        return list(heads)
    made = {block.card.line for block in blocks}
    return sorted([*(head for head in heads if head.line not in made), *(_head(page, block) for block in blocks)])


def _cards(page: Page) -> Iterator[_Card]:
    for index, line in enumerate(page.lines):
        is_likely = page.marks.last[index] in _COUNT_ENDS and page.marks.label[index] < 0
        if not is_likely or line.end - line.body > _LONGEST:
            continue
        marks = _LEADING.match(page.value, line.body, line.end)
        match = _COUNTED.match(page.value, marks.end() if marks else line.body, line.end)
        if match is None or _NO_NAME.search(match["name"]):
            continue
        text = match["name"]
        is_known = page.names.is_post(text)
        if not is_known and (len(text) > _LONGEST_UNKNOWN or page.rules.senses.duty.match(text)):
            continue
        if text in page.rules.labels or page.names.is_unit(text):
            continue
        offset = match.start("name") - line.body
        yield _Card(index, Name(text, offset, offset + len(text)), is_known)


def _block(page: Page, card: _Card, cards: dict[int, _Card]) -> _Block | None:
    """The lines under a card, up to another one, a blank line or a label; None where it has none."""
    lines: list[Line] = []
    # Where a blank line stands behind each line, none ends anything.
    is_spaced = card.line + 1 < len(page.lines) and _is_apart(page, page.lines[card.line + 1])
    for index in range(card.line + 1, len(page.lines)):
        line = page.lines[index]
        if index in cards or line.depth or (line.end - line.start > _LONGEST_LINE and not _tells_much(page, line)):
            break
        if lines and not is_spaced and _is_apart(page, line):
            break
        if page.marks.label[index] >= 0:
            return _Block(card, tuple(lines), 0)
        lines.append(line)
    return _Block(card, tuple(lines), lines[-1].end) if lines else None


def _tells_much(page: Page, line: Line) -> bool:
    """Whether a long line says in clauses what a post does: 负责…;组织…;…"""
    if line.end - line.body > _LONGEST_TOLD or _CLAUSES.isdisjoint(page.value[line.body : line.end]):
        return False
    return page.rules.senses.duty.match(page.value, line.body) is not None


def _head(page: Page, block: _Block) -> Head:
    line = page.lines[block.card.line]
    head = make_head(page, Heading("post", block.card.name, ""), line, block.card.line, line.body, line.end)
    return head._replace(strength=3, in_list=True, is_card=True, stop=block.stop)


def _is_over_label(page: Page, index: int) -> bool:
    """Whether the line below begins with a label: then any name over it with a count is a post's."""
    return index + 1 < len(page.lines) and page.marks.label[index + 1] >= 0


def _is_apart(page: Page, line: Line) -> bool:
    """Whether a blank line stands before a line."""
    return "\n\n" in page.value[max(0, line.start - 4) : line.start].replace(" ", "")


def _tells(page: Page, line: Line) -> bool:
    senses = page.rules.senses
    text = page.value[line.body : line.end]
    return bool(senses.duty.match(text) or senses.requirement.search(text) or senses.benefit.search(text))
