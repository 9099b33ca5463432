"""What the service answers while articles or generations are damaged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, Original
from index.article_reader import CorpusStats, DamagedArticle
from index.errors import Cause, PolicySearchError, StorageFailed
from search.engine import Snapshot
from search.errors import ArticleDamaged
from search.request import SearchRequest
from search.results import Readiness
from tests.engines import Library, make_article


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    return Library(tmp_path, analyzer)


@dataclass(slots=True)
class DamagedLibrary(Library):
    """A library on a disk that has lost a bit of these articles, or of what came in for them."""

    damaged: set[str] = field(default_factory=set)
    damaged_originals: set[str] = field(default_factory=set)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article | DamagedArticle]:
        return {
            name: DamagedArticle(f"{name} is damaged") if name in self.damaged else self.stored[name]
            for name in ids
        }

    def original(self, article_id: str) -> Original | DamagedArticle | None:
        if article_id in self.damaged_originals:
            return DamagedArticle(f"the original of {article_id} is damaged")
        return Library.original(self, article_id)


def test_a_damaged_article_is_left_out_of_the_hits_and_logged(
    tmp_path: Path, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    library = DamagedLibrary(tmp_path, analyzer, damaged={"a", "c"})
    library.build(make_article(name, "科技") for name in "abc")
    result = library.service().search(SearchRequest(q="科技"))
    assert ([hit.article.id for hit in result.hits], result.total) == (["b"], 3)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "a hit of generation 1.1 is left out: a is damaged"),
        ("ERROR", "a hit of generation 1.1 is left out: c is damaged"),
    ]


@pytest.mark.parametrize(
    ("article_id", "reason"), [("a", "a is damaged"), ("b", "the original of b is damaged")]
)
def test_a_damaged_article_is_known_to_be_damaged(
    article_id: str, reason: str, tmp_path: Path, analyzer: Analyzer
) -> None:
    library = DamagedLibrary(tmp_path, analyzer, damaged={"a"}, damaged_originals={"b"})
    library.build([make_article("a"), make_article("b"), make_article("c")])
    assert library.service().article("c").article.id == "c"
    with pytest.raises(ArticleDamaged, match=reason):
        library.service().article(article_id)


def test_ready_with_an_older_generation_and_the_reason_is_given(library: Library) -> None:
    library.build([make_article("a")])
    library.build([make_article("a")])
    [segment] = (library.root / "gen-00000002").glob("*.seg")
    segment.unlink()
    library.sequence = 1
    readiness = library.service().readiness()
    assert (readiness.ready, readiness.generation, readiness.lag) == (True, "1.1", 0)
    [reason] = readiness.reasons
    assert "gen-00000002 is damaged" in reason
    assert not readiness.is_settled


@dataclass(slots=True)
class AwayLibrary(Library):
    """A library whose articles lie where nobody answers for now."""

    def last_sequence(self) -> int:
        raise StorageFailed("the articles cannot be reached")


def test_what_keeps_articles_from_being_read_is_the_reason_why_it_is_not_ready(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    library = AwayLibrary(tmp_path, analyzer)
    library.build([make_article("a")])
    readiness = library.service().readiness()
    assert (readiness.ready, readiness.reasons) == (False, ("the articles cannot be reached",))


class EngineMisled(PolicySearchError):
    """An engine that only a person can set right."""

    kind = "engine-misled"
    cause = Cause.MISCONFIGURED


def test_whatever_keeps_an_engine_from_answering_is_the_reason_why_it_is_not_ready(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.build([make_article("a")])
    library.sequence = 7
    engine = library.engine()

    def fail() -> Snapshot:
        raise EngineMisled("an alias leads to two indexes")

    monkeypatch.setattr(engine, "snapshot", fail)
    assert library.service(engine=engine).readiness() == Readiness(
        ready=False, generation=None, sequence=0, lag=7, reasons=("an alias leads to two indexes",)
    )


SETTLED = Readiness(ready=True, generation="1.1", sequence=4, lag=0, reasons=())


def test_settled_is_what_has_nothing_to_index_and_nothing_to_mend() -> None:
    assert SETTLED.is_settled


@pytest.mark.parametrize(
    "readiness",
    [
        replace(SETTLED, ready=False, generation=None),
        replace(SETTLED, lag=1),
        replace(SETTLED, lag=-1),
        replace(SETTLED, reasons=("gen-00000002 is damaged",)),
    ],
    ids=["not ready", "behind", "ahead of a restored database", "passed over"],
)
def test_not_settled(readiness: Readiness) -> None:
    assert not readiness.is_settled


def test_readiness_counts_no_articles(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for every second, and by everybody who watches the service."""

    def refuse(self: Library) -> CorpusStats:
        pytest.fail("all articles were counted")

    library.build([make_article("a")])
    service = library.service()
    monkeypatch.setattr(Library, "stats", refuse)
    assert service.readiness().ready
