"""What an item is by its words alone: a duty, a requirement, pay and benefits, or how to apply."""

from __future__ import annotations

import re
from typing import Final

from gangwei.items import Item
from gangwei.model import Field
from gangwei.page import Page
from gangwei.titles import NOTHING

# What somebody must be able to do, or must hold, is no deed of his: 懂WMS系统, 会说粤语, 持N1证
_ABLE: Final = re.compile(
    "懂|会(?![议前后员计场务签商诊展长费期谈见客同上中间堂])|能(?![源量效])|持.{0,8}[证照]|至少|在[校读]|应届"
)
# Pay and nothing else: 7000-9000, 4500+提成, 8-12K
_PAY: Final = re.compile(
    r"(?:RMB|￥|¥|\$|RM|HK\$|NT\$)?\s?\d[\d,.]{0,12}\s?[kKwW万千元]{0,2}(?:\s?[-~—至+]\s?[\d,.]{0,12}\s?[kKwW万千元]{0,2})?(?:起|以上|左右|\+?提成|/[月年天时]|·\d\d薪){0,6}$"
)
_CONTACT: Final = re.compile("有意(?:者|向者|[+请私加联致微]|的请)|(?:感|有)兴趣的?(?:者|请|可|加|私|联|朋友|小伙伴)")
# What tells the holder who he is: 你是星野饮料的舆情分析师
_IS_HIM: Final = re.compile(r"你是.{0,16}?(?P<post>[^的]{2,12})$")
_LABEL_ALONE: Final = re.compile(r"(?P<word>[^:：\s]{2,8})[:：][\W_]*$")
NO_VALUE: Final = re.compile(r"[\W_]*$|_{3,}|\{\w*\}|[(（][^()（）]{1,12}[)）][\s_]*$")
# What begins a requirement that speaks of benefits: 能接受单休.
_ASKS: Final = re.compile("[能会可愿需须应懂]|接受|适应|要求|服从|配合|对|了解|熟")


# What tells the reader what follows or what it is for, and nothing of the post.
_ANNOUNCES: Final = re.compile(
    "(?:以下|下面|下文|本文|本说明书?|这里)(?:是|将|为|就是|就|给|我们|内容)[^。]{0,60}(?:职责|岗位|说明|范文|参考|介绍|内容|要求)|为[^，。]{2,30}，?特制[定订]本"
)


def _is_announcement(text: str) -> bool:
    """Whether a sentence tells the reader what follows: 以下是仓管员岗位职责的详细说明"""
    return text[0] in "以下本这为" and _ANNOUNCES.match(text) is not None


def has_sense(page: Page, text: str) -> bool:
    """Whether a sentence reads as a duty or a requirement does."""
    senses = page.rules.senses
    return bool(senses.duty.match(text) or senses.requirement.search(text)) and not senses.closing.search(text)


def is_offer(page: Page, text: str) -> bool:
    """Whether a sentence is about pay and benefits and not about the post."""
    senses = page.rules.senses
    if _PAY.match(text) or _CONTACT.match(text):
        return True
    if not senses.benefit.search(text) or _ASKS.match(text):
        return False
    return senses.offer.match(text) is not None or not has_sense(page, text)


def is_beside(page: Page, text: str) -> bool:
    """Whether a sentence of an advertisement is about pay, or tells how to apply."""
    return is_offer(page, text) or page.rules.senses.closing.search(text) is not None


def sense_of(page: Page, text: str) -> Field:
    """What an item without any heading is: by its words."""
    senses = page.rules.senses
    if _ABLE.match(text):
        return Field.REQUIREMENT
    if senses.duty.match(text):
        return Field.DUTY
    return Field.REQUIREMENT if senses.requirement.search(text) else Field.DUTY


def says_nothing(page: Page, item: Item, text: str) -> bool:
    """Whether an item is a blank to fill in, a word for none, a label without a value, or tells the holder who he is."""
    if NO_VALUE.match(text) or text in NOTHING or _is_announcement(text) or _is_empty_label(page, item, text):
        return True
    named = _IS_HIM.match(text)
    return named is not None and page.names.is_post(named["post"])


def _is_empty_label(page: Page, item: Item, text: str) -> bool:
    """Whether an item is a small label that nothing stands behind: 3知识技能:4其他:, 经验：／"""
    if match := _LABEL_ALONE.match(text):
        return match["word"] in page.rules.labels
    return page.value[item.end : item.end + 1] in (":", "：") and text in page.rules.labels
