"""Every label rule does what its own example says, and nothing to the texts that it must leave alone."""

from __future__ import annotations

import pytest

from gangwei import rulebook as rulebooks
from gangwei.extraction import extract, read
from gangwei.model import Decision, Document
from gangwei.rulebook import Rulebook
from gangwei.rulebook.labels import LabelRule

RULES: dict[str, LabelRule] = {f"{rule.name}: {rule.example}": rule for rule in rulebooks.load().labels.values()}


def decisions(text: str, rulebook: Rulebook) -> list[Decision]:
    # Behind a form that is under way, as labels stand in documents.
    return list(read(Document(f"岗位名称：仓储主管\n{text}\n"), rulebook, why=True).decisions[1:])


@pytest.mark.parametrize("name", RULES)
def test_a_rule_takes_its_example(name: str, rulebook: Rulebook) -> None:
    rule = RULES[name]
    taken = [d for d in decisions(rule.example, rulebook) if d.outcome == "taken"]
    assert [d for d in taken if d.text in rule.words and d.field is rule.field], taken


@pytest.mark.parametrize("name", [name for name in RULES if RULES[name].never])
def test_a_rule_leaves_alone_what_it_must(name: str, rulebook: Rulebook) -> None:
    for text in RULES[name].never:
        taken = [d for d in decisions(text, rulebook) if d.outcome == "taken" and d.text in RULES[name].words]
        assert not taken, text


def test_no_label_word_holds_a_blank(rulebook: Rulebook) -> None:
    assert [word for word in rulebook.labels if "  " in word or word != word.strip()] == []


def test_a_word_in_a_sentence_is_no_label(rulebook: Rulebook) -> None:
    text = "岗位名称：仓储主管\n岗位职责：\n1、负责修订本部门的岗位职责和任职资格要求。\n2、按权限审批。"
    [role] = extract(text, rulebook).roles
    assert [entry.text for entry in role.found.duties] == ["负责修订本部门的岗位职责和任职资格要求", "按权限审批"]
    assert role.found.requirements == ()
    assert role.found.authorities == ()
