"""The tables: every column declared once, with type, Chinese header, meaning and unit; an Extraction as their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.model import Entry, Extraction, Role

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Rows = dict[str, list[Row]]


class Column(NamedTuple):
    """A column; `type` is string, integer, number or boolean. Empty text and None: the document does not say."""

    name: str
    type: str
    header: str
    meaning: str
    unit: str = ""


class Table(NamedTuple):
    """A table; `keys` name a row (none where nothing does), `references` lead from columns to the keys of other tables."""

    name: str
    header: str
    meaning: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[tuple[str, str], ...] = ()


def rows_of(extraction: Extraction, *, keep_text: bool = False) -> Rows:
    """The rows that a document adds to each table, in column order: one in `documents`, any number in the others.

    >>> from gangwei.model import Document
    >>> rows = rows_of(Extraction(Document("部门：市场部", doc_id="a.txt"), script="hans"))
    >>> [cell for cell in rows["documents"][0] if cell]
    ['a.txt', 'text/plain', 'hans', 6, 'ok']
    """
    doc_id = extraction.document.doc_id
    numbered = [(f"{doc_id}#{n}", role) for n, role in enumerate(extraction.roles, 1)]
    found: dict[str, Iterator[Row]] = {
        "documents": iter((_document_row(extraction),)),
        "roles": (_role_row(extraction, n, role) for n, role in enumerate(extraction.roles, 1)),
        "relations": (row for role_id, role in numbered for row in _relation_rows(doc_id, role_id, role)),
        "duties": (row for role_id, role in numbered for row in _duty_rows(doc_id, role_id, role)),
        "kpis": (row for role_id, role in numbered for row in _kpi_rows(doc_id, role_id, role)),
        "requirements": (row for role_id, role in numbered for row in _requirement_rows(doc_id, role_id, role)),
        "units": _unit_rows(extraction),
        "notes": ((doc_id, note.code, note.start, note.end, note.message) for note in extraction.notes),
        "repairs": ((doc_id, r.fault, r.start, r.end, r.before, r.after) for r in extraction.repairs),
    }
    rows = {name: _stored(list(table)) for name, table in found.items()}
    if keep_text:
        rows["texts"] = [(storable(doc_id), storable_in_place(extraction.document.text))]
    return rows


def storable(text: str) -> str:
    """The text as every file format takes it: lone surrogates replaced, control characters but \\n and \\t gone.

    A carriage return becomes \\n; before \\n it goes.

    >>> storable("销售\\x0b经理\\ud800\\r\\n职责\\r")
    '销售经理�\\n职责\\n'
    """
    if text.isprintable():
        return text
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text)


def storable_in_place(text: str) -> str:
    """The same for a text that offsets lead into: nothing goes, one character stands for one, \\r stays.

    >>> storable_in_place("销售\\x0b经理\\r")
    '销售�经理\\r'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


def _document_row(extraction: Extraction) -> Row:
    document = extraction.document
    is_empty = document.status == "ok" and not document.text.strip()
    return (
        document.doc_id,
        document.source,
        document.sha256,
        document.media_type,
        document.encoding,
        extraction.script,
        extraction.company,
        extraction.title,
        len(document.text),
        len(extraction.roles),
        "empty" if is_empty else document.status,
        " ".join(document.error.split()),
        round(extraction.coverage, 4),
    )


def _role_row(extraction: Extraction, number: int, role: Role) -> Row:
    found = role.found
    doc_id = extraction.document.doc_id
    return (
        f"{doc_id}#{number}",
        doc_id,
        number,
        _text(found.company) or extraction.company,
        _text(found.department),
        found.title.text,
        role.title_full,
        role.level,
        role.function,
        _text(found.summary),
        found.layout,
        round(found.confidence, 4),
        found.start,
        found.end,
        "|".join(role.variants),
        found.title.rule,
    )


def _relation_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    count: Counter[str] = Counter()
    for relation in role.relations:
        kind, entry, target = relation.kind, relation.entry, relation.target
        count[kind] += 1
        target_id = "" if target is None else f"{doc_id}#{target + 1}"
        yield role_id, doc_id, kind, count[kind], entry.text, target_id, entry.start, entry.end, entry.rule


def _duty_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    count: Counter[str] = Counter()
    for duty in role.duties:
        count[duty.kind] += 1
        entry = duty.entry
        yield (
            *(role_id, doc_id, duty.kind, count[duty.kind], entry.group, entry.text),
            *(duty.action, duty.object, duty.frequency, entry.rule, entry.start, entry.end),
        )


