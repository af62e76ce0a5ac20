"""The employer that a line begins to portray: 丰年乳业成立于1998年, Norrland Pumps AB is a maker of pumps."""

from __future__ import annotations

import re
from typing import Final

from gangwei.employer_words import GENERIC, NO_OWN_NAME, SENTENCE
from gangwei.headline_parts import is_generic
from gangwei.model import Entry
from gangwei.page import Page

_LONGEST: Final = 26
_SHORTEST_OWN: Final = 2
_IS_A: Final = re.compile(
    r"(?P<name>[A-Z][\w&'’.,() -]{2,50}?) (?:is|was) (?:an?|the|one|founded|headquartered|based)\b", re.ASCII
)
# In quotes: “青禾书屋”是一家以阅读为主题的连锁企业
_QUOTED: Final = re.compile(
    r"[“「『\"](?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12})[”」』\"](?:是|成立于|创立于|创办于|隶属)[^，。；\n]{0,40}(?:公司|企业|集团|机构|连锁|商家|平台|[学医]院)"
)
# What is one of these is nobody: 库存管理是一个复杂的系统
_IS_NO_HOUSE: Final = re.compile(
    "是一[个项种门][^，。；\n]{0,16}(?:系统|过程|工作|岗位|职位|职业|角色|工种|环节|领域|行业|部门|体系|概念|问题|学科|技能|任务|工程)(?=[，,。；;]|$)"
)
_LEGAL_TAIL: Final = 4
_SHORTEST_PORTRAIT: Final = 20
_LONGEST_PORTRAYED: Final = 16
_QUOTES: Final = frozenset('“「『"')


def portrayed(page: Page) -> Entry | None:
    """The employer that the first line of a portrait names, or None."""
    for line in page.lines:
        match = _IS_A.match(page.value, line.body, line.end)
        if match and page.names.is_company(match["name"]):
            return page.entry(*match.span("name"), "company in its portrait")
        if page.value[line.body : line.body + 1] in _QUOTES and (
            match := _QUOTED.match(page.value, line.body, line.end)
        ):
            return page.entry(*match.span("name"), "company in its portrait")
    portraits = page.rules.titles.portraits
    for line in page.lines:
        if line.end - line.body < _SHORTEST_PORTRAIT or line.ordinal >= 0:
            continue
        head = page.value[line.body : line.body + _LONGEST + 4]
        ends = [at for word in portraits if (at := head.find(word)) >= _SHORTEST_OWN]
        if not ends or _IS_NO_HOUSE.match(page.value, line.body + min(ends)):
            continue
        name = re.sub(r"[（(][^（）()]*[)）]?$", "", head[: min(ends)]).rstrip()
        if "|" in name or "," in name or "，" in name or name[:1] == "在":
            continue  # a row of a table: 实验室 | 专注于…; where something is done: 在机关中,办公室是…
        is_legal = (
            len(name) <= _LONGEST and name.endswith(tuple(page.rules.titles.legal_heads)) and not is_generic(page, name)
        )
        is_name = _SHORTEST_OWN <= len(name) <= _LONGEST_PORTRAYED and not NO_OWN_NAME.search(name)
        is_name = is_name or (is_legal and page.names.is_company(name) and not SENTENCE.search(name[:-_LEGAL_TAIL]))
        named = page.names.post(name) if is_name else None
        is_unit = page.names.is_unit(name) and not page.names.is_company(name)
        if named and not (page.names.is_post(named.text) or is_unit or GENERIC.match(name)):
            return page.entry(line.body, line.body + len(name), "company in its portrait")
    return None
