"""Table files: a document a record, columns found by name or content, and tables as exports break them."""

from __future__ import annotations

import json
import time

import pytest

from gangwei.model import Document
from gangwei.readers import Limits, RecordColumns, read


def records(text: str, name: str = "a.csv", **options: object) -> list[Document]:
    return list(read(text.encode(), source=name, doc_id=name, **options))  # type: ignore[arg-type]


def texts(text: str, name: str = "a.csv", **options: object) -> list[str]:
    documents = records(text, name, **options)
    assert [document.status for document in documents] == ["ok"] * len(documents)
    return [document.text for document in documents]


HEAD = "公司名称,职位名称,职位描述,薪资\n"


def test_a_record_becomes_labelled_lines_and_its_text() -> None:
    first, second = records(
        HEAD + '甲公司,会计（2名）,"岗位职责：\r\n1、总账；\r\n2、报税""月报""。",6-8K\n乙公司,出纳,负责收付,\n'
    )
    assert first.text == '公司名称：甲公司\n岗位名称：会计（2名）\n岗位职责：\n1、总账；\n2、报税"月报"。\n薪资：6-8K'
    assert second.text == "公司名称：乙公司\n岗位名称：出纳\n负责收付"
    assert [first.doc_id, second.doc_id] == ["a.csv#1", "a.csv#2"]
    assert (first.title, first.media_type, first.encoding) == ("会计（2名）", "text/csv", "utf-8")
    assert first.sha256 == second.sha256 != ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_dialect(delimiter: str, newline: str, encoding: str) -> None:
    rows = [["岗位名称", "职位描述"], ["会计", '"总账、报税"'], [], ["出纳", "负责收付"]]
    data = newline.join(delimiter.join(row) for row in rows).encode(encoding)
    assert [document.text for document in read(data, source="x.csv", doc_id="x")] == [
        "岗位名称：会计\n总账、报税",
        "岗位名称：出纳\n负责收付",
    ]


def test_the_line_that_names_the_separator() -> None:
    assert texts("sep=;\n岗位名称;职位描述\n会计;总账,报税\n") == ["岗位名称：会计\n总账,报税"]


def test_a_lone_carriage_return_is_a_line_break_in_a_cell() -> None:
    assert texts('岗位名称,职位描述\n会计,1、总账\r2、报税\n出纳,"1、收\r2、付"\n') == [
        "岗位名称：会计\n1、总账\n2、报税",
        "岗位名称：出纳\n1、收\n2、付",
    ]


def test_separate_columns_of_duties_and_requirements() -> None:
    assert texts("任职要求,岗位,工作职责,部门,直接上级\n大专,会计,总账,财务部,财务经理\n") == [
        "岗位名称：会计\n部门：财务部\n直接上级：财务经理\n任职要求：\n大专\n工作职责：\n总账"
    ]


def test_english_and_traditional_names() -> None:
    assert texts("job_title,company,responsibilities,requirements,city\nClerk,ACME,File papers,Diligent,苏州\n") == [
        "城市：苏州\n公司名称：ACME\n岗位名称：Clerk\n工作职责：\nFile papers\n任职要求：\nDiligent"
    ]
    assert texts("廠商名稱,職務名稱,工作內容,學歷要求\n甲廠,會計,記帳,大專\n") == [
        "公司名称：甲廠\n岗位名称：會計\n工作內容：\n記帳\n學歷要求：大專"
    ]


def test_of_two_names_the_plainer_one_gives_way() -> None:
    assert texts("标题,职位名称,职位描述\n急聘,会计,负责总账\n") == ["岗位名称：会计\n负责总账\n标题：急聘"]


def test_columns_named_by_the_initials_of_their_pinyin() -> None:
    (text,) = texts("xh,dwmc,zwmc,ssbm,gznr,rzyq\n1,苏州某某厂,文员,厂办,收发文件,中专\n")
    assert text == "xh：1\n公司名称：苏州某某厂\n岗位名称：文员\n部门：厂办\n工作职责：\n收发文件\n任职要求：\n中专"


def test_two_columns_of_letters_alone_are_no_initials() -> None:
    (text,) = texts("yq,text\n1,负责公司总账的登记、核对与结转，按月编制各类报表。\n")
    assert text.startswith("yq：1\n")


def test_the_text_is_found_by_its_length() -> None:
    table = "编码,名目,网页,说法\n1,会计,http://example.com/a/b/c/d/e/f/g,负责公司总账的登记、核对与结转，按月编制各类报表。\n"
    assert texts(table) == [
        "岗位名称：会计\n负责公司总账的登记、核对与结转，按月编制各类报表。\n编码：1\n网页：http://example.com/a/b/c/d/e/f/g"
    ]


