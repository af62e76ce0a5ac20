"""Forms learned from the document: labels that no lexicon has, empty fields, labels broken over lines."""

from __future__ import annotations

import gangwei
from gangwei.label_words import Wordings
from gangwei.model import Field
from gangwei.rulebook import load

_FORMS = (
    "清河印刷有限公司岗位表岗位称谓印刷机长归口车间胶印车间上承岗位生产主管下辖岗位印刷助手晒版工立岗宗旨应办事项"
    "1、核对印件的纸张与墨色。2、首件签样后开印可决事项1、墨色不符时有权停机量化尺度1、废品率低于2%上岗条件1、五年以上经验"
    "清河印刷有限公司岗位表岗位称谓装订工归口车间装订车间上承岗位装订组长下辖岗位立岗宗旨按期装订成册应办事项"
    "1、折页、配页、胶订。2、抽查成册质量可决事项量化尺度1、返工次数上岗条件1、身体健康"
    "清河印刷有限公司岗位表岗位称谓切纸工归口车间后道车间上承岗位后道组长下辖岗位无立岗宗旨应办事项"
    "1、按工单尺寸切纸。2、刀具每班检查可决事项1、刀具缺口有权停用量化尺度1、切斜次数为零上岗条件1、两年以上经验"
)


def test_labels_that_no_lexicon_has_are_learned_from_their_repetition() -> None:
    roles = gangwei.extract(_FORMS).roles
    assert [role.found.title.text for role in roles] == ["印刷机长", "装订工", "切纸工"]
    first, second, third = (role.found for role in roles)
    assert first.department is not None
    assert first.department.text == "胶印车间"
    assert [entry.text for entry in first.supervisors] == ["生产主管"]
    assert [entry.text for entry in first.subordinates] == ["印刷助手", "晒版工"]
    assert [entry.text for entry in second.duties] == ["折页、配页、胶订", "抽查成册质量"]
    assert [entry.text for entry in third.authorities] == ["刀具缺口有权停用"]
    assert [entry.text for entry in first.kpis] == ["废品率低于2%"]


def test_a_summary_stands_behind_a_date() -> None:
    text = (
        "岗位名称档案员所在部门办公室岗位分析日期2012-11-25工作综述保管各类档案。职责：1.登记入库档案；2.负责档案借阅。"
    )
    summary = gangwei.extract(text).roles[0].found.summary
    assert summary is not None
    assert summary.text == "保管各类档案"


def test_an_empty_field_does_not_swallow_the_next_one() -> None:
    first, second, third = (role.found for role in gangwei.extract(_FORMS).roles)
    assert (first.summary, third.summary) == (None, None)
    assert second.summary is not None
    assert second.summary.text == "按期装订成册"
    assert second.subordinates == second.authorities == third.subordinates == ()


def test_labels_broken_over_lines_are_found() -> None:
    text = _FORMS.replace("装订车间上承岗位", "装订车间上\n承岗位").replace("后道组长下辖岗位", "后道组长下辖\n岗位")
    roles = gangwei.extract(text).roles
    assert [[entry.text for entry in role.found.supervisors] for role in roles] == [
        ["生产主管"],
        ["装订组长"],
        ["后道组长"],
    ]


def test_a_wording_is_told_by_its_last_word() -> None:
    rules = load()
    wordings = Wordings(rules.labels, rules.cues)
    told = {
        words: rule.field
        for words in ("归口单位", "上承岗位", "成效标准", "享有权限")
        if (rule := wordings.rule_of(words))
    }
    assert told == {
        "归口单位": Field.DEPARTMENT,
        "上承岗位": Field.SUPERVISOR,
        "成效标准": Field.KPI,
        "享有权限": Field.AUTHORITY,
    }
    assert wordings.rule_of("青山绿水") is None


def test_one_form_alone_teaches_nothing() -> None:
    assert gangwei.extract("岗位名称：调酒师\n宗旨何在\n调酒").roles == ()
