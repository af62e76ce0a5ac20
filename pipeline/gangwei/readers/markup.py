"""HTML -> a flat list of what stands in it, without what nobody sees and without menus; with panels the only import of selectolax."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gangwei.readers.columns import POST
from gangwei.readers.panels import is_entry_form, is_panel, panel_names
from gangwei.readers.tags import BLOCKS, bounded


@dataclass(slots=True)
class Element:
    """An open or finished element; the counts are of what stands in it and was kept."""

    tag: str
    node: LexborNode
    start: int = 0
    chars: int = 0
    linked: int = 0  # characters in links
    links: int = 0
    menu_links: int = 0  # links whose text is one of a site's own
    post_links: int = 0  # links whose text is the name of a post
    table: TableShape | None = None
    button: str = ""  # what one clicks on an entry of a list; its text, which the events lack

    def numbers(self, *names: str) -> tuple[int | None, ...]:
        """Attributes as numbers, None for one that is none."""
        attributes = self.node.attributes
        if not attributes:
            return (None,) * len(names)
        values = ((attributes.get(name) or "").strip() for name in names)
        return tuple(int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None for value in values)


@dataclass(slots=True)
class TableShape:
    """What decides whether a table holds data or only arranges a page."""

    rows: int = 0
    filled: int = 0  # cells with text in the current row
    widest: int = 0  # the most of them in a row
    nested: int = 0  # characters in tables within
    holds_blocks: bool = False
    holds_headings: bool = False

    def is_data(self, chars: int) -> bool:
        if self.widest < 2 or self.nested * 2 > chars or (self.rows == 1 and self.holds_blocks):
            return False
        return not (self.holds_headings and self.rows <= 3)


class Left(NamedTuple):
    """Text that was left out: why, what, and whether a line ends there."""

    code: str
    text: str
    is_block: bool


Event = str | Element | Left | None  # text, the beginning of an element, text left out, the end of an element


@dataclass(slots=True)
class Markup:
    """A page as a list of events; `cut` says that it was too long."""

    title: str = ""
    events: list[Event] = field(default_factory=list)
    cut: bool = False


def flatten(html: str, *, nodes: int, keep_menus: bool = False) -> Markup:
    """The events of a page, in order, at most `nodes` elements and texts of them."""
    markup = Markup()
    events = markup.events
    html = bounded(html)
    hides = _HIDES.search(html) is not None
    opened: list[Element] = []
    tables: list[TableShape] = []
    parser = LexborHTMLParser(html)
    root = parser.root
    names = panel_names(parser, html)
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            events.append(None)
            _close(events, opened, tables, keep_menus)
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            events.append(text)
            if opened:
                opened[-1].chars += len(text.strip())
            continue
        if tag in ("select", "input") and any(element.tag in ("td", "th") for element in opened):
            events.append(entered := _entered(node))
            opened[-1].chars += len(entered.strip())
            continue
        if tag in _LEFT_OUT or tag[:1] in "-!":
            if tag == "title" and not markup.title:
                markup.title = node.text() or ""
            continue
        if code := _why_left_out(node, tag, hides=hides):
            if text := " ".join((node.text() or "").split()):
                events.append(Left(code, text, tag in BLOCKS))
            continue
        if len(events) >= nodes:
            markup.cut = True
            continue
        if names and (name := names.get(node.id or "")):
            events += (Element("h4", node), name, None)
        element = Element(tag, node, len(events))
        events.append(element)
        opened.append(element)
        _note_shape(element, tables)
        stack.append(None)
        child = node.last_child
        while child is not None:
            stack.append(child)
            child = child.prev
    return markup


def _why_left_out(node: LexborNode, tag: str, *, hides: bool) -> str:
    """The code of the note on an element that is left out with all that it holds, or ""."""
    if tag == "del" or (hides and _is_hidden(node) and not is_panel(node)):
        return "hidden"
    return "furniture" if tag == "form" and is_entry_form(node) else ""


def _entered(node: LexborNode) -> str:
    """What stands in a field of a form that is drawn as a table: the choice that was made, the text that was entered."""
    if node.tag == "input":
        told = node.attributes
        return (told.get("value") or "") if (told.get("type") or "text").lower() in _WRITTEN else ""
    chosen = next((option for option in node.css("option") if "selected" in option.attributes), None)
    return chosen.text() if chosen is not None else ""


def _note_shape(element: Element, tables: list[TableShape]) -> None:
    tag = element.tag
    if tag == "table":
        element.table = TableShape()
        tables.append(element.table)
    elif tables:
        if tag == "tr":
            tables[-1].rows += 1
            tables[-1].filled = 0
        elif tag in _CELL_BLOCKS:
            tables[-1].holds_blocks = True
            tables[-1].holds_headings |= tag in ("h1", "h2", "h3")


def _close(events: list[Event], opened: list[Element], tables: list[TableShape], keep_menus: bool) -> None:
    """Settle the element that ends: is it a menu, and what does it add to those around it?"""
    element = opened.pop()
    tag = element.tag
    if tag == "table":
        tables.pop()
        if tables:
            tables[-1].nested += element.chars
    elif tables and tag in ("td", "th"):
        tables[-1].filled += element.chars > 0
        tables[-1].widest = max(tables[-1].widest, tables[-1].filled)
    if tag == "a" and element.chars:
        text = _text_of(events, element)
        element.links, element.linked = 1, element.chars
        element.menu_links = int(text.strip("|｜>»«· \n") in _MENU_WORDS)
        element.post_links = int(not element.menu_links and POST.search(text[:80]) is not None)
    elif tag in BLOCKS and not keep_menus and _is_menu(element):
        texts = (event for event in events[element.start :] if isinstance(event, str))
        text = " ".join(" ".join(texts).split())
        del events[element.start :]
        if text:
            events.append(Left("furniture", text, True))
        return
    if tag in _CLICKED:
        _settle_button(events, element)
    if opened:
        parent = opened[-1]
        parent.chars += element.chars
        parent.linked += element.linked
        parent.links += element.links
        parent.menu_links += element.menu_links
        parent.post_links += element.post_links


def _settle_button(events: list[Event], element: Element) -> None:
    if 0 < element.chars < 12 and (text := _text_of(events, element)) in _BUTTONS:
        element.button = text
        events[element.start + 1 :] = [None]


def _text_of(events: list[Event], element: Element) -> str:
    return "".join(event for event in events[element.start :] if isinstance(event, str)).strip()


def _is_menu(element: Element) -> bool:
    """Whether a block is a site's furniture; in doubt it is not, and a list of vacancies never is."""
    if element.tag in ("html", "body", "td", "th", "tr", "tbody"):
        return False
    if element.tag == "nav":
        return element.post_links * 2 <= element.links
    if element.links < 2 or element.post_links * 3 >= element.links:
        return False
    plain = element.chars - element.linked
    if element.linked < element.chars * 0.6 or plain > 60 or element.linked > element.links * 12:
        return False
    if element.menu_links * 2 >= element.links:
        return True
    attributes = element.node.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
    return _MENU_NAMES.search(named) is not None


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CELL_BLOCKS: Final = _words("p div ul ol dl h1 h2 h3 h4 h5 h6 section article blockquote pre")
_LEFT_OUT: Final = _words("""
    audio canvas datalist embed iframe map math noembed noframes noscript object option script select style svg template title
    video""")  # fmt: skip
