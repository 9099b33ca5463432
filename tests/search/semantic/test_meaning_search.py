"""What meaning does to the hits of a search, and what it leaves alone."""

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import fmean, pstdev

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.errors import StorageFailed
from index.vectors.table import VectorTable
from search.request import Collapse, Filters, Match, SearchRequest, Sort
from search.results import Matched, SearchResult
from search.rules.pinned import read_pins
from search.rules.query_rules import QueryRules
from search.semantic.answer import SemanticAnswer, SemanticMode, SemanticState
from search.semantic.blending import Blending
from search.semantic.errors import EmbedderUnusable, SemanticOff
from search.semantic.meaning import Meaning
from search.semantic.stage import SemanticStage
from search.service import SearchService
from tests.embedders import PairEmbedder
from tests.engines import Library, make_article, no_rules
from tests.search.semantic.kit import MemoryVectors, ids, walked

RERANK, HYBRID = SemanticMode.RERANK, SemanticMode.HYBRID
SAME = {"轿车": "汽车", "优惠": "补贴", "电动": "新能源"}
BLENDING = Blending(window=10, weight=1.5, brought_in=3, nearest=20)
SUBSIDY = "新能源汽车补贴"

ARTICLES = [
    make_article("long", "新能源汽车补贴。" + "会议讨论了交通和环境。" * 9, title="市政府召开会议"),
    make_article("short", "新能源汽车补贴", title="新能源汽车补贴"),
    make_article("middle", "新能源汽车补贴，会议讨论了交通和环境。", title="会议", source="湖北日报"),
    make_article("other", "电动轿车优惠", title="电动轿车优惠", source="湖北日报"),
    make_article("copy", "电动轿车优惠", title="电动轿车优惠", source="浙江日报"),
    make_article("copied", "新能源汽车补贴。今年小麦丰收", title="今年小麦丰收"),
    make_article("wheat", "今年小麦丰收", title="今年小麦丰收"),
]
CLUSTERS = {"other": 1, "copy": 1, "copied": 2, "wheat": 2}


class Rig:
    """An index of articles, an embedder, and vectors of the same articles and perhaps of others."""

    def __init__(
        self,
        path: Path,
        analyzer: Analyzer,
        articles: Sequence[Article] = ARTICLES,
        *,
        embedder: PairEmbedder | None = None,
        embedded: Sequence[Article] | None = None,
        pins: str = "",
    ) -> None:
        self.embedder = embedder or PairEmbedder(SAME)
        vectors = MemoryVectors(PairEmbedder(SAME), articles if embedded is None else embedded)
        self.stage = SemanticStage(self.embedder, vectors, BLENDING, budget_s=30.0)
        library = Library(path, analyzer, clusters=CLUSTERS)
        library.build(articles)
        folding = analyzer.folding
        rules = QueryRules(no_rules(folding).expander, read_pins(pins.encode(), "pinned.txt", folding))
        self.service = library.service(rules, Meaning(self.stage))

    def close(self) -> None:
        self.stage.close()


@pytest.fixture
def rig(tmp_path: Path, analyzer: Analyzer) -> Iterator[Rig]:
    with closing(Rig(tmp_path, analyzer)) as rig:
        yield rig


def asked(service: SearchService, mode: SemanticMode | None, **changes: object) -> SearchResult:
    return service.search(SearchRequest(**{"q": SUBSIDY, "semantic": mode, **changes}))  # type: ignore[arg-type]


def test_without_meaning_nothing_is_said_of_it(rig: Rig) -> None:
    result = asked(rig.service, SemanticMode.OFF)
    assert result.semantic is None
    assert set(ids(result)) == {"long", "short", "middle", "copied"}


def test_reranking_changes_the_order_and_nothing_else(rig: Rig) -> None:
    plain, reranked = asked(rig.service, SemanticMode.OFF), asked(rig.service, RERANK)
    assert reranked.semantic == SemanticAnswer(RERANK, SemanticState.APPLIED)
    assert sorted(ids(reranked)) == sorted(ids(plain))
    assert ids(reranked)[0] == "short"
    assert reranked.total == plain.total
    shown = {hit.article.id: hit for hit in plain.hits}
    assert all(hit == shown[hit.article.id] for hit in reranked.hits)


