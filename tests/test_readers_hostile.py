"""Broken files of every format: cut off, bits flipped, pieces swapped. Each gives rows within its limits, whatever comes.

What the libraries do on such files cannot be known, so the files are read as a run reads them: in a process that may
die, in which case the row says so. The changes are drawn from a seed: a red run can be run again.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from formats import IN_TABLE, as_docx, as_pdf, as_pptx, as_xlsx, doc_file, in_list, packed, row_end
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


RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 x;}}\f0 \'b8\'da\'ce\'bb\par\trowd\cellx1000\cellx2000\intbl a\cell b\cell\row\pard\u20250?\par}"
    * 3
)
MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: as_docx(PARTS), "xlsx": lambda: as_xlsx(PARTS), "pptx": lambda: as_pptx(PARTS), "pdf": lambda: as_pdf(PARTS),
    "doc": word_97, "xls": old_workbook, "rtf": lambda: RTF, "parquet": parquet, "eml": letter,
    "zip": lambda: packed({"a.docx": as_docx(PARTS), "b.csv": CSV, "c.html": HTML}), "csv": CSV.encode, "gbk": lambda: CSV.encode("gb18030"),
    "html": HTML.encode, "json": lambda: json.dumps([{"岗位": "会计", "职位描述": "负责总账和报税"}] * 9, ensure_ascii=False).encode(),
    "gz": lambda: gzip.compress(CSV.encode(), mtime=0), "utf16": lambda: CSV.encode("utf-16"),
}  # fmt: skip
CHANGES = 320
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


def changed(data: bytes, draw: random.Random) -> bytes:
    """The file with one kind of damage: as disks, networks and people who mean harm do it."""
    body = bytearray(data)
    how = draw.randrange(7)
    place = draw.randrange(len(body))
    if how == 0:
        return bytes(body[:place])
    if how == 1:
        for _ in range(draw.choice((1, 1, 3, 20))):
            body[draw.randrange(len(body))] ^= 1 << draw.randrange(8)
    elif how == 2:
        body[place : place + draw.randrange(1, 64)] = draw.randbytes(draw.randrange(64))
    elif how == 3:
        body[place : place + 4] = draw.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0"))
    elif how == 4:
        piece = body[place : place + draw.randrange(1, 300)]
        body[draw.randrange(len(body)) :][:0] = b""
        body += piece * draw.randrange(1, 20)
    elif how == 5:
        del body[place : place + draw.randrange(1, 400)]
    else:
        other = draw.randrange(len(body))
        size = draw.randrange(1, 200)
        body[place : place + size] = body[other : other + size]
    return bytes(body)


def rows(data: bytes) -> Iterator[tuple[str, str, str]]:
    """What a reader gives, checked for what must hold of any file."""
    for number, document in enumerate(read(data, source="a", doc_id="a", limits=LIMITS)):
        assert document.status in ("ok", "partial", "empty", "failed")
        assert bool(document.error) == (document.status in ("partial", "failed")), document
        assert "\n" not in document.error
        assert len(document.text) <= LIMITS.characters
        (document.text + document.title + document.error + document.source).encode()
        for block in document.blocks:
            assert 0 <= block.start <= block.end <= len(document.text)
        assert number < 2000
        yield document.doc_id, document.status, document.error


@pytest.mark.parametrize("kind", MAKERS)
def test_whole_files_are_read(kind: str) -> None:
    found = list(rows(made(kind)))
    assert {status for _, status, _ in found} <= {"ok", "empty"}, found


@pytest.mark.parametrize("start", ["", "<p>"])
def test_a_line_of_a_hundred_million_bytes(start: str) -> None:
    data = start.encode() + "职责".encode() * 16_700_000
    began = time.process_time()
    found = list(read(data, source="a.txt", doc_id="a"))
    assert time.process_time() - began < 20
    assert {document.status for document in found} <= {"partial", "failed"}
    assert all(len(document.text) <= 2_000_000 for document in found)


@pytest.mark.parametrize("kind", MAKERS)
def test_damaged_files_give_rows(kind: str) -> None:
    """All in one child: where it dies, the seed of the change is in the message."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        os._exit(_be_child(kind, writer))
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        words = told.read().decode().splitlines()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, (status, words[-3:])
    assert len(words) == CHANGES


def _be_child(kind: str, writer: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 2)
    with os.fdopen(writer, "w", buffering=1) as told:
        try:
            for seed in range(CHANGES):
                data = changed(made(kind), random.Random(f"{kind} {seed}"))
                started = time.process_time()
                ids = [doc_id for doc_id, _, _ in rows(data)]
                assert ids
                assert len(set(ids)) == len(ids)
                assert time.process_time() - started < 5
                told.write(f"{seed}\n")
        except BaseException as error:  # noqa: BLE001  (it is told, and the parent fails)
            told.write(f"seed {seed}: {type(error).__name__} {error!s:.300}\n")
            return 1
    return 0
