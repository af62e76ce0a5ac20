"""Layouts: each reads a stretch of a page its own way; where two would, the reading that explains more wins."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gangwei.layouts.appraisal_sheets import read_appraisal_sheets
from gangwei.layouts.deck_marks import is_template
from gangwei.layouts.flat import read_flat_tables
from gangwei.layouts.grid import TEMPLATE, read_grids
from gangwei.layouts.outline import outline_of, read_outline
from gangwei.layouts.reading import Reading
from gangwei.layouts.slides import read_slides
from gangwei.model import Field, FoundRole, FoundUnit, Span
from gangwei.page import Page

_KNOWN_CELLS: Final = 0.5
_SAID_BY_APPLICANT: Final = 4
# Of these one says as much as two others.
_SEEKS: Final = frozenset(["求职意向", "求职目标", "个人简历", "简历", "我的简历", "我的工作经历", "我的项目经历"])
# Cells of several rows that stand under the heads of their columns: beside them an outline takes names and conditions for
# duties.
_FLAT_ROWS: Final = 0.8
# In slides a reader of lines takes labels, heads and advice for items.
_DECK: Final = 0.3
# In sheets of appraisal an outline takes what is asked, and how it is marked, for indicators.
_SHEET: Final = 0.1
_LINED_DECK: Final = 0.8
_FEW_LABELS: Final = 3
# Slides that are forms are read as forms where that tells as much.
_FORMS: Final = 1.01
# Text whose lines have fewer characters than this, as a mean, kept its lines.
_SHORT_LINES: Final = 30
_SECTIONS: Final = ("duties", "authorities", "kpis", "requirements", "routines")


def read_layouts(page: Page) -> Reading:
    """What a page says, each stretch read by the layout that explains it best."""
    if _is_of_applicant(page):
        return Reading((), (), None, (), "applicant")
    grids = read_grids(page)
    known = {span for span, _ in grids}
    proposals = [(span, reading) for span, reading in grids if reading.roles or reading.units or reading is TEMPLATE]
    proposals += read_flat_tables(page, known)
    proposals += read_slides(page)
    outline = outline_of(page)
    plain = read_outline(page, outline)
    proposals += [sheet for sheet in read_appraisal_sheets(page) if not _is_known(sheet[1], plain)]
    if not proposals:
        return plain
    chosen: list[tuple[Span, Reading]] = []
    for span, reading in sorted(proposals, key=_most_first):
        if any(span.start < other.end and other.start < span.end for other, _ in chosen):
            continue
        raw = page.text.raw_span(*span)
        rivals = (role for role in plain.roles if role.title.text and role.start < raw.end and raw.start < role.end)
        rival = sum(_facts_within(role, raw) for role in rivals)
        # Cells that are known are worth more than what run-together text may seem to say.
        share = _KNOWN_CELLS if span in known else _deck_share(page, span, reading, plain)
        facts = sum(map(_facts, reading.roles)) + 2 * sum(len(unit.functions) for unit in reading.units)
        if reading is TEMPLATE or facts >= share * rival:
            chosen.append((span, reading))
    rest = read_outline(page, outline, sorted(span for span, _ in chosen)) if chosen else plain
    chosen = [(span, _completed(page, span, reading, plain, rest)) for span, reading in chosen]
    roles = [*rest.roles, *(role for _, reading in chosen for role in reading.roles)]
    units = [*rest.units, *(unit for _, reading in chosen for unit in reading.units)]
    claimed = [*rest.claimed, *(span for _, reading in chosen for span in reading.claimed)]
    return Reading(
        tuple(sorted(roles, key=_start)), tuple(sorted(units, key=_unit_start)), rest.company, tuple(claimed), "mixed"
    )


def _is_known(sheet: Reading, plain: Reading) -> bool:
    """Whether an outline finds as many indicators of the post that a sheet appraises, with more of what is asked."""
    post = sheet.roles[0]
    return any(role.title.text == post.title.text and len(role.kpis) == len(post.kpis) for role in plain.roles)


def _completed(page: Page, span: Span, form: Reading, plain: Reading, rest: Reading) -> Reading:
    """A form drawn as a table with the sections of its last post that stand below it as text, which the outline knew for
    that post's as long as it had the whole page.
    """
    if form.layout != "form_grid" or not form.roles:
        return form
    post, raw = form.roles[-1], page.text.raw_span(*span)
    whole = next((role for role in plain.roles if raw.start <= role.title.start < raw.end < role.end), None)
    if whole is None or whole.title.text != post.title.text:
        return form
    taken = {entry.start for role in rest.roles for name in _SECTIONS for entry in getattr(role, name)}
    more = {
        name: tuple(entry for entry in getattr(whole, name) if entry.start >= raw.end and entry.start not in taken)
        for name in _SECTIONS
    }
    if not any(more.values()):
        return form
    completed = replace(
        post, end=max(post.end, whole.end), **{n: getattr(post, n) + found for n, found in more.items()}
    )
    end = page.text.value_span(whole.start, whole.end).end
    claimed = tuple(place for place in plain.claimed if span.end <= place[0] < end)
    return form._replace(roles=(*form.roles[:-1], completed), claimed=(*form.claimed, *claimed))


def _is_of_applicant(page: Page) -> bool:
    """Whether a page tells of a person who looks for work: its posts are those that he held."""
    begins = page.rules.senses.applicant.match
    said = {
        match[0] for line in page.lines if (match := begins(page.value, line.body)) and _is_heading(page, match.end())
    }
    return len(said) >= _SAID_BY_APPLICANT - bool(said & _SEEKS)


def _is_heading(page: Page, end: int) -> bool:
    """Whether nothing but a blank, a colon or the line's end stands behind a word."""
    return page.value[end : end + 1] in ("", "\n", "\r", ":", "：", " ", "\t", "\u3000")


