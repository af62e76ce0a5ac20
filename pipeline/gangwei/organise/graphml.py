"""The organisation as GraphML, which yEd, Gephi, NetworkX and igraph read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from gangwei.organise.edges import Edge
from gangwei.sinks.reading import Record

_NODE: Final = ("title", "company", "department", "level", "function", "role_id", "doc_id")
_EDGE: Final = ("kind", "reach", "doubt", "stated_by")
# What XML 1.0 cannot hold.
_UNFIT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(roles: Iterable[Record], edges: Iterable[Edge]) -> Iterator[str]:
    """The lines of the file: each role and each post that is only named a node, each pair of them an edge."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for names, what in ((_NODE, "node"), (_EDGE, "edge")):
        for name in names:
            yield f'<key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="string"/>\n'
    yield '<graph edgedefault="directed">\n'
    ids: set[str] = set()
    for role in roles:
        key = str(role["role_id"])
        ids.add(key)
        yield _element("node", f"id={quoteattr(_fit(key))}", {name: str(role[name]) for name in _NODE})
    drawn: set[tuple[str, str, str]] = set()
    for edge in edges:
        ends = edge.ends
        for key, title in zip(ends, (edge.upper_title, edge.lower_title), strict=True):
            if key not in ids:
                ids.add(key)
                yield _element("node", f"id={quoteattr(_fit(key))}", {"title": title, "company": edge.company})
        if (*ends, edge.kind) not in drawn:
            drawn.add((*ends, edge.kind))
            said = {"kind": edge.kind, "reach": edge.reach, "doubt": edge.doubt, "stated_by": edge.role_id}
            yield _element(
                "edge",
                " ".join(f"{a}={quoteattr(_fit(k))}" for a, k in zip(("source", "target"), ends, strict=True)),
                said,
            )
    yield "</graph>\n</graphml>\n"


def _element(name: str, attributes: str, data: Mapping[str, str]) -> str:
    inside = "".join(f'<data key="{name}_{key}">{escape(_fit(value))}</data>' for key, value in data.items() if value)
    return f"<{name} {attributes}>{inside}</{name}>\n"


def _fit(text: str) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
