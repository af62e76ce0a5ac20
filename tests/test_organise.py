"""`gangwei organise`: edges over all documents of a company, the graph, posts by a taxonomy, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from gangwei import cli
from gangwei.organise.tables import ORGANISATION
from gangwei.organise.taxonomy import read_taxonomy
from gangwei.sinks import read_csv
from gangwei.sinks.reading import Record

FORMS = {
    "head.txt": "公司：白鹭港务有限公司\n部门：装卸部\n职务：经理\n直接上级：总经理\n直接下级：装卸队长\n岗位职责：\n1、编制装卸作业计划\n2、控制装卸成本\n",
    "gang.txt": "公司：白鹭港务有限公司\n部门：装卸部\n职务：装卸队长\n直接上级：装卸部经理\n岗位职责：\n1、安排装卸工当班任务\n2、检查吊具\n",
    "crane.txt": "公司：白鹭港务有限公司\n部门：装卸部\n职务：门机司机\n直接上级：经理\n岗位职责：\n1、操作门座起重机\n2、填写设备点检表\n",
    "other.txt": "公司：青禾粮贸有限公司\n部门：采购部\n职务：采购专员\n直接上级：采购部经理\n岗位职责：\n1、收购玉米\n2、核对磅单\n",
}
TAXONOMY = "\ufeffcode,name,aliases\n4-02,采购员,采购专员|收购员\n6-30,起重工,门机司机；吊车司机\n6-31,装卸工,\n"


class Organised(NamedTuple):
    run: Path
    folder: Path

    def rows(self, name: str) -> list[Record]:
        return list(read_csv(self.folder / f"{name}.csv", ORGANISATION))


@pytest.fixture(scope="module")
def organised(tmp_path_factory: pytest.TempPathFactory) -> Organised:
    folder = tmp_path_factory.mktemp("organise")
    (folder / "in").mkdir()
    for name, text in FORMS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    (folder / "posts.csv").write_text(TAXONOMY, encoding="utf-8")
    assert cli.main(["extract", str(folder / "in"), "-o", str(folder / "run"), "--workers", "1", "--quiet"]) == 0
    call = ["organise", str(folder / "run"), "-o", str(folder / "out"), "--taxonomy", str(folder / "posts.csv")]
    assert cli.main([*call, "--quiet"]) == 0
    return Organised(folder / "run", folder / "out")


def test_superiors_are_found_in_other_documents_of_the_company(organised: Organised) -> None:
    found = {
        (row["lower_title"], row["upper_title"]): (row["upper_role_id"], row["reach"])
        for row in organised.rows("edges")
    }
    assert found["装卸队长", "经理"] == ("head.txt#1", "company")
    assert found["门机司机", "经理"] == ("head.txt#1", "company")
    assert found["采购专员", "采购部经理"] == ("", "none")
    assert found["经理", "总经理"] == ("", "none")


def test_doubts_are_named(organised: Organised) -> None:
    doubts = {row["lower_title"]: row["doubt"] for row in organised.rows("edges") if row["upper_role_id"]}
    assert doubts == {"装卸队长": "", "门机司机": "one_sided"}


def test_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (title, superior) in {"a.txt": ("厂长", "调度主任"), "b.txt": ("调度主任", "厂长")}.items():
        text = f"公司：平川玻璃有限公司\n职务：{title}\n直接上级：{superior}\n岗位职责：\n1、审批检修计划\n2、主持生产例会\n"
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    assert cli.main(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "run"), "--workers", "1", "--quiet"]) == 0
    assert cli.main(["organise", str(tmp_path / "run"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    doubts = [row["doubt"] for row in read_csv(tmp_path / "out" / "edges.csv", ORGANISATION)]
    assert doubts == ["cycle", "cycle"]


def test_the_graph_is_sound(organised: Organised) -> None:
    name = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(organised.folder / "organisation.graphml").getroot()
    nodes = {node.get("id") for node in root.iter(f"{name}node")}
    lines = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{name}edge")]
    assert ("head.txt#1", "gang.txt#1") in lines
    assert len(lines) == len(set(lines)) == 4
    assert {end for line in lines for end in line} <= nodes


def test_posts_by_the_taxonomy_and_those_unmatched(organised: Organised) -> None:
    found = {
        row["title"]: (row["taxonomy_code"], row["taxonomy_match"], row["taxonomy_word"])
        for row in organised.rows("posts")
    }
    assert found == {
        "采购专员": ("4-02", "title", "采购专员"),
        "门机司机": ("6-30", "title", "门机司机"),
        "装卸队长": ("", "unmatched", ""),
        "经理": ("", "unmatched", ""),
    }


def test_a_word_of_two_entries_is_nobodys(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("aliases,name,code\n驾驶员,客车司机,1\n驾驶员,货车司机,2\n", encoding="utf-8")
    taxonomy = read_taxonomy(path)
    assert taxonomy.match(["驾驶员"])[:3] == ("", "", "ambiguous")
    assert taxonomy.match(["高级客车司机(夜班)"]) == ("1", "客车司机", "ending", "客车司机")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name,aliases\n1,会计,\n2,出纳,\n1,审计,\n", "line 4: code 1 stands on line 2 already"),
        ("编码,名称\n1,会计\n", "no column code and name"),
        ("code,name\n1,\n", "line 2: code and name must both be there"),
        ("code,name\n", "no entry"),
    ],
)
def test_a_taxonomy_with_faults_is_refused_in_one_line(
    organised: Organised, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    call = ["organise", str(organised.run), "-o", str(tmp_path / "out"), "--taxonomy", str(tmp_path / "list.csv")]
    assert cli.main(call) == cli.WRONG_CALL
    [line] = capsys.readouterr().err.splitlines()
    assert said in line
    assert not (tmp_path / "out").exists()


def test_the_same_bytes_again_and_every_file_described(organised: Organised, tmp_path: Path) -> None:
    call = ["organise", str(organised.run), "-o", str(tmp_path / "out"), "--quiet"]
    assert cli.main([*call, "--taxonomy", str(organised.run.parent / "posts.csv")]) == 0
    names = sorted(path.name for path in organised.folder.iterdir())
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (organised.folder / name).read_bytes()
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == set(names) - {
        "datapackage.json",
        "organisation.graphml",
    }


def test_every_column_stands_on_the_page() -> None:
    page = (Path(__file__).parent.parent / "docs" / "organise.md").read_text(encoding="utf-8")
    for table in ORGANISATION:
        section = page.partition(f"### {table.name} {table.header}\n")[2].partition("\n### ")[0]
        named = [line.split(" | ")[0].strip("| `") for line in section.splitlines() if line.startswith("| `")]
        own = [column.name for column in table.columns]
        assert named == own[-len(named) :]
        assert len(named) >= 4
