"""Corrections, whatever they are: an outline that is sound, or a Problem; never anything else."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from gangwei.extraction import extract
from gangwei.web.corrections import OPERATIONS, apply
from gangwei.web.outline import LISTS, SINGLES, Outline, from_json, outline_of, plain, to_json
from gangwei.web.problems import Problem

TEXT = (
    "公司：甲公司\n部门：仓储部\n职务：仓储主管\n直接上级：物流经理\n职责：\n1、盘点库存，差异查明原因\n2、验收到货；\n3、发货\n"
    "考核指标：\n1、准确率99%以上\n职务：装卸工\n职责：\n1、装车\n2、卸车\n任职要求：\n1、初中以上\n"
)
numbers = st.one_of(st.integers(-3, 6), st.integers(), st.none(), st.booleans(), st.text(max_size=2))
fields = st.sampled_from((*SINGLES, *LISTS, "name", "functions", "unit", "__class__", "start"))
places = st.fixed_dictionaries({}, optional={"role": numbers, "unit": numbers, "field": fields, "item": numbers})
corrections = st.fixed_dictionaries(
    {"op": st.sampled_from(sorted(OPERATIONS))},
    optional={
        "role": st.one_of(st.integers(0, 2), numbers),
        "unit": numbers,
        "field": fields,
        "item": st.one_of(st.integers(0, 2), numbers),
        "text": st.one_of(st.text(max_size=12), st.sampled_from(("装车", "盘点库存")), st.integers()),
        "start": numbers,
        "end": st.one_of(numbers, st.integers(0, len(TEXT) + 5)),
        "at": numbers,
        "to": st.one_of(places, numbers),
        "outline": st.one_of(
            st.none(), st.fixed_dictionaries({"roles": st.lists(st.dictionaries(fields, st.lists(numbers)))})
        ),
    },
)


def entries(outline: Outline) -> list[list[object]]:
    found = plain(outline)
    lists = [role[name] for role in found["roles"] for name in LISTS] + [unit["functions"] for unit in found["units"]]
    singles = [role[name] for role in found["roles"] for name in SINGLES if role[name]]
    return [*(entry for entries_ in lists for entry in entries_), *singles, *(unit["name"] for unit in found["units"])]


@given(st.lists(corrections, max_size=6))
def test_any_corrections_leave_a_sound_outline(wanted: list[dict[str, object]]) -> None:
    outline = outline_of(extract(TEXT))
    assert len(outline.posts) == 2
    for correction in wanted:
        with suppress(Problem):
            outline = apply(outline, correction, TEXT)
        for text, start, end, *_ in entries(outline):
            assert text
            assert 0 <= start <= end <= len(TEXT)
        assert to_json(from_json(to_json(outline))) == to_json(outline)


def test_corrections_are_pure() -> None:
    before = outline_of(extract(TEXT))
    kept = to_json(before)
    apply(before, {"op": "drop", "role": 0}, TEXT)
    apply(before, {"op": "split", "role": 0, "field": "duties", "item": 0, "at": 5}, TEXT)
    assert to_json(before) == kept


def test_what_is_split_and_merged_stands_where_the_text_says_it() -> None:
    outline = outline_of(extract(TEXT))
    split = apply(outline, {"op": "split", "role": 0, "field": "duties", "item": 0, "at": 5}, TEXT)
    assert [TEXT[e.start : e.end] for e in split.posts[0].found.duties] == [
        "盘点库存",
        "差异查明原因",
        "验收到货",
        "发货",
    ]
    merged = apply(split, {"op": "merge", "role": 0, "field": "duties", "item": 1}, TEXT)
    assert merged.posts[0].found.duties[0].text == "盘点库存，差异查明原因"
