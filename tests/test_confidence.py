"""Confidence: signs weighed, and the weights that gold gives them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gangwei import rulebook as rulebooks
from gangwei.cli import main
from gangwei.confidence import probability
from gangwei.errors import RuleError
from gangwei.evaluate.calibrate import Example, examples, fitted, left_out, rules_of, written
from gangwei.extraction import extract
from gangwei.rulebook.confidence import SIGNS, load_confidence
from gangwei.rulebook.place import rules_folder


def example(is_right: bool, **signs: float) -> Example:
    return Example({name: signs.get(name, 0.0) for name in SIGNS}, is_right)


def test_a_sign_that_goes_with_right_roles_weighs_for_them() -> None:
    found = [example(True, duty_words=1.0)] * 40 + [example(False, duty_words=1.0)] * 4
    found += [example(True, odd_items=1.0)] * 10 + [example(False, odd_items=1.0)] * 10
    weights = fitted(found)
    assert weights["duty_words"] > 0 > weights["odd_items"]
    rules = rules_of(weights)
    assert probability(example(True, duty_words=1.0).signs, rules) == pytest.approx(40 / 44, abs=0.06)
    assert probability(example(True, odd_items=1.0).signs, rules) == pytest.approx(10 / 20, abs=0.06)
    assert weights["slides"] == 0.0  # never seen


def test_no_document_is_judged_by_weights_that_saw_it() -> None:
    # One document alone has the sign, and all its roles are wrong: only from them could the weights have learned that.
    found = [example(True)._replace(document=f"d{n}") for n in range(20)]
    found += [example(False, alone=1.0)._replace(document="odd")] * 20
    verdicts = left_out(found)
    assert len(verdicts) == 40
    assert min(verdict.confidence for verdict in verdicts) > 0.4
    assert probability(found[-1].signs, rules_of(fitted(found))) < 0.2


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    weights = fitted([example(True, alone=1.0)] * 9 + [example(False)] * 5)
    (tmp_path / "confidence.toml").write_text(written(weights), encoding="utf-8")
    assert load_confidence(tmp_path) == rules_of(weights)


def test_weights_that_are_no_weights(tmp_path: Path) -> None:
    text = written(fitted([example(True)] * 3 + [example(False)] * 2))
    text = (
        text.replace("alone = 0", "alone = nan")
        .replace("slides = 0", 'slides = "much"')
        .replace("mention = 0", "much = 1")
    )
    (tmp_path / "confidence.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_confidence(tmp_path)
    for word in ("alone must", "slides must", "mention must", "unknown key 'much'"):
        assert word in str(error.value)


def test_a_ragged_role_is_trusted_less_than_a_clean_form() -> None:
    form = "岗位名称：仓储主管\n所属部门：物流部\n岗位职责：\n1、{}\n2、{}\n3、{}\n"
    [sure] = extract(form.format("负责库存盘点。", "负责组织收货和发货。", "编制库存报表。")).roles
    [unsure] = extract(form.format("收", "发", "盘" * 200)).roles
    assert unsure.found.confidence < sure.found.confidence


def test_the_command_fits_a_rules_folder_to_gold(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    (folder / "confidence.toml").write_text(written(dict.fromkeys(("bias", *SIGNS), 0.0)), encoding="utf-8")
    assert main(["rules", "calibrate", str(samples), "--rules", str(folder)]) == 0
    assert "weights from" in capsys.readouterr().out
    rules = rulebooks.load(folder)
    found = list(examples(samples, rules))
    assert len(found) > 100
    mean = sum(probability(example.signs, rules.confidence) for example in found) / len(found)
    assert mean == pytest.approx(sum(example.is_right for example in found) / len(found), abs=0.01)
