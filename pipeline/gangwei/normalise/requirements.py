"""Requirements: category, degree, years of experience and of life, gender, whether it is only a preference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.model import Entry, Requirement
from gangwei.normalise.numbers import DIGITS, DURATION, fold, read_number, read_years
from gangwei.rulebook.typed import CATEGORIES, DEGREES, TypedRules, Words, pattern, senses

_LONGEST: Final = 600  # of a requirement: what stands behind is explanation

_CLAUSE: Final = re.compile(r"[^,;。()!\n]+")
_BREAK: Final = re.compile(r"[,;。()!\n]")
_SPANS: Final = re.compile("[年月]")
_LABEL: Final = re.compile(r"\s*([^:,;。()\s]{1,10})\s*:\s*")
_PURE: Final = re.compile(
    r"\s*(?:者|可|则|应|将)?\s*(?:优先|尤佳|更佳|加分|从优|为佳|者佳|更好)(?:考虑|录用|录取|聘用|条件|项|选择)?\s*\Z"
)
_IF: Final = re.compile(r"\s*(?:如果?|若|倘)(?:具?有|能|为|是|会|持)")
_TWO: Final = rf"(?:\d{{2}}|[{DIGITS}]{{2,3}})"
_AGE: Final = re.compile(
    rf"""(?P<range>(?P<low>{_TWO})\s*(?:周?岁)?\s*[-~—至到]+\s*(?P<high>{_TWO})\s*(?P<year>周?岁))
       | (?P<before>不超过|不得超过|不大于|不高于|小于|低于|未满|不满|须满|年满|已满|满|不小于|不低于|大于|超过|至少|约)?\s*
         (?P<age>{_TWO})\s*周?岁(?:\s*\(含\)?\s*\)?)?(?P<behind>左右|上下|前后|以上|及以上|或以上|以下|及以下|或以下|以内|之内|之间|内)?""",
    re.VERBOSE,
)
_BARE_AGE: Final = re.compile(
    rf"年龄(?:要求|范围|限制)?[:在为\s]{{0,3}}(?P<low>{_TWO})(?:\s*[-~—至到]+\s*(?P<high>{_TWO}))?(?P<behind>以上|以下|以内)?(?![\d年月])"
)
_GENDER: Final = re.compile(
    r"""(?P<any>男女不限|男女均可|男女皆可|不限男女|男女不拘|男、?女均可|性别(?:要求)?[:为]?\s*(?:不限|不拘|均可|无要求|男女|无限制|不要求))
      | (?:性别(?:要求)?[:为]?\s*|仅?限|只[限招])(?P<stated>男|女)
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
_NO_CERTIFICATE: Final = re.compile(r"(?:保|验|论|见|凭|身份|签|公|查|取|佐|求|印)\Z")
_NOT_LANGUAGE: Final = ("专业", "教学", "教师", "教育", "培训", "老师", "授课", "辅导", "课程")
_CATEGORIES: Final = frozenset(CATEGORIES)
_RANK: Final = {
    "primary": 0,
    "junior": 1,
    "high": 2,
    "vocational": 2,
    "college": 3,
    "bachelor": 4,
    "master": 5,
    "doctor": 6,
}
_ENGLISH_YEARS: Final = re.compile(r"(?<!\d)(\d{1,2})\s*\+?\s*(?:-\s*\d{1,2}\s*)?(?:or more )?years")
_LICENSABLE: Final = ("操作", "驾驶", "使用", "计算机")
_LICENSED: Final = re.compile(r"[^,;。能]{0,16}(?:证书|执照|资格证|证(?!明|实|券))")
_NO_FIELD: Final = ("条件", "要求", "方面", "资格")
_SKILLED: Final = ("能力", "技能", "熟练")
_EXPERIENCED: Final = re.compile(r"[^,;。能]{0,30}(?:经验|经历)")
_MOST_YEARS: Final = 40
_NOWHERE: Final = 1_000_000_000  # behind any place


class _Clause(NamedTuple):
    """A stretch of the line between commas: its place, its text, whether it states a preference or no fact."""

    start: int
    text: str
    preferred: bool
    neutral: bool


