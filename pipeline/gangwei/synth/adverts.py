"""Job advertisements of the mainland and of Taiwan, and tables of them as CSV and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from random import Random

from gangwei.synth.brief import Brief
from gangwei.synth.sheet import LINE, NUMBERED, Draft, Kind, Piece, Shape, Sheet
from gangwei.synth.vocabulary import Post


def job_ad(brief: Brief, rng: Random) -> Draft:
    """An advertisement: portrait, posts with duties and requirements, pay and contact that nobody's role holds."""
    return _taiwan_ad(brief, rng) if brief.hant else _mainland_ad(brief, rng)


def _mainland_ad(brief: Brief, rng: Random) -> Draft:
    words = brief.words
    duty, requirement, plus = (brief.label(field, rng) for field in ("duty", "requirement", "plus"))
    before, after = rng.choice((("", "："), ("【", "】"), ("", ":"), ("### ", ""), ("一、", "："), ("**", "**")))
    ordinal = rng.choice((*NUMBERED, "dash", "none"))
    stop = "none" if ordinal == "none" else rng.choice(("semi", "full", "none"))
    sheet = Sheet()
    sheet.line(Kind.HEADING, f"{brief.company}招聘启事")
    for sentence in rng.sample(words("advert.portrait"), rng.randint(1, 3)):
        sheet.line(Kind.NOISE, sentence.format(company=brief.company, industry=brief.industry))
    roles = []
    for post in brief.posts:
        sheet.put(Kind.LINE, "\n")
        sheet.put(Kind.LABEL, rng.choice(("招聘岗位：", "招聘职位：")))
        sheet.put(Kind.TITLE, post.title)
        sheet.line(Kind.NOISE, rng.choice(("", *words("advert.counts"))))
        extra = post.requirements[2:] if rng.random() < 0.3 else ()
        needed = post.requirements[:2] if extra else post.requirements
        for label, items in ((duty, post.duties), (requirement, needed), (plus, extra)):
            if items:
                sheet.put(
                    Kind.LABEL, before.replace("一", "一" if label == duty else "二" if label == requirement else "三")
                )
                sheet.put(Kind.LABEL, label)
                sheet.put(Kind.MARK, after)
                sheet.put(Kind.LINE, "\n")
                sheet.items(items, ordinal, stop, LINE, rng)
                sheet.put(Kind.LINE, "\n")
        if rng.random() < 0.6:
            sheet.line(Kind.NOISE, f"薪资待遇：{rng.choice(words('advert.salaries'))}")
        if rng.random() < 0.6:
            sheet.line(Kind.NOISE, f"工作地点：{rng.choice(words('advert.places'))}")
        roles.append(Post(post.title, duties=post.duties, requirements=(*needed, *extra)))
    if rng.random() < 0.6:
        sheet.line(Kind.NOISE, f"{rng.choice(words('advert.benefit_labels'))}：")
        for number, benefit in enumerate(rng.sample(words("advert.benefits"), 3), 1):
            sheet.line(Kind.NOISE, f"{number}、{benefit}；")
    sheet.line(Kind.NOISE, rng.choice(words("advert.contacts")))
    return Draft(sheet.pieces, tuple(roles), company=brief.company, head=f"{brief.company}招聘启事", hant=brief.hant)


