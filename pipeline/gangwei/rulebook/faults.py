"""rules/faults.toml, rules/script.toml and rules/furniture.toml: what sites and copying do to a text, as frozen rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gangwei.rulebook.files import RuleFile

# A line of furniture is matched without blanks, with ASCII marks. Only lines this long are looked at, and a pattern
# holds at most so many stars: together they bound what the worst rule file can cost.
LONGEST_LINE: Final = 240
MOST_STARS: Final = 3
PLACES: Final = ("any", "behind")

_SQUEEZED: Final[dict[int, str]] = {
    ord(wide): narrow
    for wide, narrow in zip("，：；！？（）．／～｜＿＞＜＝＋－＃＆％＠", ",:;!?()./~|_><=+-#&%@", strict=True)
}
_HOLE: Final = re.compile(r"([#*])")
_PLAIN: Final = re.compile("[\u3400-\u9fff]{1,4}|[A-Za-z]+")
_WIDE: Final = {narrow: chr(wide) for wide, narrow in _SQUEEZED.items()}


@dataclass(frozen=True, slots=True)
class SwapRule:
    """Put `put` for each `find`."""

    find: str
    put: str
    example: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariantRule:
    """A character that stands for two: kept inside the words of `keep`, else exchanged for `put`."""

    find: str
    put: str
    keep: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()
    example: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptRules:
    """What is to be known of scripts beyond OpenCC's tables."""

    both_scripts: tuple[str, ...] = ()
    characters: Mapping[str, str] = field(default_factory=dict)
    radicals: Mapping[str, str] = field(default_factory=dict)
    variants: tuple[VariantRule, ...] = ()


@dataclass(frozen=True, slots=True)
class LineRule:
    """Lines that a site put round the document. `behind`: only where nothing but such lines follows."""

    name: str
    pattern: re.Pattern[str]
    anchors: tuple[str, ...]
    behind: bool = False


@dataclass(frozen=True, slots=True)
class BlockRule:
    """A heading of a site with what follows it, up to an empty line: lines that hold one of `words`, if there are any."""

    name: str
    pattern: re.Pattern[str]
    anchors: tuple[str, ...]
    words: tuple[str, ...] = ()
    longest: int = 40
    behind: bool = True


@dataclass(frozen=True, slots=True)
class FurnitureRules:
    """All that a site may put round a document; `menu` are words of which whole lines are made, `front_matter` parts of
    the keys under which a page's front matter speaks of the page."""

    lines: tuple[LineRule, ...] = ()
    blocks: tuple[BlockRule, ...] = ()
    menu: tuple[str, ...] = ()
    front_matter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultRules:
    """All rules of text preparation."""

    words: tuple[str, ...] = ()
    swaps: tuple[SwapRule, ...] = ()
    lost: tuple[SwapRule, ...] = ()
    ordinals: tuple[SwapRule, ...] = ()
    script: ScriptRules = field(default_factory=ScriptRules)
    furniture: FurnitureRules = field(default_factory=FurnitureRules)


def load_faults(folder: Path) -> FaultRules:
    """The fault, script and furniture rules of a folder."""
    file = RuleFile.open(folder, "faults.toml")
    words = file.strings("words")
    swaps, lost, ordinals = (_swaps(file, key) for key in ("swap", "lost", "ordinal"))
    file.close()
    return FaultRules(words, swaps, lost, ordinals, _load_script(folder), _load_furniture(folder))


def squeeze(line: str) -> str:
    """A line as the patterns of furniture see it: without blanks, with ASCII marks.

    >>> squeeze(" 已阅读 5 页，还剩 9 页未读 ")
    '已阅读5页,还剩9页未读'
    """
    return "".join(line.split()).translate(_SQUEEZED)


def _swaps(file: RuleFile, key: str) -> tuple[SwapRule, ...]:
    rules: list[SwapRule] = []
    for number, entry in enumerate(file.entries(key), 1):
        where = f"{key} {number}"
        file.check_keys(entry, where, ("find", "put", "example", "never"))
        rule = SwapRule(
            file.string(entry, "find", where),
            file.string(entry, "put", where, default=""),
            file.string(entry, "example", where),
            file.words(entry, "never", where),
        )
        if rule.find not in rule.example:
            file.fault(f"{where}: example {rule.example!r} does not hold {rule.find!r}")
        for text in rule.never:
            if rule.find in text:
                file.fault(f"{where}: {text!r} must not hold {rule.find!r}")
        if rule.find in {other.find for other in rules}:
            file.fault(f"{where}: {rule.find!r} stands under two rules")
        rules.append(rule)
    return tuple(rules)


