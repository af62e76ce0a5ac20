"""Extractions as rows: every column in its place, every string storable, every row under its key."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangwei.model import (
    Document,
    Duty,
    Entry,
    Extraction,
    FoundRole,
    FoundUnit,
    Kpi,
    Note,
    Relation,
    Repair,
    Requirement,
    Role,
)
from gangwei.table_rows import rows_of, storable, storable_in_place
from gangwei.tables import TABLES, Cell


def entry(text: str, start: int = 0, group: str = "") -> Entry:
    return Entry(text, start, start + len(text), "rule", group)


def named(extraction: Extraction, table: str) -> list[dict[str, Cell]]:
    """The rows of a table with the names of their columns."""
    columns = next(t.columns for t in TABLES if t.name == table)
    rows = rows_of(extraction, keep_text=True)[table]
    return [dict(zip([c.name for c in columns], row, strict=True)) for row in rows]


def one_role(**parts: object) -> Extraction:
    """An extraction with a role of these parts."""
    return Extraction(Document("职务", "a.txt"), roles=(Role(FoundRole(entry("经理")), **parts),))  # type: ignore[arg-type]  # by name


FULL = Extraction(
    Document("部门：市场部 职务：经理", "a/b.txt", "a/b.txt", "ab12", "text/html", "gb18030"),
    script="hans",
    company="甲公司",
    title="市场部职责",
    roles=(
        Role(
            FoundRole(
                entry("经理/主管", 10),
                department=entry("市场部", 3),
                summary=entry("管理市场"),
                layout="form",
                confidence=0.123456,
                start=0,
                end=13,
            ),
            title_full="市场部经理/主管",
            level="manager",
            function="marketing",
            variants=("经理", "主管"),
            relations=(
                Relation(entry("总监"), "supervisor"),
                Relation(entry("专员"), "subordinate", 1),
                Relation(entry("助理"), "subordinate"),
                Relation(entry("副经理"), "deputy"),
            ),
            duties=(
                Duty(entry("制定计划", group="计划"), action="制定", object="计划", frequency="month"),
                Duty(entry("有权审批"), kind="authority"),
                Duty(entry("审核预算")),
            ),
            kpis=(Kpi(entry("合格率≥95%"), "合格率", "rate", "up", ">=", "95", "%", 20.0, "month"),),
            requirements=(Requirement(entry("35岁以下"), "age", max_age=35),),
        ),
        Role(FoundRole(entry("专员"), company=entry("乙公司"))),
    ),
    units=(FoundUnit(entry("市场部"), (entry("策划"), entry("推广"))), FoundUnit(entry("财务部"), (entry("核算"),))),
    notes=(Note("unclaimed", 1, 2, "多余"),),
    repairs=(Repair("swap", 3, 4, "旳", "的"),),
    coverage=0.987654,
)


def test_a_document_is_one_row() -> None:
    assert named(FULL, "documents") == [
        {
            "doc_id": "a/b.txt",
            "source": "a/b.txt",
            "sha256": "ab12",
            "media_type": "text/html",
            "encoding": "gb18030",
            "script": "hans",
            "company": "甲公司",
            "title": "市场部职责",
            "n_chars": 12,
            "n_roles": 2,
            "status": "ok",
            "error": "",
            "coverage": 0.9877,
        }
    ]


def test_roles_are_numbered_and_take_the_company_of_the_document_where_they_have_none() -> None:
    first, second = named(FULL, "roles")
    assert first == {
        "role_id": "a/b.txt#1",
        "doc_id": "a/b.txt",
        "position": 1,
        "company": "甲公司",
        "department": "市场部",
        "title": "经理/主管",
        "title_full": "市场部经理/主管",
        "level": "manager",
        "function": "marketing",
        "summary": "管理市场",
        "layout": "form",
        "confidence": 0.1235,
        "start": 0,
        "end": 13,
        "variants": "经理|主管",
        "rule": "rule",
    }
    assert (second["role_id"], second["company"], second["department"]) == ("a/b.txt#2", "乙公司", "")


def test_positions_count_within_role_and_kind() -> None:
    relations = [(r["kind"], r["position"], r["title"], r["target_role_id"]) for r in named(FULL, "relations")]
    assert relations == [
        ("supervisor", 1, "总监", ""),
        ("subordinate", 1, "专员", "a/b.txt#2"),
        ("subordinate", 2, "助理", ""),
        ("deputy", 1, "副经理", ""),
    ]
    duties = [(d["kind"], d["position"], d["text"], d["group"]) for d in named(FULL, "duties")]
    assert duties == [("duty", 1, "制定计划", "计划"), ("authority", 1, "有权审批", ""), ("duty", 2, "审核预算", "")]
    assert [(u["unit"], u["position"], u["text"]) for u in named(FULL, "units")] == [
        ("市场部", 1, "策划"),
        ("市场部", 2, "推广"),
        ("财务部", 3, "核算"),
    ]


def test_typed_values_stand_in_their_columns() -> None:
    assert named(FULL, "kpis")[0] | {"role_id": "", "doc_id": ""} == {
        "role_id": "",
        "doc_id": "",
        "position": 1,
        "text": "合格率≥95%",
        "name": "合格率",
        "measure": "rate",
        "direction": "up",
        "comparator": ">=",
        "target": "95",
        "unit": "%",
        "weight": 20.0,
        "period": "month",
        "rule": "rule",
        "start": 0,
        "end": 7,
    }
    requirement = named(FULL, "requirements")[0]
    assert (requirement["category"], requirement["max_age"], requirement["min_years"]) == ("age", 35, None)
    assert requirement["preferred"] is False
    assert named(FULL, "notes") == [{"doc_id": "a/b.txt", "code": "unclaimed", "start": 1, "end": 2, "message": "多余"}]
    assert named(FULL, "repairs")[0]["before"] == "旳"


def test_keys_name_rows() -> None:
    for table in TABLES:
        keys = [tuple(row[key] for key in table.keys) for row in named(FULL, table.name)]
        if table.keys:
            assert len(set(keys)) == len(keys) > 0, table.name


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (Document("职务"), "ok"),
        (Document(" \n\u3000"), "empty"),
        (Document("职", status="partial", error="cut\nat 1"), "partial"),
        (Document("", status="failed", error="no"), "failed"),
    ],
)
def test_status_says_how_a_document_was_read(document: Document, status: str) -> None:
    row = named(Extraction(document), "documents")[0]
    assert row["status"] == status
    assert row["error"] == " ".join(document.error.split())


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10.0**30, -(10**40)])
def test_a_number_that_no_column_holds_is_left_out(value: float) -> None:
    extraction = one_role(
        kpis=(Kpi(entry("权重"), weight=value),),
        requirements=(Requirement(entry("年龄"), min_years=value, min_age=int(1e30), max_age=60),),
    )
    assert named(extraction, "kpis")[0]["weight"] is None
    requirement = named(extraction, "requirements")[0]
    assert (requirement["min_years"], requirement["min_age"], requirement["max_age"]) == (None, None, 60)


@given(st.text(st.characters(codec=None)))
def test_every_string_that_leaves_is_storable(text: str) -> None:
    extraction = Extraction(
        Document(text, text, text, title=text, status="partial", error=text),
        company=text,
        title=text,
        roles=(Role(FoundRole(entry(text)), duties=(Duty(entry(text)),), variants=(text, text)),),
        units=(FoundUnit(entry(text), (entry(text),)),),
        notes=(Note(text, 0, 0, text),),
        repairs=(Repair(text, 0, 0, text, text),),
    )
    for name, table in rows_of(extraction, keep_text=True).items():
        for row in table:
            for cell in row:
                if isinstance(cell, str):
                    cell.encode()
                    allowed = "\n\t\r" if name == "texts" else "\n\t"
                    assert not re.search("[\x00-\x1f\x7f-\x9f]", cell.translate(dict.fromkeys(map(ord, allowed))))


@given(st.text(st.characters(codec=None)))
def test_offsets_still_lead_into_the_text_that_is_kept(text: str) -> None:
    kept = storable_in_place(text)
    assert len(kept) == len(text)
    assert all(b in (a, "\N{REPLACEMENT CHARACTER}") for a, b in zip(text, kept, strict=True))
    assert storable(storable(text)) == storable(text)


def test_columns_are_declared_once_and_in_both_languages() -> None:
    assert TABLES[0].name == "documents"
    for table in TABLES:
        names = [column.name for column in table.columns]
        headers = [column.header for column in table.columns]
        assert len(set(names)) == len(names) == len(set(headers))
        assert set(table.keys) <= set(names)
        assert {column for column, _ in table.references} <= set(names)
        assert {column.type for column in table.columns} <= {"string", "integer", "number", "boolean"}
        assert all(column.meaning for column in table.columns)
