"""Word files of before 2007 and rich text: the same page as a .docx gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from formats import IN_TABLE, doc_file, in_list, row_end
from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, read
from gangwei.readers.ole import Ole, container

FILES = Path(__file__).parent / "files" / "libreoffice"


def one(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = read(data, source="a", doc_id="a", limits=limits or Limits())
    return document


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.start : b.end], b.row, b.column, b.rows, b.columns)
        for b in document.blocks
        if b.kind is BlockKind.CELL
    ]


def test_a_container_gives_its_streams() -> None:
    ole = Ole(container({"WordDocument": b"a" * 5000, "1Table": b"b" * 100}))
    assert ole.stream("WordDocument") == b"a" * 5000
    assert ole.stream("1Table")[:101] == b"b" * 100 + b"\0"
    assert ole.stream("none") == b""


def test_paragraphs_numerals_headings_and_fields() -> None:
    lists = [[(39, "第%1条"), (0, "%1.%2")], [(23, "\uf06c")]]
    document = one(
        doc_file(
            [
                ("会计岗位说明书\r", b"\x40\x26\x00"),
                ("总则\r", in_list(1)),
                ("目的\r", in_list(1, 1)),
                ("\r", b""),
                ("职责\r", in_list(1)),
                ("开票\r", in_list(2)),
                ("见\x13 HYPERLINK x \x14附表\x15\x01\x0b又一行\r", b""),
            ],
            lists,
        )
    )
    assert document.media_type == "application/msword"
    assert document.text.split("\n") == [
        "会计岗位说明书",
        "第一条 总则",
        "一.1 目的",
        "",
        "第二条 职责",
        "• 开票",
        "见附表",
        "又一行",
    ]
    assert [block.kind for block in document.blocks][:2] == [BlockKind.HEADING, BlockKind.ITEM]


def test_tables_by_their_borders() -> None:
    document = one(
        doc_file([
            ("岗位\a", IN_TABLE), ("会计\a", IN_TABLE), ("部门\a", IN_TABLE), ("财务部\a", IN_TABLE), ("\a", row_end([0, 1000, 3000, 4000, 6000])),
            ("职责\a", IN_TABLE), ("1、开票\r", IN_TABLE), ("2、对账\a", IN_TABLE), ("\a", row_end([0, 1000, 6000], [0x60, 0])),
            ("\a", IN_TABLE), ("3、归档\a", IN_TABLE), ("\a", row_end([0, 1000, 6000], [0x20, 0])),
            ("备注：无\r", b""),
        ])
    )  # fmt: skip
    assert document.text == "岗位\t会计\t部门\t财务部\n职责\t1、开票\n2、对账\n3、归档\n备注：无"
    assert cells(document)[4:] == [("职责", 1, 0, 2, 1), ("1、开票\n2、对账", 1, 1, 1, 3), ("3、归档", 2, 1, 1, 3)]


def test_what_is_lost_is_said() -> None:
    whole = doc_file([("岗位：会计\r", b""), ("职责：开票\r", b"")])
    for data in (whole[:600], whole[:3000], whole[:512] + b"\xff" * (len(whole) - 512)):
        assert one(data).status in ("failed", "partial", "empty")
    locked = bytearray(whole)
    locked[512 + 0x0B] |= 0x01
    assert "password" in one(bytes(locked)).error
    assert one(container({"Other": b"x"})).error.startswith("an Office container of an unknown program")


RTF = r"""{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 \'cb\'ce;}{\f1\fcharset0 Arial;}}{\stylesheet{\s0 Normal;}}{\info{\title x}}
{\header \'d2\'b3\par}\pard {\*\shppict{\pict 00ff}}\f0 \'b8\'da\'ce\'bb\f1 : \u20250?\u35745?\par
{\listtext\pard 1.\tab}\pard \'bf\'aa\'c6\'b1{\v \'c3\'dc}\par {\listtext 2.\tab}\f0\'b6\'d4\'d5\'cb{\deleted \'be\'c9}\par
\trowd\cellx1000\cellx3000\cellx6000\pard\intbl A\cell B\cell C\cell\row
\trowd\clvmgf\cellx1000\cellx6000\pard\intbl D\cell E\par F\cell\row
\trowd\clvmrg\cellx1000\cellx6000\pard\intbl\cell G\cell\row
\pard \bullet  {\field{\*\fldinst HYPERLINK "x"}{\fldrslt end}}\line next\~x\par}"""


def test_rich_text() -> None:
    document = one(RTF.encode())
    assert document.media_type == "application/rtf"
    assert document.text == "岗位: 会计\n1.\t开票\n2.\t对账\nA\tB\tC\nD\tE\nF\nG\n•  end\nnext x".replace(
        "•  end", "• end"
    )
    assert cells(document)[3:] == [("D", 1, 0, 2, 1), ("E\nF", 1, 1, 1, 2), ("G", 2, 1, 1, 2)]


@pytest.mark.parametrize(
    "text",
    ["{" * 100_000 + "a", r"{\rtf1 " + r"\'" * 50_000, r"{\rtf1 \bin99999999999 a", r"{\rtf1\ansicpg99999 a\u-1?\par"],
)
def test_odd_rich_text_ends(text: str) -> None:
    assert one(b"{\\rtf1" + text.encode()).status in ("ok", "partial", "empty", "failed")


def test_limits_of_cells() -> None:
    rows = r"\trowd\cellx1\cellx2000\intbl a\cell b\cell\row" * 30
    assert "limit: cells" in one((r"{\rtf1 " + rows + r"\pard end\par}").encode(), Limits(cells=20)).error


# WPS Office writes the same formats under names of its own, with a stream or two more.


def with_streams(data: bytes, names: list[str], more: dict[str, bytes]) -> bytes:
    ole = Ole(data)
    return container({name: ole.stream(name) for name in names} | more)


@pytest.mark.parametrize("stem", ["lines-heating", "table-lab-tab"])
def test_a_wps_file_is_a_word_file(stem: str) -> None:
    original = (FILES / f"{stem}.doc").read_bytes()
    made = with_streams(
        original, ["WordDocument", "1Table", "Data"], {"WpsCustomData": b"{}", "\x05SummaryInformation": b"x"}
    )
    (found,) = read(made, source="岗位.wps", doc_id="岗位.wps")
    assert found.media_type == "application/msword"
    assert (found.status, found.text, found.blocks) == ("ok", one(original).text, one(original).blocks)


def test_an_et_file_is_an_excel_file() -> None:
    original = (FILES / "table-lab-tab.xls").read_bytes()
    made = with_streams(original, ["Workbook"], {"ETExtData": b"x", "\x05DocumentSummaryInformation": b"x"})
    (found,) = read(made, source="岗位.et", doc_id="岗位.et")
    assert found.media_type == "application/vnd.ms-excel"
    assert (found.status, found.text) == ("ok", one(original).text)


def test_a_dps_file_is_a_deck_of_before_2007() -> None:
    made = container({"Current User": b"x", "PowerPoint Document": b"x", "Pictures": b"x"})
    (found,) = read(made, source="岗位.dps", doc_id="岗位.dps")
    assert (found.status, found.media_type) == ("failed", "application/vnd.ms-powerpoint")
    assert "--libreoffice" in found.error


@pytest.mark.parametrize(("kind", "suffix"), [("docx", "wps"), ("xlsx", "et"), ("pptx", "dps")])
def test_newer_ones_are_packages(kind: str, suffix: str) -> None:
    path = next(FILES.glob(f"*.{kind}"))
    (found,) = read(path.read_bytes(), source=f"a.{suffix}", doc_id="a")
    assert found.text == one(path.read_bytes()).text


# Cut off


def test_of_a_file_that_is_cut_off_the_text_is_read() -> None:
    """Its directory stands at its end: what it is, and where its text, its beginning still tells."""
    original = (FILES / "lines-heating.doc").read_bytes()
    found = one(original[:-600])
    assert (found.media_type, found.status) == ("application/msword", "partial")
    assert found.error.startswith("the file is cut off or damaged: its text was read without its tables and numerals")
    assert [line for line in found.text.splitlines() if line] == [
        line for line in one(original).text.splitlines() if line
    ]
    shorter = one(original[:16_000])
    assert shorter.status == "partial"
    assert 200 < len(shorter.text) < len(found.text)


def test_what_is_left_of_a_file_is_named() -> None:
    rest = one(doc_file([("岗位职责\r", b"")])[:1024])
    assert (rest.media_type, rest.status) == ("application/msword", "failed")
    sheet = (FILES / "table-lab-tab.xls").read_bytes()
    assert one(sheet[: len(sheet) // 2]).media_type in ("application/vnd.ms-excel", "application/x-ole-storage")


def test_a_stream_that_is_shorter_than_its_directory_says_is_partial() -> None:
    data = bytearray(container({"WordDocument": b"", "1Table": b""}))
    assert one(bytes(data)).status in ("empty", "failed")
    whole = doc_file([("岗位职责\r", b""), ("1、盘点\r", b"")])
    place = whole.index("WordDocument".encode("utf-16-le")) + 120
    longer = whole[:place] + (1 << 20).to_bytes(4, "little") + whole[place + 4 :]
    found = one(longer)
    assert (found.status, found.text) == ("partial", one(whole).text)
    assert "cut off or damaged" in found.error


def test_a_file_without_the_properties_of_its_tables_is_partial() -> None:
    found = one(with_streams((FILES / "table-lab-tab.doc").read_bytes(), ["WordDocument", "1Table"], {}))
    assert found.status == "partial"
    assert "properties" in found.error


def test_a_workbook_without_sheets_is_no_empty_one() -> None:
    data = (FILES / "table-lab-tab.xls").read_bytes()
    found = one(with_streams(data, [], {"Workbook": Ole(data).stream("Workbook")[:300]}))
    assert found.status == "failed"
    assert "damaged" in found.error
