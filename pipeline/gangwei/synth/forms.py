"""Forms, one a post: with labels and values run together, and with a label a line."""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

from gangwei.synth.brief import Brief
from gangwei.synth.sections import SECTIONS, items_of, kept, stated, with_items
from gangwei.synth.sheet import BULLETS, IN_LINE, LINE, NUMBERED, Draft, Kind, Sheet, sentences
from gangwei.synth.vocabulary import Post, Small

_EMPTY: Final = 0.07


def form_inline(brief: Brief, rng: Random) -> Draft:
    """Forms whose labels and values follow one another without a mark."""
    form = _Form.drawn(brief, rng)
    head = rng.choice(brief.words("heads"))
    named = rng.random() < 0.7
    title = (brief.company if named else "") + head
    between = rng.choice(("", "", "\n", " "))
    sheet = Sheet()
    roles = []
    for place, post in enumerate(brief.posts):
        if place:
            sheet.put(Kind.BREAK, between)
        sheet.put(Kind.HEADING, title)
        roles.append(_write_inline(sheet, post, form, brief, rng))
    return Draft(sheet.pieces, tuple(roles), company=brief.company if named else None, head=title, hant=brief.hant)


class _Form(NamedTuple):
    """One document's form: its labels in order, and how its lists are written."""

    labels: dict[str, str]
    head: tuple[str, ...]
    sections: tuple[str, ...]
    others: tuple[tuple[str, Small], ...]
    split: bool
    glue: str
    ordinal: str
    stop: str
    names: str
    grouped: bool
    footer: str

    @classmethod
    def drawn(cls, brief: Brief, rng: Random) -> _Form:
        fields = ("title", "department", "supervisor", "subordinate", "deputy", "summary", "both", *SECTIONS)
        labels = {field: brief.label(field, rng) for field in fields}
        split = rng.random() < 0.4
        head = (
            ["department", "title", "supervisor", "subordinate"]
            if split or rng.random() < 0.4
            else ["title", "department"]
        )
        head += [field for field in ("supervisor", "subordinate") if field not in head and rng.random() < 0.8]
        sections = ["duty"] + [field for field in SECTIONS[1:] if rng.random() < 0.6]
        if rng.random() < 0.25:
            sections = sections[1:] + sections[:1]
        if "authority" in sections and rng.random() < 0.35:
            sections = ["both", *(field for field in sections if field not in ("duty", "authority"))]
        if rng.random() < 0.5:
            head.append("deputy")
        if rng.random() < 0.5:
            sections.insert(0, "summary")
        # The fields that nobody wants stand between the others, at the same place in each form.
        others = tuple((rng.choice(head), small) for small in rng.sample(brief.vocabulary.others, rng.randint(0, 2)))
        stop = "ascii" if brief.half and rng.random() < 0.5 else rng.choice(("full", "semi", "none", "mixed"))
        return cls(
            labels,
            tuple(head),
            tuple(sections),
            others,
            split,
            rng.choice(("", "", " ")),
            rng.choice(IN_LINE),
            stop,
            rng.choice(("、", "、", "", " ")),
            rng.random() < 0.12,
            rng.choice(brief.words("footers")) if rng.random() < 0.3 else "",
        )


def _write_inline(sheet: Sheet, post: Post, form: _Form, brief: Brief, rng: Random) -> Post:
    said = stated(post, form.split)
    for field in form.head:
        sheet.put(Kind.LABEL, form.labels[field])
        match field:
            case "title":
                sheet.put(Kind.TITLE, said.title)
            case "department":
                sheet.put(Kind.VALUE, said.department or "")
            case "supervisor":
                if rng.random() < _EMPTY:
                    said = said._replace(supervisors=())
                sheet.put(Kind.VALUE, form.names.join(said.supervisors))
            case "subordinate":
                sheet.put(Kind.VALUE, form.names.join(said.subordinates))
            case _:
                sheet.put(Kind.VALUE, rng.choice(("", "指定人员", *said.supervisors)))
        sheet.put(Kind.BREAK, form.glue)
        for after, small in form.others:
            if after == field:
                sheet.put(Kind.LABEL, small.hant if brief.hant else small.label)
                sheet.put(Kind.VALUE, rng.choice(small.values))
                sheet.put(Kind.BREAK, form.glue)
    if "department" not in form.head:
        said = said._replace(department=None)
    if "supervisor" not in form.head:
        said = said._replace(supervisors=())
    if "subordinate" not in form.head:
        said = said._replace(subordinates=())
    left_out = {field for field in ("authority", "kpi", "routine") if rng.random() < _EMPTY}
    return _write_sections(sheet, kept(said, set(form.sections) - left_out), form, rng)


def _write_sections(sheet: Sheet, said: Post, form: _Form, rng: Random) -> Post:
    for field in form.sections:
        sheet.put(Kind.LABEL, form.labels[field])
        if field == "summary":
            if said.summary:
                sheet.put(Kind.VALUE, said.summary)
                sheet.put(Kind.STOP, "。" if form.stop == "full" else "")
        elif field == "both":
            sheet.items(said.duties, form.ordinal, form.stop, rng=rng)
            sheet.items(said.authorities, form.ordinal, form.stop, rng=rng)
        elif field == "duty" and form.grouped:
            said = _write_groups(sheet, said)
        else:
            items = items_of(said, field)
            ordinal = "none" if len(items) == 1 and form.stop != "mixed" else form.ordinal
            if ordinal == "none":
                items = sentences(items)
                said = with_items(said, field, items)
            sheet.items(items, ordinal, "full" if len(items) > 1 and ordinal == "none" else form.stop, rng=rng)
        sheet.put(Kind.BREAK, form.glue)
    sheet.put(Kind.NOISE, form.footer)
    return said


