"""Words of a text: the only door to jieba and to rjieba, its Rust port.

HMM stays off: both then give the same tokens, in time linear in the text, and nothing is guessed. jieba is the
reference, and the fallback where rjieba has no wheel; a test holds the two against each other. jieba's own start reads
and writes a cache in the shared temporary folder, which anyone may have planted: our tokenizer is filled by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any, Final

from gangwei.errors import GangweiError

# Neither port takes lone surrogates; any character without a word in it stands for one.
_NO_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
# The dictionary is sorted by first character from here on; a few Latin words before it are not.
_FIRST_HAN: Final = "一"
# The frequency of our words: above those of the everyday words that they could be cut into with their neighbours
# (管理工作|任务 for 管理|工作任务), below those of the commonest.
_OURS: Final = 20_000
# Words of the dictionary that are not looked for again.
_AT_HAND: Final = 10_000
_NO_WORD: Final = (0, "")


class Lexicon:
    """jieba's dictionary, read where it is asked: a look-up costs a few microseconds, not the half second of a load.

    It stays the bytes that it is. As Python's words it takes a hundred megabytes, which a worker would have collected
    after some ten thousand documents.
    """

    def __init__(self) -> None:
        try:
            self._data = _dictionary().read_bytes()
        except OSError as error:
            raise GangweiError(f"jieba's dictionary cannot be read ({error.strerror}); install jieba again") from None
        self._begin = self._data.index(b"\n" + _FIRST_HAN.encode()) + 1
        self._places: dict[str, tuple[int, int]] = {}  # of the lines that begin with a character
        self._line: Callable[[str], tuple[int, str]] = lru_cache(_AT_HAND)(self._read)

    def frequency(self, word: str) -> int:
        """How often a word stands in the corpus that jieba was made from; 0 for no word.

        >>> lexicon().frequency("岗位"), lexicon().frequency("岗置")
        (2321, 0)
        """
        return self._line(word)[0]

    def words_from(self, character: str) -> list[str]:
        """All words that begin with a character.

        >>> "设置" in lexicon().words_from("设")
        True
        """
        start, end = self._place(character)
        return [line.partition(" ")[0] for line in self._data[start:end].decode().splitlines()]

    def is_place(self, word: str) -> bool:
        """Whether a word is the name of a place (tagged ns).

        >>> lexicon().is_place("苏州"), lexicon().is_place("岗位")
        (True, False)
        """
        return self._line(word)[1] == "ns"

    def tag(self, word: str) -> str:
        """What kind of word jieba calls a word: v a verb, n a noun, p a preposition …; "" for no word.

        >>> lexicon().tag("编制"), lexicon().tag("根据"), lexicon().tag("岗置")
        ('v', 'p', '')
        """
        return self._line(word)[1]

    def _read(self, word: str) -> tuple[int, str]:
        """The frequency and the tag of a word."""
        start, end = self._place(word[:1])
        key = b"\n" + word.encode("utf-8", "surrogatepass") + b" "
        place = self._data.find(key, start - 1, end)
        if place < 0 or " " in word:  # a blank ends a line's word
            return _NO_WORD
        frequency, tag = self._data[place + len(key) : self._data.index(b"\n", place + 1)].split()
        return int(frequency), tag.decode()

    def _place(self, character: str) -> tuple[int, int]:
        found = self._places.get(character)
        if found is None:
            first = character.encode("utf-8", "surrogatepass")
            start = self._line_from(first) if character >= _FIRST_HAN else 0
            end = self._line_from(first + b"\xff") if character >= _FIRST_HAN else 0
            found = self._places[character] = start, end
        return found

    def _line_from(self, prefix: bytes) -> int:
        """Where the first line begins that is not before a prefix. The bytes of UTF-8 are in the order of characters."""
        data, low, high = self._data, self._begin, len(self._data)
        while low < high:  # both are where lines begin
            line = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if data[line : line + len(prefix)] < prefix:
                low = data.find(b"\n", line) + 1 or len(data)
            else:
                high = line
        return low


class Segmenter:
    """jieba's words with ours added; `reference` takes jieba even where the port is at hand."""

    def __init__(self, words: Iterable[str] = (), *, reference: bool = False) -> None:
        self._cut: Final = _reference(words) if reference else _fast(words)

    def cut(self, text: str) -> list[str]:
        """The words of a text, in order; joined they are the text again.

        >>> Segmenter(["上岗资格"]).cut("上岗资格：持证")
        ['上岗资格', '：', '持证']
        """
        try:
            return self._cut(text)
        except UnicodeEncodeError:
            lengths = map(len, self._cut(text.translate(_NO_SURROGATES)))
            return _sliced(text, lengths)

    def frequency(self, word: str) -> int:
        """A word's frequency in jieba's own dictionary; 0 for no word."""
        return lexicon().frequency(word)


@cache
def lexicon() -> Lexicon:
    """jieba's dictionary, the same for everyone in the process."""
    return Lexicon()


def _fast(words: Iterable[str]) -> Callable[[str], list[str]]:
    tokenizer = _port()
    if tokenizer is None:
        return _reference(words)
    for word in words:
        tokenizer.add_word(word, _OURS, None)

    def cut(text: str) -> list[str]:
        found: list[str] = tokenizer.cut(text, False)
        return found

    return cut


def _port() -> Any:  # Any: what rjieba gives is not typed
    """The dictionary of the port, None where it has no wheel.

    Taken from the library that lies in its package: the package itself fills a second one when it is imported, which
    nobody asks and which takes as long as this one, a tenth of a second, and as much memory.
    """
    package = find_spec("rjieba")
    library = package and PathFinder.find_spec("rjieba.rjieba", package.submodule_search_locations)
    if library is None or library.loader is None:
        return None
    try:
        module = module_from_spec(library)
        library.loader.exec_module(module)
    except ImportError:  # made for another machine
        return None
    return module.Jieba()


def _reference(words: Iterable[str]) -> Callable[[str], list[str]]:
    import jieba  # noqa: PLC0415 - half a second that only the reference and the fallback pay

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in words:
        tokenizer.add_word(word, _OURS)

    def cut(text: str) -> list[str]:
        return [str(word) for word in tokenizer.cut(text, HMM=False)]

    return cut


def _dictionary() -> Path:
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise GangweiError("jieba is missing; install gangwei with its dependencies")
    return Path(next(iter(spec.submodule_search_locations))) / "dict.txt"


def _sliced(text: str, lengths: Iterable[int]) -> list[str]:
    pieces: list[str] = []
    place = 0
    for length in lengths:
        pieces.append(text[place : place + length])
        place += length
    return pieces
