"""Superiors, subordinates and deputies: which post of the same document is meant, where just one can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.model import Entry, FoundRole, Relation
from gangwei.normalise.numbers import fold
from gangwei.rulebook.typed import Endings, TypedRules, Words, pairs, pattern

_LONGEST: Final = 60  # of a post's name
_BRACKET: Final = re.compile(r"\([^()]{0,40}\)?")
_LIST: Final = re.compile(r"[、,;]|(?<=.)(?:和|及|与|以及)(?=.)")
_SLASH: Final = re.compile(r"(?:(?<!\s)\s++)?[/|]\s*+|(?<=.)或者?(?=.)")
_COUNT: Final = re.compile(r"(?<!\d)\d++\s{0,4}[名人位个]?\Z")
_ODD: Final = re.compile(r"[\s(\d]")
_SEVERAL: Final = re.compile(r"[、,;/|和及与或]")
_NOBODY: Final = re.compile(r"[×*＊○ⅩXx]{2}|某")
_BLANK: Final = re.compile(r"\s+")


def names_company(text: str) -> bool:
    """Whether a company's name tells it from others.

    >>> names_company("白鹭港务有限公司"), names_company("某公司"), names_company("XX集团")
    (True, False, False)
    """
    return bool(text) and not _NOBODY.search(text)


class RelationGrammar:
    """The words of relations, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        groups = rules.relations
        self.long: Final = pairs(groups["long"])
        self.longs: Final = Endings(self.long)
        self.houses: Final = Words(dict.fromkeys(groups["house"], ""))
        self.bare: Final = frozenset(groups["bare"])
        self.own: Final = Words(dict.fromkeys(groups["own"], ""))
        self.classes: Final = tuple(groups["class"])
        self.nobody: Final = frozenset(groups["nobody"])
        self.units: Final = Endings(dict.fromkeys(groups["unit"], ""))
        same = pairs(groups["same"])
        self.same: Final = {**{right: right for right in same.values()}, **same}
        self.same_any: Final = pattern(self.same)


@lru_cache(maxsize=4)
def relation_grammar(rules: TypedRules) -> RelationGrammar:
    """The grammar of relations of a rulebook."""
    return RelationGrammar(rules)


class _Post(NamedTuple):
    """A role as others may call it: its house and unit, its title as printed, those of its posts, these without their unit."""

    company: str
    printed: str
    department: str
    titles: tuple[str, ...]
    ranks: tuple[str, ...]


_Table = dict[tuple[str, ...], list[int]]


class _Index:
    """Which posts answer to a name: as it stands, without the unit's word, by synonyms; and to a rank in a unit."""

    def __init__(self, posts: Sequence[_Post], grammar: RelationGrammar) -> None:
        self._posts, self._grammar = posts, grammar
        self._answers: Final = [_names(post, grammar) for post in posts]
        self.printed: Final[_Table] = {}  # of titles with a gloss, which tells them apart: 副总经理(分管个险)
        self.names: Final[_Table] = {}
        for number, names in enumerate(self._answers):
            for name in names:
                _add(self.names, (posts[number].company, name), number)
            if "(" in posts[number].printed:
                _add(self.printed, (posts[number].company, posts[number].printed), number)
        self._wide: tuple[_Table, _Table, _Table] | None = None
        self._units: tuple[_Table, _Table, _Table] | None = None

    def wide(self) -> tuple[_Table, _Table, _Table]:
        """The names without the words of units, these by synonyms, and deputies of the house by what they are deputies of
        (副总经理: 销售副总经理); made when a plain name is first not found."""
        if self._wide is None:
            short: _Table = {}
            same: _Table = {}
            deputies: _Table = {}
            grammar = self._grammar
            for number, names in enumerate(self._answers):
                company = self._posts[number].company
                for name in dict.fromkeys([_short(name, grammar) for name in names]):
                    if name not in grammar.bare:
                        _add(short, (company, name), number)
                        _add(same, (company, _synonym(name, grammar)), number)
                for title in self._posts[number].titles:
                    if (place := title.find("副")) > 0:
                        _add(deputies, (company, title[place:]), number)
            self._wide = (short, same, deputies)
        return self._wide

    def units(self) -> tuple[_Table, _Table, _Table]:
        """The ranks of each unit as they stand, by what ends them, by synonyms; made when a bare rank is first named."""
        if self._units is None:
            ranks: _Table = {}
            endings: _Table = {}
            alike: _Table = {}
            for number, post in enumerate(self._posts):
                for rank in dict.fromkeys((*post.ranks, *post.titles)):
                    _add(ranks, (post.company, post.department, rank), number)
                    _add(alike, (post.company, post.department, _synonym(rank, self._grammar)), number)
                for title in post.titles:
                    for length in range(2, min(4, len(title) - 1) + 1):
                        if title[-length - 1] != "副":
                            _add(endings, (post.company, post.department, title[-length:]), number)
            self._units = (ranks, endings, alike)
        return self._units


def _add(table: _Table, key: tuple[str, ...], number: int) -> None:
    if key not in table:
        table[key] = [number]
    elif table[key][-1] != number:
        table[key].append(number)


def _names(post: _Post, grammar: RelationGrammar) -> tuple[str, ...]:
    """The names that a post answers to. A bare rank names it only together with its unit."""
    if not post.department:
        return post.titles
    unit, stem = post.department, _stem(post.department, grammar)
    names = [name for rank in post.ranks for name in (unit + rank, stem + rank)]
    names += [unit + title for title in post.titles]
    return tuple(dict.fromkeys([*(title for title in post.titles if title not in grammar.bare), *names]))


