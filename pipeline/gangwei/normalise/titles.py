"""Titles: the name in full, the posts of a title that names two, the level by its head word, the function."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.normalise.numbers import fold
from gangwei.rulebook.typed import FUNCTIONS, LEVELS, Endings, TypedRules, Words, pairs, senses

LONGEST: Final = 60  # of a title: behind that it is no name, and its tail tells the head word all the same

_ASIDE: Final = re.compile(r"[(（\[【][^)）\]】]{0,80}[)）\]】]|\s+")
_BRACKET: Final = re.compile(r"\(([^()]{0,40})\)")
_SECOND: Final = re.compile(r"\(\s*兼任?([^()]{2,20})\)")  # 设备管理员(兼安全员)
_JOINT: Final = re.compile(r"(?:(?<!\s)\s++)?(?:[/|、]|(?<=[^\s/|、(])兼任?(?!职)|(?<=[^\s/|、(])或者?)\s*+")
_LATIN: Final = re.compile(r"(?<![A-Za-z0-9.+#&])[A-Za-z0-9.+#&]++\Z")
_LATIN_END: Final = re.compile(r"[A-Za-z0-9.)]\Z")
_GRADE: Final = re.compile(r"(?:(?<![\sIVⅠⅡⅢⅣⅤ0-9一二三四五六])[\sIVⅠⅡⅢⅣⅤ0-9一二三四五六]++级?|岗位?|\([^()]*+)\Z")
_DEPUTY: Final = re.compile(r"(?:常务|执行)?副?\Z")
_CHIEF: Final = re.compile(r"首席.{1,8}官\Z")
_SCHOOL: Final = re.compile(r"高级(?=中学|职业|技校|会所)")
_TEACHES: Final = re.compile(r"(?:实习|见习|储备)(?=指导|管理|基地|教学|粮|物资|土地|库)")


class Title(NamedTuple):
    """What a title says: see ../shared/TYPED.md, section Titles."""

    full: str
    level: str
    function: str
    variants: tuple[str, ...]


class TitleGrammar:
    """The words of titles, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        levels, functions = rules.levels, rules.functions
        heads = {word.lower(): level for word, level in senses(levels, LEVELS).items()}
        self.heads: Final = Endings(heads)
        self.posts: Final = Endings({**dict.fromkeys((word.lower() for word in levels["post"]), "staff"), **heads})
        self.borrowing: Final = Endings(dict.fromkeys(levels["borrowing"], "borrowing"))
        self.learning: Final = Words(dict.fromkeys(levels["learning"], "trainee"))
        self.raising: Final = Words({word.lower(): "senior" for word in levels["raising"]})
        self.assisting: Final = Words(dict.fromkeys(levels["assisting"], "assistant"))
        self.bank_posts: Final = Endings(dict.fromkeys(levels["bank_post"], "staff"))
        self.bank_signs: Final = Words(dict.fromkeys(levels["bank_sign"], "bank"))
        self.weak: Final = Words(pairs(functions["weak"]))
        silent = dict.fromkeys((*functions["silent"], *self.weak.senses), "")  # 工程师 is not of 工程
        self.functions: Final = Words(
            {**silent, **{w.lower(): name for w, name in senses(functions, FUNCTIONS).items()}}
        )
        self.general: Final = Words({**silent, **{word.lower(): "general" for word in functions["general"]}})
        self.houses: Final = Endings(dict.fromkeys(functions["house"], "house"))


@lru_cache(maxsize=4)
def title_grammar(rules: TypedRules) -> TitleGrammar:
    """The title grammar of a rulebook."""
    return TitleGrammar(rules)


def read_title(title: str, department: str, company: str, grammar: TitleGrammar) -> Title:
    """The title in full, its level, its function and the posts that it names; of an empty title nothing is known."""
    if not title:
        return Title("", "", _function("", fold(department).lower(), grammar), ())
    folded = fold(title)[-LONGEST:]
    variants = split_posts(folded, grammar)
    first = variants[0] if variants else _without_brackets(folded)
    full = title if not department or title.startswith(department) else _joined(department, title)
    level = _level(first.lower(), department, company, grammar)
    return Title(full, level, _function(first.lower(), fold(department).lower(), grammar), variants)


def _joined(department: str, title: str) -> str:
    """Department and title, with a blank between two words of Latin letters: Finance Manager, IT部主管."""
    return f"{department} {title}" if _LATIN_END.search(department) and title[:1].isascii() else department + title


