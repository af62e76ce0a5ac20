"""The employer that a page's own title names beside a word for vacancies: 加入我们_某某医疗器械有限公司, 招聘信息 | 某某科技."""

from __future__ import annotations

import re
from typing import Final

from gangwei.headline_parts import is_generic
from gangwei.headlines import may_employ
from gangwei.model import Entry
from gangwei.page import Page

_HEAD_LINES: Final = 8
_ABOUT: Final = "关于"
_VACANCIES: Final = re.compile("加入我们|招聘|诚聘|招贤|人才|职位|职缺|岗位")
_TITLE_BORDER: Final = re.compile(r"[\s_|｜·—–【】-]+")
_OFFICIAL: Final = re.compile("官方网站$|官网$")
# Boards, sites where people write, and what a title says of the page itself.
_NO_OWNER: Final = re.compile(
    "求职|[打零]工|兼职|就业|工作|直聘|猎聘|拉勾|前程无忧|人力银行|论坛|博客|社区|文库|百科|百度|知乎|豆瓣|简书|掘金|首页|主页|正文|信息|中心$"
    "|[Bb]log|CSDN|GitHub|BOSS|[{}$%]|^[a-z]{1,6}$|^[\\d.]+$|模板|系统|后台"
)

# What a company heads its own page of vacancies with; boards say 招聘信息.
_OWN_VACANCIES: Final = re.compile(
    "(?:首页[ ]?[-_|>][ ]?)?(?:加入我们|人才招[聘募]|招贤纳士|诚聘英才|诚邀加盟|加盟我们)"
)
_FOOT: Final = 800
_RIGHTS: Final = re.compile(
    r"(?:版权所有|[Cc]opyright|COPYRIGHT|©)[\s©@:：&;\d.,，–—~-]{0,20}(?:版权所有|[Cc]opyright)?[\s©:：\d.–—~-]{0,16}"
    r"(?P<name>[\u4e00-\u9fff（）()]{2,24}?(?:有限责任公司|有限公司|股份公司|集团))"
)


def page_owner(page: Page) -> Entry | None:
    """The employer that the title of a page of vacancies names, by its ending, or None."""
    legal = tuple(page.rules.titles.legal_heads)
    headlines = {page.value[line.body : line.end] for line in page.lines[:_HEAD_LINES]}
    for part in _parts_of_title(page):
        name = _VACANCIES.split(part)[0]
        if page.names.is_company(name) and (name.endswith(legal) or name in headlines):
            return _in_title(page, name)
    return None


def likely_owner(page: Page) -> Entry | None:
    """What the title of a page of vacancies says beside that, where it can be a name, or None."""
    parts = _parts_of_title(page)
    own = [part for part in parts if not _VACANCIES.search(part)]
    if len(own) == 1 < len(parts) and _may_own(page, own[0].removeprefix(_ABOUT)):
        return _in_title(page, own[0].removeprefix(_ABOUT))
    return None


def owner_in_foot(page: Page) -> Entry | None:
    """Whose right of copy the foot of a company's own page of vacancies tells, or None: © 2014 某某科技有限公司"""
    text = page.document.text
    first = page.value[page.lines[0].body : page.lines[0].end] if page.lines else ""
    if not (_OWN_VACANCIES.fullmatch(page.document.title or "") or _OWN_VACANCIES.fullmatch(first)):
        return None
    found = {match["name"]: match for match in _RIGHTS.finditer(text, max(0, len(text) - _FOOT))}
    if len(found) != 1:
        return None
    (match,) = found.values()
    if _NO_OWNER.search(match["name"]) or not page.names.is_company(match["name"]):
        return None
    return Entry(match["name"], *match.span("name"), "company in the page's foot")


def _parts_of_title(page: Page) -> list[str]:
    """The parts of the title of a page of vacancies or of a company, none of that of another page."""
    title = page.document.title or ""
    if not (_VACANCIES.search(title) or title.endswith(tuple(page.rules.titles.legal_heads))):
        return []
    return [_OFFICIAL.sub("", part) for part in _TITLE_BORDER.split(title) if part]


def _may_own(page: Page, name: str) -> bool:
    """Whether a part of a page's title may be the name of who keeps it, and of no board of other people's vacancies."""
    names = page.names
    if _NO_OWNER.search(name) or is_generic(page, name) or names.is_place(name):
        return False
    return may_employ(page, name) and not names.is_unit(name)


def _in_title(page: Page, name: str) -> Entry:
    """A name of a page's title, at its place in the page, or in a foot that is no part of it; it may stand in the title only."""
    if (place := page.value.find(name)) >= 0:
        return page.entry(place, place + len(name), "company in the page's title")
    raw = page.document.text.find(name)
    return Entry(name, *((raw, raw + len(name)) if raw >= 0 else (0, 0)), "company in the page's title")
