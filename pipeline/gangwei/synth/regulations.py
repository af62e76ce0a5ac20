"""Regulations with chapters and articles, and documents of units alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count, cycle
from random import Random

from gangwei.synth.brief import Brief
from gangwei.synth.sheet import LINE, ORDINALS, Draft, Kind, Sheet, han_number, sentences
from gangwei.synth.vocabulary import Post, Unit


def regulation(brief: Brief, rng: Random) -> Draft:
    """A regulation: general rules, a chapter a department with its functions and its posts' duties, final rules."""
    chapters: dict[str, list[Post]] = {}
    for post in brief.posts:
        chapters.setdefault(post.department or "", []).append(post)
    functions = {unit.name: unit for unit in brief.units}
    articles = rng.random() < 0.6
    ordinal = rng.choice(("dun", "dun", "wide_paren", "han_paren", "dot"))
    stop = rng.choice(("semi", "semi", "full", "none"))
    indent = rng.choice(("", "　　"))
    numbers = count(1)
    sheet = Sheet()
    head = f"{brief.company}岗位责任制"
    sheet.line(Kind.HEADING, head)
    sheet.line(Kind.HEADING, "第一章 总则" if articles else "一、总则")
    rules = rng.sample(brief.words("prose.regulation_rules"), 4)
    _rules(sheet, rules[:2], articles, numbers, indent)
    roles: list[Post] = []
    units: list[Unit] = []
    for chapter, (department, posts) in enumerate(chapters.items(), 2):
        sheet.line(
            Kind.HEADING,
            f"第{han_number(chapter)}章 {department}" if articles else f"{han_number(chapter)}、{department}",
        )
        unit = functions.pop(department, None)
        if unit is not None:
            _heading(sheet, f"{department}{brief.label('unit', rng)[-2:]}", articles, numbers, indent)
            sheet.items(unit.functions, ordinal, stop, LINE, rng)
            sheet.put(Kind.LINE, "\n")
            units.append(unit)
        for post in posts:
            answers = rng.random() < 0.2
            said = Post(post.title, department or None, post.supervisors if answers else (), duties=post.duties)
            link = f"直接对{'、'.join(post.supervisors)}负责，履行下列职责" if answers else "岗位职责"
            _heading(sheet, post.title + link, articles, numbers, indent)
            sheet.items(post.duties, ordinal, stop, LINE, rng)
            sheet.put(Kind.LINE, "\n")
            roles.append(said)
    sheet.line(
        Kind.HEADING,
        f"第{han_number(len(chapters) + 2)}章 附则" if articles else f"{han_number(len(chapters) + 2)}、附则",
    )
    _rules(sheet, rules[2:], articles, numbers, indent)
    return Draft(sheet.pieces, tuple(roles), tuple(units), brief.company, head, hant=brief.hant)


def _heading(sheet: Sheet, text: str, articles: bool, numbers: count[int], indent: str) -> None:
    sheet.put(Kind.BREAK, indent)
    if articles:
        sheet.put(Kind.ORDINAL, f"第{han_number(next(numbers))}条 ")
    sheet.put(Kind.TITLE, text)
    sheet.put(Kind.MARK, "：")
    sheet.put(Kind.LINE, "\n")


def _rules(sheet: Sheet, rules: list[str], articles: bool, numbers: count[int], indent: str) -> None:
    for rule in rules:
        sheet.put(Kind.BREAK, indent)
        sheet.put(Kind.ORDINAL, f"第{han_number(next(numbers))}条 " if articles else "")
        sheet.line(Kind.PROSE, f"{rule}。")


def unit_functions(brief: Brief, rng: Random) -> Draft:
    """Functions of units, and not a post among them."""
    named = rng.random() < 0.6
    head = f"{brief.company if named else ''}部门职能汇编"
    label = brief.label("unit", rng)
    ordinal = rng.choice(("dun", "dot", "wide_paren", "circle", "none"))
    stop = "none" if ordinal == "none" else rng.choice(("semi", "full", "none"))
    prose = rng.random() < 0.2
    sheet = Sheet()
    sheet.line(Kind.HEADING, head)
    said = []
    for number, unit in enumerate(_units(brief, rng), 1):
        sheet.put(Kind.ORDINAL, ORDINALS["han"](number))
        sheet.put(Kind.TITLE, unit.name + (label[-2:] if label.startswith("部门") else label))
        sheet.put(Kind.LINE, "\n")
        functions = sentences(unit.functions) if prose else unit.functions
        if prose:
            sheet.items(functions, "none", "semi")
        else:
            sheet.items(functions, ordinal, stop, LINE, rng)
        sheet.put(Kind.LINE, "\n")
        said.append(Unit(unit.name, functions))
    return Draft(sheet.pieces, (), tuple(said), brief.company if named else None, head, hant=brief.hant)


def _units(brief: Brief, rng: Random) -> Iterator[Unit]:
    """Units until the room is filled: the company's own, then those of other industries, in a long document again."""
    own = {unit.name for unit in brief.units}
    others = [unit for industry in brief.vocabulary.industries for unit in industry.units if unit.name not in own]
    rng.shuffle(others)
    left = brief.room
    for number, unit in enumerate(chain(brief.units, cycle(others))):
        if left <= 0 and number > 1:
            return
        left -= 8 + sum(len(text) + 3 for text in unit.functions)
        yield unit
