"""Simplified characters to Traditional for made documents, after OpenCC's own s2t tables (the package is not imported)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from gangwei.errors import GangweiError

# The tables write the forms of old dictionaries; pages are typed with these.
_TYPED: Final = str.maketrans("覈爲衆羣裏啓纔峯牀僞竈麪", "核為眾群裡啟才峰床偽灶麵")


@dataclass(frozen=True, slots=True)
class Traditional:
    """The tables, compiled once: characters, and phrases that say which of several characters is meant."""

    characters: dict[int, str]
    phrases: tuple[str | None, ...]
    finder: AhoCorasick

    def convert(self, text: str) -> str:
        """The text in Traditional characters, as long as before.

        >>> traditional().convert("复核发货单后联系客户")
        '複核發貨單後聯繫客戶'
        """
        found = text.translate(self.characters)
        if found == text:
            return text
        pieces: list[str] = []
        place = 0
        for index, start, end in self.finder.find_matches_as_indexes(text):
            if (phrase := self.phrases[index]) is not None:
                pieces += found[place:start], phrase
                place = end
        return "".join(pieces) + found[place:] if pieces else found


@cache
def traditional() -> Traditional:
    """The converter; reading the tables takes a moment, once."""
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        raise GangweiError("Traditional documents need the package opencc-python-reimplemented")
    folder = Path(spec.origin).parent / "dictionary"
    back = dict(_entries(folder / "TSCharacters.txt"))
    characters = {ord(word): typed for word, typed in _entries(folder / "STCharacters.txt") if len(word) == 1}
    # 批覆 and 著裝 would not come back as 批复 and 着装, and the gold is what was written.
    phrases = [
        (word, typed)
        for word, typed in _entries(folder / "STPhrases.txt")
        if word == "".join(back.get(character, character) for character in typed)
    ]
    # A phrase that says nothing new still keeps a neighbour from matching across it.
    changed = tuple(None if word.translate(characters) == typed else typed for word, typed in phrases)
    finder = AhoCorasick([word for word, _ in phrases], matchkind=MatchKind.LeftmostLongest)
    return Traditional(characters, changed, finder)


def _entries(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if "\t" in line)
    return [(word, choices.split(" ", 1)[0].translate(_TYPED)) for word, choices in pairs]
