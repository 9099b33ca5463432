"""How long the stages of a search took."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.article_reader import DamagedArticle
from search.request import SearchRequest
from search.timings import NOT_TIMED, Stopwatch, Timings
from tests.engines import Library, make_article

SLOW_S = 0.05


class SlowLibrary(Library):
    """Reading articles takes a while."""

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article | DamagedArticle]:
        time.sleep(SLOW_S)
        return super().articles(ids)


def test_laps_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([10.0, 10.5, 10.5, 12.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(moments))
    watch = Stopwatch()
    assert [watch.lap() for _ in range(3)] == [500.0, 0.0, 1500.0]


def test_the_whole_is_the_sum_of_the_stages() -> None:
    assert Timings(parse=1.0, engine=2.0, fetch=4.0, snippets=8.0).total == 15.0
    assert NOT_TIMED.total == 0.0


def test_every_stage_of_a_search_is_timed(tmp_path: Path, analyzer: Analyzer) -> None:
    library = SlowLibrary(tmp_path, analyzer)
    library.build([make_article(f"a{number}", "科技创新" * 20) for number in range(3)])
    started = time.perf_counter()
    result = library.service().search(SearchRequest(q="科技"))
    passed = (time.perf_counter() - started) * 1000
    stages = {stage.name: getattr(result.timings, stage.name) for stage in fields(Timings)}
    assert all(stage > 0 for stage in stages.values())
    assert stages["fetch"] >= SLOW_S * 1000, "what takes long is counted where it happens"
    assert result.took_ms == result.timings.total
    assert result.took_ms <= passed
