"""`read` and `read_file`: every input has its documents, whatever it is."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gangwei.model import Document
from gangwei.readers import READERS, UNPACKERS, Limits, read, read_file


def one(path: Path, **options: Limits) -> Document:
    (document,) = read_file(path, source=str(path), doc_id=path.name, **options)
    return document


def test_plain_text_is_the_decoded_file(tmp_path: Path) -> None:
    data = "\ufeff 岗位职责\r\n1、开票\r\r\n\n".encode()
    (tmp_path / "a.md").write_bytes(data)
    document = one(tmp_path / "a.md")
    assert document == Document(
        text=data.decode("utf-8-sig"),
        doc_id="a.md",
        source=str(tmp_path / "a.md"),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="utf-8",
    )


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", "\ufeff".encode(), "\u3000\n".encode("utf-16"), "⠀".encode()])
def test_nothing_is_empty_and_no_error(data: bytes) -> None:
    (document,) = read(data, source="a", doc_id="a")
    assert (document.status, document.error) == ("empty", "")


def test_damage_is_partial_with_its_places() -> None:
    (document,) = read("岗位：会计\n职责：".encode() + b"\xe5\n" + "开票".encode(), source="a", doc_id="a")
    assert (document.status, document.error) == ("partial", "1 character could not be decoded and stand as U+FFFD")
    assert [document.text[note.start : note.end] for note in document.notes] == ["\ufffd"]


def test_notes_of_damage_are_bounded() -> None:
    (document,) = read("职\ufffd".encode() * 5000, source="a", doc_id="a")
    assert len(document.notes) == 100
    assert document.error.startswith("5000 characters")


def test_limits_of_bytes_and_characters(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("职责" * 100, encoding="utf-8")
    document = one(tmp_path / "a", limits=Limits(bytes=60))
    assert (document.text, document.status) == ("职责" * 10, "partial")
    assert document.error == "the file is longer than 60 bytes, the rest was not read (limit: bytes)"
    document = one(tmp_path / "a", limits=Limits(characters=7))
    assert (document.text, document.status) == ("职责" * 3 + "职", "partial")
    assert one(tmp_path / "a", limits=Limits(bytes=600, characters=200)).status == "ok"


def test_what_is_no_file_fails(tmp_path: Path) -> None:
    (tmp_path / "dir").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    errors = {name: one(tmp_path / name) for name in ("gone", "dir", "fifo", "loop", "a\0b")}
    errors["device"] = one(Path("/dev/zero"))
    for document in errors.values():
        assert (document.status, document.text) == ("failed", "")
        assert document.error.startswith("cannot be read: ")
    assert "No such file" in errors["gone"].error
    assert "a folder" in errors["dir"].error
    assert "a pipe" in errors["fifo"].error
    assert "a device" in errors["device"].error


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_fails(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("职责", encoding="utf-8")
    (tmp_path / "a").chmod(0)
    assert "Permission denied" in one(tmp_path / "a").error


def test_reasons_are_one_printable_line() -> None:
    (document,) = read("\x1b[31m甲\u202e,乙\n1,2\n".encode(), source="a.csv", doc_id="a.csv")
    assert document.status == "failed"
    assert document.error.isprintable()


@pytest.mark.parametrize(
    "text", ["终" * 250_000, " " * 500_000 + "终", "9" * 500_000, "（" * 250_000, "\n" * 500_000 + "终"]
)
def test_long_texts_are_read_quickly(text: str) -> None:
    started = time.process_time()
    for encoding in ("utf-8", "gb18030"):
        (document,) = read(text.encode(encoding), source="a", doc_id="a")
        assert document.text == text
    assert time.process_time() - started < 1.5


PIECES = [
    b"<html>", b"<table><tr><td rowspan=3>", b"</td>", b"<li>", b"<p>", b"</div>", b"<!--", b'<a href="', b"&#xd800;", b"&nbsp;",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf",
    "公司名称,职位描述\n".encode(), "职位描述".encode("gb18030"), "職位描述".encode("big5"), "岗位".encode("utf-16-le"),
    b'"', b",", b"\t", b"\r", b"\n", b"\0", b'{"a": "\\ud800"}', b'[{"a":', b"]", b"}", b"sep=;\n", b"\xff", b"\xe5",
]  # fmt: skip


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=25).map(b"".join),
    st.sampled_from(["", "a.csv"]),
)
@example(b"PK\x03\x04" + b"\xff" * 40, "")
@example(b"PK\x05\x06" + b"\xff" * 40, "")
def test_any_bytes_give_documents_that_can_be_stored(data: bytes, name: str) -> None:
    documents = list(read(data, source=name, doc_id="x"))
    assert documents
    for document in documents:
        (document.text + document.title + document.error + "".join(note.message for note in document.notes)).encode()
        assert document.status in ("ok", "partial", "empty", "failed")
        assert bool(document.error) == (document.status in ("partial", "failed"))
        assert "\n" not in document.error
        assert document.media_type in {*READERS, *UNPACKERS} or document.status == "failed"
        for block in document.blocks:
            assert 0 <= block.start <= block.end <= len(document.text)
    assert len({document.doc_id for document in documents}) == len(documents)
