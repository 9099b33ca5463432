"""rjieba gives the words that jieba gives."""

import gzip
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.chinese import JiebaSegmenter
from index.analysis.mixed_words import MixedWords
from index.analysis.pieces import pieces
from index.analysis.segmenter import Segmenter
from index.text.dictionary import Dictionary
from index.text.folding import Folding
from tests.strategies import LATIN, VOCABULARY, alphabet

pytest.importorskip("rjieba", reason="rjieba is not installed (the extra `fast`)")

SAMPLE = Path(__file__).resolve().parents[3] / "web" / "sample"
SHARED = Path(__file__).resolve().parents[3] / "../shared/data/bulk"
ADDED = {"碳汇贷": 5, "c919": 100, "5g基站": 20, "研究生": 10**6}
LIGHTER = {"碳汇贷": 5, "研究生": 1, "发展": 1}
HEAVY = {"碳汇贷": 10**9, "创新": 10**9}

Words = Callable[[Segmenter, str], Sequence[object]]

WAYS: dict[str, Words] = {
    "words": lambda segmenter, piece: segmenter.words(piece),
    "search words": lambda segmenter, piece: segmenter.search_words(piece),
    "places": lambda segmenter, piece: list(segmenter.search_places(piece)),
}


@pytest.fixture(scope="module", params=[{}, ADDED], ids=["jieba's dictionary", "with added words"])
def both(folding: Folding, request: pytest.FixtureRequest) -> tuple[Segmenter, Segmenter]:
    return both_of(Dictionary.load(folding).with_words(request.param))


def both_of(dictionary: Dictionary) -> tuple[Segmenter, Segmenter]:
    return JiebaSegmenter(dictionary), import_module("index.analysis.rapid").RapidSegmenter(dictionary)


def assert_alike(both: tuple[Segmenter, Segmenter], piece: str) -> None:
    slow, fast = both
    for name, words in WAYS.items():
        assert words(fast, piece) == words(slow, piece), (name, piece)


@pytest.mark.slow
def test_for_every_character_between_others(both: tuple[Segmenter, Segmenter]) -> None:
    for code in [*range(0x20, 0xD800), *range(0xE000, 0x10000)]:
        char = chr(code)
        assert_alike(both, f"人民{char}{char}政府a{char}1")


@pytest.mark.slow
def test_for_every_word_of_the_dictionary(folding: Folding, both: tuple[Segmenter, Segmenter]) -> None:
    slow, fast = both
    for word in Dictionary.load(folding).frequencies:
        assert fast.words(word) == slow.words(word), word


def test_for_any_piece(both: tuple[Segmenter, Segmenter]) -> None:
    parts = st.sampled_from([*VOCABULARY, *LATIN, *alphabet(), *ADDED, *"éжåꙮ한カ\u0301٣"])

    @settings(max_examples=300)
    @given(st.lists(parts, max_size=12).map("".join))
    def law(text: str) -> None:
        for piece in text.split():
            assert_alike(both, piece)

    law()


@pytest.mark.parametrize("added", [LIGHTER, HEAVY], ids=["below the total", "many times the total"])
def test_whatever_the_frequencies_add_up_to(folding: Folding, added: dict[str, int]) -> None:
    dictionary = Dictionary.load(folding).with_words(added)
    slow, fast = both_of(dictionary)
    assert sum(dictionary.frequencies.values()) != dictionary.total

    @settings(max_examples=50)
    @given(st.lists(st.sampled_from([*VOCABULARY, *added, *"的研究"]), max_size=12).map("".join))
    def law(piece: str) -> None:
        assert fast.search_words(piece) == slow.search_words(piece)

    law()


@pytest.mark.parametrize("length", [1, 1_000, pytest.param(200_000, marks=pytest.mark.slow)])
def test_for_long_pieces(both: tuple[Segmenter, Segmenter], length: int) -> None:
    assert_alike(both, "创新" * length)


def assert_pages_alike(both: tuple[Segmenter, Segmenter], folding: Folding, texts: Sequence[str]) -> None:
    cut = 0
    for text in texts:
        for piece in pieces(folding.fold(text), MixedWords()):
            assert_alike(both, piece.text)
            cut += 1
    assert cut > 10 * len(texts)


def test_for_the_pages_of_the_sample(both: tuple[Segmenter, Segmenter], folding: Folding) -> None:
    assert_pages_alike(both, folding, [path.read_text("utf-8") for path in SAMPLE.rglob("*.txt")])


@pytest.mark.slow
@pytest.mark.shared
def test_for_200_real_pages(both: tuple[Segmenter, Segmenter], folding: Folding) -> None:
    with gzip.open(SHARED / "policy_cn.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 0, 4_000, 20)]
    assert len(texts) == 200
    assert_pages_alike(both, folding, texts)
