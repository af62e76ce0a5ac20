"""Forms of an appraisal: the post of whoever is appraised is the page's, that of the appraiser is not."""

from __future__ import annotations

import re
from typing import Final

from gangwei.lexer import Hit
from gangwei.model import Field
from gangwei.rulebook.labels import LabelRule

_SIGNS: Final = ("考核人", "考核者", "考评人", "考评者", "评估人", "评价人")
_APPRAISER: Final = re.compile("(?<!被)(?:考核|考评|评估|评价)[人者](?:姓名)?")
# Between the word and the label of the post at most the appraiser's name stands: 考核人：某某 职位：总经理
_BESIDE: Final = re.compile(_APPRAISER.pattern + r"[:：]?[^，。；;、]{0,6}\s{0,3}$")
_LOOK: Final = 20
_OF_APPRAISER: Final = LabelRule("other.appraiser", Field.OTHER, (), "strong")


def without_appraisers(text: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The label words, those for the post of an appraiser and the unit right behind it as fields that no table holds."""
    if not any(sign in text for sign in _SIGNS):
        return hits
    kept: list[Hit] = []
    last = -_LOOK  # where the last label of an appraiser's ends
    for hit in hits:
        is_title = hit.rule.field is Field.TITLE and is_of_appraiser(text, hit.start)
        if is_title or (hit.rule.field is Field.DEPARTMENT and hit.start - last < _LOOK):
            last = hit.end
            kept.append(hit._replace(rule=_OF_APPRAISER))
        else:
            kept.append(hit)
    return tuple(kept)


def is_of_appraiser(text: str, place: int) -> bool:
    """Whether the label of a post that begins at a place is that of an appraiser."""
    return _BESIDE.search(text, max(0, place - _LOOK), place) is not None


def is_appraiser(wording: str) -> bool:
    """Whether a label asks who appraises."""
    return _APPRAISER.match(wording) is not None
