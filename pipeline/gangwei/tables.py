"""The tables: every column declared once, with type, Chinese header, meaning and unit; an Extraction as their rows."""

from __future__ import annotations

from typing import Final, NamedTuple

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
