"""What holds for any text, whatever it says: it is read to the end, and all that is found lies in it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangwei.extraction import extract, read
from gangwei.model import Document, Entry, Extraction
from gangwei.rulebook import Rulebook

# What forms are made of, and what breaks them: any order of these is a document that someone may hand us.
PIECES = (
    "岗位说明书", "岗位名称", "职务", "直接上级", "直接下级", "所属部门", "岗位职责", "任职资格", "关键业绩指标", "权限",
    "部门职能", "工作目标", "学历", "经验", "：", ":", "\n", "\n\n", "\t", " | ", "|---|---|\n", "　", " ", "。", "；", "，", "、",
    "一、", "二、", "1、", "2.", "3）", "(1)", "①", "第一条", "第二章", "职责一：", "●", "- ", "【", "】", "（", "）", "#", "**", "##",
    "仓储主管", "总经理", "质检员", "部门经理/副经理", "人事部", "染整车间", "岗位描述", "負責倉庫的收發", "负责仓库的收发与保管",
    "组织每周盘点", "有权退回不合格的单据", "账物相符率≥98%", "大专以上学历，两年以上经验", "每日", "无", "略", "____", "……12",
    "第3页", "12", "http://example.test/a?b=1", "\ufeff", "\u200b", "\x0c", "\x00", "\ud800", "A", "KPI", "Job Title: ", "😀", "职职责责",
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def entries(extraction: Extraction) -> Iterator[Entry]:
    for role in extraction.roles:
        found = role.found
        yield found.title
        yield from (entry for entry in (found.company, found.department, found.summary) if entry)
        for several in (
            found.supervisors, found.subordinates, found.deputies, found.duties, found.authorities, found.kpis,
            found.requirements, found.routines,
        ):  # fmt: skip
            yield from several
    for unit in extraction.units:
        yield unit.name
        yield from unit.functions


@given(texts)
def test_whatever_is_found_lies_in_the_document(text: str) -> None:
    extraction = extract(text)

    length = len(extraction.document.text)
    for entry in entries(extraction):
        assert 0 <= entry.start < entry.end <= length, entry
        assert entry.text.strip(), entry
        assert entry.rule, entry
    for note in extraction.notes:
        assert 0 <= note.start <= note.end <= length, note
    assert 0.0 <= extraction.coverage <= 1.0


@given(texts)
def test_a_document_reads_the_same_twice(text: str) -> None:
    assert extract(text) == extract(text)


@given(st.integers(0, 10_000))
def test_a_form_in_any_order_of_its_sections_says_the_same(seed: int) -> None:
    sections = [
        "岗位职责：\n1、负责仓库的收发与保管。\n2、组织每周盘点，编制报表。",
        "权限：\n1、有权退回不合格的单据。",
        "关键业绩指标：\n1、账物相符率≥98%\n2、盘点差错次数",
        "任职资格：\n1、大专以上学历。\n2、两年以上仓储经验。",
    ]
    random.Random(seed).shuffle(sections)

    [role] = extract("岗位名称：仓储主管\n所属部门：物流部\n直接上级：物流经理\n" + "\n".join(sections)).roles

    found = role.found
    assert found.title.text == "仓储主管"
    assert [entry.text for entry in found.supervisors] == ["物流经理"]
    assert [entry.text for entry in found.duties] == ["负责仓库的收发与保管", "组织每周盘点，编制报表"]
    assert [entry.text for entry in found.authorities] == ["有权退回不合格的单据"]
    assert [entry.text for entry in found.kpis] == ["账物相符率≥98%", "盘点差错次数"]
    assert [entry.text for entry in found.requirements] == ["大专以上学历", "两年以上仓储经验"]


def test_each_claimed_or_noted() -> None:
    text = "岗位名称：仓储主管\n岗位职责：\n1、负责仓库的收发。\n\n昨夜江边春水生，艨艟巨舰一毛轻。\n"
    extraction = extract(text)
    noted = "".join(text[note.start : note.end] for note in extraction.notes if note.code == "unclaimed")
    held = {entry.text for entry in entries(extraction)}
    assert "艨艟巨舰一毛轻" in noted or any("艨艟巨舰" in entry for entry in held)
    assert "仓储主管" in held


def test_why_says_of_each_label_word_what_became_of_it(rulebook: Rulebook) -> None:
    text = "岗位名称：仓储主管\n岗位职责：\n1、负责制定岗位职责并监督。\n2、发货。"
    decisions = read(Document(text), rulebook, why=True).decisions
    said = [(d.text, d.outcome, text[d.start : d.end]) for d in decisions if d.text == "岗位职责"]
    assert said == [("岗位职责", "taken", "岗位职责"), ("岗位职责", "failed", "岗位职责")]
    assert all(d.reason for d in decisions)


@pytest.mark.parametrize("title", ["岡南汽船有限公司", "招贤纳士_冈南汽船有限公司"])
def test_the_employer_may_stand_in_the_pages_title_only(rulebook: Rulebook, title: str) -> None:
    found = read(Document("船务主管\n岗位职责：\n1、安排船期。", title=title), rulebook)
    assert (found.company, found.title) == ("冈南汽船有限公司", title)


def test_a_front_matter_may_name_people_of_a_kind_as_the_post(rulebook: Rulebook) -> None:
    front = "---\ntitle: 营销人员\ndescription: 全职、特案\nbadges:\n  - 分析师\n---\n| **职缺** | 资深 |\n"
    found = read(Document(front + "## 工作内容\n- 撰写贴文\n## 任职要求\n- 大专以上学历"), rulebook)
    assert [(role.title_full, len(role.duties)) for role in found.roles] == [("营销人员", 1)]


@pytest.mark.parametrize("status", ["failed", "empty"])
def test_what_could_not_be_opened_holds_nothing(rulebook: Rulebook, status: str) -> None:
    extraction = read(Document("岗位名称：仓储主管\n岗位职责：\n1、发货。", status=status), rulebook)
    assert extraction.roles == ()
    assert extraction.units == ()


HOSTILE = [
    "岗位名称：",
    "岗位职责\n",
    "1、",
    "仓储主管\n",
    "（",
    "【",
    "| ",
    "\t",
    "第一条 ",
    "权限一：",
    "负责",
    "：",
    "●\n",
    "岗位",
    "…… 3\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        runs = []
        for _ in range(2):
            started = time.process_time()
            extract(text)
            runs.append(time.process_time() - started)
        return min(runs)

    seconds(100)
    short, long = seconds(2_000), seconds(16_000)
    # Eight times the text: quadratic time would be sixty-four times as much.
    assert long < 0.2 or long < 24 * short
