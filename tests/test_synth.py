"""Made documents: the same from the same seed, with gold that a reader finds in the text, and faults as the world makes them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gangwei.commands.synth import command
from gangwei.errors import UsageError
from gangwei.synth import FAULTS, LAYOUTS, SynthDocument, generate
from gangwei.synth.garble import shift_gbk
from gangwei.synth.traditional import traditional
from gangwei.synth.vocabulary import Post, vocabulary

LISTS = ("supervisors", "subordinates", "duties", "authorities", "kpis", "requirements", "routines")
SEEDS = range(12)


def gold_texts(document: SynthDocument) -> list[str]:
    """Every string that the gold says the document states."""
    gold = document.gold
    found = [gold["company"]]
    for role in gold["roles"]:
        found += [role["title"], role["department"], role["summary"], role.get("company")]
        found += [text for section in LISTS for text in role[section]]
    for unit in gold["units"]:
        found += [unit["name"], *unit["functions"]]
    return [text for text in found if text]


def items(document: SynthDocument) -> list[str]:
    return [text for role in document.gold["roles"] for section in LISTS[2:] for text in role[section]] + [
        text for unit in document.gold["units"] for text in unit["functions"]
    ]


def without_faults(gold: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in gold.items() if key != "faults"}


def test_vocabulary_is_as_large_as_promised() -> None:
    words = vocabulary()
    posts = [post for industry in words.industries for post in industry.posts]
    assert len(words.industries) >= 15
    assert len({company for industry in words.industries for company in industry.companies}) >= 30
    assert len({post.title for post in posts}) == len(posts) >= 150
    assert len({duty for post in posts for duty in post.duties} | set(words.words["general_duties"])) >= 1150
    assert sum(len(post.duties) for post in posts) + len(words.words["general_duties"]) >= 1200
    assert sum(len(post.kpis) for post in posts) >= 250
    assert sum(len(post.requirements) for post in posts) >= 300
    assert sum(len(post.authorities) for post in posts) >= 120
    assert sum(len(post.routines) for post in posts) >= 100
    assert sum(len(industry.units) for industry in words.industries) >= 60


def test_vocabulary_lines_are_bare_items() -> None:
    posts = [post for industry in vocabulary().industries for post in industry.posts]
    lines = [line for post in posts for lists in post[5:10] for line in lists]
    assert lines
    assert [line for line in lines if re.search(r"""^\s|\s$|[。；;,，、]$|["\t]|^[（(]?\d+[.、)）]""", line)] == []


def test_every_word_comes_back_from_traditional() -> None:
    from gangwei.rulebook.faults import ScriptRules
    from gangwei.simplify import simplifier_of

    simplify = simplifier_of(ScriptRules()).simplify
    texts = [text for seed in range(60) for text in gold_texts(generate(seed))]
    assert texts
    assert [text for text in texts if simplify(traditional().convert(text)) != text] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gold_of_a_clean_document_stands_in_its_text(layout: str) -> None:
    for seed in SEEDS:
        document = generate(seed, layout)
        text = document.data.decode("utf-8")
        assert [missing for missing in gold_texts(document) if missing not in text] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gold_of_a_traditional_document_stands_in_its_text(layout: str) -> None:
    for seed in range(4):
        document = generate(seed, layout, script="hant")
        text = document.data.decode("utf-8")
        assert document.gold["script"] == "hant"
        # Conversion looks at words, and a piece's neighbours are not its words: most texts, not each, stand as converted.
        texts = gold_texts(document)
        missing = [text_ for text_ in texts if traditional().convert(text_) not in text]
        assert len(missing) <= len(texts) // 20


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gold_obeys_the_guide(layout: str) -> None:
    for seed in SEEDS:
        document = generate(seed, layout)
        assert [item for item in items(document) if re.search(r"[。；;,.、]$|^[（(]?\d+[.、)）]|^\s|\s$", item)] == []
        for role in document.gold["roles"]:
            stated = [role["supervisors"], role["subordinates"], *(role[section] for section in LISTS[2:])]
            assert role["title"]
            assert any(stated)


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {"negative", "unit_functions"}))
def test_layouts_that_describe_posts_have_roles(layout: str) -> None:
    assert all(generate(seed, layout).gold["roles"] for seed in SEEDS)