class RequirementGrammar:
    """The words of requirements, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        groups = rules.requirements
        self.cues: Final = Words(senses(groups, (*CATEGORIES, "knowing")))
        self.labels: Final = senses(groups, CATEGORIES, "label ")
        self.degrees: Final = senses(groups, DEGREES)
        self.degree: Final = pattern(self.degrees)
        self.no_degree: Final = pattern(groups["no degree"])
        self.fields: Final = Words(
            {**dict.fromkeys(groups["tool"], "skill"), **dict.fromkeys(groups["field"], "knowledge")}
        )
        self.preferred: Final = pattern(groups["preferred"])
        self.any: Final = pattern(groups["any"])
        self.relaxed: Final = pattern(groups["relaxed"])
        self.other_years: Final = pattern(groups["other years"])
        self.neutral: Final = pattern(groups["neutral"])
        self.doing: Final = pattern(groups["doing"])
        self.parts: Final = pattern(groups["part"])


@lru_cache(maxsize=4)
def requirement_grammar(rules: TypedRules) -> RequirementGrammar:
    """The grammar of requirements of a rulebook."""
    return RequirementGrammar(rules)


def read_requirement(entry: Entry, grammar: RequirementGrammar) -> Requirement:
    """What a line asks of the holder of a post."""
    line = fold(entry.text[:_LONGEST])
    label, start = _label(line, grammar) if ":" in line else ("", 0)
    clauses = _clauses(line, start, grammar)
    required = [clause for clause in clauses if not clause.preferred and not clause.neutral]
    wished = [clause for clause in clauses if clause.preferred]
    degree = ""
    if label == "education" or "学历" in line or grammar.degree.search(line, start) or "文化程度" in line:
        degree = _degree(line, required, label, grammar) or _degree(line, wished, label, grammar)
    if "years" in line and (english := _ENGLISH_YEARS.search(line)):
        return Requirement(entry, label if label in _CATEGORIES else "experience" if not degree else "education", degree, float(english[1]), preferred="preferred" in line)
    years, years_at = _years(required, label, grammar) if _SPANS.search(line, start) else (None, _NOWHERE)
    if years is None and wished:
        years, wished_at = _years(wished, label, grammar)
        years_at = min(years_at, wished_at)
    aged = "岁" in line or "年龄" in line or label == "age"
    low, high, age_at = _ages(required, label, grammar) if aged else (None, None, _NOWHERE)
    if aged and low is None and high is None and wished:
        low, high, wished_at = _ages(wished, label, grammar)
        age_at = min(age_at, wished_at)
    gender, gender_at = _gender(line, label)
    category = label if label in _CATEGORIES else ""
    if not category:
        stated = {years_at: "experience", age_at: "age", gender_at: "gender"}
        stated.pop(_NOWHERE, None)
        category = _category(line, start, stated, clauses, grammar)
    preferred = bool(wished) and (not required or label == "preferred")
    return Requirement(entry, category, degree, years, low, high, gender, preferred)


def _label(line: str, grammar: RequirementGrammar) -> tuple[str, int]:
    """The category that a label in front of a colon gives ("preferred" for 加分项), and where the value begins."""
    found = _LABEL.match(line)
    if not found:
        return "", 0
    word = found[1]
    category = grammar.labels.get(word) or grammar.labels.get(word.removesuffix("要求")) or ""
    if not category and grammar.preferred.search(word):
        category = "preferred"
    # A label that names no field of ours says nothing of the value: 专业条件:信贷条线8年以上.
    return category, found.end() if category or word.endswith(_NO_FIELD) else 0


def _clauses(line: str, start: int, grammar: RequirementGrammar) -> list[_Clause]:
    all_preferred = "preferred" if start and grammar.preferred.search(line[:start]) else ""
    found: list[_Clause] = []
    wishes = all_preferred or grammar.preferred.search(line, start)
    relaxes, neutrals = grammar.relaxed.search(line, start), grammar.neutral.search(line, start)
    if not wishes and not relaxes and not neutrals and not _BREAK.search(line, start):
        return [_Clause(start, line[start:], False, False)]
    for match in _CLAUSE.finditer(line, start):
        text = match[0]
        if not text.strip() or (relaxes and grammar.relaxed.search(text)):
            continue
        if not wishes:
            found.append(_Clause(match.start(), text, False, bool(neutrals and grammar.neutral.search(text))))
            continue
        if _PURE.match(text) and found:
            # 优先 by itself speaks of the clauses before it, back to the end of a sentence.
            for place in range(len(found) - 1, -1, -1):
                if found[place].preferred or (
                    place < len(found) - 1 and "。" in line[found[place].start : found[place + 1].start]
                ):
                    break
                found[place] = found[place]._replace(preferred=True)
                if ";" in line[found[place].start - 1 : found[place].start]:
                    break
            continue
        preferred = bool(all_preferred or grammar.preferred.search(text))
        neutral = not preferred and bool(grammar.neutral.search(text))
        if preferred and found and not found[-1].preferred and _IF.match(found[-1].text):
            found[-1] = found[-1]._replace(preferred=True)
        found.append(_Clause(match.start(), text, preferred, neutral))
    return found


def _degree(line: str, clauses: list[_Clause], label: str, grammar: RequirementGrammar) -> str:
    """The lowest degree of the clauses, of equals the first."""
    lowest = ""
    for clause in clauses:
        for _, word in _degree_words(clause.text, grammar):
            degree = grammar.degrees[word]
            if not lowest or _RANK[degree] < _RANK[lowest]:
                lowest = degree
    if not lowest and ("学历" in line or label == "education" or "文化程度" in line):
        for clause in clauses:
            if grammar.any.search(clause.text) and (
                "学历" in clause.text or "文化程度" in clause.text or (label == "education" and not _is_subject(line))
            ):
                return "any"
    return lowest


def _degree_words(text: str, grammar: RequirementGrammar) -> list[tuple[int, str]]:
    """The degree words of a text that no school or subject follows (高中教师)."""
    return [
        (found.start(), found[0])
        for found in grammar.degree.finditer(text)
        if not grammar.no_degree.match(text, found.end())
    ]


def _is_subject(text: str) -> bool:
    return "专业" in text or "科系" in text


def _years(clauses: list[_Clause], label: str, grammar: RequirementGrammar) -> tuple[float | None, int]:
    """The years of experience that the clauses ask for, and where they are first stated."""
    overall, overall_is_part, place, inner = None, False, _NOWHERE, False
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


def _ages(clauses: list[_Clause], label: str, grammar: RequirementGrammar) -> tuple[int | None, int | None, int]:
    low: int | None = None
    high: int | None = None
    place = _NOWHERE
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


def _gender(line: str, label: str) -> tuple[str, int]:
    if "男" not in line and "女" not in line and "性别" not in line:
        return "", _NOWHERE
    found = _GENDER.search(line)
    if not found:
        return "", _NOWHERE
    if found["any"] or (label == "gender" and "不限" in line):
        return "any", found.start()
    return ("male" if (found["stated"] or found["alone"]) == "男" else "female"), found.start()


def _category(
    line: str, start: int, stated: dict[int, str], clauses: list[_Clause], grammar: RequirementGrammar
) -> str:
    """The category of the fact that stands first in the line."""
    best = min(stated, default=_NOWHERE)
    category = stated.get(best, "")
    for place, word in grammar.cues.each(line, start):
        if place > best:
            break
        sense = grammar.cues.senses[word]
        behind = place + len(word)
        if word == "证" and (
            _NO_CERTIFICATE.search(line[:place]) or line[behind : behind + 1] in tuple("明实券据件监")
        ):
            continue
        if sense == "language" and line.startswith(_NOT_LANGUAGE, behind):
            continue
        if word[0].isdigit() and line[place - 1 : place].isdigit():
            continue
        if word == "岁" or (sense == "age" and place == best):
            continue
        best, category = place, sense
        if sense == "knowing":
            category = _known(line, behind, grammar)
        elif sense == "skill" and not word.endswith(_SKILLED) and _EXPERIENCED.match(line, behind):
            category = "experience"
        elif sense == "skill" and word in _LICENSABLE and _LICENSED.match(line, behind):
            category = "certificate"
        break
    if grammar.degree.search(line, start):
        for clause in clauses:
            if clause.start <= best and any(clause.start + at <= best for at, _ in _degree_words(clause.text, grammar)):
                return "education"
    return category or _untold(line, grammar)


def _untold(line: str, grammar: RequirementGrammar) -> str:
    """The category of a line without any cue: of a field, of a deed, or other."""
    sense = ""
    for _, word in grammar.fields.each(line):
        sense = grammar.fields.senses[word]
    return sense or ("skill" if grammar.doing.search(line) else "other")


def _known(line: str, place: int, grammar: RequirementGrammar) -> str:
    """Skill where a tool is what one knows, knowledge where a field is: the last such word of the clause tells."""
    end = next((at for at in range(place, len(line)) if line[at] in ",;。"), len(line))
    sense = ""
    for _, word in grammar.fields.each(line[place:end]):
        sense = grammar.fields.senses[word]
    if sense or "能力" in line[place:end]:
        return "skill" if "能力" in line[place:end] else sense
    return "skill" if any(character.isascii() and character.isalpha() for character in line[place:end]) else "knowledge"
