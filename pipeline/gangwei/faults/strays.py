"""What copying sites put into a text to mark it as theirs: a dot or a tick behind 的, the page's title in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.furniture import FURNITURE
from gangwei.text import Edit

STRAY: Final = "stray mark"
# Behind 的, where no sentence ends.
_MARK: Final = re.compile("(?<=的)[.`'＇](?=[\u4e00-\u9fff《“])")
# A full stop in ASCII between sentences: where a text has such ones, a dot behind 的 may be one as well.
_STOP: Final = re.compile("[\u4e00-\u9fff]\\.(?=[\u4e00-\u9fff])")
_SHORTEST_TITLE: Final = 6
_LONGEST_TITLE: Final = 40
_MOST_TITLES: Final = 64


def find_strays(sight: Sight, _: Bench) -> Finding:
    """Edits that take out marks that no author set, and the document's title where it stands in 【】 before an item.

    `find_strays` is about 完善店铺的.陈列, and about 【店长职责】8、… in a page that 店长职责 heads.
    """
    text = sight.text
    edits = [*_marks(text), *_titles(text)]
    return Finding(tuple(sorted(edits))) if edits else NOTHING


def _marks(text: str) -> Iterator[Edit]:
    found = list(_MARK.finditer(text)) if "的." in text or "的`" in text or "的'" in text else []
    dots = sum(match[0] == "." for match in found)
    is_stop = dots > 0 and sum(1 for _ in _STOP.finditer(text)) > dots
    for match in found:
        if not (is_stop and match[0] == "."):
            yield Edit(*match.span(), "", STRAY)


def _titles(text: str) -> Iterator[Edit]:
    if "】" not in text:
        return
    body = len(text) - len(text.lstrip())
    end = text.find("\n", body, body + _LONGEST_TITLE)
    title = text[body:end].strip() if end > 0 else ""
    if len(title) < _SHORTEST_TITLE:
        return
    for match in islice(re.finditer(re.escape(f"【{title}】"), text[end:]), _MOST_TITLES):
        yield Edit(end + match.start(), end + match.end(), "", FURNITURE)
