"""XML -> a tree, without anything that a document could make a parser do: no DTD, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from gangwei.errors import ReadError


class Tree(NamedTuple):
    """The root as far as it was read, and why that is not to the end."""

    root: Element
    cut: str = ""


def read_tree(pieces: Iterable[bytes], nodes: int) -> Tree:
    """The tree of an XML file, of at most so many elements; what stands before a fault is read.

    >>> [child.text for child in read_tree([b"<a><b>1</b><b>2</b><c"], 100).root]
    ['1', '2']
    """
    builder = TreeBuilder()
    parser = XMLParser(target=builder)
    prolog = _Prolog()
    cut = ""
    tags = 0
    try:
        for piece in _growing(pieces):
            prolog.look_at(piece)
            tags += piece.count(b"<")
            if tags > 2 * nodes:
                cut = f"more than {nodes} elements, the rest was not read (limit: nodes)"
                break
            parser.feed(piece)
        else:
            parser.close()
    except _Doctype:
        raise ReadError(
            "its XML declares a document type, which no office program writes; open it and save it anew"
        ) from None
    except ReadError as error:
        cut = str(error)
    except ParseError as error:
        cut = f"its XML is damaged ({error}), what follows was not read"
    except (LookupError, ValueError) as error:
        cut = f"its XML cannot be decoded ({error})"
    # In C the builder gives what it has, but mypy knows that of the builder in Python only.
    root: Element | None = builder.close()
    if root is None:
        return Tree(Element("nothing"), cut or "its XML is empty")
    return Tree(root, cut)


def local(tag: str) -> str:
    """A tag or an attribute's name without its name space.

    >>> local("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    'p'
    """
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """The attribute of this local name, "" where there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of this local name, its first child of the next, and so on; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if inner.tag.rpartition("}")[2] == name), None)
    return element


class _Doctype(Exception):  # noqa: N818  (it carries a sign out of a parser, it is no error of its own)
    pass


class _Prolog:
    """Looks at what stands before the root for a document type, with the same eyes as the parser."""

    def __init__(self) -> None:
        self.is_over = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._end

    def look_at(self, piece: bytes) -> None:
        if self.is_over:
            return
        try:
            self._parser.Parse(piece, False)
        except (expat.ExpatError, ValueError):
            self.is_over = True  # the parser behind it meets the same fault

    def _refuse(self, *_: object) -> None:
        raise _Doctype

    def _end(self, *_: object) -> None:
        self.is_over = True
        self._parser.StartElementHandler = None


def _growing(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that grow: expat reads a tag anew with each piece until it ends."""
    held: list[bytes] = []
    size = given = 0
    iterator = iter(pieces)
    while True:
        try:
            piece = next(iterator, None)
        except ReadError:
            if held:
                yield b"".join(held)
            raise
        if piece is None:
            break
        held.append(piece)
        size += len(piece)
        if size >= min(given, _LONGEST_PIECE):
            yield b"".join(held)
            given += size
            held, size = [], 0
    if held:
        yield b"".join(held)


_LONGEST_PIECE: Final = 4 << 20
