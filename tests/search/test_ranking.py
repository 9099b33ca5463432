"""What makes an article rank higher: each part of the score on articles that differ in nothing else."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.article import Article, DocumentFacts
from search.ranking import Ranking
from search.request import MAX_CLAUSES, MAX_QUERY, SearchRequest
from search.results import Matched
from tests.engines import Library, make_article
from tests.strategies import VOCABULARY

OTHERS = tuple(make_article(f"other-{number}", "无关内容") for number in range(20))


def scores(q: str, articles: tuple[Article, ...], folder: Path, analyzer: Analyzer) -> dict[str, float]:
    """The score of each hit, by id, in their order: those with all that was asked for first, and among each
    kind the scores fall."""
    library = Library(folder, analyzer)
    library.build((*articles, *OTHERS))
    hits = library.service().search(SearchRequest(q=q, limit=100)).hits
    found = [(hit.matched is Matched.ALL, hit.score) for hit in hits]
    assert found == sorted(found, reverse=True)
    return {hit.article.id: hit.score for hit in hits}


@pytest.mark.parametrize(
    ("q", "better", "worse"),
    [
        pytest.param(
            "科技", make_article("a", "科技，科技"), make_article("b", "科技，经济"), id="more often"
        ),
        pytest.param(
            "科技", make_article("a", "科技"), make_article("b", "科技" + "，经济" * 50), id="shorter"
        ),
        pytest.param("科技", make_article("a", title="科技"), make_article("b", "科技"), id="in the title"),
        pytest.param(
            "科技", replace(make_article("a"), lead="科技"), make_article("b", "科技"), id="in the lead"
        ),
        pytest.param(
            "科技", replace(make_article("a"), tags=("科技",)), make_article("b", "科技"), id="in the tags"
        ),
        pytest.param(
            "科技改革",
            make_article("a", "科技改革"),
            make_article("b", "科技，改革"),
            id="the run in one piece",
        ),
        pytest.param(
            "科技改革",
            make_article("a", "经济", title="科技改革"),
            make_article("b", "科技改革", title="经济"),
            id="the run in the title",
        ),
        pytest.param(
            "科技 改革",
            make_article("a", "科技与改革，改革"),
            make_article("b", "科技与改革，经济"),
            id="one of two words more often",
        ),
        pytest.param(
            "科技 OR 改革",
            make_article("a", "科技改革"),
            make_article("b", "科技经济"),
            id="both sides of OR",
        ),
        pytest.param(
            "碳达峰",
            make_article("a", title="碳达峰实施方案"),
            make_article("b", "碳达峰" * 8),
            id="a title above a body that repeats it (row 31)",
        ),
        pytest.param(
            "碳达峰",
            make_article("a", title="碳达峰"),
            make_article("b", title="碳达峰实施方案"),
            id="a title that is the query (row 31)",
        ),
    ],
)
def test_what_has_more_of_the_query_is_better(
    q: str, better: Article, worse: Article, tmp_path: Path, analyzer: Analyzer
) -> None:
    found = scores(q, (better, worse), tmp_path, analyzer)
    assert found[better.id] > found[worse.id]


TITLED = tuple(
    make_article(f"titled-{number}", title="省经济厅关于公布《无关内容》的公告") for number in range(20)
)
EXPLAINED = make_article("document", title="关于印发《科技创新管理办法》的通知")
EXPLAINING = replace(
    make_article("explanation", title="《科技创新管理办法》解读"), document=DocumentFacts(type="解读")
)


@pytest.mark.parametrize(
    ("q", "first"),
    [
        pytest.param("科技创新管理办法", "document", id="by its title"),
        pytest.param("科技创新 管理办法", "document", id="by its title in two texts"),
        pytest.param("科技创新管理办法解读", "explanation", id="the explanation in one text"),
        pytest.param("科技创新管理办法 解读", "explanation", id="the explanation in two texts"),
    ],
)
def test_a_document_stands_before_its_explanation(
    q: str, first: str, tmp_path: Path, analyzer: Analyzer
) -> None:
    """The title of the explanation is the shorter one, so that it scores more for all but its type."""
    found = scores(q, (EXPLAINED, EXPLAINING, *TITLED), tmp_path / "typed", analyzer)
    assert next(iter(found)) == first
    untyped = replace(EXPLAINING, document=DocumentFacts())
    found = scores(q, (EXPLAINED, untyped, *TITLED), tmp_path / "untyped", analyzer)
    assert next(iter(found)) == "explanation"


@pytest.mark.parametrize(("left", "right"), [("〈", "〉"), ("<", ">"), ("＜", "＞")])
def test_a_title_is_found_by_other_marks_than_its_own(
    left: str, right: str, tmp_path: Path, analyzer: Analyzer
) -> None:
    own = make_article("own", "科技<改革", title="关于印发《科技创新办法》的通知")
    like = make_article("like", f"关于印发{left}科技创新{right}办法的通知", title="科技创新")
    found = scores(f"关于印发{left}科技创新办法{right}的通知", (own, like), tmp_path, analyzer)
    assert next(iter(found)) == "own"


def test_the_rarer_word_is_worth_more(tmp_path: Path, analyzer: Analyzer) -> None:
    common = tuple(make_article(f"common-{number}", "科技") for number in range(5))
    found = scores("科技 OR 改革", (make_article("rare", "改革"), *common), tmp_path, analyzer)
    assert found["rare"] > found["common-0"] == found["common-4"]


def test_a_run_in_one_piece_adds_a_constant(tmp_path: Path, analyzer: Analyzer) -> None:
    """Both have the same of its pairs: those across the mark are none of the query's."""
    articles = (make_article("run", "科技、改革"), make_article("words", "改革、科技"))
    found = scores("科技、改革", articles, tmp_path, analyzer)
    assert found["run"] - found["words"] == pytest.approx(Ranking().run_bonus)


