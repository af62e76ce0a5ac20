"""Superiors, subordinates and deputies: which post of the same document is meant, where just one can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.model import Entry, FoundRole, Relation
from gangwei.normalise.numbers import fold
from gangwei.rulebook.typed import Endings, TypedRules, Words, pairs

_LONGEST: Final = 60  # of a post's name
_BRACKET: Final = re.compile(r"\([^()]{0,40}\)?")
_LIST: Final = re.compile(r"[、,;]|(?<=.)(?:和|及|与|以及)(?=.)")
_SLASH: Final = re.compile(r"\s*[/|]\s*|(?<=.)或者?(?=.)")
_BLANK: Final = re.compile(r"\s+")


class RelationGrammar:
    """The words of relations, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        groups = rules.relations
        self.long: Final = pairs(groups["long"])
        self.longs: Final = Endings(self.long)
        self.houses: Final = Words(dict.fromkeys(groups["house"], ""))
        self.bare: Final = frozenset(groups["bare"])
        self.own: Final = Words(dict.fromkeys(groups["own"], ""))
        self.classes: Final = groups["class"]
        self.nobody: Final = frozenset(groups["nobody"])
        self.units: Final = Endings(dict.fromkeys(groups["unit"], ""))
        same = pairs(groups["same"])
        self.same: Final = Words({**{right: right for right in same.values()}, **same})


@lru_cache(maxsize=4)
def relation_grammar(rules: TypedRules) -> RelationGrammar:
    """The grammar of relations of a rulebook."""
    return RelationGrammar(rules)


class _Post(NamedTuple):
    """A role as others may call it: its house and unit, its title, and that title without its unit."""

    company: str
    department: str
    title: str
    rank: str


class _Index(NamedTuple):
    """Which posts answer to a name, from the closest reading of the name to the widest."""

    names: dict[tuple[str, str], list[int]]
    short: dict[tuple[str, str], list[int]]
    synonyms: dict[tuple[str, str], list[int]]
    ranks: dict[tuple[str, str, str], list[int]]
    endings: dict[tuple[str, str, str], list[int]]


def read_relations(roles: Sequence[FoundRole], grammar: RelationGrammar) -> tuple[tuple[Relation, ...], ...]:
    """For each role its superiors, subordinates and deputies, with the index of the role that each means."""
    if not any(role.supervisors or role.subordinates or role.deputies for role in roles):
        return ((),) * len(roles)
    posts = [_post(role, grammar) for role in roles]
    index = _index(posts, grammar)
    return tuple(
        tuple(
            Relation(entry, kind, _target(entry, number, posts, index, grammar))
            for kind, entries in (
                ("supervisor", role.supervisors),
                ("subordinate", role.subordinates),
                ("deputy", role.deputies),
            )
            for entry in entries
        )
        for number, role in enumerate(roles)
    )


def _clean(text: str, grammar: RelationGrammar) -> str:
    """A post's name without blanks and gloss, in its long form."""
    name = _BLANK.sub("", fold(text[:_LONGEST]))
    name = _BRACKET.sub("", name) or name
    word = grammar.longs.of(name.upper() if name.isascii() else name)
    if not word:
        return name
    before = name[: len(name) - len(word)]
    if word == "副总" and before.endswith("常务"):
        return name + "经理"
    return before + grammar.long[word]


def _post(role: FoundRole, grammar: RelationGrammar) -> _Post:
    department = _BLANK.sub("", fold(role.department.text)) if role.department else ""
    title = _clean(role.title.text, grammar)
    rank = title
    for unit in (department, _stem(department, grammar)):
        if unit and title.startswith(unit) and len(title) > len(unit):
            rank = title[len(unit) :]
            break
    return _Post(role.company.text if role.company else "", department, title, rank)


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
    place, parts = 0, []
    for start, word in grammar.same.each(name):
        parts += [name[place:start], grammar.same.senses[word]]
        place = start + len(word)
    return "".join([*parts, name[place:]]) if parts else name


def _index(posts: Sequence[_Post], grammar: RelationGrammar) -> _Index:
    index = _Index({}, {}, {}, {}, {})
    for number, post in enumerate(posts):
        names = {post.title}
        if post.department:
            names |= {
                post.department + post.rank,
                _stem(post.department, grammar) + post.rank,
                post.department + post.title,
            }
        # A bare rank names a post only together with its unit.
        for name in sorted(names - grammar.bare if post.department else names):
            index.names.setdefault((post.company, name), []).append(number)
        shorts = sorted({_short(name, grammar) for name in names} - grammar.bare)
        for name in shorts:
            index.short.setdefault((post.company, name), []).append(number)
        for name in sorted({_synonym(name, grammar) for name in shorts}):
            index.synonyms.setdefault((post.company, name), []).append(number)
        place = (post.company, post.department)
        index.ranks.setdefault((*place, post.rank), []).append(number)
        if post.title != post.rank:
            index.ranks.setdefault((*place, post.title), []).append(number)
        for length in range(2, min(4, len(post.title) - 1) + 1):
            if post.title[-length - 1] != "副":
                index.endings.setdefault((*place, post.title[-length:]), []).append(number)
    return index


def _target(entry: Entry, source: int, posts: Sequence[_Post], index: _Index, grammar: RelationGrammar) -> int | None:
    """The one post that a name means, None where there is none or several could be meant."""
    text = fold(entry.text.strip()[: _LONGEST * 4])
    if text in grammar.nobody or any(text.startswith(word) for word in grammar.classes):
        return None
    company = posts[source].company
    if _LIST.search(_BRACKET.sub("", text)):
        # A list of posts, unless one post is called so.
        found = index.names.get((company, _clean(text, grammar)), ())
        return found[0] if len(found) == 1 and found[0] != source else None
    for part in _SLASH.split(text):
        target = _one(_clean(part, grammar), source, posts, index, grammar) if part else None
        if target is not None:
            return target
    return None


def _one(name: str, source: int, posts: Sequence[_Post], index: _Index, grammar: RelationGrammar) -> int | None:
    if not name or any(name.startswith(word) for word in grammar.classes):
        return None
    company, department = posts[source].company, posts[source].department
    own = grammar.own.at(name, 0)
    rank = name[len(own) :] if own and name[len(own) :] else name
    if rank in grammar.bare:
        return _in_unit(rank, source, posts, index)
    if own and rank != name and (target := _in_unit(rank, source, posts, index)) is not None:
        return target
    forms = [name]
    if house := grammar.houses.at(name, 0):
        forms.append(name[len(house) :])
    for form in filter(None, forms):
        for table, key in (
            (index.names, form),
            (index.short, _short(form, grammar)),
            (index.synonyms, _synonym(_short(form, grammar), grammar)),
        ):
            found = [number for number in table.get((company, key), ()) if number != source]
            if len(found) == 1 and not (table is not index.names and source in table.get((company, key), ())):
                return found[0]
            if found:
                return None
    ranked = [number for number in index.ranks.get((company, department, name), ()) if number != source]
    return ranked[0] if len(ranked) == 1 and department else None


def _in_unit(rank: str, source: int, posts: Sequence[_Post], index: _Index) -> int | None:
    """The post of that rank in the unit of the one who names it: the same title first, then one that ends with it."""
    company, department = posts[source].company, posts[source].department
    for table in (index.ranks, index.endings):
        found = [number for number in table.get((company, department, rank), ()) if number != source]
        if found:
            return found[0] if len(found) == 1 else None
    return None
