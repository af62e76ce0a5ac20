"""Tables: flattened to prose, of pipes, of tabs, and with a column a post."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from gangwei.synth.brief import Brief
from gangwei.synth.sections import items_of, only, with_items
from gangwei.synth.sheet import BLANK, Draft, Kind, Piece, Shape, Sheet, han_number, sentences
from gangwei.synth.vocabulary import Post

_COLUMNS: Final = (
    ("duty", "kpi"),
    ("duty", "kpi"),
    ("duty", "requirement"),
    ("duty", "kpi", "requirement"),
    ("duty", "authority"),
)


def table_flat(brief: Brief, rng: Random) -> Draft:
    """A table that lost its lines: the head once, then cell after cell as prose, parted by blanks and restarts."""
    columns = rng.choice(_COLUMNS)
    labels = [brief.label("title", rng), *(brief.label(column, rng) for column in columns)]
    ordinal = rng.choice(("paren", "paren", "wide_paren", "dun", "dot"))
    stop = rng.choice(("semi", "full", "ascii"))
    sheet = Sheet()
    unit = brief.units[0]
    with_unit = rng.random() < 0.5
    if with_unit:
        sheet.put(Kind.HEADING, f"一、 {unit.name}职能分解{brief.colon()} 职能 职能分项 职能细化 1、日常管理 ")
        sheet.items(unit.functions, "paren", "semi", BLANK)
        sheet.put(Kind.BREAK, " ")
    sheet.put(
        Kind.HEADING, f"{'二' if with_unit else '一'}、 {rng.choice(brief.words('chapter_heads'))}{brief.colon()} "
    )
    for label in labels:
        sheet.put(Kind.LABEL, label)
        sheet.put(Kind.BREAK, " ")
    roles = []
    for post in brief.posts:
        # A cell without text would leave the restart to the wrong column.
        if not all(items_of(post, column) for column in columns):
            continue
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.BREAK, " ")
        for column in columns:
            sheet.items(items_of(post, column), ordinal, "none" if column == "kpi" else stop, BLANK)
            sheet.put(Kind.BREAK, " ")
        roles.append(only(post, columns))
    return Draft(sheet.pieces, tuple(roles), (unit,) if with_unit else (), head=f"{unit.name}职能分解", hant=brief.hant)


class _Cells(NamedTuple):
    """How a table writes several items into a cell."""

    ordinal: str
    stop: str
    parting: str

    @classmethod
    def drawn(cls, rng: Random, parting: str) -> _Cells:
        if rng.random() < 0.2:
            return cls("none", "semi", "")
        return cls(
            rng.choice(("dun", "dot", "paren", "circle", "wide_paren")), rng.choice(("full", "semi", "none")), parting
        )

    def items(self, items: Sequence[str]) -> tuple[str, ...]:
        """The items as the cell states them: prose has as many as it has sentences."""
        return sentences(items) if self.ordinal == "none" else tuple(items)

    def write(self, sheet: Sheet, items: Sequence[str]) -> None:
        parting = Piece(Kind.MARKUP, self.parting) if self.parting else None
        sheet.items(self.items(items), self.ordinal, self.stop, parting)


def pipe_table(brief: Brief, rng: Random) -> Draft:
    """A table of pipes, a row a post."""
    return _rows(brief, rng, "| ", " | ", " |", _Cells.drawn(rng, rng.choice(("<br>", " "))), ruled=True)


def tab_table(brief: Brief, rng: Random) -> Draft:
    """A table of tabs, a row a post."""
    return _rows(brief, rng, "", "\t", "", _Cells.drawn(rng, rng.choice(("", " "))), ruled=False)


def _rows(brief: Brief, rng: Random, left: str, between: str, right: str, cells: _Cells, *, ruled: bool) -> Draft:
    facts = [field for field in ("department", "supervisor") if rng.random() < 0.5]
    lists = rng.choice(_COLUMNS)
    columns = ("title", *facts, *lists)
    numbered = rng.random() < 0.4
    sheet = Sheet()
    named = rng.random() < 0.5
    head = f"{brief.company if named else ''}岗位职责一览表"
    sheet.line(Kind.HEADING, f"# {head}" if ruled else head)
    sheet.put(Kind.LINE, "\n")
    sheet.put(Kind.MARKUP, left)
    if numbered:
        sheet.put(Kind.HEADING, "序号")
        sheet.put(Kind.MARKUP, between)
    _write_row(sheet, [(Kind.LABEL, brief.label(column, rng)) for column in columns], between)
    sheet.put(Kind.MARKUP, right)
    if ruled:
        sheet.put(Kind.MARKUP, "\n|" + "---|" * (len(columns) + numbered))
    roles = []
    for place, post in enumerate(brief.posts, 1):
        sheet.put(Kind.MARKUP, "\n" + left + (f"{place}{between}" if numbered else ""))
        said = only(post, lists)
        for column in columns:
            if column == "title":
                sheet.put(Kind.TITLE, post.title)
                continue
            sheet.put(Kind.MARKUP, between)
            if column == "department":
                said = said._replace(department=post.department)
                sheet.put(Kind.VALUE, post.department or "")
            elif column == "supervisor":
                said = said._replace(supervisors=post.supervisors)
                sheet.put(Kind.VALUE, "、".join(post.supervisors))
            else:
                items = items_of(post, column)
                said = with_items(said, column, cells.items(items))
                cells.write(sheet, items)
        sheet.put(Kind.MARKUP, right)
        roles.append(said)
    sheet.put(Kind.MARKUP, "\n")
    company = brief.company if named else None
    return Draft(sheet.pieces, tuple(roles), company=company, head=head, shape=Shape.ROWS, hant=brief.hant)


def _write_row(sheet: Sheet, cells: Sequence[tuple[Kind, str]], between: str) -> None:
    for place, (kind, text) in enumerate(cells):
        if place:
            sheet.put(Kind.MARKUP, between)
        sheet.put(kind, text)


def matrix(brief: Brief, rng: Random) -> Draft:
    """Tables with a column a post and a row a field, three posts wide at the most."""
    cells = _Cells(rng.choice(("dun", "dot", "paren")), rng.choice(("full", "none")), rng.choice(("<br>", " ")))
    fields = ["supervisor", "summary", "duty", *(field for field in ("kpi", "requirement") if rng.random() < 0.7)]
    if rng.random() < 0.4:
        fields.remove("summary")
    parts = rng.randint(1, 2)
    labels = {field: brief.label(field, rng) for field in fields}
    corner = rng.choice(("类别", "项目", ""))
    sheet = Sheet()
    named = rng.random() < 0.6
    head = f"{brief.company if named else ''}岗位职责对照表"
    sheet.line(Kind.HEADING, f"# {head}")
    roles: list[Post] = []
    for start in range(0, len(brief.posts), 3):
        posts = brief.posts[start : start + 3]
        sheet.put(Kind.LINE, "\n")
        _matrix_row(sheet, corner, [(Kind.TITLE, post.title) for post in posts])
        sheet.put(Kind.MARKUP, "|" + "---|" * (len(posts) + 1) + "\n")
        for field in fields:
            if field == "supervisor":
                _matrix_row(sheet, labels[field], [(Kind.VALUE, "、".join(post.supervisors)) for post in posts])
            elif field == "summary":
                _matrix_row(sheet, labels[field], [(Kind.VALUE, post.summary or "") for post in posts])
            else:
                _matrix_lists(sheet, labels[field], field, posts, cells, parts if field == "duty" else 1)
        for post in posts:
            said = only(post, tuple(field for field in fields if field not in ("supervisor", "summary")))
            summary = post.summary if "summary" in fields else None
            roles.append(said._replace(supervisors=post.supervisors, summary=summary))
    company = brief.company if named else None
    return Draft(sheet.pieces, tuple(roles), company=company, head=head, shape=Shape.ROWS, hant=brief.hant)


def _matrix_row(sheet: Sheet, label: str, cells: Sequence[tuple[Kind, str]]) -> None:
    sheet.put(Kind.MARKUP, "| ")
    sheet.put(Kind.LABEL, label)
    for kind, text in cells:
        sheet.put(Kind.MARKUP, " | ")
        sheet.put(kind, text)
    sheet.put(Kind.MARKUP, " |\n")


def _matrix_lists(sheet: Sheet, label: str, field: str, posts: Sequence[Post], cells: _Cells, parts: int) -> None:
    """A row of lists, or several where the duties are grouped; a group may leave a post's cell empty."""
    for part in range(parts):
        name = label if parts == 1 else f"{label}{'（' + han_number(part + 1) + '）'}"
        sheet.put(Kind.MARKUP, "| ")
        sheet.put(Kind.LABEL, name)
        for post in posts:
            items = items_of(post, field)
            middle = (len(items) + 1) // 2 if parts == 2 else len(items)
            sheet.put(Kind.MARKUP, " | ")
            cells.write(sheet, items[:middle] if part == 0 else items[middle:])
        sheet.put(Kind.MARKUP, " |\n")
