"""What was found -> the rows of the tables, in the order of their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from gangwei.compare.align import RELATIONS, SAME
from gangwei.compare.corpus import KINDS, Corpus
from gangwei.compare.found import SPECIAL, TYPICAL, Found, most_frequent
from gangwei.compare.pairs import Pairs
from gangwei.tables import Row

_TITLES: Final = 20


def family_id(number: int) -> str:
    return f"F{number + 1:05d}"


def families(found: Found) -> Iterator[Row]:
    corpus = found.corpus
    for number, family in enumerate(found.families):
        roles = [corpus.roles[role] for role in family.roles]
        yield (
            *(family_id(number), family.titles[0], "|".join(family.titles[:_TITLES])),
            *(len(family.titles), len(roles), len({(role.run, role.doc_id) for role in roles})),
            *(family.n_companies, family.n_independent, len(family.clusters)),
            sum(cluster.standing == TYPICAL for cluster in family.clusters),
            *(most_frequent(roles, "level"), most_frequent(roles, "function")),
            *_source(corpus, family.middle),
            *_place(corpus, family.middle),
        )


def duty_clusters(found: Found) -> Iterator[Row]:
    corpus = found.corpus
    for number, family in enumerate(found.families):
        owner = {duty: role for role in family.roles for duty in corpus.duties(role)}
        for cluster in family.clusters:
            middle, text = cluster.middle, corpus.texts[corpus.text[cluster.middle]]
            yield (
                *(
                    family_id(number),
                    cluster_id(cluster.cluster),
                    KINDS[text.is_authority],
                    text.text,
                    text.action,
                    text.object,
                ),
                *(cluster.standing, cluster.share, cluster.n_companies, cluster.n_independent),
                *(cluster.n_roles, len(cluster.duties)),
                *_source(corpus, owner[middle]),
                *(corpus.start[middle], corpus.end[middle]),
            )


def cluster_id(middle: int) -> str:
    return f"D{middle + 1:06d}"


def duty_members(found: Found) -> Iterator[Row]:
    corpus = found.corpus
    for role, owner in enumerate(corpus.roles):
        for duty in corpus.duties(role):
            text = corpus.text[duty]
            yield (
                *(family_id(found.family_of[role]), cluster_id(found.wordings.middle[text])),
                *_source(corpus, role),
                *(owner.company, KINDS[corpus.kind[duty]], corpus.position[duty], corpus.texts[text].text),
                *(round(found.wordings.score[text], 4), _copy_id(found, duty)),
                *(corpus.start[duty], corpus.end[duty]),
            )


def copies(found: Found) -> Iterator[Row]:
    corpus = found.corpus
    lengths = [len(text.text) for text in corpus.texts]
    seen: set[int] = set()
    for passage in sorted(found.passages, key=lambda p: (p.copy, p.role)):
        whole = sum(lengths[corpus.text[duty]] for duty in corpus.duties(passage.role))
        inside = range(passage.first, passage.last + 1)
        yield (
            f"K{passage.copy + 1:05d}",
            *_source(corpus, passage.role),
            *(corpus.roles[passage.role].company, corpus.texts[corpus.text[passage.first]].text, len(inside)),
            round(sum(lengths[corpus.text[duty]] for duty in inside) / whole, 4),
            passage.copy not in seen,
            *(min(corpus.start[duty] for duty in inside), max(corpus.end[duty] for duty in inside)),
        )
        seen.add(passage.copy)


def role_pairs(found: Found, pairs: Pairs) -> Iterator[Row]:
    corpus = found.corpus
    for number, (left, right) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        relations = [pairs.relation[place] for place in pairs.aligned(number)]
        n_same = relations.count(RELATIONS.index(SAME))
        titles = "same" if corpus.roles[left].name == corpus.roles[right].name else "other"
        work = "same" if found.work.is_same(left, right) else "other"
        yield (
            *(f"{titles}_title_{work}_work", round(pairs.similarity[number], 4), n_same, len(relations) - n_same),
            *_side(corpus, left),
            *_side(corpus, right),
        )


def duty_pairs(found: Found, pairs: Pairs) -> Iterator[Row]:
    corpus = found.corpus
    for number, (left, right) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        for place in pairs.aligned(number):
            yield (
                *(RELATIONS[pairs.relation[place]], round(pairs.score[place], 4)),
                *_duty_side(corpus, left, pairs.left_duty[place]),
                *_duty_side(corpus, right, pairs.right_duty[place]),
            )


def cases(found: Found) -> dict[str, int]:
    """How many pairs of roles there are of each case, all pairs counted; same work: of one family."""
    roles = found.corpus.roles
    by_title, by_family, by_both = (
        _pairs_within(key)
        for key in (
            [role.name for role in roles],
            list(found.family_of),
            list(zip(found.family_of, (role.name for role in roles), strict=True)),
        )
    )
    every = len(roles) * (len(roles) - 1) // 2
    return {
        "same_title_same_work": by_both,
        "same_title_other_work": by_title - by_both,
        "other_title_same_work": by_family - by_both,
        "other_title_other_work": every - by_title - by_family + by_both,
    }


def _pairs_within(keys: list[str] | list[int] | list[tuple[int, str]]) -> int:
    counts: dict[object, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return sum(count * (count - 1) // 2 for count in counts.values())


def special_duties(found: Found) -> Callable[[int], tuple[int, int]]:
    """For a role, how many of its duties are typical of its family, and how many are its company's alone."""
    standing = {
        (number, cluster.cluster): cluster.standing
        for number, family in enumerate(found.families)
        for cluster in family.clusters
    }

    def counted(role: int) -> tuple[int, int]:
        corpus = found.corpus
        own = [
            standing[found.family_of[role], found.wordings.middle[corpus.text[duty]]]
            for duty in corpus.duties(role)
            if not corpus.is_authority(duty)
        ]
        return own.count(TYPICAL), own.count(SPECIAL)

    return counted


def _duty_side(corpus: Corpus, role: int, duty: int) -> Row:
    return (
        *_source(corpus, role),
        *(KINDS[corpus.kind[duty]], corpus.position[duty], corpus.texts[corpus.text[duty]].text),
        *(corpus.start[duty], corpus.end[duty]),
    )


def _side(corpus: Corpus, number: int) -> Row:
    role = corpus.roles[number]
    return (*_source(corpus, number), role.company, role.title, role.start, role.end)


def _source(corpus: Corpus, number: int) -> tuple[str, str, str]:
    role = corpus.roles[number]
    return corpus.runs[role.run], role.role_id, role.doc_id


def _place(corpus: Corpus, number: int) -> tuple[int, int]:
    role = corpus.roles[number]
    return role.start, role.end


def _copy_id(found: Found, duty: int) -> str:
    return f"K{found.copy_of[duty] + 1:05d}" if duty in found.copy_of else ""
