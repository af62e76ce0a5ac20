"""What a requirement says of a person: years of experience, years of life, gender."""

from __future__ import annotations

import re
from typing import Final

from gangwei.normalise.numbers import DIGITS, DURATION, read_number, read_years
from gangwei.normalise.requirement_words import NOWHERE, Clause, RequirementGrammar

_TWO: Final = rf"(?:\d{{2}}|[{DIGITS}]{{2,3}})"
_AGE: Final = re.compile(
    rf"""(?P<range>(?P<low>{_TWO})\s{{0,4}}(?:周?岁)?\s{{0,4}}[-~—至到]+\s{{0,4}}(?P<high>{_TWO})\s{{0,4}}(?P<year>周?岁))
       | (?P<before>不超过|不得超过|不大于|不高于|小于|低于|未满|不满|须满|年满|已满|满|不小于|不低于|大于|超过|至少|约)?\s{{0,4}}
         (?P<age>{_TWO})\s{{0,4}}周?岁(?:\s{{0,4}}\(含\)?\s{{0,4}}\)?)?(?P<behind>左右|上下|前后|以上|及以上|或以上|以下|及以下|或以下|以内|之内|之间|内)?""",
    re.VERBOSE,
)
_BARE_AGE: Final = re.compile(
    rf"年龄(?:要求|范围|限制)?[:在为\s]{{0,3}}(?P<low>{_TWO})(?:\s*[-~—至到]+\s*(?P<high>{_TWO}))?(?P<behind>以上|以下|以内)?(?![\d年月])"
)
_GENDER: Final = re.compile(
    r"""(?P<any>男女不限|男女均可|男女皆可|不限男女|男女不拘|男、?女均可|性别(?:要求)?[:为]?\s*(?:不限|不拘|均可|无要求|男女|无限制|不要求))
      | (?:性别(?:要求)?[:为]?\s*|仅?限|[只仅限专]招|只限)(?P<stated>男|女)
      | (?:\A|(?<=[,;。:()\s、]))(?P<alone>男|女)(?:性|士|生)?(?=者?\s*(?:优先|为佳|尤佳|佳|\Z|[,;。()、]))""",
    re.VERBOSE,
)
_LOWER: Final = frozenset(["以上", "及以上", "或以上"])
_UPPER: Final = frozenset(["以下", "及以下", "或以下", "以内", "之内", "内"])
_LOWER_BEFORE: Final = frozenset(["须满", "年满", "已满", "满", "不小于", "不低于", "大于", "超过", "至少"])
_UPPER_BEFORE: Final = frozenset(["不超过", "不得超过", "不大于", "不高于", "小于", "低于", "未满", "不满"])
_YEARS_UPPER: Final = ("以内", "以下", "之内", "内")
_RECENT: Final = ("近", "最近", "过去", "前", "第", "每", "未来", "连续")
_EXPERIENCE: Final = re.compile(r"经验|经历|从业|工作|从事|工龄|年限|以上|满|资历|至少|担任|\A\s*(?:经验|资历)")
_MOST_YEARS: Final = 40


def read_years_of(clauses: list[Clause], label: str, grammar: RequirementGrammar) -> tuple[float | None, int]:
    """The years of experience that the clauses ask for, and where they are first stated."""
    overall, overall_is_part, place, inner = None, False, NOWHERE, False
    spare: float | None = None
    for clause in clauses:
        text = clause.text
        if "年" not in text and "月" not in text:
            continue
        inner = "其中" in text
        for found in DURATION.finditer(text):
            years = read_years(found)
            before, behind = text[: found.start()], text[found.end() : found.end() + 3].lstrip()
            if years is None or years > _MOST_YEARS or before.endswith(_RECENT) or behind.startswith(_YEARS_UPPER):
                continue
            if (
                grammar.other_years.search(text)
                or before[-1:].isdigit()
                or not (label == "experience" or _EXPERIENCE.search(text))
            ):
                continue
            place = min(place, clause.start + found.start())
            if inner and "其中" in before:
                spare = years if spare is None else spare
            elif overall is None:
                overall, overall_is_part = years, bool(grammar.parts.search(text, found.end()))
            elif overall_is_part and years > overall and not grammar.parts.search(text, found.end()):
                overall, overall_is_part = years, False
    return (spare if overall is None else overall), place


def read_ages_of(clauses: list[Clause], label: str) -> tuple[int | None, int | None, int]:
    low: int | None = None
    high: int | None = None
    place = NOWHERE
    for clause in clauses:
        text = clause.text
        if "岁" not in text and "年龄" not in text and label != "age":
            continue
        for found in _AGE.finditer(text):
            place = min(place, clause.start + found.start())
            if found["range"]:
                low, high = low or _whole(found["low"]), high or _whole(found["high"])
            elif found["behind"] in _LOWER or found["before"] in _LOWER_BEFORE:
                low = low or _whole(found["age"])
            elif found["behind"] in _UPPER or found["before"] in _UPPER_BEFORE:
                high = high or _whole(found["age"])
        if low is None and high is None and "岁" not in text:
            bare = _BARE_AGE.search(text if "年龄" in text else "年龄:" + text.lstrip())
            if bare and bare["high"]:
                low, high = _whole(bare["low"]), _whole(bare["high"])
            elif bare and bare["behind"]:
                low, high = (_whole(bare["low"]), None) if bare["behind"] == "以上" else (None, _whole(bare["low"]))
    return low, high, place


def _whole(text: str) -> int | None:
    value = read_number(text)
    return int(value) if value is not None else None


def read_gender(line: str, label: str) -> tuple[str, int]:
    if "男" not in line and "女" not in line and "性别" not in line:
        return "", NOWHERE
    found = _GENDER.search(line)
    if not found:
        return "", NOWHERE
    if found["any"] or (label == "gender" and "不限" in line):
        return "any", found.start()
    return ("male" if (found["stated"] or found["alone"]) == "男" else "female"), found.start()
