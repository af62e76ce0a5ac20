"""Articles: many variants of one post's duties, and a page of questions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from gangwei.synth.brief import Brief
from gangwei.synth.sheet import LINE, NUMBERED, ORDINALS, Draft, Kind, Sheet, han_number, sentences
from gangwei.synth.vocabulary import Post

_VARIANT_HEADS: Final = (
    "{title}职责{n}",
    "{title}岗位职责{n}",
    "{title}岗位职责 篇{n}",
    "篇{n}：{title}岗位职责",
    "【第{n}篇】{title}的职责",
)


def variants_article(brief: Brief, rng: Random) -> Draft:
    """Variants of one post's duties under numbered headings, an essay's opening before them."""
    post = brief.posts[0]
    habit = rng.choice(_VARIANT_HEADS)
    same_line = habit.endswith("{n}") and rng.random() < 0.6
    ordinal = rng.choice(("dun", "dot", "dot", "dot_blank", "wide_dot"))
    stop = rng.choice(("full", "semi", "none", "mixed"))
    sheet = Sheet()
    sheet.line(Kind.HEADING, f"{post.title}的职责")
    sheet.line(Kind.PROSE, rng.choice(brief.words("prose.opening")).format(title=post.title))
    roles = []
    for number, variant in enumerate(_variants(post, brief, rng), 1):
        # The number of the variant and the first ordinal stand side by side.
        sheet.put(
            Kind.TITLE, habit.format(title=post.title, n=han_number(number) if habit.startswith("篇") else number)
        )
        sheet.put(Kind.BREAK, " " if same_line else "\n")
        sheet.items(variant.duties, ordinal, stop, LINE, rng)
        sheet.put(Kind.LINE, "\n")
        if variant.requirements:
            sheet.line(Kind.LABEL, brief.label("requirement", rng) + brief.colon())
            sheet.items(variant.requirements, ordinal, stop, LINE, rng)
            sheet.put(Kind.LINE, "\n")
        roles.append(variant)
    sheet.line(Kind.PROSE, rng.choice(brief.words("prose.closing")))
    return Draft(sheet.pieces, tuple(roles), head=f"{post.title}的职责", hant=brief.hant)


def _variants(post: Post, brief: Brief, rng: Random) -> Iterator[Post]:
    """Three variants or more, each with some of the duties in another order and some that any post has."""
    left = brief.room - 120
    generals = brief.words("general_duties")
    count = 0
    while left > 0 or count < 3:
        duties = rng.sample(post.duties, min(len(post.duties), rng.randint(3, 6)))
        duties += rng.sample(generals, rng.randint(0, 2))
        requirements = post.requirements if rng.random() < 0.25 else ()
        left -= 15 + sum(len(text) + 4 for text in (*duties, *requirements))
        count += 1
        yield Post(post.title, duties=tuple(duties), requirements=requirements)


def qa_article(brief: Brief, rng: Random) -> Draft:
    """A page of questions: essay answers, posts with a duty in brackets, then posts with labelled fields."""
    posts = brief.posts
    small = posts[1:3] if len(posts) > 3 else ()
    full = (posts[0], *posts[1 + len(small) :])
    sheet = Sheet()
    numbers = (f"{han_number(n)}、" for n in range(1, 100))
    names = {"title": posts[0].title, "other": posts[-1].title if len(posts) > 1 else "主管"}
    sheet.line(Kind.HEADING, f"{brief.industry}行业有哪些岗位？各个岗位是做什么的？")
    sheet.line(Kind.NOISE, f"2024-0{rng.randint(1, 9)}-{rng.randint(10, 28)} 已有 {rng.randint(20, 900)} 人阅读")
    roles = []
    if small:
        sheet.line(Kind.HEADING, f"{next(numbers)}{brief.industry}公司一般有哪些岗位？")
        sheet.line(Kind.PROSE, "小公司一人多岗，大一点的通常有下面几个岗位：")
        for post in small:
            duty = sentences(post.duties)[0]
            sheet.put(Kind.TITLE, post.title)
            sheet.put(Kind.MARK, "(")
            sheet.put(Kind.ITEM, duty)
            sheet.put(Kind.MARK, ")")
            sheet.put(Kind.LINE, "\n")
            roles.append(Post(post.title, duties=(duty,)))
    for question, answer in zip(
        rng.sample(brief.words("prose.questions"), 2), brief.words("prose.answers"), strict=False
    ):
        sheet.line(Kind.HEADING, next(numbers) + question.format(**names))
        sheet.line(Kind.PROSE, answer.format(**names))
    sheet.line(Kind.HEADING, f"{next(numbers)}{brief.industry}公司各岗位职责怎么写？求一份参考")
    sheet.line(Kind.PROSE, "给你一份我们公司用的，自己改改：")
    roles += _full_posts(sheet, full, brief, rng)
    sheet.line(Kind.PROSE, rng.choice(brief.words("prose.closing")))
    return Draft(sheet.pieces, tuple(roles), head="行业问答", hant=brief.hant)


def _full_posts(sheet: Sheet, posts: tuple[Post, ...], brief: Brief, rng: Random) -> list[Post]:
    fields = ("supervisor", "subordinate", "summary", "duty", "authority", "requirement")
    labels = {field: brief.label(field, rng) + brief.colon() for field in fields}
    authority = rng.random() < 0.4
    ordinal = rng.choice(NUMBERED)
    bullets = rng.choice((ordinal, "diamond", "bullet"))
    gap = rng.choice(("\n", "\n\n"))
    roles = []
    for number, post in enumerate(posts, 1):
        said = post._replace(department=None, kpis=(), routines=(), authorities=post.authorities if authority else ())
        sheet.put(Kind.ORDINAL, ORDINALS["dot_blank"](number))
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.LINE, gap)
        values = (
            ("supervisor", "、".join(said.supervisors)),
            ("subordinate", "、".join(said.subordinates)),
            ("summary", said.summary),
        )
        for field, value in values:
            if value:
                sheet.put(Kind.LABEL, labels[field])
                sheet.put(Kind.VALUE, value)
                sheet.put(Kind.LINE, gap)
        for field, items, style in (
            ("duty", said.duties, ordinal),
            ("authority", said.authorities, ordinal),
            ("requirement", said.requirements, bullets),
        ):
            if items:
                sheet.put(Kind.LABEL, labels[field])
                sheet.put(Kind.BREAK, gap)
                sheet.items(items, style, rng.choice(("semi", "full", "none")), LINE, rng)
                sheet.put(Kind.LINE, gap)
        roles.append(said)
    return roles
