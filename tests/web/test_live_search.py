"""A running search takes up new words by itself, once there is an index for them."""

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWordsInvalid
from index.article import Part
from index.data_folder import DataFolder
from index.file_state import FileState
from index.indexer import IndexingStopped, never
from index.writer_lock import WriterLock
from search.deadline import Deadline
from search.language.query import EVERYWHERE
from search.plan import Interval
from search.request import Match, SearchRequest, SimilarRequest
from search.rules.pinned import PinsInvalid
from search.suggestions.suggestion import SuggestionKind
from search.synonyms.rules import SynonymsInvalid
from tests.commands import run_on
from tests.index.corpus.samples import numbered, remove, store
from tests.processes import server
from tests.waiting import wait_for
from web.commands.ingest import index_stored
from web.commands.words import reload_dictionary
from web.serving.live_search import LiveSearch
from web.serving.opening import open_analyzer, open_live, open_search

QUERY = SearchRequest(q="碳汇贷")
"""Three words to jieba, which stand apart in one of the articles; one word where it was added."""

OFFICE = SearchRequest(q="碳所", match=Match.ALL)
"""A name that no article has."""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1, "首笔碳汇贷落地。"), numbered(2, "碳、汇、贷各是一个字。"))
    return folder


@pytest.fixture
def live(folder: DataFolder, analyzer: Analyzer) -> Iterator[LiveSearch]:
    with open_live(folder, analyzer) as live:
        live.tend(never)
        yield live


def test_new_words_are_taken_up(live: LiveSearch, folder: DataFolder) -> None:
    assert live.search(QUERY).total == 2
    folder.words.write_text("碳汇贷", encoding="utf-8")
    live.tend(never)
    assert live.search(QUERY).total == 1
    assert live.readiness().is_settled
    folder.words.unlink()
    live.tend(never)
    assert live.search(QUERY).total == 2


def test_the_old_words_serve_until_there_is_an_index_for_the_new(
    live: LiveSearch, folder: DataFolder
) -> None:
    before = live.search(QUERY).generation
    folder.words.write_text("碳汇贷", encoding="utf-8")
    with WriterLock(folder.index_lock):
        for _ in range(3):
            live.tend(never)
            assert (live.search(QUERY).total, live.search(QUERY).generation) == (2, before)
    live.tend(never)
    assert live.search(QUERY).total == 1
    assert live.search(QUERY).generation != before


def test_it_hands_on_what_is_asked_of_a_search(live: LiveSearch) -> None:
    found = live.search(QUERY)
    ids = [hit.article.id for hit in found.hits]
    walked = list(live.walk(replace(QUERY, limit=1)))
    assert [hit.article.id for page in walked for hit in page.hits] == ids
    assert len(walked) == len(ids) == 2
    assert (live.timeline(QUERY, Interval.YEAR).total, live.count(QUERY, Deadline.never())) == (2, 2)
    assert live.similar(ids[0], SimilarRequest()).generation == found.generation
    everywhere, in_title = (
        live.article(ids[0], "碳汇贷", parts=parts) for parts in (EVERYWHERE, (Part.TITLE,))
    )
    assert Part.BODY in everywhere.highlights
    assert Part.BODY not in in_title.highlights


def test_words_that_come_and_go_again_change_nothing(live: LiveSearch, folder: DataFolder) -> None:
    before = live.search(QUERY).generation
    folder.words.write_text("碳汇贷", encoding="utf-8")
    with WriterLock(folder.index_lock):
        live.tend(never)
    folder.words.write_text("# none any more", encoding="utf-8")
    live.tend(never)
    assert (live.search(QUERY).total, live.search(QUERY).generation) == (2, before)