def test_negatives_and_units_have_no_role() -> None:
    assert not any(
        generate(seed, "negative").gold["roles"] or generate(seed, "negative").gold["units"] for seed in SEEDS
    )
    assert not any(generate(seed, "unit_functions").gold["roles"] for seed in SEEDS)
    assert all(generate(seed, "unit_functions").gold["units"] for seed in SEEDS)


def test_prose_is_split_into_sentences() -> None:
    post = Post("值班员", "保卫科", duties=("处理警情。五分钟内到场", "登记来访；保管钥匙"))
    document = generate(3, "slides_flat", roles=[post])
    assert document.gold["roles"][0]["duties"] == ["处理警情", "五分钟内到场", "登记来访", "保管钥匙"]


@pytest.mark.parametrize("layout", ["csv_records", "jsonl_records"])
def test_records_can_be_read(layout: str) -> None:
    post = Post("值班员", duties=('登记"访客"', "锁门"), requirements=("会写字",))
    for faults in ((), ("widths", "swapped", "doubled_ordinals")):
        document = generate(5, layout, faults, roles=[post, post])
        text = document.data.decode("utf-8")
        if layout == "csv_records":
            rows = list(csv.reader(io.StringIO(text)))[1:]
            assert len({len(row) for row in rows}) == 1
            assert '登记"访客"' in rows[0][2]
        else:
            rows = [json.loads(line) for line in text.splitlines()]
            assert '登记"访客"' in rows[0]["description"]
        assert len(rows) == len(document.gold["roles"]) == 2
        assert all(role["company"] for role in document.gold["roles"])


def test_same_seed_same_bytes_in_another_process() -> None:
    faults = ("missing_ordinals", "glosses_light", "gbk_shift", "furniture")
    code = (
        "import sys, hashlib; from gangwei.synth import generate; d = hashlib.sha256()\n"
        f"for s in range(20): m = generate(s, None, {faults!r}, 'hant', size=2000); d.update(m.data + repr(m.gold).encode())\n"
        "print(d.hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_seeds_differ() -> None:
    assert len({generate(seed, "form_inline").data for seed in range(50)}) == 50


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sizes(layout: str) -> None:
    for size in (3000, 30_000):
        sizes = [len(generate(seed, layout, size=size).data) for seed in range(3)]
        assert all(0.7 * size < length < 1.3 * size for length in sizes), sizes


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_never_changes_the_gold(fault: str) -> None:
    made = 0
    for place, layout in enumerate(LAYOUTS):
        for script in ("hans", "hant"):
            clean = generate(place, layout, script=script)
            faulty = generate(place, layout, (fault,), script)
            assert without_faults(faulty.gold) == without_faults(clean.gold)
            assert (fault in faulty.gold["faults"]) == (faulty.data != clean.data)
            made += fault in faulty.gold["faults"]
    assert made


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_faults_together(layout: str) -> None:
    for script in ("hans", "hant"):
        document = generate(3, layout, tuple(FAULTS), script, size=3000)
        assert document.data
        assert document.gold["faults"]


def test_gbk_shift_follows_the_byte_rule() -> None:
    # 保 is B1 A3 and 活 BB EE: A3 BB is ；, which the site folds to one byte, so that B1 stands before it alone and 活's
    # second byte takes the next character's first. 進 is DF 4D in 進行: 4D is the letter M.
    assert "保活".encode("gbk") == b"\xb1\xa3\xbb\xee"
    assert shift_gbk("確保活動順利進行").startswith("確?;顒禹樌")
    assert shift_gbk("確保活動順利進行").endswith("M行")
    # Where no character's second byte makes a mark with the next one's first, only real marks change.
    assert shift_gbk("每月盤點：帳、物相符，差異上報（書面）") == "每月盤點:帳、物相符,差異上報(書面)"
    assert shift_gbk("plain ASCII; 24小時") == "plain ASCII; 24小時"


def test_gbk_shift_can_be_undone_with_the_lost_byte() -> None:
    shifted = shift_gbk("確保現場整潔")
    rest = shifted.removeprefix("確?").encode("gb18030")
    assert "確" + (b"\xb1\xa3" + b"\xac" + rest[1:]).decode("gb18030") == "確保現場整潔"


def test_gbk_shift_happens_by_itself() -> None:
    hit = [
        seed for seed in range(30) if "gbk_shift" in generate(seed, "slides_flat", ["gbk_shift"], "hant").gold["faults"]
    ]
    assert len(hit) > 15


def test_page_heads_and_chunk_numbers_only_put_in() -> None:
    document = generate(4, "form_inline", ["page_heads"], size=6000)
    clean = generate(4, "form_inline", size=6000).data.decode()
    position = 0
    text = document.data.decode()
    for character in clean:
        position = text.index(character, position) + 1
    chunked = generate(4, "form_inline", ["chunk_numbers"], size=6000).data.decode()
    assert re.sub(r"\n\d+、", "", chunked) == re.sub(r"\n\d+、", "", clean)
    assert re.findall(r"\n(\d+)、", chunked)[:3] == ["2", "3", "4"]


def test_glosses_come_off_again() -> None:
    clean = generate(6, "slides_flat", script="hant").data.decode()
    for strength in ("light", "medium", "heavy"):
        glossed = generate(6, "slides_flat", [f"glosses_{strength}"], "hant").data.decode()
        assert len(glossed) > len(clean)
        assert re.sub(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿ]+\)", "", glossed) == clean


