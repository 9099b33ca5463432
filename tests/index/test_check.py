import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index import check as check_module
from index.analysis.analyzer import Analyzer
from index.check import Finding, Place, check_folder
from index.corpus.reader import CorpusReader, Holdings
from index.errors import CorpusMissing
from index.generation import current
from index.writer import START_AVERAGE_LENGTH
from tests.index.site import Site
from tests.index_states import live_writer, put_all, some_articles
from tests.reliability.faults import failing_with


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    """Articles a to d in the database and in the index."""
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles("abcd"))
    site.catch_up()
    return site


def findings(site: Site) -> list[tuple[Place, str]]:
    return [(finding.place, finding.detail) for finding in check_folder(site.folder, site.store)]


def spoil(site: Site, statement: str) -> None:
    with closing(sqlite3.connect(site.folder.articles)) as connection, connection:
        connection.execute(statement)


def contents(folder: Path) -> dict[Path, tuple[int, bytes | None]]:
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in folder.rglob("*")
    }


def test_nothing_is_found_in_a_whole_folder_and_nothing_is_written(site: Site) -> None:
    """Also what an interrupted commit left stays: another process may be writing it just now."""
    (current(site.folder.index).folder / "_MAIN_9.toc").touch()
    (site.folder.index / "new-gen-00000009").mkdir()
    before = contents(site.folder.index)
    assert findings(site) == []
    assert contents(site.folder.index) == before


def test_a_folder_without_articles_says_what_to_do(tmp_path: Path, analyzer: Analyzer) -> None:
    site = Site(tmp_path / "data", analyzer)
    site.folder.articles.unlink()
    with pytest.raises(CorpusMissing, match="policy-search ingest"):
        findings(site)


def cut_a_segment(site: Site) -> None:
    [segment] = current(site.folder.index).folder.glob("*.seg")
    os.truncate(segment, 50)


def lose_the_index(site: Site) -> None:
    shutil.rmtree(site.folder.index)


def store_more(site: Site) -> None:
    site.change(some_articles("e"))


def lose_an_article_of_the_index(site: Site) -> None:
    with live_writer(site.store) as writer:
        writer.delete("b", writer.sequence)
        writer.commit(writer.sequence, writer.average_length)


def index_another(site: Site) -> None:
    with live_writer(site.store) as writer:
        put_all(writer, some_articles("x"), site.analyzer)
        writer.delete("b", writer.sequence)
        writer.commit(writer.sequence, writer.average_length)


def index_what_was_never_stored(site: Site) -> None:
    with live_writer(site.store) as writer:
        writer.commit(99, writer.average_length)


def swap_the_articles(site: Site) -> None:
    """The same articles, stored anew."""
    other = Site(site.folder.root.with_name("other"), site.analyzer)
    other.change(some_articles("abcd"))
    shutil.copy(other.folder.articles, site.folder.articles)


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (cut_a_segment, ["the index generation gen-00000001 is damaged: MAIN_"]),
        (lose_the_index, ["no index has been built yet"]),
        (store_more, ["it covers the journal up to 4 of 5"]),
        (lose_an_article_of_the_index, ["it lacks 1 articles: b; run `policy-search rebuild`"]),
        (index_another, ["it lacks 1 articles: b;", "it holds, though they are not stored, 1 articles: x;"]),
        (swap_the_articles, ["it was made from another journal, whose entry 4 is not the one that is there"]),
        (index_what_was_never_stored, ["it covers the journal up to 99 of 4"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_index_that_is_not_whole_or_does_not_agree_is_found(
    site: Site, harm: Callable[[Site], None], found: list[str]
) -> None:
    harm(site)
    told = findings(site)
    assert [place for place, _ in told] == [Place.INDEX] * len(found)
    for (_, detail), begin in zip(told, found, strict=True):
        assert detail.startswith(begin)


def test_of_many_articles_a_few_are_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "NAMED_IDS", 2)
    with live_writer(site.store) as writer:
        for name in "abd":
            writer.delete(name, writer.sequence)
        writer.commit(writer.sequence, writer.average_length)
    [(_, detail)] = findings(site)
    assert detail == "it lacks 3 articles: a, b, …; run `policy-search rebuild`"


@pytest.mark.parametrize("is_indexed", ["before", "after"])
def test_a_damaged_article_is_the_articles_matter_wherever_the_index_stands(
    site: Site, is_indexed: str
) -> None:
    spoil(site, "UPDATE article SET title = title || 'x' WHERE id = 'b'")
    if is_indexed == "after":
        site.rebuild()
    [(place, detail)] = findings(site)
    assert place is Place.ARTICLES
    assert detail.startswith("article b: its content is not what was stored; ingest it again, or restore")


def test_a_database_that_cannot_be_read_at_all_is_a_finding(site: Site) -> None:
    site.folder.articles.write_bytes(b"no database" * 1_000)
    assert {place for place, _ in findings(site)} == {Place.ARTICLES}


def test_an_index_that_cannot_be_read_now_is_said_to_be_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh.files.sha256_of", failing_with(errno.EMFILE))
    [(place, detail)] = findings(site)
    assert (place, "cannot be read now" in detail) == (Place.INDEX, True)


def test_what_is_stored_and_indexed_during_a_check_is_no_finding(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    holdings = CorpusReader.holdings

    def store_and_index_afterwards(self: CorpusReader) -> Holdings:
        found = holdings(self)
        site.change(some_articles("ef"), "a")
        site.catch_up()
        return found

    monkeypatch.setattr(CorpusReader, "holdings", store_and_index_afterwards)
    assert findings(site) == []


def test_a_finding_is_written_as_its_place_and_what_it_is() -> None:
    assert f"{Finding(Place.INDEX, 'x').place}" == "index"


def test_a_first_generation_of_nothing_is_whole(tmp_path: Path, analyzer: Analyzer) -> None:
    site = Site(tmp_path / "data", analyzer)
    site.catch_up()
    assert site.engine.snapshot().average_length == START_AVERAGE_LENGTH
    assert findings(site) == []
