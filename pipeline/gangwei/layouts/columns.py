"""What the head of a column announces: 岗位 a post, 考核指标（权重） indicators, 目标值 what is asked of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from gangwei.model import Field, Span
from gangwei.page import Page
from gangwei.rulebook import Rulebook
from gangwei.rulebook.columns import TARGET

# A head's cell is short; what is longer holds a value.
_LONGEST: Final = 18
_LONGEST_RAW: Final = 40
_FEWEST_HEADS: Final = 2
_MOST_OF: Final = 0.6
_SOME_OF: Final = 0.4
_LONGEST_UNKNOWN: Final = 8
_BLANKS: Final = re.compile(r"[\s*:：|\\]+")
_GLOSS: Final = re.compile(r"[(（【\[][^()（）\[\]【】]*[)）\]】]$")
_ORDINAL: Final = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．)）]?|[A-Z][.、．)）])(?=\D)")
_PARTS: Final = re.compile(r"[/／、，,&＆]|及其|[及与和]")


class Column(NamedTuple):
    """What a column holds: a `Field`'s value or a kind of rulebook.columns; `word` is how its head names it."""

    kind: str
    word: str

    @property
    def field(self) -> Field | None:
        """The field that the cells of the column fill, or None."""
        return _FIELDS.get(self.kind)


_FIELDS: Final = {str(field): field for field in Field}
SECTION_KINDS: Final = frozenset(
    [Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT, Field.ROUTINE, Field.SUMMARY]
)
POST_KINDS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY])


def plain(page: Page, cell: Span) -> str:
    """The text of a cell without blanks, markup and colon, "" where it is too long for a head.

    Letters set one below the other are put in a row: 岗⏎位⏎职⏎责 is 岗位职责.
    """
    if cell.end - cell.start > _LONGEST_RAW:
        return ""
    text = _BLANKS.sub("", page.value[cell.start : cell.end])
    return text if len(text) <= _LONGEST else ""


def read_column(page: Page, cell: Span) -> Column | None:
    """What a cell announces as the head of a column, or None where it is no head."""
    return column_of(page.rules, plain(page, cell))


def column_of(rules: Rulebook, text: str) -> Column | None:
    """What a wording without blanks announces."""
    if not text:
        return None
    if found := _exact(rules, text):
        return found
    bare = _GLOSS.sub("", _ORDINAL.sub("", text))
    if bare != text and (found := _exact(rules, bare)):
        return found
    parts = [found for part in _PARTS.split(bare) if (found := _exact(rules, part))]
    if len(parts) > 1 or (parts and _PARTS.split(bare)[0] == parts[0].word):
        # 职责与考核标准, 标准与职责: the duties stand there, whatever is said of them besides.
        leading = next((part for kind in (Field.TITLE, Field.DUTY) for part in parts if part.kind == kind), parts[0])
        return Column(leading.kind, bare)
    for length in range(min(6, len(bare) - 1), 1, -1):
        if kind := rules.columns.endings.get(bare[-length:]):
            return Column(kind, bare)
    return None


def row_head(rules: Rulebook, text: str) -> Column | None:
    """What the head of a row announces: words of our own only, for a group of duties may be called anything."""
    bare = _GLOSS.sub("", _ORDINAL.sub("", text)) or text
    if found := _exact(rules, text) or _exact(rules, bare):
        return found
    parts = [_exact(rules, part) for part in _PARTS.split(bare)]
    if len(parts) > 1 and parts[0] and all(parts):
        return Column(parts[0].kind, bare)
    return None


def without_ordinal(text: str) -> str:
    """The wording of a head without its number: 一、教学管理 is 教学管理."""
    return _ORDINAL.sub("", text) or text


def without_gloss(text: str) -> str:
    """The wording of a head without a bracket behind it."""
    return _GLOSS.sub("", text) or text


def _exact(rules: Rulebook, text: str) -> Column | None:
    if kind := rules.columns.words.get(text):
        return Column(kind, text)
    if rule := rules.labels.get(text):
        return Column(str(rule.field), text)
    return None


def read_head(page: Page, row: Sequence[Span]) -> tuple[Column | None, ...] | None:
    """The columns that a row announces, or None where the row is no head of a table."""
    filled = {cell.start: cell for cell in row if cell.end > cell.start}
    if len(filled) < _FEWEST_HEADS:
        return None
    columns = {start: read_column(page, cell) for start, cell in filled.items()}
    known = {column.kind for column in columns.values() if column}
    count = sum(column is not None for column in columns.values())
    many = sum(page.value[c.start : c.end].strip() != "" for c in filled.values())
    # A post and what it does head a table, whatever its other columns are called (归谁管, 看什么).
    names_posts = Field.TITLE in known and not known.isdisjoint(SECTION_KINDS)
    is_short = all(len(plain(page, cell)) <= _LONGEST_UNKNOWN for cell in filled.values())
    if count < _FEWEST_HEADS or count < (_SOME_OF if names_posts and is_short else _MOST_OF) * many:
        return None
    return with_targets([columns.get(cell.start) if cell.end > cell.start else None for cell in row])


def with_targets(columns: Sequence[Column | None]) -> tuple[Column | None, ...]:
    """The columns, with a target that has no indicator before it read as an indicator."""
    has_indicator = any(column and column.kind == Field.KPI for column in columns)
    return tuple(
        column._replace(kind=str(Field.KPI)) if column and column.kind == TARGET and not has_indicator else column
        for column in columns
    )
