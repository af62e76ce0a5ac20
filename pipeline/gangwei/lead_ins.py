"""Sentences that open a list for a post or a unit: 编目馆员负责下列工作：, 理事会的职权是："""

from __future__ import annotations

import re
from typing import Final

from gangwei.head import Head, make_head
from gangwei.model import Field
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.titles import ANNOUNCING, Heading

_LONGEST: Final = 60
_LONGEST_ARTICLE: Final = 200
_LONGEST_BETWEEN: Final = 30
_LONGEST_SUBJECT: Final = 40
_MOST_WORDS: Final = 5
_VERBS: Final = frozenset(["是", "为", "由", "在", "负责", "设"])
_COLON: Final = re.compile("[:：]")
_COMMA: Final = re.compile("[，,]")
_BRACKETED: Final = frozenset(["paren", "paren_letter", "han_paren", "circle", "half_paren"])
_WHAT: Final = "职责|职掌|权责|任务|工作|项目|事项|职权|权限|权力|资格|条件|要求|义务|责任|职能"
_ANNOUNCES: Final = re.compile(
    rf"(?:(?:{_WHAT})[为是有]?(?:如下|如左|包括)|(?:如下|下列|以下|下述)[^，,。；]{{0,8}}(?:{_WHAT})|职[责权掌能][为是有]"
    r"|(?:职责|工作内容|工作|任务)(?:主要)?(?:包括|包含|有|分为|是)(?:但不限于)?(?:(?:以下|如下|下列|这)?[几一二三四五六七八九十\d]{0,2}[个大项点类]?(?:方面|内容|部分|工作|点))?"
    r"|(?:应当?|必须|须|要)(?:认真|严格)?(?:做到|履行)|(?:应当?|必须|须)(?:负责)?(?:确保|保证)?|遵守(?:如下|下列|以下)[^，,。；]{0,4}规[定则]|[，,]负责|主要负责|履行|承担|[，,]其?(?:主要|具体|基本)?(?:工作)?(?:职责|职能|职掌|任务))(?:之一)?$"
)
# A sentence of its own at the end: …执行机构,理事会的职权是
_OWN_CLAUSE: Final = re.compile("[。；，,]([^。；，,]{2,20}的[^。；，,]{0,6}职[责权掌能][为是]?(?:如下|包括)?)$")
_STANDS_IN: Final = re.compile(r"(?:设在|设于|隶属于?|属于|归属于?|归口于?)([\u4e00-\u9fff]{2,10})")
_OF_HOLDERS: Final = re.compile("资格|条件|要求")
_OF_POWERS: Final = re.compile("职权|权限|权力")
_APPOINTS: Final = re.compile(
    r"(?:置|设[立置]?|配备?)(?P<post>[\u4e00-\u9fff]{2,10}?)(?=[一二三四五六七八九十\d]{1,2}[人名])"
)
# Several posts with the same duties: 设置材料员、保管员等，负责…，其主要职责：
_APPOINTS_ROW: Final = re.compile(
    r"(?:设置|设立|配备|置|设|配)(?P<posts>[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}?){1,5})等?(?=[，,])"
)
_ANSWERS_TO: Final = re.compile(
    r"(?:直接)?(?:对|向)(?:[本我]?(?:公司|单位|集团|企业))?([\u4e00-\u9fff]{2,16}?)(?:负责(?!人)|汇报)"
)
# As what somebody does it, before his post: 作为一船之主，船长的职责包括：
_AS_WHAT: Final = re.compile("作为[^，,。；]{2,30}[，,]")
# How many there are of a post, in a bracket behind its name: 主任委员（一人）之职权
_COUNT: Final = re.compile(r"[（(]\s?(?:[\d一二两三四五六七八九十若干]{1,3}\s?[人名位])[^（()）]{0,6}[)）]")
# What a unit does, in words that run together with its name: 河川管理科掌理事项
_UNIT_DOES: Final = re.compile("([\u4e00-\u9fff]{2,12}?)(?:之|分别)?(?:掌理|职掌|分掌|掌管|承办|主办|办理|主管)")
# To a reader about himself: 作为一名合格的仓管员
_AS: Final = re.compile("(?:作为|做)(?:一[名个位])?(?:(?:合格|称职|优秀|专业)的?)?")
# What stands before the name of an organ: 本会 + 会长
_OURS: Final = re.compile(
    "本(?:公司|协会|学会|医院|学校|中心|单位|基金会|商会|联合会|合作社|[会社院馆校所厂店局处部站园行团])"
)
# A sentence that only announces, about whom the one before it tells: 其主要职责是
_BARE: Final = re.compile(
    "(?:其|他的|他们的|具体|主要|基本|安全|安全生产|生产|工作|岗位|管理){0,4}(?:职责|职能|任务|责任|内容)(?:主要)?(?:是|为|有|包括|如下|包括如下)?$"
)
# A clause that speaks of the subject of the sentence, however much stands between: …，其主要 + 职责包括
_OF_IT: Final = ("，其", ",其", "，其主要", ",其主要", "，其具体", ",其具体")
# What a clause says of its subject that announces a list, and who leads it.
_DOES: Final = re.compile("的|应|须|必须|要|主要|负责|履行|承担|职责|岗位|安全|工作|具体")
_LEADS: Final = re.compile("的?(?:直接)?(?:领导|指导|统一|安排)")
# A post with its other name, or what is said of it, in a bracket: 经理（厂长）
_GLOSSED: Final = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,10})[(（](?P<other>[\u4e00-\u9fff、]{1,10})[)）](?=[\u4e00-\u9fff])"
)
# A post that is named beside another one and has the same sentence told of it.
_BESIDE: Final = re.compile("(?:、|和|及|与)([\u4e00-\u9fff]{2,10}?)(?=是|为|应|须|必须|对|负责|的|在|履行)")
# Whoever put a page together says what stands on it: 下面是小编整理的理货员岗位职责，欢迎参考。
_POST_OFFERED: Final = (
    r"(?P<post>[\u4e00-\u9fff]{2,14}?)的?(?P<tail>岗位职责|工作职责|主要职责|工作内容|岗位要求|任职要求)"
)
_OFFERED: Final = (
    re.compile(
        r"(?:整理|收集|搜集|分享|带来|准备|精选|汇总|推荐|提供|汇编){1,3}了?的?(?:一些|几篇|关于)?" + _POST_OFFERED
    ),
    re.compile(r"(?:以下|下面)[是为](?:[^，。；]{0,8}的)?" + _POST_OFFERED),
)
_OFFERS: Final = ("以下", "下面")
# A list may be announced by a sentence with a full stop: …的岗位职责如下。
BELOW: Final = "如下。"
_SHORTEST_OFFER: Final = 16
# What a name begins with that tells whose post it is: 渡口经营人的 | 主要负责人
_OWNER: Final = re.compile("[\u4e00-\u9fff]{2,10}的(?=[\u4e00-\u9fff])")