def test_the_portrait_of_the_employer_is_not_the_text() -> None:
    (text,) = texts("公司简介,岗位,描述\n" + "本公司成立多年，" * 20 + ",会计,负责总账\n")
    assert text.startswith("岗位名称：会计\n负责总账\n公司简介：\n本公司")


def test_columns_by_option_by_name_and_by_number() -> None:
    table = "甲,乙,丙,职位描述\n会计,某厂,财务部,另一段\n"
    columns = RecordColumns(text="职位描述", title="甲", company="2", department="丙")
    assert texts(table, columns=columns) == ["公司名称：某厂\n岗位名称：会计\n部门：财务部\n另一段"]
    (document,) = records(table, columns=RecordColumns(text="丁"))
    assert document.status == "failed"
    assert document.error == "no column is called 丁; the columns are 甲, 乙, 丙, 职位描述"


def test_a_table_without_text_fails_and_names_its_columns() -> None:
    (document,) = records("岗位名称,城市,人数\n会计,苏州,2\n")
    assert (document.doc_id, document.status, document.text) == ("a.csv", "failed", "")
    assert "--text-column" in document.error
    assert "岗位名称, 城市, 人数" in document.error


def test_a_header_repeated_on_each_page_is_no_record() -> None:
    assert [d.doc_id for d in records(HEAD + "甲,会计,总账,1\n" + HEAD + "乙,出纳,收付,2\n")] == ["a.csv#1", "a.csv#2"]


def test_a_table_without_header() -> None:
    rows = "甲有限公司,会计,6K,负责总账的登记与核对，按月编制报表并申报各项税款。\n乙有限公司,出纳专员,5K,负责现金与银行存款的收付，每日盘点并登记日记账。\n"
    assert texts(rows)[1] == (
        "公司名称：乙有限公司\n岗位名称：出纳专员\n负责现金与银行存款的收付，每日盘点并登记日记账。\n列3：5K"
    )


def test_a_header_without_records_and_an_empty_file_are_empty() -> None:
    assert [(d.doc_id, d.status, d.error) for d in records(HEAD)] == [("a.csv", "empty", "")]
    assert [(d.doc_id, d.status, d.error) for d in records(" \n\n")] == [("a.csv", "empty", "")]


def test_rows_of_other_lengths() -> None:
    assert texts(HEAD + "甲,会计,总账,报税,对账,6K\n乙,出纳\n,,,\n丙,司机,送货,5K,\n") == [
        "公司名称：甲\n岗位名称：会计\n总账,报税,对账\n薪资：6K",
        "公司名称：乙\n岗位名称：出纳",
        "公司名称：丙\n岗位名称：司机\n送货,5K",
    ]


def test_quotes_that_were_not_doubled() -> None:
    assert texts(HEAD + '甲,会计,"做到"账实"相符，""月清"",日结",6K\n乙,出纳,收付,5K\n') == [
        '公司名称：甲\n岗位名称：会计\n做到"账实"相符，"月清",日结\n薪资：6K',
        "公司名称：乙\n岗位名称：出纳\n收付\n薪资：5K",
    ]


def test_a_stray_quote_costs_one_record_at_most() -> None:
    rows = [f"公司{n},会计{n},总账{n},{n}K" for n in range(9)]
    for stray in ('公司x,"会计,总账,6K', '公司x,会计,"优秀员工称号,6K'):
        for later in ("", '公司y,出纳,"1、收\n2、付",5K\n'):
            found = records(HEAD + "\n".join([*rows[:4], stray, *rows[4:]]) + "\n" + later)
            assert len(found) == 10 + bool(later)
            assert found[9].text == "公司名称：公司8\n岗位名称：会计8\n总账8\n薪资：8K"


def test_a_table_cut_off_in_a_quoted_cell_keeps_what_there_is() -> None:
    assert texts(HEAD + '甲,会计,"岗位职责：\n1、总账，\n2、报') == [
        "公司名称：甲\n岗位名称：会计\n岗位职责：\n1、总账，\n2、报"
    ]


def test_written_line_breaks_and_html_in_cells() -> None:
    assert texts(
        "岗位名称,职位描述\n会计,职责：\\r\\n1、总账\\n2、报税\n出纳,<p>职责</p><ul><li>收付</li></ul>\n司机,送货<br>修车\n"
    ) == [
        "岗位名称：会计\n职责：\n1、总账\n2、报税",
        "岗位名称：出纳\n职责\n• 收付",
        "岗位名称：司机\n送货\n修车",
    ]
    assert texts('岗位名称,职位描述\n会计,"C:\\new\n总账"\n') == ["岗位名称：会计\nC:\\new\n总账"]


