"""The tables of an organisation: posts with their place in a taxonomy, edges between them."""

from __future__ import annotations

from typing import Final

from gangwei.tables import TABLES, Column, Table

_ROLES: Final = next(table for table in TABLES if table.name == "roles")
_PLACE: Final = (
    Column("start", "integer", "起", "where it is said in the document's text as read", "characters"),
    Column("end", "integer", "止", "where it ends in the document's text as read, exclusive", "characters"),
)

POSTS: Final = Table(
    "posts",
    "岗位归类",
    "the table roles, with what a taxonomy says of each post",
    ("role_id",),
    (
        *_ROLES.columns,
        Column("taxonomy_code", "string", "分类代码", "code of the entry that the post belongs to"),
        Column("taxonomy_name", "string", "分类名称", "name of that entry"),
        Column(
            "taxonomy_match",
            "string",
            "归类方式",
            "title: the whole title is a name or an alias; ending: it ends with one; ambiguous: several entries have the word; "
            "unmatched: none has; empty: no taxonomy was given",
        ),
        Column("taxonomy_word", "string", "归类词", "the name or alias that was found in the title"),
    ),
)
EDGES: Final = Table(
    "edges",
    "组织关系",
    "who stands above whom, as one of them or both state it; the deputy below whom he stands in for",
    (),
    (
        Column("company", "string", "公司", "the employer; empty where the document names none"),
        Column("kind", "string", "关系", "line: superior and subordinate; deputy: who stands in for whom"),
        Column("upper_role_id", "string", "上位岗位编号", "the role above, where exactly one can be meant"),
        Column("upper_title", "string", "上位岗位", "its title, or as it is named where there is no such role"),
        Column("lower_role_id", "string", "下位岗位编号", "the role below, where exactly one can be meant"),
        Column("lower_title", "string", "下位岗位", "its title, or as it is named where there is no such role"),
        Column("reach", "string", "范围", "document, company: where the other role was found; none: it was not"),
        Column(
            "doubt",
            "string",
            "疑点",
            "cycle: it closes a circle; one_sided: the one above lists others and not this one",
        ),
        Column("role_id", "string", "出处岗位", "the role that states it"),
        Column("doc_id", "string", "出处文档", "its document"),
        Column("text", "string", "原文", "the other post as it is stated"),
        *_PLACE,
    ),
)
ORGANISATION: Final = (POSTS, EDGES)