def _kpi_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    for n, kpi in enumerate(role.kpis, 1):
        entry = kpi.entry
        yield (
            *(role_id, doc_id, n, entry.text, kpi.name, kpi.measure, kpi.direction, kpi.comparator),
            *(kpi.target, kpi.unit, _number(kpi.weight), kpi.period, entry.rule, entry.start, entry.end),
        )


def _requirement_rows(doc_id: str, role_id: str, role: Role) -> Iterator[Row]:
    for n, need in enumerate(role.requirements, 1):
        entry = need.entry
        yield (
            *(role_id, doc_id, n, entry.text, need.category, need.degree, _number(need.min_years)),
            *(
                _number(need.min_age),
                _number(need.max_age),
                need.gender,
                need.preferred,
                entry.rule,
                entry.start,
                entry.end,
            ),
        )


def _unit_rows(extraction: Extraction) -> Iterator[Row]:
    functions = ((unit.name.text, entry) for unit in extraction.units for entry in unit.functions)
    for n, (unit, entry) in enumerate(functions, 1):
        yield extraction.document.doc_id, unit, n, entry.group, entry.text, entry.rule, entry.start, entry.end


def _text(entry: Entry | None) -> str:
    return entry.text if entry else ""


def _number(value: float | None) -> float | None:
    """The number, where a column can hold it; another says nothing (年龄 and thirty digits)."""
    return value if value is not None and abs(value) < _TOO_LARGE else None