def read_lead_in(page: Page, line: Line, index: int) -> Head | None:
    """The head that a line makes which ends in an announcement and a colon: 各组置组长一人，办理下列事项："""
    value = page.value
    is_whole = line.end - line.body <= _LONGEST_ARTICLE and value.endswith((":", "：", BELOW), line.body, line.end)
    if is_whole:
        place = line.end - 1
    elif colon := _COLON.search(value, line.body, min(line.end, line.body + _LONGEST)):
        place = colon.start()
    elif (place := _list_within(page, line)) < 0:
        return None
    text = value[line.body : place]
    offset = max(text.rfind("。"), text.rfind("；")) + 1
    bare = _BARE.fullmatch(text, offset) if offset else None
    announced = bare or _ANNOUNCES.search(text)
    if not announced:
        return None
    if bare:  # 站长全面负责本站工作。其主要职责是：
        text, offset = _sentence_before(text, offset)
    elif (last := max(text.rfind("，", offset), text.rfind(",", offset)) + 1) and _has_own_subject(page, text[last:]):
        offset = last  # 各部门设网络管理员，网络管理员应履行以下职责：
    if clause := _OWN_CLAUSE.search(text):
        offset = clause.start(1)
    if appointed := _APPOINTS.search(text, offset):
        offset = appointed.start("post")
    for beginning in (ANNOUNCING, _AS_WHAT, _OURS):
        if begins := beginning.match(text, offset):
            offset = begins.end()
    if role := _AS.match(text, offset):
        offset = role.end()
    row = _APPOINTS_ROW.search(text, offset) if "、" in text else None
    subject = None if row else read_subject(page, text[offset:])
    if row and all(page.names.is_post(post) for post in row["posts"].split("、")):
        offset, subject = row.start("posts"), ("post", row["posts"])
    if bare and (subject is None or subject[0] == "unit"):
        offset, subject = _later_subject(page, text, offset) or (offset, subject)
    if subject is None and is_whole and not bare:
        # A kind of work is a post where nothing but the announcement stands behind it: 售前客服主要负责：
        whole = text[offset : max(offset, announced.start())].rstrip("的")
        subject = ("post", whole) if page.names.is_post(whole) else None
    if subject is None:
        return None
    kind, name = subject
    word = announced[0]
    is_of_it = bare or word[1:2] == "其" or text[offset : announced.start()].endswith(_OF_IT)
    if len(text) - offset - len(name) > _LONGEST_BETWEEN and not is_of_it:
        return None
    powers, holders = _OF_POWERS.search(word), _OF_HOLDERS.search(word)
    if holders and kind == "unit":
        return None  # 理事会成员应具备以下条件: asked of nobody whom it names
    field = Field.REQUIREMENT if holders else Field.AUTHORITY if powers else Field.DUTY
    heading = Heading(kind, Name(name, offset, offset + len(name)), word)
    end = place + (value[place] in ":：")
    head = make_head(page, heading, line, index, line.body, end)
    if (match := _STANDS_IN.search(text)) and page.names.is_unit(match[1]):
        head = head._replace(name=head.name._replace(unit=match[1]))
    return head._replace(field=field, superior=_superior(page, line, text))


