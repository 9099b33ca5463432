from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, DocumentFacts, RegionTag, Relation, TopicTag
from search.deadline import Deadline
from search.engine import Matches, Snapshot
from search.plan import Plan
from search.suggestions.counts import REMEMBERED_BYTES, Counts
from search.suggestions.opening import Suggestions
from search.suggestions.suggestion import MAX_TYPED, Matched, Suggestion, SuggestionKind
from tests.engines import Library, make_article
from tests.search.suggestions.shelf import open_shelf, shelf

ZHEJIANG = RegionTag("330000", Relation.ABOUT, 1.0)
ARTICLES = (
    replace(
        make_article("a", "浙江的科技创新。", title="浙江推进科技创新", source="浙江日报"),
        regions=(ZHEJIANG,),
        topics=(TopicTag("科技创新", 1.0, ()),),
        document=DocumentFacts(agency="浙江省科学技术厅"),
    ),
    replace(
        make_article("b", "浙江的消息。", title="[视频]浙江新闻", source="浙江日报"), regions=(ZHEJIANG,)
    ),
    make_article("c", "重庆的政策，浙江也有。", title="重庆政策"),
)


@pytest.fixture(scope="module")
def suggestions(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Suggestions:
    return shelf(tmp_path_factory.mktemp("shelf"), analyzer, ARTICLES)


def brief(found: tuple[Suggestion, ...]) -> list[tuple[str, str, int]]:
    return [(one.text, one.kind.value, one.count) for one in found]


@pytest.mark.parametrize("typed", ["浙江", "zhejiang", "zhej", "zj", "ZHEJ", "浙j"])
def test_all_kinds_are_found_by_characters_pinyin_and_initials(suggestions: Suggestions, typed: str) -> None:
    found = suggestions.type_ahead.suggest(typed)
    assert set(brief(found)) == {
        ("浙江", "word", 3),
        ("浙江省", "region", 2),
        ("浙江日报", "source", 2),
        ("浙江省科学技术厅", "agency", 1),
        ("浙江推进科技创新", "title", 1),
        ("[视频]浙江新闻", "title", 1),
    }


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("浙江", Matched.CHARACTERS),
        ("浙", Matched.CHARACTERS),
        ("zhej", Matched.PINYIN),
        ("zj", Matched.INITIALS),
    ],
)
def test_they_say_how_they_match(suggestions: Suggestions, typed: str, matched: Matched) -> None:
    assert {one.matched for one in suggestions.type_ahead.suggest(typed)} == {matched}


def test_the_commonest_come_first_but_initials_rather_mean_names(suggestions: Suggestions) -> None:
    counts = [one.count for one in suggestions.type_ahead.suggest("浙江")]
    assert counts == sorted(counts, reverse=True)
    kinds = [one.kind for one in suggestions.type_ahead.suggest("zj")]
    assert kinds[:3] == [SuggestionKind.REGION, SuggestionKind.SOURCE, SuggestionKind.AGENCY]


def test_the_marks_are_what_was_typed(suggestions: Suggestions) -> None:
    found = {one.text: one for one in suggestions.type_ahead.suggest("zhej")}
    assert found["浙江省"].highlights == ((0, 2),)
    assert found["[视频]浙江新闻"].highlights == ((4, 2),)


def test_a_region_carries_its_code(suggestions: Suggestions) -> None:
    (region,) = suggestions.type_ahead.suggest("浙", kinds={SuggestionKind.REGION})
    assert (region.text, region.value) == ("浙江省", "330000")


def test_each_kind_has_a_place_where_there_are_few(suggestions: Suggestions) -> None:
    found = suggestions.type_ahead.suggest("浙江", limit=5)
    assert {one.kind.value for one in found} == {"word", "region", "source", "agency", "title"}


def test_only_the_kinds_that_are_asked_for(suggestions: Suggestions) -> None:
    kinds = {SuggestionKind.TITLE, SuggestionKind.TOPIC}
    assert brief(suggestions.type_ahead.suggest("zhengce", kinds=kinds)) == []
    assert brief(suggestions.type_ahead.suggest("kej", kinds=kinds)) == [("科技创新", "topic", 1)]


def test_heteronyms_are_found_by_the_reading_of_the_name(suggestions: Suggestions) -> None:
    assert ("重庆", "word", 1) in brief(suggestions.type_ahead.suggest("chongqing"))


@pytest.mark.parametrize("typed", ["", "  ", "鿍鿍", "浙" * (MAX_TYPED + 1), "qqqqqq", "-", "\u200b"])
def test_what_goes_on_as_nothing_gives_nothing(suggestions: Suggestions, typed: str) -> None:
    assert suggestions.type_ahead.suggest(typed) == ()


@pytest.mark.parametrize("limit", [0, 11])
def test_a_limit_has_bounds(suggestions: Suggestions, limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        suggestions.type_ahead.suggest("浙", limit=limit)


def test_nothing_is_offered_that_was_deleted_since(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    library.build(ARTICLES)
    suggestions = open_shelf(library)
    assert suggestions.type_ahead.suggest("chongqing")
    library.change((), ["c"])
    assert suggestions.type_ahead.suggest("chongqing") == ()
    assert ("浙江", "word", 2) in brief(suggestions.type_ahead.suggest("浙江"))


def test_titles_that_are_not_indexed_yet_are_not_offered(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    library.build(ARTICLES[:1])
    late: Article = ARTICLES[2]
    library.stored[late.id] = late
    assert open_shelf(library).type_ahead.suggest("重庆") == ()


@pytest.mark.parametrize(
    ("remembered", "searched_again"),
    [(REMEMBERED_BYTES, 0), (0, 3)],
    ids=["remembered", "control: nothing is kept"],
)
def test_who_types_on_is_told_what_was_counted_before(
    suggestions: Suggestions, monkeypatch: pytest.MonkeyPatch, remembered: int, searched_again: int
) -> None:
    type_ahead = replace(suggestions.type_ahead, counts=Counts(remembered))
    state = type(type_ahead.engine.snapshot())
    searched: list[Plan] = []
    search = state.search

    def watched(snapshot: Snapshot, plan: Plan, deadline: Deadline) -> Matches:
        searched.append(plan)
        return search(snapshot, plan, deadline)

    monkeypatch.setattr(state, "search", watched)
    before = type_ahead.suggest("zhej")
    assert len(searched) == 3
    searched.clear()
    assert brief(type_ahead.suggest("zhejiang")) == brief(before)
    assert len(searched) == searched_again
