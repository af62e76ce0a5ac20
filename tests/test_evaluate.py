"""Scores: small cases counted by hand, and the same figures as the development documents' own program."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from gangwei.cli import main
from gangwei.errors import UsageError
from gangwei.evaluate import Evaluation, differences, evaluate, read_gold, read_split, read_tables
from gangwei.evaluate.facts import DocumentFacts as Facts
from gangwei.evaluate.facts import RoleFacts, UnitFact, are_alike, held_functions, held_items, pair_roles, plain_facts
from gangwei.evaluate.scores import Interval, RoleVerdict, bootstrap, reliability

Json = dict[str, Any]  # a gold file as it stands on disk

COLUMNS = {
    "documents": "doc_id source status",
    "roles": "role_id doc_id position company department title confidence start end",
    "relations": "role_id doc_id kind position title start end",
    "duties": "role_id doc_id kind position text start end",
    "kpis": "role_id doc_id position text start end",
    "requirements": "role_id doc_id position text start end",
    "units": "doc_id unit position text start end",
}
LISTS = {"duties": "duty", "authorities": "authority", "routines": "routine"}


def write_tables(folder: Path, documents: Mapping[str, Json], texts: Mapping[str, str] | None = None) -> None:
    """Write gold-like documents as an output folder; an item's span is where it first stands in the text."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in COLUMNS}
    for name, document in documents.items():
        text = (texts or {}).get(name, "")
        doc_id = f"{name}.txt"
        rows["documents"].append({"doc_id": doc_id, "source": f"somewhere/{name}.txt", "status": "ok"})
        for position, role in enumerate(document.get("roles") or []):
            role_id = f"{doc_id}#{position}"
            own = {"role_id": role_id, "doc_id": doc_id}
            company = role.get("company") or document.get("company")
            rows["roles"].append(
                own | {k: role.get(k) for k in ("title", "department", "confidence")} | {"company": company}
            )
            for kind in ("supervisor", "subordinate"):
                rows["relations"] += [own | {"kind": kind, "title": title} for title in role.get(f"{kind}s") or []]
            for section, kind in LISTS.items():
                rows["duties"] += [own | {"kind": kind} | _placed(item, text) for item in role.get(section) or []]
            for table in ("kpis", "requirements"):
                rows[table] += [own | _placed(item, text) for item in role.get(table) or []]
        for unit in document.get("units") or []:
            rows["units"] += [{"doc_id": doc_id, "unit": unit["name"], "text": f} for f in unit["functions"]]
    folder.mkdir(parents=True, exist_ok=True)
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns.split())
            writer.writeheader()
            writer.writerows(rows[table])


def _placed(item: str, text: str) -> dict[str, object]:
    start = text.find(item)
    return {"text": item} | ({"start": start, "end": start + len(item)} if start >= 0 else {})