def _write_groups(sheet: Sheet, said: Post) -> Post:
    """Duties in groups of two and three: the group's heading is no item, its tasks are prose."""
    duties = sentences(said.duties)
    sizes = [3] * (len(duties) // 3) + ([len(duties) % 3] if len(duties) % 3 else [])
    start = 0
    for number, size in enumerate(sizes):
        group = duties[start : start + size]
        start += size
        sheet.put(Kind.ORDINAL, f"职责{'一二三四五六七八九十'[number % 10]}")
        sheet.put(Kind.LABEL, "职责表述")
        sheet.put(Kind.MARK, "：")
        sheet.put(Kind.HEADING, _GROUPS[number % len(_GROUPS)])
        sheet.put(Kind.LABEL, "工作任务")
        sheet.items(group, "none", "semi")
    return said._replace(duties=duties)


def form_lines(brief: Brief, rng: Random) -> Draft:
    """Forms with a label a line, in one of the many ways to set labels off."""
    form = _Form.drawn(brief, rng)
    style = rng.choice(tuple(_DELIMITERS))
    before, after = _DELIMITERS[style]
    ordinal = rng.choice((*NUMBERED, *BULLETS, "none"))
    stop = "none" if ordinal == "none" else form.stop
    heading = rng.choice(("", "", "{}", "一、{}", "{}岗位职责", "## {}"))
    named = rng.random() < 0.6
    sheet = Sheet()
    head = (brief.company if named else "") + rng.choice(brief.words("heads"))
    sheet.line(Kind.HEADING, head)
    roles = []
    for number, post in enumerate(brief.posts, 1):
        lines = _Lines(sheet, form, before, after, ordinal, stop)
        sheet.put(Kind.BREAK, "\n")
        if heading:
            sheet.line(Kind.TITLE, heading.replace("一", _CHAPTERS[(number - 1) % 10]).format(post.title))
        roles.append(lines.write(post, bool(heading), brief, rng))
        if number < len(brief.posts) and rng.random() < 0.2:
            sheet.line(Kind.NOISE, "────────────")
    return Draft(sheet.pieces, tuple(roles), company=brief.company if named else None, head=head, hant=brief.hant)


class _Lines(NamedTuple):
    sheet: Sheet
    form: _Form
    before: str
    after: str
    ordinal: str
    stop: str

    def write(self, post: Post, headed: bool, brief: Brief, rng: Random) -> Post:
        form, sheet = self.form, self.sheet
        said = stated(post, form.split and not headed)
        for field in form.head:
            if field == "title" and not headed:
                self._value(field, said.title, Kind.TITLE)
            elif field == "department":
                self._value(field, said.department or "")
            elif field == "supervisor":
                self._value(field, "、".join(said.supervisors))
            elif field == "subordinate":
                self._value(field, "、".join(said.subordinates) or rng.choice(("无", "")))
            elif field == "deputy":
                self._value(field, rng.choice(("", *said.supervisors)))
        for _, small in form.others:
            sheet.put(Kind.LABEL, self.before + (small.hant if brief.hant else small.label))
            sheet.put(Kind.MARK, self.after)
            sheet.put(Kind.VALUE, rng.choice(small.values))
            sheet.put(Kind.LINE, "\n")
        if "department" not in form.head:
            said = said._replace(department=None)
        said = said._replace(
            supervisors=said.supervisors if "supervisor" in form.head else (),
            subordinates=said.subordinates if "subordinate" in form.head else (),
        )
        fields = [part for field in form.sections for part in (("duty", "authority") if field == "both" else (field,))]
        said = kept(said, set(fields))
        for field in fields:
            if field == "summary":
                if said.summary:
                    self._value(field, said.summary)
                continue
            if not (items := items_of(said, field)):
                continue
            self._label(field)
            sheet.put(Kind.BREAK, "" if self.after.endswith("\n") else "\n")
            sheet.items(items, self.ordinal, self.stop, LINE, rng)
            sheet.put(Kind.LINE, "\n")
        return said

    def _label(self, field: str) -> None:
        self.sheet.put(Kind.LABEL, self.before + self.form.labels[field])
        self.sheet.put(Kind.MARK, self.after)

    def _value(self, field: str, value: str, kind: Kind = Kind.VALUE) -> None:
        self._label(field)
        self.sheet.put(kind, value)
        self.sheet.put(Kind.LINE, "\n")


_CHAPTERS: Final = "一二三四五六七八九十"
_GROUPS: Final = ("计划与制度", "日常业务", "监督与改进", "协调与支持", "其他事务")
_DELIMITERS: Final = {
    "wide": ("", "："),
    "narrow": ("", ":"),
    "corners": ("【", "】"),
    "tab": ("", "\t"),
    "bold": ("**", "**："),
    "hash": ("### ", "\n"),
    "next": ("", "\n"),
    "colon_next": ("", "：\n"),
    "square": ("[", "] "),
    "spaced": ("", " ： "),
}
