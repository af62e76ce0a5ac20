"""HTML -> HTML on which the tree builder takes linear time.

The tree builder of HTML5 takes quadratic time on deep nesting, on many attributes and on formatting tags across
paragraphs (100,000 nested <div>: 21 s). So tags that cannot matter are taken out before it sees them.
"""

from __future__ import annotations

import re
from typing import Final


def bounded(html: str) -> str:
    """HTML on which the tree builder takes linear time: no formatting tags, bounded depth and attributes.

    >>> bounded("<p><b>职务</b>：经理")
    '<p><span>职务</span>：经理'
    """
    html = _FORMATTING.sub(r"<\1span", _beginning(html))
    if len(html) < _HARMLESS:
        return html
    depth = _Depth()
    return _TAG.sub(depth.replace, html)


def _beginning(html: str) -> str:
    """A fragment that begins within a tag without the rest of it, one that begins within a table in a table."""
    if found := _TAG_REST.match(html):
        html = html[found.end() :]
    found = _TABLE_PART.search(html, 0, _HARMLESS)
    return _MISSING.get(found[1].lower(), "") + html if found else html


class _Depth:
    """Takes out tags below a depth that no honest page has; their line breaks stay."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.dropped: dict[str, int] = {}

    def replace(self, found: re.Match[str]) -> str:
        name = found[2]
        if name is None:  # a comment, a script, a style
            return ""
        name = name.lower()
        tag = found[0] if len(found[0]) <= _LONG_TAG else f"<{found[1]}{name}>"
        if name in _SHALLOW:
            return tag
        if not found[1]:
            if len(self.open) < _DEEPEST:
                self.open.append(name)
                return tag
            self.dropped[name] = self.dropped.get(name, 0) + 1
            return "<br>" if name in BLOCKS else ""
        if self.dropped.get(name):
            self.dropped[name] -= 1
            return ""
        if name in self.open[-_LOOK_BACK:]:
            while self.open.pop() != name:
                pass
            return tag
        return "" if len(self.open) > _LOOK_BACK else tag


_HARMLESS: Final = 1 << 14  # characters; the worst of this length takes some milliseconds
_DEEPEST: Final = 400
_LOOK_BACK: Final = 400
_LONG_TAG: Final = 2000
BLOCKS: Final = frozenset(["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"])  # fmt: skip
# Elements that end by themselves or are empty: they never nest deep.
_SHALLOW: Final = frozenset(["area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "frame", "hr", "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr", "html", "head", "body", "title"])  # fmt: skip
_FORMATTING: Final = re.compile(
    r"<(/?)(?:big|b|code|em|font|i|nobr|small|strike|strong|s|tt|u)(?=[\s>/])", re.IGNORECASE
)
_TAG: Final = re.compile(
    r"""<!--.*?(?:--!?>|\Z) | <(?:script|style)(?=[\s>/]).*?(?:</(?:script|style)(?=[\s>/])[^>]*+>|\Z)
      | <(/?)([a-zA-Z][^\s<>/]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>?""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_TAG_REST: Final = re.compile(r"""\s*+[A-Za-z0-9_:;#%.,/="' -]{0,200}?(?:["']|/[a-z]{1,10})\s{0,9}/?>""")
_TABLE_PART: Final = re.compile(r"<(/?(?:table|tr|td|th|tbody|thead))(?=[\s>/])", re.IGNORECASE)
# What must have stood before the first part of a table that a fragment shows.
_MISSING: Final = {
    **dict.fromkeys(("tr", "tbody", "thead"), "<table>"),
    **dict.fromkeys(("td", "th"), "<table><tr>"),
    **dict.fromkeys(("/td", "/th"), "<table><tr><td>"),
}
