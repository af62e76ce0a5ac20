"""LibreOffice as a second try: a stand-in that misbehaves in every way, and the real one where it is installed."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from formats import as_pptx, as_xlsx, packed, parts_of
from gangwei.cli import main
from gangwei.errors import UsageError
from gangwei.model import Document
from gangwei.readers import READERS, Limits, read
from gangwei.readers.libreoffice import CONVERTED, check_version, installed
from gangwei.readers.ole import container
from gangwei.sinks import read_csv
from web_server import Server

DECK = container({"PowerPoint Document": b"of before 2007"})
LINES = ["岗位名称：仓管员", "岗位职责：", "1、每日盘点", "2、发货"]
HEAD = """#!/bin/sh
if [ "$1" = --version ]; then echo "LibreOffice {version}"; exit; fi
while [ "$1" != --outdir ]; do [ "$1" = --convert-to ] && kind=$2; shift; done
made=$2/document.$kind
"""
LIMITS = Limits(bytes=1 << 20)
Fake = Callable[..., Path]
REAL = shutil.which("soffice")
real = pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a program called soffice before all others; the folder that is its to write to."""

    def put(body: str, version: str = "1.0") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "made.pptx").write_bytes(as_pptx(list(LINES)))
        (folder / "made.xlsx").write_bytes(as_xlsx(list(LINES)))
        (folder / "empty.xlsx").write_bytes(as_xlsx([]))
        (folder / "soffice").write_text(
            HEAD.format(version=version) + body.replace("HERE", str(folder)), encoding="utf-8"
        )
        (folder / "soffice").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return folder

    return put


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def one(data: bytes, limits: Limits = LIMITS) -> Document:
    (found,) = read(data, source="a.ppt", doc_id="a.ppt", limits=limits, libreoffice="LibreOffice 1.0")
    return found


def extract(folder: Path, output: Path, *options: str) -> tuple[int, dict[str, dict[str, object]]]:
    status = main(["extract", str(folder), "-o", str(output), "--format", "csv", "--quiet", *options])
    path = output / "documents.csv"
    return status, {str(row["doc_id"]): row for row in read_csv(path)} if path.exists() else {}


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_bytes().rpartition(b") ")[2][:1] not in (b"Z", b"X")
    except OSError:
        return False


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


# Who is asked, and when


def test_a_deck_names_the_option() -> None:
    (found,) = read(DECK, source="a.ppt", doc_id="a.ppt")
    assert (found.status, found.media_type) == ("failed", "application/vnd.ms-powerpoint")
    assert found.error == "a PowerPoint file (.ppt), which is not read; save it as .pptx, or call with --libreoffice"


