"""What the short text of a table's cell is about, where no head says it: indicators, what is asked of a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from gangwei.model import Field
from gangwei.page import Page
from gangwei.rulebook.typed import TypedRules

LONGEST_INDICATOR: Final = 34
# An indicator is named by a noun of measure, or says how much is asked.
_INDICATOR: Final = re.compile(
    r"(?:率|次数|件数|起数|天数|得分|评分|时效|比例|占比|[\u4e00-\u9fff]情况)(?:[(（][^()（）]*[)）])?"
    r"(?:[≥≤＞＜=＝:：达为到]{0,2}\s*\d\S{0,16}|为零|达标|[(（]?\d+%[)）]?)?$"
    r"|[≥≤＞＜]|\d\s*[%％‰](?:以[上下内])?$|(?:不[低高超大小少多]于|不超过|控制在)\s*\d[^，,]*$"
    r"|(?:事故|投诉|差错|违章|漏次?)\S{0,4}\d+[起次件例笔]|为零$"
)
# Nouns of measure that are the object of a duty as often (控制成本).
_MEASURE: Final = re.compile(
    r"(?:[度额]|数量?|产量|销量|总量|质量|周期|成本|利润|收入|产值)(?:[≥≤＞＜=＝:：达为到]{0,2}\s*\d\S{0,16}|为零|达标)?$"
)
# Whoever does this to a rate has a duty.
_CHANGES: Final = re.compile("(?:提高|降低|减少|提升|控制|确保|保证|保障|分析|统计|核算|监控|跟踪|检查|负责|协助|组织)")
# What is asked of whoever holds the post.
_WANTED: Final = re.compile(
    r"^(?:持|具(?!体)|能[^够]|懂|会(?!同|议|计|签)|身体|男|女|年龄|学历|不限|形象|不吸|品德|作风)"
    r"|(?:证|证书|证照|学历|专业|经验|优先|健康|端正|能力|文化|程度|(?:中专|大专|本科|高中|初中|技校).{0,6})$"
)
_PARTS: Final = re.compile(r"[\n。；;、]+")
_AND: Final = re.compile(r"[、，,/和及]")
# What asks who is above, who is below: 归谁管, 谁管我, 向谁汇报; 我管谁, 带谁.
_ABOVE: Final = re.compile("谁管|归谁|[向对听]谁|管我|领导|汇报|报告|上级|上司|负责人|主管")
_BELOW: Final = re.compile("我管|(?<![归由])管[谁哪]|带[谁哪]|手下|下级|下属")
_MOST_OF: Final = 0.6
_FEWEST_CELLS: Final = 2


@lru_cache(4)
def verbs_of(rules: TypedRules) -> frozenset[str]:
    """The words that can be the verb of a duty."""
    return frozenset(rules.verbs)


def is_indicator(text: str, *, is_verb: bool) -> bool:
    """Whether a text names what is measured; one that begins with a verb does so only with a figure.

    >>> is_indicator("错级率", is_verb=False), is_indicator("控制成本", is_verb=True), is_indicator("损耗率≤3%", is_verb=False)
    (True, False, True)
    """
    if len(text) > LONGEST_INDICATOR or (("," in text or "，" in text) and text.count(",") + text.count("，") > 1):
        return False
    if _INDICATOR.search(text):
        return not _CHANGES.match(text) or any(map(str.isdigit, text))
    return not is_verb and bool(_MEASURE.search(text))


def is_wanted(page: Page, text: str) -> bool:
    """Whether a text says what is asked of whoever holds a post."""
    return bool(page.rules.senses.requirement.search(text) or _WANTED.search(text))


def kind_of_column(
    page: Page, head: str, texts: Sequence[str], posts: Collection[str], *, has_duties: bool
) -> Field | None:
    """What a column holds whose head (看什么数, 归谁管) is no word of ours, by what most of its cells say.

    `posts` are the posts of the table itself.
    """
    filled = [text for text in texts if text]
    if len(filled) < _FEWEST_CELLS:
        return None
    fewest = _MOST_OF * len(filled)
    if sum(map(page.names.is_unit, filled)) >= fewest:
        return Field.DEPARTMENT
    if sum(all(name in posts or page.names.is_post(name) for name in _AND.split(text)) for text in filled) >= fewest:
        return Field.SUBORDINATE if _BELOW.search(head) else Field.SUPERVISOR if _ABOVE.search(head) else None
    verbs, duty = verbs_of(page.rules.typed), page.rules.senses.duty
    acts = [bool(duty.match(text)) or text[:2] in verbs for text in filled]
    measured = sum(
        all(is_indicator(part, is_verb=is_act) for part in _PARTS.split(text) if part)
        for text, is_act in zip(filled, acts, strict=True)
    )
    if measured >= fewest:
        return Field.KPI
    wanted = sum(is_wanted(page, text) and not is_act for text, is_act in zip(filled, acts, strict=True))
    if wanted >= fewest:
        return Field.REQUIREMENT
    return Field.DUTY if not has_duties and sum(acts) >= fewest else None
