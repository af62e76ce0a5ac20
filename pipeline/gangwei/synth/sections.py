"""A post's lists by the field that they belong to, and what is left of a post where a document leaves something out."""

from __future__ import annotations

from typing import Final

from gangwei.synth.vocabulary import Post

SECTIONS: Final = ("duty", "authority", "kpi", "requirement", "routine")


def stated(post: Post, split: bool) -> Post:
    """The post with its title as a form states it: without the department where the form has a field for each.

    >>> stated(Post("设备部经理", "设备部"), True).title
    '经理'
    """
    department = post.department or ""
    rest = post.title.removeprefix(department)
    return post._replace(title=rest) if split and department and len(rest) > 1 else post


def items_of(post: Post, section: str) -> tuple[str, ...]:
    match section:
        case "duty":
            return post.duties
        case "authority":
            return post.authorities
        case "kpi":
            return post.kpis
        case "requirement":
            return post.requirements
        case _:
            return post.routines


def with_items(post: Post, section: str, items: tuple[str, ...]) -> Post:
    match section:
        case "duty":
            return post._replace(duties=items)
        case "authority":
            return post._replace(authorities=items)
        case "kpi":
            return post._replace(kpis=items)
        case "requirement":
            return post._replace(requirements=items)
        case _:
            return post._replace(routines=items)


def only(post: Post, sections: tuple[str, ...]) -> Post:
    """The post with these sections alone, and neither summary nor relations nor department."""
    bare = Post(post.title)
    for section in sections:
        bare = with_items(bare, section, items_of(post, section))
    return bare


def kept(post: Post, sections: set[str]) -> Post:
    if "both" in sections:
        sections = sections | {"duty", "authority"}
    kept = post if "summary" in sections else post._replace(summary=None)
    for section in SECTIONS:
        if section not in sections:
            kept = with_items(kept, section, ())
    return kept