def _stored(rows: list[Row]) -> list[Row]:
    """The rows with every string storable. Columns are looked at whole, because nearly always nothing is to be done."""
    strings = (cells for cells in zip(*rows, strict=True) if isinstance(cells[0], str))
    if all(all(map(str.isprintable, cells)) for cells in strings):
        return rows
    return [tuple(storable(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TOO_LARGE: Final = 1e15  # whole numbers below are exact as floats and as integers of 64 bits

_ROLE_ID: Final = Column("role_id", "string", "岗位编号", "the role: doc_id, # and position")
_DOC_ID: Final = Column(
    "doc_id", "string", "文档编号", "the document: its path below the input folder; # and number for a record or member"
)
_GROUP: Final = Column("group", "string", "分组", "the heading over the list in which the item stands")
_TEXT: Final = Column("text", "string", "原文", "the item, repaired and Simplified, without ordinal and closing mark")
_PLACE: Final = (
    Column("start", "integer", "起", "where it begins in the document's text as read", "characters"),
    Column("end", "integer", "止", "where it ends in the document's text as read, exclusive", "characters"),
)
_RULE_PLACE: Final = (Column("rule", "string", "规则", "the rule that took it"), *_PLACE)


def _position(of_what: str) -> Column:
    return Column("position", "integer", "序号", f"number {of_what}, from 1")


TABLES: Final = (
    Table(
        "documents",
        "文档",
        "what was given to read, and how it was read",
        ("doc_id",),
        (
            _DOC_ID,
            Column("source", "string", "来源", "the file it came from, below the input folder"),
            Column("sha256", "string", "校验和", "SHA-256 of the bytes read"),
            Column("media_type", "string", "格式", "what the content is"),
            Column("encoding", "string", "编码", "how the bytes were decoded"),
            Column("script", "string", "字形", "script of the text as read"),
            Column("company", "string", "公司", "the employer that the document speaks of, as it names it"),
            Column("title", "string", "标题", "the document's heading"),
            Column("n_chars", "integer", "字数", "length of the text as read", "characters"),
            Column("n_roles", "integer", "岗位数", "number of roles in it"),
            Column(
                "status",
                "string",
                "状态",
                "ok: read whole; partial: cut or a part not read; empty: no text; failed: not read",
            ),
            Column("error", "string", "原因", "why it is partial or failed"),
            Column(
                "coverage",
                "number",
                "覆盖率",
                "share of characters that stand as value, label, ordinal or known noise",
                "0 to 1",
            ),
        ),
    ),
    Table(
        "roles",
        "岗位",
        "the posts that the documents describe",
        ("role_id",),
        (
            _ROLE_ID,
            _DOC_ID,
            _position("of the role in its document"),
            Column("company", "string", "公司", "the role's employer"),
            Column("department", "string", "部门", "the unit that the post belongs to"),
            Column(
                "title",
                "string",
                "岗位名称",
                "the post's name as the document states it; empty, with confidence 0, where it names none",
            ),
            Column("title_full", "string", "岗位全称", "department and title"),
            Column("level", "string", "层级", "rank of the post"),
            Column("function", "string", "职能", "line of work"),
            Column("summary", "string", "概述", "one sentence on the post"),
            Column("layout", "string", "版式", "the layout it was read from"),
            Column("confidence", "number", "置信度", "how sure the reading is", "0 to 1"),
            *_PLACE,
            Column("variants", "string", "兼任岗位", "the posts of a title that names two, | between them"),
            Column("rule", "string", "规则", "the rule that took the title"),
        ),
        (("doc_id", "documents"),),
    ),
    Table(
        "relations",
        "上下级",
        "who answers to whom, who stands in for whom",
        ("role_id", "kind", "position"),
        (
            _ROLE_ID,
            _DOC_ID,
            Column("kind", "string", "关系", "what the other post is to this one"),
            _position("within role and kind"),
            Column("title", "string", "对方岗位", "the other post as the document names it"),
            Column(
                "target_role_id",
                "string",
                "对方岗位编号",
                "the role of the same document or company that is meant, where exactly one can be",
            ),
            *_PLACE,
            Column("rule", "string", "规则", "the rule that took it"),
        ),
        (("doc_id", "documents"), ("role_id", "roles"), ("target_role_id", "roles")),
    ),
    Table(
        "duties",
        "职责",
        "what the posts do and may do",
        ("role_id", "kind", "position"),
        (
            _ROLE_ID,
            _DOC_ID,
            Column("kind", "string", "类别", "duty, authority or routine work"),
            _position("within role and kind"),
            _GROUP,
            _TEXT,
            Column("action", "string", "动作", "verb of the first main clause, coordinated ones with | between"),
            Column("object", "string", "对象", "what the action is done to"),
            Column("frequency", "string", "频次", "how often"),
            *_RULE_PLACE,
        ),
        (("doc_id", "documents"), ("role_id", "roles")),
    ),
    Table(
        "kpis",
        "考核指标",
        "what the posts are measured by",
        ("role_id", "position"),
        (
            _ROLE_ID,
            _DOC_ID,
            _position("within the role"),
            _TEXT,
            Column("name", "string", "指标名称", "canonical name of the indicator"),
            Column("measure", "string", "指标类型", "what is measured"),
            Column("direction", "string", "方向", "whether more or less is better"),
            Column("comparator", "string", "比较", "how the value stands to the target; ~ is about"),
            Column("target", "string", "目标值", "number in the unit printed, or a range as 8-10", "see unit"),
            Column("unit", "string", "单位", "unit of the target as printed"),
            Column("weight", "number", "权重", "weight in the assessment", "percent"),
            Column("period", "string", "周期", "period of the target or the assessment"),
            *_RULE_PLACE,
        ),
        (("doc_id", "documents"), ("role_id", "roles")),
    ),
    Table(
        "requirements",
        "任职要求",
        "what the holder of a post must bring",
        ("role_id", "position"),
        (
            _ROLE_ID,
            _DOC_ID,
            _position("within the role"),
            _TEXT,
            Column("category", "string", "要求类别", "what kind of requirement"),
            Column("degree", "string", "学历", "lowest degree required"),
            Column("min_years", "number", "最低工作年限", "experience, lower bound", "years"),
            Column("min_age", "integer", "最低年龄", "age, lower bound, inclusive", "years"),
            Column("max_age", "integer", "最高年龄", "age, upper bound, inclusive", "years"),
            Column("gender", "string", "性别", "gender asked for"),
            Column("preferred", "boolean", "优先", "true where the text only states a preference"),
            *_RULE_PLACE,
        ),
        (("doc_id", "documents"), ("role_id", "roles")),
    ),
    Table(
        "units",
        "部门职能",
        "functions of units, apart from any post",
        ("doc_id", "position"),
        (
            _DOC_ID,
            Column("unit", "string", "部门", "the unit's name"),
            _position("within the document"),
            _GROUP,
            _TEXT,
            *_RULE_PLACE,
        ),
        (("doc_id", "documents"),),
    ),
    Table(
        "notes",
        "备注",
        "what a person may want to look at: text that no rule claimed, labels without a value, doubts",
        (),
        (
            _DOC_ID,
            Column("code", "string", "代码", "kind of note"),
            *_PLACE,
            Column("message", "string", "说明", "what is to be said"),
        ),
        (("doc_id", "documents"),),
    ),
    Table(
        "repairs",
        "修复",
        "the text faults that were repaired",
        (),
        (
            _DOC_ID,
            Column("fault", "string", "差错", "kind of fault"),
            *_PLACE,
            Column("before", "string", "修复前", "what stood there"),
            Column("after", "string", "修复后", "what was read instead"),
        ),
        (("doc_id", "documents"),),
    ),
    Table(
        "texts",
        "全文",
        "the documents' text as read, which start and end lead into; only with --keep-text",
        ("doc_id",),
        (_DOC_ID, Column("text", "string", "全文", "the text as read; what no file can hold stands as U+FFFD")),
        (("doc_id", "documents"),),
    ),
)
