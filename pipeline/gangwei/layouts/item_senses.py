"""What an item is by its words alone: a duty, a requirement, pay and benefits, or how to apply."""

from __future__ import annotations

import re
from typing import Final

from gangwei.items import Item
from gangwei.model import Field
from gangwei.name_values import NOTHING
from gangwei.page import Page

# What somebody must be able to do, or must hold, is no deed of his: 懂WMS系统, 会说粤语, 持N1证
_ABLE: Final = re.compile(
    r"懂|为人(?=[正诚忠踏和谦热公师表耿真厚本])|会(?![议前后员计场务签商诊展长费期谈见客同上中间堂])|能(?![源量效])|持.{0,8}[证照]|[^，。；]{2,40}专业(?:毕业生?|者?优先)?$|至少|在[校读]|应届|限?[男女](?=[，,、性士工生优])|有.{1,8}[证照本](?:$|[，,、])|有(?:激情|梦想|理想|爱心|担当|追求|志向|上进心)|[生新]手|零基础|.{0,10}(?:专业|学历)?(?:大专|本科|中专|中技|高中|初中|硕士)(?:学历)?[及或]?以上|对[^，,。；;]{1,20}有[^，,。；;]{0,8}(?:了解|认识|理解|兴趣|热情|研究|经验|追求|概念)|\d\d岁|\d\d[-~—到至]\d\d周?岁"
)
# Pay and nothing else: 7000-9000, 4500+提成, 8-12K
_PAY: Final = re.compile(
    r"(?:RMB|￥|¥|\$|RM|HK\$|NT\$)?\s?\d[\d,.]{0,12}\s?[kKwW万千元]{0,2}(?:\s?[-~—至+]\s?[\d,.]{0,12}\s?[kKwW万千元]{0,2})?(?:起|以上|左右|\+?提成|/[月年天时]|·\d\d薪){0,6}$"
)
# Pay among other words, clause by clause: 计件，7000-10000元; 上六休一，4500; 5000元+绩效
_PAID: Final = re.compile(
    r"(?:保底|底薪|月薪|月入|年薪|时薪|日薪|日结|工资|薪资|薪水|综合|计件|计时|到手|试用期|转正后?|一天|每天|每月|每小时|每单|每趟|一个?月|一小时|一趟|均价?){0,3}[:：]?[ ]?[￥¥]?"
    r"(?:\d{4,6}|\d[\d,.]{0,8}\s?[kKwW万千元块])(?:\s?[-~—～至到]\s?\d[\d,.]{1,8})?\s?[kKwW万千]?(?:元|块|起|以上|左右|上下|不等|[/／一每]|个?[月天日时年趟单件]|小时|\+|加|提成|绩效|奖金|全勤|补贴|计件|面议){0,8}$"
)
_CLAUSES: Final = re.compile("[，,、；;。 \u3000]")
_CONTACT: Final = re.compile(
    "有意向?(?:者|向者|[+请私加联致微]|的请)|(?:想来|愿意来?|合适|想干|想做)的[^，。]{0,4}(?:打|来|加|联系|直接|请|过来|到店)|找[^，。]{1,10}(?:报名|联系|面谈)|(?:或者?)?(?:打我?电话|加我?微信)|(?:感|有)兴趣的?(?:者|请|可|加|私|联|朋友|小伙伴)"
)
# When one works and rests, what is paid back, who need not write: told beside a post, where no label opens its duties.
_HOURS: Final = re.compile(
    r"(?:[一二三四五六七八九十两\d]{1,3}(?:点半?|[:：]\d\d).{0,8}(?:到|至|[-—~]|下班|收工|休息).{0,8}[一二三四五六七八九十两\d]{1,3}(?:点|[:：]\d\d))|[单双轮不]休|上到.{1,4}点|轮流休息|[上做].{1,2}休.|每[月周]休"
)
_TERMS: Final = re.compile(
    "不收(?:任何)?.{0,2}(?:押金|费)|中介(?:勿扰|绕道|免)|一样算钱|[做干]?满.{1,8}(?:报销|返还|全退)|不签"
)
# What tells the holder who he is: 你是星野饮料的舆情分析师
_IS_HIM: Final = re.compile(r"你是.{0,16}?(?P<post>[^的]{2,12})$")
# What is said to the reader of a page and not of a post: 将简历发至…, 关注我们的公众号
_TO_READER: Final = (
    *("敬请", "欢迎", "扫码", "扫一扫", "扫描", "发送至", "发送到", "发至", "发到", "@", "我们"),
    *(f"{mark}请" for mark in "，,。；;"),
    *(f"请{deed}" for deed in "将于联关加投发致扫点"),
)
_FOLLOW: Final = ("关注公众号", "关注微信", "关注本")
# How prose goes on about the post at hand: 此外,他们还需要|定期检查…, 其主要任务是|…, 这包括但不限于…
_OF_HIM: Final = re.compile(
    "(?:(?:此外|另外|同时|其次|并且|除此之外)[，,]?)?(?:他们|她们|他/她|他|她|该岗位|其|这)(?:的?(?:主要|工作|核心)?(?:任务|目标|职责|工作)(?:是|为|包括)"
    "|还|也|通常|主要|不仅|需要?|应当?|必须|要|将|会|包括){0,4}[，,:：]?"
    "|作为[^，。；,;]{2,24}[，,][\u4e00-\u9fff/]{2,8}?(?=负责|主要负责|全面负责|协助|主持)"
)
_OF_HIM_FIRSTS: Final = frozenset("此另同其并除他她该这作")
_NOT_ALL: Final = "包括但不限于"
_SMALL_LABEL: Final = re.compile("(?P<word>[\u4e00-\u9fff]{2,6})[ ]?[:：]")
_LABEL_ALONE: Final = re.compile(r"(?P<word>[^:：\s]{2,8})[:：][\W_]*$")
# A small label whose cell is empty.
_WORD_ALONE: Final = re.compile("(?:职称|学历|专业|年龄|性别|(?:工作)?经[历验]|证书|外语|其[他它])$")
NO_VALUE: Final = re.compile(r"[\W_]*$|_{3,}|\{\w*\}|[(（][^()（）]{1,12}[)）][\s_]*$")
_DIGIT: Final = re.compile(r"\d")
_NAMED: Final = re.compile(r"(?:\d{1,3}页)?(?P<word>[\u4e00-\u9fff]{2,6})[:：][ ]?(?P<post>[^:：，。；]{2,20})$")
_LONGEST_WORD: Final = 5
_LONGEST_PAY: Final = 40
_LONGEST_FIGURE: Final = 16
# What begins a requirement that speaks of benefits: 能接受单休.
_ASKS: Final = re.compile("[能会可愿需须应懂]|接受|适应|要求|服从|配合|对|了解|熟")


