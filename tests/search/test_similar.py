"""Similar articles: those that share what tells most of an article, never itself or its copies."""

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from search.errors import ArticleDeleted, ArticleNotFound, FilterInvalid
from search.ranking import Ranking
from search.request import Collapse, Filters, SimilarRequest
from search.service import SearchService
from search.similar import SimilarFinder, TermChoice
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article

GRAIN = "粮食收购价格上调，粮食收购企业按小麦最低价收购，小麦质量分级"
ROADS = "高速公路改扩建工程开工，高速公路收费站迁移，公路桥梁检测"
NOTICE = "有关部门发布通知，请各单位认真贯彻执行"


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    texts = {
        "grain-1": GRAIN,
        "grain-1-copy": GRAIN,
        "grain-2": "今年小麦收购启动，粮食企业备足资金，小麦收购价格公布",
        "grain-3": "小麦粮食收购质量抽检，企业收购价格公示",
        "grain-3-copy": "小麦粮食收购质量抽检，企业收购价格公示",
        "roads-1": ROADS,
        "roads-2": "公路桥梁检测完成，高速公路恢复通行，收费站开放",
        "empty": "",
        "numbers": "2024 12 2024 12 的的",
        **{f"notice-{number}": f"{NOTICE}{number}" for number in range(12)},
    }
    clusters = {"grain-1": 1, "grain-1-copy": 1, "grain-3": 2, "grain-3-copy": 2}
    library = library_of(clusters)
    library.build(
        make_article(name, f"{text}。{NOTICE}" if text else "", source=name) for name, text in texts.items()
    )
    return library


@pytest.fixture(scope="module")
def service(library: ArticleLibrary) -> SearchService:
    return library.service()


def ids(service: SearchService, name: str, request: SimilarRequest | None = None) -> list[str]:
    return [one.article.id for one in service.similar(name, request or SimilarRequest()).results]


@pytest.mark.parametrize(
    ("name", "request_", "expected"),
    [
        pytest.param("roads-1", SimilarRequest(limit=1), {"roads-2"}, id="about the same"),
        pytest.param("grain-1", SimilarRequest(limit=2), {"grain-2", "grain-3"}, id="copies folded"),
        pytest.param("grain-1-copy", SimilarRequest(limit=2), {"grain-2", "grain-3"}, id="of a copy"),
        pytest.param(
            "grain-1",
            SimilarRequest(limit=3, collapse=Collapse.NONE),
            {"grain-2", "grain-3", "grain-3-copy"},
            id="copies of others apart, its own never",
        ),
        pytest.param(
            "grain-1", SimilarRequest(limit=1, filters=Filters(source=("grain-2",))), {"grain-2"}, id="filter"
        ),
        pytest.param("grain-1", SimilarRequest(filters=Filters(source=("无",))), set(), id="in vain"),
        pytest.param("grain-1", SimilarRequest(limit=0), set(), id="none wanted"),
        pytest.param("empty", SimilarRequest(), set(), id="nothing to go by"),
        pytest.param("numbers", SimilarRequest(limit=0), set(), id="numbers tell nothing"),
    ],
)
def test_similar_is(name: str, request_: SimilarRequest, expected: set[str], service: SearchService) -> None:
    assert set(ids(service, name, request_)) == expected


def test_the_best_come_first_and_each_once(service: SearchService) -> None:
    results = service.similar("grain-1", SimilarRequest(limit=20)).results
    scores = [one.score for one in results]
    assert scores == sorted(scores, reverse=True)
    assert len({one.article.id for one in results}) == len(results) == 2
    assert {results[0].article.id, results[1].article.id} == {"grain-2", "grain-3"}


def test_shared_terms_are_words_of_both_and_the_most_telling_first(
    library: ArticleLibrary, service: SearchService, analyzer: Analyzer
) -> None:
    finder = SimilarFinder(library, analyzer, Ranking())
    terms = finder.telling_terms(library.stored["grain-1"], library.engine().snapshot())
    result = service.similar("grain-1", SimilarRequest(limit=2))
    for similar in result.results:
        assert similar.shared_terms == tuple(
            term for term in terms if term in words(similar.article, analyzer)
        )
        assert {"小麦", "收购"} <= set(similar.shared_terms)
    assert not {"12", "2024", "的"} & set(terms)


def words(article: Article, analyzer: Analyzer) -> set[str]:
    return set(analyzer.index_words(article.body))


def test_terms_are_frequent_here_and_rare_elsewhere(library: ArticleLibrary, analyzer: Analyzer) -> None:
    finder = SimilarFinder(library, analyzer, Ranking())
    snapshot = library.engine().snapshot()
    body = "小麦小麦小麦，通知通知通知，粮食粮食，独此一家的词语啊啊"
    terms = finder.telling_terms(make_article("x", body), snapshot)
    assert terms.index("小麦") < terms.index("通知"), "as frequent, but rarer"
    assert terms.index("小麦") < terms.index("粮食"), "as rare, but less frequent here"
    assert "词语" not in terms, "no other article has it"
    long = make_article("y", "".join(f"{GRAIN}{ROADS}{NOTICE}" * 3))
    assert len(finder.telling_terms(long, snapshot)) == TermChoice().terms


def test_only_the_beginning_of_a_long_article_is_read(library: ArticleLibrary, analyzer: Analyzer) -> None:
    snapshot = library.engine().snapshot()
    article = make_article("x", f"{GRAIN}{'。' * 100}{ROADS * 3}")
    read = {
        characters: SimilarFinder(
            library, analyzer, Ranking(), TermChoice(characters=characters)
        ).telling_terms(article, snapshot)
        for characters in (100, 10_000)
    }
    assert "小麦" in read[100]
    assert "公路" not in read[100]
    assert "公路" in read[10_000]


@pytest.mark.parametrize(
    ("name", "error"),
    [("unknown", ArticleNotFound), ("deleted", ArticleDeleted)],
    ids=str,
)
def test_an_article_that_is_not_there_has_none(
    name: str, error: type[Exception], library_of: LibraryFactory
) -> None:
    library = library_of()
    library.build([make_article("deleted", GRAIN), make_article("a", GRAIN)])
    library.change([], ["deleted"])
    with pytest.raises(error):
        library.service().similar(name, SimilarRequest())


def test_an_article_need_not_be_indexed_yet(library: ArticleLibrary, library_of: LibraryFactory) -> None:
    other = library_of()
    other.build(library.stored.values())
    other.stored["new"] = make_article("new", GRAIN)
    assert set(ids(other.service(), "new", SimilarRequest(limit=2))) == {"grain-1", "grain-1-copy"}


def test_a_filter_by_an_impossible_value_is_refused(service: SearchService) -> None:
    with pytest.raises(FilterInvalid):
        service.similar("grain-1", SimilarRequest(filters=Filters(year=("x",))))


def test_what_was_deleted_since_is_left_out(library: ArticleLibrary, library_of: LibraryFactory) -> None:
    other = library_of()
    other.build(library.stored.values())
    service = other.service()
    assert "roads-2" in ids(service, "roads-1")
    del other.stored["roads-2"]
    assert "roads-2" not in ids(service, "roads-1")