def test_zero_bytes_and_damage_in_cells() -> None:
    (document,) = records("岗位名称,职位描述\n会\0计,总账\n")
    assert document.text == "岗位名称：会计\n总账"
    whole, damaged = read(
        "岗位名称,职位描述\n会计,总账\n出纳,收付".encode() + b"\xff\n", source="a.csv", doc_id="a.csv"
    )
    assert (whole.status, damaged.status) == ("ok", "partial")
    assert [note.code for note in damaged.notes] == ["damage"]


def test_json_in_its_shapes() -> None:
    record = {
        "岗位": "会计",
        "描述": "负责总账\n和报税",
        "公司": {"名称": "甲厂"},
        "标签": ["双休", "包住"],
        "人数": 2,
        "备注": None,
    }
    expected = "公司名称：甲厂\n岗位名称：会计\n负责总账\n和报税\n人数：2\n标签：\n双休\n包住"
    for text in (
        json.dumps([record], ensure_ascii=False),
        json.dumps([record], indent=2),
        json.dumps(record),
        json.dumps({"code": 0, "data": {"list": [record], "more": [1]}}),
        json.dumps(record) + "\n\n" + json.dumps(record) + "\r\n",
    ):
        documents = records(text, "a.json")
        assert {document.text for document in documents} == {expected}
        assert [document.doc_id for document in documents] == [f"a.json#{n + 1}" for n in range(len(documents))]


def test_lines_and_lists_that_break_off() -> None:
    good = '{"岗位": "会计", "描述": "负责总账"}'
    first, second, third = records(f"{good}\n{good[:-5]}\n[1]", "a.jsonl")
    assert (first.status, second.status, third.status) == ("ok", "failed", "failed")
    assert second.error.startswith("line 2 is not a JSON object (")
    assert third.error == "line 3 is not a JSON object; repair or remove it"
    first, second = records(f"[{good}, {good[:-5]}", "a.json")
    assert (first.status, second.status) == ("ok", "failed")
    assert "breaks off" in second.error


def test_names_that_only_later_objects_have() -> None:
    lines = [{"岗位": "会计", "描述": "总账"}] * 300 + [{"岗位": "出纳", "描述": "收付", "新": "值"}]
    assert texts("\n".join(map(json.dumps, lines)), "a.jsonl")[-1] == "岗位名称：出纳\n收付\n新：值"


def test_no_text_holds_a_lone_surrogate() -> None:
    (document,) = records('{"岗位\\ud800": "会计\\udfff", "描述": "负责总账", "title": "\\ud83d"}', "a.json")
    (document.text + document.title).encode()
    assert document.status == "partial"


def test_limits_of_records_cells_and_bytes() -> None:
    table = HEAD + "甲,会计,总账,1\n" * 10
    documents = records(table, limits=Limits(records=3))
    assert [(d.doc_id, d.status) for d in documents] == [
        ("a.csv#1", "ok"),
        ("a.csv#2", "ok"),
        ("a.csv#3", "ok"),
        ("a.csv", "partial"),
    ]
    assert documents[-1].error == "only the first 3 records were read (limit: records)"
    documents = records(table, limits=Limits(bytes=len((HEAD + "甲,会计,总账,1\n" * 2).encode())))
    assert [(d.doc_id, d.status) for d in documents] == [("a.csv#1", "ok"), ("a.csv#2", "ok"), ("a.csv", "partial")]
    documents = records(json.dumps([{"岗位": "会计", "描述": "总账"}] * 3), "a.json", limits=Limits(records=2))
    assert [d.status for d in documents] == ["ok", "ok", "partial"]
    documents = records('[{"岗位": "会计", "描述": "总账"}]', "a.json", limits=Limits(cells=1))
    assert [d.status for d in documents] == ["failed"]
    documents = records(HEAD + "甲,会计," + "账" * 100 + ",1\n", limits=Limits(characters=60))
    assert [(d.status, len(d.text)) for d in documents] == [("partial", 60)]


N = 30_000
HOSTILE = {
    "open quotes": HEAD + '"a,"b\n' * N,
    "quotes": HEAD + '"' * N * 10,
    "quotes and blanks": HEAD + '"" ' * N,
    "stray quotes": HEAD + 'a,b,"c\n' * N,
    "stray quotes 2": HEAD + 'a,"b,c,d\n' * N,
    "delimiters": HEAD + "," * N * 10,
    "carriage returns": HEAD + "a\rb," * N,
    "a line of a megabyte": HEAD + "甲,会计," + "账" * 350_000 + ",1\n",
    "brackets": "[" * N,
    "brackets in objects": '[{"a":[' + '{"b":"x"},' * N + "1]}]",
    "deep objects": '{"a":' * 900 + "1" + "}" * 900,
    "many digits": '[{"描述": ' + "9" * 9000 + "}]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_tables_are_read_quickly(name: str) -> None:
    started = time.process_time()
    assert records(HOSTILE[name])
    assert time.process_time() - started < 1.5
