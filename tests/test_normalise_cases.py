"""Every sentence of TYPED.md as cases that a reader of Chinese can check, and the limits of what may be thrown at it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gangwei.errors import RuleError
from gangwei.model import Entry, FoundRole
from gangwei.normalise import read_roles
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.normalise.kpis import kpi_grammar, read_kpi
from gangwei.normalise.requirements import read_requirement, requirement_grammar
from gangwei.normalise.titles import read_title, title_grammar
from gangwei.rulebook.place import rules_folder
from gangwei.rulebook.typed import load_typed
from gangwei.segment import Segmenter

CASES = Path(__file__).parent / "cases"
RULES = load_typed(rules_folder())
CUT = Segmenter().cut


def cases(kind: str) -> list[tuple[str, str]]:
    lines = (CASES / f"typed_{kind}.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.partition("=>") for line in lines if not line.startswith("#")]
    found = [(left, right.strip()) for left, mark, right in parts if mark]
    assert len(found) > 30
    return found


def shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "|".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def check(got: object, expected: str) -> None:
    for column, _, value in (part.strip().partition("=") for part in expected.split(";")):
        assert shown(getattr(got, column)) == value, f"{column} of {got}"


def entry(text: str) -> Entry:
    return Entry(text, 0, len(text), "case")


@pytest.mark.parametrize(("text", "expected"), cases("titles"))
def test_title(text: str, expected: str) -> None:
    department, _, title = (part.strip() for part in text.partition("|"))
    check(read_title(title, department, "", title_grammar(RULES)), expected)


@pytest.mark.parametrize(("text", "expected"), cases("kpis"))
def test_kpi(text: str, expected: str) -> None:
    check(read_kpi(entry(text.strip()), kpi_grammar(RULES)), expected)


@pytest.mark.parametrize(("text", "expected"), cases("requirements"))
def test_requirement(text: str, expected: str) -> None:
    check(read_requirement(entry(text.strip()), requirement_grammar(RULES)), expected)


@pytest.mark.parametrize(("text", "expected"), cases("duties"))
def test_duty(text: str, expected: str) -> None:
    check(read_duty(entry(text.strip()), "duty", duty_grammar(RULES), CUT), expected)


def documents() -> Iterator[tuple[str, list[tuple[str, str]], list[tuple[int, str, str]]]]:
    text = (CASES / "typed_relations.txt").read_text(encoding="utf-8")
    for part in text.split("\n## ")[1:]:
        posts = [(unit.strip(), title.strip()) for unit, title in re.findall(r"^post \d+ \|(.*?)\|(.*)$", part, re.M)]
        names = [
            (int(n), name, target.strip()) for n, name, target in re.findall(r"^(\d+) -> (.*?) =>(.*)$", part, re.M)
        ]
        assert posts
        assert names
        yield part.splitlines()[0], posts, names


@pytest.mark.parametrize(("rule", "posts", "names"), list(documents()))
def test_relations(rule: str, posts: list[tuple[str, str]], names: list[tuple[int, str, str]]) -> None:
    roles = tuple(
        FoundRole(
            entry(title),
            department=entry(department) if department else None,
            supervisors=tuple(entry(name) for source, name, _ in names if source == number),
        )
        for number, (department, title) in enumerate(posts, 1)
    )
    wanted = {(source, name): target for source, name, target in names}
    for number, role in enumerate(read_roles(roles, RULES, CUT), 1):
        for relation in role.relations:
            got = "" if relation.target is None else str(relation.target + 1)
            assert got == wanted[number, relation.entry.text], f"{rule}: {number} -> {relation.entry.text}"


def test_a_subordinate_of_another_company_is_not_meant() -> None:
    roles = tuple(
        FoundRole(entry(title), company=entry(company), supervisors=(entry("总经理"),) if title != "总经理" else ())
        for company, title in (("甲公司", "总经理"), ("甲公司", "司机"), ("乙公司", "会计"))
    )
    targets = [relation.target for role in read_roles(roles, RULES, CUT) for relation in role.relations]
    assert targets == [0, None]


def test_one_role_with_everything() -> None:
    role = FoundRole(
        entry("经理/副经理"),
        department=entry("市场部"),
        subordinates=(entry("市场专员"),),
        duties=(entry("制定市场计划"),),
        authorities=(entry("有权审批费用"),),
        routines=(entry("每日查看报表"),),
        kpis=(entry("完成率95%"),),
        requirements=(entry("本科以上"),),
    )
    read, other = read_roles((role, FoundRole(entry("市场专员"), department=entry("市场部"))), RULES, CUT)
    assert read.found is role
    assert [duty.kind for duty in read.duties] == ["duty", "authority", "routine"]
    assert [duty.action for duty in read.duties] == ["制定", "审批", "查看"]
    assert (read.kpis[0].target, read.requirements[0].degree) == ("95", "bachelor")
    assert read.variants == ("经理", "副经理")
    assert [(relation.kind, relation.target) for relation in read.relations] == [("subordinate", 1)]
    assert other.level == "staff"


HOSTILE = [
    *(
        "",
        " ",
        "。",
        "：",
        "/",
        "、、、",
        "(",
        "((((",
        "负责",
        "对",
        "的",
        "在",
        "0",
        "零",
        "以上",
        "为",
        "约",
        "年",
        "岁",
        "\0",
        "\ud800",
    ),
    *(
        "负责的",
        "对进行",
        "≥",
        "≥%",
        "1/0",
        "权重",
        "（）",
        "有权",
        "副",
        "兼",
        "或",
        "/经理",
        "经理/",
        "不超过",
        "99999999999999999999999%",
    ),
]
LONG = [
    "对",
    "负责",
    "9",
    "一",
    "(",
    ")",
    " ",
    "/",
    "、",
    "年",
    "在时",
    "前",
    "的",
    "权",
    "有",
    "经理/",
    "3年",
    "25-",
    "≥",
    "龥",
    "每",
    "\n",
    "零",
    "，",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_is_read(text: str) -> None:
    read_all(text)


@pytest.mark.parametrize("unit", LONG)
def test_long_items_take_no_longer_than_short_ones_by_much(unit: str) -> None:
    started = time.process_time()
    read_all((unit * 20_000)[:20_000])
    assert time.process_time() - started < 0.25


def read_all(text: str) -> None:
    found = entry(text)
    role = FoundRole(
        found,
        department=found,
        supervisors=(found,),
        duties=(found,),
        kpis=(found,),
        requirements=(found,),
        routines=(found,),
    )
    assert read_roles((role, role), RULES, CUT)


def test_many_roles_of_one_unit_are_related_in_linear_time() -> None:
    many = tuple(
        FoundRole(
            entry(f"{n}号专员"), department=entry("市场部"), supervisors=(entry("经理"), entry("专员"), entry("副总"))
        )
        for n in range(3000)
    )
    started = time.process_time()
    assert all(relation.target is None for role in read_roles(many, RULES, CUT) for relation in role.relations)
    assert time.process_time() - started < 2


def test_a_document_is_normalised_quickly() -> None:
    duties = (
        tuple(
            map(
                entry,
                [
                    "负责制定公司年度销售计划",
                    "定期回访客户",
                    "对供应商进行评估",
                    "完成领导交办的其他工作",
                    "每月编制报表",
                ],
            )
        )
        * 2
    )
    kpis = tuple(map(entry, ["合格率≥95%（权重20%）", "投诉率控制在2%以内", "开发新客户不少于5家/月"]))
    wants = tuple(
        map(entry, ["大专以上学历，35岁以下", "3年以上工作经验", "良好的沟通能力", "责任心强", "熟悉劳动法规"])
    )
    roles = tuple(
        FoundRole(
            entry(title),
            department=entry("销售部"),
            supervisors=(entry("总经理"),),
            duties=duties,
            kpis=kpis,
            requirements=wants,
        )
        for title in ("经理", "主管", "销售代表")
    )
    read_roles(roles, RULES, CUT)
    started = time.process_time()
    for _ in range(20):
        read_roles(roles, RULES, CUT)
    assert (time.process_time() - started) / 20 < 0.005  # ten times what it takes on a quiet machine


def test_faults_of_a_rule_file_are_reported_together(tmp_path: Path) -> None:
    folder = tmp_path / "typed"
    folder.mkdir()
    for path in (rules_folder() / "typed").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    levels = (folder / "levels.toml").read_text(encoding="utf-8")
    levels = levels.replace('name = "staff"', 'name = "stuff"').replace('example = "独立董事"', 'example = "无"')
    (folder / "levels.toml").write_text(
        levels + '\n[[group]]\nname = "manager"\nwords = []\nexample = "x"\n', encoding="utf-8"
    )
    with pytest.raises(RuleError) as caught:
        load_typed(tmp_path)
    message = str(caught.value)
    assert "'stuff'" in message
    assert "'manager' already" in message
    assert "'staff' is missing" in message


def test_words_are_made_ready_once_a_rulebook() -> None:
    assert duty_grammar(RULES) is duty_grammar(RULES)