def test_hybrid_brings_in_what_means_the_same_in_other_words(rig: Rig) -> None:
    plain, hybrid = asked(rig.service, SemanticMode.OFF), asked(rig.service, HYBRID)
    brought_in = [hit for hit in hybrid.hits if hit.matched is Matched.MEANING]
    assert brought_in[0].article.id in {"other", "copy"}
    assert brought_in[0].score == 0
    assert brought_in[0].highlights == {}
    assert hybrid.semantic == SemanticAnswer(HYBRID, SemanticState.APPLIED, len(brought_in))
    assert hybrid.total == plain.total
    assert set(ids(hybrid)) - set(ids(plain)) == {hit.article.id for hit in brought_in}


def test_of_copies_that_are_one_hit_one_is_brought_in(rig: Rig) -> None:
    folded = ids(asked(rig.service, HYBRID))
    assert len({"other", "copy"} & set(folded)) == 1
    assert "wheat" not in folded, "it is a copy of a hit"
    every = ids(asked(rig.service, HYBRID, collapse=Collapse.NONE))
    assert {"other", "copy", "wheat"} <= set(every)


def test_a_hit_that_moves_up_leaves_no_copy_of_itself_behind(tmp_path: Path, analyzer: Analyzer) -> None:
    """Of two copies the one that words rank first stands behind the window; meaning moves the other up."""
    crowd = [make_article(f"c{number}", "新能源。" * 3 + "小麦丰收" * number) for number in range(12)]
    first = make_article("d1", "新能源" + "今年小麦丰收" * 40)
    second = make_article("d2", "电动" + "新能源" + "今年小麦丰收" * 40)
    library = Library(tmp_path, analyzer, clusters={"d1": 1, "d2": 1})
    library.build([*crowd, first, second])
    embedder = PairEmbedder(SAME)
    near = make_article("d2", "新能源")
    stage = SemanticStage(embedder, MemoryVectors(embedder, [*crowd, first, near]), BLENDING, budget_s=30.0)
    with closing(stage):
        service = library.service(meaning=Meaning(stage))
        plain = ids(asked(service, SemanticMode.OFF, q="新能源", limit=50))
        assert plain.index("d1") >= BLENDING.window
        assert "d2" not in plain
        hybrid = asked(service, HYBRID, q="新能源", limit=50)
        assert ids(hybrid).index("d2") < BLENDING.window
        assert "d1" not in ids(hybrid)
        assert len(hybrid.hits) == hybrid.clusters
        every = ids(asked(service, HYBRID, q="新能源", limit=50, collapse=Collapse.NONE))
        assert {"d1", "d2"} <= set(every)