def write_gold(folder: Path, documents: Mapping[str, Json], texts: Mapping[str, str] | None = None) -> None:
    (folder / "documents").mkdir(parents=True)
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    for name, text in (texts or {}).items():
        (folder / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def scored(tmp_path: Path) -> Callable[..., Evaluation]:
    def score(
        gold: Mapping[str, Json], found: Mapping[str, Json], texts: Mapping[str, str] | None = None
    ) -> Evaluation:
        write_gold(tmp_path / "gold", gold, texts)
        write_tables(tmp_path / "output", found, texts)
        return evaluate(read_tables(tmp_path / "output"), read_gold(tmp_path / "gold"))

    return score


# Small cases


def test_a_perfect_reading(scored: Callable[..., Evaluation]) -> None:
    role = {"title": "门店店长", "company": "甲公司", "supervisors": ["区域经理"], "duties": ["排班", "盘点货架"]}
    document = {"roles": [role], "units": [{"name": "营运部", "functions": ["开店"]}]}
    evaluation = scored({"a": document}, {"a": document}, {"a": "门店店长：1、排班。2、盘点货架。"})
    assert (evaluation.macro, evaluation.micro, evaluation.interval) == (1.0, 1.0, Interval(1.0, 1.0))
    assert evaluation.fields["duties"] == (2, 2, 2)
    assert evaluation.documents[0].total.gold == 6
    assert evaluation.provenance == (2, 2, 2)


def test_counts_by_hand(scored: Callable[..., Evaluation]) -> None:
    gold = {
        "a": {
            "layout": "form",
            "roles": [{"title": "经理", "department": "市场部", "duties": ["制定计划", "回款", "招待"]}],
        },
        "b": {"layout": "none", "roles": []},
        "c": {"layout": "none", "roles": []},
        "d": {"layout": "form", "roles": [{"title": "出纳"}]},
    }
    found = {
        "a": {"roles": [{"title": "市场部经理", "company": "甲", "duties": ["制定计划。", "招 待", "闲谈"]}]},
        "b": {"roles": [{"title": "店长"}, {"title": "店员"}]},
        "c": {"roles": []},
        "elsewhere": {"roles": [{"title": "店长"}]},
    }
    evaluation = scored(gold, found)
    a, b, c, d = evaluation.documents
    assert a.total == (
        5,
        5,
        3,
    )  # title and two duties hold; department and 回款 are missed, company and 闲谈 are too much
    assert (a.total.f1, b.total.f1, c.total.f1, d.total.f1) == (0.6, 0.0, 1.0, 0.0)
    assert evaluation.macro == 0.4
    assert evaluation.micro == 2 * 3 / (6 + 7)
    assert evaluation.false_roles == 2
    assert evaluation.layouts["form"].macro == 0.3
    assert evaluation.fields["department"] == (1, 0, 0)
    assert (evaluation.fields["department"].precision, evaluation.fields["department"].recall) == (1.0, 0.0)
    at_hand, held_out = evaluation.halves({"a", "b"})
    assert (at_hand.macro, held_out.macro) == (0.5, 0.3)


def test_provenance_asks_for_the_wording_and_no_more(scored: Callable[..., Evaluation]) -> None:
    text = "负责仓库盘点。" + "无关的话" * 20
    role = {"title": "库管", "duties": ["负责仓库盘点"]}
    exact = scored({"a": {"roles": [role]}}, {"a": {"roles": [role]}}, {"a": text})
    assert exact.provenance == (1, 1, 1)


def test_provenance_where_the_text_is_traditional(tmp_path: Path) -> None:
    text = "維護線上學習平臺"
    document = {"roles": [{"title": "库管", "duties": ["维护线上学习平台"]}]}
    write_gold(tmp_path / "gold", {"a": document}, {"a": text})
    write_tables(tmp_path / "out", {"a": document})
    path = tmp_path / "out" / "duties.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("平台,,", f"平台,0,{len(text)}"), encoding="utf-8-sig")
    assert evaluate(read_tables(tmp_path / "out"), read_gold(tmp_path / "gold")).provenance == (0, 1, 1)


@pytest.mark.parametrize(("start", "end", "traced"), [(0, 6, 1), (0, 7, 1), (7, 20, 0), (0, 87, 0), ("", "", 0)])
def test_spans(tmp_path: Path, start: object, end: object, traced: int) -> None:
    text = "负责仓库盘点。" + "无关的话" * 20
    document = {"roles": [{"title": "库管", "duties": ["负责仓库盘点"]}]}
    write_gold(tmp_path / "gold", {"a": document}, {"a": text})
    write_tables(tmp_path / "output", {"a": document})
    row = {"role_id": "a.txt#0", "kind": "duty", "text": "负责仓库盘点", "start": start, "end": end}
    with (tmp_path / "output" / "duties.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    evaluation = evaluate(read_tables(tmp_path / "output"), read_gold(tmp_path / "gold"))
    assert evaluation.provenance.right == traced


@pytest.mark.parametrize(
    ("gold", "found", "held"),
    [
        ([], ["a"], 0),
        (["盘点"], ["盘点", "盘点"], 1),
        (["盘点", "盘点"], ["盘点"], 1),
        (["一二三四五六七八九十"], ["一二三四五六七八九"], 1),  # 0.947
        (["一二三四五六七八九十"], ["一二三四五六七"], 0),
        (["一二三四五六七八九十", "一二三四五六七八九"], ["一二三四五六七八九"], 1),
    ],
)
def test_items_are_given_away_once(gold: Sequence[str], found: Sequence[str], held: int) -> None:
    assert held_items(gold, found) == held


def test_likeness_is_measured_in_order() -> None:
    assert are_alike("", "")
    assert not are_alike("盘点", "")
    assert not are_alike("一二三四五六七八九十", "十九八七六五四三二一")


def test_roles_pair_by_facts_then_by_order() -> None:
    gold = [RoleFacts("店员", lists={"duties": ("收银",)}), RoleFacts("店员", lists={"duties": ("盘点",)})]
    found = [RoleFacts("店员", lists={"duties": ("盘点",)}), RoleFacts("店员")]
    assert [(pair.gold, pair.found) for pair in pair_roles(gold, found)] == [(1, 0), (0, 1)]


def test_functions_hold_under_their_own_unit() -> None:
    assert held_functions([UnitFact("财务部", "报税")], [UnitFact("人事部", "报税"), UnitFact("财务部", "报税")]) == 1


def test_plain_leaves_letters_and_digits() -> None:
    facts = plain_facts(Facts((RoleFacts("ＣＥＯ（首席）_", lists={"kpis": ("9.5 %",)}),), (UnitFact("一、部", "①"),)))
    assert facts.roles[0].title == "ceo首席"
    assert facts.roles[0].listed("kpis") == ("95",)
    assert facts.units == (UnitFact("一部", "1"),)


def test_the_interval_is_repeatable_and_holds_the_mean() -> None:
    values = [index / 10 for index in range(11)]
    interval = bootstrap(values)
    assert interval == bootstrap(values)
    assert 0.25 < interval.low < 0.5 < interval.high < 0.75
    assert bootstrap([]) == (0.0, 0.0)


def test_reliability(scored: Callable[..., Evaluation]) -> None:
    duties = [f"第{index}项工作内容" for index in "甲乙丙丁戊己庚辛壬"]
    gold = {
        "a": {"roles": [{"title": "经理", "duties": duties}, {"title": "出纳"}, {"title": "店长", "duties": ["排班"]}]}
    }
    roles = [
        {"title": "经理", "duties": [*duties[:8], "全不相干"], "confidence": 1.0},  # 9 of 10 facts hold
        {"title": "会计", "confidence": 0.97},
        {"title": "店长", "duties": ["排班", "闲谈"], "confidence": 0.3},  # 2 of 3
    ]
    low, high = scored(gold, {"a": {"roles": roles}}).reliability
    assert (low.roles, low.right, high.roles, high.right) == (1, 0.0, 2, 0.5)
    assert (low.confidence, high.confidence) == (0.3, 0.985)
    assert sum(b.roles for b in reliability([RoleVerdict(n / 20, True) for n in range(21)])) == 21


def test_differences_name_what_is_missed_and_what_is_too_much() -> None:
    gold = Facts((RoleFacts("经理", department="市场部", lists={"kpis": ("回款率",)}),), (UnitFact("财务部", "报税"),))
    found = Facts((RoleFacts("经理", company="甲", lists={"kpis": ("毛利率",)}), RoleFacts("店员")))
    paired, extra, units = differences(gold, found)
    assert (paired.gold, paired.found, extra.gold, extra.found) == ("经理", "经理", None, "店员")
    assert [(d.kind, d.missed, d.text) for d in paired.differences] == [
        ("company", False, "甲"),
        ("department", True, "市场部"),
        ("kpis", True, "回款率"),
        ("kpis", False, "毛利率"),
    ]
    assert [(d.kind, d.missed, d.text) for d in units.differences] == [("units", True, "财务部: 报税")]


# Refusals


def test_a_missing_table_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(tmp_path / "gold", {"a": {"roles": []}})
    write_tables(tmp_path / "output", {"a": {"roles": []}})
    (tmp_path / "output" / "kpis.csv").unlink()
    assert main(["evaluate", str(tmp_path / "output"), str(tmp_path / "gold")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("gangwei: ")
    assert "kpis.csv is not there" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("table", "content", "said"),
    [
        ("roles", "role_id,doc_id,position,company,department\n", "no column title"),
        ("duties", "role_id,kind,text,start,end\nghost#0,duty,x,0,1\n", "nothing is known of 'ghost#0'"),
        ("duties", "role_id,kind,text,start,end\na.txt#0,hobby,x,0,1\n", "nothing is known of 'hobby'"),
        ("duties", "role_id,kind,text,start,end\na.txt#0,duty,x,first,1\n", "'first' is no number"),
        ("units", "doc_id,unit,text\nghost,x,y\n", "nothing is known of 'ghost'"),
    ],
)
def test_tables_of_another_version_or_run(tmp_path: Path, table: str, content: str, said: str) -> None:
    write_tables(tmp_path, {"a": {"roles": [{"title": "经理"}]}})
    (tmp_path / f"{table}.csv").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_tables(tmp_path)


@pytest.mark.parametrize("content", ["{", '{"roles": 1}', '{"roles": [{"title": 3}]}', '{"roles": [{"kpis": "x"}]}'])
def test_faulty_gold_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"a\.json"):
        read_gold(tmp_path)


def test_a_folder_without_gold(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no gold"):
        read_gold(tmp_path)


# The command


def test_the_command_prints_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    role = {"title": "经理", "duties": ["回款"], "confidence": 0.8}
    write_gold(tmp_path / "gold", {"a": {"layout": "form", "roles": [role]}, "b": {"layout": "none", "roles": []}})
    write_tables(tmp_path / "output", {"a": {"roles": [role | {"duties": ["闲谈\x1b[2J"]}]}, "b": {"roles": []}})
    (tmp_path / "split.txt").write_text("# kept aside\nb  # for now\n\n", encoding="utf-8")
    call = ["evaluate", str(tmp_path / "output"), str(tmp_path / "gold"), "--split", str(tmp_path / "split.txt")]
    assert read_split(tmp_path / "split.txt") == {"b"}

    assert main([*call, "--worst", "1"]) == 0
    said = capsys.readouterr().out
    for heading in ("field", "layout", "document", "confidence"):
        assert f"\n{heading} " in f"\n{said}"
    assert "all:      documents 2  micro F1 0.5000  macro F1 0.7500" in said
    assert "held out: documents 1" in said
    assert "\nb  " not in said

    assert main([*call, "--show", "a"]) == 0
    said = capsys.readouterr().out
    assert "- duties: 回款" in said
    assert "+ duties: 闲谈␛[2J" in said

    assert main([*call, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["macro"], figures["halves"]["held_out"]["macro"]) == (0.75, 1.0)
    assert figures["fields"]["duties"] == {"gold": 1, "found": 1, "right": 0, "precision": 0, "recall": 0, "f1": 0}

    assert main([*call, "--show", "c"]) == 2
    assert "has no gold for c" in capsys.readouterr().err


# The same figures as gold/score.py, which lies beside the repository


def distorted(document: Json, chance: random.Random) -> Json:
    """The document with facts dropped, changed, doubled, and put under another role."""

    def text(value: str) -> str:
        if chance.random() < 0.15 and len(value) > 1:
            place = chance.randrange(len(value))
            return value[:place] + chance.choice("的甲、 ") + value[place + chance.randrange(3) :]
        return value

    def texts(values: Iterable[str] | None) -> list[str]:
        return [text(value) for value in values or () for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 2)))]

    roles = []
    for role in document["roles"]:
        if chance.random() < 0.1:
            continue
        roles.append(
            {key: texts(value) if isinstance(value, list) else value and text(value) for key, value in role.items()}
        )
    if chance.random() < 0.3:
        roles.append({"title": "店员", "duties": ["收银"]})
    if len(roles) > 1 and chance.random() < 0.3:
        chance.shuffle(roles)
    units = [
        {"name": text(unit["name"]), "functions": texts(unit["functions"])} for unit in document.get("units") or []
    ]
    return {"company": document.get("company"), "roles": roles, "units": units}


@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_as_the_program_beside_the_gold(shared_gold: Path, tmp_path: Path, seed: int) -> None:
    held_out = read_split(Path(__file__).parent.parent / "corpora" / "split.txt")
    gold, texts = {}, {}
    for path in sorted(shared_gold.glob("*.json")):
        if path.stem not in held_out:  # those measure only
            gold[path.stem] = json.loads(path.read_text(encoding="utf-8"))
            document = shared_gold / "documents" / f"{path.stem}.txt"
            if document.exists():
                texts[path.stem] = document.read_bytes().decode("utf-8-sig")
    assert gold
    chance = random.Random(seed)
    write_gold(tmp_path / "gold", gold, texts)
    found = {name: distorted(document, chance) for name, document in gold.items() if chance.random() < 0.9}
    write_tables(tmp_path / "output", found, texts)

    program = [
        sys.executable,
        shared_gold / "score.py",
        tmp_path / "output",
        tmp_path / "gold",
        "--json",
        tmp_path / "out",
    ]
    subprocess.run([str(word) for word in program], check=True, capture_output=True)
    theirs = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    ours = evaluate(read_tables(tmp_path / "output"), read_gold(tmp_path / "gold"))

    assert 0.3 < ours.macro < 0.95  # the distortions are neither nothing nor everything
    assert ours.macro == theirs["macro"]
    assert ours.micro == theirs["micro"]
    assert ours.provenance.share == theirs["provenance"]
    assert ours.false_roles == theirs["false_roles"]
    assert {document.name: document.total.f1 for document in ours.documents} == theirs["documents"]
    assert {kind: ours.fields[kind].f1 for kind in theirs["facts"]} == theirs["facts"]
