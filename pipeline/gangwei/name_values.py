"""The names in the value of a field: of a post without its counts, codes and grades, or of several, also run together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.name_kinds import BAD, HAN, LONGEST_POST, TAIL_BRACKET, NameKinds, ends_in_other_han, last_characters
from gangwei.rulebook.labels import LabelRule
from gangwei.rulebook.titles import TitleRules

_SHORTEST_NAME: Final = 2
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
      | (?:全职|兼职|全职/兼职|急聘|急招|急[!！]*|诚聘|高薪.*|\d{{0,2}}[-~—]?\d{{1,2}}年(?:以上|及以上)?(?:工作|相关)?经验.*|欢迎.*|实习|社招|校招|热招|新增|应届.*|可实习|可兼职|五险一金.*|包吃住|双休|长期|短期|远程|驻外|长期有效|半职|暑期|寒假|假期|正职|正式|在职|坐班|夜班|白班|早班|晚班|夜间|白天|周末|假日|轮班|急征|缺|远端|可远端|可远程|计时(?:人员)?|(?:全职|兼职|约聘)人员|(?:无|免|不需|无需)经验.{{0,3}})
      | .{{0,4}}编[内外制].{{0,4}}
      | (?:可?根?据|可|按|视).{{0,12}}(?:设置|设立|调整) | (?:部分|个别|大型|较大).{{0,6}}(?:设置|设立|设) | 可选 | 如有 | 视情况.*
      | .*(?:即可|均可|也可|亦可|皆可)[.。!！]? | (?:学生|在职|在校生)(?:加入|可?报名|参与)?(?:[/／、和或]?(?:学生|在职|在校生)(?:加入|可?报名|参与)?){{0,2}}
      | .{{1,8}}兼任? | .*(?:要求|可|须|需要|能接受|优先|以上|限).{{2,}}
    )$""",
    re.VERBOSE,
)
# Who recruits, and is not wanted: 招聘专员.
_RECRUITS: Final = re.compile("招聘(?:专员|主管|经理|总监|顾问|专家|负责人|专责|管理师|业务伙伴|培训专员|培训主管)")
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
HEAD_BRACKET = re.compile(r"^[\[【(（〔]([^\[\]【】()（）〔〕]{2,16})[\]】)）〕]\s*")
# A vacancy's number before the name: T001 测试员
_CODE: Final = re.compile(r"(?!ISO|GB)[A-Z]{1,4}-?\d{2,6}[ .、:：]{1,2}(?=[【\[（(]?[\u4e00-\u9fff]{2})")
# A deputy by what he looks after: 主管业务副站长 is one post.
_IN_CHARGE: Final = re.compile("(?:主管|分管)[\u4e00-\u9fff]{0,8}副[\u4e00-\u9fff]{1,4}$")
_BETWEEN_POSTS: Final = re.compile(r"([、,，;；\n\t]|\s{2,}|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]))")
_AND: Final = re.compile(r"([/／]|和|及|与)")
# What the texts end with that _TAIL_COUNT, TAIL_BRACKET and _HEAD_NUMBER find, and the marks that a heading may end with.
_COUNT_ENDS: Final = frozenset("名人位个上右\n")
_SHIFT_ENDS: Final = frozenset("班倒职招聘期住休限")
_BRACKET_ENDS: Final = frozenset(")）]】\n")
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
# A short name before these is the subject of a sentence: 值长|是…责任人
_TELLS_OF: Final = frozenset(["是", "对", "负责", "应", "应当", "须", "必须"])
# What makes a unit of a post's word before it: 保安|部
_OFFICES: Final = frozenset("科处组队班课股")
_LINES_OF_WORK: Final = frozenset(["内勤", "外勤", "会计", "出纳", "文秘", "后勤", "采购", "仓储"])
# Behind two words these say that both name a unit: 财务|内控|部
_UNIT_WORDS: Final = frozenset(["部", "科", "处", "室", "课", "股", "中心"])
# A rank alone behind the word for a line of work is that post's: 会计|主管. Behind a rank it is another post: 副经理|主管
_RANKS: Final = frozenset(["主管", "经理", "主任", "总监", "主办"])
_RANKED: Final = re.compile("(?:经理|主管|总监|主任|专员|助理|代表|秘书|顾问|[长管])$")
# Behind the last of some posts: 税务会计等
_AND_OTHERS: Final = re.compile("(?<=.{2})等(?:岗位|职位|人员)?$")


