"""Document -> Text: faults repaired, characters Simplified, each repair listed. Finders find; this module applies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gangwei.faults import FAULTS, FIRST_FAULTS, RAW_FAULTS, Bench, Doubt, Sight, bench_of
from gangwei.model import Document, Note, Repair
from gangwei.rulebook.faults import FaultRules
from gangwei.simplify import Simplifier, simplifier_of
from gangwei.text import Edit, Text, rewrite
from gangwei.white_space import with_plain_white_space

UNCERTAIN: Final = "uncertain_repair"


@dataclass(frozen=True, slots=True)
class Tools:
    """What preparation works with; made once for a rulebook."""

    bench: Bench
    simplifier: Simplifier


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document's text as its author meant it, in Simplified characters, with the list of what was done to it."""

    text: Text
    repairs: tuple[Repair, ...]
    script: str
    notes: tuple[Note, ...]


def tools_of(rules: FaultRules, label_words: Collection[str] = ()) -> Tools:
    """The tools for a rulebook; `label_words` are labels of forms, Simplified and without blanks."""
    simplifier = simplifier_of(rules.script)
    return Tools(bench_of(rules, label_words, simplifier.simplify), simplifier)


def prepare(document: Document, tools: Tools) -> Prepared:
    """The text of a document, repaired and Simplified; offsets of repairs and notes lead into `document.text`.

    >>> prepare(Document("負(fù)責(zé)客戶旳維護"), tools_of(FaultRules())).text.value
    '负责客户旳维护'
    """
    text = with_plain_white_space(Text.of(document.text))
    repairs: list[Repair] = []
    doubts: list[tuple[Text, Doubt]] = []
    for find in RAW_FAULTS:
        finding = find(Sight(text.value, {}), tools.bench)
        if finding.edits:
            repairs += _listed(text, finding.edits)
            text = rewrite(text, finding.edits)
        doubts += [(text, doubt) for doubt in finding.doubts]
    folded = tools.simplifier.fold(text.value)
    value, script = tools.simplifier.read(folded)
    text = text.with_value(value)
    sight = Sight(text.value, tools.bench.anchors.places(text.value))
    for find in FIRST_FAULTS:
        first = find(sight, tools.bench).edits
        if first:
            repairs += _listed(text, first)
            text = rewrite(text, first)
            sight = Sight(text.value, tools.bench.anchors.places(text.value))
    edits: list[Edit] = []
    for find in FAULTS:
        finding = find(sight, tools.bench)
        if finding.edits:
            edits = _merged(edits, finding.edits)
        doubts += [(text, doubt) for doubt in finding.doubts]
    repairs += _listed(text, edits)
    repairs.sort(key=_place)
    notes = sorted({_note(text, doubt) for text, doubt in doubts})
    return Prepared(rewrite(text, edits), tuple(repairs), script, _apart(notes))


def repaired(prepared: Prepared, edits: Sequence[Edit]) -> Prepared:
    """A prepared text with more repairs, found in its Simplified value."""
    repairs = sorted([*prepared.repairs, *_listed(prepared.text, edits)], key=_place)
    return Prepared(rewrite(prepared.text, edits), tuple(repairs), prepared.script, prepared.notes)


def _merged(edits: Sequence[Edit], more: Iterable[Edit]) -> list[Edit]:
    """All edits in order, but of `more` only those that touch no earlier one."""
    merged: list[Edit] = []
    index = 0
    for edit in sorted(more):
        while index < len(edits) and edits[index].end <= edit.start:
            merged.append(edits[index])
            index += 1
        if (index == len(edits) or edit.end <= edits[index].start) and (not merged or merged[-1].end <= edit.start):
            merged.append(edit)
    return [*merged, *edits[index:]]


def _listed(text: Text, edits: Iterable[Edit]) -> Iterable[Repair]:
    for edit in edits:
        start, end = text.raw_span(edit.start, edit.end)
        yield Repair(edit.fault, start, end, text.raw[start:end], edit.replacement)


def _note(text: Text, doubt: Doubt) -> Note:
    return Note(UNCERTAIN, *text.raw_span(doubt.start, doubt.end), doubt.message)


def _apart(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes without those that begin inside an earlier one."""
    kept: list[Note] = []
    for note in notes:
        if not kept or note.start >= kept[-1].end:
            kept.append(note)
    return tuple(kept)


def _place(repair: Repair) -> tuple[int, int]:
    return repair.start, repair.end