def read_relations(
    roles: Sequence[FoundRole], variants: Sequence[tuple[str, ...]], grammar: RelationGrammar
) -> tuple[tuple[Relation, ...], ...]:
    """For each role its superiors, subordinates and deputies, with the index of the role that each means.

    `variants` are the posts of the roles whose title names two.
    """
    if not any(role.supervisors or role.subordinates or role.deputies for role in roles):
        return ((),) * len(roles)
    posts = [_post(role, several, grammar) for role, several in zip(roles, variants, strict=True)]
    index = _Index(posts, grammar)
    related: list[tuple[Relation, ...]] = []
    for number, role in enumerate(roles):
        kinds = (("supervisor", role.supervisors), ("subordinate", role.subordinates), ("deputy", role.deputies))
        named = [(kind, entry) for kind, entries in kinds for entry in entries]
        related.append(tuple([Relation(e, kind, _target(e, number, posts, index, grammar)) for kind, e in named]))
    return tuple(related)


def _clean(text: str, grammar: RelationGrammar) -> str:
    """A post's name without blanks, gloss and count, in its long form."""
    name = fold(text[:_LONGEST])
    if _ODD.search(name):
        name = _BLANK.sub("", name)
        name = _COUNT.sub("", _BRACKET.sub("", name)) or name
    word = grammar.longs.of(name.upper() if name.isascii() else name)
    if not word:
        return name
    before = name[: len(name) - len(word)]
    return name + "经理" if word == "副总" and before.endswith("常务") else before + grammar.long[word]


def _post(role: FoundRole, variants: tuple[str, ...], grammar: RelationGrammar) -> _Post:
    department = _BLANK.sub("", fold(role.department.text)) if role.department else ""
    units = (department, _stem(department, grammar)) if department else ()
    titles = tuple(_clean(title, grammar) for title in (role.title.text, *variants))
    ranks = tuple(_rank(title, units) for title in titles)
    printed = _BLANK.sub("", fold(role.title.text))
    return _Post(role.company.text if role.company else "", printed, department, titles, ranks)


def _rank(title: str, units: tuple[str, ...]) -> str:
    for unit in units:
        if unit and title.startswith(unit) and len(title) > len(unit):
            return title[len(unit) :]
    return title


def _stem(unit: str, grammar: RelationGrammar) -> str:
    """A unit's name without 部, 科, 中心."""
    tail = grammar.units.of(unit)
    return unit[: len(unit) - len(tail)] if len(tail) < len(unit) else unit


def _short(name: str, grammar: RelationGrammar) -> str:
    """A name without the unit word in front of its rank: 市场部经理 -> 市场经理, 语文教研组组长 -> 语文教研组长."""
    for length in (4, 3, 2):
        if name[-length:] in grammar.bare and len(name) > length + 1:
            return _stem(name[:-length], grammar) + name[-length:]
    return name


def _synonym(name: str, grammar: RelationGrammar) -> str:
    return grammar.same_any.sub(lambda found: grammar.same[found[0]], name) if grammar.same_any.search(name) else name


def _target(entry: Entry, source: int, posts: Sequence[_Post], index: _Index, grammar: RelationGrammar) -> int | None:
    """The one post that a name means, None where there is none or several could be meant."""
    text = fold(entry.text.strip()[: _LONGEST * 4])
    if text in grammar.nobody or text.startswith(grammar.classes) or text.endswith("等"):
        return None
    if "(" in text:
        found = index.printed.get((posts[source].company, _BLANK.sub("", text)), ())
        if len(found) == 1 and found[0] != source:
            return found[0]
    name = _clean(text, grammar)
    if _SEVERAL.search(text):
        # A list of posts, unless one post is called so.
        found = index.names.get((posts[source].company, name), ())
        if len(found) == 1 and found[0] != source:
            return found[0]
        if _LIST.search(_BRACKET.sub("", text)):
            return None
        parts = [_clean(part, grammar) for part in _SLASH.split(text)]
    else:
        parts = [name]
    for part in parts:
        if (target := _one(part, source, posts, index, grammar)) is not None:
            return target
    return None


def _one(name: str, source: int, posts: Sequence[_Post], index: _Index, grammar: RelationGrammar) -> int | None:
    if not name or name.startswith(grammar.classes):
        return None
    company = posts[source].company
    own = grammar.own.at(name, 0)
    rank = name[len(own) :] if own and name[len(own) :] else name
    if rank in grammar.bare:
        return _in_unit(rank, source, posts, index, grammar)
    if own and rank != name and (target := _in_unit(rank, source, posts, index, grammar)) is not None:
        return target
    house = grammar.houses.at(name, 0)
    for form in (name, name[len(house) :]) if house and len(house) < len(name) else (name,):
        found = index.names.get((company, form), ())
        others = [number for number in found if number != source]
        if others:
            return others[0] if len(others) == 1 else None
        short = _short(form, grammar)
        for table, key in zip(index.wide(), (short, _synonym(short, grammar), form), strict=True):
            found = table.get((company, key), ())
            if found:
                return found[0] if len(found) == 1 and found[0] != source else None
    return None


def _in_unit(rank: str, source: int, posts: Sequence[_Post], index: _Index, grammar: RelationGrammar) -> int | None:
    """The post of that rank in the unit of the one who names it: the same title first, then one that ends with it."""
    company, department = posts[source].company, posts[source].department
    for table, key in zip(index.units(), (rank, rank, _synonym(rank, grammar)), strict=True):
        found = [number for number in table.get((company, department, key), ()) if number != source]
        if found:
            return found[0] if len(found) == 1 else None
    return None
