"""Words by jieba: its dictionary folded, no hidden Markov model, and never a cache in a shared folder."""

import marshal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import setup
from index.analysis.analyzer import Analyzer
from index.analysis.chinese import JiebaSegmenter
from index.analysis.segmenter import Segmenter
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWord, UserWords
from index.text.dictionary import Dictionary
from index.text.folding import Folding
from tests import reference_engine
from tests.strategies import LATIN, VOCABULARY, alphabet


@pytest.fixture(scope="module", params=["jieba", "rjieba"])
def segmenter(folding: Folding, request: pytest.FixtureRequest) -> Segmenter:
    """Each of the two libraries: everything below holds for both."""
    dictionary = Dictionary.load(folding)
    if request.param == "jieba":
        return JiebaSegmenter(dictionary)
    pytest.importorskip("rjieba", reason="rjieba is not installed (the extra `fast`)")
    fast: Segmenter = import_module("index.analysis.rapid").RapidSegmenter(dictionary)
    return fast


def small(words: dict[str, int]) -> JiebaSegmenter:
    """A segmenter that knows these words only."""
    return JiebaSegmenter(Dictionary("", {}, sum(words.values())).with_words(words))


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        pytest.param("人民政府办公厅", ["人民政府", "办公厅"], id="the longest words"),
        pytest.param("湖北人民政府", ["湖北", "人民政府"], id="one behind the other"),
        pytest.param("5g网络", ["5g", "网络"], id="letters and digits stay together"),
        pytest.param("的确良", ["的确良"], id="a word that begins like a function word"),
        pytest.param("技厅", ["技", "厅"], id="unknown characters alone"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are(piece: str, words: list[str], segmenter: Segmenter) -> None:
    assert segmenter.words(piece) == words


def test_no_word_is_invented(segmenter: Segmenter) -> None:
    """The hidden Markov model would take 碳汇贷 and 杭研 for words."""
    assert segmenter.words("他来到了网易杭研大厦") == ["他", "来到", "了", "网易", "杭", "研", "大厦"]
    assert segmenter.words("碳汇贷") == ["碳", "汇", "贷"]


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        pytest.param("café", ["café"], id="an accent at the end"),
        pytest.param("élan", ["élan"], id="at the beginning"),
        pytest.param("cafe\u0301s", ["cafe\u0301s"], id="as a mark of its own"),
        pytest.param("москва", ["москва"], id="Cyrillic"),
        pytest.param("한국어", ["한국어"], id="Hangul"),
        pytest.param("ئۇيغۇر", ["ئۇيغۇر"], id="Arabic letters, as Uyghur has them"),
        pytest.param("μm2", ["μm2"], id="with ASCII letters and digits"),
        pytest.param("咖啡café店москва", ["咖啡", "café", "店", "москва"], id="between Han"),
        pytest.param("a股é", ["a股", "é"], id="beside a word of Han and ASCII"),
        pytest.param("佐々木", ["佐", "々", "木"], id="a letter that only repeats"),
        pytest.param("2①ⅳ", ["2", "①", "ⅳ"], id="numbers that are no digits stay alone"),
        pytest.param("a股2", ["a股", "2"], id="ASCII is jieba's"),
    ],
)
def test_words_of_other_scripts_stay_whole(piece: str, words: list[str], segmenter: Segmenter) -> None:
    assert segmenter.words(piece) == words
    assert segmenter.search_words(piece) == words


@pytest.mark.parametrize("piece", ["a1" * 100_000, "é" + "a1" * 100_000, "é正" * 10_000])
def test_other_scripts_are_told_apart_in_linear_time(piece: str, segmenter: Segmenter) -> None:
    """A pattern that tries every place anew would take minutes."""
    started = time.perf_counter()
    assert "".join(segmenter.words(piece)) == piece
    assert time.perf_counter() - started < 30


def test_han_and_ascii_are_cut_as_by_jieba_itself(segmenter: Segmenter) -> None:
    jieba_itself = reference_engine.segmenter()

    @given(st.lists(st.sampled_from([*VOCABULARY, *LATIN])).map("".join))
    def law(text: str) -> None:
        piece = "".join(char for char in reference_engine.fold(text) if char.isalnum())
        assert segmenter.words(piece) == list(jieba_itself.cut(piece, HMM=False))
        assert segmenter.search_words(piece) == list(jieba_itself.cut_for_search(piece, HMM=False))

    law()


