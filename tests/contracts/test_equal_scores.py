"""What articles score in a fresh generation: in a cluster the same as on Whoosh, but for rounding."""

import math
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.averages import MEASURED_ARTICLES, Averages
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.factory import open_cluster
from index.upkeep import Upkeep
from search.ranking import TUNED
from search.request import Collapse, Match, SearchRequest
from search.service import SearchService
from tests.both_engines import in_cluster
from tests.engines import from_reference
from tests.index.corpus.samples import store
from tests.query_clauses import any_clause
from tests.questions import question
from tests.reference_engine import ReferenceArticle
from tests.strategies import articles, render
from web.serving.opening import open_search, prepare

pytestmark = pytest.mark.opensearch

TOLERANCE: Final = 1e-3
"""The promise: relative, and absolute below 1."""

ARTICLES: Final = MEASURED_ARTICLES + 50
QUERIES: Final = 100
SOME_PARTS: Final = (
    (Part.BODY,),
    (Part.TITLE, Part.BODY),
    (Part.LEAD, Part.TAGS),
    (Part.TITLE, Part.LEAD, Part.BODY),
)


@pytest.fixture(scope="module")
def among() -> tuple[ReferenceArticle, ...]:
    return articles(Random(21), ARTICLES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, among: Sequence[ReferenceArticle]) -> DataFolder:
    folder = DataFolder(tmp_path_factory.mktemp("equal") / "data")
    prepare(folder)
    store(folder, *map(from_reference, among))
    return folder


@pytest.fixture(scope="module")
def on_whoosh(folder: DataFolder, analyzer: Analyzer) -> Iterator[SearchService]:
    with open_search(folder, analyzer) as opened:
        opened.upkeep.rebuild(lambda _: None, "a test")
        yield opened.service


@pytest.fixture
def cluster() -> Iterator[EngineSettings]:
    with in_cluster() as settings:
        yield settings


def unequal(
    among: Sequence[ReferenceArticle], one: SearchService, other: SearchService, parts: tuple[Part, ...]
) -> list[str]:
    """The queries in these parts whose hits have other scores there; which hits there are is the same."""
    random, found, scored = Random(22), [], 0
    for _ in range(QUERIES):
        request = SearchRequest(
            q=render(question(random, among, any_clause), random),
            match=random.choice(tuple(Match)),
            parts=parts,
            collapse=Collapse.NONE,
            limit=ARTICLES,
            snippets=0,
        )
        scores, others = _scores(one, request), _scores(other, request)
        assert scores.keys() == others.keys(), request
        scored += any(scores.values())
        if not all(_alike(score, others[name]) for name, score in scores.items()):
            found.append(request.q)
    assert scored > QUERIES / 4
    return found


def _scores(service: SearchService, request: SearchRequest) -> dict[str, float]:
    return {hit.article.id: hit.score for hit in service.search(request).hits}


def _alike(one: float, other: float) -> bool:
    """Beside the bonus of a full match no difference would count."""
    bonus, rest = divmod(one, TUNED.full_bonus)
    other_bonus, other_rest = divmod(other, TUNED.full_bonus)
    return bonus == other_bonus and math.isclose(rest, other_rest, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def test_scores_are_equal_in_all_parts_and_in_some(
    folder: DataFolder,
    analyzer: Analyzer,
    among: tuple[ReferenceArticle, ...],
    on_whoosh: SearchService,
    cluster: EngineSettings,
) -> None:
    with open_search(folder, analyzer, engine=cluster) as opened:
        opened.upkeep.rebuild(lambda _: None, "a test")
        for parts in (tuple(Part), *SOME_PARTS):
            assert unequal(among, on_whoosh, opened.service, parts) == [], parts


def test_a_generation_of_other_averages_scores_otherwise(
    folder: DataFolder,
    analyzer: Analyzer,
    among: tuple[ReferenceArticle, ...],
    on_whoosh: SearchService,
    cluster: EngineSettings,
) -> None:
    """The control."""
    with open_cluster(cluster, k1=TUNED.k1, b=TUNED.b) as place:
        unmeasured = place.store(analyzer, Averages)
        Upkeep(folder, analyzer, unmeasured, place=place).rebuild(lambda _: None, "a test")
    with open_search(folder, analyzer, engine=cluster) as opened:
        assert len(unequal(among, on_whoosh, opened.service, tuple(Part))) > QUERIES / 4