def _load_script(folder: Path) -> ScriptRules:
    file = RuleFile.open(folder, "script.toml")
    variants: list[VariantRule] = []
    for number, entry in enumerate(file.entries("variant"), 1):
        where = f"variant {number}"
        file.check_keys(entry, where, ("find", "put", "keep", "turn", "example", "never"))
        rule = VariantRule(
            file.string(entry, "find", where),
            file.string(entry, "put", where),
            file.words(entry, "keep", where),
            file.words(entry, "turn", where),
            file.string(entry, "example", where),
            file.words(entry, "never", where),
        )
        if len(rule.find) != 1 or len(rule.put) != 1:
            file.fault(f"{where}: find and put must be one character each, so that offsets stay good")
        for word in (*rule.keep, *rule.turn):
            if rule.find not in word:
                file.fault(f"{where}: {word!r} does not hold {rule.find!r}")
        for word in sorted(set(rule.keep) & set(rule.turn)):
            file.fault(f"{where}: {word!r} stands under keep and turn")
        if rule.find not in rule.example:
            file.fault(f"{where}: example {rule.example!r} does not hold {rule.find!r}")
        for text in rule.never:
            if not any(word in text for word in rule.keep):
                file.fault(f"{where}: {text!r} holds no word of keep")
        variants.append(rule)
    both = file.strings("both_scripts")
    rules = ScriptRules(both, _characters(file, "characters"), _characters(file, "radicals"), tuple(variants))
    file.close()
    return rules


def _characters(file: RuleFile, key: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for find, put in file.table(key).items():
        if isinstance(put, str) and len(find) == len(put) == 1 and find != put:
            table[find] = put
        else:
            file.fault(f"{key}: {find!r} must be one character for another, so that offsets stay good")
    return table


def _load_furniture(folder: Path) -> FurnitureRules:
    file = RuleFile.open(folder, "furniture.toml")
    lines: list[LineRule] = []
    blocks: list[BlockRule] = []
    for number, entry in enumerate(file.entries("line"), 1):
        where = f"line {number}"
        file.check_keys(entry, where, ("name", "patterns", "place", "example", "never"))
        name, patterns, behind = _named_patterns(file, entry, where, "any")
        lines += [LineRule(name, pattern, anchors, behind) for pattern, anchors in patterns]
    for number, entry in enumerate(file.entries("block"), 1):
        where = f"block {number}"
        file.check_keys(entry, where, ("name", "patterns", "place", "words", "longest", "example", "never"))
        name, patterns, behind = _named_patterns(file, entry, where, "behind")
        words = file.words(entry, "words", where)
        longest = entry.get("longest", 40)
        if not isinstance(longest, int) or not 0 < longest <= 1000:
            file.fault(f"{where}: longest must be a number of characters up to 1000")
            longest = 40
        blocks += [BlockRule(name, pattern, anchors, words, longest, behind) for pattern, anchors in patterns]
    menu = file.table("menu")
    file.check_keys(menu, "menu", ("words", "example", "never"))
    front = file.table("front_matter")
    file.check_keys(front, "front_matter", ("words", "example", "never"))
    rules = FurnitureRules(
        tuple(lines), tuple(blocks), file.words(menu, "words", "menu"), file.words(front, "words", "front_matter")
    )
    file.close()
    return rules


def _named_patterns(
    file: RuleFile, entry: Mapping[str, object], where: str, place: str
) -> tuple[str, list[tuple[re.Pattern[str], tuple[str, ...]]], bool]:
    """A rule's name, its patterns with their anchors, and whether it holds behind the document only."""
    name = file.string(entry, "name", where)
    place = file.string(entry, "place", where, default=place)
    if place not in PLACES:
        file.fault(f"{where}: place {place!r} is none of {', '.join(PLACES)}")
    found: dict[tuple[str, ...], list[str]] = {}
    for pattern in file.words(entry, "patterns", where):
        anchors = _anchors(pattern)
        if pattern != squeeze(pattern) or not anchors or pattern.count("*") > MOST_STARS or len(pattern) > LONGEST_LINE:
            file.fault(
                f"{where}: {pattern!r} must have no blanks, ASCII marks, some plain text and at most {MOST_STARS} stars"
            )
            continue
        found.setdefault(anchors, []).append(pattern)
    if not found:
        file.fault(f"{where}: patterns must not be empty")
    compiled = [(_compiled(patterns), anchors) for anchors, patterns in found.items()]
    _check_samples(file, entry, where, [pattern for pattern, _ in compiled])
    return name, compiled, place == "behind"


def _check_samples(file: RuleFile, entry: Mapping[str, object], where: str, patterns: list[re.Pattern[str]]) -> None:
    example = file.string(entry, "example", where)
    if not any(pattern.fullmatch(squeeze(example)) for pattern in patterns):
        file.fault(f"{where}: no pattern fits the example {example!r}")
    for line in file.words(entry, "never", where):
        if any(pattern.fullmatch(squeeze(line)) for pattern in patterns):
            file.fault(f"{where}: a pattern fits {line!r}, which must not be furniture")


def _anchors(pattern: str) -> tuple[str, ...]:
    """What must stand in a line before its blanks and wide marks are folded: a word, or else a mark in either width."""
    plain = "\0".join(_HOLE.split(pattern)[::2])
    words = _PLAIN.findall(plain)
    if words:
        return (max(words, key=lambda word: (not word.isascii(), len(word))),)
    mark = plain.replace("\0", "")[:1]
    return tuple(filter(None, (mark, _WIDE.get(mark, ""))))


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """`#` stands for a number, `*` for anything up to 120 characters, all else for itself; one pattern for all of one anchor."""
    parts = {"#": r"\d{1,20}", "*": r".{0,120}"}
    return re.compile(
        "|".join("".join(parts.get(part, re.escape(part)) for part in _HOLE.split(pattern)) for pattern in patterns)
    )
