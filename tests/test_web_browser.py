"""The page as a person uses it: in a real browser, by mouse and by keyboard, wide and narrow, light and dark."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chromium import CHROMIUM, Chromium, wait
from gangwei.sinks import read_csv
from web_server import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here: apt-get install chromium fonts-noto-cjk"),
]
HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
SAMPLES = ("form-tea.txt", "lines-heating.txt", "table-travel-pipe.txt", "ad-beauty.html")
CONTROL, ALT = 2, 1


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of samples, one with a hostile name and text."""
    folder = tmp_path_factory.mktemp("upload") / "岗位资料"
    (folder / "甲").mkdir(parents=True)
    for name in SAMPLES:
        shutil.copy(samples / "documents" / name, folder / "甲" / name)
    text = f"公司：{HOSTILE}\n职务：经理{HOSTILE}\n职责：\n1、回款{HOSTILE}\n2、发货\n"
    (folder / HOSTILE.replace("/", "")[:120]).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("page") / "workspace") as running:
        yield running


@pytest.fixture(scope="module")
def page(server: Server, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """A browser before the page, the folder uploaded through its file chooser."""
    with Chromium(tmp_path_factory.mktemp("profile")) as browser:
        browser.go(f"{server.address}/")
        browser.choose_files("#folder", folder)
        browser.wait("document.querySelectorAll('.files li.done').length === 5", 90)
        yield browser
        assert browser.complaints() == [], "the console is silent: no error, no breach of the policy"
        assert {url for url in browser.requested() if not url.startswith((server.address, "blob:", "about:"))} == set()


def open_document(page: Chromium, server: Server, name: str) -> int:
    rows = server.get("/api/tables/documents").json["rows"]
    [number] = [row["_doc"] for row in rows if row["doc_id"].endswith(name)]
    page.go(f"{server.address}/documents/{number}")
    return int(number)


def item(said: str) -> str:
    return f'[data-item="{said}"]'


def test_a_folder_goes_in_and_each_file_says_how_it_was_read(page: Chromium, server: Server) -> None:
    page.go(f"{server.address}/")
    page.wait("document.querySelectorAll('tbody tr').length === 5")
    listed = page.text("main")
    for name in SAMPLES:
        assert f"岗位资料/甲/{name}" in listed
    assert "64 MB" in listed
    assert "武陵云雾茶业有限公司" in listed


def test_text_that_is_pasted_is_read(page: Chromium, server: Server) -> None:
    page.go(f"{server.address}/")
    page.run("[...document.querySelectorAll('.drop button')][2].click()")
    page.type("职务：调度员\n职责：\n1、排班\n2、调车")
    page.run("document.querySelector('.paste button').click()")
    page.wait("document.querySelector('.files li.done')")
    assert "1 个岗位" in page.text(".files")
    file = server.get("/api/files").json["files"][-1]
    assert file["name"] == "职务：调度员.txt"
    server.ask("DELETE", f"/api/files/{file['file']}")


def test_a_click_on_either_side_shows_the_other(page: Chromium, server: Server) -> None:
    open_document(page, server, "form-tea.txt")
    page.click(item("role 1 kpis 0"))
    assert page.text("mark.kpi.now").startswith("审评差错每年不超过")
    assert "label 量化尺度" in page.text(".details")
    page.click("mark.duty")
    chosen = page.text("[aria-current=true].item")
    assert chosen == page.text("mark.duty.now")
    page.click(".legend .duty")
    assert page.run("getComputedStyle(document.querySelector('mark.duty')).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.click(".legend .duty")
    assert page.text(".doubts li")


def test_all_can_be_corrected_by_keyboard_alone_and_is_there_after_a_restart(folder: Path, tmp_path: Path) -> None:
    with Server(tmp_path / "workspace") as server, Chromium(tmp_path / "profile") as page:
        server.upload(("tea.txt", (folder / "甲" / "form-tea.txt").read_bytes()))
        server.settled()
        page.go(f"{server.address}/documents/1")
        for _ in range(60):  # through the head of the page to the first value
            page.key("Tab")
            if page.run("document.activeElement.dataset?.item") == "role 0 title":
                break
        page.key("Enter")
        page.run("document.activeElement.select()")
        page.type("初制车间长")
        page.key("Enter")
        page.wait("document.querySelector('.role h2').textContent === '初制车间长'")
        while page.run("document.activeElement.dataset.item") != "role 0 duties 1":
            page.key("ArrowDown")
        first = page.text(item("role 0 duties 1"))
        page.key("ArrowUp", ALT)
        page.wait(f"document.querySelector('{item('role 0 duties 0')}').textContent === {json.dumps(first)}")
        page.key("m")  # the first has none above it: nothing happens
        page.key("Delete")
        page.wait(f"document.querySelector('{item('role 0 duties 0')}').textContent !== {json.dumps(first)}")
        page.key("z", CONTROL)
        page.wait(f"document.querySelector('{item('role 0 duties 0')}').textContent === {json.dumps(first)}")
        assert page.complaints() == []
        server.stop()
        with Server(tmp_path / "workspace") as again:
            page.go(f"{again.address}/documents/1")
            assert page.text(".role h2") == "初制车间长"
            assert page.text(item("role 0 duties 0")) == first


def test_a_value_is_drawn_over_the_text(page: Chromium, server: Server) -> None:
    number = open_document(page, server, "lines-heating.txt")
    text = server.get(f"/api/documents/{number}").json["text"]
    place = page.run(
        "(() => { const mark = [...document.querySelectorAll('pre [data-start]')].find((one) => one.textContent.length > 6 && one.classList.contains('duty'));"
        "getSelection().setBaseAndExtent(mark.firstChild, 2, mark.firstChild, 6); return Number(mark.dataset.start) + 2; })()"
    )
    page.wait("!document.querySelector('.offer').hidden")
    page.run("document.querySelector('.offer select').value = 'kpis'")
    page.run("document.querySelector('.offer').requestSubmit()")
    page.wait("document.querySelector('.item.touched')")
    roles = server.get(f"/api/documents/{number}").json["outline"]["roles"]
    assert [text[place : place + 4], place, place + 4, "person", ""] in [
        entry for role in roles for entry in role["kpis"]
    ]
    page.key("z", CONTROL)
    page.wait("!document.querySelector('.item.touched')")


def test_text_of_documents_is_never_markup(page: Chromium, server: Server) -> None:
    hostile = [row for row in server.get("/api/tables/documents").json["rows"] if "img" in row["doc_id"]]
    for path in (
        f"/documents/{hostile[0]['_doc']}",
        "/",
        "/tables/documents",
        "/tables/roles",
        "/tables/duties",
        "/organisation",
        "/figures",
    ):
        page.go(f"{server.address}{path}")
        page.wait("!document.querySelector('main').innerText.includes('Loading')")
        assert page.run("document.querySelectorAll('main img, main script').length") == 0
        assert "gangwei" in page.run("document.title")
        assert page.run("document.title") != "run"
    page.go(f"{server.address}/documents/{hostile[0]['_doc']}")
    assert "<script>" in page.text("pre")


def test_tables_are_searched_in_the_page_and_downloads_read_back(
    page: Chromium, server: Server, tmp_path: Path
) -> None:
    page.go(f"{server.address}/tables/duties")
    page.wait("document.querySelectorAll('tbody tr').length > 10")
    page.run("document.querySelector('.controls input').focus()")
    page.type("毛茶产量日报")
    page.wait("document.querySelectorAll('tbody tr').length === 1")
    assert "每日" in page.text("tbody")
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.run("document.querySelector('.take input').click()")  # English headers, as evaluate reads them
    page.run("document.querySelector('.take a').click()")
    wait((tmp_path / "tables.zip").exists)
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        archive.extractall(tmp_path)
    total = server.get("/api/tables/duties").json["total"]
    assert len(list(read_csv(tmp_path / "duties.csv"))) == total


def test_companies_are_compared(page: Chromium, server: Server) -> None:
    text = "公司：{}有限公司\n职务：仓储主管\n职责：\n1、每月盘点库存，差异查明原因\n2、验收到货\n"
    kept = server.upload(*((f"{name}.txt", text.format(name).encode()) for name in ("青禾", "长风"))).json["files"]
    server.settled()
    page.go(f"{server.address}/compare")
    page.wait("document.querySelector('.heat button')", 90)
    page.click(".heat button")
    assert "每月盘点库存" in page.text(".said")
    page.click(".said a")
    page.wait("location.pathname.startsWith('/documents/')")
    page.go(f"{server.address}/compare/families")
    page.wait("document.querySelectorAll('tbody tr').length")
    assert "仓储主管" in page.text("tbody")
    for file in kept:
        server.ask("DELETE", f"/api/files/{file['file']}")


VIEWS = ("/", "/documents/1", "/tables/roles", "/tables/duties", "/organisation", "/figures", "/compare", "/api")


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_every_view_fits(page: Chromium, server: Server, width: int) -> None:
    page.size(width, 800)
    for view in VIEWS:
        page.go(f"{server.address}{view}")
        assert page.run("document.documentElement.scrollWidth <= innerWidth"), view
        assert page.text("main")
    page.size(1280, 900)


def test_every_control_has_a_name_and_each_view_a_heading(page: Chromium, server: Server) -> None:
    for view in VIEWS:
        page.go(f"{server.address}{view}")
        nameless = page.run(
            "[...document.querySelectorAll('button, a, select, input:not([type=file]), textarea, [role]:not([role=status])')].filter((one) => !one.hidden && "
            "!(one.getAttribute('aria-label') || one.textContent.trim() || one.title || one.closest('label'))).map((one) => one.outerHTML)"
        )
        assert nameless == [], view
        assert page.run("document.querySelectorAll('h1').length") == 1, view


def test_both_languages_and_light_and_dark(page: Chromium, server: Server, tmp_path: Path) -> None:
    open_document(page, server, "form-tea.txt")
    light = page.picture(tmp_path / "light.png")
    page.dark(True)
    dark = page.picture(tmp_path / "dark.png")
    page.dark(False)
    assert light != dark
    page.run("document.querySelector('.tools button:last-child').click()")
    page.wait("document.documentElement.lang === 'en'")
    page.wait("document.querySelector('main').innerText.includes('Mark as checked')")
    page.go(f"{server.address}/")
    assert "Choose a folder" in page.text("main")
    page.run("document.querySelector('.tools button:last-child').click()")
    page.wait("document.documentElement.lang === 'zh-Hans'")


def test_the_first_view_is_there_within_a_second(page: Chromium, server: Server) -> None:
    taken = []
    for _ in range(5):  # other work may run beside it
        page.go(f"{server.address}/")
        taken.append(int(page.run("document.documentElement.dataset.ready")))
    assert min(taken) < 1000
