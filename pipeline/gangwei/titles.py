"""The grammar of headings: what post or unit a heading names, and which words tell of its duties."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.name_kinds import BAD, TAIL_BRACKET, ends_in_other_han, last_characters
from gangwei.name_values import HEAD_BRACKET, Name, NameValues
from gangwei.people import PERSON
from gangwei.rulebook.labels import LabelRule
from gangwei.rulebook.titles import TitleRules

# A heading over the posts of a unit.
_POSTS_OF_UNIT: Final = re.compile("([\u4e00-\u9fff]{2,12}?)(?:各类|各级|各|全体|工作)?(?:人员|岗位|员工|成员)(?=.)")
_HELD: Final = re.compile(rf"(?P<post>[^-—]{{2,20}}?)[ ]?[-—]{{1,2}}[ ]?(?P<person>{PERSON})")
_LONGEST_TAIL: Final = 20
# The number of the paper behind its name: 电工工作标准（QB-07）
_CODED: Final = re.compile(r"(?<=[\u4e00-\u9fff])[(（][A-Z]{1,6}[A-Z\d./_-]{1,16}[)）]$")
# Who works at certain hours or at one kind of work, as wards share it out: 主班职责, 治疗班职责
_SHIFTS: Final = frozenset(
    [
        *(f"{part}班" for part in "主副白早中晚夜帮连药APNQ"),
        *(f"{part}{time}班" for part in "大小前后上下" for time in "夜白"),
        *(
            f"{work}班"
            for work in ("两头", "治疗", "责任", "办公", "护理", "总务", "巡回", "处置", "辅助", "机动", "消毒")
        ),
    ]
)
_HEAD_NUMBER = re.compile(
    r"(?<![\s:：])[\s:：]*+[(（]?(?:篇|之|第|范文|版本)?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:篇|部分|版)?[)）]?[\s:：]*+$"
)
# A heading's number before its text, in a bracket or not: 【篇2:店长岗位职责】
_PART_NUMBER: Final = re.compile(
    r"[【\[（(★]?(?:篇|第|范文|模板|样本|版本|范本|(?:招聘)?(?:岗位|职位|职缺)(?=[ ]?[一二三四五六七八九十\d]{1,2}[:：.、]))[ ]?(?P<number>[一二三四五六七八九十\d]{1,3})[篇部]?[★】\])）]?[:：、.\s]*(?P<rest>[^】\]★].*?)[】\]]?$"
)
# The number that a collection gives its part: 供热站各岗位职责三：司炉工职责, 附：教研组长岗位职责
_OF_SERIES: Final = re.compile(
    "(?:[\u4e00-\u9fff]{2,16}(?:职责|制度|范文|范本)(?=[一二三四五六七八九十\\d])|附[件录]?[ ]?)(?:[一二三四五六七八九十]{1,3}|\\d{1,2})?[:：][ ]?"
)
# What announces a list before the name of the post: 以下是 + 办公室主任的主要职责
ANNOUNCING: Final = re.compile("(?:以下|下面)(?:就?是|为)(?:关于)?")
# Behind a unit who is in it: 后勤部【阿昕】【小夜】
_HELD_BY: Final = re.compile("(?:【[^【】]{1,12}】){1,6}$")
_NUMBER_ENDS: Final = frozenset("篇之第文本分版一二三四五六七八九十")
_MARKS_BEHIND: Final = " \t\u3000\r\n。；;,，:：.、*#-—"
# 船长的责任: what alone is no tail of a heading is one behind 的.
_OWN_DUTIES: Final = re.compile(
    "(?:[的之](?P<own>责任|职权|权限|任务|义务|权力)|的?(?P<both>(?:职权|权利|权力|权限|任务|责任)[及和与](?:义务|责任|权利)))$"
)
# A name of which several begin in the same way, one of them in short: 网、省公司局长, 收、发货员
_SHORTENED: Final = re.compile("(?![一二三四五六七八九十])[\u4e00-\u9fff]{1,4}、(?=[\u4e00-\u9fff]{2})")
# What a heading may say between a name and its 职责 of what they are about.
_TOPIC_ENDS: Final = ("管理", "工作", "建设", "监督")
_SHORTEST_TOPIC: Final = 3
_LONGEST_TOPIC: Final = 8
# What says that there are none heads no duties: 无需负担管理责任.
_DENIES: Final = frozenset("不无未")
# Who a regulation speaks of where it names no post: 作业者职责, 监护人职责.
_HOLDER: Final = re.compile("[\u4e00-\u9fff]{0,8}(?:员工|职工)$|[\u4e00-\u9fff]{1,8}(?:者|人|人员|领导|干部)$")
_OF_HOLDERS: Final = re.compile("职责|责任")
# What kind of paper a file's name says it is, before the post: 管理文件-生产部部长
_PAPER: Final = re.compile(r"[\u4e00-\u9fff]{0,8}(?:文件|手册|制度|资料|体系|汇编|规范|范本|模板|标准)\s?[-—_]{1,2}\s?")
# 职务说明书——设计部经理
_PAPERS_FIRST: Final = tuple([f"{kind}{of}说明书" for kind in ("岗位", "职务", "职位", "工作") for of in ("", "职责")])
# Who bears duties is told, and none follow: 对现场的安全负管理责任
_BEARS: Final = re.compile("^对|[负担]")


class Heading(NamedTuple):
    """A heading that names a post or a unit, with the word behind the name (岗位职责), if any."""

    kind: str
    name: Name
    tail: str
    number: str = ""


def _tail_pattern(rules: TitleRules) -> re.Pattern[str]:
    """What stands behind a name in a heading, put together: 消防安全 + 职责, 岗位 + 职责 + 及 + 考核办法, 任职要求 + 及 + 岗位 + 职责."""
    kinds, cores, weak, joined, ends = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (rules.tail_kinds, rules.tail_cores, rules.tail_weak_cores, rules.tail_joined, rules.tail_ends)
    )
    return re.compile(
        rf"(?:(?:{kinds})?(?:{joined})[、及和与])?(?:(?:(?:{kinds})[、及和与]?){{0,4}}(?:{cores})|(?:(?:{kinds})[、及和与]?){{1,4}}(?:{weak}))"
        rf"(?:[及和与、](?:{kinds}){{0,4}}(?:{cores}|{weak}|{joined})){{0,6}}(?:{ends}){{0,4}}$"
    )


class Names(NameValues):
    """All questions about names: what a string is, what names a value holds, what a heading names."""

    def __init__(
        self,
        rules: TitleRules,
        labels: Mapping[str, LabelRule],
        tails: frozenset[str],
        cut: Callable[[str], list[str]],
        is_place: Callable[[str], bool],
    ) -> None:
        super().__init__(rules, labels, tails, cut, is_place)
        self._worded_tail = _tail_pattern(rules)
        worded = (*rules.tail_cores, *rules.tail_weak_cores, *rules.tail_joined, *rules.tail_ends)
        self._tail_ends = last_characters((*self._tails, *worded))
        self._heading_ends = self._post_ends | self._unit_ends | self._tail_ends | _NUMBER_ENDS
        self.heading: Callable[[str], Heading | None] = lru_cache(4_000)(self._heading)

    def _heading(self, text: str) -> Heading | None:
        """What post or unit a heading names.

        "仓储部经理岗位职责3" names the post 仓储部经理 before 岗位职责; "仓储部职责" the unit 仓储部.
        """
        if not 2 <= len(text) <= 60:
            return None
        if ("-" in text or "—" in text) and (held := _HELD.fullmatch(text)) and self._is_person(held["person"]):
            return self.heading(held["post"])  # 市场部主管-许静
        if ends_in_other_han(text.rstrip(_MARKS_BEHIND), self._heading_ends):
            return None
        if text.startswith(_PAPERS_FIRST):
            end = text.index("书") + 1
            own = text[end:].lstrip(" -—－:：").rstrip()
            if len(own) < len(text) - end and self.is_post(own):
                return Heading("post", Name(own, text.rindex(own), len(text.rstrip())), text[:end])
        if match := _PART_NUMBER.match(text):
            inner = self.heading(match["rest"])
            if inner:
                shift = match.start("rest")
                name = inner.name._replace(start=inner.name.start + shift, end=inner.name.end + shift)
                return inner._replace(name=name, number=match["number"])
        series = _OF_SERIES.match(text) if ":" in text or "：" in text else None
        if series and (inner := self.heading(text[series.end() :])) and inner.tail:
            name = inner.name._replace(start=inner.name.start + series.end(), end=inner.name.end + series.end())
            return inner._replace(name=name)
        if text[0] in "以下" and (match := ANNOUNCING.match(text)) and (inner := self.heading(text[match.end() :])):
            name = inner.name._replace(start=inner.name.start + match.end(), end=inner.name.end + match.end())
            return inner._replace(name=name)
        if coded := _CODED.search(text):
            return self.heading(text[: coded.start()])
        bracket = TAIL_BRACKET.search(text) if text[-1] in ")）" else None
        if bracket and (paper := bracket[0].strip("()（） ")) in self._tails:
            return self.heading(text[: bracket.start()] + paper)  # 仓库主管（岗位说明书）
        end = len(text)
        number = ""
        match = None if ends_in_other_han(text, _NUMBER_ENDS) else _HEAD_NUMBER.search(text)
        if match and (text[-1] not in ")）" or match[0][0] in "(（ "):  # not the bracket of 岗位职责（暂行）
            end = match.start() or end
            number = match[0].strip(" \t:：()（）篇之第版")
        core = text[:end]
        longest = min(_LONGEST_TAIL, end - 1)
        is_tailed = core[-1] in self._tail_ends
        # Where the longest tail of words put together begins: before it none does.
        worded = self._worded_tail.search(core, end - longest) if is_tailed else None
        first = worded.start() if worded else end
        for length in range(longest, 1, -1) if is_tailed else ():
            tail = core[-length:]
            if tail in self._tails or (end - length >= first and self._worded_tail.match(tail)):
                before = core[:-length].rstrip(" \t-—:：|｜")
                name_end = len(before) - (1 if before.endswith(("的", "之")) else 0)
                if tail.startswith("中心") and self.is_unit(before + "中心"):
                    continue  # 客服中心|工作职责
                if before[:name_end] in _SHIFTS:
                    return Heading("post", Name(before[:name_end], 0, name_end), tail, number)
                if found := self._named(before[:name_end]) or self._owner(before[:name_end]):
                    kind, name = found
                    return Heading(kind, self._without_paper(name), tail, number)
                if before.endswith(_TOPIC_ENDS) and (found := self._with_topic(before)):
                    kind, name = found
                    return Heading(kind, name, tail, number)
                holder = before[:name_end]
                if _OF_HOLDERS.search(tail) and _HOLDER.match(holder) and not holder.startswith(self.rules.not_starts):
                    return Heading("post", Name(holder, 0, name_end), tail, number)
        if (match := _OWN_DUTIES.search(core)) and self.is_post(core[: match.start()].strip()):
            owner = self.post(core[: match.start()])
            return Heading("post", owner, match["own"] or match["both"], number) if owner else None
        if found := self._named(text.rstrip(" \t:：")):
            kind, name = found
            return Heading(kind, name, "")
        return None

    def _is_person(self, name: str) -> bool:
        """Whether what looks like a person's name is no word of the language: 区域经理-江苏."""
        return len(name) > 2 or len(self.cut(name)) > 1

    def _owner(self, text: str) -> tuple[str, Name] | None:
        """The post or the unit before a tail that only a heading names so: 各车间主任, 质检科（化验室）, 【动物系】实验室管理人员."""
        if "、" in text and (short := _SHORTENED.match(text)) and self.is_post(text[short.end() :]):
            return "post", Name(text, 0, len(text))
        if text[:1] == "各" and self.head_of(text) in self.rules.heads and self.is_post(text[1:]):
            return "post", Name(text, 0, len(text))
        if text[:1] == "各" and self.is_unit(text[1:]):
            return "unit", Name(text, 0, len(text))  # 各分支机构
        if (bracket := TAIL_BRACKET.search(text)) and self.is_unit(text[: bracket.start()]):
            return "unit", Name(text[: bracket.start()], 0, bracket.start())
        owner, _, owned = text.rpartition("的")
        if (
            len(owner) > 1
            and self.is_unit(owned)
            and (self.is_unit(owner) or self.is_company(owner) or len(owner) == 2)
        ):
            return "unit", Name(text, 0, len(text))  # 粮库的安全委员会
        if (bracket := HEAD_BRACKET.match(text)) and _HOLDER.fullmatch(text, bracket.end()):
            unit = bracket[1] if self.is_unit(bracket[1]) else ""
            return "post", Name(text[bracket.end() :], bracket.end(), len(text), unit)
        return None

    def _without_paper(self, name: Name) -> Name:
        """The name without the kind of paper before it: 管理文件-生产部部长."""
        paper = _PAPER.match(name.text) if "-" in name.text or "—" in name.text or "_" in name.text else None
        if paper is None or not (self.is_post(name.text[paper.end() :]) or self.is_unit(name.text[paper.end() :])):
            return name
        return name._replace(text=name.text[paper.end() :], start=name.start + paper.end())

    def _with_topic(self, text: str) -> tuple[str, Name] | None:
        """The unit or the post before what its duties are about: 物资中心|材料管理 + 职责."""
        words, place = self.cut(text), 0
        places = [place := place + len(word) for word in words]
        for end in places[-2::-1]:
            if not _SHORTEST_TOPIC <= len(text) - end <= _LONGEST_TOPIC or end < _SHORTEST_TOPIC:
                continue
            if self.is_unit(text[:end]):
                return "unit", Name(text[:end], 0, end)
            if self.head_of(text[:end]) in self.rules.heads and self.is_post(text[:end]):
                return "post", Name(text[:end], 0, end)
        return None

    def is_duty_heading(self, text: str) -> bool:
        """Whether a heading tells whose duties follow, of nobody that has a name: 指挥部成员职责, 各级人员的安全职责."""
        return bool(self.duty_tail(text))

    def duty_tail(self, text: str) -> str:
        """The words that tell of duties at the end of a heading, whoever it names: 用药咨询|岗位职责; "" where there are none."""
        if text[-1:] not in self._tail_ends or BAD.search(text) or text[0] in _DENIES or _BEARS.search(text):
            return ""
        worded = self._worded_tail.search(text, max(2, len(text) - _LONGEST_TAIL))
        return worded[0] if worded and len(worded[0]) > 1 else ""

    def unit_of_heading(self, text: str) -> Name | None:
        """The unit whose posts a heading announces: 药剂科人员职责, 保卫处各岗位职责."""
        match = _POSTS_OF_UNIT.match(text)
        if match and self.is_unit(match[1]) and self._worded_tail.match(text, match.end()):
            return Name(match[1], match.start(1), match.end(1))
        return None

    def _named(self, text: str) -> tuple[str, Name] | None:
        inner = text.strip()
        if not inner:
            return None
        offset = text.index(inner)
        if len(inner) > 2 and inner[0] in '【[《「“"' and inner[-1] in '】]》」”"':
            inner, offset = inner[1:-1], offset + 1
        name = self.post(inner)
        if name is None:
            return None
        name = Name(name.text, name.start + offset, name.end + offset, name.unit)
        if self.is_post(name.text) or self.is_bilingual(name.text):
            return "post", name
        if self.is_unit(name.text):
            return "unit", name
        held = _HELD_BY.search(name.text) if name.text[-1:] == "】" else None
        if held and self.is_unit(name.text[: held.start()]):
            return "unit", name._replace(text=name.text[: held.start()], end=name.start + held.start())
        return None