@pytest.mark.parametrize(
    ("fault", "codec"), [("gb18030", "gb18030"), ("big5", "big5"), ("utf16", "utf-16"), ("utf8_bom", "utf-8-sig")]
)
def test_encodings(fault: str, codec: str) -> None:
    seed = next(n for n in range(20) if fault in generate(n, "form_lines", (fault,), "hant").gold["faults"])
    clean = generate(seed, "form_lines", script="hant")
    encoded = generate(seed, "form_lines", (fault,), "hant")
    assert encoded.data.decode(codec).translate(str.maketrans("≧≦", "≥≤")) == clean.data.decode()
    page = next(
        m for n in range(20) if fault in (m := generate(n, "html", (fault,), "hant")).gold["faults"]
    ).data.decode(codec)
    assert f'charset="{codec.removesuffix("-sig")}"' in page


def test_a_text_that_an_encoding_cannot_hold_keeps_its_own() -> None:
    assert "big5" not in generate(1, "form_lines", ["big5"], "hans").gold["faults"]


def test_wrong_names_are_refused() -> None:
    with pytest.raises(UsageError, match="form_inline"):
        generate(1, "form_outline")
    with pytest.raises(UsageError, match="page_heads"):
        generate(1, None, ["page_feet"])
    with pytest.raises(UsageError, match="hans"):
        generate(1, script="latin")


def test_command_writes_documents_and_gold(tmp_path: Path) -> None:
    folder = tmp_path / "farm"
    arguments = ["-n", "8", "-o", str(folder), "--seed", "5", "--size", "2KB", "--faults", "mixed", "--script", "both"]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    documents = sorted((folder / "documents").iterdir())
    golds = sorted(folder.glob("*.json"))
    assert len(documents) == len(golds) == 8
    assert [path.stem for path in documents] == [path.stem for path in golds]
    assert json.loads(golds[0].read_text(encoding="utf-8"))["doc_id"] == golds[0].stem
    again = CliRunner().invoke(command, arguments)
    assert isinstance(again.exception, UsageError)


@pytest.mark.parametrize("size", ["x", "3XB", "1", "1GB"])
def test_command_refuses_sizes(size: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(command, ["-o", str(tmp_path / "farm"), "--size", size]).exit_code == 2