def test_words_that_cannot_be_used_are_refused_and_the_old_ones_stay(
    live: LiveSearch, folder: DataFolder
) -> None:
    folder.words.write_text("碳汇贷", encoding="utf-8")
    live.tend(never)
    folder.words.write_text("碳汇贷\t很重", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(UserWordsInvalid, match="line 1: the weight"):
            live.tend(never)
    assert live.search(QUERY).total == 1
    store(folder, numbered(3, "又一笔碳汇贷。"))
    with pytest.raises(UserWordsInvalid):
        live.tend(never)
    assert live.search(QUERY).total == 2
    remove(folder, numbered(3).id)
    folder.words.write_text("碳汇贷\t5", encoding="utf-8")
    live.tend(never)
    assert live.search(QUERY).total == 1


def test_synonyms_are_taken_up_at_once_and_on_the_same_index(live: LiveSearch, folder: DataFolder) -> None:
    generation = live.search(OFFICE).generation
    assert live.search(OFFICE).total == 0
    folder.synonyms.write_text("碳所, 首笔", encoding="utf-8")
    live.tend(never)
    assert (live.search(OFFICE).total, live.search(OFFICE).generation) == (1, generation)
    folder.synonyms.unlink()
    live.tend(never)
    assert live.search(OFFICE).total == 0


def test_pinned_results_are_taken_up_at_once(live: LiveSearch, folder: DataFolder) -> None:
    pinned = numbered(2).id
    folder.pinned.write_text(f"首笔 => {pinned}", encoding="utf-8")
    live.tend(never)
    hits = live.search(SearchRequest(q="首笔")).hits
    assert [(hit.article.id, hit.pinned) for hit in hits] == [(pinned, True), (numbered(1).id, False)]


def test_new_words_and_synonyms_go_together(live: LiveSearch, folder: DataFolder) -> None:
    folder.words.write_text("碳汇贷", encoding="utf-8")
    with WriterLock(folder.index_lock):
        live.tend(never)
        folder.synonyms.write_text("碳所, 首笔", encoding="utf-8")
        live.tend(never)
        assert (live.search(QUERY).total, live.search(OFFICE).total) == (2, 1)
    live.tend(never)
    assert (live.search(QUERY).total, live.search(OFFICE).total) == (1, 1)


@pytest.mark.parametrize("name", ["synonyms.txt", "pinned.txt"])
def test_rules_that_cannot_be_used_are_refused_and_the_old_ones_stay(
    name: str, live: LiveSearch, folder: DataFolder, analyzer: Analyzer
) -> None:
    folder.synonyms.write_text("碳所, 首笔", encoding="utf-8")
    live.tend(never)
    (folder.root / name).write_text("碳所 => a => b", encoding="utf-8")
    for _ in range(2):
        with pytest.raises((SynonymsInvalid, PinsInvalid), match=f"{name}: line 1"):
            live.tend(never)
    assert live.search(OFFICE).total == 1
    store(folder, numbered(3, "又是首笔。"))
    with pytest.raises((SynonymsInvalid, PinsInvalid)):
        live.tend(never)
    assert live.search(OFFICE).total == 2
    with pytest.raises((SynonymsInvalid, PinsInvalid)), open_live(folder, analyzer):
        pass


def test_it_says_what_it_searches_with(live: LiveSearch, folder: DataFolder) -> None:
    before = live.taken_up()
    assert (before.synonyms, before.pinned) == (None, None)
    folder.synonyms.write_text("碳所, 首笔", encoding="utf-8")
    folder.words.write_text("碳汇贷", encoding="utf-8")
    assert live.taken_up() == before
    with WriterLock(folder.index_lock):
        live.tend(never)
        assert live.taken_up() == replace(before, synonyms=FileState.of(folder.synonyms))
    live.tend(never)
    assert [word.text for word in live.taken_up().analyzer.added.words] == ["碳汇贷"]


def test_commands_search_with_the_rules_of_the_folder(folder: DataFolder, analyzer: Analyzer) -> None:
    index_stored(folder, analyzer)
    folder.synonyms.write_text("碳所, 首笔", encoding="utf-8")
    with open_search(folder, analyzer) as opened:
        assert opened.service.search(OFFICE).total == 1


def test_words_that_came_after_the_analyzer_was_made_are_taken_up(
    folder: DataFolder, analyzer: Analyzer
) -> None:
    folder.words.write_text("碳汇贷", encoding="utf-8")
    with open_live(folder, analyzer) as live:
        live.tend(never)
        assert live.search(QUERY).total == 1


def test_what_is_stored_later_is_indexed_with_the_newest_words(
    folder: DataFolder, analyzer: Analyzer
) -> None:
    """An ingest that began before the words came must not build the index of the old ones again."""
    index_stored(folder, analyzer)
    folder.words.write_text("碳汇贷", encoding="utf-8")
    first = index_stored(folder, analyzer)
    store(folder, numbered(3, "又一笔碳汇贷。"))
    second = index_stored(folder, analyzer)
    assert first is not None
    assert second is not None
    assert first.split(".")[0] == second.split(".")[0]
    with open_search(folder, open_analyzer(folder)) as opened:
        assert opened.service.search(QUERY).total == 2


def test_it_stops_in_the_middle_and_goes_on_later(live: LiveSearch, folder: DataFolder) -> None:
    folder.words.write_text("碳汇贷", encoding="utf-8")
    with pytest.raises(IndexingStopped):
        live.tend(lambda: True)
    assert live.search(QUERY).total == 2
    live.tend(never)
    assert live.search(QUERY).total == 1


KINDS = frozenset(SuggestionKind)


def suggested(live: LiveSearch) -> list[tuple[str, int]]:
    live.tend(never)
    return [(one.text, one.count) for one in live.suggest("首笔", 3, KINDS)]


def test_suggestions_are_made_behind_the_scenes(live: LiveSearch) -> None:
    request = SearchRequest(q="首比")
    result = live.search(request)
    assert live.query_help(request, result).corrections == ()
    wait_for(lambda: suggested(live) == [("首笔", 1)])
    assert [one.q for one in live.query_help(request, result).corrections] == ["首笔"]


def test_suggestions_go_on_with_new_words_and_count_in_the_new_index(
    live: LiveSearch, folder: DataFolder
) -> None:
    wait_for(lambda: suggested(live) == [("首笔", 1)])
    store(folder, numbered(3, "又是首笔。"))
    folder.words.write_text("碳汇贷", encoding="utf-8")
    live.tend(never)
    assert [(one.text, one.count) for one in live.suggest("首笔", 3, KINDS)] == [("首笔", 2)]
    folder.synonyms.write_text("碳所, 首笔", encoding="utf-8")
    live.tend(never)
    assert [(one.text, one.count) for one in live.suggest("首笔", 3, KINDS)] == [("首笔", 2)]


def total(address: str) -> int:
    with urllib.request.urlopen(f"{address}/api/v1/search?q={quote(QUERY.q)}") as answer:
        number = json.load(answer)["total"]
    assert isinstance(number, int)
    return number


def test_the_command_adds_words_and_a_running_server_takes_them_up(
    folder: DataFolder, tmp_path: Path
) -> None:
    words = tmp_path / "added.txt"
    words.write_text("碳汇贷\n", encoding="utf-8")
    with server(folder.root) as address:
        assert total(address) == 2
        done = run_on(folder.root, "reload-dictionary", str(words))
        assert (done.status, done.text) == (0, "1 words, 1 of them new, 0 taken away.\n")
        wait_for(lambda: total(address) == 1)
    words.write_text("碳汇贷\t无\n", encoding="utf-8")
    refused = run_on(folder.root, "reload-dictionary", str(words))
    assert refused.status == 2
    assert "line 1: the weight '无' is no whole number" in refused.message
    assert folder.words.read_text(encoding="utf-8") == "碳汇贷\n"


def test_a_report_counts_the_words_that_differ(folder: DataFolder, tmp_path: Path) -> None:
    words = tmp_path / "added.txt"
    words.write_text("甲乙\n丙丁\t5\n", encoding="utf-8")
    first = reload_dictionary(folder, words)
    words.write_text("丙丁\t6\n", encoding="utf-8")
    second = reload_dictionary(folder, words)
    assert (first.words, first.added, first.removed) == (2, 2, 0)
    assert (second.words, second.added, second.removed) == (1, 1, 2)
    assert reload_dictionary(folder, words).generation == second.generation != first.generation


def test_a_report_counts_the_articles_that_were_analysed_again(
    folder: DataFolder, analyzer: Analyzer, tmp_path: Path
) -> None:
    index_stored(folder, analyzer)
    words = tmp_path / "added.txt"
    words.write_text("碳汇贷\n", encoding="utf-8")
    assert reload_dictionary(folder, words).reanalysed == 1
    words.write_text("", encoding="utf-8")
    assert reload_dictionary(folder, words).reanalysed == 1
    assert reload_dictionary(folder, words).reanalysed is None
