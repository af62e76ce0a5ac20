"""Encodings told from bytes, also when some of them are damaged."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangwei.readers.decoding import declared_charset, decode

# Our own sentences, cut and mixed at random below.
SIMPLIFIED = """岗位名称：仓储主管\n所属部门：物流部\n直接上级：物流经理\n一、岗位职责\n1、负责仓库的日常管理，安排班组人员的工作；
2、组织月度盘点，核对账物，查明差异的原因并提出处理意见；\n3、检查消防设施，保证通道畅通；\n4、完成上级交办的其他工作。
二、任职要求\n大专以上学历，物流管理或相关专业，三年以上同岗位经验；熟悉ERP与WMS系统；年龄25-40岁，身体健康，吃苦耐劳。
考核指标：账实相符率≥98%，发货及时率99%，安全事故0起。公司提供五险一金、带薪年假，工作地点在苏州工业园区。\n"""
TRADITIONAL = """職務名稱：倉儲主任\n所屬部門：物流部\n直屬主管：物流經理\n一、工作內容\n1、負責倉庫的日常管理，安排班組人員的工作；
2、組織每月盤點，核對帳目與實物，查明差異的原因並提出處理意見；\n3、檢查消防設備，保持通道暢通；\n4、完成主管交辦的其他事項。
二、應徵條件\n專科以上學歷，物流管理相關科系畢業，三年以上工作經驗；熟悉ERP與WMS系統；能配合輪班，細心負責，有團隊精神。
考核指標：帳物相符率達98%，出貨準時率99%，工安事故0件。公司提供勞健保、特休假，上班地點在桃園市龜山區。\n"""
SAMPLES = {"simplified": SIMPLIFIED, "traditional": TRADITIONAL, "mixed": SIMPLIFIED + TRADITIONAL}
NAMES = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}


def made(rng: random.Random, encoding: str) -> bytes:
    kind = "traditional" if encoding == "big5" else rng.choice(sorted(SAMPLES))
    lines = SAMPLES[kind].split("\n")
    size = rng.randrange(300, 3000)
    out: list[str] = []
    while sum(map(len, out)) < size:
        line = rng.choice(lines)
        line = line[rng.randrange(3) :]
        out.append(f'<p class="MsoNormal">{line}</p>' if rng.random() < 0.1 else line)
    text = "\n".join(out)[:size]
    if rng.random() < 0.3:
        text = "<html><head><title>Job</title></head><body>" + text.replace("\n", "<br>\n") + "</body></html>"
    return text.encode(encoding)


def damaged(data: bytes, rng: random.Random, share: float) -> bytes:
    out = bytearray(data)
    for place in range(4, len(out)):  # a byte order mark is not part of the question
        if rng.random() < share:
            out[place] = rng.randrange(256)
    return bytes(out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_is_told_whole_and_damaged(encoding: str) -> None:
    rng = random.Random(20)
    right = 0
    for _ in range(60):
        data = made(rng, encoding)
        assert decode(data).text == data.decode(encoding)
        right += decode(damaged(data, rng, 0.003)).encoding == NAMES.get(encoding, encoding)
    assert right == 60


def test_damage_is_marked_and_counted() -> None:
    data = bytearray(SIMPLIFIED.encode())
    data[1] = data[30] = 0xFF  # in 岗 and in a later character
    text, encoding, lost, places = decode(bytes(data))
    assert encoding == "utf-8"
    assert lost == text.count("\ufffd") == sum(end - start for start, end in places)
    assert len(places) == 2
    assert all(set(text[start:end]) == {"\ufffd"} for start, end in places)
    assert text.endswith(SIMPLIFIED[12:])


def test_a_replacement_character_in_the_bytes_is_damage_too() -> None:
    assert decode("岗位\ufffd职责".encode()).damaged == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_is_otherwise_unchanged(newline: str) -> None:
    text = f"  岗位职责{newline}\t1、开票\x0b\x0c\u2028{newline}{newline}"
    assert decode(text.encode("utf-8-sig")).text == text
    assert decode(("\ufeff" + text).encode("utf-16-le")).text == text


def test_a_second_mark_belongs_to_the_text() -> None:
    data = "\ufeff\ufeff职务".encode()
    assert decode(data).text == data.decode("utf-8-sig") == "\ufeff职务"


def test_declared_charset_tips_the_scales_only() -> None:
    assert decode(SIMPLIFIED.encode(), "gb2312").encoding == "utf-8"
    assert decode(TRADITIONAL.encode("big5"), "gb2312").encoding == "big5"
    assert declared_charset(b"<?xml version='1.0' encoding='Big5'?>") == "big5"
    assert declared_charset(b"<p>") == ""


def test_latin_letters_are_not_read_as_chinese() -> None:
    assert decode("It’s a “job” – café".encode("cp1252")).text == "It’s a “job” – café"
    assert decode("Größe · naïve".encode()).encoding == "utf-8"


def test_ascii_in_utf_16_is_seen_by_its_zeros() -> None:
    assert decode("Title: clerk ____________".encode("utf-16-le")).text == "Title: clerk ____________"
    assert decode("岗位：______________\n".encode("utf-16-be")).text == "岗位：______________\n"


def test_chinese_far_behind_scripts_is_found() -> None:
    text = "<html><script>" + "var a = 1; " * 1000 + "</script>é" + "x" * 3000 + SIMPLIFIED
    assert decode(text.encode("gb18030")).encoding == "gb18030"


@given(st.binary(max_size=300))
def test_any_bytes_give_text_that_can_be_stored(data: bytes) -> None:
    decoded = decode(data)
    decoded.text.encode()
    assert decoded.damaged == sum(end - start for start, end in decoded.places)


@given(st.text())
def test_valid_utf_8_comes_back(text: str) -> None:
    data = text.encode(errors="ignore")
    if data.count(0) * 8 <= len(data) and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33")):
        assert decode(data).text == data.decode("utf-8-sig")