def test_a_deck_is_read_and_says_by_whom(fake: Fake) -> None:
    fake('cp "HERE/made.$kind" "$made"')
    found = one(DECK)
    assert (found.status, found.error, found.media_type) == ("ok", "", "application/vnd.ms-powerpoint")
    assert found.text.splitlines() == LINES
    assert [note.message for note in found.notes if note.code == "converted"] == [
        "LibreOffice 1.0 saved it as .pptx; places lead into the text of that"
    ]


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("command", ["extract", "show", "serve"])
def test_a_run_without_it_is_refused_at_once(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.txt").write_text("职务：仓管员", encoding="utf-8")
    more = {"extract": ["-o", str(tmp_path / "out")], "show": [], "serve": ["--workspace", str(tmp_path / "out")]}
    files = [] if command == "serve" else [str(tmp_path / "in.txt")]
    assert main([command, *files, *more[command], "--libreoffice"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "--libreoffice: no program soffice is found; install LibreOffice" in line
    assert not (tmp_path / "out").exists()


def test_something_else_of_that_name_is_refused(fake: Fake) -> None:
    folder = fake("exit 1")
    for body in ("echo OpenOffice 4", "exit 3"):
        (folder / "soffice").write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        with pytest.raises(UsageError, match="soffice"):
            installed()


def test_a_machine_with_another_version_is_refused(fake: Fake) -> None:
    """As an executor of a cluster may be."""
    fake("", version="2.0")
    check_version("")
    check_version("LibreOffice 2.0")
    with pytest.raises(UsageError, match=r"this machine has LibreOffice 2.0, the run was begun with LibreOffice 1.0"):
        check_version("LibreOffice 1.0")


def test_what_is_refused_for_a_reason_is_not_passed_on(fake: Fake) -> None:
    """Passwords, limits, entities."""
    folder = fake('touch HERE/asked; cp "HERE/made.$kind" "$made"')
    declared = packed({"word/document.xml": '<!DOCTYPE w [<!ENTITY x "y">]><w>&x;</w>'})
    locked = container({"WordDocument": b"\xec\xa5\xc1" + bytes(8) + b"\1" + bytes(0x400)})
    for data in (declared, locked, container({"EncryptedPackage": b"x"})):
        found = one(data)
        assert found.status == "failed"
        assert "LibreOffice" not in found.error
    assert not (folder / "asked").exists()


def test_what_is_read_of_a_damaged_file_is_partial(fake: Fake) -> None:
    """Nobody knows whether that is all of it."""
    damaged = container({"Workbook": b"rubbish"})
    (refused,) = read(damaged, source="a.xls", doc_id="a.xls")
    assert refused.status == "failed"
    assert refused.error.endswith("save it anew, or call with --libreoffice")
    fake('cp "HERE/made.$kind" "$made"')
    found = one(damaged)
    assert found.text.splitlines() == LINES
    assert found.status == "partial"
    assert found.error.endswith("open it in its program and save it anew; LibreOffice read it, perhaps not all of it")
    fake('cp HERE/empty.xlsx "$made"')
    assert one(damaged).error.endswith("LibreOffice finds no text in it")


# Ways in which it may end


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("exit 0", "LibreOffice cannot read it"),
        ("exit 7", "LibreOffice ended with status 7 on it"),
        ("kill -SEGV $$", "LibreOffice ended with status -11 on it"),
        ('ln -s /etc/passwd "$made"', "LibreOffice cannot read it"),
        ('mkdir "$made"', "LibreOffice cannot read it"),
        ('head -c 9000000 /dev/zero > "$made"', "LibreOffice makes more than 1048576 bytes of it (limit: bytes)"),
        ('echo rubbish > "$made"', "LibreOffice"),
        ("sleep 987", "LibreOffice needs more than 2 s for it (limit: conversion)"),
        ("trap '' TERM HUP; (sleep 987) & sleep 987", "LibreOffice needs more than 2 s for it (limit: conversion)"),
        ("while :; do :; done", "LibreOffice needs more than 2 s for it (limit: conversion)"),
    ],
)
def test_however_it_ends_the_document_has_its_row(body: str, reason: str, fake: Fake) -> None:
    folder = fake(f"echo $$ > HERE/pid; {body}")
    began = time.monotonic()
    # What hangs has twice two seconds by the clock: time to say who it is also where the machine stands still.
    found = one(DECK, Limits(bytes=LIMITS.bytes, conversion=2) if reason.endswith("(limit: conversion)") else LIMITS)
    assert time.monotonic() - began < 20
    assert found.status == "failed"
    assert "a PowerPoint file (.ppt), which is not read; save it as .pptx; " in found.error
    if body.startswith("echo"):
        assert found.error.count(";") > 1
    else:
        assert found.error.endswith(reason)
    assert not is_alive(int((folder / "pid").read_text(encoding="ascii")))


def test_its_settings_are_its_own(fake: Fake) -> None:
    """No macros, no links, nothing of the person's: and nothing is left behind."""
    folder = fake(
        'env > HERE/env; find "$HOME" -type f > HERE/files; cat "$HOME"/profile/user/*.xcu > HERE/profile; pwd > HERE/cwd'
    )
    os.environ["GANGWEI_SECRET"] = "x"
    try:
        one(DECK)
    finally:
        del os.environ["GANGWEI_SECRET"]
    told = (folder / "env").read_text(encoding="utf-8")
    assert "GANGWEI_SECRET" not in told
    assert "TZ=UTC" in told
    profile = (folder / "profile").read_text(encoding="utf-8")
    assert '<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>' in profile
    home = Path((folder / "cwd").read_text(encoding="utf-8").strip())
    assert "gangwei-" in home.name
    assert not home.exists()


def test_it_dies_with_the_process_that_called_it(fake: Fake, tmp_path: Path) -> None:
    folder = fake("(sleep 987) & echo $! > HERE/child; pwd > HERE/cwd; echo $$ > HERE/pid; sleep 987")
    (tmp_path / "a.ppt").write_bytes(DECK)
    code = "import sys; from pathlib import Path; from gangwei.readers import read_file; list(read_file(Path(sys.argv[1]), source='a', doc_id='a', libreoffice='1'))"
    caller = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a.ppt")])
    try:
        wait_for(lambda: (folder / "pid").exists() and (folder / "pid").read_text(encoding="ascii").strip() != "")
    finally:
        caller.kill()
        caller.wait()
    wait_for(lambda: not is_alive(int((folder / "pid").read_text(encoding="ascii"))))
    wait_for(lambda: not is_alive(int((folder / "child").read_text(encoding="ascii"))))
    wait_for(lambda: not Path((folder / "cwd").read_text(encoding="utf-8").strip()).exists())


# In runs


def test_a_run_with_workers_archives_and_resume(fake: Fake, tmp_path: Path) -> None:
    folder = fake('echo "$HOME" >> HERE/homes; sleep 0.2; cp "HERE/made.$kind" "$made"')
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(4):
        (inputs / f"{number}.ppt").write_bytes(DECK + bytes(number))
    (inputs / "all.zip").write_bytes(packed({"部门/旧.ppt": DECK, "note.txt": "职务：会计\n职责：\n1、报税"}))
    output = tmp_path / "out"
    status, documents = extract(inputs, output, "--workers", "2")
    assert status == 1
    assert {documents[name]["status"] for name in ("0.ppt", "3.ppt", "all.zip#1")} == {"failed"}
    assert "--libreoffice" in str(documents["0.ppt"]["error"])
    assert not (folder / "homes").exists()
    status, documents = extract(inputs, output, "--workers", "2", "--resume", "--libreoffice")
    assert status == 0
    assert {documents[name]["status"] for name in ("0.ppt", "3.ppt", "all.zip#1")} == {"ok"}
    assert documents["all.zip#1"]["n_roles"] == 1
    homes = (folder / "homes").read_text(encoding="utf-8").split()
    assert len(homes) == len(set(homes)) == 5
    before = {path.name: path.read_bytes() for path in output.glob("*.csv")}
    assert extract(inputs, output, "--workers", "1", "--resume", "--libreoffice")[0] == 0
    assert (folder / "homes").read_text(encoding="utf-8").split() == homes  # nothing was read again
    assert extract(inputs, output, "--workers", "1", "--overwrite", "--libreoffice")[0] == 0
    assert before == {path.name: path.read_bytes() for path in output.glob("*.csv")}
    fake('echo "$HOME" >> HERE/homes; cp "HERE/made.$kind" "$made"', version="2.0")
    assert extract(inputs, output, "--resume", "--libreoffice")[0] == 0
    assert len((folder / "homes").read_text(encoding="utf-8").split()) == 15  # another version is another text


def test_a_run_in_which_it_hangs_goes_on(fake: Fake, tmp_path: Path) -> None:
    fake("sleep 987")
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.ppt").write_bytes(DECK)
    (inputs / "b.txt").write_text("职务：会计\n职责：\n1、报税", encoding="utf-8")
    status, documents = extract(inputs, tmp_path / "out", "--libreoffice", "--limit", "conversion=1", "--workers", "1")
    assert status == 1
    assert "limit: conversion" in str(documents["a.ppt"]["error"])
    assert documents["b.txt"]["n_roles"] == 1
    # The limit of the document may be the shorter one.
    call = ["--libreoffice", "--overwrite", "--time-limit", "1", "--workers", "1"]
    status, documents = extract(inputs, tmp_path / "out", *call)
    assert (status, documents["b.txt"]["n_roles"]) == (1, 1)
    assert "--time-limit" in str(documents["a.ppt"]["error"])


def test_show(fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake('cp "HERE/made.$kind" "$made"')
    path = tmp_path / "a.ppt"
    path.write_bytes(DECK)
    assert main(["show", str(path), "--json"]) == 1
    assert "--libreoffice" in capsys.readouterr().out
    assert main(["show", str(path), "--json", "--libreoffice"]) == 0
    [found] = json.loads(capsys.readouterr().out)
    assert found["document"]["text"].splitlines() == LINES


@pytest.mark.parametrize(("options", "failed"), [((), 1), (("--libreoffice",), 0)])
def test_the_page_asks_it_where_it_was_started_so(
    options: tuple[str, ...], failed: int, fake: Fake, tmp_path: Path
) -> None:
    fake('cp "HERE/made.$kind" "$made"')
    with Server(tmp_path / "workspace", *options) as server:
        server.upload(("旧.ppt", DECK))
        [file] = server.settled()["files"]
    assert (file["failed"], file["roles"]) == (failed, 1 - failed)


# The real one


def saved(data: bytes, name: str, kind: str, folder: Path) -> bytes:
    """The file as the real LibreOffice saves it in another format."""
    source = folder / name
    source.write_bytes(data)
    call = [REAL or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*call, "--outdir", str(folder / "made"), str(source)], check=True, capture_output=True)
    return (folder / "made" / f"{source.stem}.{kind}").read_bytes()


@real
def test_a_deck_of_before_2007_reads_as_the_one_of_today(samples: Path, tmp_path: Path) -> None:
    deck = as_pptx(parts_of((samples / "documents" / "lines-heating.txt").read_text(encoding="utf-8")))
    (of_today,) = read(deck, source="a.pptx", doc_id="a")
    found = one(saved(deck, "a.pptx", "ppt", tmp_path), Limits())
    assert (found.status, found.media_type) == ("ok", "application/vnd.ms-powerpoint")
    assert found.text == of_today.text
    assert [block[:4] for block in found.blocks] == [block[:4] for block in of_today.blocks]


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write("从网上来的职责".encode())

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  (the names that the server looks for)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("script", "script")]
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'  # fmt: skip