def split_posts(title: str, grammar: TitleGrammar) -> tuple[str, ...]:
    """The posts of a title that names two or more, completed where one borrows from the other; else none."""
    title = _SECOND.sub(r"/\1", title)
    title = _without_brackets(title)
    parts, start = [], 0
    for joint in _JOINT.finditer(title):
        left, right = title[start : joint.start()].strip(), title[joint.end() :]
        if left and right and not (_LATIN.search(left) and right[0].isascii()):
            parts.append(left)
            start = joint.end()
    parts.append(title[start:].strip())
    if len(parts) < 2 or not all(parts) or not grammar.posts.of(parts[-1].lower()):
        return ()
    return tuple(_completed(parts, place, grammar) for place in range(len(parts)))


def _completed(parts: list[str], place: int, grammar: TitleGrammar) -> str:
    """One of the parts, with what it borrows: 主管 of 销售经理/主管 is 销售主管, 财务 of 财务/行政经理 is 财务经理."""
    part = parts[place]
    if place and (rank := grammar.borrowing.of(part)) == part:
        before = parts[0]
        head = grammar.borrowing.of(before)
        modifier = before[: len(before) - len(head)] if head else ""
        return _unraised(modifier) + rank
    if place < len(parts) - 1 and not grammar.posts.of(part.lower()):
        last = parts[-1]
        head = grammar.borrowing.of(last) or grammar.posts.of(last.lower())
        return part + last[len(last) - len(head) :]
    return part


def _unraised(modifier: str) -> str:
    return modifier.removeprefix("高级").removeprefix("资深")


def bare_title(title: str) -> str:
    """A title as it is held against others: without blanks and without what stands in brackets of any kind.

    >>> bare_title("会 计（总账）")
    '会计'
    """
    return _ASIDE.sub("", title)


def _without_brackets(title: str) -> str:
    if "(" not in title:
        return title.strip()
    bare = _BRACKET.sub("", title).strip()
    return bare or title.strip(" ()")


def _level(post: str, department: str, company: str, grammar: TitleGrammar) -> str:
    post = _GRADE.sub("", post) or post
    if any(True for _ in grammar.learning.each(post)) and not _TEACHES.search(post):
        return "trainee"
    if _CHIEF.search(post):
        return "executive"
    head = grammar.heads.of(post)
    level = grammar.heads.senses.get(head, "")
    if level == "executive" and department.endswith(("事业部", "事业群")) and head in ("总经理", "总裁", "副总"):
        return "director"
    if (
        level == "manager"
        and grammar.bank_posts.of(post)
        and _is_bank(post + " " + department + " " + company, grammar)
    ):
        return "staff"
    if level == "assistant" or (level in ("", "staff", "manager") and grammar.assisting.first(post)[1]):
        return "assistant"
    if (
        level in ("", "staff")
        and head not in ("班主任",)
        and not _SCHOOL.search(post)
        and grammar.raising.first(post)[1]
    ):
        return "senior"
    return level or "staff"


def _is_bank(text: str, grammar: TitleGrammar) -> bool:
    return bool(grammar.bank_signs.first(text)[1])


def _function(post: str, department: str, grammar: TitleGrammar) -> str:
    """The title's own narrower word, else the whole house, else the department's, else what a post word hints at."""
    place, word = next(
        ((at, found) for at, found in grammar.general.each(post) if grammar.general.senses[found]), (-1, "")
    )
    if word:
        house = _DEPUTY.sub("", post[:place])
        if not house or grammar.houses.of(house):
            return _last(post[place + len(word) :], grammar.functions) or "general"
    narrow = _last(post, grammar.functions)
    if narrow == "sales" and "客户" in post and _is_bank(post + " " + department, grammar):
        return "finance"
    if narrow or word:
        return narrow or "general"
    return _last(department, grammar.functions) or _last(department, grammar.general) or _last(post, grammar.weak)


def _last(text: str, words: Words) -> str:
    found = ""
    for place, word in words.each(text):
        if word[0].isascii() and _inside_latin(text, place, len(word)):
            continue
        found = words.senses[word] or found
    return found


def _inside_latin(text: str, place: int, length: int) -> bool:
    """Whether Latin letters go on before or behind a Latin word: the PA of packaging is none."""
    before, behind = text[place - 1 : place] if place else "", text[place + length : place + length + 1]
    return any(character.isascii() and character.isalpha() for character in (before, behind))
