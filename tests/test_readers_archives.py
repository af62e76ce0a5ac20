"""Archives, letters, saved pages: each file in them is a document of its own, and nothing leads out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import signal
import tarfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from formats import packed, paragraph, web_record, word_file
from gangwei.batch.plan import Input
from gangwei.batch.run import Reading, run
from gangwei.model import Document
from gangwei.readers import Limits, read, read_file
from gangwei.sinks import read_csv


def documents(data: bytes, limits: Limits | None = None, name: str = "a") -> list[Document]:
    return list(read(data, source=name, doc_id=name, limits=limits or Limits()))


def told(data: bytes, limits: Limits | None = None) -> list[tuple[str, str, str]]:
    return [(document.doc_id, document.status, document.text) for document in documents(data, limits)]


def tarred(members: dict[str, bytes], *more: tarfile.TarInfo, mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]  # a mode in a variable
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in more:
            archive.addfile(info)
    return out.getvalue()


TEXT = "岗位：会计\n职责：开票"
TABLE = "公司名称,职位名称,职位描述\n甲,会计,负责总账\n乙,出纳,负责收付\n"


def test_each_file_of_an_archive_is_a_document_and_the_archive_has_its_row() -> None:
    data = packed({"会计.txt": TEXT, "表/招聘.csv": TABLE, "a.docx": word_file(paragraph("岗位：司机"))})
    found = documents(data)
    assert [(document.doc_id, document.source, document.status) for document in found] == [
        ("a#1", "a/会计.txt", "ok"), ("a#2#1", "a/表/招聘.csv", "ok"), ("a#2#2", "a/表/招聘.csv", "ok"), ("a#3", "a/a.docx", "ok"), ("a", "a", "empty")
    ]  # fmt: skip
    assert found[3].text == "岗位：司机"
    assert (found[4].media_type, found[4].text) == ("application/zip", "")
    assert len({document.sha256 for document in found}) == 4  # both records are of one file


def test_archives_in_archives_to_the_depth_allowed() -> None:
    inner = packed({"a.txt": TEXT})
    outer = tarred({"in.zip": inner}, mode="w:gz")
    assert told(outer) == [("a#1#1", "ok", TEXT), ("a#1", "empty", ""), ("a", "empty", "")]
    third = packed({"c.tgz": outer})
    assert [row[:2] for row in told(third)] == [("a#1#1", "failed"), ("a#1", "empty"), ("a", "empty")]
    assert "limit: depth" in documents(third)[0].error
    assert told(third, Limits(depth=3))[0] == ("a#1#1#1", "ok", TEXT)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_what_was_packed(pack: object) -> None:
    assert callable(pack)
    assert told(pack(TEXT.encode()) * 2) == [("a", "ok", TEXT * 2)]
    assert [row[0] for row in told(pack(TABLE.encode()))] == ["a#1", "a#2"]
    (cut,) = documents(pack(TEXT.encode() * 500)[:-20])
    assert cut.status in ("partial", "failed")


def test_names_in_gbk_and_names_that_lead_away() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("GBKNAME.txt", "../../etc/passwd", "/abs/a.txt", "C:\\岗位\\会计.txt", "__MACOSX/._a", "leer/"):
            archive.writestr(name, TEXT)
    data = out.getvalue().replace(b"GBKNAME", "岗位名".encode("gbk") + b"x")
    names = [document.source for document in documents(data)]
    assert names == ["a/岗位名x.txt", "a/etc/passwd", "a/abs/a.txt", "a/C:/岗位/会计.txt", "a"]
    gbk = tarred({"岗位.txt": TEXT.encode()}).replace("岗位.txt".encode(), "岗位.txt".encode("gbk") + b"\0\0")
    assert documents(_checked(gbk))[0].source == "a/岗位.txt"


def _checked(data: bytes) -> bytes:
    """A tar archive with the check sum of its first head made right."""
    head = data[:148] + b" " * 8 + data[156:512]
    return head[:148] + b"%06o\0 " % sum(head) + data[156:]


def test_links_devices_and_locked_files_are_rows_that_failed() -> None:
    kinds = [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "hard"),
        (tarfile.CHRTYPE, "device"),
        (tarfile.FIFOTYPE, "pipe"),
    ]
    infos = []
    for kind, name in kinds:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        infos.append(info)
    found = documents(tarred({"a.txt": TEXT.encode()}, *infos))
    assert [document.status for document in found] == ["ok", "failed", "failed", "failed", "failed", "empty"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("locked.txt", TEXT)
    data = bytearray(out.getvalue())
    place = data.rindex(b"locked.txt")
    data[place - 46 + 8] |= 1
    (link, locked, own) = documents(bytes(data))
    assert (link.error, locked.status, own.status) == ("a link, not followed", "failed", "empty")
    assert "password" in locked.error


def test_bombs_stop_at_their_budget() -> None:
    bomb = packed({f"{number}.txt": b"0" * (30 << 20) for number in range(4)})
    found = documents(bomb, Limits(ratio=50))
    assert [document.status for document in found] == [
        "partial",
        "failed",
        "failed",
        "failed",
        "ok",
    ] or "limits: unpacked, ratio" in found[1].error
    assert sum(len(document.text) for document in found) <= 34 << 20
    (document,) = documents(gzip.compress(b"0" * (40 << 20)), Limits(ratio=10))
    assert "limits: bytes, unpacked, ratio" in document.error


def test_a_directory_that_names_one_file_often() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * 100_000)
    data = out.getvalue()
    entry, end = data[data.index(b"PK\x01\x02") : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
    many = (
        data[: data.index(b"PK\x01\x02")]
        + entry * 20_000
        + end[:8]
        + b"\xff\xff\xff\xff"
        + (len(entry) * 20_000).to_bytes(4, "little")
        + end[16:]
    )
    found = documents(many, Limits(members=300))
    assert len(found) == 301
    assert (found[-1].doc_id, found[-1].status) == ("a", "partial")
    assert "limit: members" in found[-1].error


def test_an_archive_that_holds_itself_ends() -> None:
    # The head of a stored member that says it is as long as the archive: what comes out begins the same again.
    inner = packed({"a.txt": TEXT})
    for _ in range(6):
        inner = packed({"r.zip": inner})
    found = documents(inner)
    assert [document.status for document in found] == ["failed", "empty", "empty"]


@pytest.mark.parametrize("cut", [10, 60, 300])
def test_archives_that_are_cut_off_give_what_is_there(cut: int) -> None:
    whole = packed({"a.txt": TEXT, "b.txt": os.urandom(300).hex()})
    found = documents(whole[:-cut])
    assert found[0].text == TEXT or found[0].status == "failed"
    assert found[-1].status in ("partial", "failed")


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "招聘会计"
    message.set_content("请看附件中的岗位说明书。")
    message.add_attachment(
        word_file(paragraph("岗位：会计")), maintype="application", subtype="octet-stream", filename="岗位.docx"
    )
    return message.as_bytes()


def test_letters_and_their_attachments() -> None:
    found = documents(letter())
    assert [(document.doc_id, document.source, document.media_type.rpartition(".")[2]) for document in found] == [
        ("a", "a", "message/rfc822"), ("a#1", "a/岗位.docx", "document")
    ]  # fmt: skip
    assert (found[0].title, found[0].text.strip()) == ("招聘会计", "请看附件中的岗位说明书。")
    assert found[1].text == "岗位：会计"


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_saved_pages(encoding: str) -> None:
    import base64

    page = base64.b64encode("<html><title>会计</title><p>职责：</p><ol><li>开票</ol></html>".encode(encoding)).decode()
    text = (
        "From: <Saved by Blink>\nSubject: =?utf-8?B?5Lya6K6h?=\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\n'
        f"Content-Type: text/html; charset={encoding}\nContent-Transfer-Encoding: base64\n\n{page}\n"
        "--x\nContent-Type: image/png\nContent-Location: a.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--x--\n"
    )
    (document,) = documents(text.encode())
    assert (document.media_type, document.encoding) == ("multipart/related", encoding.replace("gb2312", "gb18030"))
    assert (document.title, document.text) == ("会计", "职责：\n1. 开票")


def test_text_that_begins_like_a_letter_is_text() -> None:
    (document,) = documents("Title: 会计\nReport to: 财务经理\n\n职责：开票".encode())
    assert document.media_type == "text/plain"


def test_web_archives() -> None:
    pytest.importorskip("fastwarc")
    page = "<html><p>岗位：会计</p><p>职责：开票</p></html>".encode()
    found = documents(web_record(page) * 2)
    assert [(document.doc_id, document.source, document.text) for document in found] == [
        ("a#1", "a/example.com/jobs/1", "岗位：会计\n职责：开票"), ("a#2", "a/example.com/jobs/1", "岗位：会计\n职责：开票"), ("a", "a", "")
    ]  # fmt: skip


def test_parquet_rows_are_records() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    rows = [{"公司名称": "甲", "职位名称": "会计", "职位描述": "负责总账和报税", "要求": ["大专", "有证"]}] * 2
    pq.write_table(pa.Table.from_pylist(rows), out)
    assert told(out.getvalue())[1] == ("a#2", "ok", "公司名称：甲\n岗位名称：会计\n负责总账和报税\n要求：\n大专\n有证")


@pytest.mark.torture
def test_a_file_that_kills_its_reader_costs_no_other_file_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gangwei import readers

    def kills(source: object) -> Iterator[Document]:
        os.kill(os.getpid(), signal.SIGSEGV)
        yield Document("")

    monkeypatch.setattr(readers, "READERS", {**readers.READERS, "application/pdf": kills})
    (tmp_path / "in").mkdir()
    data = packed({"1.txt": TEXT, "2.pdf": b"%PDF-1.4", "3.csv": TABLE, "4.pdf": b"%PDF-1.5", "5.txt": TEXT})
    (tmp_path / "in" / "a.zip").write_bytes(data)
    (tmp_path / "in" / "b.txt").write_text(TEXT, encoding="utf-8")

    def read_one(found: Input) -> Iterator[Document]:
        return read_file(Path(found.path), source=found.source, doc_id=found.doc_id, dead=dict(found.dead))

    from gangwei.extraction import extract
    from gangwei.model import Extraction

    def extracted(document: Document) -> Extraction:
        return Extraction(document, roles=extract(document.text).roles)

    run([str(tmp_path / "in")], tmp_path / "out", Reading(read_one, extracted, "r"), workers=1)
    rows = [(row["doc_id"], row["status"]) for row in read_csv(tmp_path / "out" / "documents.csv")]
    assert rows == [
        ("a.zip#1", "ok"), ("a.zip#2", "failed"), ("a.zip#3#1", "ok"), ("a.zip#3#2", "ok"), ("a.zip#4", "failed"), ("a.zip#5", "ok"), ("a.zip", "empty"),
        ("b.txt", "ok"),
    ]  # fmt: skip
    reasons = {str(row["error"]) for row in read_csv(tmp_path / "out" / "documents.csv") if row["status"] == "failed"}
    assert reasons == {"the process that read it died of SIGSEGV"}
