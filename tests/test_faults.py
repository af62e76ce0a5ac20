"""Finders one by one; the shifted bytes by doing to sound text what the site did."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gangwei.errors import RuleError
from gangwei.faults import FAULTS, RAW_FAULTS, Bench, Finder, Finding, Sight, bench_of
from gangwei.faults.chunks import find_chunks
from gangwei.faults.glosses import find_glosses
from gangwei.faults.pinyin import is_syllable, syllables
from gangwei.faults.shifted import find_shifts
from gangwei.rulebook.faults import load_faults, squeeze
from gangwei.rulebook.place import rules_folder
from gangwei.simplify import simplifier_of
from gangwei.text import Text, rewrite

RULES = load_faults(rules_folder())
BENCH: Bench = bench_of(RULES, ("岗位职责", "岗位名称", "编制"), simplifier_of(RULES.script).simplify)

# Sound Traditional sentences, our own, each with a place where the site's rewriting goes astray.
SENTENCES = (
    "接到報修後立即派工，確保活動場地正常使用。",
    "核對送貨單與實物，確保回收物料分類存放。",
    "安排值班，確保客戶來電有人接聽。",
    "定期巡查倉庫，確保貨架穩固，確保合格證齊全。",
    "登記車輛進出，確保可疑人員不得進入。",
    "確保考勤記錄真實，確保合同按時歸檔。",
    "落實消防制度，保護公司財產，確保和諧有序。",
    "完成月度盤點。核對出入庫單據與台賬是否相符。",
    "安排班組輪休。控制加班時間，降低費用。",
    "負責展會布置。活動結束後清點物料並歸還。",
    "接聽客戶來電。考核接線員的服務態度。",
    "審批請假申請。可疑的票據退回經辦人。",
    "檢查消防器材。合格的貼上標籤，不合格的更換。",
    "組織新員工培訓。考試不及格者重新學習。",
    "跟蹤訂單進度。客戶催貨時當天答覆。",
    "維護機房設備。和供應商保持聯繫，及時更換配件。",
    "整理會議記錄。回覆各部門的詢問。",
    "保管公章和合同。或有遺失，立即報告主管。",
    "上海客戶由華東區經理負責，青海客戶由西北區經理負責。",
    "日常核對由出納完成，日常考核由主管完成。",
    "異常回報須在一小時內完成，異常貨品單獨存放。",
    "招聘專科以上學歷的技術人員，安排崗前培訓。",
    "學校合作項目由人事部聯絡，學校活動由工會組織。",
    "規模化採購由總部統一談判，規模較小的由分店自行採購。",
    "受理業主投訴。回訪率達到百分之百。",
    "檢查消防通道。火警發生時疏散人員。",
    "領用焊條須登記。焊接完成後清理現場。",
    "每月公佈評分。好評員工給予獎勵。",
    "登記設備台賬。耗材按部門領用。",
    "協助門市布置。看板每週更新。",
    "編寫產品介紹。刊登前送主管審閱。",
    "接到施工申請。勘察現場後報價。",
    "定期保養機組。空調濾網每季清洗。",
    "詢問廠商貨期。口頭承諾須補書面文件。",
    "登記遲到早退。扣款明細交會計。",
    "收發文件。快遞單據保存三個月。",
    "審查付款申請。款項到賬後通知業務。",
    "化驗來料樣品。含水率超標時退貨。",
    "維護門禁系統。忽然斷電時改用人工登記。",
)

MARKS = {
    b"\xa3\xac": b",",
    b"\xa3\xbb": b";",
    b"\xa3\xba": b":",
    b"\xa3\xbf": b"?",
    b"\xa3\xa1": b"!",
    b"\xa3\xa8": b"(",
    b"\xa3\xa9": b")",
}
ASCII_MARKS = str.maketrans("，；：？！（）", ",;:?!()")


def rewritten(text: str) -> str:
    """What the site made of a text: ASCII marks for full-width ones, byte for byte, wherever the two bytes stand."""
    code = text.encode("gb18030")
    for wide, narrow in MARKS.items():
        code = code.replace(wide, narrow)
    return printed(code)


def glossed(text: str, *readings: tuple[str, str]) -> str:
    """A text with pinyin behind each pair of bytes that spells one of the characters, wherever they stand."""
    code = text.encode("gb18030")
    for char, reading in readings:
        code = code.replace(char.encode("gb18030"), f"{char}({reading})".encode("gb18030"))
    return printed(code)


def printed(code: bytes) -> str:
    """GBK bytes decoded as browsers do: a lead byte without its second one is a question mark."""
    pieces: list[str] = []
    place = 0
    while place < len(code):
        width = 1 if code[place] < 0x80 else 2
        try:
            pieces.append(code[place : place + width].decode("gb18030"))
        except UnicodeDecodeError:
            pieces.append("?")
            width = 2 if code[place + 1 : place + 2] >= b"\x80" else 1
        place += width
    return "".join(pieces)


def repaired(find: Finder, text: str) -> str:
    return rewrite(Text.of(text), find(Sight(text, BENCH.anchors.places(text)), BENCH).edits).value


def test_the_site_is_copied_right() -> None:
    # 保 is B1A3, 活 is BBEE: the pair A3BB in their midst is ；.
    assert rewritten("保活").startswith("?;")
    assert rewritten("收貨；發貨") == "收貨;發貨"


def test_shifted_bytes_are_put_right_or_doubted() -> None:
    garbled = [(sentence.translate(ASCII_MARKS), rewritten(sentence)) for sentence in SENTENCES]
    garbled = [(sound, garble) for sound, garble in garbled if sound != garble]
    assert len(garbled) >= 35
    restored = 0
    for sound, garble in garbled:
        finding = find_shifts(Sight(garble, {}), BENCH)
        if repaired(find_shifts, garble) == sound:
            restored += 1
        else:
            assert finding.doubts, f"{garble} became {repaired(find_shifts, garble)} without a doubt"
    assert restored / len(garbled) > 0.95


def test_shifted_bytes_across_a_whole_page() -> None:
    sound = "\n".join(SENTENCES).translate(ASCII_MARKS)
    garble = "\n".join(map(rewritten, SENTENCES))
    finding = find_shifts(Sight(garble, {}), BENCH)
    found = rewrite(Text.of(garble), finding.edits).value
    right = sum(one == two for one, two in zip(found.split("\n"), sound.split("\n"), strict=True))
    assert right + len(finding.doubts) >= len(SENTENCES)
    assert right >= len(SENTENCES) - 3


def test_a_site_that_makes_letters_narrow_takes_halves_of_characters_for_letters() -> None:
    # 。處 is A1A3 CC8E, 保衛 is B1A3 D06C: the pairs A3CC and A3D0 are Ｌ and Ｐ.
    for sound, garble in {
        "接聽住戶電話。處理報修和投訴": "接聽住戶電話?L幚韴笮藓屯对V",
        "檢查門窗水電,並確保衛生達標": "檢查門窗水電,並確?Pl生達標",
        "組織技術維護。設備按期大修": "組織技術維護?TO備按期大修",
    }.items():
        assert repaired(find_shifts, garble) == sound


@pytest.mark.parametrize("sound", ["你好嗎?A公司的人說會來", "真的嗎?3年後再說", "只做?B超檢查嗎?X光片呢", "去?OK的話"])
def test_letters_and_figures_behind_a_question_mark_stay(sound: str) -> None:
    assert repaired(find_shifts, sound) == sound


def test_the_garbles_of_the_development_documents(shared_gold: Path) -> None:
    text = (shared_gold / "documents" / "seed-002.txt").read_text(encoding="utf-8")
    finding = find_shifts(Sight(text, {}), BENCH)
    assert len(finding.edits) == 5
    assert finding.doubts == ()
    found = rewrite(Text.of(text), finding.edits).value
    assert "?" not in found
    assert {edit.replacement[0] for edit in finding.edits} == {"保", "。"}


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("開拓當地的客戶資源", (("數", "shù"),)),
        ("維護當地渠道", (("數", "shù"), ("當", "dāng"))),
        ("採取適當的措施", (("數", "shù"), ("適", "shì"))),
    ],
)
def test_a_character_torn_by_pinyin_is_put_together(text: str, readings: tuple[tuple[str, str], ...]) -> None:
    garble = glossed(text, *readings)
    assert "?" in garble
    without_shift = repaired(find_shifts, garble)
    assert repaired(find_glosses, without_shift) == text
    # Other sites' decoders lose the bracket with the byte.
    eaten = garble.replace("?(", "?")
    assert repaired(find_glosses, repaired(find_shifts, eaten)) == text


def test_a_character_of_which_nothing_is_left_is_doubted() -> None:
    garble = glossed("向教師學習", ("師", "shī"), ("處", "chù"))
    assert "?" in garble
    finding = find_shifts(Sight(garble, {}), BENCH)
    assert finding.edits == ()
    assert finding.doubts
    assert "(shī)" in repaired(find_glosses, garble)
    # The text itself says how 師 is read.
    told = glossed("律師", ("師", "shī")) + "，" + garble
    assert repaired(find_glosses, repaired(find_shifts, told)) == "律師，向教師學習"


@pytest.mark.parametrize(
    "text",
    [
        "你知道怎麼做嗎?我想請教主管。",
        "真的嗎??我們再查一次",
        "什麼是盤點?;請看說明",
        "Is it (a)?Yes; 是",
        "客戶為何投訴?:先聽完",
        "?",
        "??",
        "?;",
    ],
)
def test_questions_are_left_alone(text: str) -> None:
    assert find_shifts(Sight(text, {}), BENCH).edits == ()


def test_syllables() -> None:
    assert [syllables(word) for word in ("zé", "fùzé", "fù zé", "nǚ'ér", "xiàn", "zhuāng")] == [1, 2, 2, 2, 1, 1]
    assert [syllables(word) for word in ("ze", "café", "résumé", "naïve", "q", "", "bbá")] == [0] * 7
    assert is_syllable("zhuang")
    assert not is_syllable("zhuan g")


def test_every_reading_is_a_syllable() -> None:
    from pypinyin import Style, lazy_pinyin

    # The first level of GB 2312: the characters that texts are made of.
    for lead in range(0xB0, 0xD8):
        for char in bytes(byte for trail in range(0xA1, 0xFA) for byte in (lead, trail)).decode("gb18030"):
            reading = lazy_pinyin(char, style=Style.TONE)[0]
            assert syllables(reading) == 1 or is_syllable(reading) or not reading.isalpha(), (char, reading)


def test_a_neutral_tone_is_a_gloss_among_glosses() -> None:
    heavy = "負(fù)責(zé)我們(men)門(mén)店(diàn)經(jīng)理的(de)工作(kg)"
    assert repaired(find_glosses, heavy) == "負責我們門店經理的工作(kg)"
    assert repaired(find_glosses, "我們(men)的(de)工作") == "我們(men)的(de)工作"


def test_a_list_of_long_items_keeps_its_numbers() -> None:
    item = (
        "负责所辖区域内客户的开发、拜访、维护以及合同的洽谈、签订与履行，收集并整理市场信息、竞争对手动态和客户意见" * 3
    )
    text = f"岗位职责\n1、{item}\n2、{item}\n3、{item}"
    assert find_chunks(Sight(text, {}), BENCH) == Finding()


def test_chunks_numbered_from_one_lose_all_their_numbers() -> None:
    item = (
        "负责所辖区域内客户的开发、拜访、维护以及合同的洽谈、签订与履行，收集并整理市场信息、竞争对手动态和客户意见；"
        * 3
    )
    text = f"1、{item}登记材料收\n2、支台账，{item}编制报\n3、表，{item}"
    assert repaired(find_chunks, text) == f"{item}登记材料收支台账，{item}编制报表，{item}"


@pytest.mark.parametrize("find", [*RAW_FAULTS, *FAULTS])
def test_finders_report_edits_in_order_and_apart(find: Finder) -> None:
    text = "負(zé)責\n2、旳旳?;顒禹?设?，，，。。第1页共2页第3页共4页\n下载 相关\n三。三。甲\n岗 位 职 责 编 制 &nbsp;<br>br1.br2.\\n\\n岗岗位位职职责责"
    finding = find(Sight(text, BENCH.anchors.places(text)), BENCH)
    ends = [0, *(edit.end for edit in finding.edits)]
    assert all(edit.start >= end for edit, end in zip(finding.edits, ends, strict=False))
    assert all(0 <= doubt.start <= doubt.end <= len(text) for doubt in finding.doubts)


def test_the_rules_are_where_finders_look() -> None:
    for rule in (*RULES.swaps, *RULES.ordinals):
        assert rule.find in BENCH.anchors.words
    for line in (*RULES.furniture.lines, *RULES.furniture.blocks):
        assert all(anchor in BENCH.furniture for anchor in line.anchors)
    assert squeeze("第 1 页 ／ 共 3 页") == "第1页/共3页"


WRONG: list[tuple[str, Callable[[str], str], str]] = [
    (
        "faults.toml",
        lambda text: text + '\n[[swap]]\nfind = "旳"\nput = "的"\nexample = "旳"\n',
        "stands under two rules",
    ),
    ("faults.toml", lambda text: text + '\n[[swap]]\nfind = "甲"\nput = "的"\nexample = "乙"\n', "does not hold '甲'"),
    ("faults.toml", lambda text: text + '\n[[swop]]\nfind = "甲"\n', "unknown section 'swop'"),
    (
        "script.toml",
        lambda text: text + '\n[[variant]]\nfind = "甲乙"\nput = "丙"\nexample = "甲乙"\n',
        "one character each",
    ),
    ("script.toml", lambda text: text.replace('"妳" = "你"', '"妳" = "你们"'), "one character for another"),
    ("furniture.toml", lambda text: text.replace('"保存成功"', '"*保*存*成*功"'), "at most 3 stars"),
    ("furniture.toml", lambda text: text.replace('"保存成功", ', ""), "no pattern fits the example"),
    (
        "furniture.toml",
        lambda text: text.replace('never = ["阅读全文并做摘要"', 'never = ["阅读全文"'),
        "must not be furniture",
    ),
    ("furniture.toml", lambda text: text.replace('"保存成功"', '"保存 成功"'), "no blanks"),
    (
        "furniture.toml",
        lambda text: text.replace('"behind"\nexample = "保存', '"above"\nexample = "保存'),
        "none of any, behind",
    ),
]


@pytest.mark.parametrize(("name", "spoil", "message"), WRONG, ids=[message for _, _, message in WRONG])
def test_a_wrong_rule_file_is_refused(tmp_path: Path, name: str, spoil: Callable[[str], str], message: str) -> None:
    for file in ("faults.toml", "script.toml", "furniture.toml"):
        shutil.copy(rules_folder() / file, tmp_path / file)
    path = tmp_path / name
    sound = path.read_text(encoding="utf-8")
    path.write_text(spoil(sound), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != sound
    with pytest.raises(RuleError, match=message) as caught:
        load_faults(tmp_path)
    assert name in str(caught.value)
