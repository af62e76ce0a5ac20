"""The straight line: one document in, its extraction out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gangwei import normalise
from gangwei.appraisals import without_appraisers
from gangwei.confidence import rated
from gangwei.contacts import without_contacts
from gangwei.forms import learn_form
from gangwei.label_lists import with_lists
from gangwei.label_sequences import known_sequences
from gangwei.label_titles import likely_titles, paired_titles, sure_titles, with_form
from gangwei.label_twins import with_twins
from gangwei.label_words import Wordings
from gangwei.labels import read_labels
from gangwei.layouts import read_layouts
from gangwei.layouts.reading import Reading
from gangwei.lexer import Lexer
from gangwei.model import Decision, Document, Extraction, Note
from gangwei.notes import claimed_of, coverage_of, doubts, empty_labels, unclaimed
from gangwei.ordinals import read_ordinals
from gangwei.page import Page, front_end_of, marks_of, read_lines
from gangwei.page_titles import without_page_titles
from gangwei.parted import with_parts
from gangwei.record_names import with_record_names
from gangwei.repair import Prepared, Tools, prepare, tools_of
from gangwei.rulebook import Rulebook, load
from gangwei.run_on import with_breaks
from gangwei.run_on_forms import with_forms
from gangwei.run_on_tables import with_cells
from gangwei.segment import Segmenter, lexicon
from gangwei.spoken import with_spoken
from gangwei.titles import Names

_SHORT_TAILS = frozenset(["职能", "责任", "权限", "权力", "任职条件", "要求"])
_FIELDS_OF_TAILS = frozenset(["duty", "authority", "kpi", "requirement", "routine", "summary", "unit"])


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a document takes, made once for a rulebook."""

    rules: Rulebook
    preparation: Tools
    segmenter: Segmenter
    lexer: Lexer
    names: Names
    wordings: Wordings


@lru_cache(4)
def reader_of(rules: Rulebook) -> Reader:
    """The reader for a rulebook."""
    words = [word for word, rule in rules.labels.items() if rule.strength in ("strong", "fair") and " " not in word]
    segmenter = Segmenter([*words, *rules.titles.heads])
    tails = frozenset(
        word
        for word, rule in rules.labels.items()
        if rule.field in _FIELDS_OF_TAILS and not rule.keep and (rule.strength != "marked" or word in _SHORT_TAILS)
    )
    return Reader(
        rules,
        tools_of(rules.faults, rules.labels),
        segmenter,
        Lexer(rules.labels, segmenter.cut),
        Names(rules.titles, rules.labels, tails, segmenter.cut, lexicon().is_place),
        Wordings(rules.labels, rules.cues),
    )


def extract(text: str, rules: Rulebook | None = None) -> Extraction:
    """What a text says of posts; never raises, whatever the text.

    >>> [role.found.title.text for role in extract("职务:仓储主管\\n直接上级:物流经理\\n职责:\\n1.盘点\\n2.发货").roles]
    ['仓储主管']
    """
    return read(Document(text), rules or _built_in())


@lru_cache(1)
def _built_in() -> Rulebook:
    return load()


@dataclass(frozen=True, slots=True)
class Understood:
    """A document as its layouts read it, before anything is made of the strings: the page with what it says, and the
    stretches of the page that are accounted for."""

    page: Page
    prepared: Prepared
    reading: Reading
    claimed: list[tuple[int, int]]


def understand(document: Document, reader: Reader, decisions: list[Decision] | None = None) -> Understood:
    """The page of a document and what its layouts find in it."""
    names, rules = reader.names, reader.rules
    prepared = with_cells(prepare(document, reader.preparation), names, rules.columns)
    prepared = with_breaks(with_forms(prepared, names), names, rules.senses)
    if document.title and (title := reader.preparation.simplifier.simplify(document.title)) != document.title:
        document = replace(document, title=title)
    page = read_page(document, prepared, reader, decisions)
    reading = read_layouts(page)
    return Understood(page, prepared, reading, claimed_of(page, reading))


def read(document: Document, rules: Rulebook, *, why: bool = False) -> Extraction:
    """What a document says of posts; with `why`, also why each label was taken or not."""
    if document.status in ("failed", "empty"):
        return Extraction(document, notes=document.notes)
    reader = reader_of(rules)
    decisions: list[Decision] | None = [] if why else None
    found = understand(document, reader, decisions)
    page, reading, claimed = found.page, found.reading, found.claimed
    roles = normalise.read_roles(rated(page, reading.roles, claimed), rules.typed, reader.segmenter.cut)
    notes = (*unclaimed(page, claimed), *empty_labels(page), *doubts(roles))
    return Extraction(
        document,
        found.prepared.script,
        reading.company.text if reading.company else one_company(reading),
        document.title,
        roles,
        reading.units,
        tuple(sorted((*document.notes, *found.prepared.notes, *notes), key=_place)),
        found.prepared.repairs,
        _in_document(page, decisions or ()),
        coverage_of(page, claimed),
    )


def read_page(document: Document, prepared: Prepared, reader: Reader, decisions: list[Decision] | None) -> Page:
    """The prepared text with its words, numbers, labels and lines."""
    text = prepared.text
    value, names = text.value, reader.names
    hits = without_appraisers(value, reader.lexer.hits(value))
    # Where a form is learned from its sure words, the labels that are none of the form's need not be read before.
    known = known_sequences(value, reader.rules)
    hits = with_form(hits, known) if known else hits
    titles = sure_titles(value, hits) or paired_titles(value, hits, reader.wordings, names)
    form = learn_form(value, titles, hits, reader.wordings, names)
    if not form:
        ordinals = read_ordinals(value, frozenset([hit.end for hit in hits]))
        labels = read_labels(value, hits, ordinals, names, decisions, known)
        if not titles:
            form = learn_form(value, likely_titles(value, labels, reader.wordings), hits, reader.wordings, names)
    if form:
        form = without_appraisers(value, form)
        hits = with_form(hits, form)
        ordinals = read_ordinals(value, frozenset([hit.end for hit in hits]))
        labels = read_labels(value, hits, ordinals, names, decisions, with_form(known, form))
    lines = with_parts(value, read_lines(value, ordinals, document.blocks, text), ordinals, names)
    labels = with_spoken(value, lines, ordinals, labels, reader.rules)
    labels = without_contacts(value, lines, labels)
    labels = without_page_titles(value, with_twins(value, lines, labels, reader.rules), names)
    labels = with_lists(value, lines, ordinals, labels, reader.rules, names)
    labels = with_record_names(value, lines, labels, reader.rules, names)
    label_starts = tuple([label.start for label in labels])
    return Page(
        document,
        text,
        value,
        lines,
        marks_of(value, lines, label_starts),
        tuple([line.start for line in lines]),
        hits,
        labels,
        label_starts,
        ordinals,
        tuple([ordinal.start for ordinal in ordinals]),
        reader.rules,
        names,
        front_end_of(value),
    )


def one_company(reading: Reading) -> str:
    """The employer that the roles name, where it is one and the first of them names it: a form's head names it once."""
    named = {role.company.text for role in reading.roles if role.company}
    return named.pop() if len(named) == 1 and reading.roles[0].company else ""


def _in_document(page: Page, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions with their places in the document instead of the page."""
    spans = [page.text.raw_span(decision.start, decision.end) for decision in decisions]
    return tuple(d._replace(start=s.start, end=s.end) for d, s in zip(decisions, spans, strict=True))


def _place(note: Note) -> tuple[int, int, str]:
    return note.start, note.end, note.code
