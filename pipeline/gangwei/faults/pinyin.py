"""The syllables of pinyin, with and without tone marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

TONED: Final = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_PLAIN: Final = str.maketrans(TONED + "üĀÁǍÀŌÓǑÒĒÉĚÈ", "aaaaooooeeeeiiiiuuuuvvvvnnnm" + "v" + "aaaaooooeeee")
_SYLLABLES: Final = frozenset(
    initial + final
    for initials, finals in (
        ("", "a ai an ang ao e ei en er o ou"),
        ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
        ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
        ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
        ("f", "a an ang ei en eng o ou u"),
        ("d", "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo"),
        ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
        ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve ue"),
        ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve ue"),
        ("g k h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
        ("j q x", "i ia ian iang iao ie in ing iong iu u uan ue un v ve van vn"),
        ("zh ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo ei"),
        ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
        ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
        ("z c s", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
        ("y", "a an ang ao e i in ing o ong ou u uan ue un v ve"),
        ("w", "a ai an ang ei en eng o u"),
    )
    for initial in (initials.split() or [""])
    for final in finals.split()
)

# A bracket that may hold pinyin; whether it does is for `syllables` to say.
LETTERS: Final = f"a-zü{TONED}"
BRACKET: Final = re.compile(rf"[(（]([{LETTERS}][{LETTERS}' ]{{0,40}})[)）]")
TONE: Final = re.compile(f"[{TONED}]")


@lru_cache(maxsize=4096)
def syllables(letters: str) -> int:
    """How many syllables with a tone mark the letters are, 0 where they are anything else.

    >>> syllables("xiàn"), syllables("fùzé"), syllables("kg"), syllables("résumé")
    (1, 2, 0, 0)
    """
    tones = len(TONE.findall(letters))
    return tones if tones and tones in _counts(letters.translate(_PLAIN)) else 0


def is_syllable(letters: str) -> bool:
    """Whether the letters without tone marks are one syllable."""
    return letters.translate(_PLAIN) in _SYLLABLES


def _counts(plain: str) -> set[int]:
    """Into how many syllables the letters can be cut, blanks and apostrophes being cuts."""
    total = {0}
    for word in re.split("[ ']+", plain.strip(" '")):
        ways: list[set[int]] = [{0}] + [set() for _ in word]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 6), end):
                if ways[start] and word[start:end] in _SYLLABLES:
                    ways[end] |= {count + 1 for count in ways[start]}
        total = {before + count for before in total for count in ways[-1]}
    return total
