"""The labels that a deck repeats: the same short words beside sentences on several of its slides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from gangwei.layouts.deck_chunks import Box, Chunk
from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_names import is_person
from gangwei.layouts.deck_starts import is_light, is_plain_start, starts_of, words_of
from gangwei.layouts.deck_words import (
    NO_LABEL,
    REPEATED_LENGTHS,
    label_alone,
)
from gangwei.page import Page

# How well a sentence begins with its first word: well enough; as the rest of a phrase.
_BEGINS: Final = 0.1
_GOES_ON: Final = -0.5
_CLAUSE: Final = 12
_INNER: Final = re.compile("[，,；;。]")


def repeated_labels(page: Page, chunks: Sequence[Chunk], boxes: Sequence[Box]) -> frozenset[str]:
    """What stands beside sentences more than once: as a box of its own, or before what begins as sentences do."""
    value = page.value
    alone = [box for box in boxes if box.kind in ("label", "other")]
    count = Counter([value[box.start : box.end] for box in alone])
    counted = {(box.start, box.end) for box in alone}
    heads = [
        (piece.start, stop, piece.end)
        for piece in chunks
        if piece.kind == "sentence"
        for stop in range(piece.start + REPEATED_LENGTHS[0], piece.start + REPEATED_LENGTHS[-1] + 1)
        if (piece.start, stop) not in counted
    ]
    times_of = Counter([value[start:stop] for start, stop, _ in heads])
    repeated = {head for head, times in times_of.items() if times + count.get(head, 0) > 1}
    rests: dict[str, dict[str, None]] = {}
    for start, stop, end in heads if repeated else ():
        if value[start:stop] in repeated:
            rests.setdefault(value[start:stop], {})[value[stop:end]] = None
    for head, behind in rests.items():
        if len(behind) + count[head] > 1 and _is_label(page, head) and _begin(page, behind):
            count[head] += len(behind)
    return frozenset(
        text
        for text, times in count.items()
        if times > 1
        and len(text) in REPEATED_LENGTHS
        and label_alone(text) > NO_LABEL
        and not (page.names.is_post(text) and is_person(page, text))
        and not is_section(page, text)
    )


def _is_label(page: Page, head: str) -> bool:
    """Whether words can head sentences without being their first words: 日常事务, 监督检查, and no 处理客户."""
    if label_alone(head) <= NO_LABEL or is_light(head) or is_plain_start(head):
        return False
    return not page.rules.senses.duty.match(head) or words_of(page.rules)(page.names.cut(head)[-1]).is_action


def _begin(page: Page, rests: Collection[str]) -> bool:
    """Whether some texts begin as sentences do, by and large, and none as the rest of a phrase."""
    worth = [_start(page, rest) for rest in rests]
    return min(worth) > _GOES_ON and sum(worth) >= _BEGINS * len(worth)


def _start(page: Page, text: str) -> float:
    words = page.names.cut(text[:_CLAUSE])
    if not words:
        return -1.0
    inner = _INNER.search(text)
    end = inner.start() if inner else len(text)
    starts, _ = starts_of(page, text, [words_of(page.rules)(words[0])], [0], end)
    return starts[0]
