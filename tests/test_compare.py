"""`gangwei compare`: what it finds in posts that were written for it, its files, what it refuses, and its judgement's floor."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from gangwei import cli
from gangwei.compare.judge import Judge, signs_of
from gangwei.compare.tables import COMPARISON
from gangwei.compare.wording import Statement, Wording
from gangwei.errors import RuleError
from gangwei.model import Entry
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.rulebook import Rulebook, load
from gangwei.rulebook.likeness import load_likeness
from gangwei.rulebook.place import rules_folder
from gangwei.segment import Segmenter
from gangwei.sinks import read_csv
from gangwei.sinks.reading import Record

PAIRS = Path(__file__).parent.parent / "corpora" / "pairs"
EASY = ("wording", "neighbour", "unrelated")

TEMPLATE = (
    "1、负责冷库温度的监控与记录，超温立即报修\n2、组织冻品的入库、码垛和出库作业\n"
    "3、每月对冻品进行盘点，账物不符时查明原因\n4、指导叉车司机安全作业"
)
POSTS = (
    ("北岭冷链有限公司", "冷库主管", TEMPLATE),
    ("海汐冷藏股份有限公司", "冷库主管", TEMPLATE.replace("不符时", "不符")),
    ("沙河食品有限公司", "冷藏库管理员", "1、监控冷库温度并做好记录\n2、每月盘点冻品，核对账物\n3、办理冻品入库和出库\n4、联系制冷设备厂家维修机组"),
    ("沙河食品有限公司", "出纳", "1、登记现金日记账和银行日记账\n2、办理现金收付\n3、保管支票和印鉴\n4、每日清点库存现金"),
    ("青藤书店有限公司", "出纳员", "1、登记现金和银行存款日记账\n2、清点库存现金，日清日结\n3、负责现金的收付\n4、妥善保管空白支票"),
    ("岩松建材有限公司", "冷库主管", "1、策划短视频选题\n2、剪辑视频素材\n3、分析账号播放数据"),
)  # fmt: skip


class Compared(NamedTuple):
    runs: tuple[Path, ...]
    folder: Path

    def rows(self, name: str) -> list[Record]:
        [table] = [table for table in COMPARISON if table.name == name]
        return list(read_csv(self.folder / f"{name}.csv", (table,)))


def extracted(folder: Path, posts: tuple[tuple[str, str, str], ...], *options: str) -> Path:
    """The result folder of a table of posts."""
    folder.mkdir(parents=True)
    with (folder / "posts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("公司名称", "岗位名称", "岗位职责"), *posts])
    call = ["extract", str(folder / "posts.csv"), "-o", str(folder / "tables"), "--workers", "1", "--quiet", *options]
    assert cli.main(call) == 0
    return folder / "tables"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    folder = tmp_path_factory.mktemp("compare")
    runs = (extracted(folder / "a", POSTS[:3], "--keep-text"), extracted(folder / "b", POSTS[3:], "--keep-text"))
    assert cli.main(["compare", *map(str, runs), "-o", str(folder / "out"), "--quiet"]) == 0
    return Compared(runs, folder / "out")


# What it finds


def test_families_are_of_one_work_whatever_the_titles(compared: Compared) -> None:
    families = {row["family_id"]: row for row in compared.rows("families")}
    titles = {row["family_id"]: set(str(row["titles"]).split("|")) for row in families.values()}
    assert {"冷库主管", "冷藏库管理员"} in titles.values()
    assert {"出纳", "出纳员"} in titles.values()
    cold = next(row for row in families.values() if "冷藏库管理员" in str(row["titles"]))
    assert (cold["n_roles"], cold["n_companies"], cold["n_independent"]) == (3, 3, 2)


def test_the_four_cases(compared: Compared) -> None:
    cases = json.loads((compared.folder / "comparison.json").read_text(encoding="utf-8"))["summary"]["cases"]
    assert cases == {
        "same_title_same_work": 1,
        "same_title_other_work": 2,
        "other_title_same_work": 3,
        "other_title_other_work": 9,
    }
    named = {row["case"] for row in compared.rows("role_pairs")}
    assert {"same_title_same_work", "same_title_other_work", "other_title_same_work"} <= named


def test_a_template_counts_once(compared: Compared) -> None:
    copies = compared.rows("copies")
    assert [(row["company"], row["n_duties"], row["is_first"]) for row in copies] == [
        ("北岭冷链有限公司", 4, True),
        ("海汐冷藏股份有限公司", 4, False),
    ]
    special = [row for row in compared.rows("duty_clusters") if "安全作业" in str(row["text"])]
    assert [(row["n_companies"], row["n_independent"], row["standing"]) for row in special] == [(2, 1, "common")]


def test_typical_duties_and_those_of_one_company(compared: Compared) -> None:
    standing = {str(row["text"]): row["standing"] for row in compared.rows("duty_clusters")}
    assert standing["联系制冷设备厂家维修机组"] == "special"
    counted = [row for row in compared.rows("duty_clusters") if row["standing"] == "typical"]
    assert {row["n_independent"] for row in counted} == {2}
    assert any("盘点" in str(row["text"]) for row in counted)


def test_duties_of_two_roles_stand_beside_each_other(compared: Compared) -> None:
    found = {
        (str(row["left_text"]), str(row["right_text"])): row["relation"]
        for row in compared.rows("duty_pairs")
        if {row["left_run"], row["right_run"]} == {"b/tables"}
    }
    assert found["登记现金日记账和银行日记账", "登记现金和银行存款日记账"] == "same"
    assert found["办理现金收付", "负责现金的收付"] == "same"


def test_every_place_leads_to_its_words(compared: Compared) -> None:
    texts = {
        (f"{run.parent.name}/tables", row["doc_id"]): str(row["text"])
        for run in compared.runs
        for row in read_csv(run / "texts.csv")
    }
    members = compared.rows("duty_members")
    assert len(members) == 23
    for row in members:
        assert texts[str(row["run"]), row["doc_id"]][row["start"] : row["end"]].startswith(str(row["text"]))
    for name in ("families", "family_members", "duty_clusters", "copies"):
        rows = compared.rows(name)
        assert rows
        assert all(texts[str(row["run"]), row["doc_id"]][row["start"] : row["end"]] for row in rows)


# Its files


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_the_same_bytes_from_every_format(compared: Compared, tmp_path: Path, form: str) -> None:
    runs = []
    for run in compared.runs:
        folder = tmp_path / run.parent.name / "tables"
        call = ["extract", str(run.parent / "posts.csv"), "-o", str(folder), "--format", form, "--quiet"]
        assert cli.main(call) == 0
        runs.append(str(folder))
    assert cli.main(["compare", *runs, "-o", str(tmp_path / "out"), "--quiet"]) == 0
    names = sorted(path.name for path in compared.folder.iterdir())
    assert names == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 2 * len(COMPARISON) + 2
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (compared.folder / name).read_bytes(), name


def test_the_data_package_names_every_file(compared: Compared) -> None:
    package = json.loads((compared.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        f"{table.name}.{form}" for table in COMPARISON for form in ("csv", "parquet")
    }


def test_chinese_headers_read_back_to_the_same_rows(compared: Compared, tmp_path: Path) -> None:
    call = [
        "compare",
        *map(str, compared.runs),
        "-o",
        str(tmp_path / "out"),
        "--headers",
        "zh",
        "--format",
        "csv",
        "--quiet",
    ]
    assert cli.main(call) == 0
    chinese = Compared(compared.runs, tmp_path / "out")
    assert (tmp_path / "out" / "role_pairs.csv").read_text(encoding="utf-8-sig").startswith('"情形","相似度"')
    assert "同名异职" in (tmp_path / "out" / "role_pairs.csv").read_text(encoding="utf-8-sig")
    for table in COMPARISON:
        assert chinese.rows(table.name) == compared.rows(table.name)
    assert cli.main(["report", str(compared.runs[0]), str(tmp_path / "out"), "-o", str(tmp_path / "page.html")]) == 0


# What it refuses


def refused(capsys: pytest.CaptureFixture[str], *call: object) -> str:
    assert cli.main(["compare", *map(str, call)]) == cli.WRONG_CALL
    [line] = capsys.readouterr().err.splitlines()
    return line


def test_a_missing_table(compared: Compared, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(compared.runs[0] / "documents.csv", tmp_path)
    assert "no table roles" in refused(capsys, tmp_path, "-o", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_tables_of_another_version(compared: Compared, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(compared.runs[0], tmp_path / "old")
    for path in (tmp_path / "old").glob("duties.*"):
        path.unlink()
    (tmp_path / "old" / "duties.csv").write_text('"role_id","text"\n', encoding="utf-8")
    assert "duties.csv" in refused(capsys, tmp_path / "old", "-o", tmp_path / "out")


def test_nothing_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("公司简介：成立于一九九八年。", encoding="utf-8")
    assert cli.main(["extract", str(tmp_path / "empty.txt"), "-o", str(tmp_path / "run"), "--quiet"]) == 0
    assert "nothing to compare" in refused(capsys, tmp_path / "run", "-o", tmp_path / "out")


def test_calls_that_make_no_sense(compared: Compared, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = compared.runs[0]
    assert "twice" in refused(capsys, run, run, "-o", tmp_path / "out")
    assert "another folder" in refused(capsys, run, "-o", run)
    assert "known are" in refused(capsys, run, "-o", tmp_path / "out", "--format", "ods")


def test_faults_of_the_rules_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(rules_folder(), tmp_path / "rules")
    path = tmp_path / "rules" / "compare.toml"
    group = '\n[[action]]\nname = "draft"\nwords = ["审核"]\nexample = "写"\n'
    path.write_text(path.read_text(encoding="utf-8") + group, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_likeness(tmp_path / "rules")
    assert len(str(raised.value).splitlines()) == 3
    assert cli.main(["rules", "check", str(tmp_path / "rules")]) == 1
    assert "compare.toml" in capsys.readouterr().out


class Model:
    """Stands for a model of sentence-transformers, which is too large to install for tests: 冷库 and 冻品 are one place."""

    def __init__(self, folder: str, **options: object) -> None:
        assert options["local_files_only"]
        assert not options["trust_remote_code"]
        if not (Path(folder) / "modules.json").exists():
            raise OSError("no modules.json")

    def encode(self, texts: list[str], **_: object) -> list[list[float]]:
        return [[1.0, 0.0] if "冻品" in text or "冷库" in text else [0.0, 1.0] for text in texts]


def test_a_model_is_asked_besides(
    compared: Compared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=Model))
    (tmp_path / "model").mkdir()
    call = (*compared.runs, "-o", tmp_path / "out", "--embeddings", tmp_path / "model")
    assert "no model that" in refused(capsys, *call)
    (tmp_path / "model" / "modules.json").touch()
    assert cli.main(["compare", *map(str, call), "--quiet"]) == 0
    without = compared.rows("duty_members")
    [table] = [table for table in COMPARISON if table.name == "duty_members"]
    asked = list(read_csv(tmp_path / "out" / "duty_members.csv", (table,)))
    assert len({row["cluster_id"] for row in asked}) < len({row["cluster_id"] for row in without})
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert "gangwei[embeddings]" in refused(capsys, *call)


# Its judgement


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load()


def statements(half: str, rules: Rulebook) -> list[tuple[dict[str, str], Statement, Statement]]:
    wording = Wording(load_likeness(rules_folder()), rules.typed.verbs)
    grammar, cut = duty_grammar(rules.typed), Segmenter().cut

    def read(text: str) -> Statement:
        return wording.read(text, read_duty(Entry(text, 0, len(text), ""), "duty", grammar, cut).action)

    with (PAIRS / f"duties_{half}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row, read(row["left"]), read(row["right"])) for row in rows]


@pytest.mark.parametrize("half", ["a", "b", "c"])
def test_same_duties_are_told(half: str, rules: Rulebook) -> None:
    judge = Judge(load_likeness(rules_folder()))
    found = [
        (row["kind"] in EASY, judge.verdict(left, right).score >= judge.same, row["relation"] == "same")
        for row, left, right in statements(half, rules)
    ]
    assert len(found) > 150
    hard = [(said, true) for is_easy, said, true in found if not is_easy]
    assert 2 * len(hard) >= len(found)
    assert f1([(said, true) for _, said, true in found]) >= 0.80
    assert f1(hard) >= 0.65


def f1(found: list[tuple[bool, bool]]) -> float:
    right = sum(said and true for said, true in found)
    return 2 * right / (sum(said for said, _ in found) + sum(true for _, true in found))


def test_it_does_not_matter_which_is_the_left_one(rules: Rulebook) -> None:
    for row, left, right in statements("a", rules):
        assert signs_of(left, right)[0] == pytest.approx(signs_of(right, left)[0]), row


# Its page


def test_every_column_stands_on_the_page() -> None:
    page = (PAIRS.parent.parent / "docs" / "compare.md").read_text(encoding="utf-8")
    for table in COMPARISON:
        section = page.partition(f"### {table.name} {table.header}\n")[2].partition("\n### ")[0]
        named = [line.split(" | ")[0].strip("| `") for line in section.splitlines() if line.startswith("| `")]
        assert named == [column.name for column in table.columns]
