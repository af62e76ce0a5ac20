"""What the columns of a table file hold: by their names, by what stands in them, or as the caller says.

The names are those of exports and dumps of job sites, as single words; they are a property of these formats and not
of documents, so they stand here and not in `rules/`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from gangwei.errors import ReadError
from gangwei.readers.source import RecordColumns


class Role(StrEnum):
    """What a column is to a record; the value is the label under which it is written, "" where its own name serves."""

    COMPANY = "公司名称"
    TITLE = "岗位名称"
    DEPARTMENT = "部门"
    SUPERVISOR = "直接上级"
    SUBORDINATE = "直接下级"
    TEXT = ""
    DUTIES = "工作职责"
    REQUIREMENTS = "任职要求"
    ASIDE = "aside"  # long text that is not about the post: the employer's portrait


class Column(NamedTuple):
    """A column: where it stands, its name (with `named` false a number we gave it), what it holds; None: some fact."""

    place: int
    name: str
    role: Role | None
    named: bool = True


def role_of(name: str) -> Role | None:
    """What a column of this name holds, None for a name that says nothing of the kind.

    >>> role_of("職務名稱").name, role_of("job_description").name, role_of("薪资")
    ('TITLE', 'TEXT', None)
    """
    return _ROLES.get(_plain(name))


def is_known(name: str) -> bool:
    """Whether a name is one that columns of such tables bear, also columns of which nothing is made."""
    return _plain(name) in _ROLES or _plain(name) in _FACTS


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first line names the columns rather than being a record.

    >>> is_header(["公司名称", "职位描述"]), is_header(["某某公司", "会计", "1、负责总账；2、负责报税；3、负责审核。"])
    (True, False)
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or any(len(cell) > 40 or "\n" in cell for cell in filled):
        return False
    if any(is_known(cell) for cell in filled):
        return True
    return len(set(filled)) == len(filled) and not any(len(cell) > 20 or _VALUE.search(cell) for cell in filled)


def find_columns(header: Sequence[str], rows: Sequence[Sequence[str]], wanted: RecordColumns) -> tuple[Column, ...]:
    """The columns with what they hold; `rows` are the first records. An empty header: the table has none.

    >>> [column.role.name for column in find_columns(["公司", "岗位", "职位描述"], [["甲", "会计", "负责总账。"]], RecordColumns())]
    ['COMPANY', 'TITLE', 'TEXT']
    """
    width = len(header) or max(map(len, rows), default=0)
    names = [name.strip() for name in header] or [str(index + 1) for index in range(width)]
    roles: list[Role | None] = [role_of(name) if header else None for name in names]
    if sum(name.lower() in _INITIALS for name in names) >= _FEWEST_INITIALS:
        roles = [role or _INITIALS.get(name.lower()) for role, name in zip(roles, names, strict=True)]
    for role in _ONCE:
        called = sorted(
            (_RANK.get(_plain(names[index]), len(_RANK)), index) for index, given in enumerate(roles) if given is role
        )
        for _, index in called[1:]:
            roles[index] = None
    for role, name in (
        (Role.TEXT, wanted.text),
        (Role.TITLE, wanted.title),
        (Role.COMPANY, wanted.company),
        (Role.DEPARTMENT, wanted.department),
    ):
        if name:
            roles = [None if given is role else given for given in roles]
            roles[_place(names, name)] = role
    if not wanted.text:
        _find_text(names, roles, rows)
    _guess(roles, rows)
    return tuple(
        Column(index, name, role, bool(header)) for index, (name, role) in enumerate(zip(names, roles, strict=True))
    )


def _place(names: Sequence[str], wanted: str) -> int:
    if wanted in names:
        return names.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 0 < int(wanted) <= len(names):
        return int(wanted) - 1
    raise ReadError(f"no column is called {wanted}; the columns are {', '.join(names)}")


def _find_text(names: Sequence[str], roles: list[Role | None], rows: Sequence[Sequence[str]]) -> None:
    """Settle which column is the text: one of several so called, or the one with the longest Chinese text."""
    lengths = [_text_length(index, rows) for index in range(len(roles))]
    texts = [index for index, role in enumerate(roles) if role is Role.TEXT]
    if texts:
        best = max(texts, key=lambda index: (lengths[index] >= 20, -texts.index(index)))
        for index in texts:
            if index != best:
                roles[index] = None
    if any(role in (Role.TEXT, Role.DUTIES, Role.REQUIREMENTS) for role in roles):
        return
    free = [index for index, role in enumerate(roles) if role is None]
    best = max(free, key=lambda index: lengths[index], default=-1)
    if best < 0 or lengths[best] < 20:
        raise ReadError(
            f"a table without a column that holds descriptions; name it with --text-column (columns: {', '.join(names)})"
        )
    roles[best] = Role.TEXT


def _text_length(index: int, rows: Sequence[Sequence[str]]) -> float:
    """The mean length of a column's values where they are text; 0 for addresses, numbers and codes."""
    values = [row[index] for row in rows if index < len(row) and row[index].strip()]
    if not values:
        return 0
    length = sum(map(len, values))
    written = sum(len(_WRITTEN.findall(value)) for value in values)
    return length / len(values) if written * 2 >= length else 0