def _deck_share(page: Page, span: Span, reading: Reading, plain: Reading) -> float:
    """How much of what an outline finds in a stretch its reading as slides must explain: little where the slides lost
    their lines and hold no labels of forms, for there an outline takes heads and advice for items; and where it takes
    names of posts and marks of the template for items."""
    if reading.layout == "appraisal":
        return _SHEET
    if reading.layout != "slides_flat":
        return _FLAT_ROWS if len(reading.roles) > 1 else 1.0
    fields = (Field.TITLE, Field.SUPERVISOR, Field.DEPARTMENT)
    labels = [
        label
        for label in page.labels
        if span.start <= label.start < span.end and label.rule.field in fields and label.has_mark
    ]
    if len(labels) >= _FEW_LABELS:
        return _FORMS
    names = {role.title.text for role in reading.roles}
    items = [entry.text for role in plain.roles for name in _SECTIONS for entry in getattr(role, name)]
    if any(text in names or is_template(text) for text in items):
        return _DECK
    lines = page.line_index(span.end - 1) - page.line_index(span.start) + 1
    return _DECK if span.end - span.start >= _SHORT_LINES * lines else _LINED_DECK


def _facts(role: FoundRole) -> int:
    sections = (role.duties, role.authorities, role.kpis, role.requirements, role.routines)
    return sum(map(len, sections)) + len(role.supervisors) + len(role.subordinates) + 1


def _facts_within(role: FoundRole, raw: Span) -> int:
    """How many of a role's facts stand within a stretch of the document."""
    sections = (role.duties, role.authorities, role.kpis, role.requirements, role.routines)
    entries = (role.title, *role.supervisors, *role.subordinates, *(entry for section in sections for entry in section))
    return sum(raw.start <= entry.start < raw.end for entry in entries)


def _most_first(proposal: tuple[Span, Reading]) -> tuple[int, Span]:
    return -sum(map(_facts, proposal[1].roles)), proposal[0]


def _start(role: FoundRole) -> tuple[int, int]:
    return role.start, role.title.start


def _unit_start(unit: FoundUnit) -> int:
    return unit.functions[0].start