def open_document(kind: str, body: str, scripts: str = "", doctype: str = "", **parts: str) -> bytes:
    names = ("content.xml", *parts)
    files = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in names)
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{media_type}"/>{files}</m:manifest>'
    content = f'<?xml version="1.0"?>{doctype}<office:document-content {SPACES} office:version="1.2">{scripts}<office:body>{body}</office:body></office:document-content>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:  # the first is not packed: by it the format is known
        for name, part in {
            "mimetype": media_type,
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
            **parts,
        }.items():
            archive.writestr(name, part)
    return out.getvalue()


@real
def test_nothing_outside_the_file_is_fetched_or_run(tmp_path: Path) -> None:
    """Links to files of this machine, to the network, an entity, a macro at the opening: none gives text or is followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text("机密文件", encoding="utf-8")
    mark = tmp_path / "was-run"
    with listening() as (port, asked):
        web = f"http://127.0.0.1:{port}"
        linked = "".join(
            f'<text:section text:name="s{number}"><text:section-source xlink:href="{place}" xlink:type="simple" text:filter-name="Text"/><text:p>旧文</text:p></text:section>'
            f'<text:p>图<draw:frame><draw:image xlink:href="{place}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
            for number, place in enumerate((secret.as_uri(), f"{web}/section", "../../secret.txt"))
        )
        macro = f'Sub Main\nOpen "{mark}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub'
        library = '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>'
        libraries = '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/></library:libraries>'
        module = f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{macro.replace(chr(34), "&quot;")}</script:module>'
        event = '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners></office:scripts>'
        parts = {"Basic/script-lc.xml": libraries, "Basic/Standard/script-lb.xml": library, "Basic/Standard/Module1.xml": module}  # fmt: skip
        text = f"<office:text><text:p>职务：会计</text:p>{linked}</office:text>"
        found = one(open_document("text", text, event, **parts), Limits())
        assert found.status == "ok"
        assert "职务：会计" in found.text
        entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        doubted = one(
            open_document("text", "<office:text><text:p>甲&e;乙</text:p></office:text>", "", entity), Limits()
        )
        cell = f'<table:table-cell table:formula="of:=WEBSERVICE(&quot;{web}/cell&quot;)" office:value-type="string"/>'
        outside = f'<table:table-cell table:formula="of:=\'{secret.as_uri()}\'#$Sheet1.A1" office:value-type="string"/>'
        rows = f"<office:spreadsheet><table:table table:name='甲'><table:table-row><table:table-cell office:value-type='string'><text:p>岗位</text:p></table:table-cell>{cell}{outside}</table:table-row></table:table></office:spreadsheet>"
        sheet = one(open_document("spreadsheet", rows), Limits())
    assert "岗位" in sheet.text
    for document in (found, doubted, sheet):
        assert "机密" not in document.text
        assert "网上" not in document.text
    assert asked == []
    assert not mark.exists()


@real
@pytest.mark.parametrize("kind", ["application/vnd.ms-powerpoint", "application/msword", "application/vnd.ms-excel"])
def test_rubbish_is_not_taken_for_text(kind: str) -> None:
    """Left to itself it makes a document of any bytes, and says that all is well."""
    stream = {"application/vnd.ms-powerpoint": "PowerPoint Document", "application/msword": "WordDocument", "application/vnd.ms-excel": "Workbook"}[kind]  # fmt: skip
    found = one(container({stream: "职责：".encode() * 500}), Limits())
    assert found.media_type == kind
    assert found.status == "failed" or not found.text.strip()


def test_each_format_is_saved_as_one_that_is_read() -> None:
    assert {into.media_type for into in CONVERTED.values()} <= set(READERS)
