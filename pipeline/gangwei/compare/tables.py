"""The tables of a comparison; every column declared once. A row's `run`, `doc_id`, `start`, `end` lead to its source."""

from __future__ import annotations

from typing import Final

from gangwei.tables import Column, Table


def _run(prefix: str = "", header: str = "") -> Column:
    return Column(f"{prefix}run", "string", f"{header}批次", "the result folder that the role comes from")


def _place(prefix: str = "", header: str = "") -> tuple[Column, ...]:
    return (
        Column(
            f"{prefix}start", "integer", f"{header}起", "where it begins in the document's text as read", "characters"
        ),
        Column(
            f"{prefix}end",
            "integer",
            f"{header}止",
            "where it ends in the document's text as read, exclusive",
            "characters",
        ),
    )


def _source(prefix: str = "", header: str = "", what: str = "the role") -> tuple[Column, ...]:
    return (
        _run(prefix, header),
        Column(f"{prefix}role_id", "string", f"{header}岗位编号", f"{what}, as `roles` of that folder names it"),
        Column(f"{prefix}doc_id", "string", f"{header}文档编号", "its document"),
    )


def _side(prefix: str, header: str) -> tuple[Column, ...]:
    return (
        *_source(prefix, header),
        Column(f"{prefix}company", "string", f"{header}公司", "the role's employer"),
        Column(f"{prefix}title", "string", f"{header}岗位", "the post's name"),
        *_place(prefix, header),
    )


def _duty_side(prefix: str, header: str) -> tuple[Column, ...]:
    return (
        *_source(prefix, header),
        Column(f"{prefix}kind", "string", f"{header}类别", "duty, authority or routine work"),
        Column(f"{prefix}position", "integer", f"{header}序号", "number within role and kind, from 1"),
        Column(f"{prefix}text", "string", f"{header}原文", "the duty"),
        *_place(prefix, header),
    )


_FAMILY: Final = Column("family_id", "string", "岗位族", "the family: roles that do the same work")
_CLUSTER: Final = Column("cluster_id", "string", "职责组", "the cluster: one duty in all its wordings")
_COPY: Final = Column(
    "copy_id", "string", "雷同段", "the passage that roles copied from each other or from one template"
)
_TITLE_FACTS: Final = (
    Column("level", "string", "层级", "rank of the post"),
    Column("function", "string", "职能", "line of work"),
)

