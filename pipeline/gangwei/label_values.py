"""Whether a text is the kind of value that a label announces: a unit behind 部门, a post behind 职务, a number behind 年龄."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from gangwei.model import Field
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

# How far a short field's value may reach.
VALUE_LOOK: Final = 40
TYPED: Final = frozenset(
    [Field.TITLE, Field.DEPARTMENT, Field.SUPERVISOR, Field.SUBORDINATE, Field.COMPANY, Field.DEPUTY]
)
_UNIT_END: Final = re.compile("[会部处室科委办]$|中心$")
# What may stand around a value, the bullet before the next label with it.
_AROUND: Final = " \t\u3000:：。；;■●◆◇□▪▲★※◎○"
_PAUSE: Final = re.compile("[，,。；;:：]")
# What stands behind a small label of requirements, by what the label's word names.
_FITTING: Final = (
    (
        re.compile("学历|教育|文化"),
        re.compile("[^，。；;,]{0,4}(?:小学|初中|高中|中专|职高|技校|大专|专科|本科|大学|学士|硕士|研究生|博士|不限)"),
    ),
    (
        re.compile("经验|经历|年限|资历"),
        re.compile(
            "(?:有|具有|至少)?(?:[0-9一二两三四五六七八九十半]{1,3}[年个]|不限|无要求)|有[^，。；;,]{2,12}(?:经验|经历)"
        ),
    ),
    (re.compile("证书|执照|持证"), re.compile("[^，。；;,]{0,12}证(?!明)|[^，。；;,]{0,12}执照|不限")),
    (re.compile("年龄"), re.compile("[0-9]{2}|不限")),
    (re.compile("性别"), re.compile("男|女|不限")),
    (re.compile("外语|语言|语文"), re.compile("英语|日语|韩语|外语|不限|普通话|CET")),
    (
        re.compile("专业"),
        # Behind 环境工程专业 a degree goes on with the sentence: 大专以上学历.
        re.compile(
            "不限|(?![^，。；;]{0,4}(?:中专|职高|大专|专科|本科|学士|硕士|研究生|博士|以上|优先|毕业))"
            # A post's name begins with the word: 专业监理工程师, 专业技术人员.
            "(?![^，。；;]{0,6}(?:师|人员|教师|负责人|主任|经理|主管|队伍|带头人))"
            "[^，。；;]{1,10}(?:专业|类|相关|管理|工程|学)"
        ),
    ),
)


def value_fits(text: str, start: int, end: int, rule: LabelRule, word: str, names: Names) -> bool:
    """Whether what stands behind a label, to the next label word or the line's end, is such a value."""
    if rule.field not in TYPED:
        if rule.field is not Field.REQUIREMENT or not rule.keep:
            return False
        pattern = _fitting(word)
        return pattern is not None and pattern.match(text, start, end) is not None
    line_end = text.find("\n", start, end)
    value = text[start : line_end if line_end >= 0 else end].strip(_AROUND)
    if not value:
        return False
    if rule.field is Field.DEPARTMENT:
        return names.is_unit(value)
    if rule.field is Field.COMPANY:
        return names.is_company(value)
    if names.are_posts(value):
        return True
    # The superior may be an organ, some of the subordinates units: 董事会; 各位副总、审计部
    is_of_others = rule.field is Field.SUPERVISOR or rule.field is Field.SUBORDINATE
    return is_of_others and _UNIT_END.search(value) is not None and _are_offices(value, names)


def _are_offices(value: str, names: Names) -> bool:
    """Whether all that a value names are posts or units."""
    return _PAUSE.search(value) is None and all(
        names.is_post(name.text) or names.is_unit(name.text) for name in names.split(value)
    )


# 一年以上外销|经验, 五年以上采购|经历
EXPERIENCE: Final = ("经验", "经历")
_NUMERALS: Final = frozenset("0123456789一二两三四五六七八十")
_SPANS: Final = ("及以上", "以上", "以下")
_NEAR_YEARS: Final = 14


def says_years(text: str, end: int, start: int = 0) -> bool:
    """Whether a phrase says right before a place how many years and of what: 一年以上外销|经验"""
    before, _, what = text[max(start, end - _NEAR_YEARS) : end].rpartition("年")
    for span in _SPANS:
        what = what.removeprefix(span)
    return before[-1:] in _NUMERALS and bool(what) and _PAUSE.search(what) is None


def are_like(values: Sequence[str], field: Field) -> bool:
    """Whether more than half of some values read like the text of a section."""
    pattern = _BEGINS.get(field)
    return pattern is not None and 2 * sum(pattern.search(value) is not None for value in values) > len(values)


# What the text of a section begins with, by its field: 任职要求|大专以上, 考核标准|合格率95%, 岗位职责|负责…
_BEGINS: Final = {
    Field.REQUIREMENT: re.compile(
        "(?:统招|全日制)?(?:博士|硕士|研究生|本科|大学|大专|专科|中专|高中|初中|职高|技校)|学历|年龄|[男女][，,、不]|性别|[0-9]{2}(?:周)?岁|具[有备]|熟[悉练]"
        "|持有?[\u4e00-\u9fff]{0,8}证|[一二两三五十0-9]{1,2}年及?以上|有[^，。；]{0,12}(?:经验|经历|证)|身体健康|责任心"
        "|[^，。；、]{2,12}(?:相关|类)专业|[\u4e00-\u9fff]{2,8}专业(?:毕业|本科|大专|大学)"
    ),
    Field.AUTHORITY: re.compile("有权|享有|[^，。；]{2,24}(?<=[的议定核批审阅止绝理])权(?![限力利益衡重威责])"),
    Field.KPI: re.compile("[\u4e00-\u9fff]{2,12}(?:率|度|数|量|额|分)[^，。；]{0,6}[0-9]"),
    Field.DUTY: re.compile(
        "(?:全面|主要|具体)?(?:负责|主持|组织|协助|制[定订]|编制|参与|执行|完成|贯彻|落实|安排|管理|检查|监督|拟[定订]|建立|指导|配合|收集)"
    ),
}
# What a sentence goes on from, so that the word is its object: 完善|岗位职责
_OBJECT_OF: Final = re.compile(
    "(?:[的之各其按照据本该有与和及或对]|履行|明确|根据|完善|修[订改]|制[定订]|遵守|熟悉|了解|落实|划分|界定|说明|介绍|符合|满足|达到|对照|依据|规范|确定|调整|认真|做好|相[关应]|[、，,（(])$"
)
_NEAR: Final = 2
_BLANKS: Final = (" ", "\u3000")


def begins_section(text: str, start: int, end: int, field: Field) -> bool:
    """Whether a word at [start:end] that no sentence has for its object stands right before what a section of its field
    begins with, in text that ran together."""
    pattern = _BEGINS.get(field)
    if pattern is None or pattern.match(text, end + (text[end : end + 1] in _BLANKS)) is None:
        return False
    return _OBJECT_OF.search(text[max(0, start - _NEAR) : start]) is None


@lru_cache(1_000)
def _fitting(word: str) -> re.Pattern[str] | None:
    """What stands behind a small label of requirements of this word."""
    return next((pattern for key, pattern in _FITTING if key.search(word)), None)


def last_value(text: str, start: int, end: int) -> int:
    """Where the value that stands right before a label begins: behind the last sentence, at most so far back."""
    start = max(start, end - VALUE_LOOK)
    for place in range(end - 1, start - 1, -1):
        if text[place] in "。；;\n：:":
            return place + 1
    return start
