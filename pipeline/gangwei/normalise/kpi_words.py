"""The words of indicators, made ready once a rulebook."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from gangwei.rulebook.typed import COMPARATORS, MEASURES, Endings, TypedRules, Words, pairs, pattern, senses

ASSERTED: Final = frozenset([">=", "<=", ">", "<"])
# Behind one of these a comparing character is the end of a word: 签约, 需要, 存在.
PART_OF: Final = {
    "约": tuple("签续预节合契履违租特公"),
    "为": tuple("行作成认人因"),
    "到": tuple("签报收迟得达"),
    "在": tuple("存内现所"),
    "应": tuple("响供反对适效"),
    "要": tuple("重主必纪需摘概"),
    "需": tuple("必急内刚"),
    "至": tuple("甚乃直"),
    "达": tuple("送传表抵下到"),
    "是": tuple("但凡"),
}


class KpiGrammar:
    """The words of indicators, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        kpis = rules.kpis
        before = senses(kpis, COMPARATORS[:6], "before ")
        self.before: Final = Endings({**before, **dict.fromkeys(kpis["before"], "")})
        # Inside a name these say what is compared with, number or not (不超过合同价的3%).
        self.limit_senses: Final = {
            word: sense for word, sense in before.items() if len(word) > 1 and sense in ASSERTED and word != "达到"
        }
        self.limits: Final = pattern(self.limit_senses)
        self.behind: Final = Words(senses(kpis, (">=", "<=", "~", "between"), "behind "))
        self.units: Final = Words(senses(kpis, MEASURES))
        self.measures: Final = Endings(senses(kpis, MEASURES, "name "))
        self.polarity: Final = Endings(senses(kpis, ("up", "down")))
        changes = {**dict.fromkeys(kpis["rising"], "up"), **dict.fromkeys(kpis["falling"], "down")}
        self.changes: Final = Endings(changes)
        self.changing: Final = Words(changes)
        self.against: Final = Endings(dict.fromkeys(kpis["against"], "against"))
        self.openings: Final = Words(dict.fromkeys(kpis["opening"], "opening"))
        self.passed: Final = Endings(dict.fromkeys(kpis["before"], "before"))
        # What a name may not begin or end with, by a character: most names need no trimming at all.
        heads = (*kpis["opening"], *changes, *"\0 ,:;、年月日周季半")
        tails = (*changes, *kpis["against"], *kpis["before"], *"\0 ,:;、的")
        self.trimmed_heads: Final = frozenset(word[0] for word in heads)
        self.trimmed_tails: Final = frozenset(word[-1] for word in tails)
        self.canonical: Final = pairs(kpis["same"])
        self.canonical_any: Final = pattern(self.canonical)
        self.tails: Final = Endings(dict.fromkeys(kpis["tail"], "tail"))
        self.change_tail: Final = Endings(dict.fromkeys(kpis["change_tail"], "tail"))
        self.periods: Final = pairs(kpis["period"])
        self.period_heads: Final = Words(dict.fromkeys(kpis["period head"], "head"))
        self.zero_tails: Final = Words(dict.fromkeys(kpis["zero tail"], "zero"))


@lru_cache(maxsize=4)
def kpi_grammar(rules: TypedRules) -> KpiGrammar:
    """The grammar of indicators of a rulebook."""
    return KpiGrammar(rules)
