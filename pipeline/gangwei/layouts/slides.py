"""Slide text: text boxes in any order, run together, slide numbers strewn in.

A chapter of slides is read as a row of boxes: sentences, short labels beside them, posts. A post owns the sentences
right before it or right behind it; which, the words that they share decide, over the whole chapter at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.layouts.reading import Reading
from gangwei.model import Entry, FoundRole, FoundUnit, Span
from gangwei.page import Page
from gangwei.titles import Heading

_MARK: Final = re.compile(r"CHAPTER|CONTENTS|PART\s?\d*|目录|感谢聆听|谢谢观看|THANKS?|(?<!\d)(?:0[1-9])+(?!\d)|\n+")
_CHAPTER: Final = re.compile(r"CHAPTER|PART\s?\d")
_SLIDE_NUMBER: Final = re.compile(r"(?:0[1-9])+$")
_SENTENCE_END: Final = re.compile(r"[。！!]")
_CLAUSE: Final = re.compile(r"[，,；;。：:]")
_SHORTEST: Final = 200
_LONGEST_BOX: Final = 14
_SHORTEST_BOX: Final = 3
_WORDS_AHEAD: Final = 20
_MOST_NAMES: Final = 8
# A post's name that begins with a verb (培训与发展经理) is not longer than this.
_LONGEST_VERBAL: Final = 8
_LONGEST_CLAUSE: Final = 36
_PLAIN_START: Final = re.compile("负责|协助|参与|与|对|根据|按|配合|通过|各|明确")
_PREPOSITION: Final = re.compile("根据|按照|依据|通过|针对|负责|协助|及时|定期|积极|对|向|为|按")
_HELPING: Final = ("协助", "配合", "服从")
_COMMA: Final = re.compile("[，,]")
_RANKS: Final = re.compile(
    r"总?经理|主任|主管|专员|总监|代表|助理|组长|队长|部长|科长|课长|处长|员$|师$|副|长$|部|科|处|室|中心|[/／]|高级|资深|岗$"
)


class Box(NamedTuple):
    """A text box at [start:end]: "post", "unit", "label", "sentence", "mark" (a slide number) or "chapter"."""

    kind: str
    start: int
    end: int
    label: str = ""


# The names in a stretch: kind, start, end.
_Names = tuple[tuple[str, int, int], ...]


def read_slides(page: Page) -> Iterator[tuple[Span, Reading]]:
    """The stretches of slide text of a page, each with what it says."""
    for start, end in _stretches(page):
        boxes = _boxes(page, start, end)
        roles: list[FoundRole] = []
        units: list[FoundUnit] = []
        claimed: list[tuple[int, int]] = []
        for department, chapter in _chapters(page, boxes):
            _read_chapter(page, department, chapter, roles, units, claimed)
        if roles:
            merged = _merge_units(units)
            yield Span(start, end), Reading(tuple(roles), merged, None, tuple(claimed), "slides_flat")


def _stretches(page: Page) -> Iterator[tuple[int, int]]:
    """From the first long line with slide marks to the last."""
    lines = [line for line in page.lines if line.end - line.start >= _SHORTEST]
    marks = [
        line
        for line in lines
        if len([m for m in _MARK.finditer(page.value, line.start, line.end) if m[0] != "\n"]) >= 2
    ]
    if marks and any(_CHAPTER.search(page.value, line.start, line.end) for line in marks):
        yield marks[0].start, max(line.end for line in lines)


# Cutting into boxes


def _boxes(page: Page, start: int, end: int) -> list[Box]:
    value = page.value
    boxes: list[Box] = []
    place = start
    for match in [*_MARK.finditer(value, start, end), None]:
        stop = match.start() if match else end
        is_chapter = match is not None and bool(_CHAPTER.match(match[0]))
        boxes += _between_marks(page, place, stop, boxes, is_chapter=is_chapter)
        if match is None:
            break
        if match[0] in ("目录", "CONTENTS"):
            boxes.append(Box("contents", *match.span()))
        elif match[0].strip():
            boxes.append(Box("chapter" if is_chapter else "mark", *match.span()))
        place = match.end()
    return boxes


def _between_marks(page: Page, start: int, end: int, before: Sequence[Box], *, is_chapter: bool) -> list[Box]:
    """The boxes of a stretch without slide numbers: sentences, and what stands before each."""
    if is_chapter:
        span = page.trim(start, end)
        return [Box("title", span.start, span.end)] if span.end > span.start else []
    boxes: list[Box] = []
    place = start
    while place < end:
        match = _SENTENCE_END.search(page.value, place, end)
        stop = match.end() if match else end
        boxes += _read_chunk(page, place, stop, [*before[-3:], *boxes], is_closed=match is not None)
        place = stop
    return boxes


def _read_chunk(page: Page, start: int, end: int, before: Sequence[Box], *, is_closed: bool) -> list[Box]:
    """The boxes before a sentence, and the sentence: the split that the words speak for most."""
    span = page.trim(start, end)
    text = page.value[span.start : span.end]
    if not text:
        return []
    previous = next((box for box in reversed(before) if box.kind in ("sentence", "mark")), None)
    earlier = (
        page.value[previous.start : previous.end]
        if previous and previous.kind == "sentence" and not previous.label
        else ""
    )
    clause = _CLAUSE.search(text)
    words = page.names.cut(text[: clause.start() if clause else 60])[:_WORDS_AHEAD]
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word))
    whole = not is_closed and not clause
    is_plain = bool(_PLAIN_START.match(text))  # so sentences begin, and labels seldom
    # What the place where the sentence begins speaks for or against by itself.
    begins = {c: 0.8 if c < len(text) and page.rules.senses.duty.match(text, c) else 0.0 for c in edges}
    own_labels: dict[tuple[int, int], float] = {}
    best = -9.0
    choice: tuple[int, int, int, _Names] = (0, 0, 0, ())
    for first, a in enumerate(edges):
        label_gain = _label_gain(text[:a], earlier) if a else 0.0
        if a and (label_gain < -0.9 or "、" in text[:a] or "/" in text[:a]):
            continue
        label_gain += 0.08 * a - (1.5 if a and is_plain else 0.0)
        for b, names in _names_from(page, text, words, first, edges):
            base = label_gain + _names_gain(names, text[b:])
            for c in edges[bisect_left(edges, b) :]:
                gain = base - (0.9 if a and not names and c > a else 0.0)
                if c > b:
                    if (b, c) not in own_labels:
                        own_labels[b, c] = _own_label_gain(page, text[b:c], text[c:])
                    gain += own_labels[b, c]
                    gain -= 1.0 if b == 0 and is_plain and not _PREPOSITION.match(text, c) else 0.0
                if c < len(text):
                    gain += begins[c]
                    gain -= 0.0 if len(text) - c >= 8 and not whole else 1.0
                elif not whole and is_closed:
                    gain -= 3.0
                if gain > best:
                    best, choice = gain, (a, b, c, names)
    a, b, c, names = choice
    if whole and not names:
        return _row_of_names(page, span.start, text)
    if clause and clause.start() > _LONGEST_CLAUSE and not names and not is_plain:
        # A heap of labels before the sentence: it begins at the last verb of the clause.
        starts = [
            edge for word, edge in zip(words, edges, strict=False) if edge > 4 and page.rules.senses.duty.match(word)
        ]
        begin = starts[-1] if starts else 0
        return [Box("label", span.start, span.start + begin), Box("sentence", span.start + begin, span.end)]
    boxes: list[Box] = []
    boxes += (Box(kind, span.start + s, span.start + e) for kind, s, e in names)
    label = text[b:c]
    if c > b and c == len(text):
        boxes.append(Box("label", span.start + b, span.start + c))
    if c < len(text):
        kind = "sentence" if is_closed or clause else "label"
        boxes.append(Box(kind, span.start + c, span.end, label))
    return boxes


def _row_of_names(page: Page, offset: int, text: str) -> list[Box]:
    """The posts in a stretch of boxes without any sentence: as many words each as most of them have."""
    words = page.names.cut(text)
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word))
    heads = [i for i, word in enumerate(words) if page.names.head_of(word) in page.rules.titles.heads]
    counts = sorted(later - earlier for earlier, later in pairwise(heads))
    usual = counts[len(counts) // 2] if counts else 0
    if len(heads) < 2 or not 2 <= usual <= 4:
        return [Box("label", offset, offset + len(text))]
    boxes: list[Box] = []
    previous = -1
    for head in heads:
        first = max(previous + 1, head + 1 - usual)
        boxes.append(Box("post", offset + edges[first], offset + edges[head + 1]))
        previous = head
    if edges[previous + 1] < len(text):
        boxes.append(Box("label", offset + edges[previous + 1], offset + len(text)))
    return boxes


def _names_gain(names: Sequence[tuple[str, int, int]], rest: str) -> float:
    """How much a run of names speaks for itself: a lone unit before a sentence is part of the sentence."""
    posts = [(start, end) for kind, start, end in names if kind == "post"]
    units = len(names) - len(posts)
    # A long name has most likely swallowed a label.
    swallowed = sum(max(0, end - start - 9) for start, end in posts)
    return 1.6 * len(posts) - 0.12 * swallowed + (1.6 * units if units > 1 or (units and not rest) else -0.5 * units)


def _label_gain(label: str, sentence: str) -> float:
    """How much speaks for a short text being the label of a sentence: its length and the words they share."""
    if not _SHORTEST_BOX <= len(label) <= _LONGEST_BOX or not sentence:
        return -1.0
    shared = sum([pair in sentence for pair in _pairs(label)])
    return 0.5 * shared - 0.35 * (len(label) - 1 - shared) - 0.6


def _is_verb(page: Page, word: str) -> bool:
    match = page.rules.senses.duty.match(word)
    return match is not None and match.end() == len(word) and not page.names.is_unit(word)


def _own_label_gain(page: Page, label: str, sentence: str) -> float:
    """How much speaks for a short text being the label of the sentence behind it, which must begin as one."""
    if not sentence or "、" in label or "/" in label or not page.rules.senses.duty.match(sentence):
        return -1.0 if sentence else _label_gain(label, sentence)
    if page.names.is_post(label) and page.names.head_of(label) in page.rules.titles.heads:
        return -1.0
    gain = _label_gain(label, sentence) + 0.06 * len(label)
    if _PREPOSITION.match(sentence) and 4 <= len(label) <= _LONGEST_BOX and label[-1] not in "的地并和与及或是":
        gain = max(gain, 0.9)  # a verb phrase does not go on with 根据: a box ends here
    return gain


def _names_from(
    page: Page, text: str, words: Sequence[str], first: int, edges: Sequence[int]
) -> list[tuple[int, tuple[tuple[str, int, int], ...]]]:
    """The runs of posts and units that begin at a word of a text: where each run ends, and the names."""
    names, duty = page.names, page.rules.senses.duty
    at = first
    run: _Names = ()
    found: list[tuple[int, tuple[tuple[str, int, int], ...]]] = [(edges[first], run)]
    while at < len(words) and len(run) < _MOST_NAMES:
        count = names.first_post(words[at:])
        part = text[edges[at] : edges[at + count]]
        is_bare = first == at > 0 and (words[at] in "/／" or words[at] in page.rules.titles.heads)
        if (
            count
            and not is_bare
            and not (len(part) > _LONGEST_VERBAL and duty.match(part) and not names.is_unit(words[at]))
        ):
            run = (*run, ("post", edges[at], edges[at + count]))
            at += count
        elif count := _unit_words(page, words[at:]):
            begin, name_end = edges[at], edges[at + count]
            at += count + (words[at + count : at + count + 1] == ["职能"])
            run = (*run, ("unit", begin, name_end))
        else:
            break
        found.append((edges[at], run))
    return found


def _unit_words(page: Page, words: Sequence[str]) -> int:
    """How many of the words make a unit's name, from the first on; 0 where none begins there."""
    so_far = ""
    for count, word in enumerate(words[:6]):
        so_far += word
        if so_far[0] in "、/" or (count and len(word) > 1 and _is_verb(page, word)):
            return 0
        if page.names.is_unit(so_far):
            following = words[count + 1 : count + 2]
            return count + (2 if following and following[0] in page.rules.titles.unit_heads else 1)
    return 0


