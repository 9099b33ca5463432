"""What meaning does to the hits of a search, and what it leaves alone."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.errors import StorageFailed
from index.vectors.table import VectorTable
from search.request import Collapse, Filters, Match, SearchRequest, Sort
from search.results import Matched
from search.semantic.answer import SemanticAnswer, SemanticMode, SemanticState
from search.semantic.errors import EmbedderUnusable, SemanticOff
from search.semantic.meaning import Meaning
from search.semantic.stage import SemanticStage
from search.whoosh.snapshot import WhooshSnapshot
from tests.embedders import PairEmbedder
from tests.engines import Library, make_article
from tests.search.semantic.kit import MemoryVectors, ids
from tests.search.semantic.rig import ARTICLES, BLENDING, CLUSTERS, HYBRID, RERANK, SAME, SUBSIDY, Rig, asked


@pytest.fixture
def rig(tmp_path: Path, analyzer: Analyzer) -> Iterator[Rig]:
    with closing(Rig(tmp_path, analyzer)) as rig:
        yield rig


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


@pytest.mark.parametrize("changes", [{"q": "火星探测"}, {"limit": 0}], ids=["no hits", "none wanted"])
def test_where_there_are_no_hits_to_put_in_order_meaning_is_not_asked(
    changes: dict[str, object], rig: Rig
) -> None:
    result = asked(rig.service, RERANK, **changes)
    assert result.semantic == SemanticAnswer(RERANK, SemanticState.NOT_FOR_PAGE)


def counted(name: str, call: Callable[..., object], calls: Counter[str]) -> Callable[..., object]:
    def counting(*given: object) -> object:
        calls[name] += 1
        return call(*given)

    return counting


def test_whether_the_words_find_the_nearest_costs_two_calls(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one for each article: that would take longer than the vectors do."""
    calls: Counter[str] = Counter()
    for name in ("scores", "explain"):
        monkeypatch.setattr(WhooshSnapshot, name, counted(name, getattr(WhooshSnapshot, name), calls))
    for mode, scores in ((RERANK, 0), (HYBRID, 2)):
        calls.clear()
        assert asked(rig.service, mode, collapse=Collapse.NONE).hits
        assert (calls["scores"], calls["explain"]) == (scores, 0)