def _guess(roles: list[Role | None], rows: Sequence[Sequence[str]]) -> None:
    """Title and company of a table whose names do not tell them, by how their values end."""
    for role, pattern in ((Role.TITLE, POST), (Role.COMPANY, _EMPLOYER)):
        if role in roles:
            continue
        for index, given in enumerate(roles):
            values = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
            if (
                given is None
                and values
                and sum(1 for value in values if len(value) < 40 and pattern.search(value)) * 2 > len(values)
            ):
                roles[index] = role
                break


def _initials(word: str) -> str:
    """The initials of a word's Pinyin, as people name the columns of databases: 单位名称 is dwmc.

    The first 3,755 characters of GB 2312 stand in the order of their Pinyin.

    >>> _initials("单位名称"), _initials("任职要求")
    ('dwmc', 'rzyq')
    """
    codes = [char.encode("gb2312", "replace") for char in word]
    if any(not _GB_STARTS[0] <= code < _GB_END for code in codes):
        return ""
    return "".join(_LETTERS[bisect_right(_GB_STARTS, code) - 1] for code in codes)


def _plain(name: str) -> str:
    return _IGNORED.sub("", name).lower()


def _names(role: Role, words: str) -> dict[str, Role]:
    return {_plain(word): role for word in words.split()}