# What tells the reader what follows or what it is for, and nothing of the post: 以下是仓管员岗位职责的详细说明
_ANNOUNCES: Final = re.compile(
    "(?:以下|下面|下文|本文|本说明书?|这里)(?:是|将|为|就是|就|给|我们|内容)[^。]{0,60}(?:职责|岗位|说明|范文|参考|介绍|内容|要求)|为[^，。]{2,30}，?特制[定订]本"
)
# What looks back on a list or says what it was for: 综上所述，…; 这些职责涉及…
_SUMS_UP: Final = re.compile(
    "综上|总的来[说看]|总而言之|总之[，,]|总体(?:来[说看]|而言)|由此可见|通过(?:以上|上述)|希望(?:每|各|大家|所有|全体)|以上(?:就?是|内容|职责|这些|(?:岗位|职位|职务)(?:设置|分类|划分|职责|名称)?(?:需|仅|应|可|因|为|均|根据|会))|(?:这|上述)些?(?:职责|工作内容|要求)(?:涉及|涵盖|构成|是|不仅|共同|旨在|体现)"
)
# What a document is for: 为规范…，特制定本岗位职责
_PURPOSE: Final = tuple(
    f"{deed}{paper}"
    for deed in ("制定", "制订", "拟定", "拟订", "编制", "编写", "出台")
    for paper in ("本", "如下", "以下")
)
# A list may begin with what it is for, and no later item says it.
_SECOND: Final = 2
# What is said of the rules themselves: 本制度自发布之日起施行
_OF_RULES: Final = re.compile(
    "本(?:管理)?(?:标准|制度|办法|规定|细则|条例|职责|规范|守则|章程|规则)(?:适用于|规定了|自[^，。]{1,24}(?:起|后)|从[^，。]{1,24}(?:起|后)|由[^，。]{2,20}(?:解释|制定|负责)|的?解释权|未尽|经[^，。]{2,24}后)"
)
_PAPERS: Final = (
    "职责",
    "制度",
    "办法",
    "规定",
    "细则",
    "手册",
    "条例",
    "规范",
    "清单",
    "方案",
    "预案",
    "守则",
    "标准",
    "规程",
)
# What somebody or something means to others, and not what he does: …显得尤为重要
_MATTERS: Final = tuple(f"{much}重要" for much in ("显得", "尤为", "至关", "十分", "非常", "极其"))
# In a bracket an item may say what to do with what it asks for: 有作品（请附于简历）者优先
_REMARK: Final = re.compile("[(（][^()（）]{1,30}[)）]")
# Whoever put a page together speaks: 下面是小编收集整理的…
_EDITOR: Final = re.compile("小编.{0,12}(?:整理|收集|搜集|分享|带来|准备|为大家|给大家)")


