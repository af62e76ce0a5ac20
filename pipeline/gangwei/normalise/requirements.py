"""Requirements: category, degree, years of experience and of life, gender, whether it is only a preference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gangwei.model import Entry, Requirement
from gangwei.normalise.numbers import fold
from gangwei.normalise.persons import read_ages_of, read_gender, read_years_of
from gangwei.normalise.requirement_words import NOWHERE, Clause, RequirementGrammar, requirement_grammar
from gangwei.rulebook.typed import CATEGORIES

__all__ = ["read_requirement", "requirement_grammar"]

_LONGEST: Final = 600  # of a requirement: what stands behind is explanation
_CLAUSE: Final = re.compile(r"[^,;。()!\n]+")
_BREAK: Final = re.compile(r"[,;。()!\n]")
_INCLUDED: Final = re.compile(r"\(含[^()]{0,6}\)")
_SPANS: Final = re.compile("[年月]")
_LABEL: Final = re.compile(r"\s*([^:,;。()\s]{1,10})\s*:\s*")
_PURE: Final = re.compile(
    r"\s{0,4}(?:者|可|则|应|将)?\s{0,4}(?:优先|尤佳|更佳|加分|从优|为佳|者佳|更好)(?:考虑|录用|录取|聘用|条件|项|选择)?\s{0,4}\Z"
)
_IF: Final = re.compile(r"\s*(?:如果?|若|倘)(?:具?有|能|为|是|会|持)")
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
_ENGLISH_YEARS: Final = re.compile(r"(?<!\d)(\d{1,2})\s{0,4}\+?\s{0,4}(?:-\s{0,4}\d{1,2}\s{0,4})?(?:or more )?years")
_LICENSABLE: Final = ("操作", "驾驶", "使用", "计算机")
_LICENSED: Final = re.compile(r"[^,;。能]{0,16}(?:证书|执照|资格证|证(?!明|实|券))")
# 专科 is a college only where it stands as a degree; 口腔专科 is a branch of medicine.
_COLLEGE: Final = re.compile(r"\s*(?:[及或]?以上|学历|毕业|文凭|文化|水平|程度|起|生|及|或|[,;。()、/]|\Z)")
_NO_FIELD: Final = ("条件", "要求", "方面", "资格")
_SKILLED: Final = ("能力", "技能", "熟练")
_EXPERIENCED: Final = re.compile(r"[^,;。能]{0,30}(?:经验|经历)")


def read_requirement(entry: Entry, grammar: RequirementGrammar) -> Requirement:
    """What a line asks of the holder of a post."""
    return Requirement(entry, *_meaning(entry.text[:_LONGEST], grammar))


# Category, degree, years, least and greatest age, gender, whether it is a wish only.
_Meaning = tuple[str, str, float | None, int | None, int | None, str, bool]


@lru_cache(20_000)  # posts are copied from each other: the same line comes again in a batch
def _meaning(text: str, grammar: RequirementGrammar) -> _Meaning:
    line = fold(text)
    if "(含" in line:  # bounds are inside in any case
        line = _INCLUDED.sub("", line)
    label, start = _label(line, grammar) if ":" in line else ("", 0)
    clauses = _clauses(line, start, grammar)
    required = [clause for clause in clauses if not clause.preferred and not clause.neutral]
    wished = [clause for clause in clauses if clause.preferred]
    degree = ""
    if label == "education" or "学历" in line or grammar.degree.search(line, start) or "文化程度" in line:
        degree = _degree(line, required, label, grammar) or _degree(line, wished, label, grammar)
    if "years" in line and (english := _ENGLISH_YEARS.search(line)):
        category = label if label in _CATEGORIES else "experience" if not degree else "education"
        return category, degree, float(english[1]), None, None, "", "preferred" in line
    years, years_at = read_years_of(required, label, grammar) if _SPANS.search(line, start) else (None, NOWHERE)
    if years is None and wished:
        years, wished_at = read_years_of(wished, label, grammar)
        years_at = min(years_at, wished_at)
    aged = "岁" in line or "年龄" in line or label == "age"
    low, high, age_at = read_ages_of(required, label) if aged else (None, None, NOWHERE)
    if aged and low is None and high is None and wished:
        low, high, wished_at = read_ages_of(wished, label)
        age_at = min(age_at, wished_at)
    gender, gender_at = read_gender(line, label)
    category = label if label in _CATEGORIES else ""
    if not category:
        stated = {years_at: "experience", age_at: "age", gender_at: "gender"}
        stated.pop(NOWHERE, None)
        category = _category(line, start, stated, clauses, grammar)
    preferred = bool(wished) and (not required or label == "preferred")
    return category, degree, years, low, high, gender, preferred


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


def _clauses(line: str, start: int, grammar: RequirementGrammar) -> list[Clause]:
    all_preferred = "preferred" if start and grammar.preferred.search(line[:start]) else ""
    found: list[Clause] = []
    wishes = all_preferred or grammar.preferred.search(line, start)
    relaxes, neutrals = grammar.relaxed.search(line, start), grammar.neutral.search(line, start)
    if not wishes and not relaxes and not neutrals and not _BREAK.search(line, start):
        return [Clause(start, line[start:], False, False)]
    for match in _CLAUSE.finditer(line, start):
        text = match[0]
        if not text.strip() or (relaxes and grammar.relaxed.search(text)):
            continue
        if not wishes:
            found.append(Clause(match.start(), text, False, bool(neutrals and grammar.neutral.search(text))))
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
        found.append(Clause(match.start(), text, preferred, neutral))
    return found


def _degree(line: str, clauses: list[Clause], label: str, grammar: RequirementGrammar) -> str:
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
        if not grammar.no_degree.match(text, found.end()) and (found[0] != "专科" or _COLLEGE.match(text, found.end()))
    ]


def _is_subject(text: str) -> bool:
    return "专业" in text or "科系" in text


def _category(line: str, start: int, stated: dict[int, str], clauses: list[Clause], grammar: RequirementGrammar) -> str:
    """The category of the fact that stands first in the line."""
    best = min(stated, default=NOWHERE)
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