def test_of_copies_none_is_brought_in_beside_one_that_the_words_find(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    """The one that the words find stands behind the window, where no page but the last shows it."""
    crowd = [make_article(f"c{number}", "新能源。" * 3 + "小麦丰收" * number) for number in range(12)]
    found = make_article("d1", "新能源" + "今年小麦丰收" * 40)
    copy = make_article("d2", "电动" + "今年小麦丰收" * 40)
    near = make_article("d2", "电动")
    embedder = PairEmbedder(SAME)
    stage = SemanticStage(embedder, MemoryVectors(embedder, [*crowd, near]), BLENDING, budget_s=30.0)
    request = SearchRequest(q="新能源", semantic=HYBRID, limit=50)
    with closing(stage):
        for clusters, brought_in in (({"d1": 1, "d2": 1}, 0), ({}, 1)):
            library = Library(tmp_path / str(brought_in), analyzer, clusters=clusters)
            library.build([*crowd, found, copy])
            hybrid = library.service(meaning=Meaning(stage)).search(request)
            assert hybrid.semantic == SemanticAnswer(HYBRID, SemanticState.APPLIED, brought_in)
            assert "d1" in ids(hybrid)
            assert len(hybrid.hits) == hybrid.clusters + brought_in


def test_what_is_brought_in_passes_the_filters(rig: Rig) -> None:
    result = asked(rig.service, HYBRID, filters=Filters(source=("浙江日报",)))
    assert ids(result) == ["copy"]
    assert result.total == 0


def test_articles_that_are_gone_are_not_brought_in(tmp_path: Path, analyzer: Analyzer) -> None:
    remaining = [article for article in ARTICLES if article.id not in {"other", "copy"}]
    with closing(Rig(tmp_path, analyzer, remaining, embedded=ARTICLES)) as rig:
        assert not {"other", "copy"} & set(ids(asked(rig.service, HYBRID)))


def test_articles_without_vectors_keep_their_place_among_the_others(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    with closing(Rig(tmp_path, analyzer, embedded=ARTICLES[:1])) as rig:
        reranked = asked(rig.service, RERANK)
        assert reranked.semantic == SemanticAnswer(RERANK, SemanticState.APPLIED)
        assert sorted(ids(reranked)) == sorted(ids(asked(rig.service, SemanticMode.OFF)))


@pytest.mark.parametrize("mode", [RERANK, HYBRID])
@pytest.mark.parametrize(
    "changes",
    [
        {"q": f'"{SUBSIDY}"'},
        {"q": f"title:{SUBSIDY}"},
        {"q": ""},
        {"sort": Sort.NEWEST},
        {"match": Match.EXACT},
    ],
    ids=["quoted", "a field", "nothing", "another order", "exact"],
)
def test_where_characters_are_asked_for_meaning_says_nothing(
    mode: SemanticMode, changes: dict[str, object], rig: Rig
) -> None:
    result = asked(rig.service, mode, **changes)
    assert result.semantic == SemanticAnswer(mode, SemanticState.NOT_FOR_QUERY)
    assert ids(result) == ids(asked(rig.service, SemanticMode.OFF, **changes))


@pytest.mark.parametrize(
    "changes",
    [{"q": f"{SUBSIDY} -小麦"}, {"match": Match.ALL}, {"q": f"{SUBSIDY} OR 小麦"}],
    ids=["something left out", "every word", "one of two"],
)
def test_nothing_is_brought_in_against_a_condition(changes: dict[str, object], rig: Rig) -> None:
    result = asked(rig.service, HYBRID, **changes)
    assert result.semantic == SemanticAnswer(HYBRID, SemanticState.APPLIED, brought_in=0)
    assert ids(result) == ids(asked(rig.service, RERANK, **changes))


def test_pinned_articles_stay_on_top(tmp_path: Path, analyzer: Analyzer) -> None:
    with closing(Rig(tmp_path, analyzer, pins=f"{SUBSIDY} => long, wheat")) as rig:
        for mode in (RERANK, HYBRID):
            assert ids(asked(rig.service, mode))[:2] == ["long", "wheat"]
            assert asked(rig.service, mode).total == asked(rig.service, SemanticMode.OFF).total


def test_where_there_is_no_time_the_order_is_that_of_the_words(tmp_path: Path, analyzer: Analyzer) -> None:
    waiting = threading.Event()

    def wait(_texts: Sequence[str]) -> None:
        waiting.wait(30)

    embedder = PairEmbedder(SAME, before=wait)
    with closing(Rig(tmp_path, analyzer, embedder=embedder)) as rig:
        in_time = SemanticStage(
            embedder, MemoryVectors(PairEmbedder(SAME), ARTICLES), BLENDING, budget_s=0.05
        )
        library = Library(tmp_path, analyzer, {article.id: article for article in ARTICLES}, CLUSTERS)
        hurried = library.service(meaning=Meaning(in_time))
        late = asked(hurried, HYBRID)
        assert late.semantic == SemanticAnswer(HYBRID, SemanticState.LATE)
        assert ids(late) == ids(asked(hurried, SemanticMode.OFF))
        waiting.set()
        # The control: the same embedder, where there is time.
        assert asked(rig.service, HYBRID).semantic == SemanticAnswer(HYBRID, SemanticState.APPLIED, 1)
        in_time.close()


def test_without_any_vectors_the_order_is_that_of_the_words(tmp_path: Path, analyzer: Analyzer) -> None:
    with closing(Rig(tmp_path, analyzer, embedded=[])) as rig:
        result = asked(rig.service, HYBRID)
        assert result.semantic == SemanticAnswer(HYBRID, SemanticState.NO_VECTORS)
        assert ids(result) == ids(asked(rig.service, SemanticMode.OFF))


class Unreadable:
    def table(self) -> VectorTable:
        raise StorageFailed("the vectors cannot be read")


def test_vectors_that_cannot_be_read_are_logged_and_no_obstacle(
    tmp_path: Path, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(tmp_path, analyzer)
    library.build(ARTICLES)
    with closing(SemanticStage(PairEmbedder(), Unreadable(), BLENDING)) as stage:
        result = asked(library.service(meaning=Meaning(stage)), RERANK)
    assert result.semantic == SemanticAnswer(RERANK, SemanticState.NO_VECTORS)
    assert "the vectors cannot be read" in caplog.text


def test_a_query_that_the_embedder_cannot_read_is_searched_by_words(
    tmp_path: Path, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_texts: Sequence[str]) -> None:
        raise EmbedderUnusable("the model takes no more than 8 tokens")

    with closing(Rig(tmp_path, analyzer, embedder=PairEmbedder(SAME, before=fail))) as rig:
        for mode in (RERANK, HYBRID):
            result = asked(rig.service, mode)
            assert result.semantic == SemanticAnswer(mode, SemanticState.NO_VECTORS)
            assert ids(result) == ids(asked(rig.service, SemanticMode.OFF))
    assert "no more than 8 tokens" in caplog.text


def test_without_an_embedder_meaning_cannot_be_asked_for(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    library.build(ARTICLES)
    service = library.service()
    with pytest.raises(SemanticOff, match="POLICY_SEARCH_EMBEDDER"):
        asked(service, RERANK)
    assert asked(service, None).semantic is None
    assert asked(service, SemanticMode.OFF).semantic is None


@pytest.mark.parametrize(
    ("mode", "holds"), [(None, RERANK), (SemanticMode.OFF, None), (HYBRID, HYBRID)], ids=str
)
def test_what_the_service_was_set_to_holds_where_a_search_does_not_say(
    mode: SemanticMode | None, holds: SemanticMode | None, rig: Rig, tmp_path: Path, analyzer: Analyzer
) -> None:
    library = Library(tmp_path, analyzer, {article.id: article for article in ARTICLES}, CLUSTERS)
    answer = asked(library.service(meaning=Meaning(rig.stage, RERANK)), mode).semantic
    assert (None if answer is None else answer.mode) is holds


WORDS = ("新能源", "汽车", "轿车", "补贴", "优惠", "电动", "交通", "小麦", "环境", "会议")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[Rig]:
    """Forty articles of random words, so that lists are longer than the window."""
    draw = random.Random(7)
    articles = [
        make_article(f"a{number:02}", "".join(draw.choices(WORDS, k=draw.randint(3, 30))))
        for number in range(40)
    ]
    with closing(Rig(tmp_path_factory.mktemp("many"), analyzer, articles)) as rig:
        yield rig


QUERIES = ("汽车", "补贴 汽车", "新能源汽车补贴优惠", "小麦", "环境会议", "电动轿车")


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize("mode", [RERANK, HYBRID])
@pytest.mark.parametrize("per_page", [1, 3, 10, 13])
def test_pages_are_pieces_of_one_list(mode: SemanticMode, q: str, per_page: int, many: Rig) -> None:
    request = SearchRequest(q=q, semantic=mode)
    whole = many.service.search(SearchRequest(q=q, semantic=mode, limit=100))
    assert walked(many.service, request, per_page) == ids(whole)
    assert whole.semantic is not None
    assert len(whole.hits) == whole.total + whole.semantic.brought_in


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize("mode", [RERANK, HYBRID])
def test_the_list_is_the_one_worked_out_from_all_articles(mode: SemanticMode, q: str, many: Rig) -> None:
    plain = many.service.search(SearchRequest(q=q, limit=100))
    scores = {hit.article.id: hit.score for hit in plain.hits}
    table = many.stage._vectors.table()
    near = table.nearness(PairEmbedder(SAME).query(q), list(table.places))
    window, behind = list(scores)[: BLENDING.window], list(scores)[BLENDING.window :]
    others: list[str] = []
    if mode is HYBRID:
        nearest = sorted(near, key=lambda name: -near[name])[: BLENDING.nearest]
        others = [name for name in nearest if name not in window][: BLENDING.brought_in]
    floor = scores[window[-1]] if len(window) == BLENDING.window else 0.0
    first = [*window, *others]
    values = [scores.get(name, floor) for name in first]
    nearness = [near[name] for name in first]
    sums = {
        name: _standard(value, values)
        + BLENDING.weight * (1 - 1 / len(first)) * _standard(near[name], nearness)
        for name, value in zip(first, values, strict=True)
    }
    result = many.service.search(SearchRequest(q=q, semantic=mode, limit=100))
    found = ids(result)
    assert sorted(found[: len(first)]) == sorted(first)
    assert [sums[name] for name in found[: len(first)]] == pytest.approx(
        sorted(sums.values(), reverse=True), abs=1e-5
    )
    assert found[len(first) :] == [name for name in behind if name not in others]
    strangers = {name for name in others if name not in scores}
    assert {hit.article.id for hit in result.hits if hit.matched is Matched.MEANING} == strangers
    assert result.semantic == SemanticAnswer(mode, SemanticState.APPLIED, len(strangers))


def _standard(value: float, among: Sequence[float]) -> float:
    deviation = pstdev(among)
    return (value - fmean(among)) / deviation if deviation else 0.0
