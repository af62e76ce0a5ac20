"""Traditional characters to Simplified, one for one: the only door to OpenCC, of which we use the tables alone.

OpenCC's package takes quadratic time on long lines and rebuilds strings piece by piece; its t2s tables keep the length
of every entry, so a look-up gives the same text and every offset stays good. Where two phrases of the table overlap,
the package takes the longest one anywhere and this module the leftmost, then longest, as OpenCC itself does: reading
order is right, because what stands before has already been read as a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from gangwei.errors import GangweiError
from gangwei.rulebook.faults import ScriptRules, VariantRule

HANS: Final = "hans"
HANT: Final = "hant"
MIXED: Final = "mixed"
NONE: Final = "none"

# A text is mixed when the lesser script has at least this many characters of its own, and this share of both.
MIXED_COUNT: Final = 8
MIXED_SHARE: Final = 0.1

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What `fold` may change: radicals, ﹑, full-width letters and digits, compatibility characters, braille blank, pipes, lone surrogates.
_FOLDABLE: Final = re.compile("[\uff5c\u2502\u2503\u2800\u2e80-\u2fdf\ufe51\uf900-\ufaff０-９Ａ-Ｚａ-ｚ\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Simplifier:
    """The tables, compiled once; all methods keep the length of the text."""

    characters: Mapping[int, str]
    phrases: Mapping[str, str]
    widths: Mapping[int, str]
    variants: tuple[_Variant, ...]
    traditional: re.Pattern[str]
    simplified: re.Pattern[str]
    phrase: re.Pattern[str]

    def fold(self, text: str) -> str:
        """The text with compatibility characters, radicals and full-width letters and digits in their usual form.

        >>> simplifier_of(ScriptRules()).fold("⼯程Ａ１﹑维修，")
        '工程A1、维修，'
        """
        return text.translate(self.widths) if _FOLDABLE.search(text) else text

    def read(self, text: str) -> tuple[str, str]:
        """The text in Simplified characters, and the script that it is written in.

        >>> [simplifier_of(ScriptRules()).read(text) for text in ("销售经理", "銷售經理", "Sales 42")]
        [('销售经理', 'hans'), ('销售经理', 'hant'), ('Sales 42', 'none')]
        """
        if not self.traditional.search(text):
            return text, HANS if _HAN.search(text) else NONE
        return self._simplified(text), self._script(text)

    def simplify(self, text: str) -> str:
        """The text in Simplified characters; words are not exchanged for those of another region.

        >>> simplifier_of(ScriptRules()).simplify("回覆顧客、瞭解機臺與資料庫品質")
        '回复顾客、了解机台与资料库品质'
        """
        return self._simplified(text) if self.traditional.search(text) else text

    def _simplified(self, text: str) -> str:
        found = text.translate(self.characters)
        pieces: list[str] = []
        place = 0
        for match in self.phrase.finditer(text):
            pieces += found[place : match.start()], self.phrases[match[0]]
            place = match.end()
        if place:
            found = "".join(pieces) + found[place:]
        for variant in self.variants:
            found = variant.apply(found)
        return found

    def _script(self, text: str) -> str:
        """Which script a text with Traditional characters is written in, by those that only one script has."""
        traditional = sum(map(len, self.traditional.findall(text)))
        simplified = sum(map(len, self.simplified.findall(text)))
        less, more = sorted((traditional, simplified))
        if less >= MIXED_COUNT and less >= MIXED_SHARE * (less + more):
            return MIXED
        return HANT if traditional > simplified else HANS


@dataclass(frozen=True, slots=True)
class _Variant:
    """A character with two senses: kept inside some words, exchanged elsewhere."""

    find: str
    put: str
    words: re.Pattern[str]
    keep: frozenset[str]

    @classmethod
    def of(cls, rule: VariantRule) -> _Variant:
        words = _longest_first((*rule.keep, *rule.turn, rule.find))
        return cls(rule.find, rule.put, words, frozenset(rule.keep))

    def apply(self, text: str) -> str:
        if self.find not in text:
            return text
        # Who writes 着 as well tells the two apart himself: then a 著 in none of the words is meant.
        keep = self.keep | {self.find} if self.put in text else self.keep
        return self.words.sub(
            lambda match: match[0] if match[0] in keep else match[0].replace(self.find, self.put), text
        )


def simplifier_of(rules: ScriptRules) -> Simplifier:
    """The tables of OpenCC with the rules of `rules/script.toml` over them."""
    table = _entries("TSCharacters.txt") | dict(rules.characters)
    phrases = _entries("TSPhrases.txt")
    only_traditional = set(table) - set(rules.both_scripts)
    only_simplified = {value for value in table.values() if value not in table and not _encodes(value, "big5")}
    widths = _widths()
    widths.update({ord(key): value for key, value in rules.radicals.items()})
    return Simplifier(
        characters={ord(key): value for key, value in table.items()},
        phrases=phrases,
        widths=widths,
        variants=tuple(_Variant.of(rule) for rule in rules.variants),
        traditional=_class_of(only_traditional),
        simplified=_class_of(only_simplified),
        phrase=_longest_first(phrases),
    )


def _entries(name: str) -> dict[str, str]:
    """One of OpenCC's tables: of several values the first, as OpenCC takes it."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise GangweiError(
            "the tables of opencc-python-reimplemented are missing; install gangwei with its dependencies"
        )
    path = Path(next(iter(spec.submodule_search_locations))) / "dictionary" / name
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    entries = {key: values.split(" ")[0].strip() for key, values in pairs}
    return {key: value for key, value in entries.items() if len(key) == len(value)}


def _widths() -> dict[int, str]:
    """Compatibility forms with the one usual character that each stands for."""
    places = (
        *range(0x2E80, 0x2FE0),
        *range(0xF900, 0xFB00),
        *range(0xFF10, 0xFF1A),
        *range(0xFF21, 0xFF3B),
        *range(0xFF41, 0xFF5B),
    )
    folded = ((place, unicodedata.normalize("NFKC", chr(place))) for place in places)
    usual = {place: value for place, value in folded if len(value) == 1 and value != chr(place)}
    # U+2800, the braille blank, is a blank of some sites; a lone surrogate can be neither stored nor segmented.
    # Pipes of any width draw tables.
    return (
        usual
        | {0x2800: " ", 0xFE51: "、", 0xFF5C: "|", 0x2502: "|", 0x2503: "|"}
        | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
    )


def _class_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Runs of the characters. Those outside the basic plane are too rare to tell a script, and would make it slow."""
    return re.compile(f"[{''.join(sorted(re.escape(char) for char in characters if char <= chr(0xFFFF)))}]+")


def _longest_first(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
