"""P8: after any history an index that was kept up to date answers as one that is built anew.

`python -m benchmarks.rebuilds` tries many. For a change of words alone: `tests/index/test_succession.py`.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from random import Random

import pytest

from index.data_folder import DataFolder
from index.text.dictionary import Dictionary
from index.text.folding import Folding
from index.whoosh.segments import WriterSegment
from tests.index.analysis.lexicons import added, analyzer_with
from tests.reliability.index_histories import AnalyzerOf, History, requests, unlike

STEPS = 25
SEEDS = (1, 2)


@pytest.fixture(scope="module")
def analyzers(folding: Folding) -> AnalyzerOf:
    shipped = Dictionary.load(folding)
    return cache(lambda words: analyzer_with(folding, shipped, added(words)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_an_index_after_any_history_answers_as_one_built_anew(
    tmp_path: Path, analyzers: AnalyzerOf, seed: int
) -> None:
    history = History(DataFolder(tmp_path / "data"), analyzers, Random(seed))
    history.run(STEPS)
    assert set(history.steps) == {"_put", "_delete", "_reload", "_optimise"}
    asked = tuple(requests(500 // len(SEEDS), Random(seed)))
    assert list(unlike(history, tmp_path / "anew", asked)) == []


@pytest.mark.slow
def test_control_a_writer_that_keeps_the_old_text_of_an_article_is_found_out(
    tmp_path: Path, analyzers: AnalyzerOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(self: WriterSegment, ids: Collection[str]) -> WriterSegment:
        return self

    monkeypatch.setattr(WriterSegment, "without", keep)
    history = History(DataFolder(tmp_path / "data"), analyzers, Random(1))
    history.run(STEPS)
    assert list(unlike(history, tmp_path / "anew", tuple(requests(50, Random(1)))))