_WRITTEN: Final = ("text", "number", "date", "tel", "email")
_HIDES: Final = re.compile(r"\bhidden\b|display\s*:\s*none", re.IGNORECASE)
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MENU_NAMES: Final = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|crumbs?|pager|pagination|share|friend-?links?|toolbar|topbar|sidebar"
    r"|footer|foot|header|copyright|login)(?![a-z])",
    re.IGNORECASE,
)
_CLICKED: Final = frozenset(["a", "button", "label", "span"])  # a page's <i> and <em> are spans by now
_BUTTONS: Final = _words("""
    返回 返回列表 返回上一页 返回首页 返回顶部 回顶部 回到顶部 返回列表页 收起 展开 查看 详情 查看详情 职位详情 查看职位 查看更多 展开详情 了解详情 了解更多 点击查看 投递简历 立即投递 我要投递 在线投递 投个简历 申请职位 立即申请 我要申请 在线申请
    申请该职位 申请此职位 应聘 我要应聘 立即应聘 在线应聘 应聘此职位 应聘该职位 收藏职位 我要應徵 立即應徵 線上應徵 應徵 展開 投遞履歷 立即投遞 查看詳情 了解更多 儲存職缺""")  # fmt: skip
_MENU_WORDS: Final = _words("""
    首页 网站首页 主页 返回首页 关于我们 公司简介 企业简介 企业文化 新闻中心 新闻动态 新闻资讯 产品中心 产品展示 服务项目 成功案例 资质荣誉 人才招聘 招贤纳士
    加入我们 诚聘英才 联系我们 联系方式 在线留言 网站地图 友情链接 免责声明 隐私政策 法律声明 服务条款 用户协议 帮助中心 帮助 意见反馈 设为首页 加入收藏 收藏本站
    收藏 登录 登陆 注册 免费注册 立即注册 退出 会员中心 个人中心 我的简历 搜索 职位搜索 找工作 找人才 企业招聘 手机版 客户端 APP下载 下载 上一页 下一页 上一篇
    下一篇 末页 尾页 更多 更多>> 查看更多 返回 返回顶部 返回列表 分享 打印 打印本页 关闭 关闭窗口 举报 大 中 小 繁体 简体 繁體 简体中文 繁體中文 English EN
    首頁 回首頁 關於我們 公司簡介 最新消息 產品介紹 聯絡我們 聯繫我們 網站地圖 友情連結 隱私權政策 登入 註冊 會員登入 回上一頁 回頂端 上一頁 下一頁 更多
    Home About Contact News Products Login Register Next Previous Top Back Sitemap Privacy Terms""")  # fmt: skip
