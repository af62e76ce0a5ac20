"""The straight line: one document in, its extraction out."""

from __future__ import annotations

from gangwei.labels import read_labels
from gangwei.layouts import read_layouts
from gangwei.layouts.reading import Reading
from gangwei.lexer import Lexer
from gangwei.model import Decision, Document
from gangwei.ordinals import read_ordinals
from gangwei.page import Page, read_lines
from gangwei.rulebook import Rulebook
from gangwei.text import Text
from gangwei.titles import Names


def read_page(document: Document, text: Text, rules: Rulebook, lexer: Lexer, names: Names) -> tuple[Page, list[Decision]]:
    value = text.value
    hits = lexer.hits(value)
    ordinals = read_ordinals(value, frozenset(hit.end for hit in hits))
    decisions: list[Decision] = []
    labels = read_labels(value, hits, ordinals, names, decisions)
    lines = read_lines(value, ordinals, document.blocks, text)
    starts = tuple(o.start for o in ordinals)
    return Page(document, text, value, lines, hits, labels, ordinals, starts, rules, names), decisions


__all__ = ["Reading", "read_layouts", "read_page"]
