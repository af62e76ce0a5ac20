"""What sites put round a document: menus, upload lines, terms, rights, lists of other documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Final

from gangwei.faults.breaks import BEGINS
from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.rulebook.faults import LONGEST_LINE, BlockRule, FurnitureRules, LineRule, squeeze
from gangwei.text import Edit

FURNITURE: Final = "furniture"

_LONGEST_BLOCK: Final = 40
_LONGEST_NAME: Final = 30
_MOST_UNKNOWN: Final = 2
_SENTENCE_ENDS: Final = "。；;：:，,、"
# What stands between the words of a menu.
_RULES: Final = "|｜·>»-:："


def find_furniture(sight: Sight, bench: Bench) -> Finding:
    """Edits that empty the lines of the site; line breaks stay."""
    text, places = sight
    anchors = [word for word in places if word in bench.furniture or word in bench.menu]
    if not anchors:
        return NOTHING
    page = _Page(text)
    lines: dict[int, set[str]] = {}
    for word in anchors:
        for place in places[word]:
            lines.setdefault(page.line_at(place), set()).add(word)
    for line, words in lines.items():
        page.judge(line, words, bench)
    page.open_blocks()
    page.clear_tail()
    return Finding(tuple(Edit(*page.span(line), "", FURNITURE) for line in sorted(page.taken)))


class _Page:
    """The lines of a text, with what is known of them while they are looked through."""

    def __init__(self, text: str) -> None:
        self.lines: Final = text.split("\n")
        ends = accumulate(map(len, self.lines), initial=0)
        self.starts: Final = [breaks + letters for breaks, letters in enumerate(ends)]
        self.taken: Final[set[int]] = set()
        self.blocks: Final[dict[int, list[BlockRule]]] = {}
        self.behind: Final[set[int]] = set()

    def line_at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def span(self, number: int) -> tuple[int, int]:
        return self.starts[number], self.starts[number] + len(self.lines[number])

    def judge(self, number: int, words: Iterable[str], bench: Bench) -> None:
        """Take a line that a rule fits; remember the rules that depend on its neighbours."""
        line = self.lines[number]
        if len(line) > LONGEST_LINE:
            return
        pieces = line.split()
        if len(pieces) > 1 and all(piece.strip(_RULES) in bench.menu or not piece.strip(_RULES) for piece in pieces):
            self.taken.add(number)
            return
        squeezed = squeeze(line)
        for rule in [rule for word in words if word in bench.furniture for rule in bench.furniture[word]]:
            if not rule.pattern.fullmatch(squeezed):
                continue
            if isinstance(rule, BlockRule):
                self.blocks.setdefault(number, []).append(rule)
            elif rule.behind:
                self.behind.add(number)
            else:
                self.taken.add(number)

    def open_blocks(self) -> None:
        """Take the blocks that may stand anywhere: their lines hold words of the site."""
        for number, rules in sorted(self.blocks.items()):
            for rule in rules:
                if not rule.behind and rule.words:
                    self._take_worded(number, rule)

    def _take_worded(self, opener: int, rule: BlockRule) -> None:
        found: list[int] = []
        for number in range(opener + 1, min(len(self.lines), opener + 1 + _LONGEST_BLOCK)):
            line = self.lines[number]
            if not line.strip() or number in self.taken:
                continue
            if len(line) > rule.longest or not any(word in line for word in rule.words):
                break
            found.append(number)
        if found:
            self.taken.update((opener, *found))

    def clear_tail(self) -> None:
        """Take what holds behind the document only, from the last line up, as far as there is nothing else."""
        number = len(self.lines) - 1
        pending: list[int] = []
        while number >= 0 and len(pending) <= _LONGEST_BLOCK:
            line = self.lines[number]
            rules = [rule for rule in self.blocks[number] if rule.behind] if number in self.blocks else ()
            if rules and all(len(self.lines[below]) <= rules[0].longest for below in pending):
                self.taken.update((number, *pending))
                pending = []
            elif not line.strip():
                # A list of other documents may have an empty line between any two.
                if pending and not all(self._names_document(below) for below in pending):
                    break
            elif number in self.taken or number in self.behind:
                if len(pending) > _MOST_UNKNOWN or not all(map(self._may_be_of_site, pending)):
                    break
                pending = []  # a line of the site that no rule knows
                self.taken.add(number)
            else:
                pending.append(number)
            number -= 1

    def _may_be_of_site(self, number: int) -> bool:
        return self._names_document(number) and BEGINS.match(self.lines[number]) is None

    def _names_document(self, number: int) -> bool:
        line = self.lines[number].strip()
        return len(line) <= _LONGEST_NAME and line[-1] not in _SENTENCE_ENDS


def furniture_by_anchor(rules: FurnitureRules) -> Mapping[str, tuple[LineRule | BlockRule, ...]]:
    """The rules under the words without which they cannot fit."""
    found: dict[str, tuple[LineRule | BlockRule, ...]] = {}
    every: tuple[LineRule | BlockRule, ...] = (*rules.lines, *rules.blocks)
    for rule in every:
        for anchor in rule.anchors:
            found[anchor] = (*found.get(anchor, ()), rule)
    return found