# Reading a chapter


def _chapters(page: Page, boxes: Sequence[Box]) -> Iterator[tuple[Entry | None, list[Box]]]:
    """The chapters of the slides with the unit that each chapter's title names; the contents list is left out."""
    current: list[Box] = []
    department: Entry | None = None
    in_contents = False
    for index, box in enumerate(boxes):
        if box.kind == "contents":
            in_contents = True
        elif box.kind == "title":
            if current:
                yield department, current
            current, in_contents = [], False
            department = _unit_of(page, box)
        elif box.kind == "chapter":
            continue
        elif not in_contents:
            current.append(box)
        elif box.kind == "mark" and index + 1 < len(boxes) and boxes[index + 1].kind == "title":
            in_contents = False
    if current:
        yield department, current


def _unit_of(page: Page, box: Box) -> Entry | None:
    heading: Heading | None = page.names.heading(page.value[box.start : box.end])
    if heading and heading.kind == "unit":
        return page.entry(box.start + heading.name.start, box.start + heading.name.end, "chapter")
    return None


def _read_chapter(
    page: Page,
    department: Entry | None,
    boxes: Sequence[Box],
    roles: list[FoundRole],
    units: list[FoundUnit],
    claimed: list[tuple[int, int]],
) -> None:
    boxes = _without_slide_titles(page, boxes)
    runs = _runs(boxes)
    units += _unit_functions(page, runs, claimed)
    posts = [box for box in boxes if box.kind == "post"]
    if not posts:
        return
    owned = _own(page, posts, boxes)
    for post, unsorted in zip(posts, owned, strict=True):
        sentences = sorted(unsorted)
        if not sentences:
            continue
        parts = [part for sentence in sentences for part in _items(page, sentence)]
        duties = tuple(page.entry(s, e, "slide sentence") for s, e in parts)
        raw = page.text.raw_span(min(post.start, sentences[0].start), max(post.end, sentences[-1].end))
        claimed.append((post.start, post.end))
        claimed.extend((sentence.start, sentence.end) for sentence in sentences)
        title = page.entry(post.start, post.end, "slide title")
        roles.append(
            FoundRole(
                title,
                None,
                department,
                duties=duties,
                layout="slides_flat",
                confidence=0.7,
                start=raw.start,
                end=raw.end,
            )
        )


