"""The page's interface: uploads, documents, corrections, tables, downloads; asked of a real server."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from chromium import wait
from gangwei.cli import main
from gangwei.sinks import read_csv
from gangwei.tables import TABLES
from gangwei.web import app, openapi
from web_server import BOUNDARY, Server, form

TEXT = (
    "公司：青禾仓储有限公司\n部门：仓储部\n职务：仓储主管\n直接上级：物流经理\n职责：\n1、每月盘点库存，差异查明原因\n2、验收到货\n3、发货\n"
    "考核指标：\n1、盘点准确率99%以上\n任职要求：\n1、大专以上\n2、三年以上仓储经验\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("web") / "workspace") as running:
        yield running


def read(server: Server, name: str, text: str = TEXT) -> int:
    """Upload a text and have it read; the number of its document."""
    [file] = server.upload((name, text.encode())).json["files"]
    found = {one["file"]: one for one in server.settled()["files"]}
    return int(found[file["file"]]["first"])


def items(server: Server, document: int, field: str) -> list[str]:
    return [entry[0] for entry in server.get(f"/api/documents/{document}").json["outline"]["roles"][0][field]]


# Uploads


@pytest.mark.slow
def test_two_hundred_at_once_and_none_is_lost(tmp_path: Path) -> None:
    with Server(tmp_path / "workspace") as server:
        with ThreadPoolExecutor(32) as pool:
            answers = list(pool.map(lambda n: server.upload((f"岗位/{n}.txt", f"{TEXT}{n}".encode())), range(200)))
        assert {answer.status for answer in answers} == {201}
        found = server.settled()
        assert (found["states"], found["documents"], found["roles"]) == ({"done": 200}, 200, 200)
        assert {file["name"] for file in found["files"]} == {f"岗位/{n}.txt" for n in range(200)}


def test_a_form_with_many_files_an_archive_and_what_cannot_be_read(server: Server) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/a.txt", TEXT)
        archive.writestr("乙/b.txt", TEXT)
    answer = server.upload(
        ("many.zip", packed.getvalue()), ("picture.doc", b"\x89PNG\r\n\x1a\n" + bytes(99)), ("void.txt", b"")
    )
    assert [file["name"] for file in answer.json["files"]] == ["many.zip", "picture.doc", "void.txt"]
    found = {file["name"]: file for file in server.settled()["files"]}
    assert (found["many.zip"]["documents"], found["many.zip"]["roles"]) == (3, 2)
    assert found["picture.doc"]["failed"] == 1
    assert "picture" in found["picture.doc"]["reason"]
    assert (found["void.txt"]["state"], found["void.txt"]["roles"]) == ("done", 0)


def test_the_same_name_again_is_another_document(server: Server) -> None:
    names = [server.upload(("same.txt", TEXT.encode())).json["files"][0]["name"] for _ in range(3)]
    assert names == ["same.txt", "same.txt~2", "same.txt~3"]


def test_a_file_is_removed_with_all_that_was_read_in_it(server: Server) -> None:
    document = read(server, "gone.txt")
    file = server.get(f"/api/documents/{document}").json["document"]["_file"]
    assert server.ask("DELETE", f"/api/files/{file}").status == 204
    assert server.get(f"/api/documents/{document}").status == 404
    assert server.get("/api/tables/duties?is.doc_id=gone.txt").json["total"] == 0
    assert server.ask("DELETE", f"/api/files/{file}").status == 404


@pytest.mark.slow
def test_a_reading_process_that_dies_takes_no_upload_along(server: Server) -> None:
    read(server, "before.txt")
    children = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    for child in {int(number) for path in children for number in path.read_text().split()}:
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(child, signal.SIGKILL)
    assert items(server, read(server, "after.txt"), "duties")[1:] == ["验收到货", "发货"]


# Documents and corrections


def test_a_document_leads_back_to_its_text(server: Server) -> None:
    view = server.get(f"/api/documents/{read(server, 'view.txt')}").json
    [role] = view["outline"]["roles"]
    assert (role["title"][0], role["department"][0], [e[0] for e in role["supervisors"]]) == (
        "仓储主管",
        "仓储部",
        ["物流经理"],
    )
    for text, start, end, rule, _ in (role["title"], *role["duties"], *role["kpis"], *role["requirements"]):
        assert view["text"][start:end] == text
        assert rule
    assert any(label[5] == "taken" and label[3] == "职责" for label in view["labels"])
    assert [row["action"] for row in view["duties"]] == ["盘点", "验收", "发货"]


CORRECTIONS = [
    ({"op": "change", "field": "title", "text": "仓储经理"}, "title", "仓储经理"),
    (
        {"op": "change", "field": "duties", "item": 1, "text": "验收 到货\n入库"},
        "duties",
        ["每月盘点库存，差异查明原因", "验收 到货 入库", "发货"],
    ),
    ({"op": "drop", "field": "duties", "item": 0}, "duties", ["验收到货", "发货"]),
    (
        {"op": "split", "field": "duties", "item": 0, "at": 7},
        "duties",
        ["每月盘点库存", "差异查明原因", "验收到货", "发货"],
    ),
    ({"op": "merge", "field": "duties", "item": 2}, "duties", ["每月盘点库存，差异查明原因", "验收到货发货"]),
    ({"op": "move", "field": "duties", "item": 2, "to": {"role": 0, "field": "authorities"}}, "authorities", ["发货"]),
    (
        {"op": "move", "field": "duties", "item": 2, "to": {"role": 0, "field": "duties", "item": 0}},
        "duties",
        ["发货", "每月盘点库存，差异查明原因", "验收到货"],
    ),
    ({"op": "add", "field": "kpis", "text": "差异查明原因"}, "kpis", ["差异查明原因", "盘点准确率99%以上"]),
    ({"op": "drop", "field": "department"}, "department", None),
]


@pytest.mark.parametrize(
    ("correction", "field", "expected"), CORRECTIONS, ids=lambda value: value["op"] if isinstance(value, dict) else ""
)
def test_corrections_and_their_undoing(
    server: Server, correction: dict[str, object], field: str, expected: object
) -> None:
    def now() -> object:
        value = server.get(f"/api/documents/{document}").json["outline"]["roles"][0][field]
        if value and isinstance(value[0], list):
            return [entry[0] for entry in value]
        return value and value[0]

    document = read(server, "correct.txt")
    before = now()
    assert server.correct(document, role=0, **correction).status == 200
    assert now() == expected
    assert server.tell(f"/api/documents/{document}/undo").status == 200
    assert now() == before
    assert server.tell(f"/api/documents/{document}/redo").json["outline"]["roles"][0]["title"][0]
    assert now() == expected


def test_a_corrected_value_is_typed_anew_and_says_who_touched_it(server: Server) -> None:
    document = read(server, "typed.txt")
    view = server.correct(document, op="change", role=0, field="duties", item=2, text="每周编制出库报表").json
    assert (view["duties"][2]["frequency"], view["duties"][2]["action"], view["duties"][2]["rule"]) == (
        "week",
        "编制",
        "person",
    )
    assert server.correct(document, op="accept", role=0).json["roles"][0]["confidence"] == 1.0


def test_a_value_is_drawn_over_the_text_and_a_post_too(server: Server) -> None:
    document = read(server, "drawn.txt")
    start = TEXT.index("三年")
    view = server.correct(document, op="add", field="title", text="三年以上仓储经验", start=start, end=start + 8).json
    assert [role["title"][0] for role in view["outline"]["roles"]] == ["仓储主管", "三年以上仓储经验"]
    view = server.correct(
        document, op="add", role=1, field="duties", text="发货", start=TEXT.index("发货"), end=TEXT.index("发货") + 2
    ).json
    assert view["outline"]["roles"][1]["duties"][0][:3] == ["发货", TEXT.index("发货"), TEXT.index("发货") + 2]
    assert [row["role_id"] for row in view["duties"]][-1].endswith("#2")


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        ({"op": "explode"}, "correction"),
        ({"op": "drop", "role": 7}, "correction"),
        ({"op": "drop", "role": -1}, "correction"),
        ({"op": "change", "role": 0, "field": "__class__", "text": "x"}, "correction"),
        ({"op": "change", "role": 0, "field": "title", "text": ""}, "correction"),
        ({"op": "change", "role": 0, "field": "title", "text": 7}, "correction"),
        ({"op": "change", "role": 0, "field": "title", "text": "长" * 20_001}, "correction"),
        ({"op": "split", "role": 0, "field": "duties", "item": 0, "at": 0}, "correction"),
        ({"op": "merge", "role": 0, "field": "duties", "item": 0}, "correction"),
        ({"op": "move", "role": 0, "field": "duties", "item": 0, "to": {"role": 0, "field": "title"}}, "correction"),
        ({"op": "move", "role": 0, "field": "duties", "item": 0, "to": 3}, "correction"),
        ({"op": "replace", "outline": {"roles": 3}}, "correction"),
    ],
)
def test_corrections_that_do_not_fit_change_nothing(server: Server, correction: dict[str, object], code: str) -> None:
    document = read(server, "unfit.txt")
    before = server.get(f"/api/documents/{document}").body
    answer = server.correct(document, **correction)
    assert (answer.status, answer.json["code"]) in [(422, code), (413, code)]
    assert server.get(f"/api/documents/{document}").body == before


def test_two_who_correct_at_once_do_not_overwrite_each_other(server: Server) -> None:
    document = read(server, "both.txt")
    wanted = {"version": 0, "correction": {"op": "drop", "role": 0, "field": "duties", "item": 0}}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: server.tell(f"/api/documents/{document}/corrections", wanted), range(4)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    assert items(server, document, "duties") == ["验收到货", "发货"]


@pytest.mark.slow
def test_corrections_are_there_after_a_restart(tmp_path: Path) -> None:
    with Server(tmp_path / "workspace") as server:
        document = read(server, "kept.txt")
        server.correct(document, op="change", role=0, field="title", text="仓储经理")
        server.correct(document, op="drop", role=0, field="duties", item=0)
        assert server.stop() == ""
    with Server(tmp_path / "workspace") as server:
        view = server.get(f"/api/documents/{document}").json
        assert (view["outline"]["roles"][0]["title"][0], view["document"]["_corrections"]) == ("仓储经理", 2)
        assert (
            server.tell(f"/api/documents/{document}/undo").json["outline"]["roles"][0]["duties"][0][0]
            == "每月盘点库存，差异查明原因"
        )
        assert server.tell(f"/api/documents/{document}/redo").status == 200


@pytest.mark.slow
def test_uploads_that_a_killed_server_left_are_read_at_the_next_start(tmp_path: Path) -> None:
    with Server(tmp_path / "workspace") as server:
        for n in range(5):
            server.upload((f"{n}.txt", TEXT.encode()))
        server.process.kill()
        server.process.communicate()
        server.process.returncode = 0
    with Server(tmp_path / "workspace") as server:
        assert server.settled()["roles"] == 5


def test_a_workspace_has_one_server(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--workspace", str(server.workspace)]) == 2
    assert "another gangwei serve works in" in capsys.readouterr().err


# Tables and downloads


def test_tables_are_searched_filtered_sorted_and_cut(server: Server) -> None:
    read(server, "表.txt")
    one = server.get(
        "/api/tables/requirements?q=仓储&has.doc_id=表.txt".replace("仓储", "%E4%BB%93%E5%82%A8").replace(
            "表", "%E8%A1%A8"
        )
    ).json
    assert [(row["text"], row["min_years"], row["_title"]) for row in one["rows"]] == [
        ("三年以上仓储经验", 3.0, "仓储主管")
    ]
    pages = [server.get(f"/api/tables/duties?size=2&page={n}&sort=text&order=desc").json["rows"] for n in (1, 2)]
    texts = [row["text"] for page in pages for row in page]
    assert texts == sorted(texts, reverse=True)
    assert server.get("/api/tables/duties?is.kind=authority&q=%25").json["total"] == 0
    for wrong in (
        "duties?sort=nix",
        "duties?is.rowid=1",
        "duties?page=0",
        "duties?size=9999",
        "files",
        "duties?sort=text%22",
    ):
        assert server.get(f"/api/tables/{wrong}").status in (400, 404)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    """A workspace with a document that was corrected and checked, and another."""
    with Server(tmp_path_factory.mktemp("checked") / "workspace") as server:
        document = read(server, "部门/仓储.txt")
        read(server, "other.txt", TEXT.replace("仓储", "运输"))
        server.correct(document, op="change", role=0, field="title", text="=仓储经理")
        server.correct(document, op="check")
        yield server, document


def test_downloads_read_back_to_the_tables(checked: tuple[Server, int], tmp_path: Path) -> None:
    server, _ = checked
    with zipfile.ZipFile(io.BytesIO(server.get("/api/download/tables.zip").body)) as archive:
        archive.extractall(tmp_path)
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in described["resources"]} >= {f"{table.name}.csv" for table in TABLES}
    for table in TABLES:
        if table.name != "texts":
            rows = server.get(f"/api/tables/{table.name}").json["rows"]
            names = [column.name for column in table.columns]
            assert list(read_csv(tmp_path / f"{table.name}.csv")) == [
                {name: row[name] for name in names} for row in rows
            ]
    book = openpyxl.load_workbook(io.BytesIO(server.get("/api/download/gangwei.xlsx?headers=zh").body))
    assert any(
        "=仓储经理" in str(cell.value) and cell.data_type == "s"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )
    header = next(csv.reader(io.StringIO(server.get("/api/download/duties.csv?headers=zh").body.decode("utf-8-sig"))))
    assert header == [column.header for column in TABLES[3].columns]
    assert server.get("/api/download/kpis.parquet").body[:4] == b"PAR1"
    assert server.get("/api/download/duties.csv").headers["content-disposition"] == 'attachment; filename="duties.csv"'


def test_what_was_checked_is_gold_that_evaluate_reads(
    checked: tuple[Server, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server, _ = checked
    with zipfile.ZipFile(io.BytesIO(server.get("/api/download/gold.zip").body)) as archive:
        assert sorted(archive.namelist()) == ["documents/部门-仓储.txt", "meta.jsonl", "部门-仓储.json"]
        archive.extractall(tmp_path / "gold")
    gold = json.loads((tmp_path / "gold" / "部门-仓储.json").read_text(encoding="utf-8"))
    assert (gold["company"], gold["roles"][0]["title"]) == ("青禾仓储有限公司", "=仓储经理")
    assert (tmp_path / "gold" / "documents" / "部门-仓储.txt").read_text(encoding="utf-8") == TEXT
    call = [
        "extract",
        str(tmp_path / "gold" / "documents"),
        "--output",
        str(tmp_path / "out"),
        "--quiet",
        "--workers",
        "1",
    ]
    assert main([*call, "--format", "csv"]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(tmp_path / "out"), str(tmp_path / "gold"), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert 0.8 < scores["micro"] < 1, "all but the title that was corrected"


def test_without_checked_documents_there_is_no_gold(server: Server) -> None:
    answer = server.get("/api/download/gold.zip")
    assert (answer.status, answer.json["code"]) == (409, "checked")


def test_annotations_go_out_and_come_back(server: Server) -> None:
    document = read(server, "mark.txt", TEXT + "备注：无\n")
    lines = server.get("/api/download/annotations.jsonl").body.decode().splitlines()
    [line] = [json.loads(line) for line in lines if json.loads(line)["doc_id"] == "mark.txt"]
    labels = {line["text"][e["start_offset"] : e["end_offset"]]: e["label"] for e in line["entities"]}
    assert (labels["仓储主管"], labels["验收到货"], labels["物流经理"]) == ("title", "duty", "supervisor")

    def put(content: object) -> dict[str, object]:
        body = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        return dict(server.ask("POST", "/api/annotations", body, content_type="application/x-ndjson").json)

    assert put(line) == {"documents": 1, "unknown": []}
    assert server.get(f"/api/documents/{document}").json["document"]["_corrections"] == 0, (
        "the same again is no correction"
    )
    for entity in line["entities"]:
        if line["text"][entity["start_offset"] : entity["end_offset"]] == "验收到货":
            entity["label"] = "authority"
    assert put(line)["documents"] == 1
    assert items(server, document, "authorities") == ["验收到货"]
    assert put({"text": "不在这里", "entities": []}) == {"documents": 0, "unknown": [1]}
    old_form = {
        "text": TEXT + "备注：无\n",
        "label": [[e["start_offset"], e["end_offset"], e["label"]] for e in line["entities"][:3]],
    }
    assert put(old_form)["documents"] == 1
    assert put({"text": TEXT + "备注：无\n", "label": [[0, 9999, "title"]]})["status"] == 400


# Comparison


def test_companies_are_compared_and_lead_back_to_their_documents(tmp_path: Path) -> None:
    with Server(tmp_path / "workspace") as server:
        assert server.get("/api/comparison/families").json["code"] == "comparison"
        server.upload(*((f"{name}.txt", TEXT.replace("青禾", name).encode()) for name in ("青禾", "长风", "南浦")))
        server.settled()
        compared(server)
        family = server.get("/api/comparison").json["families"][0]
        assert family["family"][:4] == ["仓储主管", "仓储主管", 3, 3]
        assert set(family["sources"]) == {"青禾仓储有限公司", "长风仓储有限公司", "南浦仓储有限公司"}
        statement = next(cell[2][0] for duty in family["duties"] for cell in duty[4] if cell)
        view = server.get(f"/api/documents/{statement[3]}").json
        assert statement[2] in [entry[0] for entry in view["outline"]["roles"][0]["duties"]]
        [row] = server.get("/api/comparison/families?q=%E4%BB%93%E5%82%A8").json["rows"]
        assert (row["n_companies"], row["_doc"]) == (3, 1)
        with zipfile.ZipFile(io.BytesIO(server.get("/api/download/comparison.zip").body)) as archive:
            assert {"families.csv", "role_pairs.csv", "datapackage.json"} <= set(archive.namelist())
        server.correct(3, op="drop", role=0)
        compared(server)
        assert server.get("/api/comparison").json["families"][0]["family"][2] == 2, "a correction is compared anew"


def compared(server: Server) -> None:
    wait(lambda: server.get("/api/comparison").json["state"] == "made", 90)


# The interface


def test_extract_answers_for_a_text_and_a_file(server: Server) -> None:
    ways = [
        server.ask("POST", "/extract", TEXT.encode(), content_type="text/plain", x_gangwei_token=""),
        server.tell("/extract", {"text": TEXT}),
        server.ask(
            "POST", "/extract", form(("a.txt", TEXT.encode())), content_type=f"multipart/form-data; boundary={BOUNDARY}"
        ),
    ]
    for answer in ways:
        [document] = answer.json["documents"]
        [role] = document["roles"]
        assert (role["title"], [duty["text"] for duty in role["duties"]][1:]) == ("仓储主管", ["验收到货", "发货"])
        assert document["text"] == TEXT
    assert server.tell("/extract", {"txt": 1}).headers["content-type"] == "application/problem+json"
    assert not list((server.workspace / "incoming").iterdir())


def test_the_description_names_every_route() -> None:
    described = {(path, method.upper()) for path, methods in openapi.document()["paths"].items() for method in methods}
    routes = app.Interface(None, None, None).routes()
    found = {(route.path.replace(":int}", "}"), method) for route in routes for method in route.methods - {"HEAD"}}
    assert found | {("/api/token", "GET")} == described


def test_errors_are_problems(server: Server) -> None:
    for path, status in (("/api/nix", 404), ("/api/documents/999999", 404), ("/api/tables/texts", 404)):
        answer = server.get(path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json["status"] == answer.status == status
        assert answer.json["detail"]
    assert server.ask("POST", "/api/files", b"{}", content_type="application/json").json["code"] == "form"
    assert server.ask("POST", "/api/tables/roles").status == 405
