"""The label words of a text before their places are judged: none within a number or a key, each without what is not its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from gangwei.label_values import TYPED, value_fits
from gangwei.lexer import Hit
from gangwei.model import Field
from gangwei.ordinals import Ordinal
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

# What stands before the heading of a part that a document adds.
_APPENDED: Final = frozenset(["附", "附件"])
_LONGEST_APPENDED: Final = 24
HIT_START: Final = itemgetter(0)
_BRACKETED: Final = re.compile(r"【([^【】\n]{2,14})】")
_BEFORE_NOUN: Final = ("他", "它", "项", "的")
_NOUNS: Final = frozenset(["工作", "组织"])
COLONS: Final = (":", "：")
_LONGEST_LABEL: Final = 14
_OF_POSTS: Final = ("岗位", "职位", "职务")
# What is left of a post's name behind a label word that took its beginning.
_LONGEST_REST: Final = 8
_FEWEST_BRACKETED: Final = 3
_HEADLINE_PARTS: Final = re.compile("[-—–|｜]")
_LONGEST_HEADLINE: Final = 40
# A key of a file of keys and values, alone or in a list.
_KEY: Final = re.compile(r"^[ \t]{0,12}(?:-[ ]{1,3})?(?P<key>[a-z][a-z0-9_]{1,24}):(?=[ \t\r\n])", re.MULTILINE)
_KEY_SIGN: Final = re.compile(
    r"\n[ \t]{0,12}(?:-[ ]{1,3})?(?:title|name|role|department|reports_to|responsibilities|duties):"
)
_FEWEST_KEYS: Final = 3
_UNKNOWN: Final = LabelRule("other.bracket", Field.OTHER, (), "strong")


def free_hits(text: str, hits: Sequence[Hit], ordinals: Sequence[Ordinal], names: Names) -> list[Hit]:
    """The label words that are no part of a number (权限一:), each without what does not belong to it."""
    hits = _with_keys(text, _with_bracketed(text, hits, names))
    ends = {hit.end for hit in hits}
    cleaned = [
        _without_noun(text, hit, names)
        # Behind another label's word the noun is part of the label: 岗位目的|工作内容.
        if hit.word[:2] in _NOUNS and hit.start not in ends and text[hit.start - 1 : hit.start] in _BEFORE_NOUN
        else hit
        for hit in hits
    ]
    free: list[Hit] = []
    place, following = -1, len(ordinals)
    for read, next_label in zip(cleaned, next_labels(text, cleaned), strict=True):
        start, end, word, rule = hit = read
        if word in _APPENDED and _heads_duties(text, end, names):
            continue
        if end < next_label <= end + _LONGEST_REST and rule.field not in TYPED and word[:2] in _OF_POSTS:
            hit = _without_value(text, read, next_label, names)
        while place + 1 < following and ordinals[place + 1].start <= start:
            place += 1
        if place < 0 or ordinals[place].end <= start:
            free.append(hit)
    return free


def _heads_duties(text: str, start: int, names: Names) -> bool:
    """Whether a line goes on, behind a colon, with a heading of somebody's duties: 附：教研组长岗位职责."""
    end = text.find("\n", start) % (len(text) + 1)
    if text[start : start + 1] not in COLONS or end - start > _LONGEST_APPENDED:
        return False
    heading = names.heading(text[start:end].strip(" \t\u3000:："))
    return heading is not None and heading.tail != ""


def _with_bracketed(text: str, hits: Sequence[Hit], names: Names) -> Sequence[Hit]:
    """The label words, and all else in 【】 where a text puts its labels there, whether we know the word or not."""
    if "】" not in text:
        return hits
    starts = {hit.start: hit for hit in hits}
    found = list(_BRACKETED.finditer(text))
    if sum(match.start(1) in starts for match in found) < _FEWEST_BRACKETED:
        return hits
    added: list[Hit] = []
    for match in found:
        hit = starts.get(match.start(1))
        if hit is None or hit.end != match.end(1):
            if hit is None and names.label_of(match[1]) is None and _is_before_post(text, match.end(), names):
                continue  # 【某某公司】前端组-高级工程师
            added.append(Hit(*match.span(1), match[1], names.label_of(match[1]) or _UNKNOWN))
    if not added:
        return hits
    inside = [(hit.start, hit.end) for hit in added]
    kept = [h for h in hits if not any(start <= h.start < end for start, end in inside)]
    return sorted([*kept, *added], key=HIT_START)


def _is_before_post(text: str, end: int, names: Names) -> bool:
    """Whether the rest of a line names a post: what stands in a bracket before it is who looks for one."""
    break_at = text.find("\n", end)
    rest = text[end : break_at if break_at >= 0 else len(text)].strip()
    return 2 <= len(rest) <= _LONGEST_HEADLINE and names.is_post(_HEADLINE_PARTS.split(rest)[-1].strip())


def _with_keys(text: str, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The label words without those within a key (role in role_id), and the keys that we do not know, where lines of a
    text are keys with their values (reports_to: 站长)."""
    keys = [match.span("key") for match in _KEY.finditer(text)] if _KEY_SIGN.search(text) else []
    known = {hit.start: hit.end for hit in hits}
    if sum(known.get(start) == end for start, end in keys) < _FEWEST_KEYS:
        return hits
    taken = [(start, end) for start, end in keys if known.get(start) != end]
    starts = [start for start, _ in taken]
    kept = [hit for hit in hits if not _is_in_key(taken, starts, hit)]
    added = [Hit(start, end, text[start:end], _UNKNOWN) for start, end in taken]
    return sorted([*kept, *added], key=HIT_START)


def _is_in_key(keys: Sequence[tuple[int, int]], starts: Sequence[int], hit: Hit) -> bool:
    place = bisect_right(starts, hit.start) - 1
    return place >= 0 and keys[place][1] > hit.start


def _without_noun(text: str, hit: Hit, names: Names) -> Hit:
    """The label word without the noun that begins it, where a word is left: 完成其他工作|权力:…, 活动的组织|职责与权限"""
    start = hit.start + 2
    for end in range(min(len(text), start + _LONGEST_LABEL), hit.end - 1, -1):
        if rule := names.rule_of(text[start:end]):
            return Hit(start, end, text[start:end], rule)
    return hit


def _without_value(text: str, hit: Hit, following: int, names: Names) -> Hit:
    """The label of a post's name, one of `_OF_POSTS`, without the first word of that name: 职位|薪酬主管, before the next
    label."""
    word, start = hit.word[:2], hit.start + 2
    rule = names.rule_of(word) if word != hit.word else None
    if rule and value_fits(text, start, following, rule, word, names):
        return Hit(hit.start, start, word, rule)
    return hit


def next_labels(text: str, hits: Sequence[Hit]) -> list[int]:
    """For each label word where the next one stands that could be a label; the end of the text for the last."""
    following = len(text)
    found = [following] * len(hits)
    for index in range(len(hits) - 1, -1, -1):
        start, end, _, rule = hits[index]
        found[index] = following
        if rule.strength != "marked" or text[end : end + 1] in (":", "：", "】", "\n"):
            following = start
    return found