def _sentence_before(text: str, offset: int) -> tuple[str, int]:
    """A text as far as the end of the sentence before a place, and where that sentence begins."""
    stop = offset - 1
    return text[:stop], max(text.rfind("。", 0, stop), text.rfind("；", 0, stop)) + 1


def _has_own_subject(page: Page, clause: str) -> bool:
    """Whether a clause that announces a list begins with the post that it announces it for: …，收费员应履行下列职责"""
    subject = read_subject(page, clause)
    return subject is not None and subject[0] == "post" and _DOES.match(clause, len(subject[1])) is not None


def _later_subject(page: Page, text: str, offset: int) -> tuple[int, tuple[str, str]] | None:
    """The first post that is the subject of a later clause of a sentence, with its place: 中心下设实验室，实验室主任…"""
    for comma in _COMMA.finditer(text, offset):
        subject = read_subject(page, text[comma.end() :])
        if subject and subject[0] == "post" and not _LEADS.match(text, comma.end() + len(subject[1])):
            return comma.end(), subject
    return None


def read_offer(page: Page, line: Line, index: int) -> Head | None:
    """The head that a page's introduction makes, right above the list that it offers."""
    value = page.value
    if line.end - line.body < _SHORTEST_OFFER or line.ordinal >= 0 or not _is_above_list(page, index):
        return None
    if all(value.find(word, line.body, line.end) < 0 for word in _OFFERS):
        return None
    found = (pattern.search(value, line.body, line.end) for pattern in _OFFERED)
    offered = next((match for match in found if match and page.names.is_post(match["post"])), None)
    if offered is None:
        return None
    heading = Heading("post", Name(offered["post"], 0, len(offered["post"])), offered["tail"])
    return make_head(page, heading, line, index, offered.start("post"), line.end)


def _is_above_list(page: Page, index: int) -> bool:
    """Whether a list begins in the line below."""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    return below is not None and below.ordinal >= 0 and page.ordinals[below.ordinal].value == 1


def _list_within(page: Page, line: Line) -> int:
    """Where a list begins in a line's first words, its numbers in brackets: 饲养员的职责包括(a)配料；(b)投喂; -1 for nowhere."""
    end = min(line.end, line.body + _LONGEST)
    found = (o.start for o in page.ordinals_in(line.body + 1, end) if o.value == 1 and o.style in _BRACKETED)
    return next(found, -1)


def read_subject(page: Page, text: str) -> tuple[str, str] | None:
    """The kind and the name of the post or the unit that a sentence begins with."""
    names = page.names
    if (does := _UNIT_DOES.match(text)) and names.is_unit(does[1]):
        return "unit", does[1]
    counted = _COUNT.search(text, 0, _LONGEST_SUBJECT)
    glossed = _GLOSSED.match(text)
    if glossed and names.is_post(glossed["name"]):
        return "post", glossed[0] if names.is_post(glossed["other"]) else glossed["name"]
    first = 1 if text[:1] == "各" else 0
    words = names.cut(text[first : counted.start() if counted else _LONGEST_SUBJECT])
    if count := names.first_post(words):
        return "post", _whole(page, text, first + len("".join(words[:count])))
    words = ["各", *words] if first else words
    if owner := _OWNER.match(text):
        inner = names.cut(text[owner.end() : _LONGEST_SUBJECT])
        if count := names.first_post(inner):
            return "post", owner[0] + "".join(inner[:count])
    # 安全部是安委会的办事机构: the subject ends before its verb.
    longest = next((i for i, word in enumerate(words[:_MOST_WORDS]) if word in _VERBS), min(_MOST_WORDS, len(words)))
    for stop in range(longest, 0, -1):
        if names.is_unit(name := "".join(words[:stop])):
            return "unit", name
    return None


def _whole(page: Page, text: str, end: int) -> str:
    """The name of a post that ends at a place, with the post that is named beside it: 局长、矿长."""
    beside = _BESIDE.match(text, end)
    return text[: beside.end()] if beside and page.names.is_post(beside[1]) else text[:end]


def _superior(page: Page, line: Line, text: str) -> tuple[int, int] | None:
    """Where an article names the post that a post answers to: 直接对总经理负责"""
    match = _ANSWERS_TO.search(text)
    if match and page.names.is_post(match[1].rpartition("的")[2]):
        return line.body + match.start(1), line.body + match.end(1)
    return None