def _taiwan_ad(brief: Brief, rng: Random) -> Draft:
    words = brief.words
    title, duty, requirement = (brief.label(field, rng) for field in ("title", "duty", "requirement"))
    before, after = rng.choice((("【", "】"), ("", "："), ("###", "："), ("◎", "：")))
    ordinal = rng.choice((*NUMBERED, "dash"))
    sheet = Sheet()
    sheet.line(Kind.HEADING, f"{brief.company} 诚征伙伴")
    roles = []
    for post in brief.posts:
        sheet.put(Kind.LINE, "\n")
        sheet.put(Kind.LABEL, before + title + after)
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.LINE, "\n")
        for label, items in ((duty, post.duties), (requirement, post.requirements)):
            sheet.put(Kind.LABEL, before + label + after)
            sheet.put(Kind.LINE, "\n")
            sheet.items(items, ordinal, "none", LINE, rng)
            sheet.put(Kind.LINE, "\n")
        for line in rng.sample(words("advert.lefts_hant"), 3):
            sheet.line(Kind.NOISE, line)
        roles.append(Post(post.title, duties=post.duties, requirements=post.requirements))
    sheet.line(
        Kind.NOISE,
        f"{rng.choice(words('advert.benefit_labels_hant'))}：{'、'.join(rng.sample(words('advert.benefits'), 2))}",
    )
    return Draft(sheet.pieces, tuple(roles), company=brief.company, head=f"{brief.company}诚征伙伴", hant=brief.hant)


def csv_records(brief: Brief, rng: Random) -> Draft:
    """A CSV file with a row a post, each of another employer; the description is one cell of many lines, or two cells."""
    apart = rng.random() < 0.5
    heads = ["公司名称", "职位名称", *(["岗位职责", "任职要求"] if apart else ["职位描述"]), "薪资", "城市"]
    sheet = Sheet()
    sheet.put(Kind.MARKUP, ",".join(heads) + "\n")
    roles = []
    for post in brief.posts:
        company = _employer(brief, rng)
        sheet.put(Kind.VALUE, company)
        sheet.put(Kind.MARKUP, ",")
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.NOISE, rng.choice(("", "", "（2名）", "（J2031）")))
        sheet.put(Kind.MARKUP, ',"')
        _describe(sheet, post, brief, rng, "\n", '","' if apart else "")
        sheet.put(
            Kind.MARKUP,
            '",' + _row(rng.choice(brief.words("advert.salaries")), rng.choice(brief.words("advert.places"))),
        )
        roles.append(Post(post.title, duties=post.duties, requirements=post.requirements, company=company))
    return Draft(sheet.pieces, tuple(roles), head="", suffix=".csv", shape=Shape.RECORDS, hant=brief.hant)


def jsonl_records(brief: Brief, rng: Random) -> Draft:
    """JSON lines, a post a line, each of another employer, the description with escaped line ends."""
    sheet = Sheet()
    roles = []
    for post in brief.posts:
        company = _employer(brief, rng)
        sheet.put(Kind.MARKUP, '{"company": "')
        sheet.put(Kind.VALUE, company)
        sheet.put(Kind.MARKUP, '", "title": "')
        sheet.put(Kind.TITLE, post.title)
        sheet.put(Kind.MARKUP, '", "description": "')
        _describe(sheet, post, brief, rng, "\\n", "")
        salary = json.dumps(rng.choice(brief.words("advert.salaries")), ensure_ascii=False)
        sheet.put(Kind.MARKUP, f'", "salary": {salary}}}\n')
        roles.append(Post(post.title, duties=post.duties, requirements=post.requirements, company=company))
    return Draft(sheet.pieces, tuple(roles), suffix=".jsonl", shape=Shape.RECORDS, hant=brief.hant)


def _employer(brief: Brief, rng: Random) -> str:
    return rng.choice(rng.choice(brief.vocabulary.industries).companies)


def _describe(sheet: Sheet, post: Post, brief: Brief, rng: Random, end: str, between: str) -> None:
    """Duties and requirements: under labels in one cell, or in two cells that `between` parts."""
    ordinal = rng.choice(("dun", "dot", "dot_blank", "wide_paren"))
    stop = rng.choice(("semi", "full", "none"))
    for field, items in (("duty", post.duties), ("requirement", post.requirements)):
        if not between:
            sheet.put(Kind.LABEL, brief.label(field, rng) + "：")
            sheet.put(Kind.MARKUP, end)
        sheet.items(items, ordinal, stop, Piece(Kind.MARKUP, end))
        if field == "duty":
            sheet.put(Kind.MARKUP, between or end)


def _row(*cells: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
