"""Words that an operator adds: read from a file, cut out whole, and found."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.added_words import MAX_MIXED
from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import (
    MAX_FAULTS,
    MAX_WORDS,
    UserWord,
    UserWords,
    UserWordsInvalid,
    read_user_words,
)
from index.text.folding import Folding

NAME = "words.txt"

FILE = """\ufeff# names of the region
碳汇贷
武鄂黄黄\t500

C919
A+H
  Model Y \t 7
碳汇贷\t3
""".encode()


def test_a_file_of_words_is_read() -> None:
    assert read_user_words(FILE, NAME).words == (
        UserWord("武鄂黄黄", 500),
        UserWord("C919"),
        UserWord("A+H"),
        UserWord("Model Y", 7),
        UserWord("碳汇贷", 3),
    )


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(
            "好词\n词\t重".encode(), r"words\.txt: line 2: the weight '重' is no whole number", id="weight"
        ),
        pytest.param("词\t0".encode(), "line 1: the weight '0'", id="no weight at all"),
        pytest.param("词\t1000000001".encode(), "to 1000000000", id="heavy"),
        pytest.param("词\t1\t2".encode(), "the weight '1\\\\t2'", id="two weights"),
        pytest.param(b"\t5", "line 1: there is no word before the tab", id="no word"),
        pytest.param("词\u200b语".encode(), "a character that nobody sees", id="invisible"),
        pytest.param("——".encode(), "no letter, digit or Chinese character", id="marks alone"),
        pytest.param(("长" * 33).encode(), "at most 32 characters", id="long"),
        pytest.param(
            "好词\n发展".encode("gb18030"), r"words\.txt, line 1: this is not UTF-8", id="not UTF-8"
        ),
        pytest.param(
            "\n".join(f"词{n}" for n in range(MAX_WORDS + 1)).encode(), "at most 100,000", id="many"
        ),
        pytest.param(("——\n" * 8).encode(), "; and 3 more", id="many faults"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(data: bytes, fault: str) -> None:
    with pytest.raises(UserWordsInvalid, match=fault):
        read_user_words(data, NAME)


@given(st.binary(max_size=60) | st.text(st.sampled_from("词a+ \t\n#1０\ufeff"), max_size=20).map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    try:
        words = read_user_words(data, NAME)
    except UserWordsInvalid:
        return
    assert read_user_words("\n".join(_line(word) for word in words.words).encode(), NAME) == words


def _line(word: UserWord) -> str:
    return word.text if word.weight is None else f"{word.text}\t{word.weight}"


def analyzer_with(folding: Folding, *words: UserWord) -> Analyzer:
    return load_analyzer(folding, UserWords(words))


ADDED = (
    *(UserWord("碳汇贷"), UserWord("C919"), UserWord("A+H"), UserWord("Model Y"), UserWord("5G基站")),
    *(UserWord("科創板"), UserWord("café风情街"), UserWord("碳达峰·碳中和"), UserWord("发展研")),
)


@pytest.fixture(scope="module")
def added(folding: Folding) -> Analyzer:
    return analyzer_with(folding, *ADDED)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("首笔碳汇贷落地", ("首笔", "碳汇贷", "落地"), id="a word of Han"),
        pytest.param("首架C919交付", ("首架", "c919", "交付"), id="letters and digits"),
        pytest.param("推动A+H股上市", ("推动", "a+h", "股", "上市"), id="with a sign"),
        pytest.param("Ａ ＋\nＨ", ("a+h",), id="in any width, with white space between"),
        pytest.param("model  y", ("modely",), id="with a space"),
        pytest.param("modely", ("modely",), id="written without it"),
        pytest.param("新建5G基站", ("新建", "5g基站"), id="letters and Han"),
        pytest.param("科创板与科創板", ("科创板", "与"), id="in both scripts"),
        pytest.param("一条café风情街", ("一条", "café风情街"), id="an accent and Han"),
        pytest.param("碳达峰·碳中和", ("碳达峰·碳中和",), id="a middle dot"),
        pytest.param("alpha+hotel", ("alpha", "+", "hotel"), id="not inside other words"),
        pytest.param("A+H5", ("a", "+", "h5"), id="not before a digit"),
    ],
)
def test_an_added_word_is_cut_out_whole(text: str, words: tuple[str, ...], added: Analyzer) -> None:
    assert added.query_words(text) == words


def test_the_words_inside_an_added_word_are_indexed_too(added: Analyzer) -> None:
    assert set(added.index_words("A+H股")) == {"a+h", "a", "+", "h", "股"}
    assert set(added.index_words("5G基站")) >= {"5g基站", "基站"}


def test_an_added_word_has_its_place(added: Analyzer) -> None:
    text = added.folding.fold("看 A + H 股")
    places = [
        place for piece in added.pieces(text) for place in added.places_of_words(piece, {"a+h", "h", "股"})
    ]
    assert sorted(places) == [("a+h", 2, 7), ("h", 6, 7), ("股", 8, 9)]


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        pytest.param(1, ("研究", "生命"), id="light"),
        pytest.param(10**8, ("研究生", "命"), id="heavy"),
    ],
)
def test_the_weight_decides_between_two_ways_to_cut(
    weight: int, words: tuple[str, ...], folding: Folding
) -> None:
    assert analyzer_with(folding, UserWord("研究生", weight)).query_words("研究生命") == words


def test_places_and_words_agree_for_any_text(added: Analyzer) -> None:
    @given(st.text(st.sampled_from([*"碳汇贷款落地a+h股C919模型 y·café风情街发展研究\n"]), max_size=30))
    def law(text: str) -> None:
        folded = added.folding.fold(text)
        indexed = list(added.index_words(text))
        places = [
            place for piece in added.pieces(folded) for place in added.places_of_words(piece, set(indexed))
        ]
        assert sorted(word for word, _, _ in places) == sorted(indexed)
        assert all(added.characters(folded[start:end]) == word for word, start, end in places)
        assert set(added.query_words(text)) <= set(indexed)

    law()


def test_many_mixed_words_cost_little_and_more_are_refused(folding: Folding) -> None:
    many = tuple(UserWord(f"甲{number}+乙") for number in range(MAX_MIXED))
    started = time.thread_time()
    analyzer = analyzer_with(folding, *many)
    assert analyzer.query_words("甲7+乙与甲999+乙" + "甲" * 3_000)[:3] == ("甲7+乙", "与", "甲999+乙")
    assert time.thread_time() - started < 60
    with pytest.raises(UserWordsInvalid, match="1,001 of the words have signs or spaces"):
        analyzer_with(folding, *many, UserWord("一个+多"))


def test_every_fault_has_its_line() -> None:
    with pytest.raises(UserWordsInvalid) as refused:
        read_user_words("——\n好词\n词\t重\n".encode() + "——\n".encode() * 200, NAME)
    lines = refused.value.lines
    assert [fault.line for fault in lines[:3]] == [1, 3, 4]
    assert "no letter" in lines[0].reason
    assert len(lines) == MAX_FAULTS
