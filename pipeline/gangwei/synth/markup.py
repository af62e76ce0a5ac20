"""Web pages: headings with lists, a form as a table with merged cells, and a table of posts with merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from gangwei.synth.brief import Brief
from gangwei.synth.sections import items_of, only, stated
from gangwei.synth.sheet import ORDINALS, Draft, Kind, Shape, Sheet
from gangwei.synth.vocabulary import Post

_SECTIONS: Final = ("duty", "authority", "kpi", "requirement")
_BEFORE: Final = (
    '<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>{head}</title>\n'
    "<style>body{{margin:0}}</style><script>var menu=1;</script></head>\n<body>\n"
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/jobs">招贤纳士</a></li><li><a href="/about">关于我们</a></li>'
    '</ul></div>\n<div class="main">\n<h1>'
)
_BEHIND: Final = (
    '</div>\n<div class="footer"><a href="/map">网站地图</a> | <a href="/top">返回顶部</a></div>\n</body>\n</html>\n'
)


def html(brief: Brief, rng: Random) -> Draft:
    """A page of one of three kinds."""
    named = rng.random() < 0.6
    head = f"{brief.company if named else ''}{rng.choice(brief.words('heads'))}"
    sheet = Sheet()
    sheet.put(Kind.MARKUP, _BEFORE.format(head="岗位信息"))
    sheet.put(Kind.HEADING, head)
    sheet.put(Kind.MARKUP, "</h1>\n")
    roles = rng.choice(_KINDS)(sheet, brief, rng)
    sheet.put(Kind.MARKUP, _BEHIND)
    company = brief.company if named else None
    return Draft(sheet.pieces, tuple(roles), (), company, head, ".html", Shape.MARKUP, brief.hant)


def _headings(sheet: Sheet, brief: Brief, rng: Random) -> list[Post]:
    """Post in h2, label in h3 or a bold paragraph, items in ol, ul or paragraphs."""
    sections = ("duty", *(section for section in _SECTIONS[1:] if rng.random() < 0.6))
    labels = {section: brief.label(section, rng) for section in sections}
    opened, closed = rng.choice((("<h3>", "</h3>"), ("<p><b>", "：</b></p>"), ("<p><strong>", "</strong></p>")))
    wrap = rng.choice(("ol", "ul", "p", "br"))
    roles = []
    for post in brief.posts:
        sheet.put(Kind.MARKUP, "<h2>")
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.MARKUP, "</h2>\n")
        for section in sections:
            if items := items_of(post, section):
                sheet.put(Kind.MARKUP, opened)
                sheet.put(Kind.LABEL, labels[section])
                sheet.put(Kind.MARKUP, closed + "\n")
                _list(sheet, items, wrap)
        roles.append(only(post, sections))
    return roles


def _list(sheet: Sheet, items: Sequence[str], wrap: str) -> None:
    if wrap in ("ol", "ul"):
        sheet.put(Kind.MARKUP, f"<{wrap}>\n")
        for item in items:
            sheet.put(Kind.MARKUP, "<li>")
            sheet.put(Kind.ITEM, item)
            sheet.put(Kind.STOP, "；")
            sheet.put(Kind.MARKUP, "</li>\n")
        sheet.put(Kind.MARKUP, f"</{wrap}>\n")
        return
    opened, between, closed = (
        ("<p>", "</p>\n<p>", "</p>\n") if wrap == "p" else ("<div>", "<br/>\n&nbsp;&nbsp;", "</div>\n")
    )
    sheet.put(Kind.MARKUP, opened)
    for number, item in enumerate(items, 1):
        if number > 1:
            sheet.put(Kind.MARKUP, between)
        sheet.put(Kind.ORDINAL, ORDINALS["dun"](number), number)
        sheet.put(Kind.ITEM, item)
        sheet.put(Kind.STOP, "；")
    sheet.put(Kind.MARKUP, closed)


def _form_table(sheet: Sheet, brief: Brief, rng: Random) -> list[Post]:
    """A form a post: labels and values side by side, a section's label merged down its items' rows."""
    sections = ("duty", *(section for section in _SECTIONS[1:] if rng.random() < 0.6))
    labels = {name: brief.label(name, rng) for name in ("title", "department", "supervisor", "subordinate", *sections)}
    numbered = rng.random() < 0.7
    split = rng.random() < 0.3
    roles = []
    for post in brief.posts:
        said = stated(post, split)
        sheet.put(Kind.MARKUP, '<table border="1">\n')
        for left, right in (("title", "department"), ("supervisor", "subordinate")):
            sheet.put(Kind.MARKUP, "<tr>")
            for name in (left, right):
                kind, value = _fact(said, name)
                sheet.put(Kind.MARKUP, "<td>")
                sheet.put(Kind.LABEL, labels[name])
                sheet.put(Kind.MARKUP, "</td><td>")
                sheet.put(kind, value)
                sheet.put(Kind.MARKUP, "</td>")
            sheet.put(Kind.MARKUP, "</tr>\n")
        for section in sections:
            items = items_of(said, section)
            sheet.put(Kind.MARKUP, f'<tr><td rowspan="{max(len(items), 1)}">')
            sheet.put(Kind.LABEL, labels[section])
            for number, item in enumerate(items, 1):
                sheet.put(Kind.MARKUP, '</td><td colspan="3">' if number == 1 else '</td></tr>\n<tr><td colspan="3">')
                if numbered:
                    sheet.put(Kind.ORDINAL, ORDINALS["dun"](number), number)
                sheet.put(Kind.ITEM, item)
            sheet.put(Kind.MARKUP, "" if items else '</td><td colspan="3">')
            sheet.put(Kind.MARKUP, "</td></tr>\n")
        sheet.put(Kind.MARKUP, "</table>\n")
        kept = only(said, sections)
        roles.append(
            kept._replace(department=said.department, supervisors=said.supervisors, subordinates=said.subordinates)
        )
    return roles


def _fact(post: Post, name: str) -> tuple[Kind, str]:
    match name:
        case "title":
            return Kind.TITLE, post.title
        case "department":
            return Kind.VALUE, post.department or ""
        case "supervisor":
            return Kind.VALUE, "、".join(post.supervisors)
        case _:
            return Kind.VALUE, "、".join(post.subordinates)


def _post_table(sheet: Sheet, brief: Brief, rng: Random) -> list[Post]:
    """A row a post; posts of one department in a row share its merged cell."""
    sections = ("duty", "requirement") if rng.random() < 0.5 else ("duty", "kpi")
    posts = sorted(brief.posts, key=lambda post: post.department or "")
    sheet.put(Kind.MARKUP, "<table>\n<tr>")
    for name in ("department", "title", *sections):
        sheet.put(Kind.MARKUP, "<th>")
        sheet.put(Kind.LABEL, brief.label(name, rng))
        sheet.put(Kind.MARKUP, "</th>")
    sheet.put(Kind.MARKUP, "</tr>\n")
    roles = []
    before = None
    for post in posts:
        sheet.put(Kind.MARKUP, "<tr>")
        if post.department != before:
            before = post.department
            sheet.put(Kind.MARKUP, f'<td rowspan="{sum(other.department == before for other in posts)}">')
            sheet.put(Kind.VALUE, before or "")
            sheet.put(Kind.MARKUP, "</td>")
        sheet.put(Kind.MARKUP, "<td>")
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.MARKUP, "</td>")
        for section in sections:
            sheet.put(Kind.MARKUP, "<td>")
            for number, item in enumerate(items_of(post, section), 1):
                sheet.put(Kind.MARKUP, "<br>" if number > 1 else "")
                sheet.put(Kind.ORDINAL, ORDINALS["dot"](number), number)
                sheet.put(Kind.ITEM, item)
            sheet.put(Kind.MARKUP, "</td>")
        sheet.put(Kind.MARKUP, "</tr>\n")
        roles.append(only(post, sections)._replace(department=post.department))
    sheet.put(Kind.MARKUP, "</table>\n")
    return roles


_KINDS: Final = (_headings, _form_table, _post_table)
