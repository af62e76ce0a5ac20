"""The page as one HTML file: no request leaves it, and no text from a document is markup or code in it."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from gangwei.sinks.scales import SCALES


def page(content: Mapping[str, object]) -> str:
    """The file: style, script and the content as data; a policy forbids every style and script but these two.

    >>> "<b>" in page({"x": "<b>"}), r'{"x":"\\u003cb\\u003e"' in page({"x": "<b>"})
    (False, True)
    """
    folder = files("gangwei.report")
    style, script = ("\n".join((folder / name).read_text("utf-8") for name in names) for names in (STYLES, SCRIPTS))
    words = {f"{table}.{column}": dict(scale) for (table, column), scale in SCALES.items()}
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    return _PAGE.format(policy=policy, style=style, script=script, data=_data({**content, "words": words}))


def _data(content: Mapping[str, object]) -> str:
    """The content as JSON that nothing in an HTML file ends."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for char, escaped in _ESCAPED.items():
        text = text.replace(char, escaped)
    return text


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


# Those in shared/ the web page uses too.
STYLES: Final = ("shared/kinds.css", "page.css", "shared/heat.css")
SCRIPTS: Final = (  # run as one
    *("shared/words.js", "shared/dom.js", "shared/stretches.js", "shared/tree.js", "shared/heat.js"),
    *("charts.js", "heat.js", "page.js"),
)
_ESCAPED: Final = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_PAGE: Final = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>岗位报告 gangwei</title>
<style>{style}</style>
</head>
<body>
<header><strong>岗位 gangwei</strong><nav></nav><button type="button"></button></header>
<main tabindex="-1"><noscript>这一页要用 JavaScript 显示。 This page needs JavaScript.</noscript></main>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""
