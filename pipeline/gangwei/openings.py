"""Sentences that open an answer and the list below it: 仓管员一般要做这些：, 司机属于特殊工种，他的工作主要有以下几项："""

from __future__ import annotations

import re
from typing import Final

from gangwei.head import Head, make_head
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.titles import Heading

_LONGEST: Final = 240
_LONGEST_SUBJECT: Final = 30
_NAME_ENDS: Final = re.compile("[:：，,（(。]")
_CLAUSE: Final = re.compile(r"[^，,。；;：:！!？?]{2,80}")
# What announces a list at the end of a sentence, and of what it is a list.
_LISTS: Final = re.compile(
    r"(?:以下|如下|下列|下面|这[几些]|包括|包含|涵盖|涉及|主要[有是]|归纳为|概括为|总结为|分为|[有分][几一二三四五六七八九十\d]{1,2}[个大]?[点类项条方块])[^，,。；;：:]{0,16}$"
)
_OF_WORK: Final = re.compile(
    "职责|工作(?![地时岗])|任务|职能|责任|[做干][^，。]{0,4}[事些]|要[做干]|要求|条件|具备|能力|素质"
)
_OF_DEMANDS: Final = re.compile("要求|条件|具备|能力|素质|资格")
# What such a list tells that is said of no post, and lists of posts.
_OF_OTHERS: Final = re.compile(
    "注意|问题|误区|流程|步骤|方法|技巧|原因|优势|渠道|福利|待遇|发展|晋升|薪|奖|好处|简历|面试|考试|培训|岗位[^，。]{0,2}$|职位$|人员$|优秀|成功|出色|报名|应聘|招聘|如何|怎样|怎么|维度|深度|本文|节点|特征|特点|典型"
)
# Who tells how to be good at it tells no duties: 当好车间主任要做到以下几点
_ADVISES: Final = re.compile(
    "[做当]好一?[名个位]?[\\u4e00-\\u9fff]{2,10}[，,]?(?:要|需|应|必须|就|得|可以)|(?:成为|想当|如何|怎样|怎么)"
)
# What stands before the post that is spoken of.
_BEFORE: Final = re.compile(
    r"(?:关于|对于|对|作为|做|当|在)?(?:一[名个位])?(?:合格的?|专职|我?是)?(?:(?:我们|你们|咱们|一般)?(?:公司|单位|企业)?的(?=[\u4e00-\u9fff]{2}))?"
)
_BEHIND: Final = re.compile(
    r"$|(?:这个)?(?:岗位|职位|同志|人员)?(?:来说|而言)?(?:的|是|主要|一般|平时|日常|通常|具体|需|要|应|属于|负责|承担|工作|职责|任务|每天|在|大[致体概]|所|作为)"
)
# A kind of work is a post before these: 客服的工作内容
_OF_KIND: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z]{2,10}?)(?:这个)?(?:岗位|职位)?的?(?:主要|日常|具体|岗位|工作|核心){0,3}(?:职责|工作内容|工作任务|日常工作|主要工作)"
)


def read_opening(page: Page, line: Line, index: int) -> Head | None:
    """The head that a line of prose makes which announces a list below it and speaks of a post."""
    value = page.value
    if line.end - line.body > _LONGEST or line.ordinal >= 0 or not _is_above_list(page, index):
        return None
    text = value[line.body : line.end - 1]
    clauses = list(_CLAUSE.finditer(text))
    if not clauses or not _LISTS.search(text) or _ADVISES.search(text) or _OF_OTHERS.search(clauses[-1][0]):
        return None
    last = clauses[-1][0] if _OF_WORK.search(clauses[-1][0]) else text
    if not _OF_WORK.search(last):
        return None
    is_duty = "职责" in last or "工作" in last or not _OF_DEMANDS.search(last)
    for clause in clauses:
        if name := _subject(page, clause[0]):
            placed = name._replace(start=clause.start() + name.start, end=clause.start() + name.end)
            heading = Heading("post", placed, "岗位职责" if is_duty else "任职要求")
            return make_head(page, heading, line, index, line.body, line.end)
    return None


def _subject(page: Page, clause: str) -> Name | None:
    """The post that a clause speaks of."""
    before = _BEFORE.match(clause)
    for start in {before.end() if before else 0: None, 0: None}:
        words = page.names.cut(clause[start : start + _LONGEST_SUBJECT])
        count = page.names.first_post(words)
        name = "".join(words[:count])
        if count and _BEHIND.match(clause, start + len(name)):
            return Name(name, start, start + len(name))
        kind = _OF_KIND.match(clause, start)
        if kind and page.names.is_post(kind["name"]):
            return Name(kind["name"], *kind.span("name"))
    return None


def _is_above_list(page: Page, index: int) -> bool:
    """Whether a list begins in the line below, or right below a heading that stands there."""
    if index + 1 < len(page.lines) and page.marks.label[index + 1] >= 0:
        return page.labels[page.marks.label[index + 1]].rule.keep
    for below in page.lines[index + 1 : index + 3]:
        if below.ordinal >= 0:
            ordinal = page.ordinals[below.ordinal]
            if page.names.is_post(_NAME_ENDS.split(page.value[below.body : below.end], maxsplit=1)[0]):
                return False  # of posts
            return ordinal.value == 1 or ordinal.style == "bullet"
        if below.end - below.body > _LONGEST_SUBJECT:
            return False
    return False
