"""Bytes -> text: a byte order mark, else strict UTF-8, else the decoding in which most characters are common ones.

Detectors of charsets look for byte sequences that an encoding forbids, so one damaged byte misleads them. Here every
candidate is decoded with its damage marked, and the characters that come out decide.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from gangwei.model import Span


class Decoded(NamedTuple):
    """Text, the encoding it was in, the number of U+FFFD in it and where they stand (runs; offsets into `text`)."""

    text: str
    encoding: str
    damaged: int
    places: tuple[Span, ...]


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of the bytes without byte order mark, otherwise unchanged; what cannot be decoded becomes U+FFFD.

    `declared` is what the document says of itself; it only tips the scales, because it is often wrong.

    >>> decode("职务：经理".encode("gb18030"))
    Decoded(text='职务：经理', encoding='gb18030', damaged=0, places=())
    >>> decode("職務：經理".encode("big5")).encoding
    'big5'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, _likeliest(data, declared))
    if data.count(0) * 8 > len(data):  # UTF-16 with little but ASCII in it passes for UTF-8
        return _decoded(data, _likeliest(data, declared))
    return Decoded(text, "utf-8", *_damage(text))


def declared_charset(head: bytes) -> str:
    """The charset that an HTML or XML head names, in lower case, else an empty string.

    >>> declared_charset(b'<meta charset="GB2312">')
    'gb2312'
    """
    found = _CHARSET.search(head)
    return found[1].decode("ascii").lower() if found else ""


def _likeliest(data: bytes, declared: str) -> str:
    first = _HIGH.search(data)
    start = max((first.start() if first else 0) - 64, 0) & ~1  # all before it is ASCII; UTF-16 must stay even
    sample, best, scores = b"", "utf-8", {"utf-8": 0.0}
    for size in _SAMPLES:
        sample = data[start : start + size]
        scores = {encoding: _score(sample.decode(codec, "replace")) for encoding, codec in _CANDIDATES.items()}
        # The zero bytes of ASCII in UTF-16; read the other way round, a row of ____ is a row of 开开开开.
        zeros = sample[1::2].count(0) - sample[::2].count(0)
        scores["utf-16-le"] += zeros
        scores["utf-16-be"] -= zeros
        if (family := _FAMILIES.get(declared, "")) in scores:
            scores[family] += 1 + abs(scores[family]) / 20
        best = max(scores, key=scores.__getitem__)  # the first of equals
        if scores[best] > _ENOUGH:
            return best
    if scores[best] < 0 and best.startswith("utf-16"):  # rubbish of any kind makes characters in UTF-16
        best = max(("utf-8", "gb18030", "big5"), key=scores.__getitem__)
    # Latin-1 letters stand alone between ASCII; Chinese of any encoding fills stretches with high bytes.
    if (
        scores[best] <= 0
        and len(_LONE_HIGH.findall(sample)) * 5 >= len(_HIGH.findall(sample)) * 4
        and b"\0" not in sample
    ):
        return "cp1252"
    return best


def _score(text: str) -> float:
    """How much a text looks like Chinese: common characters speak for it, what no one writes against it."""
    return sum(_weight(character) * count for character, count in Counter(text).items())


@cache
def _weight(character: str) -> float:
    if character in _LIKELY:
        return 1
    code = ord(character)
    if 0x4E00 <= code <= 0x9FFF:
        return -0.3
    if code < 0x80:
        return 0 if code >= 0x20 or character in "\t\n\r" else -2
    if 0xFF01 <= code <= 0xFF5E or 0x2000 <= code <= 0x27BF:
        return 0  # full-width forms, arrows, ①, ■
    return -2 if code == 0xFFFD or 0xE000 <= code <= 0xF8FF or code < 0xA0 else -1


def _decoded(data: bytes, encoding: str) -> Decoded:
    for codec in _CODECS.get(encoding, (encoding,)):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            text = data.decode(codec, "replace")
        else:
            break
    return Decoded(text, encoding, *_damage(text))


def _damage(text: str) -> tuple[int, tuple[Span, ...]]:
    """U+FFFD counted, also where it stood in the bytes as a character: what was there is lost all the same."""
    if "\N{REPLACEMENT CHARACTER}" not in text:
        return 0, ()
    return text.count("\N{REPLACEMENT CHARACTER}"), tuple(Span(*found.span()) for found in _LOST.finditer(text))


_SAMPLES: Final = (1 << 11, 1 << 17)  # bytes that are weighed; the second finds the Chinese behind a page's scripts
_ENOUGH: Final = 100  # common characters more than others: no wrong decoding comes near it in the first sample
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES: Final = {
    **{encoding: encoding for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")},
    "big5": "big5hkscs",
}
# The plain table first: the larger ones read a few of its symbols and its Cyrillic differently.
_CODECS: Final = {"big5": ("big5", "cp950", "big5hkscs")}
_FAMILIES: Final = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "gb_2312-80", "x-gbk", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5", "cn-big5"), "big5"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode"), "utf-16-le"),
    "utf-16be": "utf-16-be",
}
_LOST: Final = re.compile("\N{REPLACEMENT CHARACTER}+")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_LONE_HIGH: Final = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z][\w.:-]{1,30})""", re.IGNORECASE)
# The 600 characters that most often stand in Chinese text (by jieba's word counts) with those of job documents, and
# their Traditional forms: they make up more than three quarters of any page.
_COMMON: Final = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面"
    "门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相"
    "但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声"
    "提品设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五京河接条"
    "规式县白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇"
    "土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝"
    "八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除乐企引标确织初青志率项飞球节察龙响药站施"
    "均消客失轻存低甚般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严岗验核薪聘招监督"
    "执培训户销售购财仓储协助审善熟悉沟届绩效"
    "國爲為這個來會時學說們於後發對長過業裏裡經門動進區開產軍還種現機體與當兩實麼關從內没將員東頭間無見戰點場數樣問並萬級應資務氣漢總電聲設義統處馬兒領隊計別權"
    "話報給變書幾華議稱決張導術結師達題條規縣風運組聽濟黨論強黃選記卻職號類傳帶幹農邊據聯廣質陽難歷專認車臺遊舉線團備爭衆連調轉該爾讓較際親單紅價約亞則屬積"
    "圖準極裝許參喫觀魚辦復遠羣群構隨勢熱網語鐵斷愛紀況證編滿覺雙樂標確織項飛節龍響藥輕擊請離顯羅營視護創餘興佔雖費試寶識維採宮環鬥鄉責嚴崗驗覈核監執訓戶銷購"
    "財倉儲協審溝屆績"
)
_LIKELY: Final = frozenset(_COMMON + "，。、；：？！（）“”《》【】　")
