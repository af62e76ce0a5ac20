"""Whole files of every format, and what must hold of any file that is read, whatever is in it."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable, Iterator
from functools import cache

from formats import IN_TABLE, as_docx, as_pdf, as_pptx, as_xlsx, doc_file, in_list, packed, row_end, web_record
from gangwei.model import Document
from gangwei.readers import Limits, read

PARTS = [
    "会计岗位说明书", "岗位名称：会计", "职责：", "1、负责总账", "2、负责报税",
    [["岗位", "部门", "职责"], ["出纳", "财务部", "1、收款<br>2、付款"], ["司机", "行政部", "开车"]],
]  # fmt: skip
CSV = '公司名称,职位名称,职位描述\n甲公司,会计,"负责总账，\n负责报税"\n乙公司,司机,负责开车和洗车\n' * 5
HTML = (
    "<html><body><h1>会计</h1><table><tr><td rowspan=2>职责<td>开票</tr><tr><td>对账</tr></table><ol><li>甲<li>乙</ol></body></html>"
    * 3
)


def old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("岗位")
    for row in range(20):
        sheet.write(row, 0, f"岗位{row}")
        sheet.write(row, 1, row * 0.37)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"公司": "甲", "岗位": "会计", "职位描述": "负责总账和报税的工作"}] * 50), out)
    return out.getvalue()


def letter() -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@example.com", "招聘", "<1@example.com>"
    message.set_content("职责：开票")
    message.add_attachment(as_docx(PARTS), maintype="application", subtype="octet-stream", filename="岗位.docx")
    return message.as_bytes()


def word_97() -> bytes:
    row = [("岗位\a", IN_TABLE), ("会计\a", IN_TABLE), ("\a", row_end([0, 1000, 3000], [0, 0]))]
    return doc_file([("会计\r", b""), ("总则\r", in_list(1)), *row, ("备注\r", b"")], [[(0, "%1.")]])


def tape() -> bytes:
    import tarfile

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in {"甲/a.docx": as_docx(PARTS), "b.csv": CSV.encode()}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


MHT = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="=x"\r\n\r\n--=x\r\n'
    'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    f"{base64.encodebytes(HTML.encode()).decode()}\r\n--=x--\r\n"
)
RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 x;}}\f0 \'b8\'da\'ce\'bb\par\trowd\cellx1000\cellx2000\intbl a\cell b\cell\row\pard\u20250?\par}"
    * 3
)
WORD_2003 = (
    '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    + "<w:p><w:r><w:t>职责：开票</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>岗位</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    * 5
    + "</w:body></w:wordDocument>"
)
EXCEL_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
    + '<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">岗位</Data></Cell><Cell ss:Index="5"><Data ss:Type="Number">3</Data></Cell></Row><Row><Cell><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell></Row>'
    + "</Table></Worksheet></Workbook>"
)
MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: as_docx(PARTS), "xlsx": lambda: as_xlsx(PARTS), "pptx": lambda: as_pptx(PARTS), "pdf": lambda: as_pdf(PARTS),
    "doc": word_97, "xls": old_workbook, "rtf": lambda: RTF, "parquet": parquet, "eml": letter,
    "zip": lambda: packed({"a.docx": as_docx(PARTS), "b.csv": CSV, "c.html": HTML}), "csv": CSV.encode, "gbk": lambda: CSV.encode("gb18030"),
    "html": HTML.encode, "json": lambda: json.dumps([{"岗位": "会计", "职位描述": "负责总账和报税"}] * 9, ensure_ascii=False).encode(),
    "warc": lambda: web_record(HTML.encode()) * 3, "tar": tape, "mht": MHT.encode, "bz2": lambda: bz2.compress(CSV.encode()), "xz": lambda: lzma.compress(CSV.encode()),
    "wordml": WORD_2003.encode, "excelml": EXCEL_2003.encode,
    "gz": lambda: gzip.compress(CSV.encode(), mtime=0), "utf16": lambda: CSV.encode("utf-16"),
}  # fmt: skip
LIMITS = Limits(
    bytes=8 << 20,
    characters=200_000,
    unpacked=16 << 20,
    members=200,
    cells=20_000,
    nodes=100_000,
    places=400_000,
    pages=50,
)


@cache
def made(kind: str) -> bytes:
    return MAKERS[kind]()


def rows(data: bytes) -> Iterator[tuple[str, str, str]]:
    """What a reader gives, checked for what must hold of any file: its id, its status, and why."""
    for number, document in enumerate(read(data, source="a", doc_id="a", limits=LIMITS)):
        check(document)
        assert number < 2000
        yield document.doc_id, document.status, document.error


def check(document: Document) -> None:
    """What must hold of any document."""
    assert document.status in ("ok", "partial", "empty", "failed")
    assert bool(document.error) == (document.status in ("partial", "failed")), document
    assert "\n" not in document.error
    assert len(document.text) <= LIMITS.characters
    (document.text + document.title + document.error + document.source).encode()
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
