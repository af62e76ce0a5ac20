"""The table of rules: what fired, what was right, counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gangwei.cli import main
from gangwei.evaluate.facts import DocumentFacts, RoleFacts, UnitFact
from gangwei.evaluate.gold import GoldDocument
from gangwei.evaluate.rules import RuleUse, rule_uses
from gangwei.evaluate.tables import FoundDocument

GOLD = DocumentFacts(
    (RoleFacts("店长", lists={"duties": ("排班", "盘点", "盘点"), "supervisors": ("区域经理",)}),),
    (UnitFact("后厨", "备料"),),
)
FOUND = DocumentFacts(
    (
        RoleFacts(
            "店长",
            lists={"duties": ("排班", "盘点", "收银"), "supervisors": ("经理",)},
            rules={
                "title": ("label 岗位",),
                "duties": ("label 职责", "section duty", "section duty"),
                "supervisors": ("label 上级",),
            },
        ),
        RoleFacts(
            "洗碗工", lists={"duties": ("洗碗",)}, rules={"title": ("heading: post",), "duties": ("label 职责",)}
        ),
    ),
    (UnitFact("后厨", "备料", "unit functions"), UnitFact("前厅", "备料", "unit functions")),
)


def test_each_rule_is_counted_by_what_it_took() -> None:
    uses = rule_uses({"a": FoundDocument(FOUND), "unknown": FoundDocument(FOUND)}, {"a": GoldDocument(GOLD)})
    assert set(uses) == {
        RuleUse("label 岗位", "title", 1, 1),
        RuleUse("heading: post", "title", 1, 0),
        RuleUse("label 职责", "duties", 2, 1),
        RuleUse("section duty", "duties", 2, 1),
        RuleUse("label 上级", "supervisors", 1, 0),
        RuleUse("unit functions", "units", 2, 1),
    }
    assert uses[-1] == RuleUse("label 岗位", "title", 1, 1)  # those never wrong stand last


def test_the_command_lists_rules_that_fired_and_label_rules_that_never_did(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    paths = [str(samples / "documents" / f"{name}.txt") for name in ("lines-heating", "form-cinema")]
    assert main(["extract", *paths, "--output", str(output), "--format", "csv", "--quiet"]) == 0
    assert main(["evaluate", str(output), str(samples), "--by-rule", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    fired = {use["rule"] for use in figures["rules"]}
    assert "label 岗位名称" in fired
    assert all(use["fired"] >= use["right"] >= 0 for use in figures["rules"])
    never = {rule["example"] for rule in figures["never_fired"]}
    assert never
    assert not any("岗位名称：" in example for example in never)
    assert main(["evaluate", str(output), str(samples), "--by-rule"]) == 0
    assert "never fired" in capsys.readouterr().out
