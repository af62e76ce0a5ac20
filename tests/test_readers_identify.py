"""What a file is, told by its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from gangwei.readers import READERS, UNPACKERS, read
from gangwei.readers.identify import identify
from gangwei.readers.ole import container


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."
BINARY = [
    (b"%PDF-1.4\n...", "application/pdf"),
    (b"\n\n junk %PDF-1.4\n...", "application/pdf"),
    (
        packed("[Content_Types].xml", "word/document.xml", "word/embeddings/xl/workbook.xml"),
        OFFICE + "wordprocessingml.document",
    ),
    (packed("[Content_Types].xml", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
    (packed("[Content_Types].xml", "ppt/presentation.xml"), OFFICE + "presentationml.presentation"),
    (packed("[Content_Types].xml", "word/document.xml")[:-60], OFFICE + "wordprocessingml.document"),
    (packed("a.docx", "b/word/document.xml.txt"), "application/zip"),
    (container({"WordDocument": b"x", "Data": "Workbook".encode("utf-16-le")}), "application/msword"),
    (container({"Workbook": b"x"}), "application/vnd.ms-excel"),
    (container({"PowerPoint Document": b"x"}), "application/vnd.ms-powerpoint"),
    (container({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "application/x-encrypted-office"),
    (container({"Other": b"x"}), "application/x-ole-storage"),
    (rb"{\rtf1\ansi \u32844?}", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff\xe0", "image/jpeg"),
    (b"GIF89a", "image/gif"),
    (b"MZ\x90\0\x03", "application/x-executable"),
    (b"\x7fELF\x02", "application/x-executable"),
    (bytes(range(256)) * 20, "application/octet-stream"),
    (bytes(5000), "application/octet-stream"),
    (b'<?xml version="1.0"?><jobs><job>x</job></jobs>', "application/xml"),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n<html>", "multipart/related"),
]


@pytest.mark.parametrize(("data", "media_type"), BINARY, ids=range(len(BINARY)))
def test_what_cannot_be_read_fails_with_a_line_that_says_what_to_do(data: bytes, media_type: str) -> None:
    assert identify(data, "misleading.txt") == media_type
    document = list(read(data, source="misleading.txt", doc_id="x"))[-1]
    assert document.media_type == media_type
    if media_type not in READERS and media_type not in UNPACKERS:
        assert (document.status, document.text) == ("failed", "")
        assert "which is not read; " in document.error
    assert "\n" not in document.error


TEXTS = [
    ("岗位职责：1、开票", "a.doc", "text/plain"),
    ("# 会计\n\n- 总账\n- 报税", "a.md", "text/plain"),
    ("MZ岗位：会计", "a.txt", "text/plain"),
    (
        "正文里写 <br> 与 <p> 两种标签。\n第二行。\n第三行 <p>。\n第四行。\n第五行。\n第六行。\n第七行。",
        "a.html",
        "text/plain",
    ),
    ("<!DOCTYPE html>\n<html>", "a.txt", "text/html"),
    ("\ufeff  <HTML lang=zh>", "", "text/html"),
    ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '' ''><html>", "", "text/html"),
    ("<p>职责</p><p>开票</p>", "a.doc", "text/html"),
    ("开票<br>\n对账<br>\n归档<br>\n", "a.txt", "text/html"),
    ("公司名称,职位名称,职位描述\n甲公司,会计,负责总账\n", "a.txt", "text/csv"),
    ("公司名称\t职位名称\t职位描述\n甲公司\t会计\t负责总账\n", "a.xls", "text/tab-separated-values"),
    ("甲公司,会计,负责总账\n乙公司,出纳,负责收付\n", "a.csv", "text/csv"),
    ("负责总账,报税\n负责收付,对账\n", "a.txt", "text/plain"),
    ("本文没有表格。\n只有几行字，也没有逗号分隔的列。\n", "a.csv", "text/plain"),
    ("岗位名称\t会计\t所属部门\t财务部\n直接上级\t经理\t职责\t总账\n", "a.txt", "text/plain"),
    ("岗位名称,部门\n会计,财务部\n", "a.txt", "text/plain"),
    ('{"岗位": "会计"}\n{"岗位": "出纳"}', "a.txt", "application/x-ndjson"),
    ('[{"岗位": "会计"}]', "a.txt", "application/json"),
    ('{"data": [{"岗位": "会计"}]}', "a.txt", "application/json"),
    ('{\n"data": [{"岗位": "会计"}]\n}', "a.txt", "application/json"),
    ("[研发处]研发工程师", "", "text/plain"),
    ('{"岗位": "会', "a.json", "text/plain"),
    ("[" * 5000, "a.json", "text/plain"),
    ("", "a.csv", "text/plain"),
]


@pytest.mark.parametrize(("text", "name", "media_type"), TEXTS, ids=range(len(TEXTS)))
def test_kinds_of_text(text: str, name: str, media_type: str) -> None:
    for encoding in ("utf-8", "utf-16", "gb18030"):
        assert identify(text.encode(encoding), name) == media_type
