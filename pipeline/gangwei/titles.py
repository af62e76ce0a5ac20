"""The grammar of names: what is a post, a unit, an employer, and how names stand in headings and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.people import PERSON
from gangwei.rulebook.labels import LabelRule
from gangwei.rulebook.titles import TitleRules

LONGEST_POST: Final = 24
LONGEST_UNIT: Final = 18
# A heading over the posts of a unit.
_POSTS_OF_UNIT: Final = re.compile("([\u4e00-\u9fff]{2,12}?)(?:各类|各级|各|全体|工作)?(?:人员|岗位|员工|成员)(?=.)")
_HELD: Final = re.compile(rf"(?P<post>[^-—]{{2,20}}?)[ ]?[-—]{{1,2}}[ ]?(?P<person>{PERSON})")
_GRADES: Final = frozenset("ABCDE")
_LONGEST_TAIL: Final = 20
_SHORTEST_NAME: Final = 2
_LONGEST_HEAD: Final = 6
_LONGEST_UNIT_HEAD: Final = 5

_COUNT = r"(?:各?约?\s{0,4}[\d一二两三四五六七八九十数若干]{1,4}(?:\s{0,4}[-~至—]\s{0,4}\d{1,3})?\s{0,4}[名人位个](?:以上|左右)?)"
# What a bracket behind a post's name holds that is not part of the name: a count, a code, a grade, a condition.
_DROPPED_BRACKET = re.compile(
    rf"""^(?:
        共?{_COUNT} | (?:\d+|one|two)(?:[-~–]\d+)?\s?(?:positions?|openings?|vacanc(?:y|ies)|pax|persons?) | 荐 | 推荐 | 精选 | 精 | 热 | 数名 | 续\d? | 接上[页表]? | 若干名?人? | \d+ | 人数.* | 编制.* | 定员.*
      | [A-Z]{{1,4}}[-_]?\d[A-Za-z\d_-]*(?:[，,、/ ]+[A-Z]{{1,4}}[-_]?\d[A-Za-z\d_-]*)* | (?:Ref|REF|No).{{0,2}}[:：. ].* | [x×X*]\s?\d{{1,3}}
      | .*(?:个月|约聘|代理|定期|契约|派遣|合同制|劳务|外包|名额|轮班|排班|轮值|轮岗|倒班|值守).*
      | [\u4e00-\u9fff]{{1,6}}(?:店|场|校区|厂区|工厂|园区|基地|分公司|办事处|站点|据点|馆)
      | (?:月薪|年薪|底薪|薪资|待遇|薪).* | \d[\d.,]{{0,6}}[kKwW千万]?元?(?:[-~～—至到]\d[\d.,]{{0,6}}[kKwW千万]?元?)?(?:[/／·*×x].{{1,5}})?(?:以上|起|左右|\+)?
      | .{{0,3}}(?:长期|持续|常年|大量|火热|正在)(?:有效|招募|招聘|招收|招人|招工|热招|招|聘) | .{{0,4}}(?:编号|代码|编码|代号).* | \d+(?:\.\d+)?% | 权重.*
      | .{{0,3}}(?:科|处|局|厅|部|股|副科|正科)级 | [PMTSDE]\d(?:[-~]\d)?
      | (?:全职|兼职|全职/兼职|急聘|急招|急[!！]*|诚聘|高薪.*|\d{{0,2}}[-~—]?\d{{1,2}}年(?:以上|及以上)?(?:工作|相关)?经验.*|欢迎.*|实习|社招|校招|热招|新增|应届.*|可实习|可兼职|五险一金.*|包吃住|双休|长期|短期|远程|驻外|长期有效|半职|暑期|寒假|假期|正职|正式|在职|坐班|夜班|白班|早班|晚班|夜间|白天|周末|假日|轮班|急征|缺|远端|可远端|可远程)
      | .{{0,4}}编[内外制].{{0,4}}
      | (?:可?根?据|可|按|视).{{0,12}}(?:设置|设立|调整) | (?:部分|个别|大型|较大).{{0,6}}(?:设置|设立|设) | 可选 | 如有 | 视情况.*
      | .*(?:即可|均可|也可|亦可|皆可)[.。!！]? | (?:学生|在职|在校生)(?:加入|可?报名|参与)?(?:[/／、和或]?(?:学生|在职|在校生)(?:加入|可?报名|参与)?){{0,2}}
      | .{{1,8}}兼任? | .*(?:要求|可|须|需要|能接受|优先|以上|限).{{2,}}
    )$""",
    re.VERBOSE,
)
# The number of the paper behind its name: 电工工作标准（QB-07）
_CODED: Final = re.compile(r"(?<=[\u4e00-\u9fff])[(（][A-Z]{1,6}[A-Z\d./_-]{1,16}[)）]$")
# Who recruits, and is not wanted: 招聘专员.
_RECRUITS: Final = re.compile("招聘(?:专员|主管|经理|总监|顾问|专家|负责人|专责|管理师|业务伙伴|培训专员|培训主管)")
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
_TWO_PLACES: Final = re.compile("[\u4e00-\u9fff]{3}[^话语菜\\W]$")
_REMARKS: Final = re.compile("[，,、/；;·| ]+")
_TAIL_COUNT = re.compile(rf"(?:(?<![\s,，:：、/／])[\s,，:：、/／]++)?{_COUNT}$")
# Behind a stroke: 理货员/夜班
_TAIL_SHIFT = re.compile(
    "(?:[/／]|[ \u3000]{1,2}(?=[全兼急长短]))(?:夜班|白班|早班|中班|晚班|长白班|两班倒|三班倒|倒班|全职|兼职|急招|急聘|长期|短期|包吃住|双休|男女不限)$"
)
# What is offered, right behind the name: 销售专员双休+提成
_PRAISE: Final = re.compile(
    "(?:双休|包吃|包住|五险|底薪|高薪|提成|月薪|月入|急聘|急招)[^，。；]{0,16}$"
    "|[ \u3000]{1,3}\\d[\\d.]{0,6}[kKwW千万]?[-~—到至]\\d[\\d.]{0,6}(?:[kKwW千万]元?|元)(?:[/／·].{1,5})?$"
)
_TAIL_BRACKET = re.compile(r"(?:(?<!\s)\s++)?[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]$")
# Kinds within a name: 主任（中、西）药师
_INNER_BRACKET: Final = re.compile("(?<=[\u4e00-\u9fff])[(（][^()（）]{1,8}[)）](?=[\u4e00-\u9fff、])")
_HEAD_BRACKET = re.compile(r"^[\[【(（〔]([^\[\]【】()（）〔〕]{2,16})[\]】)）〕]\s*")
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
_JOINT = re.compile(r"(?:(?<!\s)\s++)?[/／、|｜]\s*+|(?<=.)(?:或者?|兼任?|及|和|与)(?=.)")
_BAD = re.compile(r"[，。；？！,;?!\n“”\"→←⇒>]|——|\.{2}|：|:")
# In a bracket behind a name commas part what one works with: 网站工程师(后端, Node.js)
_BAD_REMARK: Final = re.compile(r"[，。；？！;?!\n“”\"→←⇒>：:]|——|\.{2}|,[ ]?[^A-Za-z ]{5}")
# Behind a unit who is in it: 后勤部【阿昕】【小夜】
_HELD_BY: Final = re.compile("(?:【[^【】]{1,12}】){1,6}$")
# What a name may begin with that begins with a digit: 3D设计师, 5G工程师
_DIMENSION: Final = re.compile(r"\d{1,3}[A-JL-VX-Za-jl-vx-z]")
_ENGLISH_COMPANY: Final = re.compile(r"[A-Z0-9][\w&'’.,()/ -]{2,60}$", re.ASCII)
_BILINGUAL: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9/（）()+]*)(?: +|[/／] ?)[(（]?[A-Z][A-Za-z0-9 &/,.-]+[)）]?$"
)
# What says something of units names none: 还有几个岗位没有单独部门
_TELLS: Final = re.compile(
    "人员[及和与]|下设|没有|还有|搬到|位于|坐落|前往|所说|几个|哪些|哪个|什么|怎么|如何|是否|适用|履行|负责(?!人)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# No longer word that ends so is a unit: 客户关系, 专业本科
_TIES: Final = ("关系", "体系", "联系", "本科", "专科", "学科")
_MOST_WORDS: Final = 4
_SMALL_WORDS: Final = re.compile(
    "(?:an?|the|any|each|your|our|their|his|her|my|this|that|and|or|as|to|for|of|by|in|on|at|with|from|is|be|was|are|no|if|every"
    "|ask|contact|call)"
)
_WORD_BORDER: Final = re.compile(r"[\s/]")
# A deputy by what he looks after: 主管业务副站长 is one post.
_IN_CHARGE: Final = re.compile("(?:主管|分管)[\u4e00-\u9fff]{0,8}副[\u4e00-\u9fff]{1,4}$")
# A deputy by what he looks after, in words: 主管生产的副矿长
_LOOKS_AFTER: Final = re.compile("(?:分管|主管|协管)[\u4e00-\u9fff、]{2,10}?的(?=[\u4e00-\u9fff]{2})")
_BETWEEN_POSTS: Final = re.compile(r"([、,，;；\n\t]|\s{2,}|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]))")
_AND: Final = re.compile(r"([/／]|和|及|与)")
# What the texts end with that _TAIL_COUNT, _TAIL_BRACKET and _HEAD_NUMBER find, and the marks that a heading may end with.
_COUNT_ENDS: Final = frozenset("名人位个上右\n")
_SHIFT_ENDS: Final = frozenset("班倒职招聘期住休限")
_BRACKET_ENDS: Final = frozenset(")）]】\n")
_NUMBER_ENDS: Final = frozenset("篇之第文本分版一二三四五六七八九十")
_MARKS_BEHIND: Final = " \t\u3000\r\n。；;,，:：.、*#-—"
NOTHING: Final = frozenset(
    [
        "",
        "无",
        "暂无",
        "没有",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "略",
        "N/A",
        "n/a",
        "NA",
        "None",
        "none",
        "×",
        "待定",
        "待补",
        "无。",
        "空",
        "无下属",
        "／",
        "无 N/A",
        "无/N/A",
        "0人",
        "0",
        "〇",
        "[]",
        "null",
        "~",
    ]
)

# None, and why or what instead: 无（独立岗位，对主任负责）, 暂无，由办公室代管
_NOBODY: Final = re.compile("(?:暂?无|没有)[ ]?[（(，,；;]")


def names_nobody(text: str) -> bool:
    """Whether the value of a field says that there is none."""
    return text in NOTHING or _NOBODY.match(text) is not None


# 船长的责任: what alone is no tail of a heading is one behind 的.
_OWN_DUTIES: Final = re.compile("[的之](责任|职权|权限|任务|义务|权力)$")
# What a heading may say between a name and its 职责 of what they are about.
_TOPIC_ENDS: Final = ("管理", "工作", "建设", "监督")
_SHORTEST_TOPIC: Final = 3
_LONGEST_TOPIC: Final = 8
# A short name before these is the subject of a sentence: 值长|是…责任人
_TELLS_OF: Final = frozenset(["是", "对", "负责", "应", "应当", "须", "必须"])
# What says that there are none heads no duties: 无需负担管理责任.
_DENIES: Final = frozenset("不无未")
# Who a regulation speaks of where it names no post: 作业者职责, 监护人职责.
_HOLDER: Final = re.compile("[\u4e00-\u9fff]{0,8}(?:员工|职工)$|[\u4e00-\u9fff]{1,8}(?:者|人|人员|领导|干部)$")
_OF_HOLDERS: Final = re.compile("职责|责任")


# What makes a unit of a post's word before it: 保安|部
_OFFICES: Final = frozenset("科处组队班课股")
# A rank alone behind the word for a line of work is that post's: 会计|主管. Behind a rank it is another post: 副经理|主管
_RANKS: Final = frozenset(["主管", "经理", "主任", "总监", "主办"])
_RANKED: Final = re.compile("(?:经理|主管|总监|主任|专员|助理|代表|秘书|顾问|[长管])$")
# What kind of paper a file's name says it is, before the post: 管理文件-生产部部长
_PAPER: Final = re.compile(r"[\u4e00-\u9fff]{0,8}(?:文件|手册|制度|资料|体系|汇编|规范|范本|模板|标准)\s?[-—_]{1,2}\s?")


def _is_capitalised(words: Sequence[str]) -> bool:
    """Whether words are a name in English of which only the first has a capital, and no sentence: Front end developer"""
    return (
        1 < len(words) <= _MOST_WORDS
        and words[0][:1].isupper()
        and all(word.isascii() and word.replace("-", "").isalpha() for word in words)
        and not any(_SMALL_WORDS.fullmatch(word.lower()) for word in words)
    )


class Name(NamedTuple):
    """A name found in a string: the text that it is, and its place in the string."""

    text: str
    start: int
    end: int
    unit: str = ""


# Behind the last of some posts: 税务会计等
_AND_OTHERS: Final = re.compile("(?<=.{2})等(?:岗位|职位|人员)?$")


class Heading(NamedTuple):
    """A heading that names a post or a unit, with the word behind the name (岗位职责), if any."""

    kind: str
    name: Name
    tail: str
    number: str = ""


# Who bears duties is told, and none follow: 对现场的安全负管理责任
_BEARS: Final = re.compile("^对|[负担]")


class Names:
    """Questions about names, answered by the title rules of a rulebook.

    A class only to hold the rules and the caches; it has no state that changes an answer.
    """

    def __init__(
        self,
        rules: TitleRules,
        labels: Mapping[str, LabelRule],
        tails: frozenset[str],
        cut: Callable[[str], list[str]],
        is_place: Callable[[str], bool],
    ) -> None:
        self.rules = rules
        self.cut = cut
        self._is_place = is_place
        self._labels = labels
        self._tails = rules.tails | tails
        self._not_starts = tuple(word for word in rules.not_starts if len(word) > 1)
        self._heads = rules.heads | rules.weak_heads | rules.not_heads
        self._company_heads = rules.company_heads | rules.legal_heads
        self._worded_tail = _tail_pattern(rules)
        worded = (*rules.tail_cores, *rules.tail_weak_cores, *rules.tail_joined, *rules.tail_ends)
        self._tail_ends = _last_characters((*self._tails, *worded))
        # The last characters of all that may end a name: most texts are turned down by theirs.
        self._head_ends = _last_characters(self._heads | rules.head_characters)
        self._english_ends = _last_characters(rules.english_heads) | {"s"}
        self._name_ends = self._head_ends | self._english_ends
        self._unit_ends = _last_characters(rules.unit_heads)
        self._any_ends = self._name_ends | self._unit_ends
        # Their last two: of those that end in such a character most are turned down by these.
        self._head_tails = frozenset(head[-2:] for head in rules.heads)
        self._unit_tails = frozenset(head[-2:] for head in rules.unit_heads)
        self._company_ends = _last_characters(self._company_heads)
        self._post_ends = self._head_ends | self._english_ends | _last_characters(NOTHING) | _COUNT_ENDS
        self._heading_ends = self._post_ends | self._unit_ends | self._tail_ends | _NUMBER_ENDS
        self.is_post: Callable[[str], bool] = lru_cache(8_000)(self._is_post)
        self.is_bilingual: Callable[[str], bool] = lru_cache(1_000)(self._is_bilingual)
        self.is_unit: Callable[[str], bool] = lru_cache(8_000)(self._is_unit)
        # The same value is asked for by each label word around it, and again when it is taken.
        self.split: Callable[[str], tuple[Name, ...]] = lru_cache(1_000)(self._split)
        self.are_posts: Callable[[str], bool] = lru_cache(4_000)(self._are_posts)
        # Pass after pass asks what the same line names.
        self.head_of: Callable[[str], str] = lru_cache(8_000)(self._head_of)
        self.is_company: Callable[[str], bool] = lru_cache(4_000)(self._is_company)
        self.post: Callable[[str], Name | None] = lru_cache(4_000)(self._post)
        self.heading: Callable[[str], Heading | None] = lru_cache(4_000)(self._heading)
        # What a label word announces.
        self.rule_of: Final = labels.get

    def _head_of(self, name: str) -> str:
        """The word that ends a post's name, or "".

        "仓储部副经理" gives "经理"; "加工" gives "".
        """
        rules, last = self.rules, name[-1:]
        if last in self._head_ends:
            heads = self._heads
            for length in range(min(_LONGEST_HEAD, len(name)), 1, -1):
                tail = name[-length:]
                if tail in heads:
                    if tail not in rules.not_heads:
                        return tail
                    # 审查岗 is no 查岗: the last character is a word of its own.
                    words = self.cut(name) if last in rules.head_characters and len(name) > length else []
                    return last if len(words) > 1 and words[-1] == last and len(words[-2]) > 1 else ""
            if len(name) > 1 and last in rules.head_characters and _HAN.match(name[-2]):
                return last
        if last not in self._english_ends:
            return ""
        words = _WORD_BORDER.split(name)
        word = words[-1]
        if word.islower() and _is_capitalised(words):
            word = word.capitalize()  # Front end developer
        return word if word in rules.english_heads or word.removesuffix("s") in rules.english_heads else ""

    def ends_of_names(self, text: str, ends: Sequence[int]) -> list[int]:
        """The numbers of the places of a text at which a name may end, by the character before them."""
        lasts = self._any_ends
        return [number for number, end in enumerate(ends) if text[end - 1] in lasts]

    def may_end_post(self, text: str, end: int) -> bool:
        """Whether the name of a post, and not a word for a kind of work, may end at a place of a text."""
        last, heads = text[end - 1], self.rules.heads
        if last not in self._name_ends:
            return False
        if last in self.rules.head_characters or last in self._english_ends:
            return True
        if text[max(0, end - 2) : end] not in self._head_tails:
            return False
        return any(text[begin:end] in heads for begin in range(max(0, end - _LONGEST_HEAD), end - 1))

    def may_end_unit(self, text: str, end: int) -> bool:
        """Whether a unit's name may end at a place of a text: by its last characters."""
        last, heads = text[end - 1], self.rules.unit_heads
        if last not in self._unit_ends or last in heads:
            return last in heads
        if text[max(0, end - 2) : end] not in self._unit_tails:
            return False
        return any(text[begin:end] in heads for begin in range(max(0, end - _LONGEST_UNIT_HEAD), end))

    def _are_posts(self, value: str) -> bool:
        """Whether a value names a post, or several, or says that there is none."""
        if value in ("无", "暂无") or _NOBODY.match(value):
            return True
        # Most are turned down by their last character: it ends no name, no count behind one and no word for none.
        if _ends_in_other_han(value.removesuffix("等"), self._post_ends) or value[0] in "的和与":
            return False
        return all(self.is_post(name.text) for name in self.split(value))

    def _is_post(self, name: str) -> bool:
        if _ends_in_other_han(name, self._name_ends):
            return False
        core = _TAIL_BRACKET.sub("", name)
        if _BAD.search(core) or (core is not name and _BAD_REMARK.search(name, len(core))):
            return False
        if "、" in core:
            core = _INNER_BRACKET.sub("", core)
        if "的" in core and (charge := _LOOKS_AFTER.match(core)):
            core = core[charge.end() :]  # 分管安全的副经理
        if not 2 <= len(core) <= (48 if not _HAN.match(core) else LONGEST_POST):
            return False
        if (
            not core
            or "的" in core
            or (core[0].isdigit() and not _DIMENSION.match(core))
            or ("为" in core and "行为" not in core)
        ):
            return False
        if core.startswith(self.rules.not_starts) and self._begins_as_none(core):
            return False
        if core in self.rules.not_heads or core in self.rules.unit_heads or "职责" in core:
            return False
        if core[-1] in _GRADES and _HAN.match(core[-2]):
            core = core[:-1]  # 会计A beside 会计B
        if self.head_of(core) and "、" not in core:
            return True
        parts = _JOINT.split(core)
        return len(parts) > 1 and all(part and self.head_of(part) for part in parts)

    def _begins_as_none(self, core: str) -> bool:
        """Whether a word begins a name with which none begins; a single character must be a word there: 报|主管, 报关|员."""
        if core.startswith(self._not_starts):
            return True
        return self.cut(core)[0] in self.rules.not_starts

    def _is_bilingual(self, name: str) -> bool:
        """Whether a post's name stands before its English name: 仓库主管 Warehouse Supervisor."""
        match = _BILINGUAL.match(name)
        return match is not None and self.is_post(match["name"])

    def _is_unit(self, name: str) -> bool:
        if name[-1:] not in self._unit_ends:
            return False
        if not 2 <= len(name) <= LONGEST_UNIT or _BAD.search(name) or "的" in name or "｜" in name or "|" in name:
            return False
        rules = self.rules
        if len(name) > 2 and name in rules.unit_heads:
            return True  # 总经办
        if (
            name in rules.not_units
            or name[-4:] in rules.not_units
            or _TELLS.search(name)
            or name.count("、") > 1
            or "等" in name
            or "职责" in name
        ):
            return False
        last = name[-2:]
        word = self.cut(name)[-1] if last in rules.not_units and last not in rules.unit_heads else ""
        if len(word) > 1 and (word in rules.not_units or word.endswith(_TIES)):
            return False
        if name.startswith(rules.not_starts):
            return False
        return any(name[-length:] in rules.unit_heads for length in range(1, min(_LONGEST_UNIT_HEAD, len(name)) + 1))

    def label_of(self, words: str) -> LabelRule | None:
        """The label at the end of a longer wording: 可行使的权力 is about 权力."""
        for start in range(len(words) - 1):
            rule = self._labels.get(words[start:])
            if rule and not rule.keep:
                return rule
        return None

    def _is_company(self, name: str) -> bool:
        if name.endswith(self.rules.english_companies):
            return _ENGLISH_COMPANY.match(name) is not None
        if name[-1:] not in self._company_ends or not 4 <= len(name) <= 30 or _BAD.search(name) or "的" in name:
            return False
        return any(name[-length:] in self._company_heads for length in range(1, min(9, len(name)) + 1))

    def _post(self, value: str) -> Name | None:
        """The name of the post in a field's value, without counts, codes, grades and places behind it.

        "[供应链中心]采购专员（2名）" gives 采购专员 with the unit 供应链中心.
        """
        start, end, unit = 0, len(value), ""
        while start < end and value[start] in " \t\u3000:：-—*#·":
            start += 1
        if end - start > 2 and value[start] in "'\"" and (close := value.rfind(value[start], start + 2, end)) > 0:
            start, end = start + 1, close  # title: "仓管员"
        if (match := _HEAD_BRACKET.match(value[start:end])) and match.end() < end - start:
            inside = match[1]
            if self._is_unit(inside) or inside.endswith(("处", "部", "中心", "室", "科")):
                unit = inside
                start += match.end()
            elif (
                inside in self.rules.ad_starts
                or inside in self._tails
                or _DROPPED_BRACKET.match(inside)
                or self.is_place(inside)
            ):
                start += match.end()
        changed = True
        while changed and end > start:
            changed = False
            while end > start and value[end - 1] in " \t\u3000。；;,，:：.、*#-—":
                end -= 1
            last = value[end - 1 : end]
            if last == "}" and (mark := value.rfind("{", start, end)) > start:
                end, changed = mark, True  # 主持人 {#pi}
                continue
            if last in _SHIFT_ENDS and (match := _TAIL_SHIFT.search(value, start, end)):
                end, changed = match.start(), True
            if (last in _COUNT_ENDS and (match := _TAIL_COUNT.search(value, start, end))) or (
                last in _BRACKET_ENDS
                and (match := _TAIL_BRACKET.search(value, start, end))
                and match.start() > start
                and self._is_beside(match[1].strip())
            ):
                end, changed = match.start(), True
        starts = value.startswith(self.rules.ad_starts, start) and not _RECRUITS.fullmatch(value, start, end)
        for word in self.rules.ad_starts if starts else ():
            is_word = len(word) > 1 or self.cut(value[start:end])[0] == word  # not 招生办主任
            if is_word and value.startswith(word, start) and end - start > len(word) + 1:
                rest = start + len(word)
                # 招 stands before 司机, but not in 招生主任.
                is_word = len(word) > 1 or value[rest] in " :：" or self.cut(value[start:end])[0] == word
                if is_word and self.head_of(value[rest:end]):
                    start = rest
                    while start < end and value[start] in " \t\u3000:：-—":
                        start += 1
                break
        if end - start > 3 and value[start] in "【[" and value[end - 1] in "】]" and value.count(value[start]) == 1:
            start, end = start + 1, end - 1
        text = value[start:end]
        if text in NOTHING or (len(text) < _SHORTEST_NAME and not text.isalnum()):
            return None
        if (praise := _PRAISE.search(text)) and not self.is_post(text) and self.is_post(text[: praise.start()]):
            end = start + praise.start()
        return Name(value[start:end], start, end, unit)

    def is_place(self, word: str) -> bool:
        """Whether a word is the name of a place."""
        return word in self.rules.places or self._is_place(word)

    def _is_beside(self, remark: str) -> bool:
        """Whether what a bracket behind a post's name holds is no part of the name: 兼职，2名."""
        if _DROPPED_BRACKET.match(remark) or self.is_place(remark) or self._are_places(remark):
            return True
        parts = _REMARKS.split(remark)
        return len(parts) > 1 and all(_DROPPED_BRACKET.match(part) or self.is_place(part) for part in parts)

    def _are_places(self, remark: str) -> bool:
        """Whether a remark is a place within a place: 台中西屯."""
        if _TWO_PLACES.match(remark) is None:
            return False
        return self.is_place(remark[:2]) or remark[:2] in self.rules.ad_asides

    def _heading(self, text: str) -> Heading | None:
        """What post or unit a heading names.

        "仓储部经理岗位职责3" names the post 仓储部经理 before 岗位职责; "仓储部职责" the unit 仓储部.
        """
        if not 2 <= len(text) <= 60:
            return None
        if ("-" in text or "—" in text) and (held := _HELD.fullmatch(text)) and self._is_person(held["person"]):
            return self.heading(held["post"])  # 市场部主管-许静
        if _ends_in_other_han(text.rstrip(_MARKS_BEHIND), self._heading_ends):
            return None
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
        bracket = _TAIL_BRACKET.search(text) if text[-1] in ")）" else None
        if bracket and (paper := bracket[0].strip("()（） ")) in self._tails:
            return self.heading(text[: bracket.start()] + paper)  # 仓库主管（岗位说明书）
        end = len(text)
        number = ""
        match = None if _ends_in_other_han(text, _NUMBER_ENDS) else _HEAD_NUMBER.search(text)
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
            return Heading("post", owner, match[1], number) if owner else None
        if found := self._named(text.rstrip(" \t:：")):
            kind, name = found
            return Heading(kind, name, "")
        return None

    def _is_person(self, name: str) -> bool:
        """Whether what looks like a person's name is no word of the language: 区域经理-江苏."""
        return len(name) > 2 or len(self.cut(name)) > 1

    def _owner(self, text: str) -> tuple[str, Name] | None:
        """The post or the unit before a tail that only a heading names so: 各车间主任, 质检科（化验室）, 【动物系】实验室管理人员."""
        if text[:1] == "各" and self.head_of(text) in self.rules.heads and self.is_post(text[1:]):
            return "post", Name(text, 0, len(text))
        if (bracket := _TAIL_BRACKET.search(text)) and self.is_unit(text[: bracket.start()]):
            return "unit", Name(text[: bracket.start()], 0, bracket.start())
        owner, _, owned = text.rpartition("的")
        if (
            len(owner) > 1
            and self.is_unit(owned)
            and (self.is_unit(owner) or self.is_company(owner) or len(owner) == 2)
        ):
            return "unit", Name(text, 0, len(text))  # 粮库的安全委员会
        if (bracket := _HEAD_BRACKET.match(text)) and _HOLDER.fullmatch(text, bracket.end()):
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
        if text[-1:] not in self._tail_ends or _BAD.search(text) or text[0] in _DENIES or _BEARS.search(text):
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

    def _split(self, value: str) -> tuple[Name, ...]:
        """The posts in a relation's value, one by one, also where they run together.

        "广告课主管客服中心主管" gives 广告课主管 and 客服中心主管.
        """
        found: list[Name] = []
        place = 0
        for part in _BETWEEN_POSTS.split(value):
            stripped = _AND_OTHERS.sub("", part.strip(" \u3000。.;；、,，:："))
            if stripped and part not in "、,，;；\n\t":
                offset = place + part.index(stripped)
                found += self._split_part(stripped, offset)
            place += len(part)
        return tuple(found)

    def _split_part(self, part: str, offset: int) -> Iterator[Name]:
        name = self.post(part)
        if name is None or name.text in NOTHING:
            return
        text, start = name.text, name.start + offset
        pieces = _AND.split(text)
        if len(pieces) > 1 and pieces[1] in "/／" and pieces[-1].strip() in _RANKS:
            yield Name(text, start, start + len(text))  # one post under two names: 采购经理/主管
            return
        if len(pieces) > 1 and all(self.head_of(piece.strip()) for piece in pieces[::2]):
            for piece in pieces:
                if (own := piece.strip()) not in ("/", "／", "和", "及", "与"):
                    yield from self._run_together(own, start + piece.index(own))
                start += len(piece)
            return
        yield from self._run_together(text, start)

    def _run_together(self, text: str, start: int) -> Iterator[Name]:
        if len(text) > 4 and _HAN.search(text) and not _IN_CHARGE.match(text):
            begin = place = 0
            words = self.cut(text)
            for word, following in zip(words, [*words[1:], ""], strict=True):
                place += len(word)
                so_far = text[begin:place]
                is_last = following in _RANKS and place + len(following) == len(text)
                if is_last and not _RANKED.search(so_far):
                    continue
                if following and self._ends_post(so_far, word, following) and self.head_of(text):
                    yield Name(so_far, start + begin, start + place)
                    begin = place
            if begin:
                yield Name(text[begin:], start + begin, start + len(text))
                return
        yield Name(text, start, start + len(text))

    def first_post(self, words: Sequence[str]) -> int:
        """How many of the words make a post's name, from the first on; 0 where none begins there.

        Only words that name nothing but posts end one here: running text is full of 销售 and 设计.
        """
        so_far = ""
        for count, word in enumerate(words):
            so_far += word
            if len(so_far) > LONGEST_POST or word in "、的" or (not _HAN.match(word) and _BAD.search(word)):
                return 0
            if word[-1] not in self._name_ends:
                continue
            following = words[count + 1] if count + 1 < len(words) else ""
            if (word in "/／或（(" and count) or not self._ends_post(so_far, word, following or "，"):
                continue
            if self.head_of(so_far) in self.rules.weak_heads or not self.is_post(so_far):
                continue
            return count + 1
        return 0

    def _ends_post(self, so_far: str, word: str, following: str) -> bool:
        """Whether a post ends here in a run of posts: a head word, and what follows is not part of the same name."""
        if len(so_far) < 2 or not self.head_of(so_far) or so_far == "助理":
            return False
        if len(word) == 1 and word in self.rules.head_characters and len(so_far) < 3 and following not in _TELLS_OF:
            return False
        if following[0] in "（()）/／、-":
            return False
        if self.head_of(so_far) in self.rules.weak_heads and self.head_of(following):
            return False  # 客服 + 主管, 后端 + 开发
        if following[0] in "室部" or following in _OFFICES:
            return False  # 中控 + 室主任, 保安 + 部副 + 经理
        if (
            self.head_of(so_far) in self.rules.weak_heads
            and self.is_unit(following)
            and self.is_unit(so_far + following)
        ):
            return False  # 行政 + 人事部经理
        if following == "办公室" and word[-1] in "员师":
            return True  # 档案员 + 办公室主任
        return following not in self.rules.continues


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


def _ends_in_other_han(text: str, ends: frozenset[str]) -> bool:
    """Whether a text's last character is Chinese and none of those given."""
    return "\u4e00" <= text[-1:] <= "\u9fff" and text[-1] not in ends


def _last_characters(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.rstrip("。")[-1:] for word in words)