def names_nobody(text: str) -> bool:
    """Whether the value of a field says that there is none."""
    return text in NOTHING or _NOBODY.match(text) is not None


class Name(NamedTuple):
    """A name found in a string: the text that it is, and its place in the string."""

    text: str
    start: int
    end: int
    unit: str = ""


class NameValues(NameKinds):
    """Which names the value of a field holds."""

    def __init__(
        self,
        rules: TitleRules,
        labels: Mapping[str, LabelRule],
        tails: frozenset[str],
        cut: Callable[[str], list[str]],
        is_place: Callable[[str], bool],
    ) -> None:
        super().__init__(rules, labels, cut, is_place)
        self._tails = rules.tails | tails
        self._post_ends = self._head_ends | self._english_ends | last_characters(NOTHING) | _COUNT_ENDS
        # The same value is asked for by each label word around it, and again when it is taken.
        self.split: Callable[[str], tuple[Name, ...]] = lru_cache(1_000)(self._split)
        self.are_posts: Callable[[str], bool] = lru_cache(4_000)(self._are_posts)
        self.post: Callable[[str], Name | None] = lru_cache(4_000)(self._post)

    def _are_posts(self, value: str) -> bool:
        """Whether a value names a post, or several, or says that there is none."""
        if value in ("无", "暂无") or _NOBODY.match(value):
            return True
        # Most are turned down by their last character: it ends no name, no count behind one and no word for none.
        if ends_in_other_han(value.removesuffix("等"), self._post_ends) or value[0] in "的和与":
            return False
        return all(self.is_post(name.text) for name in self.split(value))

    def _post(self, value: str) -> Name | None:
        """The name of the post in a field's value, without counts, codes, grades and places behind it.

        "[供应链中心]采购专员（2名）" gives 采购专员 with the unit 供应链中心.
        """
        start, end, unit = 0, len(value), ""
        while start < end and value[start] in " \t\u3000:：-—*#·":
            start += 1
        if "A" <= value[start : start + 1] <= "Z" and (code := _CODE.match(value, start)):
            start = code.end()  # MMP05 【计时】包装员
        if end - start > 2 and value[start] in "'\"" and (close := value.rfind(value[start], start + 2, end)) > 0:
            start, end = start + 1, close  # title: "仓管员"
        if (match := HEAD_BRACKET.match(value[start:end])) and match.end() < end - start:
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
                and (match := TAIL_BRACKET.search(value, start, end))
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
        if len(pieces) > 1 and pieces[1] in "与和及" and self._are_of_unit(pieces[0].strip(), pieces[2].strip()):
            yield Name(text, start, start + len(text))
            return
        if len(pieces) > 1 and all(self.head_of(piece.strip()) for piece in pieces[::2]):
            for piece in pieces:
                if (own := piece.strip()) not in ("/", "／", "和", "及", "与"):
                    yield from self._run_together(own, start + piece.index(own))
                start += len(piece)
            return
        yield from self._run_together(text, start)

    def _are_of_unit(self, first: str, second: str) -> bool:
        """Whether two words joined by an and name the unit of one post: 客服与|呼叫中心部主任"""
        rank = self.head_of(second)
        is_led = rank != second and self.is_unit(second.removesuffix(rank))
        return is_led and self.head_of(first) == first and first in self.rules.weak_heads

    def _run_together(self, text: str, start: int) -> Iterator[Name]:
        if len(text) > 4 and HAN.search(text) and not _IN_CHARGE.match(text):
            begin = place = 0
            words = self.cut(text)
            for word, following, third in zip(words, [*words[1:], ""], [*words[2:], "", ""], strict=False):
                place += len(word)
                so_far = text[begin:place]
                if third in _UNIT_WORDS and self.head_of(so_far) in self.rules.weak_heads:
                    continue  # 财务 + 内控 + 部 + 部长
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
            if len(so_far) > LONGEST_POST or word in "、的" or (not HAN.match(word) and BAD.search(word)):
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
        if following[0] == "副" and word in _LINES_OF_WORK:
            return False  # 内勤 + 副经理
        if following == "办公室" and word[-1] in "员师":
            return True  # 档案员 + 办公室主任
        return following not in self.rules.continues
