import math
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from search.deadline import Deadline
from search.engine import Snapshot
from search.errors import QueryTooComplex
from search.plan import Node
from search.request import Filters, SearchRequest, Sort
from search.results import Relaxed, SearchResult
from search.suggestions.counts import Counts
from search.suggestions.opening import Suggestions
from search.suggestions.suggestion import Correction, Reason
from tests.engines import Library, make_article
from tests.search.suggestions.shelf import open_shelf, shelf

TITLES = (
    "武汉推进协同创新",
    "武汉发布人才政策",
    "浙江省科技创新行动方案",
    "知识产权保护条例解读",
    "政府工作报告",
    "关于印发《数字经济发展规划》的通知",
)


@pytest.fixture(scope="module")
def suggestions(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Suggestions:
    articles = [
        make_article(f"a{number}", "正文。", title=title, source="江汉政务网" if number < 2 else "之江网")
        for number, title in enumerate(TITLES)
    ]
    return shelf(tmp_path_factory.mktemp("shelf"), analyzer, articles)


def corrections(suggestions: Suggestions, q: str, filters: Filters | None = None) -> tuple[Correction, ...]:
    request = SearchRequest(q=q, filters=filters or Filters())
    return suggestions.query.did_you_mean.corrections(request, Deadline.never())


@pytest.mark.parametrize(
    ("q", "meant", "count", "reason"),
    [
        ("五汉", "武汉", 2, Reason.SAME_SOUND),
        ("五漢", "武漢", 2, Reason.SAME_SOUND),
        ("协同创心", "协同创新", 1, Reason.SAME_SOUND),
        ("只是产权", "知识产权", 1, Reason.SAME_SOUND),
        ("浙江省科计创新", "浙江省科技创新", 1, Reason.SAME_SOUND),
        ("人才证策", "人才政策", 1, Reason.SAME_SOUND),
        ("五汉人才", "武汉人才", 1, Reason.SAME_SOUND),
        ("协同创昌", "协同创新", 1, Reason.ONE_CHARACTER),
        ("协创新", "协同创新", 1, Reason.ONE_CHARACTER),
        ("浙江科技创新", "浙江省科技创新", 1, Reason.ONE_CHARACTER),
        ("协同同创新", "协同创新", 1, Reason.ONE_CHARACTER),
        ("同协创新", "协同创新", 1, Reason.ONE_CHARACTER),
        ("关于印发《数字经掌发展规划》的通知", "关于印发《数字经济发展规划》的通知", 1, Reason.ONE_CHARACTER),
        ("zhengce", "政策", 1, Reason.PINYIN),
        ("Wu'han", "武汉", 2, Reason.PINYIN),
        ("武汉rencai", "武汉人才", 1, Reason.PINYIN),
        ("xietongchuangxin", "协同创新", 1, Reason.PINYIN),
        ("五汉 创心", "武汉 创新", 1, Reason.SAME_SOUND),
        ("五汉 zhengce", "武汉 政策", 1, Reason.SAME_SOUND),
        ('"五汉" 创新', '"武汉" 创新', 1, Reason.SAME_SOUND),
        ("五汉 -政策", "武汉 -政策", 1, Reason.SAME_SOUND),
        ("鐭ヨ瘑浜ф潈", "知识产权", 1, Reason.MOJIBAKE),
        ("çŸ¥è¯†äº§æ\u009d\u0083", "知识产权", 1, Reason.MOJIBAKE),
    ],
)
def test_what_was_meant_is_offered(
    suggestions: Suggestions, q: str, meant: str, count: int, reason: Reason
) -> None:
    found = {correction.q: correction for correction in corrections(suggestions, q)}
    assert meant in found
    assert (found[meant].count, found[meant].reason) == (count, reason)


@pytest.mark.parametrize(("articles", "offered"), [(3, ["协同创新"]), (2, ["协同创", "协同创新"])])
def test_a_piece_of_what_was_meant_is_not_offered_beside_it(
    tmp_path: Path, analyzer: Analyzer, articles: int, offered: list[str]
) -> None:
    whole = [make_article(f"w{number}", "正文。", title="协同创新") for number in range(articles)]
    suggestions = shelf(tmp_path, analyzer, whole)
    assert sorted(one.q for one in corrections(suggestions, "协同创昌")) == offered


def test_the_marks_are_what_is_new(suggestions: Suggestions) -> None:
    (first, *_) = corrections(suggestions, "五汉 创心")
    assert [first.q[start : start + length] for start, length in first.highlights] == ["武", "新"]


def test_the_counts_are_those_under_the_filters(suggestions: Suggestions) -> None:
    filters = Filters(source=("江汉政务网",))
    assert [one.count for one in corrections(suggestions, "五汉", filters)] == [2]
    assert corrections(suggestions, "只是产权", filters) == ()


@pytest.mark.parametrize("q", ["", "  ", "……", "鿍鿍鿍", "OR", "-五汉", "五" * 600, "app", "\u200b"])
def test_nothing_is_offered_for_what_means_nothing(suggestions: Suggestions, q: str) -> None:
    assert corrections(suggestions, q) == ()


@pytest.mark.parametrize("q", ["五汉", "政策", "武汉 创新", "创", "zheng", "协同创新行动"])
def test_no_query_is_offered_twice_or_for_itself_or_finds_nothing(suggestions: Suggestions, q: str) -> None:
    found = corrections(suggestions, q)
    assert len({one.q for one in found}) == len(found) <= 3
    assert all(one.count and one.q != q for one in found)


class Demanding:
    """Counts one article for each query, but refuses those that have no `wanted` in them."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        deadline.check()
        if self.wanted not in request.q:
            raise QueryTooComplex("the query has too many terms")
        return 1


@pytest.mark.parametrize("wanted", ["协同", "鿍"])
def test_what_would_be_no_query_is_not_offered(suggestions: Suggestions, wanted: str) -> None:
    did_you_mean = replace(suggestions.query.did_you_mean, totals=Demanding(wanted))
    offered = did_you_mean.corrections(SearchRequest(q="协同创心"), Deadline.never())
    assert bool(offered) == (wanted == "协同")


class Watched(Counts):
    """Counts that keep what they were asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Node] = []

    def count(self, snapshot: Snapshot, node: Node, deadline: Deadline) -> int:
        self.asked.append(node)
        return super().count(snapshot, node, deadline)


