"""Objects of JSON: a list of them, one a line, or a list somewhere inside one object; cut-off files as far as they go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json import JSONDecoder
from typing import Final, NamedTuple

from gangwei.readers.columns import is_known
from gangwei.readers.source import storable


class Item(NamedTuple):
    """One object as names and texts; or why it could not be read."""

    values: Mapping[str, str]
    error: str = ""


def holds_object_lines(head: str) -> bool:
    """Whether a text begins with a line that is an object of its own.

    >>> holds_object_lines('{"岗位": "会计"}\\n{"岗位": "出纳"}'), holds_object_lines('{\\n"岗位": "会计"}')
    (True, False)
    """
    line, _, rest = head.partition("\n")
    return rest.lstrip().startswith("{") and isinstance(_parse(line)[0], dict)


def holds_objects(text: str) -> bool:
    """Whether a text is JSON with objects in it, be it cut off behind the first one.

    >>> holds_objects('[{"岗位": "会计"}, {"岗'), holds_objects("[研发处]研发工程师"), holds_objects("{{ title }}")
    (True, False, False)
    """
    if found := _LIST.match(text):
        try:
            return isinstance(_DECODER.raw_decode(text, found.end())[0], dict)
        except (ValueError, RecursionError):
            return False
    return _OBJECT.match(text) is not None and isinstance(_parse(text)[0], dict)


def objects_of_lines(text: str) -> Iterator[Item]:
    """The objects of a text with one a line; a line that is none gives an error."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not line.strip("\0 \t\ufeff"):
            continue
        value, error = _parse(line)
        if isinstance(value, dict):
            yield item_of(value)
        else:
            yield Item({}, f"line {number} is not a JSON object{f' ({error})' if error else ''}; repair or remove it")


def objects_of(text: str) -> Iterator[Item]:
    """The objects of a JSON text: of its list, of the longest list of objects within it, or the object itself."""
    place = len(text) - len(text.lstrip())
    if text[place : place + 1] == "[":
        yield from _elements(text, place + 1)
        return
    value, error = _parse(text)
    if not isinstance(value, dict):
        yield Item({}, f"not JSON{f' ({error})' if error else ''}; repair it or pass its text as a .txt file")
        return
    for item in _longest_list(value) or [value]:
        yield item_of(item)


def item_of(value: Mapping[str, object]) -> Item:
    """An object, be it of JSON or a row of another format, as names and texts."""
    return Item(_flat(value))


def _elements(text: str, place: int) -> Iterator[Item]:
    """The objects of a list, one by one, so that a list that is cut off gives what stands before the cut."""
    while True:
        found = _BETWEEN.match(text, place)
        place = found.end() if found else place
        if text[place : place + 1] == "]":
            return
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            yield Item({}, f"the list breaks off at character {place} ({_reason(error)}); what follows was not read")
            return
        if isinstance(value, dict):
            yield item_of(value)
        else:
            yield Item({}, "an element of the list is not an object")


def _parse(text: str) -> tuple[object, str]:
    try:
        return _DECODER.decode(text.strip("\ufeff")), ""
    except (ValueError, RecursionError) as error:
        return None, _reason(error)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"


def _longest_list(value: dict[str, object]) -> list[dict[str, object]]:
    """The longest list of objects within an object, down to its third level: what services wrap their answers in."""
    best: list[dict[str, object]] = []
    level: list[object] = list(value.values())
    for _ in range(3):
        for inner in level:
            if isinstance(inner, list):
                objects = [item for item in inner if isinstance(item, dict)]
                best = objects if len(objects) > len(best) else best
        level = [item for inner in level if isinstance(inner, dict) for item in inner.values()]
    return best


def _flat(value: Mapping[str, object]) -> dict[str, str]:
    """Names and texts of an object; an object within gives its own names, a list its members, a line each.

    >>> _flat({"岗位": "会计", "要求": ["大专", "有证"], "公司": {"名称": "甲公司"}, "人数": 2, "备注": None})
    {'岗位': '会计', '要求': '大专\\n有证', '公司名称': '甲公司', '人数': '2'}
    """
    found: dict[str, list[str]] = {}
    stack: list[tuple[str, object]] = [("", value)]
    while stack:
        name, inner = stack.pop()
        if isinstance(inner, dict):
            stack.extend((_name(name, str(key)), item) for key, item in reversed(inner.items()))
        elif isinstance(inner, list):
            stack.extend((name, item) for item in reversed(inner))
        elif text := _text(inner):
            found.setdefault(storable(name), []).append(text)
    return {name: "\n".join(texts) for name, texts in found.items()}


def _name(parent: str, key: str) -> str:
    """The name of a member: with its parent's where both together, or neither alone, is a name of such tables."""
    joined = f"{parent}_{key}" if parent.isascii() and parent else parent + key
    return joined if is_known(joined) or (parent and not is_known(key) and len(joined) < 60) else key


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    return storable(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


_DECODER: Final = JSONDecoder(strict=False)  # dumps hold raw line breaks in strings
_LINE_END: Final = re.compile(r"\r\n?|\n")
_BETWEEN: Final = re.compile(r"[\s,]*+")
_LIST: Final = re.compile(r"\s*+\[\s*+(?=\{)")
_OBJECT: Final = re.compile(r"\s*+\{\s*+[\"}]")
