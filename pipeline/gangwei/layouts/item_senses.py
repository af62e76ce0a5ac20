"""What an item is by its words alone: a duty, a requirement, pay and benefits, or how to apply."""

from __future__ import annotations

import re
from typing import Final

from gangwei.model import Field
from gangwei.page import Page

# What somebody must be able to do, or must hold, is no deed of his: 懂WMS系统, 会说粤语, 持N1证
_ABLE: Final = re.compile(
    "懂|会(?![议前后员计场务签商诊展长费期谈见客同上中间堂])|能(?![源量效])|持.{0,8}[证照]|至少|在[校读]|应届"
)
# Pay and nothing else: 7000-9000, 4500+提成, 8-12K
_PAY: Final = re.compile(
    r"(?:RMB|￥|¥|\$|RM|HK\$|NT\$)?\s?\d[\d,.]{0,12}\s?[kKwW万千元]{0,2}(?:\s?[-~—至+]\s?[\d,.]{0,12}\s?[kKwW万千元]{0,2})?(?:起|以上|左右|\+?提成|/[月年天时]|·\d\d薪){0,6}$"
)
_CONTACT: Final = re.compile("有意(?:者|向者|[+请私加联致微]|的请)|(?:感|有)兴趣的?(?:者|请|可|加|私|联|朋友|小伙伴)")
# What begins a requirement that speaks of benefits: 能接受单休.
_ASKS: Final = re.compile("[能会可愿需须应懂]|接受|适应|要求|服从|配合|对|了解|熟")


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
