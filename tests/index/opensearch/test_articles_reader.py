"""A machine without a database reads from the cluster what one with it reads from there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from index.article import Article, Original
from index.article_reader import DamagedArticle
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.opensearch.article_index import DATA, MAX_TITLE, ArticlesMissing, article_key
from index.opensearch.lookups import ASKED_AT_ONCE
from index.writer_lock import WriterLock
from tests.index.corpus import samples
from tests.index.corpus.copies import CUT, FIRST, TEXT, spoil
from tests.index.corpus.samples import ARTICLE, numbered, remove, store
from tests.index.opensearch.article_site import ArticleSite, article_site, assert_alike
from tests.index.reposts.samples import DAY, article, text_of

pytestmark = pytest.mark.opensearch

NAMES = ("first", "cut", "again", "other", "article:first", "湖北/1", "%#odd", "a" * 600)
ODD_IDS = ("", "\ud800", "first\0", "FIRST", " first", "fir*", "'first'", "x" * 100_000)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ArticleSite]:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    with article_site(folder) as site:
        yield site


copies = st.builds(
    article,
    st.just(""),
    st.sampled_from((TEXT, TEXT[:320], text_of(2), text_of(2)[:330], TEXT + text_of(2))),
    title=samples.texts,
    published=st.none() | st.just(DAY) | st.just(DAY + timedelta(days=1)),
    source=st.none() | samples.texts,
)
"""Those of few texts, so that clusters grow, join and fall apart."""

puts = st.tuples(st.sampled_from(NAMES), copies | samples.articles, samples.originals)
batches = st.lists(puts | st.sampled_from(NAMES), max_size=6)
"""Articles that are put, and ids that are deleted."""


@settings(max_examples=12)
@given(history=st.lists(batches, min_size=1, max_size=4))
def test_after_any_history_both_say_the_same(
    history: list[list[tuple[str, Article, Original] | str]],
) -> None:
    with TemporaryDirectory() as place:
        folder = DataFolder(Path(place) / "data")
        folder.create()
        with article_site(folder) as site:
            for batch in history:
                change(folder, batch)
                site.copy()
                assert_alike(site, (*NAMES, *ODD_IDS))


def change(folder: DataFolder, batch: list[tuple[str, Article, Original] | str]) -> None:
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for one in batch:
            if isinstance(one, str):
                writer.delete(one)
            else:
                article_id, article, original = one
                writer.put(replace(article, id=article_id), original)
        writer.commit()


def test_of_more_articles_than_one_request_names_all_are_read(site: ArticleSite) -> None:
    articles = {one.id: one for one in map(numbered, range(2 * ASKED_AT_ONCE + 1))}
    store(site.folder, *articles.values())
    site.copy()
    assert site.copied.articles(iter(articles)) == articles
    assert site.copied.titles(1_000) == site.stored.titles(1_000)


@pytest.mark.parametrize(
    ("ids", "most"), [(("first", "hubei-1"), 2), (("hubei-1",), 1)], ids=["copies", "none"]
)
def test_a_page_with_all_that_is_shown_costs_a_request_and_one_for_copies(
    ids: tuple[str, ...], most: int, site: ArticleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(site.folder, ARTICLE, FIRST, CUT)
    site.copy()
    asked = calls_of(monkeypatch, site.client, "mget")
    page = site.copied.page(ids)
    whole = (page.articles(), page.copy_counts(), page.times_added(ids))
    assert len(asked) == most
    copied = site.copied
    assert whole == (copied.articles(ids), copied.copy_counts(ids), copied.times_added(ids))
    assert set(whole[1]) == set(ids) - {"hubei-1"}
    # Control: one by one they cost two more.
    assert len(asked) == most + (most + 2)


def calls_of(monkeypatch: pytest.MonkeyPatch, client: OpenSearch, name: str) -> list[dict[str, Any]]:
    """Grows by the arguments of each call of this method."""
    method, calls = getattr(client, name), list[dict[str, Any]]()

    def noted(**named: Any) -> Any:
        calls.append(named)
        return method(**named)

    monkeypatch.setattr(client, name, noted)
    return calls


def test_long_ids_and_texts_are_read_whole(site: ArticleSite) -> None:
    long = replace(ARTICLE, id="长" * 40_000, title="题" * 40_000, body=text_of(3, 2_000_000))
    store(site.folder, long)
    site.copy()
    assert site.copied.articles([long.id]) == {long.id: long}
    assert site.copied.titles(1) == ("题" * MAX_TITLE,)


def test_what_is_damaged_in_the_database_stops_no_other(site: ArticleSite) -> None:
    store(site.folder, ARTICLE, FIRST, CUT, numbered(1))
    spoil(site.folder, "UPDATE article SET published = '2024-19-14' WHERE id IN ('hubei-1', 'cut')")
    spoil(site.folder, "UPDATE article SET added = '' WHERE id = 'first'")
    spoil(site.folder, "UPDATE original SET data = zeroblob(3) WHERE key = 4")
    site.copy()
    assert_alike(site, (ARTICLE.id, "first", "cut", numbered(1).id))


def test_what_is_damaged_in_the_cluster_is_noticed(site: ArticleSite) -> None:
    store(site.folder, ARTICLE, numbered(1))
    site.copy()
    other = site.client.get(index=f"{site.prefix}-articles", id=article_key(numbered(1).id))
    site.client.update(
        index=site.indexes()[0],
        id=article_key(ARTICLE.id),
        body={"doc": {DATA: other["_source"][DATA]}},
    )
    given_out = site.copied.articles([ARTICLE.id, numbered(1).id])
    assert isinstance(given_out[ARTICLE.id], DamagedArticle)
    assert given_out[numbered(1).id] == numbered(1)


def test_before_anything_was_copied_that_is_said(site: ArticleSite) -> None:
    store(site.folder, ARTICLE)
    for ask in (
        lambda: site.copied.articles([ARTICLE.id]),
        lambda: site.copied.original(ARTICLE.id),
        site.copied.stats,
        site.copied.last_sequence,
        lambda: site.copied.titles(1),
    ):
        with pytest.raises(ArticlesMissing, match="has no articles"):
            ask()


def test_an_empty_database_is_no_missing_one(site: ArticleSite) -> None:
    site.copy()
    assert_alike(site, ("first",))


def test_an_article_that_was_deleted_is_gone(site: ArticleSite) -> None:
    store(site.folder, FIRST, CUT)
    site.copy()
    remove(site.folder, "first")
    site.copy()
    assert site.copied.is_deleted("first")
    assert site.copied.articles(["first", "cut"]) == {"cut": CUT}
    assert_alike(site, ("first", "cut"))
