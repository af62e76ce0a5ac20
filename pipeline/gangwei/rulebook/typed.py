"""rules/typed/: the words that turn what was found into typed values, as frozen rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.rulebook.files import RuleFile, read_word_list

FOLDER: Final = "typed"
KEYS: Final = ("name", "words", "example", "never")
LEVELS: Final = ("board", "executive", "director", "manager", "supervisor", "senior", "staff", "assistant", "trainee")
FUNCTIONS: Final = (
    *(
        "sales",
        "marketing",
        "service",
        "finance",
        "HR",
        "administration",
        "production",
        "quality",
        "purchasing",
        "warehouse",
    ),
    *("logistics", "R&D", "IT", "engineering", "property", "hospitality", "health", "education", "legal", "audit"),
)
MEASURES: Final = ("rate", "amount", "count", "time", "score")
COMPARATORS: Final = (">=", "<=", ">", "<", "=", "~", "between")
PERIODS: Final = ("day", "week", "month", "quarter", "half-year", "term", "year")
DEGREES: Final = ("primary", "junior", "high", "vocational", "college", "bachelor", "master", "doctor")
CATEGORIES: Final = (
    *(
        "education",
        "experience",
        "age",
        "gender",
        "certificate",
        "language",
        "skill",
        "knowledge",
        "trait",
        "health",
        "other",
    ),
)

# The groups of each file. Groups of one line are alternatives: no word may stand under two of them.
_LEVEL_GROUPS: Final = (LEVELS, ("learning", "raising", "assisting", "bank_post", "bank_sign", "post", "borrowing"))
_FUNCTION_GROUPS: Final = (FUNCTIONS, ("general", "house", "weak", "silent"))
_KPI_GROUPS: Final = (
    tuple(f"before {comparator}" for comparator in COMPARATORS[:6]),
    ("behind >=", "behind <=", "behind ~", "behind between"),
    tuple(f"name {measure}" for measure in MEASURES),
    ("rising", "falling"),
    ("up", "down"),
    (*MEASURES, "before", "against", "opening", "same", "tail", "change_tail", "period", "period head", "zero tail"),
)
_REQUIREMENT_GROUPS: Final = (
    (*CATEGORIES, "knowing"),
    tuple(f"label {category}" for category in CATEGORIES),
    DEGREES,
    ("field", "tool", "no degree", "preferred", "any", "relaxed", "other years", "neutral", "part", "doing"),
)
_DUTY_GROUPS: Final = (
    (
        *("taking", "adverb", "preposition", "holding", "light", "nominal", "compound", "pair", "ending", "name tail"),
        *("pivot", "work", "verb modifier", "moment", "attributive", "noun", "ground"),
    ),
)
_RELATION_GROUPS: Final = (("long", "house", "bare", "own", "class", "nobody", "unit", "same"),)
_FEW: Final = 1  # groups in the last line of a file may share words; the first ones may not

Groups = Mapping[str, tuple[str, ...]]


class Words:
    """A set of words with a sense each, asked where in a text they stand; the longest word at a place wins.

    >>> words = Words({"客服": "service", "客房": "hospitality"})
    >>> words.at("客房领班", 0), words.at("客房领班", 1), list(words.each("客服与客房"))
    ('客房', '', [(0, '客服'), (3, '客房')])
    """

    __slots__ = ("_firsts", "_lengths", "senses")

    def __init__(self, senses: Mapping[str, str]) -> None:
        self.senses: Final = dict(senses)
        lengths: dict[str, set[int]] = {}
        for word in self.senses:
            lengths.setdefault(word[:2], set()).add(len(word))
        # By the first two characters, because most places of a text are turned down by them.
        self._lengths: Final = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
        self._firsts: Final = frozenset(word[0] for word in self.senses)

    def at(self, text: str, place: int) -> str:
        """The longest word that begins at a place."""
        start = text[place : place + 2]
        if start in self._lengths:
            senses = self.senses
            for length in self._lengths[start]:
                word = text[place : place + length]
                if word in senses:
                    return word
        first = start[:1]
        return first if first in self.senses else ""

    def each(self, text: str, place: int = 0) -> Iterator[tuple[int, str]]:
        """The words with their places, from left to right, none over another."""
        firsts, end = self._firsts, place
        if firsts.isdisjoint(text):
            return
        for start, character in enumerate(text[place:] if place else text, place):
            if character in firsts and start >= end and (word := self.at(text, start)):
                end = start + len(word)
                yield start, word

    def first(self, text: str, place: int = 0) -> tuple[int, str]:
        """The first word and its place, (-1, "") where there is none."""
        return next(self.each(text, place), (-1, ""))


class Endings:
    """A set of words with a sense each, asked which of them ends a text; the longest wins.

    >>> endings = Endings({"医师": "staff", "主任医师": "senior"})
    >>> endings.of("副主任医师"), endings.sense("住院医师")
    ('主任医师', 'staff')
    """

    __slots__ = ("_lengths", "senses")

    def __init__(self, senses: Mapping[str, str]) -> None:
        self.senses: Final = dict(senses)
        lengths: dict[str, set[int]] = {}
        for word in self.senses:
            lengths.setdefault(word[-2:], set()).add(len(word))
        self._lengths: Final = {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()}

    def of(self, text: str, end: int | None = None) -> str:
        """The longest word that ends at a place of the text, at its end by default."""
        if end is None:
            end = len(text)
        tail = text[end - 2 : end] if end > 1 else text[:end]
        if tail in self._lengths:
            senses = self.senses
            for length in self._lengths[tail]:
                if length <= end and (word := text[end - length : end]) in senses:
                    return word
        last = tail[-1:]
        return last if last in self.senses else ""

    def sense(self, text: str) -> str:
        return self.senses.get(self.of(text), "")


@dataclass(frozen=True, slots=True, eq=False)
class TypedRules:
    """The groups of words of each file by name, and the verbs. What is made of them is made once a rulebook."""

    levels: Groups
    functions: Groups
    kpis: Groups
    requirements: Groups
    duties: Groups
    relations: Groups
    verbs: tuple[str, ...]


def load_typed(folder: Path) -> TypedRules:
    """The typed rules of a rules folder."""
    return TypedRules(
        _groups(folder, "levels.toml", _LEVEL_GROUPS),
        _groups(folder, "functions.toml", _FUNCTION_GROUPS),
        _groups(folder, "kpis.toml", _KPI_GROUPS),
        _groups(folder, "requirements.toml", _REQUIREMENT_GROUPS),
        _groups(folder, "duties.toml", _DUTY_GROUPS),
        _groups(folder, "relations.toml", _RELATION_GROUPS),
        read_word_list(folder / FOLDER, "verbs.txt"),
    )


def senses(groups: Groups, names: Iterable[str], prefix: str = "") -> dict[str, str]:
    """Each word of some groups with the name of its group, the prefix of the names left off."""
    return {word: name for name in names for word in groups[prefix + name]}


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the words of a small set, the longest at each place; faster than `Words` where most texts hold none.

    >>> pattern(["优先", "优先考虑"]).search("女性优先考虑")[0]
    '优先考虑'
    """
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def pairs(words: Iterable[str], mark: str = "=") -> dict[str, str]:
    """Left and right of words that are written left=right.

    >>> pairs(["董秘=董事会秘书"])
    {'董秘': '董事会秘书'}
    """
    return {left: right for left, _, right in (word.partition(mark) for word in words)}


