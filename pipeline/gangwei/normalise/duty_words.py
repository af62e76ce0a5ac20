"""The words of duties, made ready once a rulebook: verbs, what stands in front of them, what ends an object."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from gangwei.rulebook.typed import Endings, TypedRules, Words, pattern

# Verbs that open a condition where 时 or 后 follows: 接到报修后, 发现异常时.
MEETINGS: Final = ("接到", "收到", "发现", "发生", "遇到", "遇有")


class DutyGrammar:
    """The words of duties, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        groups = rules.duties
        every = (*rules.verbs, *groups["taking"], *groups["pivot"])
        nouns = dict.fromkeys(groups["noun"], "")
        self.verbs: Final = Words({**dict.fromkeys(every, "verb"), **nouns})
        self.verb_endings: Final = Endings(dict.fromkeys((verb for verb in every if len(verb) > 1), "verb"))
        self.attributive: Final = frozenset(groups["attributive"])
        self.nominal: Final = frozenset(groups["nominal"])
        strong_verbs = [verb for verb in every if verb not in self.nominal and len(verb) > 1]
        self.strong: Final = Words({**dict.fromkeys(strong_verbs, "verb"), **nouns})
        self.taking: Final = frozenset(groups["taking"])
        self.adverbs: Final = Words(dict.fromkeys(groups["adverb"], "adverb"))
        self.adverb_endings: Final = Endings(
            dict.fromkeys((word for word in groups["adverb"] if len(word) > 1), "adverb")
        )
        self.moments: Final = Words(dict.fromkeys(groups["moment"], "moment"))
        self.prepositions: Final = Words(dict.fromkeys(groups["preposition"], "preposition"))
        self.holding: Final = Words(dict.fromkeys(groups["holding"], "holding"))
        self.holding_in: Final = pattern(groups["holding"])
        self.light: Final = pattern(groups["light"])
        self.ground: Final = Words(dict.fromkeys(groups["ground"], "ground"))
        self.ground_endings: Final = Endings(dict.fromkeys(groups["ground"], "ground"))
        self.compound: Final = Words(dict.fromkeys(groups["compound"], "compound"))
        self.pairs: Final = frozenset(tuple(pair.split("+")) for pair in groups["pair"])
        self.paired: Final = frozenset(first for first, *_ in self.pairs)
        self.ending: Final = pattern(groups["ending"])
        self.name_tails: Final = Words(dict.fromkeys(groups["name tail"], "tail"))
        self.pivots: Final = frozenset(groups["pivot"])
        self.work: Final = Endings(dict.fromkeys(groups["work"], "work"))
        self.verb_modifiers: Final = Words(dict.fromkeys(groups["verb modifier"], "modifier"))

        # All words that may open a clause, the longest first: what the first of them is decides how it is read.
        self.openers: Final = Words(
            {
                **{verb: "verb" for verb in every if len(verb) > 1 and verb not in self.attributive},
                **dict.fromkeys(strong_verbs, "strong"),
                **nouns,
                **dict.fromkeys(groups["preposition"], "preposition"),
                **dict.fromkeys(groups["adverb"], "adverb"),
                **dict.fromkeys(groups["moment"], "moment"),
                **dict.fromkeys(MEETINGS, "meeting"),
                "负责": "charge",
            }
        )

        # Words in which another opener may hide that is no verb: 对 of 对账簿. The segmenter tells.
        self.hidden: Final = {
            word: before
            for word, kind in self.openers.senses.items()
            if kind in ("strong", "verb", "") and (before := self.prepositions.at(word[:-1], 0))
        }

    def verb_at(self, line: str, place: int) -> str:
        """The verb at a place, no noun that begins like one."""
        word = self.verbs.at(line, place)
        return word if word and self.verbs.senses[word] else ""

    def strong_at(self, line: str, place: int) -> str:
        """The verb at a place that makes no nouns."""
        word = self.strong.at(line, place)
        return word if word and self.strong.senses[word] else ""


@lru_cache(maxsize=4)
def duty_grammar(rules: TypedRules) -> DutyGrammar:
    """The grammar of duties of a rulebook."""
    return DutyGrammar(rules)