def _items(page: Page, sentence: Box) -> Iterator[tuple[int, int]]:
    """A slide's block of prose: cut at ；."""
    place = sentence.start
    for match in re.finditer(r"[；;]", page.value[sentence.start : sentence.end]):
        span = page.trim(place, sentence.start + match.start())
        if span.end > span.start:
            yield span.start, span.end
        place = sentence.start + match.end()
    span = page.trim(place, sentence.end)
    if span.end > span.start:
        yield span.start, span.end


def _without_slide_titles(page: Page, boxes: Sequence[Box]) -> list[Box]:
    """The boxes without the pairs (售后经理/售后专员) whose posts stand apart as well: those pairs head a slide."""
    names = {page.value[box.start : box.end] for box in boxes if box.kind == "post"}
    kept = []
    for box in boxes:
        parts = re.split(r"[/／]", page.value[box.start : box.end])
        if box.kind == "post" and len(parts) > 1 and all(part in names for part in parts):
            kept.append(Box("mark", box.start, box.end))
        else:
            kept.append(box)
    return kept


def _runs(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes in runs of one kind; a label right behind names is left out."""
    runs: list[list[Box]] = []
    for box in boxes:
        if box.kind == "label" and runs and runs[-1][0].kind in ("post", "unit"):
            continue
        if runs and runs[-1][0].kind == box.kind:
            runs[-1].append(box)
        else:
            runs.append([box])
    return runs


def _unit_functions(page: Page, runs: Sequence[list[Box]], claimed: list[tuple[int, int]]) -> Iterator[FoundUnit]:
    """Units in a row, and as many sentences before or behind them, or some before and the rest behind."""
    for index, run in enumerate(runs):
        if run[0].kind != "unit" or len(run) < 2:
            continue
        before = runs[index - 1] if index and runs[index - 1][0].kind == "sentence" else []
        following = runs[index + 1] if index + 1 < len(runs) else []
        if following and following[0].kind == "mark" and index + 2 < len(runs):
            following = runs[index + 2] if not before else []
        following = following if following and following[0].kind == "sentence" else []
        if len(before) >= len(run):
            sentences = before[-len(run) :]
        elif len(following) >= len(run) and not before:
            sentences = following[: len(run)]
        elif len(before) + len(following) >= len(run):
            sentences = [*before, *following[: len(run) - len(before)]]
        else:
            continue
        for unit, sentence in zip(run, sentences, strict=True):
            claimed += [(unit.start, unit.end), (sentence.start, sentence.end)]
            functions = tuple(page.entry(s, e, "slide sentence") for s, e in _items(page, sentence))
            yield FoundUnit(page.entry(unit.start, unit.end, "slide title"), functions)


def _merge_units(units: Sequence[FoundUnit]) -> tuple[FoundUnit, ...]:
    merged: dict[str, FoundUnit] = {}
    for unit in units:
        known = merged.get(unit.name.text)
        merged[unit.name.text] = FoundUnit(known.name, known.functions + unit.functions) if known else unit
    return tuple(merged.values())


# Who owns which sentences


def _own(page: Page, posts: Sequence[Box], boxes: Sequence[Box]) -> list[list[Box]]:
    """For each post its sentences: one by one where posts stand in a row, else those before or behind it."""
    owned: list[list[Box]] = [[] for _ in posts]
    index_of = {post: i for i, post in enumerate(posts)}
    runs = _runs(boxes)
    in_rows: set[Box] = set()
    used: set[Box] = set()
    for position, run in enumerate(runs):
        if run[0].kind != "post" or len(run) < 2:
            continue
        for sentences in _beside(runs, position, len(run)):
            pairs = _match(page, run, sentences)
            for post, sentence in pairs:
                owned[index_of[post]].append(sentence)
                used.add(sentence)
            in_rows.update(run)
            break
    single = [post for post in posts if post not in in_rows]
    gaps: list[list[Box]] = [[]]
    for box in boxes:
        if box in in_rows:
            continue
        if box.kind == "post":
            gaps.append([])
        elif box.kind in ("sentence", "mark", "unit") and box not in used:
            gaps[-1].append(box)
    for post, sentences in zip(single, _assign(page, single, gaps), strict=True):
        owned[index_of[post]] = sentences
    return owned


def _beside(runs: Sequence[list[Box]], position: int, count: int) -> Iterator[list[Box]]:
    """Runs of exactly so many sentences right behind or right before a run, a slide number between them or not."""
    for step in (1, -1):
        place = position + step
        if 0 <= place < len(runs) and runs[place][0].kind == "mark":
            place += step
        if 0 <= place < len(runs) and runs[place][0].kind == "sentence" and len(runs[place]) == count:
            yield runs[place]


def _match(page: Page, posts: Sequence[Box], sentences: Sequence[Box]) -> list[tuple[Box, Box]]:
    """Posts and sentences one to one, in order, or in reverse where the words say so."""
    forward = list(zip(posts, sentences, strict=True))
    backward = list(zip(reversed(posts), sentences, strict=True))
    likeness = [sum(_likeness(page, post, sentence) for post, sentence in pairs) for pairs in (forward, backward)]
    return backward if likeness[1] > likeness[0] else forward


def _assign(page: Page, posts: Sequence[Box], gaps: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """Each post's sentences, all before it or all behind it: the assignment with the most in common.

    `gaps[i]` is what stands before post i, `gaps[-1]` what stands behind the last.
    """
    if not posts:
        return []
    # best[side] for the post at hand: value, and the sentences of each post so far.
    first = [box for box in gaps[0] if box.kind == "sentence"]
    tail = _nearest(gaps[0])
    states: dict[str, tuple[float, list[list[Box]]]] = {
        "before": (_worth(page, posts[0], tail if len(tail) < len(first) else first), [tail or first]),
        "behind": (0.0, [[]]),
    }
    for index, post in enumerate(posts):
        gap = gaps[index + 1]
        following = posts[index + 1] if index + 1 < len(posts) else None
        following_states: dict[str, tuple[float, list[list[Box]]]] = {}
        for side, (value, so_far) in states.items():
            for mine, theirs, bonus in _splits(gap, side, has_next=following is not None):
                gained = value + bonus
                taken = [*so_far[:-1], mine if side == "behind" else so_far[-1]]
                if side == "behind":
                    gained += _worth(page, post, mine)
                if following is None:
                    key, taken_next = "end", taken
                elif theirs:
                    gained += _worth(page, following, theirs)
                    key, taken_next = "before", [*taken, theirs]
                else:
                    key, taken_next = "behind", [*taken, []]
                if key not in following_states or gained > following_states[key][0]:
                    following_states[key] = (gained, taken_next)
        states = following_states
    return max(states.values(), key=lambda state: state[0])[1]


def _nearest(gap: Sequence[Box]) -> list[Box]:
    """The sentences of a gap behind its last slide number but one: those of the slide that ends it."""
    sentences: list[Box] = []
    for box in reversed(gap):
        if box.kind == "sentence":
            sentences.append(box)
        elif sentences:
            break
    return sentences[::-1]


def _splits(gap: Sequence[Box], side: str, *, has_next: bool) -> Iterator[tuple[list[Box], list[Box], float]]:
    """The ways to share a gap between the post before it (if that owns what is behind it) and the post behind it."""
    sentences = [box for box in gap if box.kind == "sentence"]
    if side == "before":
        yield [], [], 0.0
        if has_next and sentences:
            nearest = _nearest(gap)
            yield [], sentences, 0.0
            if len(nearest) < len(sentences):
                yield [], nearest, 0.1
        return
    yield sentences, [], 0.0
    if not has_next:
        return
    marks = [i for i, box in enumerate(gap) if box.kind in ("mark", "unit")]
    for cut in range(1, len(sentences)):
        place = gap.index(sentences[cut])
        on_mark = any(gap.index(sentences[cut - 1]) < mark < place for mark in marks)
        even = 0.2 if cut * 2 == len(sentences) else 0.0
        yield sentences[:cut], sentences[cut:], (0.6 if on_mark else 0.0) + even


def _worth(page: Page, post: Box, sentences: Sequence[Box]) -> float:
    """How well sentences fit a post: what they share with its name, and that a slide holds a few of them."""
    if not sentences:
        return -1.0
    likeness = sum(_likeness(page, post, sentence) for sentence in sentences)
    return 1.0 + likeness - 0.25 * max(0, len(sentences) - 4)


def _likeness(page: Page, post: Box, sentence: Box) -> float:
    name = page.value[post.start : post.end]
    text = page.value[sentence.start : sentence.end]
    if text.startswith(_HELPING):
        # 协助店长做好…: the post that is helped does something else.
        place = text.find(name, 2, 6 + len(name))
        if place >= 0 and not _COMMA.search(text, 2, place):
            return -2.0
    pairs = _name_pairs(name)
    if not pairs:
        return 0.0
    labelled = sentence.label + text
    return sum([pair in labelled for pair in pairs]) / len(pairs)


@lru_cache(1024)
def _name_pairs(name: str) -> frozenset[str]:
    """The pairs of characters that set a post's name apart: those without its rank."""
    return frozenset(pair for pair in _pairs(_RANKS.sub(" ", name)) or _pairs(name) if " " not in pair)


@lru_cache(4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))
