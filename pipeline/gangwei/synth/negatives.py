"""Documents that speak of posts and describe none: a reader finds no role in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Final

from gangwei.synth.brief import Brief
from gangwei.synth.sheet import Draft, Kind, Sheet

_TEMPLATE: Final = (
    "title",
    "department",
    "supervisor",
    "subordinate",
    "summary",
    "duty",
    "authority",
    "kpi",
    "requirement",
)


def negative(brief: Brief, rng: Random) -> Draft:
    """An essay, blank forms, a list of contents, an organisation chart, a career path, news or a page of definitions.

    Where the room is larger than what one of them has to say, the next one follows, as pages of a site do.
    """
    sheet = Sheet()
    left = brief.room
    for write in cycle(rng.sample(_KINDS, len(_KINDS))):
        kind = Kind.HEADING
        for line in write(brief, rng):
            sheet.line(kind, line)
            kind = Kind.PROSE
            left -= len(line) + 1
            if left <= 0:
                return Draft(sheet.pieces, head="管理资料", hant=brief.hant)
        sheet.put(Kind.BREAK, "\n")
    raise AssertionError("cycle ends only where nothing is in it")


def _essay(brief: Brief, rng: Random) -> Iterator[str]:
    yield rng.choice(brief.words("prose.essay_titles"))
    yield f"作者：老周　阅读 {rng.randint(100, 999)}"
    yield from _shuffled(brief.words("prose.essay"), rng)


def _blank_form(brief: Brief, rng: Random) -> Iterator[str]:
    head = rng.choice(brief.words("heads"))
    labels = [brief.label(field, rng) for field in _TEMPLATE]
    colon = brief.colon()
    empty = rng.choice(("", "________", "{}", "（请填写）"))
    yield f"{head}（模板）"
    for _ in range(rng.randint(1, 3)):
        for label in labels:
            yield f"{label}{colon}{empty}"
        yield f"填表日期{colon}    审核人{colon}"


def _contents(brief: Brief, rng: Random) -> Iterator[str]:
    yield "目　录"
    dots = rng.choice(("……", "............", "\t"))
    page = 1
    posts = _posts(brief, rng)
    for number, (title, _) in enumerate(posts, 1):
        yield f"{number}、{title}岗位说明书{dots}{page}"
        page += rng.randint(1, 3)


def _chart(brief: Brief, rng: Random) -> Iterator[str]:
    yield f"{brief.company}组织架构图"
    yield "董事会"
    yield "总经理"
    for place, (title, department) in enumerate(_posts(brief, rng)):
        yield f"{department} {title}（{place % 4 + 1}人）"


def _career(brief: Brief, rng: Random) -> Iterator[str]:
    yield "员工职业发展通道说明"
    posts = cycle(_posts(brief, rng))
    for line in brief.words("prose.career"):
        yield line.format(title=next(posts)[0], other=next(posts)[0])


def _news(brief: Brief, rng: Random) -> Iterator[str]:
    yield f"{brief.company}召开年度工作会议"
    posts = cycle(_posts(brief, rng))
    for line in brief.words("prose.news"):
        date = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        yield line.format(date=date, company=brief.company, title=next(posts)[0], other=next(posts)[0])


def _definitions(brief: Brief, rng: Random) -> Iterator[str]:
    yield "岗位说明书填写说明"
    yield "岗位说明书由各部门填写，人力资源部审核。填写时请注意以下几点。"
    yield from _shuffled(brief.words("prose.definitions"), rng)


def _posts(brief: Brief, rng: Random) -> list[tuple[str, str]]:
    posts = [*brief.posts, *rng.choice(brief.vocabulary.industries).posts]
    return list(dict.fromkeys((post.title, post.department or "") for post in posts))


def _shuffled(lines: tuple[str, ...], rng: Random) -> list[str]:
    return rng.sample(lines, len(lines))


_KINDS: Final = (_essay, _blank_form, _contents, _chart, _career, _news, _definitions)
