"""What forums strew into a text so that copies of it are spoiled: ; n0 l0 ~3 D& O* V9 \\4 F"""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

GUARD: Final = "copy guard"

# One of these is in nearly all of them; no other text is looked at.
_SIGNS: Final = "~`^{}\\|$#&"
_RUN: Final = re.compile("(?<![!-~])[!-~]{1,3}(?: [!-~]{1,3}){5,80}(?![!-~])")
# A letter or a digit with a mark that no sentence sets there, or a letter with a digit.
_ODD: Final = re.compile(r"[A-Za-z\d][^A-Za-z\d\s.,;:!?)]|[^A-Za-z\d\s(\"'][A-Za-z\d]|[A-Za-z]\d|\d[A-Za-z]")
_MARKED: Final = re.compile(r"[A-Za-z\d][~`^{}\\|$#&@*]|[~`^{}\\|$#&@*][A-Za-z\d]")
_LETTERED: Final = re.compile(r"[A-Za-z][^A-Za-z\d\s.,;:!?)]")
_FEWEST_ODD: Final = 3


def find_guards(sight: Sight, _: Bench) -> Finding:
    """Edits that take out runs of six and more short scraps of ASCII which are no words, numbers or formulas.

    >>> [edit[:2] for edit in find_guards(Sight("秘书:作会议记录! N, t/ a5 D$ X' I: K\\n记者:采访", {}), None).edits]
    [(8, 29)]
    """
    text = sight.text
    if not any(sign in text for sign in _SIGNS):
        return NOTHING
    found = [Edit(*match.span(), "", GUARD) for match in _RUN.finditer(text) if _is_guard(match[0])]
    return Finding(tuple(found)) if found else NOTHING


def _is_guard(run: str) -> bool:
    scraps = run.split(" ")
    odd = sum(_ODD.search(scrap) is not None for scrap in scraps)
    if odd < _FEWEST_ODD:
        return False
    marked = any(_MARKED.search(scrap) for scrap in scraps)
    return marked or (odd > _FEWEST_ODD and any(_LETTERED.search(scrap) for scrap in scraps))