COMPARISON: Final = (
    Table(
        "families",
        "岗位族",
        "roles that do the same work, whatever their titles; the most widespread first; place: the role in its middle",
        ("family_id",),
        (
            _FAMILY,
            Column("title", "string", "岗位名称", "the most frequent title"),
            Column("titles", "string", "全部名称", "its titles, the most frequent ones, | between"),
            Column("n_titles", "integer", "名称数", "number of different titles"),
            Column("n_roles", "integer", "岗位数", "number of roles"),
            Column("n_documents", "integer", "文档数", "number of documents"),
            Column("n_companies", "integer", "公司数", "number of companies; a document that names none counts as one"),
            Column(
                "n_independent",
                "integer",
                "独立来源数",
                "the same with those that share a copied passage counted as one",
            ),
            Column("n_clusters", "integer", "职责组数", "number of different duties"),
            Column("n_typical", "integer", "典型职责数", "number of typical ones among them"),
            *_TITLE_FACTS,
            *_source(),
            *_place(),
        ),
    ),
    Table(
        "family_members",
        "岗位族成员",
        "each role that states a duty, with its indicators, superiors, span, authorities and bounds side by side",
        ("run", "role_id"),
        (
            _FAMILY,
            *_source(),
            Column("company", "string", "公司", "the role's employer"),
            Column("department", "string", "部门", "the unit that the post belongs to"),
            Column("title", "string", "岗位名称", "the post's name"),
            *_TITLE_FACTS,
            Column("similarity", "number", "相似度", "how alike its work is to the family's middle", "0 to 1"),
            Column("n_duties", "integer", "职责数", "number of duties and routines"),
            Column("n_typical", "integer", "典型职责数", "number of those that are typical of the family"),
            Column("n_special", "integer", "特有职责数", "number of those that no other company of the family states"),
            Column(
                "n_copied", "integer", "雷同职责数", "number of those in a passage that other companies have as well"
            ),
            Column("n_authorities", "integer", "权限数", "number of authorities"),
            Column("superiors", "string", "直接上级", "its superiors, | between"),
            Column("span", "integer", "直接下级数", "number of subordinate posts that it names"),
            Column("kpis", "string", "考核指标", "canonical names of its indicators, | between"),
            Column("degree", "string", "学历", "lowest degree required"),
            Column("min_years", "number", "最低工作年限", "experience, lower bound", "years"),
            Column("min_age", "integer", "最低年龄", "age, lower bound, inclusive", "years"),
            Column("max_age", "integer", "最高年龄", "age, upper bound, inclusive", "years"),
            Column("gender", "string", "性别", "gender asked for"),
            *_place(),
        ),
        (("family_id", "families"),),
    ),
    Table(
        "family_facts",
        "岗位族依据",
        "the statements behind family_members: each indicator, relation and requirement of a role, with its place",
        (),
        (
            _FAMILY,
            Column("kind", "string", "类别", "kpi, supervisor, subordinate or requirement"),
            Column(
                "name", "string", "名称", "canonical name of the indicator, the other post, category of the requirement"
            ),
            Column("text", "string", "原文", "the statement"),
            *_source(),
            *_place(),
        ),
        (("family_id", "families"),),
    ),
    Table(
        "duty_clusters",
        "职责组",
        "the duties of each family, one in all its wordings; the most widespread first; place: the wording in its middle",
        ("family_id", "cluster_id"),
        (
            _FAMILY,
            _CLUSTER,
            Column("kind", "string", "类别", "duty (routines among them) or authority"),
            Column("text", "string", "原文", "the wording in its middle"),
            Column("action", "string", "动作", "verb of that wording, coordinated ones with | between"),
            Column("object", "string", "对象", "what the action is done to"),
            Column(
                "standing",
                "string",
                "地位",
                "typical: at least half of the independent sources state it, and two; special: one alone",
            ),
            Column("share", "number", "占比", "share of the family's independent sources that state it", "0 to 1"),
            Column("n_companies", "integer", "公司数", "number of companies that state it"),
            Column("n_independent", "integer", "独立来源数", "the same with copied passages counted once"),
            Column("n_roles", "integer", "岗位数", "number of roles that state it"),
            Column("n_duties", "integer", "职责数", "number of statements"),
            *_source(),
            *_place(),
        ),
        (("family_id", "families"),),
    ),
    Table(
        "duty_members",
        "职责组成员",
        "each duty, authority and routine with its cluster",
        ("run", "role_id", "kind", "position"),
        (
            _FAMILY,
            _CLUSTER,
            *_source(),
            Column("company", "string", "公司", "the role's employer"),
            Column("kind", "string", "类别", "duty, authority or routine work"),
            Column("position", "integer", "序号", "number within role and kind, from 1"),
            Column("text", "string", "原文", "the duty"),
            Column(
                "similarity",
                "number",
                "相似度",
                "how likely it is the same duty as the middle of its cluster",
                "0 to 1",
            ),
            _COPY,
            *_place(),
        ),
        (("family_id", "families"),),
    ),
    Table(
        "role_pairs",
        "岗位对",
        "roles with those most like them in work, and with those of their title that do other work",
        ("left_run", "left_role_id", "right_run", "right_role_id"),
        (
            Column("case", "string", "情形", "same or other title by same or other work"),
            Column("similarity", "number", "相似度", "how alike their work is", "0 to 1"),
            Column("n_same", "integer", "相同职责数", "number of duties aligned one to one"),
            Column("n_part", "integer", "部分职责数", "number of duties that are a part of one of the other role"),
            *_side("left_", "甲"),
            *_side("right_", "乙"),
        ),
    ),
    Table(
        "duty_pairs",
        "职责对",
        "the duties of each pair of roles, aligned: one to one, or parts to the duty that they are parts of",
        (),
        (
            Column("relation", "string", "关系", "same; left_part, right_part: that side is a part of the other"),
            Column(
                "score",
                "number",
                "得分",
                "how likely they are one duty; of a part, how much of it the other holds",
                "0 to 1",
            ),
            *_duty_side("left_", "甲"),
            *_duty_side("right_", "乙"),
        ),
    ),
    Table(
        "copies",
        "雷同段",
        "passages that roles of different companies have in the same words, one after the other: one template, not many texts",
        (),
        (
            _COPY,
            *_source(),
            Column("company", "string", "公司", "the role's employer"),
            Column("text", "string", "原文", "the first duty of the passage"),
            Column("n_duties", "integer", "职责数", "number of duties in the passage"),
            Column("share", "number", "占比", "share of the role's duties, by characters", "0 to 1"),
            Column("is_first", "boolean", "首见", "true in one role: the one that counts"),
            *_place(),
        ),
    ),
)