def test_short_words_inside_long_ones_are_indexed(segmenter: Segmenter) -> None:
    assert segmenter.search_words("人民政府") == ["人民", "民政", "政府", "人民政府"]


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        pytest.param("名著", "名着", id="著 folds to 着"),
        pytest.param("乾隆", "干隆", id="乾 folds to 干"),
        pytest.param("國際論壇", "国际论坛", id="Traditional"),
        pytest.param("經濟發展", "经济发展", id="two words"),
        pytest.param("Ａ股", "a股", id="width and case"),
    ],
)
def test_the_dictionary_is_folded_like_the_texts(
    traditional: str, simplified: str, folding: Folding, segmenter: Segmenter
) -> None:
    """Words stay whole, also where jieba's own dictionary lacks the folded form (名着, 干隆)."""
    assert folding.fold(traditional) == folding.fold(simplified)
    words = segmenter.words(folding.fold(traditional))
    assert "".join(words) == folding.fold(traditional)
    assert all(len(word) == 2 for word in words)


def test_words_that_fold_to_one_add_their_frequencies(folding: Folding) -> None:
    frequencies = Dictionary.load(folding).frequencies
    raw = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    expected = sum(int(line.split(" ")[1]) for line in raw if folding.fold(line.split(" ")[0]) == "发")
    assert frequencies["发"] == expected > 16840


def test_frequencies_decide_between_two_ways_to_cut() -> None:
    common = {"研究": 100, "研究生": 10, "生命": 100, "命": 5}
    assert small(common).words("研究生命") == ["研究", "生命"]
    assert small(common | {"研究生": 10_000}).words("研究生命") == ["研究生", "命"]


def laws(segmenter: Segmenter, piece: str) -> None:
    words, places = segmenter.words(piece), list(segmenter.search_places(piece))
    assert "".join(words) == piece
    assert all(piece.startswith(word, start) for start, word in places)
    assert sorted(segmenter.search_words(piece)) == sorted(word for _, word in places)
    starts = [sum(map(len, words[:at])) for at in range(len(words))]
    assert set(zip(starts, words, strict=True)) <= set(places)
    assert len(places) == len(set(places))


def test_the_laws_of_a_segmenter_hold_for_any_piece(segmenter: Segmenter) -> None:
    @given(
        st.lists(st.sampled_from([*VOCABULARY, *alphabet(), *"éжåꙮ한カ\u0301٣"]), max_size=12).map("".join)
    )
    def law(text: str) -> None:
        for piece in text.split():
            laws(segmenter, piece)

    law()


def test_all_threads_get_the_same_words(segmenter: Segmenter) -> None:
    pieces = [
        first + second + third for first in VOCABULARY for second in VOCABULARY for third in ("局", "5g")
    ]
    alone = [segmenter.search_words(piece) for piece in pieces]
    with ThreadPoolExecutor(8) as threads:
        for result in [
            threads.submit(lambda: [segmenter.search_words(piece) for piece in pieces]) for _ in range(8)
        ]:
            assert result.result() == alone


def test_a_piece_of_200000_characters_is_cut(segmenter: Segmenter) -> None:
    assert "".join(segmenter.words("创新" * 100_000)) == "创新" * 100_000


# The cache file


PLANTED = marshal.dumps(({"人民政": 10**9, "人民": 0, "人": 0}, 10**9))


def test_no_cache_in_a_temporary_folder_is_read_or_written(
    tmp_path: Path, folding: Folding, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(PLANTED)
    before = planted.stat()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert JiebaSegmenter(Dictionary.load(folding)).words("人民政府") == ["人民政府"]
    assert list(tmp_path.iterdir()) == [planted]
    assert planted.read_bytes() == PLANTED
    assert (planted.stat().st_ino, planted.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_no_cache_is_written_where_there_is_none(
    tmp_path: Path, folding: Folding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert JiebaSegmenter(Dictionary.load(folding)).words("人民政府") == ["人民政府"]
    assert list(tmp_path.iterdir()) == []


def test_the_planted_cache_would_be_believed_by_jieba_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: left to itself jieba takes whatever lies there."""
    (tmp_path / "jieba.cache").write_bytes(PLANTED)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tokenizer = jieba.Tokenizer()
    assert list(tokenizer.cut("人民政府", HMM=False)) == ["人民政", "府"]


# The version


def test_the_version_names_dictionary_folding_and_words(folding: Folding, analyzer: Analyzer) -> None:
    other = Folding(version="other", _table={})
    assert load_analyzer(folding, UserWords()).version == analyzer.version
    assert load_analyzer(other, UserWords()).version != analyzer.version
    versions = {
        load_analyzer(folding, UserWords(words)).version
        for words in [(UserWord("碳汇贷"),), (UserWord("碳汇贷", 5),), (UserWord("A+H"),)]
    }
    assert len(versions | {analyzer.version}) == 4


def test_the_version_is_the_same_without_the_fast_library(
    folding: Folding, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "find_spec", lambda _: None)
    slow = load_analyzer(folding, UserWords())
    assert isinstance(slow.segmenter, JiebaSegmenter)
    assert slow.version == analyzer.version
