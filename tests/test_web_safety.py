"""The page against those who mean harm: other sites, other names, hostile files; and what a limit says when it is met."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from gangwei.tables import TABLES
from gangwei.web.limits import ALLOWANCE
from gangwei.web.rows import table_page
from gangwei.web.safety import HEADERS
from gangwei.web.server import hosts_of
from gangwei.web.store import Store
from gangwei.web.uploads import clean_name
from web_server import Server

STATIC = [Path(str(files("gangwei.web") / "static")), Path(str(files("gangwei.report") / "shared"))]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("safe") / "workspace") as running:
        yield running


# Who is answered


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "localhost", "127.0.0.1", "[::1]:1", " "]
)
def test_another_name_is_not_answered(server: Server, host: str) -> None:
    for path in ("/", "/api/token", "/static/app.js"):
        answer = server.get(path, host=host)
        assert answer.status in (400, 421)
        assert server.token.encode() not in answer.body
    assert server.get("/", host=server.host.replace("127.0.0.1", "LOCALHOST")).status == 200


def test_other_names_where_asked_for() -> None:
    assert hosts_of("0.0.0.0", 9, ("gangwei.lan",)) == {"gangwei.lan:9", "127.0.0.1:9", "localhost:9"}
    assert hosts_of("192.0.2.7", 80) == {"192.0.2.7:80", "192.0.2.7"}
    assert hosts_of("::1", 9) == {"[::1]:9", "localhost:9"}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"x_gangwei_token": "guessed"},
        {"x_gangwei_token": ""},
    ],
)
def test_changes_from_elsewhere_are_refused(server: Server, headers: dict[str, str]) -> None:
    kind = {"content_type": "multipart/form-data; boundary=x"}
    for method, path in (("POST", "/api/files"), ("DELETE", "/api/files/1"), ("POST", "/api/documents/1/undo")):
        answer = server.ask(method, path, b"", **kind, **headers)
        assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
    if "x_gangwei_token" not in headers:
        assert server.ask("POST", "/extract", b"x", **headers).status == 403


def test_answers_are_for_no_other_site(server: Server) -> None:
    assert server.get("/api/token", sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert (
        server.get("/", sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document").status == 200
    )
    assert (
        server.get("/", sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="iframe").status == 403
    )
    for path in ("/", "/api/token", "/static/app.js", "/nix", "/openapi.json"):
        answer = server.get(path, origin="http://evil.example")
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "server" not in answer.headers


def test_the_policy_forbids_what_stands_in_the_page(server: Server) -> None:
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    page = server.get("/").body.decode()
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=|javascript:", page)


def test_nothing_of_the_page_leads_elsewhere_or_makes_markup_of_text() -> None:
    scripts = [
        path for folder in STATIC for path in folder.rglob("*") if path.suffix in (".js", ".css", ".html", ".svg")
    ]
    assert len(scripts) > 15
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        found = set(re.findall(r"\b(?:https?|wss?|ftp)://[^\"'\s)]*", text))
        assert found <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}, path.name
        if "vendor" not in path.parts:
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", text
            ), path.name


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    sources = [path.read_text(encoding="utf-8") for folder in STATIC for path in folder.glob("*.js")]
    script = "\n".join(sources)
    words = "\n".join((folder / "words.js").read_text(encoding="utf-8") for folder in STATIC)
    declared = dict(re.findall(r"\b(\w+): (\[\"[^\]]*\"\])", words))
    assert len(declared) > 150
    assert all(len(json.loads(pair)) == 2 and all(json.loads(pair)) for pair in declared.values())
    used = set(re.findall(r"\bt\(\"(\w+)\"", script)) | set(re.findall(r"\bdoes\([^,]+, \"(\w+)\"", script))
    assert used <= set(declared)


# Names and files


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\windows\\win.ini",
        "a/../../b.txt",
        "%2e%2e/%2e%2e/x",
        "....//x",
        "\x00x\x1b[31m.txt",
        "CON",
        "~root/.ssh/id",
        ".",
    ],
)
def test_names_are_never_paths(server: Server, name: str) -> None:
    before = sorted(server.workspace.parent.rglob("*"))
    answer = server.upload((name.replace("\x00", ""), "职务：经理\n职责：\n1、回款\n".encode()))
    assert answer.status == 201, answer.body
    server.settled()
    kept = server.workspace / "files" / str(answer.json["files"][0]["file"])
    new = {path for path in server.workspace.parent.rglob("*") if path not in before}
    assert {path for path in new if path.suffix not in (".sqlite-wal", ".sqlite-shm")} <= {kept}
    cleaned = clean_name(name)
    assert ".." not in cleaned.split("/")
    assert not cleaned.startswith("/")
    assert cleaned.isprintable()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/shared/..%2f..%2fpage.py",
        "/static//etc/passwd",
        "/api/download/..%2fworkspace.sqlite",
        "/api/download/workspace.sqlite",
        "/files/1",
        "/static/shared/../page.py",
    ],
)
def test_nothing_but_what_is_offered_is_sent(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status in (403, 404)
    assert b"import" not in answer.body
    assert b"SQLite" not in answer.body


def test_what_is_too_large_is_refused_by_name(server: Server) -> None:
    declared = server.ask(
        "POST",
        "/api/files",
        b"",
        content_length=str(ALLOWANCE.bytes * 2),
        content_type="multipart/form-data; boundary=x",
    )
    assert (declared.status, declared.json["code"]) == (413, "bytes")
    assert "64 MB" in declared.json["detail"]
    sent = server.upload(("large.txt", bytes(ALLOWANCE.bytes + 1)))
    assert (sent.status, sent.json["code"]) == (413, "bytes")
    long_name = server.upload(("长" * 300 + ".txt", b"x"))
    assert (long_name.status, long_name.json["code"]) == (413, "name")
    assert not list((server.workspace / "incoming").iterdir())


def test_a_bomb_costs_its_own_document_only(server: Server) -> None:
    bomb, nested = io.BytesIO(), b"x"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(300 << 20))
    for depth in range(4):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(f"{depth}.zip", nested)
        nested = packed.getvalue()
    good = "职务：经理\n职责：\n1、回款\n".encode()
    server.upload(("bomb.zip", bomb.getvalue()), ("nested.zip", nested), ("good.txt", good))
    found = {file["name"]: file for file in server.settled()["files"]}
    assert found["good.txt"]["roles"] == 1
    assert found["bomb.zip"]["failed"] == 1
    assert "limit: depth" in found["nested.zip"]["reason"]


@pytest.mark.slow
def test_a_document_that_takes_too_long_fails_alone(tmp_path: Path) -> None:
    with Server(tmp_path / "workspace", "--time-limit", "1") as server:
        long = "职务：经理\n职责：\n" + "".join(f"{n}、负责第{n}项工作的计划与检查；\n" for n in range(60_000))
        server.upload(("long.txt", long.encode()), ("good.txt", "职务：经理\n职责：\n1、回款\n".encode()))
        found = {file["name"]: file for file in server.settled()["files"]}
        assert "more than --time-limit allows" in found["long.txt"]["reason"]
        assert found["good.txt"]["roles"] == 1


def test_hostile_bodies_are_refused(server: Server) -> None:
    for body in (b"", b"{", b"[" * 100_000, b"\xff", b'{"version": 0}', b'{"version":0,"correction":[]}'):
        answer = server.ask("POST", "/api/documents/1/corrections", body, content_type="application/json")
        assert answer.status == 400, body[:20]
    for body in (b"no form", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"):
        assert server.ask("POST", "/api/files", body, content_type="multipart/form-data; boundary=x").status == 400
    assert server.ask("POST", "/api/annotations", b"[" * 50_000 + b"\n").status == 400
    assert server.get("/api/token").status == 200


# Size


def test_a_hundred_thousand_rows_are_searched_and_sorted_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "workspace")
    duties = next(table for table in TABLES if table.name == "duties")
    with store.write() as base:
        marks = ", ".join("?" * (len(duties.columns) + 1))
        rows = (
            (1, "a#1", "a", "duty", n, "", f"负责第{n}项工作的计划与检查", "负责", "工作", "", "r", n, n + 9)
            for n in range(100_000)
        )
        base.executemany(f"INSERT INTO duties VALUES ({marks})", rows)
    for wanted in (
        {"q": "第77777项"},
        {"sort": "text", "order": "desc", "page": "1000"},
        {"has.text": "检查", "page": "900"},
        {},
    ):
        began = time.process_time()
        assert table_page(store, "duties", wanted)["rows"]
        assert time.process_time() - began < 1.5
    assert table_page(store, "duties", {"q": "第77777项 检查"})["total"] == 1
    store.close()
