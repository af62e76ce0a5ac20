"""The page: whole, harmless, without network; and, where Chromium is, as a person sees it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from gangwei.cli import main
from gangwei.errors import ReadError, UsageError
from gangwei.report import contents, write_report
from gangwei.report.comparison import gather_comparison
from gangwei.report.contents import gather
from gangwei.report.page import SCRIPTS, page
from gangwei.sinks import SINKS
from gangwei.sinks.reading import Record, read_documents
from gangwei.tables import TABLES, Cell
from test_books import ROLES, Content
from test_sinks import piece

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here: apt-get install chromium fonts-noto-cjk")

HOSTILE = "</script><script>document.title='run'</script><!--<img src=x onerror=\"document.title='run'\">\u2028&amp;"
TEXT = "职务：经理。编制预算。𠮷祥路；催收货款。审批费用。"


def documents(content: Content) -> Iterator[dict[str, list[Record]]]:
    """The rows of each document, as they are read from an output folder."""
    for document in content["documents"]:
        yield {
            table.name: [
                dict(zip([column.name for column in table.columns], row, strict=True))
                for row in content.get(table.name, [])
                if document[0] in row[:2]
            ]
            for table in TABLES
        }


def folder_of(path: Path, content: Content, form: str = "csv", **options: str) -> Path:
    path.mkdir()
    for table in TABLES:
        if table.name != "texts" or "texts" in content:
            SINKS[form](path / f"{table.name}.{form}", table, [piece(table, content.get(table.name, []))], **options)
    return path


def with_text(text: str) -> Content:
    n = text.index("催收货款")
    duties = [("a#1", "a", "duty", 1, "日常", "催收货款", "催收", "货款", "month", "r", n, n + 4)]
    document = list(ROLES["documents"][0])
    document[8:9] = [len(text)]
    return ROLES | {"documents": [tuple(document)], "duties": duties, "texts": [("a", text)]}


def many(n: int) -> Content:
    """Documents with a role, duties and a text each, some 3 KB."""
    content: dict[str, list[tuple[Cell, ...]]] = {table.name: [] for table in TABLES}
    for number in range(n):
        doc_id, role_id = f"公司{number % 30}/岗位{number:04}.txt", f"公司{number % 30}/岗位{number:04}.txt#1"
        company, text = (
            f"第{number % 30}实业有限公司",
            "".join(f"{i}、负责第{i}项工作的计划与检查；" for i in range(60)),
        )
        document = (
            doc_id,
            doc_id,
            "",
            "text/plain",
            "utf-8",
            "hans",
            company,
            "",
            len(text),
            1,
            "ok",
            "",
            number % 100 / 100,
        )
        role = (
            role_id,
            doc_id,
            1,
            company,
            "市场部",
            f"主管{number}",
            "",
            "supervisor",
            "sales",
            "",
            "outline",
            0.8,
            0,
            len(text),
        )
        content["documents"].append(document)
        content["roles"].append((*role, "", "r"))
        content["relations"].append((role_id, doc_id, "supervisor", 1, f"主管{number // 30 * 15}", "", 0, 2, "r"))
        content["duties"] += [
            (
                role_id,
                doc_id,
                "duty",
                i + 1,
                "",
                f"负责第{i}项工作的计划与检查",
                "负责",
                "工作",
                "",
                "r",
                i * 15,
                i * 15 + 13,
            )
            for i in range(60)
        ]
        content["kpis"].append(
            (role_id, doc_id, 1, "完成率95%", "完成率", "rate", "up", "", "95", "%", None, "", "r", 0, 5)
        )
        content["texts"].append((doc_id, text))
    return content


def source_of(script: str) -> str:
    return (files("gangwei.report") / script).read_text(encoding="utf-8")


# The file


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text in script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.within: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in self.within and data.strip():
            self.within[self.found[-1][0]].append(data)


def test_no_text_of_a_document_is_markup() -> None:
    hostile = {
        name: [
            tuple(HOSTILE if isinstance(cell, str) and len(cell) > 2 and "#" not in cell else cell for cell in row)
            for row in rows
        ]
        for name, rows in with_text(TEXT).items()
    }
    harmless, attacked = (Elements(page(gather(documents(c)).content)) for c in (ROLES, hostile))
    assert [tag for tag, _ in harmless.found] == [tag for tag, _ in attacked.found]
    data = json.loads(attacked.within["script"][0])
    assert data["documents"][0]["text"] == HOSTILE
    assert not re.search("[<>&\u2028]", attacked.within["script"][0])


def test_the_policy_allows_these_scripts_and_no_other() -> None:
    found = Elements(page(gather(documents(ROLES)).content))
    policies = [attributes["content"] for _, attributes in found.found if attributes.get("http-equiv")]
    style, script = found.within["style"][0], found.within["script"][1]
    hashes = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)]
    assert policies == [
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    ]


def test_nothing_is_fetched() -> None:
    text = page(gather(documents(ROLES)).content)
    assert set(re.findall(r"\w+://[^\"'\s]*", text)) == {"http://www.w3.org/2000/svg"}  # a name, not an address
    assert not re.search(r"url\(|@import|\bfetch\(|XMLHttpRequest|innerHTML|eval\(", text)
    for _, attributes in Elements(text).found:
        assert not {"src", "href", "style"} & set(attributes)


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    script = "".join(map(source_of, SCRIPTS))
    declared = dict(re.findall(r"(\w+): (\[\"[^\]]*\"\])", source_of("shared/words.js").partition("const NOTES")[0]))
    assert len(declared) > 50
    assert all(len(json.loads(pair)) == 2 and all(json.loads(pair)) for pair in declared.values())
    used = set(re.findall(r"\bt\(\"(\w+)\"", script)) | set(re.findall(r"\bT\.(\w+)", script))
    assert used <= set(declared)


def test_the_page_reads_roles_in_the_order_they_are_written() -> None:
    [names] = re.findall(r"^const ROLE = (\[.*\]);", source_of("page.js"), re.M)
    assert json.loads(names) == [*contents._ROLE_COLUMNS, *contents._COLUMNS]


# Content


def test_figures_are_counted_over_all_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "DOCUMENTS", 3)
    found = gather(documents(many(10)))
    assert (found.documents, found.shown) == (10, 3)
    figures = found.content["figures"]
    assert isinstance(figures, dict)
    assert dict(figures["rows"]["top"])["duties"] == 600
    assert dict(figures["fields"]["top"]) == dict.fromkeys(["company", "department", "supervisor", "duty", "kpis"], 10)
    assert figures["kpi"] == {"top": [("完成率", 10)], "kinds": 1, "total": 10}
    assert figures["mean_coverage"] == 0.045
    assert figures["coverage"]["top"] == [("0", 10)]


def test_a_page_is_bounded_in_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "BYTES", 40_000)
    found = gather(documents(many(20)))
    assert 1 < found.shown < 10
    assert len(page(found.content).encode()) < 40_000 + 60_000  # style and script besides


def test_documents_that_need_eyes_are_shown_before_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "DOCUMENTS", 3)
    content = many(150)
    content["notes"] = [(content["documents"][120][0], "unread_value", 0, 1, "")]
    found = gather(documents({name: rows for name, rows in content.items() if name != "roles"})).content
    assert [document["doc_id"] for document in found["documents"]] == [content["documents"][n][0] for n in (0, 1, 120)]


def test_what_needs_eyes_comes_first() -> None:
    def document(doc_id: str, status: str, error: str, coverage: float) -> tuple[Cell, ...]:
        return (doc_id, doc_id, "", "", "", "hans", "", "", 9, 1, status, error, coverage)

    content = {
        "documents": [
            document("a", "ok", "", 0.9),
            document("b", "ok", "", 0.3),
            document("c", "partial", "cut", 0.9),
            document("d", "failed", "a picture", 0.0),
            document("e", "ok", "", 0.9),
        ],
        "notes": [("a", "unclaimed", 0, 1, ""), ("e", "contradiction", 0, 1, ""), ("e", "unread_value", 0, 1, "")],
    }
    found = gather(documents(content)).content["attention"]
    assert isinstance(found, list)
    assert [(entry["doc"], entry["reasons"]) for entry in found] == [
        ("d", {"failed": "a picture", "coverage": 0.0}),
        ("c", {"partial": "cut"}),
        ("e", {"contradiction": 1, "unread_value": 1}),
        ("b", {"coverage": 0.3}),
    ]


# Output folders


def test_any_format_gives_the_same_page(tmp_path: Path) -> None:
    pages = []
    for form, options in (("csv", {}), ("csv", {"headers": "zh"}), ("parquet", {}), ("jsonl", {})):
        folder = folder_of(tmp_path / f"{len(pages)}", with_text(TEXT), form, **options)
        write_report(folder, folder / "report.html")
        pages.append((folder / "report.html").read_bytes())
    assert len(set(pages)) == 1


def test_the_command_writes_beside_the_tables_or_where_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path / "out", ROLES)
    assert main(["report", str(folder)]) == 0
    assert main(["report", str(folder), "--page", str(tmp_path / "page.html")]) == 0
    assert (folder / "report.html").read_bytes() == (tmp_path / "page.html").read_bytes()
    assert re.search(r"report\.html: 1 documents, 0\.\d MB\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "kpis.csv").unlink(), r"no table kpis as csv, parquet, jsonl: name a folder"),
        (lambda folder: (folder / "kpis.csv").write_text("a,b\n"), r"kpis\.csv: its first line is not the header"),
        (lambda folder: shutil.copy(folder / "duties.csv", folder / "kpis.csv"), r"kpis\.csv: .* table kpis"),
        (lambda folder: (folder / "kpis.csv").rename(folder / "kpis.jsonl"), r"kpis\.jsonl, line 1: no JSON"),
        (lambda folder: (folder / "kpis.csv").rename(folder / "kpis.parquet"), r"kpis\.parquet: not a Parquet file"),
    ],
)
def test_a_folder_of_another_kind_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: object, message: str
) -> None:
    folder = folder_of(tmp_path / "out", ROLES)
    spoil(folder)
    assert main(["report", str(folder)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert re.search(message, line)
    assert not (folder / "report.html").exists()


def test_tables_of_two_runs_are_not_taken_for_one(tmp_path: Path) -> None:
    stray = [("z#1", "z", 1, "x", "x", "", "", "", "", "", None, "", "r", 0, 1)]
    with pytest.raises(ReadError, match="kpis speaks of z"):
        list(read_documents(folder_of(tmp_path / "out", ROLES | {"kpis": stray})))
    with pytest.raises(UsageError, match="no table documents"):
        list(read_documents(tmp_path))


# In a browser


def seen(path: Path, view: str, *options: str, language: str = "zh-CN") -> str:
    """The page as Chromium has built it."""
    call = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.parent / 'profile'}"]
    call += [f"--lang={language}", f"--accept-lang={language}", "--window-size=1280,900", *options]
    done = subprocess.run([*call, f"{path.as_uri()}#/{view}"], capture_output=True, timeout=120, check=True)
    return done.stdout.decode()


def visible(dom: str) -> str:
    """The text that is seen."""
    return re.sub(r"<[^>]*>", "", re.sub(r"<(script|style|noscript)\b.*?</\1>", "", dom, flags=re.S))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = with_text(TEXT.replace("。编制", f"。{HOSTILE}编制"))
    content["documents"] += [("b", "b", "", "", "", "none", "", "", 0, 0, "failed", HOSTILE, 0.0)]
    folder = folder_of(tmp_path_factory.mktemp("browser") / "out", content)
    write_report(folder, folder / "report.html")
    return folder / "report.html"


@browser
@pytest.mark.browser
@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("summary", ["概览", "2文档", "先看这些", "未读", "读到的字段", "层级"]),
        ("roles", ["2 个岗位", "经理", "出纳", "甲公司", "0.90"]),
        ("role/0", ["市场部", "总监", "催收货款（每月）", "回款率95%", "原文", TEXT[-10:]]),
        ("charts", ["甲公司 (3)", "总监", "主管"]),
        ("measures", ["指标名称", "回款率", "大专"]),
        ("document/1", ["未读", "document.title"]),
        ("role/99", ["没有这一项"]),
        ("__proto__", ["概览"]),
    ],
)
def test_views(built: Path, view: str, words: list[str]) -> None:
    dom = seen(built, view, "--dump-dom")
    assert "data-ready" in dom, "the script did not come to its end"
    text = visible(dom)
    for word in words:
        assert word in text
    assert "<title>岗位报告 gangwei</title>" in dom
    assert "<img" not in re.sub(r"<script.*?</script>", "", dom, flags=re.S)


@browser
@pytest.mark.browser
def test_values_are_marked_where_they_stand_also_behind_characters_of_two_units(built: Path) -> None:
    assert re.search(r"𠮷.*<mark class=\"duty[^>]*>催收货款</mark>", seen(built, "role/0", "--dump-dom"), re.S)


# With a comparison


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tables of two posts of two companies that do the same, and their comparison."""
    folder = tmp_path_factory.mktemp("heat")
    rows = "公司名称,岗位名称,岗位职责\n"
    for company, title, last in (("甲", "出纳", "保管支票"), ("乙", "出纳员", "办理贷款")):
        rows += f'{company}商贸有限公司,{title},"1、登记现金日记账\n2、办理现金收付\n3、{last}"\n'
    (folder / "posts.csv").write_text(rows, encoding="utf-8")
    assert main(["extract", str(folder / "posts.csv"), "-o", str(folder / "out"), "--workers", "1", "--quiet"]) == 0
    assert main(["compare", str(folder / "out"), "-o", str(folder / "compared"), "--quiet"]) == 0
    return folder / "out", folder / "compared"