def test_a_run_in_the_title_adds_both_constants(tmp_path: Path, analyzer: Analyzer) -> None:
    run = make_article("run", title="科技、改革")
    words = make_article("words", title="改革、科技")
    found = scores("科技、改革", (run, words), tmp_path, analyzer)
    assert found["run"] - found["words"] == pytest.approx(Ranking().run_bonus + Ranking().title_run_bonus)


def test_most_of_a_title_is_worth_more_than_the_same_in_a_text(tmp_path: Path, analyzer: Analyzer) -> None:
    """Row 31: one character of the title is typed wrongly, the text has all that was typed, far apart."""
    title = make_article("title", "经济", title="科技创新发展规划")
    text = make_article("text", "科技，创新，发展规则" + "，经济" * 50, title="经济")
    found = scores("科技创新发展规则", (title, text), tmp_path, analyzer)
    assert list(found) == ["text", "title"]
    assert found["title"] > found["text"]


def test_no_part_of_a_query_is_worth_as_much_as_all_of_it(tmp_path: Path, analyzer: Analyzer) -> None:
    """Nearly all of a very long question is the title of an article; another has all of its words."""
    question = "".join(word for word in VOCABULARY if len(word) > 1)
    part = make_article("part", title=question[:-2])
    words = "，".join(reversed(analyzer.query_words(question)))
    full = make_article("full", words + "，没有" * 3000)
    found = scores(question, (part, full), tmp_path, analyzer)
    assert list(found)[:2] == ["full", "part"]


def test_the_bonus_of_all_is_above_any_score_of_a_part() -> None:
    """The longest query, each of whose pairs and words stands in the title of one of ten million articles."""
    ranking = Ranking()
    most_of_a_term = ranking.idf(10_000_000, 1) * (ranking.k1 + 1)
    # The pairs of a title count for each text and for all texts as one.
    in_title = ranking.title_most_weight + ranking.title_all_weight + ranking.title_document_weight
    weights = ranking.pair_weight + 2 * in_title
    words = 3  # at each character: those of two characters, of three, and the longest
    bonuses = MAX_CLAUSES * (ranking.run_bonus + ranking.title_run_bonus)
    assert MAX_QUERY * (weights + words) * most_of_a_term + bonuses < ranking.full_bonus


def test_what_is_excluded_and_what_is_everything_scores_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    articles = (make_article("a", "科技"), make_article("b", "改革"))
    assert set(scores("-科技", articles, tmp_path / "not", analyzer).values()) == {0.0}
    alone = scores("改革", articles, tmp_path / "alone", analyzer)
    assert scores("改革 -科技", articles, tmp_path / "both", analyzer) == alone


def test_a_character_that_is_no_word_scores_only_its_place(tmp_path: Path, analyzer: Analyzer) -> None:
    assert scores("技", (make_article("a", "科技"),), tmp_path, analyzer) == {"a": Ranking().run_bonus}


@given(documents=st.integers(1, 10**7), data=st.data())
def test_rarer_words_weigh_more_and_none_less_than_nothing(documents: int, data: st.DataObject) -> None:
    ranking = Ranking()
    df = data.draw(st.integers(1, documents))
    assert ranking.idf(documents, df) > 0
    if df > 1:
        assert ranking.idf(documents, df - 1) > ranking.idf(documents, df)


def test_weight_of_a_word_is_that_of_lucene() -> None:
    assert Ranking().idf(1000, 10) == pytest.approx(math.log(1 + 990.5 / 10.5))
    assert Ranking().idf(1, 1) == pytest.approx(math.log(1 + 0.5 / 1.5))