def has_sense(page: Page, text: str) -> bool:
    """Whether a sentence reads as a duty or a requirement does."""
    senses = page.rules.senses
    return bool(senses.duty.match(text) or senses.requirement.search(text)) and not is_closing(page, text)


def is_closing(page: Page, text: str) -> bool:
    """Whether a sentence tells how to apply or ends a page; what begins as a duty does may speak of 简历 or 微信."""
    senses = page.rules.senses
    if senses.closing.search(text) is None:
        return False
    bare = _REMARK.sub("", text) if "(" in text or "（" in text else text
    if bare != text and senses.requirement.search(bare) and senses.closing.search(bare) is None:
        return False
    if senses.duty.match(text) is None or text.startswith(_FOLLOW) or any(sign in text for sign in _TO_READER):
        return True
    return not senses.everyday.issuperset(senses.closing.findall(text))


def is_offer(page: Page, text: str) -> bool:
    """Whether a sentence is about pay and benefits and not about the post."""
    senses = page.rules.senses
    if _PAY.match(text) or _CONTACT.match(text) or _is_paid(page, text):
        return True
    if not senses.benefit.search(text) or _ASKS.match(text) or _ABLE.match(text):
        return False
    return senses.offer.match(text) is not None or not has_sense(page, text)


def _is_paid(page: Page, text: str) -> bool:
    """Whether one clause of a short line is a figure of pay, and none a duty or a requirement."""
    if len(text) > _LONGEST_PAY or not _DIGIT.search(text) or text.isascii() or _ABLE.match(text):
        return False
    paid = (clause for clause in _CLAUSES.split(text) if _PAID.match(clause))
    # A bare figure may be a number of anything; in a line of a few words it is pay.
    is_paid = any(not clause.isdigit() or len(text) <= _LONGEST_FIGURE for clause in paid)
    return is_paid and not has_sense(page, text)


def without_closing(page: Page, item: Item) -> Item:
    """An item of an advertisement's prose without what it says at its end of how to apply: …，有意者请致电"""
    end = item.end
    while closing := page.rules.senses.closing.search(page.value, item.start, end):
        comma = max(page.value.rfind(mark, item.start, closing.start()) for mark in "，,")
        if comma <= item.start:
            return item
        end = comma
    return item._replace(end=end) if has_sense(page, page.value[item.start : end]) else item


# When and by whom a page was put up: 2023-06-01 来源：网络
_STAMP: Final = re.compile(
    r"(?:(?:发布|更新)?(?:时间|日期)|发布于?|更新于?|来源|作者|编辑)?[:：]?[ ]?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"(?:[ T]?\d{1,2}:\d\d(?::\d\d)?)?(?:[ ]{0,4}(?:来源|作者|编辑|浏览|阅读|点击|字数|发布|分类)[^。；]{0,40})?$"
)


def is_beside(page: Page, text: str) -> bool:
    """Whether a sentence of an advertisement is about pay, or tells how to apply."""
    if is_offer(page, text) or is_closing(page, text) or _TERMS.search(text):
        return True
    return _HOURS.search(text) is not None and _ABLE.match(text) is None


def sense_of(page: Page, text: str) -> Field:
    """What an item without any heading is: by its words."""
    senses = page.rules.senses
    if _ABLE.match(text):
        return Field.REQUIREMENT
    lead = _OF_HIM.match(text) if text[0] in _OF_HIM_FIRSTS else None
    if senses.duty.match(text, lead.end() if lead else 0) or (lead and _NOT_ALL in text):
        return Field.DUTY
    return Field.REQUIREMENT if senses.requirement.search(text) else Field.DUTY


