"""What highlighting costs: how much of an article is cut into words, which is by far the slowest step."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.segmenter import Segmenter
from index.article import Part
from index.text.repair import Repairer
from search.language.query import Phrase, Prefix, Run
from search.marking.highlights import MAX_CUT, MAX_SPANS
from search.ranking import Ranking
from search.request import Marking, SearchRequest
from search.service import SearchService
from tests.engines import Library, make_article, no_rules, regions_of
from tests.search.highlighters import highlighter


@dataclass(slots=True)
class CountingSegmenter:
    """A segmenter that remembers the pieces in which it was asked for places."""

    segmenter: Segmenter
    cut: Counter[str] = field(default_factory=Counter)

    def words(self, piece: str) -> list[str]:
        return self.segmenter.words(piece)

    def search_words(self, piece: str) -> list[str]:
        return self.segmenter.search_words(piece)

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        self.cut[piece] += 1
        return self.segmenter.search_places(piece)


@pytest.fixture
def counting(analyzer: Analyzer) -> CountingSegmenter:
    return CountingSegmenter(analyzer.segmenter)


WORDS = "科技 创新 发展 改革 投资 政府 数据 企业 政策 环境 产业 资金 服务 大学 市场 银行"


def test_an_article_is_cut_at_most_once_for_all_parts_of_a_query(
    counting: CountingSegmenter, analyzer: Analyzer
) -> None:
    """64 runs whose words stand apart, most of them in the article: each piece goes to the segmenter once."""
    words = WORDS.split()
    runs = [Run(first + second) for first in words[:8] for second in words[8:]]
    assert len(runs) == 64
    article = replace(
        make_article("a", "，".join(f"{word}第{at}号" for at, word in enumerate(words)), title="发展、服务"),
        tags=("市场",),
    )
    found = highlighter(runs, replace(analyzer, segmenter=counting)).highlight(article)
    assert len(found.spans[Part.BODY]) == len(words)
    assert set(counting.cut.values()) == {1}
    assert counting.cut.total() == len(words) + 3


@pytest.mark.parametrize(
    ("body", "leaves", "cut"),
    [
        pytest.param("科技创新，发展", [Run("科技创新")], [], id="nothing for a run that stands there"),
        pytest.param("科技，发展", [Phrase("发展科技")], [], id="nothing for a phrase"),
        pytest.param("科技，发展", [Run("科技改革")], [], id="nothing where a word is missing"),
        pytest.param("改革，发展", [Run("发展科技"), Run("改革投资")], [], id="whatever words others lack"),
        pytest.param("科技，发展", [Run("投资")], [], id="nothing for a single word"),
        pytest.param("科技，发展", [], [], id="nothing without a query"),
        pytest.param(
            "科技，改革，发展", [Run("发展科技")], ["科技", "发展"], id="pieces that hold one of the words"
        ),
        pytest.param(
            "科技，改革，发展",
            [Run("发展科技"), Run("改革投资")],
            ["科技", "发展"],
            id="not pieces with words of a run that lacks others",
        ),
        pytest.param(
            "科技，" * (MAX_SPANS + 5) + "发展",
            [Run("发展科技")],
            ["科技"] * (MAX_SPANS + 1) + ["发展"],
            id="no more than can be shown, and what is still missing",
        ),
    ],
)
def test_no_more_is_cut_than_needed(
    body: str, leaves: list[Run | Phrase], cut: list[str], counting: CountingSegmenter, analyzer: Analyzer
) -> None:
    highlighter(leaves, replace(analyzer, segmenter=counting)).highlight(make_article("a", body))
    assert counting.cut == Counter(cut)


@pytest.mark.parametrize("at_the_end", ["发展", "头发展示"], ids=["words", "one only as characters"])
def test_a_page_is_cut_up_to_a_bound(
    at_the_end: str, counting: CountingSegmenter, analyzer: Analyzer
) -> None:
    """What was not looked at may hold the words that are missing, so the ones that were found are marked."""
    sentence = "科技" + "和平" * 100 + "，"
    article = make_article("a", sentence * 1500 + at_the_end)
    found = highlighter([Run("发展科技")], replace(analyzer, segmenter=counting)).highlight(article)
    assert found.truncated
    assert len(found.spans[Part.BODY]) == MAX_CUT // 202
    assert sum(len(piece) * count for piece, count in counting.cut.items()) <= MAX_CUT


@pytest.mark.parametrize("count", [MAX_SPANS, MAX_SPANS + 1])
def test_stems_are_marked_up_to_a_bound(count: int, counting: CountingSegmenter, analyzer: Analyzer) -> None:
    article = make_article("a", "科技，" * count + "发展，" * 10)
    found = highlighter([Prefix("科技")], replace(analyzer, segmenter=counting)).highlight(article)
    assert len(found.spans[Part.BODY]) == MAX_SPANS
    assert found.truncated is (count > MAX_SPANS)
    assert counting.cut["发展"] == 0


def test_a_page_is_cut_for_a_stem_up_to_a_bound(counting: CountingSegmenter, analyzer: Analyzer) -> None:
    article = make_article("a", ("本科技能" + "和平" * 100 + "，") * 1500 + "科技")
    found = highlighter([Prefix("科技")], replace(analyzer, segmenter=counting)).highlight(article)
    assert (found.spans, found.truncated) == ({}, True)


@pytest.fixture
def service(tmp_path: Path, counting: CountingSegmenter, analyzer: Analyzer) -> SearchService:
    library = Library(tmp_path, analyzer)
    library.build([make_article("a", "科技。" + "和平。" * 100 + "发展")])
    repairer = Repairer.load(analyzer.folding)
    analyzer = replace(analyzer, segmenter=counting)
    return SearchService(
        library.engine(),
        library,
        analyzer,
        Ranking(),
        repairer,
        regions=regions_of(analyzer.folding),
        rules=no_rules(analyzer.folding),
    )


@pytest.mark.parametrize(
    ("marking", "snippets"),
    [
        pytest.param(Marking.PLACES, 2, id="marks and snippets"),
        pytest.param(Marking.PLACES, 0, id="marks alone"),
        pytest.param(Marking.NONE, 2, id="snippets are chosen by the marks"),
    ],
)
def test_hits_that_show_marks_are_marked(marking: Marking, snippets: int, service: SearchService) -> None:
    [hit] = service.search(SearchRequest(q="发展科技", marking=marking, snippets=snippets)).hits
    assert len(hit.highlights[Part.BODY]) == 2
    assert [snippet.text[:2] for snippet in hit.snippets] == ["科技", "发展"][:snippets]
    assert all(snippet.highlights for snippet in hit.snippets)


def test_hits_that_show_no_marks_cost_nothing(service: SearchService, counting: CountingSegmenter) -> None:
    [hit] = service.search(SearchRequest(q="发展科技", marking=Marking.NONE, snippets=0)).hits
    assert (hit.highlights, hit.highlights_truncated, hit.snippets) == ({}, False, ())
    assert not counting.cut