def test_a_family_is_duties_by_company(compared: tuple[Path, Path]) -> None:
    output, comparison = compared
    found = gather_comparison(comparison, output)
    assert (found["run"], found["n_families"]) == ("out", 1)
    [family] = found["families"]
    assert family["sources"] == ["乙商贸有限公司", "甲商贸有限公司"]
    stated = {duty[0]: [cell and cell[0] for cell in duty[4]] for duty in family["duties"]}
    assert stated == {"登记现金日记账": [1, 1], "办理现金收付": [1, 1], "保管支票": [0, 1], "办理贷款": [1, 0]}


def test_a_comparison_of_another_kind_is_refused_in_one_line(
    compared: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    output, _ = compared
    assert main(["report", str(output), str(output)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "gangwei compare" in line


@browser
@pytest.mark.browser
def test_the_heat_map_is_there_and_leads_to_the_words(compared: tuple[Path, Path], tmp_path: Path) -> None:
    write_report(compared[0], path := tmp_path / "report.html", compared[1])
    assert "出纳员" in visible(seen(path, "compare", "--dump-dom"))
    press = '<script>document.querySelector(".heat button").click()</script></body>'
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("</body>", press), encoding="utf-8")
    dom = seen(path, "compare", "--dump-dom")
    assert 'href="#/role/' in dom.partition('class="said"')[2]


@browser
@pytest.mark.browser
def test_without_texts_the_page_says_how_to_get_them(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "out", ROLES)
    write_report(folder, folder / "report.html")
    text = visible(seen(folder / "report.html", "role/0", "--dump-dom", language="en-US"))
    assert "Run gangwei extract … --keep-text --resume again" in text


@browser
@pytest.mark.browser
def test_five_hundred_documents_are_there_in_two_seconds(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "out", many(600))
    write_report(folder, path := folder / "report.html")
    assert path.stat().st_size < 20_000_000
    taken = []
    for _ in range(3):  # other work may run beside it
        dom = seen(path, "summary", "--dump-dom")
        assert "共 600 份文档，这一页只放得下 500 份的细节" in visible(dom)
        [milliseconds] = re.findall(r'data-ready="(\d+)"', dom)
        taken.append(int(milliseconds))
    assert min(taken) < 2000


@browser
@pytest.mark.browser
def test_light_and_dark_wide_and_narrow_are_pictures(built: Path) -> None:
    pictures = set()
    for width in (1280, 400):
        for dark in ((), ("--blink-settings=preferredColorScheme=0",)):
            path = built.parent / f"{width}{len(dark)}.png"
            seen(built, "role/0", f"--screenshot={path}", f"--window-size={width},900", *dark)
            pictures.add(path.read_bytes())
    assert len(pictures) == 4
    assert all(len(picture) > 10_000 for picture in pictures)


# What a person does: runs behind the page's own script, in a copy without the policy, which would forbid it.
ACTIONS = """<script>
const text = (what) => document.querySelector(what).textContent;
const later = (ms) => new Promise((done) => setTimeout(done, ms));
(async () => {
  const said = [];
  location.hash = "#/roles"; await later(50);
  const search = document.querySelector("input[type=search]");
  search.value = "货款 甲公司"; search.dispatchEvent(new Event("input")); await later(300);
  said.push(text("main table tbody"));
  search.value = ""; search.dispatchEvent(new Event("input")); await later(300);
  document.querySelectorAll("select")[3].value = "1";
  document.querySelectorAll("select")[3].dispatchEvent(new Event("change")); await later(50);
  said.push(text("main table tbody"));
  document.querySelectorAll("select")[3].value = "";
  document.querySelectorAll("select")[3].dispatchEvent(new Event("change")); await later(50);
  document.querySelector("th.n:nth-child(9) button").click(); await later(50);
  said.push([...document.querySelectorAll("main tbody td:first-child")].map((cell) => cell.textContent).join(" < "));
  document.querySelector("main tbody a").click(); await later(50);
  said.push(location.hash, text("h1"));
  location.hash = "#/role/0"; await later(50);
  document.querySelector("li[data-place]").click(); await later(50);
  said.push(text("mark.now"));
  document.querySelector("header button").click(); await later(50);
  said.push(text("header nav"));
  document.title = said.join(" | ");
})();
</script></body>"""


@browser
@pytest.mark.browser
def test_search_filters_order_links_marks_and_language(built: Path) -> None:
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", built.read_text(encoding="utf-8"))
    copy = built.with_name("acted.html")
    copy.write_text(text.replace("</body>", ACTIONS), encoding="utf-8")
    dom = seen(copy, "summary", "--dump-dom", "--virtual-time-budget=5000")
    [title] = re.findall(r"<title>(.*?)</title>", dom)
    found, doubtful, ordered, *rest = title.split(" | ")
    assert found.startswith("经理市场部甲公司")
    assert "出纳" not in found
    assert doubtful.startswith("出纳")
    assert "经理" not in doubtful.replace("市场部经理", "")
    assert ordered == "出纳 &lt; 经理"
    assert rest == ["#/role/1", "出纳", "催收货款", "SummaryRolesOrganisationKPIs and requirements"]
