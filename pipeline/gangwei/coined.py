"""The employer whose coined name a title begins with: 方太营销组织岗位职责, 明德口腔各岗位职责."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.headline_parts import is_generic
from gangwei.model import Entry
from gangwei.page import Page
from gangwei.segment import lexicon

# What stands in a title behind the name of the employer, and never behind the name of a post.
_PARTS: Final = (
    "公司|集团|企业|组织|员工|各部|部门|营销|销售|市场|生产|行政|人力|人事|财务|研发|客服|客户|运营|采购|品质|总部|机关"
)
_COINED: Final = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:{_PARTS})[^\n]{{0,20}}(?:岗位|职责|职务|职位)")
_NOT_COINED: Final = re.compile(
    "天猫|淘宝|微店|闲鱼|[某各我本该全新老大小中上下的之与和第一二三四五六七八九十部科室员工师长岗厂店院校所站组类级版]"
)
# Behind the line of business that a coined name stands before: 中恒工程咨询 + 部门职能
_BEHIND: Final = re.compile(
    f"{_PARTS}|岗位|职责|职务|门店|项目|校区|园区|各|全员|人员|架构|机构|管理|团队|培训|绩效|制度"
)
# What part of its work a title is about: 捷升电梯|维保|岗位职责
_TOPIC: Final = re.compile("[\u4e00-\u9fff]{2,4}?(?:岗位|职责|组织架构)")
_SPEAKS_OF_POSTS: Final = re.compile("岗位|职责|职务|职位|分工|权责")
_LONGEST: Final = 36
# The deck of slides of an employer begins with one of these.
_DECK: Final = re.compile("CONTENTS|Contents|CHAPTER|PART|汇报人|主讲|目录")
_HEAD: Final = 400
# What a title says of what kind of place of an employer it is about, or of which of its people.
_NOT_LAST: Final = frozenset(["门店", "生产", "销售", "人力资源", "综合", "企业", "机关", "中心", "仓储", "项目"])
# Words that a dictionary has as names of persons or trade marks first.
_NAMES: Final = frozenset(["nr", "nrt", "nz", "nt"])
_MOST_CHARACTERS: Final = 3
_FEWEST_CHARACTERS: Final = 2


def find_coined(page: Page) -> Entry | None:
    """The employer that a title begins with, where its name is coined: characters that make no word, or a name with
    its line of business behind it."""
    title = page.lines[0] if page.lines else None
    if not title or not _SPEAKS_OF_POSTS.search(page.value, title.body, min(title.end, title.body + _LONGEST)):
        return None
    match = _COINED.match(page.value, title.body, title.end)
    if match and _is_own(page, match["name"]) and max(map(len, page.names.cut(match["name"]))) == 1:
        return page.entry(*match.span("name"), "company in the title")
    if not _DECK.search(page.value, title.body, title.body + _HEAD):
        return None  # a regulation may name the house that it is for: 云溪山庄管理处岗位责任制
    words = page.names.cut(page.value[title.body : min(title.end, title.body + _LONGEST)])
    own = _own_words(page, words)
    if not own:
        return None
    stop = own
    while stop < len(words) and is_generic(page, words[stop]):
        stop += 1
    while stop > own and words[stop - 1] in _NOT_LAST:
        stop -= 1
    rest = "".join(words[stop:])
    if stop == own or not (
        _BEHIND.match(rest) or _TOPIC.match(rest) or page.names.is_unit(words[stop]) or words[stop] in _NOT_LAST
    ):
        return None
    return page.entry(title.body, title.body + len("".join(words[:stop])), "company in the title")


def _own_words(page: Page, words: Sequence[str]) -> int:
    """How many words of a title are a coined name at its head: characters that make no word, or one word for a name."""
    count = 0
    while count < min(len(words), _MOST_CHARACTERS) and len(words[count]) == 1:
        count += 1
    if _FEWEST_CHARACTERS <= count <= _MOST_CHARACTERS:
        return count if _is_own(page, "".join(words[:count])) else 0
    name = words[0]
    is_name = lexicon().tag(name) in _NAMES or name in page.rules.titles.trade_names
    return 1 if len(name) > 1 and is_name and _is_own(page, name) else 0


def _is_own(page: Page, name: str) -> bool:
    names = page.names
    return not (
        _NOT_COINED.search(name.removeprefix("中"))
        or is_generic(page, name)
        or names.is_post(name)
        or names.is_unit(name)
        or names.is_place(name)
    )
