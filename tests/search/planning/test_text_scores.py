"""What a text of a query scores, as nodes."""

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.plan import ALL_PARTS, And, Characters, Constant, Keyword, Node, Not, Pairs, Word
from search.planning.text_scores import score_in_one_piece, score_texts, score_title
from search.ranking import Ranking

RANKING = Ranking(
    pair_weight=2.0,
    title_all_weight=3.0,
    title_document_weight=1.5,
    title_most_weight=0.5,
    title_most_share=0.75,
    run_bonus=4.0,
    title_run_bonus=8.0,
)
TITLE, BODY = (Part.TITLE,), (Part.BODY,)
EXPLANATION = Keyword("document_type", ("解读",))


def in_title(text: str, most: int, count: int) -> tuple[Node, ...]:
    """What a title scores that has most and all of the pairs of a text, and is no explanation."""
    own = And((Pairs(text, count, 1.5, TITLE), Not(EXPLANATION)))
    return Pairs(text, most, 0.5, TITLE), Pairs(text, count, 3.0, TITLE), own


@pytest.mark.parametrize(
    ("texts", "parts", "nodes"),
    [
        pytest.param(
            ("科技",),
            ALL_PARTS,
            (Word("科技"), Pairs("科技", 1, 2.0), *in_title("科技", 1, 1)),
            id="a word",
        ),
        pytest.param(
            ("科技改革发展",),
            ALL_PARTS,
            (
                *map(Word, ("科技", "改革", "发展")),
                Pairs("科技改革发展", 1, 2.0),
                *in_title("科技改革发展", 4, 5),
            ),
            id="most of five pairs is four, rounded up",
        ),
        pytest.param(
            ("科技",), BODY, (Word("科技"), Pairs("科技", 1, 2.0, BODY)), id="not asked in the title"
        ),
        pytest.param(
            ("，科技、《改革》",),
            BODY,
            (Word("科技"), Word("改革"), Pairs("科技 改革", 1, 2.0, BODY)),
            id="marks are in no pair, nor does one cross them",
        ),
        pytest.param(
            ("科技<改革＞",),
            TITLE,
            (
                *map(Word, ("科技", "改革")),
                Pairs("科技 改革", 1, 2.0, TITLE),
                *in_title("科技 改革", 2, 2),
            ),
            id="angle brackets are marks",
        ),
        pytest.param(
            ("人民政府",),
            BODY,
            (Word("人民政府"), Pairs("人民政府", 1, 2.0, BODY)),
            id="the pairs of a word, no words within it",
        ),
        pytest.param(
            ("科技怎么改革发展",),
            TITLE,
            (
                *map(Word, ("科技", "改革", "发展")),
                Pairs("科技 改革发展", 1, 2.0, TITLE),
                *in_title("科技怎么改革发展", 6, 7),
            ),
            id="a question counts as a whole in titles alone",
        ),
        pytest.param(
            ("科技解读",),
            TITLE,
            (
                *map(Word, ("科技", "解读")),
                Pairs("科技解读", 1, 2.0, TITLE),
                *in_title("科技解读", 3, 3)[:2],
            ),
            id="who asks for an explanation gets it",
        ),
        pytest.param(
            ("科 技",), BODY, (Word("科技"), Pairs("科技", 1, 2.0, BODY)), id="white space is in no pair"
        ),
        pytest.param(
            ("科技",),
            (Part.LEAD, Part.BODY),
            (Word("科技"), Pairs("科技", 1, 2.0, (Part.LEAD,)), Pairs("科技", 1, 2.0, BODY)),
            id="of several parts each scores by itself",
        ),
        pytest.param(
            ("科技",),
            tuple(reversed(ALL_PARTS)),
            (Word("科技"), Pairs("科技", 1, 2.0, tuple(reversed(ALL_PARTS))), *in_title("科技", 1, 1)),
            id="all parts are one, in any order",
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
                *in_title("发展发展", 2, 2),
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
        *in_title("科技 改革", 2, 2),
        Constant(Characters("科技改革", TITLE), 8.0),
    )


def test_a_text_in_one_piece_adds_once_more_in_the_title() -> None:
    anywhere, in_title = Characters("科技"), Characters("科技", TITLE)
    assert score_in_one_piece(anywhere, in_title, RANKING) == (
        Constant(anywhere, 4.0),
        Constant(in_title, 8.0),
    )
    assert score_in_one_piece(anywhere, None, RANKING) == (Constant(anywhere, 4.0),)
