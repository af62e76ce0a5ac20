"""Tables of job advertisements -> a document a record: CSV, TSV, JSON.

The text made of a record is what a form would say: labelled lines for the facts, then the description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from gangwei.errors import ReadError
from gangwei.model import Document
from gangwei.readers.columns import Column, Role, find_columns, is_header
from gangwei.readers.delimited import Row, delimiter_of, rows_of
from gangwei.readers.html import text_of_html
from gangwei.readers.identify import looks_like_html
from gangwei.readers.objects import Item, objects_of, objects_of_lines
from gangwei.readers.source import Source, document


def read_delimited(source: Source) -> Iterator[Document]:
    """A document for each row of delimited text; lines that repeat the header are none."""
    text = source.decoded.text
    delimiter = "\t" if source.media_type == "text/tab-separated-values" else delimiter_of(text[:_HEAD])
    yield from read_rows(source, rows_of(text, delimiter))
    if source.cut:
        yield document(source, "")


def read_rows(source: Source, rows: Iterator[Row], number: int = 0) -> Iterator[Document]:
    """A document for each row behind the header, counted on from `number`; an empty one where there are no rows."""
    rows = (row for row in rows if any(map(str.strip, row)))
    first = list(islice(rows, _LOOKED_AT))
    header = [cell.strip() for cell in first[0]] if first and is_header(first[0]) else []
    body = first[1:] if header else first
    if not body:
        yield document(source, "", number=number and number + 1)
        return
    columns = find_columns(header, body, source.columns)
    for row in chain(body, rows):
        if header and [cell.strip() for cell in row] == header:
            continue
        number += 1
        if number > source.limits.records:
            yield _beyond(source)
            return
        yield _record(source, number, _fitted(row, columns), columns)


def read_objects(source: Source) -> Iterator[Document]:
    """A document for each object of a JSON text."""
    lines = source.media_type == "application/x-ndjson"
    yield from read_items(source, (objects_of_lines if lines else objects_of)(source.decoded.text))


def read_items(source: Source, items: Iterator[Item]) -> Iterator[Document]:
    """A document for each object; names that differ between objects are told anew."""
    first = list(islice(items, _LOOKED_AT))
    names = list(dict.fromkeys(name for item in first for name in item.values))
    columns: tuple[Column, ...] = ()
    if names:
        columns = find_columns(names, [[item.values.get(name, "") for name in names] for item in first], source.columns)
    elif not first:
        raise ReadError("a JSON file without objects; pass a list of objects or one object a line")
    number = 0
    for number, item in enumerate(chain(first, items), 1):
        if number > source.limits.records:
            yield _beyond(source)
            return
        yield _object(source, number, item, columns)
    if source.cut:
        yield document(source, "")


def _object(source: Source, number: int, item: Item, columns: Sequence[Column]) -> Document:
    if item.error:
        return document(source, "", number=number, failed=item.error)
    known = {column.name for column in columns}
    later = [name for name in item.values if name not in known]
    row = [item.values.get(column.name, "") for column in columns] + [item.values[name] for name in later]
    added = [Column(len(columns) + place, name, None) for place, name in enumerate(later)]
    return _record(source, number, row, [*columns, *added])


def _beyond(source: Source) -> Document:
    reason = f"only the first {source.limits.records} records were read (limit: records)"
    return document(source, "", partial=reason)


def _fitted(row: Row, columns: Sequence[Column]) -> Row:
    """The row with as many cells as there are columns: text whose commas were not quoted is put together again."""
    surplus = len(row) - len(columns)
    if surplus <= 0:
        return row + [""] * -surplus
    place = next((column.place for column in columns if column.role is Role.TEXT), len(columns) - 1)
    return [*row[:place], ",".join(row[place : place + surplus + 1]), *row[place + surplus + 1 :]]


def _record(source: Source, number: int, row: Row, columns: Sequence[Column]) -> Document:
    if len(row) > source.limits.cells:
        return document(
            source,
            "",
            number=number,
            failed=f"a record of {len(row)} cells; more than {source.limits.cells} are not read (limit: cells)",
        )
    values = [_value(cell) for cell in row]
    lines = [
        f"{column.role.value}：{_one_line(values[column.place])}"
        for role in _FACTS
        for column in columns
        if column.role is role and values[column.place]
    ]
    sections: list[str] = []
    codes: list[str] = []  # what a database says beside the advertisement: it stands above it, where it is no item
    after: list[str] = []
    for column in columns:
        value = values[column.place]
        if not value or column.role in _FACTS:
            continue
        if column.role is Role.TEXT:
            sections.insert(0, value)
        elif column.role in (Role.DUTIES, Role.REQUIREMENTS):
            sections.append(f"{_label(column)}：\n{value}")
        elif "\n" in value or len(value) > _LONG:
            after.append(f"{_label(column)}：\n{value}")
        elif column.name.isascii() and column.named:
            codes.append(f"{_label(column)}：{value}")
        else:
            after.append(f"{_label(column)}：{value}")
    after.sort(key=lambda line: "\n" in line)  # a list at the end does not take the facts below it for its items
    title = next((values[column.place] for column in columns if column.role is Role.TITLE), "")
    return document(source, "\n".join([*codes, *lines, *sections, *after]), number=number, title=_one_line(title))


def _value(cell: str) -> str:
    """A cell's text: line breaks that an export wrote as backslash and n, and HTML, resolved.

    >>> _value("职责：\\\\n1、开票\\\\n2、对账"), _value("<p>职责</p><p>开票</p><p>对账</p>")
    ('职责：\\n1、开票\\n2、对账', '职责\\n开票\\n对账')
    """
    cell = cell.replace("\0", "").strip()
    if "\n" not in cell and "\\" in cell:
        cell = _ESCAPED.sub("\n", cell).strip()
    if "<" in cell and (looks_like_html(cell) or _BREAK.search(cell)):
        return text_of_html(cell)
    return cell


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _label(column: Column) -> str:
    """A column's own name where a reader of Chinese wrote it, else what it means.

    >>> _label(Column(0, "responsibilities", Role.DUTIES)), _label(Column(0, "主要职责", Role.DUTIES)), _label(Column(0, "salary", None))
    ('工作职责', '主要职责', '薪资')
    """
    name = _one_line(column.name.strip("：: *"))
    if not column.named:
        return f"列{name}"
    if not name.isascii():
        return name
    if column.role in (Role.DUTIES, Role.REQUIREMENTS):
        return column.role.value
    return _TRANSLATED.get(name.lower().replace("_", "").replace(" ", ""), name)


_HEAD: Final = 1 << 16
_LOOKED_AT: Final = 200  # records that decide what the columns hold
_LONG: Final = 100
_FACTS: Final = (Role.COMPANY, Role.TITLE, Role.DEPARTMENT, Role.SUPERVISOR, Role.SUBORDINATE)
_ESCAPED: Final = re.compile(r"(?:\\r)?\\n|\\r")
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_TRANSLATED: Final = {
    "salary": "薪资", "salaryrange": "薪资", "wage": "薪资", "pay": "薪资", "city": "城市", "location": "工作地点", "address": "地址", "area": "地区",
    "region": "地区", "education": "学历", "degree": "学历", "experience": "工作经验", "workyear": "工作年限", "headcount": "招聘人数", "date": "日期",
    "publishdate": "发布日期", "publishtime": "发布时间", "createtime": "发布时间", "industry": "行业", "industryfield": "行业",
    "companysize": "公司规模", "financestage": "融资阶段", "tags": "标签", "tag": "标签", "keywords": "关键词", "keyword": "关键词",
    "skills": "技能要求", "category": "职位类别", "jobtype": "职位类型", "jobnature": "工作性质", "url": "链接", "link": "链接", "id": "编号",
}  # fmt: skip
