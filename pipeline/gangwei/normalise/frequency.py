"""How often: 每月5日前 month, 每两小时 2 hours, 定期 regular; a period that belongs to the object is none."""

from __future__ import annotations

import re
from typing import Final

from gangwei.normalise.numbers import DIGITS, print_number, read_number
from gangwei.rulebook.typed import Words

_NUMBER: Final = rf"(?:\d{{1,3}}|[{DIGITS}]{{1,3}}|半)"
_MEASURE: Final = (
    "次|场|遍|轮|份|家|个|名|篇|回|趟|项|件|条|户|人次|家次|车次|台次|户次|人|节|期|台|小时|课时|张|组|批|间|位|套|期"
)
# A count of things or times, as it stands before or behind an object.
COUNT: Final = rf"(?:至少|最少|不少于|不低于|不超过|不得少于|约|各|共|大于|达到?)?\s{{0,4}}(?:\d{{1,5}}(?:[-~]\d{{1,5}})?|[{DIGITS}]{{1,4}}(?:至[{DIGITS}]{{1,3}})?)\s{{0,4}}(?:{_MEASURE})(?:以上|左右|以内)?"

# The same where it stands before an object and can be no part of it: 一次 and the like.
TIMES: Final = rf"(?:至少|最少|不少于|不低于)?\s{{0,4}}(?:\d{{1,5}}|[{DIGITS}]{{1,4}})\s{{0,4}}(?:次|场|遍|轮|份|篇|回|趟|期)(?:以上)?"

_PERIODS: Final = {
    **{
        "小时": "hour",
        "钟头": "hour",
        "班次": "shift",
        "班": "shift",
        "日": "day",
        "天": "day",
        "晚": "day",
        "早": "day",
        "晨": "day",
    },
    **{
        "周": "week",
        "星期": "week",
        "礼拜": "week",
        "旬": "10 days",
        "月": "month",
        "季度": "quarter",
        "季": "quarter",
    },
    **{"半年": "half-year", "学期": "term", "学年": "year", "年度": "year", "年": "year"},
}
_SPAN: Final = "小时|钟头|班次|班(?!组|级|主|子|车|长|委|有|干|人)|日|天|晚|早|晨|周(?!期|转|边|密|到|年|岁|长|报|会)|星期|礼拜|旬|月|季度|季|半年|学期|学年|年度|年"
_DAY: Final = rf"(?:\s{{0,4}}(?:[一二三四五六日末]|{_NUMBER}[日号]?)(?=[、和至到-]|上午|下午|晚|早|前|之前|以前|[^\d、\u5e74\u6708次场名个]|\Z)(?:[、和至到-]\s{{0,4}}(?:周|星期)?(?:[一二三四五六日]|\d{{1,2}}[日号]))*)?"
# A period as an adverb: 每两周, 按月, 逐日, 每月5日前, 月底, 定期. What follows 每月 as a day counts with it.
PHRASE: Final = re.compile(
    rf"""(?:(?:每|逐|按(?!(?:日|周|月|季|季度|年|年度)(?:度)?计划)|隔)\s{{0,4}}(?:隔)?(?P<many>{_NUMBER})?\s{{0,4}}(?:个)?(?P<span>{_SPAN}){_DAY}(?:[前后底初末中内]|之前|以前|上午|下午|晚上|早上|期间)?(?:[一二两三四五六七八九十\d]+次)?
       | (?P<end>(?:每)?(?:月底|月末|月初|月中|每月底)|(?:年终|年底|年末|年初|岁末)|(?:季末|季初|季度末|季度初)|(?:周末(?=[前后,上盘])|周初)|(?:期末|期初|学期末|学期初))前?
       | (?P<day>{_NUMBER}[日号](?:之?前|以前)) | (?P<weekday>(?:逢)?(?:周|星期)[一二三四五六日](?:[、和至到-](?:周|星期)?[一二三四五六日])*(?:上午|下午|前)?)
       | (?P<whole>全年|年均)(?=不少于|不低于|至少|累计|\d)
       | (?P<irregular>不定期) | (?P<both>定期(?:或|和|与|、)不?定期) | (?P<regular>定期)(?!存款|寿险|贷款)
       )(?:地)?""",
    re.VERBOSE,
)
_ENDS: Final = {"月": "month", "年": "year", "岁": "year", "季": "quarter", "周": "week", "期": "term", "学": "term"}
_PLURALS: Final = {
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "shift": "shifts",
    "term": "terms",
}
_LIGHT: Final = ("进行", "做好", "开展", "组织", "负责", "参加", "实施", "要求", "坚持", "保证", "做到", "并")
_HINT: Final = re.compile(
    "[每逐按隔]|月[底末初中]|年[终底末初]|岁末|季[末初度]|周[末初一二三四五六日]|星期|期[末初]|[日号][之以]?前|定期|全年|年均"
)


def read_frequency(line: str, verbs: Words) -> str:
    """How often a duty is done, empty where it does not say.

    >>> words = Words({"编制": "verb", "提交": "verb"})
    >>> [read_frequency(text, words) for text in ("每两小时巡查厂区", "每月5日前提交报表", "编制年度计划", "定期回访客户")]
    ['2 hours', 'month', '', 'regular']
    """
    hint = _HINT.search(line)
    if not hint:
        return ""
    for found in PHRASE.finditer(line, max(0, hint.start() - 3)):
        if _belongs_to_object(line, found, verbs):
            continue
        return _sense(found)
    return ""


def _belongs_to_object(line: str, found: re.Match[str], verbs: Words) -> bool:
    """Whether a verb stands right before the period and a name behind it: 制定每月工作计划."""
    start, end = found.span()
    before = line[max(0, start - 2) : start]
    if len(before) == 2 and before in verbs.senses and not before.endswith(_LIGHT):
        behind = line[end : end + 1]
        return bool(behind) and not (behind.isdigit() or behind in "至不,;。一二两三四五")
    if found["end"]:
        return bool(before) and before[-1] in "的、"
    return bool(before) and before[-1] in "本上下当全"


def _sense(found: re.Match[str]) -> str:
    if span := found["span"]:
        sense = _PERIODS[span]
        many = read_number(found["many"]) if found["many"] else None
        if many == 0.5:
            return "half-year" if sense == "year" else ""
        if found[0].startswith("隔") and many is None and sense in ("day", "week"):
            many = 2.0
        if many is None or many == 1 or " " in sense or sense == "half-year":
            return sense
        return f"{print_number(many)} {_PLURALS[sense]}"
    if found["end"]:
        return _ENDS[found["end"].removeprefix("每")[0]]
    if found["whole"]:
        return "year"
    if found["day"]:
        return "month"
    if found["weekday"]:
        return "week"
    return "irregular" if found["irregular"] else "regular"
