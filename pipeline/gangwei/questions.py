"""Questions that name a post and ask what it does or what it takes: 跟单员平时都做什么？, 对验布工有什么要求？"""

from __future__ import annotations

import re
from typing import Final

from gangwei.name_values import Name
from gangwei.page import Page
from gangwei.titles import Heading

_LONGEST: Final = 60
# What stands before the post in a question.
_ASKING: Final = re.compile(
    r"(?:[QＱ问]\d?[:：.、]?)?[ ]?(?:你好[，,]?|您好[，,]?)?(?:请问|想问一?下|什么是|什么叫)?"
    r"(?:如何做好|怎样做好|怎么做好|如何当好|如何成为|怎样成为|怎么当|要?做好|要做|要当|做|当|对|成为)?"
    r"(?:(?:你们|贵|咱们|我们|一般)?(?:公司|单位)?的)?(?:一[名个位])?(?:好|合格的|优秀的)?"
)
_DUTIES: Final = re.compile(
    r"(?:岗位|职位|这个岗位)?(?:的(?:主要|岗位|工作|具体|日常){0,3}(?:职责|工作|内容|任务))?(?:一般|平时|每天|到底|究竟|具体|主要|日常|都|是|需要|要|该|应该){0,4}"
    r"(?:做|干|负责|承担)?(?:是|有|包括)?(?:些|哪些|什么|啥)(?:方面|工作|事|事情|内容|职责|的)?(?:呢|啊|吗)?(?:[，,][^?？]{2,20})?$"
)
_DEMANDS: Final = re.compile(
    r"(?:岗位|职位|这个岗位)?(?:需要|要|应该?|必须|得|有)?(?:具备|掌握|满足|会)?(?:有)?(?:哪些|什么样|什么|啥)?的?(?:基本|专业)?(?:要求|条件|能力|技能|素质|本事|知识|学历)(?:呢|啊|吗)?$"
)
# The same said in a heading: 办公室文员需要具备的技能
_NEEDED: Final = re.compile(
    "(?:需要?|应该?|必须|须|要)(?:具备|掌握|有)的?(?:基本|专业|职业|主要|哪些)?的?(?:技能|能力|素质|条件|要求|知识)$"
)


# What a question ends with, and a heading in its words.
ASKING_ENDS: Final = frozenset("?？能力质件求识")


def asked(page: Page, text: str) -> Heading | None:
    """What a question, or a heading in its words, asks of which post; the tail is the label that the answer stands under."""
    is_question = text[-1:] in ("?", "？")
    if not 4 <= len(text) <= _LONGEST or (not is_question and not _NEEDED.search(text)):
        return None
    core = text.rstrip("?？ ")
    if is_question and (heading := page.names.heading(core)) and heading.tail:
        return heading if heading.kind == "post" else None
    asking = _ASKING.match(core)
    start = asking.end() if asking else 0
    words = page.names.cut(core[start:])
    count = page.names.first_post(words)
    if not count:
        return None
    name = "".join(words[:count])
    rest = core[start + len(name) :]
    if is_question and _DUTIES.match(rest):
        return Heading("post", Name(name, start, start + len(name)), "岗位职责")
    if (is_question and _DEMANDS.match(rest)) or _NEEDED.match(rest):
        return Heading("post", Name(name, start, start + len(name)), "任职要求")
    return None
