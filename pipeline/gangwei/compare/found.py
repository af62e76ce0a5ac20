"""What a comparison found, counted and in order: families with their members, clusters with their standing, copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gangwei.compare.copies import Passage
from gangwei.compare.corpus import Corpus, Role
from gangwei.compare.duties import Duties
from gangwei.compare.families import Work
from gangwei.compare.stars import Star

TYPICAL: Final = "typical"
SPECIAL: Final = "special"
COMMON: Final = "common"
_HALF: Final = 0.5


class Cluster(NamedTuple):
    """A duty of a family: its statements, the one in the middle first counted, and who states it."""

    cluster: int
    middle: int  # the number of a duty
    duties: tuple[int, ...]
    n_roles: int
    n_companies: int
    n_independent: int
    share: float
    standing: str


class Family(NamedTuple):
    """Roles that do the same work; `clusters` the most widespread first."""

    middle: int  # the number of a role
    roles: tuple[int, ...]
    titles: tuple[str, ...]
    n_companies: int
    n_independent: int
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All that the tables are made of; `copy_of` is the passage of each duty that stands in one."""

    corpus: Corpus
    duties: Duties
    work: Work
    kin: Star
    wordings: Star
    families: tuple[Family, ...]
    family_of: tuple[int, ...]  # by role
    passages: tuple[Passage, ...]
    copy_of: dict[int, int]  # by duty


def find(corpus: Corpus, duties: Duties, passages: Sequence[Passage]) -> Found:
    """The comparison of a corpus."""
    counts = Counter(corpus.text)
    wordings = duties.clusters([counts[number] for number in range(len(corpus.texts))])
    work = Work(corpus, duties, wordings.middle)
    kin = work.families()
    copy_of = {duty: passage.copy for passage in passages for duty in range(passage.first, passage.last + 1)}
    members: dict[int, list[int]] = {}
    for role, middle in enumerate(kin.middle):
        members.setdefault(middle, []).append(role)
    families = [_family(corpus, middle, roles, wordings, copy_of) for middle, roles in members.items()]
    families.sort(key=lambda f: (-f.n_independent, -f.n_companies, -len(f.roles), f.middle))
    family_of = [0] * len(corpus.roles)
    for number, family in enumerate(families):
        for role in family.roles:
            family_of[role] = number
    return Found(
        *(corpus, duties, work, kin, wordings, tuple(families), tuple(family_of), tuple(passages), copy_of),
    )


def _family(corpus: Corpus, middle: int, roles: Sequence[int], wordings: Star, copy_of: dict[int, int]) -> Family:
    owner = {duty: role for role in roles for duty in corpus.duties(role)}
    groups: dict[int, list[int]] = {}
    for duty in owner:
        groups.setdefault(wordings.middle[corpus.text[duty]], []).append(duty)
    n_independent = independent(
        (corpus.roles[role].source, {copy_of[duty] for duty in corpus.duties(role) if duty in copy_of})
        for role in roles
    )
    clusters = []
    for cluster, duties in groups.items():
        sources = [corpus.roles[owner[duty]].source for duty in duties]
        apart = independent((s, {copy_of[d]} if d in copy_of else set()) for s, d in zip(sources, duties, strict=True))
        share = min(1.0, apart / n_independent)
        n_companies = len(set(sources))
        clusters.append(
            Cluster(
                cluster,
                max(duties, key=lambda duty: (wordings.score[corpus.text[duty]], -duty)),
                tuple(duties),
                len({owner[duty] for duty in duties}),
                n_companies,
                apart,
                round(share, 4),
                TYPICAL if apart > 1 and share >= _HALF else SPECIAL if n_companies == 1 else COMMON,
            )
        )
    clusters.sort(key=lambda c: (-c.n_independent, -c.n_companies, -c.n_roles, c.middle))
    names = Counter(corpus.roles[role].name for role in roles)
    titles = tuple(sorted(names, key=lambda name: (-names[name], name)))
    n_companies = len({corpus.roles[role].source for role in roles})
    return Family(middle, tuple(roles), titles, n_companies, n_independent, tuple(clusters))


def independent(statements: Iterable[tuple[Hashable, set[int]]]) -> int:
    """How many sources there are, those that share a copied passage counted as one.

    >>> independent([("甲", {1}), ("乙", {1}), ("丙", set()), ("甲", {2})])
    2
    """
    above: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    sources = set()
    for source, copies in statements:
        sources.add(source)
        for copy in copies:
            above[root(("copy", copy))] = root(source)
    return len({root(source) for source in sources})


def most_frequent(roles: Iterable[Role], column: str) -> str:
    """What most roles have in a column, of two alike the first by code point; "" where none has anything."""
    counts = Counter(value for role in roles if (value := getattr(role, column)))
    return min(counts, key=lambda value: (-counts[value], value), default="")