def small_field(page: Page, text: str) -> Field | None:
    """What the small label announces that an item begins with: 最低学历：大专 is a requirement, 职位类别：文职 nothing of ours."""
    match = _SMALL_LABEL.match(text)
    rule = page.rules.labels.get(match["word"]) if match else None
    if rule is None or rule.field not in (Field.REQUIREMENT, Field.OTHER):
        return None
    return rule.field if rule.keep or rule.field is Field.OTHER else None


def is_bulleted(page: Page, item: Item) -> bool:
    """Whether an item stands behind a bullet and not behind a number."""
    line = page.lines[page.line_index(item.start)]
    return line.ordinal >= 0 and page.ordinals[line.ordinal].style == "bullet"


# What begins so and goes on without a blank is an address and nothing else.
_ADDRESSES: Final = ("http://", "https://", "www.")
# What begins so is a remark beside a list.
_NOTES: Final = ("(注:", "(注：", "（注:", "（注：", "注:", "注：", "备注:", "备注：")


# What the numbers of an article's parts are made of: 范文一, 第二篇.
_OF_PARTS: Final = "第篇范文例本模板样版部分：:一二三四五六七八九十0123456789"
_LONGEST_PART: Final = 5


def says_nothing(page: Page, item: Item, text: str) -> bool:
    """Whether an item is a blank to fill in, a word for none, a label without a value, or tells the holder who he is."""
    first = text[:1]
    if (
        (first in "12发更时日来作编" and _STAMP.match(text))
        or (not "\u4e00" <= first <= "\u9fff" and not first.isalnum() and NO_VALUE.match(text))
        or text in NOTHING
        or (first in "(（注备" and text.startswith(_NOTES))
        or (first in "hw" and text.startswith(_ADDRESSES) and " " not in text and text.isascii())
        or (text[0] in "以下本这为" and _ANNOUNCES.match(text))
        or (text[0] in "为根依按结" and item.number % 100 < _SECOND and _is_purpose(text))
        or (text[0] == "本" and _OF_RULES.match(text))
        or (text.endswith(_MATTERS) and not item.number)
        or (text[0] in "综总由通以这上希" and _SUMS_UP.match(text))
        or (first in "范篇模样版第" and len(text) <= _LONGEST_PART and not text.strip(_OF_PARTS))
        or (text[-1] in "?？" and not item.number)
        or ("小编" in text and _EDITOR.search(text) is not None)
        or (
            (item.number == 0 or not "\u4e00" <= text[-1] <= "\u9fff" or page.value[item.end : item.end + 1] in ":：")
            and _is_empty_label(page, item, text)
        )
        or ((":" in text or "：" in text) and _names_post(page, text))
        or (not item.number and _is_bare_post(page, item, text))
    ):
        return True
    named = _IS_HIM.match(text) if text[0] == "你" else None
    return named is not None and page.names.is_post(named["post"])


def _is_purpose(text: str) -> bool:
    """Whether a sentence says what a document is for: 为规范…，特制定本岗位职责"""
    return text.endswith(_PAPERS) and any(sign in text for sign in _PURPOSE)


def _is_bare_post(page: Page, item: Item, text: str) -> bool:
    """Whether the last line of a page is a post's name and nothing else: the heading of a post cut off behind it."""
    names = page.names
    is_last = not page.value[item.end : item.end + 4].strip()
    return (
        is_last
        and len(text) <= _LONGEST_FIGURE
        and names.is_post(text)
        and names.head_of(text) not in names.rules.weak_heads
    )


def _names_post(page: Page, text: str) -> bool:
    """Whether an item is the label of a post's name with the name: 岗位：库管员"""
    has_colon = len(text) <= _LONGEST_PAY and (":" in text or "：" in text)
    named = _NAMED.match(text) if has_colon else None
    rule = page.rules.labels.get(named["word"]) if named else None
    return named is not None and rule is not None and rule.field is Field.TITLE and page.names.is_post(named["post"])


def _is_empty_label(page: Page, item: Item, text: str) -> bool:
    """Whether an item is a small label that nothing stands behind: 3知识技能:4其他:, 经验：／"""
    if not "\u4e00" <= text[-1] <= "\u9fff" and not text[-1].isalnum() and (match := _LABEL_ALONE.match(text)):
        return match["word"] in page.rules.labels
    if item.number == 0 and len(text) <= _LONGEST_WORD and _WORD_ALONE.match(text):
        return True
    return page.value[item.end : item.end + 1] in (":", "：") and text in page.rules.labels