def _groups(folder: Path, name: str, lines: Sequence[Sequence[str]]) -> Groups:
    file = RuleFile.open(folder / FOLDER, name)
    known = tuple(group for line in lines for group in line)
    found: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(file.entries("group"), 1):
        where = f"group {number}"
        file.check_keys(entry, where, KEYS)
        group = file.string(entry, "name", where)
        if group and group not in known:
            file.fault(f"{where}: name {group!r} is none of {', '.join(known)}")
        if group in found:
            file.fault(f"{where}: there is a group {group!r} already")
        example = file.string(entry, "example", where)
        found[group] = file.words(entry, "words", where)
        file.words(entry, "never", where)
        if not found[group]:
            file.fault(f"{where}: words must not be empty")
        elif example and not any(_stem(word) in example.lower() for word in found[group]):
            file.fault(f"{where}: example {example!r} holds none of the words")
    for group in (group for group in known if group not in found):
        file.fault(f"group {group!r} is missing")
    for line in lines[: len(lines) - _FEW]:
        owners: dict[str, str] = {}
        for group in line:
            for word in found.get(group, ()):
                if owners.setdefault(word, group) != group:
                    file.fault(f"group {group!r}: {word!r} stands under {owners[word]!r} already")
    file.close()
    return found


def _stem(word: str) -> str:
    return word.replace("+", "").partition("=")[0].lower() or word
