"""The other side: the named packages chained the way their front pages show, with care for nothing but the result.

charset-normalizer decodes, re.sub cleans, opencc-python's OpenCC('t2s') converts, a blank spaCy pipeline with jieba as
its segmenter and an entity ruler of 400 phrases marks labels, pandas writes CSV and Parquet. It is no straw man: the
pipeline is built once, all rows of a slice go into one DataFrame a table.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import jieba
import pandas
import spacy
from charset_normalizer import from_bytes
from opencc import OpenCC

from gangwei.synth.vocabulary import vocabulary

N_PHRASES: Final = 400
_CLEAN: Final = (
    (r"第\s*\d+\s*页(?:\s*[/／]?\s*共\s*\d+\s*页)?", ""),
    (r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]+\)", ""),
    (r"旳", "的"),
    (r"下载本文档|点击查看更多|展开阅读全文|版权所有.*", ""),
    (r"[\u2800\u3000\xa0]+", " "),
    (r"[ \t]+", " "),
    (r"\n{2,}", "\n"),
    (r"，", ","),
)
_ITEMS: Final = r"(?:(?<=\D)|^)(?:\d{1,2}[、.．)]|[（(]\d{1,2}[)）])|[。；;\n]"


class Naive:
    """The chain, built once."""

    def __init__(self) -> None:
        jieba.setLogLevel(logging.WARNING)
        warnings.filterwarnings("ignore", category=UserWarning, module="spacy")
        self._converter = OpenCC("t2s")
        self._nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
        ruler = self._nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": field, "pattern": phrase} for phrase, field in _phrases().items()])
        self._nlp("部门：市场部")  # jieba loads its dictionary at first use

    def run(self, paths: Sequence[Path], output: Path) -> int:
        """Read the documents and write four tables in both formats; how many rows the roles have."""
        documents, roles, duties, others = [], [], [], []
        for path in paths:
            text = str(from_bytes(path.read_bytes()).best())
            for pattern, put in _CLEAN:
                text = re.sub(pattern, put, text)
            text = self._converter.convert(text)
            doc = self._nlp(text)
            documents.append({"doc_id": path.name, "n_chars": len(text), "n_labels": len(doc.ents)})
            role = 0
            for label, following in zip(doc.ents, [*doc.ents[1:], None], strict=True):
                value = text[label.end_char : following.start_char if following else len(text)].strip(" :：\n")
                if label.label_ == "title":
                    role += 1
                    roles.append({"doc_id": path.name, "role": role, "title": value[:20]})
                elif label.label_ in ("duty", "authority", "routine"):
                    for place, item in enumerate(filter(None, re.split(_ITEMS, value))):
                        duties.append({"doc_id": path.name, "role": role, "position": place, "text": item.strip()})
                else:
                    for place, item in enumerate(filter(None, re.split(_ITEMS, value))):
                        others.append(
                            {"doc_id": path.name, "role": role, "field": label.label_, "position": place, "text": item}
                        )
        output.mkdir(parents=True, exist_ok=True)
        for name, rows in (("documents", documents), ("roles", roles), ("duties", duties), ("others", others)):
            frame = pandas.DataFrame(rows)
            frame.to_csv(output / f"{name}.csv", index=False, encoding="utf-8-sig")
            frame.to_parquet(output / f"{name}.parquet")
        return len(roles)


def _phrases() -> dict[str, str]:
    """400 phrases with their fields: the generator's labels, then posts and units as a newcomer would add them."""
    words = vocabulary()
    phrases = {label: field for field, labels in words.labels.items() for label in labels.hans}
    phrases |= {small.label: "other" for small in words.others}
    for industry in words.industries:
        phrases |= {post.title: "title_name" for post in industry.posts} | {
            unit.name: "unit" for unit in industry.units
        }
    phrases |= {
        supervisor: "title_name" for i in words.industries for post in i.posts for supervisor in post.supervisors
    }
    phrases |= {below: "title_name" for i in words.industries for post in i.posts for below in post.subordinates}
    assert len(phrases) >= N_PHRASES
    return dict(list(phrases.items())[:N_PHRASES])
