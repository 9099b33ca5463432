"""What a text of a query scores, as nodes."""

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.plan import ALL_PARTS, Characters, Constant, Node, Pairs, Word
from search.ranking import Ranking
from search.text_scores import score_in_one_piece, score_texts, score_title

RANKING = Ranking(
    pair_weight=2.0,
    title_all_weight=3.0,
    title_most_weight=0.5,
    title_most_share=0.75,
    run_bonus=4.0,
    title_run_bonus=8.0,
)
TITLE, BODY = (Part.TITLE,), (Part.BODY,)


@pytest.mark.parametrize(
    ("texts", "parts", "nodes"),
    [
        pytest.param(
            ("科技",),
            ALL_PARTS,
            (Word("科技"), Pairs("科技", 1, 2.0), Pairs("科技", 1, 0.5, TITLE), Pairs("科技", 1, 3.0, TITLE)),
            id="a word",
        ),
        pytest.param(
            ("科技改革发展",),
            ALL_PARTS,
            (
                *map(Word, ("科技", "改革", "发展")),
                Pairs("科技改革发展", 1, 2.0),
                Pairs("科技改革发展", 4, 0.5, TITLE),
                Pairs("科技改革发展", 5, 3.0, TITLE),
            ),
            id="most of five pairs is four, rounded up",
        ),
        pytest.param(
            ("科技",), BODY, (Word("科技"), Pairs("科技", 1, 2.0, BODY)), id="not asked in the title"
        ),
        pytest.param(
            ("科技，改革",),
            BODY,
            (Word("科技"), Word("改革"), Pairs("科技改革", 1, 2.0, BODY)),
            id="punctuation is in no pair",
        ),
        pytest.param(
            ("科 技",), BODY, (Word("科技"), Pairs("科技", 1, 2.0, BODY)), id="white space is in no pair"
        ),
        pytest.param(("Ｇ",), ALL_PARTS, (Word("g"),), id="one character is no pair"),
        pytest.param(("，。",), ALL_PARTS, (), id="marks alone"),
        pytest.param((), ALL_PARTS, (), id="no text"),
        pytest.param(
            ("科技", "科技改革"),
            BODY,
            (Word("科技"), Word("改革"), Pairs("科技", 1, 2.0, BODY), Pairs("科技改革", 1, 2.0, BODY)),
            id="two texts: each word once, the pairs of each",
        ),
        pytest.param(
            ("发展发展",),
            TITLE,
            (
                Word("发展"),
                Pairs("发展发展", 1, 2.0, TITLE),
                Pairs("发展发展", 2, 0.5, TITLE),
                Pairs("发展发展", 2, 3.0, TITLE),
            ),
            id="repeated pairs are one",
        ),
    ],
)
def test_texts_score(
    texts: tuple[str, ...], parts: tuple[Part, ...], nodes: tuple[Node, ...], analyzer: Analyzer
) -> None:
    found = score_texts(texts, parts, analyzer, RANKING)
    # The order of the words of one text is the segmenter's.
    assert set(found) == set(nodes)
    assert len(found) == len(nodes)


def test_a_whole_title_scores_its_pairs_and_itself(analyzer: Analyzer) -> None:
    assert score_title("科技，“改革”", analyzer, RANKING) == (
        Pairs("科技改革", 3, 0.5, TITLE),
        Pairs("科技改革", 3, 3.0, TITLE),
        Constant(Characters("科技改革", TITLE), 8.0),
    )


def test_a_text_in_one_piece_adds_once_more_in_the_title() -> None:
    anywhere, in_title = Characters("科技"), Characters("科技", TITLE)
    assert score_in_one_piece(anywhere, in_title, RANKING) == (
        Constant(anywhere, 4.0),
        Constant(in_title, 8.0),
    )
    assert score_in_one_piece(anywhere, None, RANKING) == (Constant(anywhere, 4.0),)