_IGNORED: Final = re.compile(r"[\s_\-./:：*\"'\ufeff（）()【】\[\]]+")
_WRITTEN: Final = re.compile(r"[\u3400-\u9fff，。；：、（）]|(?<![a-zA-Z])[a-zA-Z]++(?=[ ,.;])|[ \n]")
# Marks of values, which no name of a column holds.
_VALUE: Final = re.compile(r"\d{2}|[。；;!！?？]|https?:|公司$|[市省区县]$")
# How the name of a post ends; also used on link texts.
POST: Final = re.compile(
    r"(?:经理|總監|总监|經理|主管|专员|專員|助理|工程师|工程師|主任|顾问|顧問|代表|会计|會計|出纳|司机|司機|秘书|秘書|店长|店長"
    r"|技师|技師|设计师|設計師|分析师|架构师|程序员|文员|店员|保安|保洁|厨师|教师|讲师|護士|护士|护士长|导购|客服|组长|課長|课长"
    r"|部长|處長|处长|科长|科員|科员|操作工|普工|学徒|實習生|实习生|管培生|manager|engineer|assistant|director|developer|designer)"
    r"(?:[（(【\[/／、,，\s].*)?$",
    re.IGNORECASE,
)
_EMPLOYER: Final = re.compile(
    r"(?:公司|集团|集團|工厂|工廠|酒店|医院|醫院|学校|學校|事务所|事務所|中心|研究院|大学|銀行|银行|企業社|商行)(?:[（(].*)?$"
)
_ONCE: Final = (Role.TITLE, Role.COMPANY, Role.DEPARTMENT)
_ROLES: Final[dict[str, Role]] = {
    **_names(Role.TITLE, """
        岗位名称 职位名称 职务名称 职位 岗位 职务 岗位名 职位名 职位标题 招聘岗位 招聘职位 岗位/职位 岗位职务 工种 工作名称 应聘岗位
        崗位名稱 職位名稱 職務名稱 職位 崗位 職務 職稱 職缺 職缺名稱 職缺內容 職位標題 徵才職位 工作名稱
        title job_title position position_name job_name job post post_name role vacancy job_position position_title 标题 標題 job"""),
    **_names(Role.COMPANY, """
        公司 公司名称 公司名 公司全称 公司全名 公司简称 企业 企业名称 单位 单位名称 用人单位 招聘单位 招聘公司 雇主 雇主名称 机构名称
        公司名稱 公司全稱 企業名稱 單位名稱 用人單位 廠商 廠商名稱 雇主名稱 機關名稱
        company company_name company_full_name company_short_name employer employer_name corp brand_name enterprise_name com_name org"""),
    **_names(Role.DEPARTMENT, """
        部门 部门名称 所属部门 所在部门 用人部门 招聘部门 需求部门 科室 部門 部門名稱 所屬部門 所在部門 用人部門 單位部門 組別
        department dept department_name dept_name division"""),
    **_names(Role.SUPERVISOR, """
        直接上级 直属上级 上级 汇报对象 直接主管 直属领导 上级岗位 直接上級 直屬上級 直屬主管 上級 匯報對象
        reports_to report_to supervisor reporting_to manager superior boss leader line_manager"""),
    **_names(Role.SUBORDINATE, """
        直接下级 直属下级 直接下属 下属 下级 下属岗位 直接下級 直屬下屬 下屬 管理責任對象 subordinates subordinate manages"""),
    **_names(Role.TEXT, """
        职位描述 岗位描述 职位信息 岗位信息 职位详情 岗位详情 职位详细 工作描述 职位说明 岗位说明 岗位介绍 职位介绍 岗位职责及要求 岗位职责与要求
        职责要求 岗位职责任职要求 职位职责 描述 内容 正文 详情 职位内容 招聘内容 招聘详情 岗位说明书 全文 文本
        職位描述 崗位描述 職務說明 工作說明 職務內容 職位說明 職缺說明 描述 內容 說明 詳情 內文
        job_description description job_desc desc job_detail job_details detail details content text body jd position_description
        position_detail job_info job_content job_summary full_description fulltext position_desc"""),
    **_names(Role.DUTIES, """
        岗位职责 工作职责 职责 主要职责 工作内容 职责描述 主要工作 岗位主要职责 主要工作内容 职责内容 工作任务
        崗位職責 工作職責 職責 主要職責 工作內容 職責描述 工作項目 工作職掌
        responsibilities responsibility job_responsibilities duties duty job_duties key_responsibilities
        what_you_do what_you_will_do work_content tasks job_duty"""),
    **_names(Role.REQUIREMENTS, """
        任职要求 任职资格 岗位要求 职位要求 任职条件 招聘要求 应聘要求 招聘条件 要求 资格要求 岗位条件 任职资格要求 应聘条件
        任職要求 任職資格 崗位要求 職位要求 條件要求 應徵條件 資格條件 必備條件 需求條件 具備條件 職位條件
        requirements requirement qualifications qualification job_requirements job_requirement job_qualifications
        we_want what_we_want must_have job_require require requires who_you_are"""),
    **_names(Role.ASIDE, """
        公司介绍 公司简介 企业简介 企业介绍 单位简介 公司描述 公司福利 福利 福利待遇 职位福利 公司介紹 公司簡介 福利制度 公司福利制度
        company_intro company_description company_profile about_company benefits welfare company_desc company_info"""),
}  # fmt: skip
# Where the syllables of each letter begin among the first characters of GB 2312.
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_GB: Final = bytes.fromhex(
    "B0A1 B0C5 B2C1 B4EE B6EA B7A2 B8C1 B9FE BBF7 BFA6 C0AC C2E8 C4C3 C5B6 C5BE C6DA C8BB C8F6 CBFA CDDA CEF4 D1B9 D4D1"
)
_GB_STARTS: Final = tuple(_GB[place : place + 2] for place in range(0, len(_GB), 2))
_GB_END: Final = bytes.fromhex("D7FA")
_FEWEST_INITIALS: Final = 3
_RANK: Final = {name: place for place, name in enumerate(_ROLES)}  # 职位名称 rather than 职位 where both are columns
# Columns that stand in such tables beside them; known so that a line of names is seen as one.
_FACTS: Final = frozenset(_plain(word) for word in ["薪资", "薪水", "工资", "月薪", "薪酬", "待遇", "薪资待遇", "薪资范围", "城市", "地点", "工作地点", "工作城市", "地区", "区域", "学历", "学历要求", "经验", "工作经验", "经验要求", "工作年限", "招聘人数", "人数", "发布时间", "发布日期", "更新时间", "行业", "公司规模", "公司性质", "公司类型", "融资阶段", "职位类别", "职位类型", "工作性质", "链接", "网址", "编号", "序号", "专业", "专业要求", "年龄", "性别", "联系人", "联系方式", "电话", "关键词", "标签", "职级", "编制", "考核指标", "权限", "备注", "薪資", "薪水", "工資", "待遇", "工作地點", "地點", "地區", "城市", "學歷", "學歷要求", "經驗", "工作經驗", "需求人數", "更新日期", "刊登日期", "產業", "公司規模", "職務類別", "工作性質", "連結", "編號", "科系要求", "備註", "id", "url", "link", "salary", "salary_range", "city", "location", "address", "area", "region", "education", "degree", "experience", "work_year", "workyear", "headcount", "date", "publish_date", "publish_time", "create_time", "industry", "industry_field", "company_size", "finance_stage", "tags", "tag", "keyword", "keywords", "skills", "category", "job_type", "job_nature", "source", "no", "number"])  # fmt: skip
# Of names with the same initials the first one counts: those of a role come first.
_INITIALS: Final[dict[str, Role | None]] = {
    initials: role
    for name, role in reversed([*_ROLES.items(), *((name, None) for name in _FACTS)])
    if (initials := _initials(name)) and len(initials) > 1
}
