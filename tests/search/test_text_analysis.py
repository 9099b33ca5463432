"""How a text is read: the repair and its log, and the words with their places."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWord, UserWords
from index.article import Certainty
from index.text.folding import Folding
from index.text.repair import Repairer
from search.text_analysis import TextAnalysis, TextUse, TokenKind, analyze_text
from tests.strategies import texts

DAMAGED = st.lists(
    st.sampled_from(["創(chuàng)新", "產業(yè)", "&amp;", "ＧＤＰ", "\u200b", "，"]), max_size=6
).map("".join)


@pytest.fixture(scope="module")
def repairer(folding: Folding) -> Repairer:
    return Repairer.load(folding)


@pytest.fixture(scope="module")
def with_added_words(folding: Folding) -> Analyzer:
    return load_analyzer(folding, UserWords((UserWord("A+H"), UserWord("总投资"))))


def shown(analysis: TextAnalysis) -> list[tuple[str, int, int, str]]:
    return [(token.text, *token.span, token.kind.value) for token in analysis.tokens]


@pytest.mark.parametrize(
    ("text", "use", "tokens"),
    [
        pytest.param(
            "人民政府",
            TextUse.INDEX,
            [
                ("人民政府", 0, 4, "word"),
                ("人民", 0, 2, "word"),
                ("民政", 1, 2, "word"),
                ("政府", 2, 2, "word"),
            ],
            id="an article has the words within words too, the longest first",
        ),
        pytest.param(
            "人民政府", TextUse.QUERY, [("人民政府", 0, 4, "word")], id="a query has the long ones alone"
        ),
        pytest.param(
            "臺灣的 GDP",
            TextUse.QUERY,
            [("台湾", 0, 2, "word"), ("的", 2, 1, "character"), ("gdp", 4, 3, "word")],
            id="folded, with spans in the text as given",
        ),
        pytest.param(
            "科技，科技",
            TextUse.QUERY,
            [("科技", 0, 2, "word"), ("科技", 3, 2, "word")],
            id="each place of a word",
        ),
        pytest.param("科 技", TextUse.QUERY, [("科技", 0, 3, "word")], id="with the white space within"),
        pytest.param("，。", TextUse.INDEX, [], id="marks alone"),
    ],
)
def test_a_text_is_cut_into(
    text: str, use: TextUse, tokens: list[tuple[str, int, int, str]], analyzer: Analyzer, repairer: Repairer
) -> None:
    assert shown(analyze_text(text, use, analyzer, repairer)) == tokens


@pytest.mark.parametrize(
    ("use", "tokens"),
    [
        pytest.param(TextUse.QUERY, [("a+h", 0, 5, "added"), ("总投资", 5, 3, "word")], id="query"),
        pytest.param(
            TextUse.INDEX,
            [
                ("a+h", 0, 5, "added"),
                ("a", 0, 1, "character"),
                ("+", 2, 1, "character"),
                ("h", 4, 1, "character"),
                ("总投资", 5, 3, "word"),
                ("投资", 6, 2, "word"),
            ],
            id="article",
        ),
    ],
)
def test_words_of_the_operator_show(
    use: TextUse,
    tokens: list[tuple[str, int, int, str]],
    with_added_words: Analyzer,
    repairer: Repairer,
) -> None:
    assert shown(analyze_text("A + H总投资", use, with_added_words, repairer)) == tokens


def test_an_article_is_repaired_first(analyzer: Analyzer, repairer: Repairer) -> None:
    """The example of docs/api.md."""
    analysis = analyze_text("科技創(chuàng)新", TextUse.INDEX, analyzer, repairer)
    assert analysis.repair is not None
    assert (analysis.repair.text, analysis.folded, analysis.characters) == ("科技創新", "科技创新", 4)
    [repair] = analysis.repair.repairs
    assert (repair.original_start, repair.original_length) == (3, 8)
    assert (repair.start, repair.length) == (3, 0)
    assert (repair.before, repair.after, repair.rule) == ("(chuàng)", "", "pinyin")
    assert (repair.certainty, repair.is_damage) == (Certainty.EVIDENT, True)
    assert shown(analysis) == [("科技", 0, 2, "word"), ("创新", 2, 2, "word")]


def test_a_query_is_never_repaired(analyzer: Analyzer, repairer: Repairer) -> None:
    analysis = analyze_text("科技創(chuàng)新", TextUse.QUERY, analyzer, repairer)
    assert analysis.repair is None
    assert analysis.folded == "科技创(chuàng)新"


def test_a_clean_text_has_an_empty_log(analyzer: Analyzer, repairer: Repairer) -> None:
    analysis = analyze_text("科技创新", TextUse.INDEX, analyzer, repairer)
    assert analysis.repair is not None
    assert (analysis.repair.text, analysis.repair.repairs) == ("科技创新", ())


def test_the_version_tells_dictionaries_apart(
    analyzer: Analyzer, with_added_words: Analyzer, repairer: Repairer
) -> None:
    versions = {
        analyze_text("科技", TextUse.QUERY, each, repairer).version for each in (analyzer, with_added_words)
    }
    assert versions == {analyzer.version, with_added_words.version}
    assert len(versions) == 2


def test_the_words_are_those_that_are_indexed_and_searched_for(
    with_added_words: Analyzer, repairer: Repairer
) -> None:
    @given(texts() | DAMAGED, st.sampled_from(TextUse))
    def law(text: str, use: TextUse) -> None:
        analysis = analyze_text(text, use, with_added_words, repairer)
        analysed = text if analysis.repair is None else analysis.repair.text
        assert len(analysis.folded) == len(analysed)
        for token in analysis.tokens:
            start, length = token.span
            assert 0 < length <= len(analysed) - start
            assert with_added_words.characters(analysed[start : start + length]).startswith(token.text)
            assert (token.kind is TokenKind.CHARACTER) <= (len(token.text) == 1)
        words = [token.text for token in analysis.tokens]
        if use is TextUse.INDEX:
            assert Counter(words) == Counter(with_added_words.index_words(analysed))
        else:
            assert tuple(dict.fromkeys(words)) == with_added_words.query_words(text)

    law()


def test_the_log_leads_back_to_the_text_as_given(analyzer: Analyzer, repairer: Repairer) -> None:
    @given(texts() | DAMAGED)
    def law(text: str) -> None:
        log = analyze_text(text, TextUse.INDEX, analyzer, repairer).repair
        assert log is not None
        original = log.text
        for repair in reversed(log.repairs):
            assert original[repair.start : repair.start + repair.length] == repair.after
            original = original[: repair.start] + repair.before + original[repair.start + repair.length :]
            assert text[repair.original_start :][: repair.original_length] == repair.before
        assert original == text

    law()