@pytest.mark.parametrize("q", ["五汉", "协同创心", "协同创昌", "zhengce", "鐭ヨ瘑浜ф潈"])
def test_what_gains_too_little_is_left_out_and_not_counted(suggestions: Suggestions, q: str) -> None:
    counts = Watched()
    did_you_mean = replace(suggestions.query.did_you_mean, counts=counts)

    def offered(least_gain: float) -> tuple[tuple[Correction, ...], int]:
        counts.asked.clear()
        found = did_you_mean.corrections(SearchRequest(q=q), Deadline.never(), least_gain=least_gain)
        return found, len(counts.asked)

    everything, asked = offered(-math.inf)
    assert everything
    assert asked > 1 or everything[0].reason is Reason.MOJIBAKE
    for least_gain in sorted({one.gain for one in everything}):
        assert offered(least_gain)[0] == tuple(one for one in everything if one.gain >= least_gain)
    # The text itself is counted, to know whether it is misspelt.
    assert offered(math.inf) == (tuple(one for one in everything if one.gain == math.inf), 1)


def result(total: int, relaxed: Relaxed | None = None) -> SearchResult:
    """A search that found so many articles."""
    return SearchResult(
        q="五汉",
        read_as=(),
        notices=(),
        repaired=None,
        sort=Sort.RELEVANCE,
        total=total,
        clusters=total,
        offset=0,
        limit=0,
        hits=(),
        generation="1.1",
        took_ms=0.0,
        relaxed=relaxed,
    )


@pytest.mark.parametrize(
    ("found", "offers", "counts_parts"),
    [
        (result(0), True, True),
        (result(1), True, False),
        (result(3), False, False),
        (result(9, Relaxed(0, ())), True, False),
        (result(9, Relaxed(3, ())), False, False),
    ],
)
def test_help_is_for_queries_that_find_little(
    suggestions: Suggestions, found: SearchResult, *, offers: bool, counts_parts: bool
) -> None:
    given = suggestions.query.help(SearchRequest(q="五汉"), found)
    assert (bool(given.corrections), given.no_hits is not None) == (offers, counts_parts)


@pytest.mark.parametrize(
    ("q", "offered"),
    [("协同创心", ["协同创新"]), ("协同发展", []), ("发展创新", [])],
    ids=["characters that never stand together", "usual", "unusual, but nothing likelier"],
)
def test_where_words_are_found_in_pieces_only_what_is_sure_is_offered(
    tmp_path: Path, analyzer: Analyzer, q: str, offered: list[str]
) -> None:
    pieces = [make_article(f"p{number}", "协同，创，心，发展，创新。") for number in range(4)]
    whole = [make_article(f"w{number}", "协同创新。", title="协同创新协同发展") for number in range(9)]
    library = Library(tmp_path, analyzer)
    library.build([*pieces, *whole])
    request = SearchRequest(q=q)
    found = library.service().search(request)
    assert found.total >= 3
    help_given = open_shelf(library).query.help(request, found)
    assert [correction.q for correction in help_given.corrections] == offered


def test_an_index_of_nothing_offers_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    suggestions = shelf(tmp_path, analyzer, ())
    assert corrections(suggestions, "五汉") == ()
    assert suggestions.type_ahead.suggest("五") == ()
