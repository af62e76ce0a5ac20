"""What a person is told to look at: values not understood, empty fields, doubts, contradictions."""

from __future__ import annotations

from dataclasses import replace

from gangwei.extraction import extract
from gangwei.model import Entry, FoundRole, Note, Relation, Role
from gangwei.notes import doubts

FORM = """岗位名称：染色主管
所属部门：染整车间
直接上级：
直接下级：染色工
岗位职责：
1、安排当班的染缸和配料。
2、核对色差，记录返染原因。
"""


def codes(text: str) -> list[tuple[str, str]]:
    return [(note.code, text[note.start : note.end]) for note in extract(text).notes]


def test_a_label_without_a_value_is_named() -> None:
    assert ("empty_label", "直接上级：") in codes(FORM)
    assert "empty_label" not in [code for code, _ in codes(FORM.replace("上级：", "上级：车间主任"))]


def test_a_heading_over_small_labels_is_not_empty() -> None:
    text = FORM.replace("上级：", "上级：车间主任") + "任职资格：\n学历：中专以上\n经验：三年以上染整经验\n"
    assert "empty_label" not in [code for code, _ in codes(text)]


def test_a_value_that_no_rule_takes_is_told_from_other_text() -> None:
    text = FORM.replace("直接上级：\n", "直接上级：{汇报关系待填}\n") + "\n后记：此文仅供各车间参考之用。\n"
    found = dict(codes(text))
    assert found["unread_value"] == "{汇报关系待填}"
    assert "unread_value" not in [code for code, _ in codes(FORM)]


def role(title: str, confidence: float = 0.9, *relations: Relation) -> Role:
    found = FoundRole(Entry(title, 0, len(title), "rule"), confidence=confidence)
    return Role(found, relations=relations)


def above(target: int) -> Relation:
    return Relation(Entry("上级", 10 + target, 12 + target, "rule"), "supervisor", target)


def below(target: int | None) -> Relation:
    return Relation(Entry("下级", 20, 22, "rule"), "subordinate", target)


def noted(*roles: Role) -> list[Note]:
    return list(doubts(roles))


def test_a_doubtful_role_is_named() -> None:
    [note] = noted(role("班长", 0.31), role("店长", 0.8))
    assert note == Note("low_confidence", 0, 2, "the reading of 班长 is doubtful: confidence 0.31")


def test_a_superior_who_does_not_list_the_post() -> None:
    cook, waiter = role("厨师", 0.9, above(2)), role("服务员", 0.9, above(2))
    manager = role("店长", 0.9, below(1))
    [note] = noted(cook, waiter, manager)
    assert (note.code, note.start) == ("contradiction", 12)
    assert note.message == "厨师 names 店长 its superior, and 店长 does not list 厨师"


def test_a_superior_who_lists_others_under_names_not_known_here() -> None:
    assert noted(role("厨师", 0.9, above(1)), role("店长", 0.9, below(None))) == []
    assert noted(role("厨师", 0.9, above(1)), role("店长", 0.9)) == []


def test_posts_that_answer_to_each_other_in_a_ring() -> None:
    ring = [role("甲", 0.9, above(1)), role("乙", 0.9, above(2)), role("丙", 0.9, above(0)), role("丁", 0.9, above(0))]
    found = noted(*ring)
    assert [note.message.split()[0] for note in found] == ["甲", "乙", "丙"]
    assert {note.code for note in found} == {"contradiction"}


def test_confidence_stands_on_the_role_itself() -> None:
    [found] = extract(FORM).roles
    assert 0.0 < found.found.confidence < 1.0
    assert replace(found.found, confidence=1.0).title == found.found.title
