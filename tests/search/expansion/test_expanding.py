"""Runs of a query with the other ways to write them: what they find, score and mark, and what they cost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.deadline import Deadline
from search.engine import Matches
from search.expansion.alternative import AlternativeKind
from search.expansion.expander import Expander
from search.expansion.expanding import MAX_OTHERS, WEIGHTS, expanded
from search.language.parser import parse
from search.language.query import OtherRun, Run, wanted
from search.marking.highlights import Highlights
from search.plan import And, Characters, Constant, Not, Or, Pairs, Plan
from search.planning.clause_plans import score_leaf
from search.ranking import Ranking
from search.request import Match, SearchRequest, Wording
from search.rules.expansion_setup import load_expander
from search.rules.query_rules import QueryRules
from search.service import SearchService
from search.synonyms.rules import Group, OneWay, SynonymFile
from search.whoosh.snapshot import WhooshSnapshot
from tests.engines import Library, make_article
from tests.search.mark_laws import assert_explained, assert_in_order

OWN = SynonymFile(
    "synonyms.txt",
    (
        Group(1, ("科技厅", "科学技术厅")),
        Group(2, ("甲办", "乙室", "丙处")),
        OneWay(3, ("环保局",), ("生态环境局",)),
        Group(4, ("市长热线", "12345热线")),
    ),
)
BODY = (Part.BODY,)
BODIES = {
    "long": "浙江省科学技术厅发布通知，一百亿元",
    "short": "浙江省科技厅发布通知",
    "words": "科学技术普及，厅。",
    "new": "生态环境局执法",
    "old": "环保局执法",
    "twelve": "12345热线接听，面积120平方米",
    "room": "乙室与丙处合署办公",
    "other": "养老服务",
}


@pytest.fixture(scope="module")
def expander(analyzer: Analyzer) -> Expander:
    return load_expander(analyzer.folding, OWN)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Library:
    library = Library(tmp_path_factory.mktemp("expanding"), analyzer)
    library.build(make_article(name, body) for name, body in BODIES.items())
    return library


@pytest.fixture(scope="module")
def service(library: Library, expander: Expander) -> SearchService:
    return library.service(QueryRules(expander))


def found(service: SearchService, q: str, match: Match = Match.ALL) -> list[str]:
    return [hit.article.id for hit in service.search(SearchRequest(q=q, match=match, limit=50)).hits]


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        pytest.param("科技厅", {"short", "long", "words"}, id="each stands for the other"),
        pytest.param("科学技术厅", {"short", "long", "words"}, id="the other way round"),
        pytest.param("環保局", {"old", "new"}, id="one way, in either script"),
        pytest.param("生态环境局", {"new"}, id="not the other way"),
        pytest.param("100亿元", {"long"}, id="numbers"),
        pytest.param("120m2", {"twelve"}, id="units"),
        pytest.param('"科技厅"', {"short"}, id="a phrase stays"),
        pytest.param("发布 -科技厅", {"long"}, id="what must not be there stays"),
        pytest.param("科技厅 发布", {"short", "long"}, id="beside others"),
        pytest.param("body:科技厅", {"short", "long", "words"}, id="in a part"),
        pytest.param("title:科技厅", set(), id="in another part"),
        pytest.param("甲办", {"room"}, id="a group of three"),
    ],
)
def test_other_ways_find(q: str, ids: set[str], service: SearchService) -> None:
    assert set(found(service, q)) == ids


@pytest.mark.parametrize("q", ["科技厅", "100亿元", "甲办 合署", "环保局执法", "市长热线"])
def test_a_run_finds_what_its_ways_find_one_by_one(
    q: str, service: SearchService, library: Library, expander: Expander, analyzer: Analyzer
) -> None:
    query = expanded(parse(q, analyzer.folding).query, q, expander, analyzer).query
    plain = library.service()
    sets = [
        {name for text in (run.text, *(other.text for other in run.others)) for name in found(plain, text)}
        for run in wanted(query)
        if isinstance(run, Run)
    ]
    assert set(found(service, q)) == set.intersection(*sets)


def test_what_was_typed_comes_first_then_its_equals(service: SearchService) -> None:
    assert found(service, "浙江省科技厅")[:2] == ["short", "long"]
    assert found(service, "浙江省科学技术厅")[:2] == ["long", "short"]


def test_what_was_not_typed_scores_by_its_weight(analyzer: Analyzer) -> None:
    others = (OtherRun("省科学技术厅", ("科学技术厅",), 0.5), OtherRun("省科委", ("委",), 0.25))
    ranking = Ranking(run_bonus=4.0, pair_weight=2.0)
    plan = score_leaf(Run("省科技厅", BODY, others), analyzer, ranking)
    typed = score_leaf(Run("省科技厅", BODY), analyzer, ranking)
    assert isinstance(plan, Or)
    assert isinstance(typed, Or)
    apart = Not(Characters("省科技厅", BODY))
    assert plan.nodes == (
        *typed.nodes,
        Pairs("科学技术厅", 1, 1.0, BODY),
        Constant(And((Or((Characters("省科学技术厅", BODY),)), apart)), 2.0),
        Constant(And((Or((Characters("省科委", BODY),)), apart)), 1.0),
    )


def test_where_nothing_has_it_all_another_way_counts_as_a_word(service: SearchService) -> None:
    result = service.search(SearchRequest(q="环保局 不存在的词语"))
    assert result.relaxed is not None
    assert {hit.article.id for hit in result.hits} >= {"old", "new"}


def test_a_one_way_name_weighs_less_than_an_equal_one() -> None:
    assert set(WEIGHTS) == set(AlternativeKind)
    assert 0 < WEIGHTS[AlternativeKind.ONE_WAY] < WEIGHTS[AlternativeKind.SYNONYM] < 1


def test_as_typed_nothing_else_is_looked_for(service: SearchService) -> None:
    result = service.search(SearchRequest(q="科技厅", wording=Wording.AS_TYPED))
    assert ([hit.article.id for hit in result.hits], result.synonyms) == (["short"], ())


@pytest.mark.parametrize(
    ("q", "changes"),
    [
        pytest.param("科技厅", [("科技厅", (0, 3), "科学技术厅")], id="at the start"),
        pytest.param("养老 浙江省科技厅", [("科技厅", (6, 3), "科学技术厅")], id="behind another run"),
        pytest.param("标题：科技厅", [("科技厅", (3, 3), "科学技术厅")], id="behind the name of a field"),
        pytest.param("-科技厅", [], id="under a NOT"),
        pytest.param("科技厅*", [], id="a beginning of words"),
        pytest.param("“科技厅”", [], id="a phrase"),
    ],
)
def test_the_answer_says_what_was_looked_for_too(
    q: str, changes: list[tuple[str, tuple[int, int], str]], service: SearchService
) -> None:
    synonyms = service.search(SearchRequest(q=q)).synonyms
    assert [(change.part, change.span, change.text) for change in synonyms] == changes
    assert all(q[start : start + length] == part for part, (start, length), _ in changes)


def test_a_query_has_a_bounded_number_of_other_ways(expander: Expander, analyzer: Analyzer) -> None:
    q = " ".join(f"{year}年{month}月" for year in range(2000, 2020) for month in (1, 2))
    query = expanded(parse(q, analyzer.folding).query, q, expander, analyzer).query
    numbers = [len(run.others) for run in wanted(query) if isinstance(run, Run)]
    assert sum(numbers) == MAX_OTHERS
    assert numbers[0] > 0 == numbers[-1]


@pytest.mark.parametrize(
    ("q", "name", "marked"),
    [
        ("科技厅", "long", ["科学技术厅"]),
        ("浙江省科学技术厅", "short", ["浙江省科技厅"]),
        ("科技厅", "words", ["科学技术", "厅"]),
        ("100亿元", "long", ["一百亿元"]),
    ],
)
def test_marks_are_on_the_way_that_stands_there(
    q: str, name: str, marked: list[str], service: SearchService
) -> None:
    [hit] = [hit for hit in service.search(SearchRequest(q=q)).hits if hit.article.id == name]
    spans = hit.highlights[Part.BODY]
    assert [hit.article.body[start : start + length] for start, length in spans] == marked
    assert service.article(name, q).highlights == hit.highlights


@pytest.mark.parametrize(
    ("q", "name", "labels"),
    [
        pytest.param("科技厅", "long", [("科学技术厅", "科技厅", "科学技术厅")], id="another name"),
        pytest.param("科技厅", "short", [], id="as it was typed"),
        pytest.param(
            "科技厅",
            "words",
            [("科学技术", "科技厅", "科学技术厅"), ("厅", "科技厅", "科学技术厅")],
            id="words of it",
        ),
        pytest.param(
            "科技厅 厅", "words", [("科学技术", "科技厅", "科学技术厅")], id="words of it, one of them typed"
        ),
        pytest.param("科技厅 科学技术厅", "long", [], id="both were typed"),
        pytest.param(
            "100亿元 发布", "long", [("一百亿元", "100亿元", "一百亿元")], id="beside what was typed"
        ),
        pytest.param(
            "甲办",
            "room",
            [("乙室", "甲办", "乙室"), ("丙处", "甲办", "丙处")],
            id="two other names, each for itself",
        ),
        pytest.param("养老", "other", [], id="nothing has another way"),
    ],
)
def test_a_mark_says_which_other_way_it_shows(
    q: str, name: str, labels: list[tuple[str, str, str]], service: SearchService
) -> None:
    [hit] = [hit for hit in service.search(SearchRequest(q=q)).hits if hit.article.id == name]
    marks = hit.other_marks.get(Part.BODY, ())
    body = hit.article.body
    assert [
        (body[start : start + length], mark.typed, mark.text)
        for mark in marks
        for start, length in [mark.span]
    ] == labels
    assert {mark.span for mark in marks} <= set(hit.highlights[Part.BODY])
    assert service.article(name, q).other_marks == hit.other_marks
    assert service.article(name, q, wording=Wording.AS_TYPED).other_marks == {}


def test_a_word_that_is_there_in_another_way_is_not_called_missing(service: SearchService) -> None:
    relaxed = service.search(SearchRequest(q="科学技术厅 环保局 不存在的词")).relaxed
    assert relaxed is not None
    dropped = {word.text for word in relaxed.dropped or ()}
    assert "存在" in dropped
    assert not dropped & {"科学", "技术", "厅", "环保局"}


PIECES = (
    *(
        "科技厅",
        "科学技术厅",
        "甲办",
        "环保局",
        "100亿元",
        "120m2",
        "2024年5月",
        "6%",
        "GDP",
        "养老",
        "浙江省",
    ),
    *("，", " ", "-", "(", ")", '"', "标题：", "OR ", "*", "\x00"),
)


@given(q=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_query_fails_by_it_and_none_finds_less(q: str, service: SearchService) -> None:
    request = SearchRequest(q=q, match=Match.ALL, limit=50)
    result = service.search(request)
    typed = service.search(replace(request, wording=Wording.AS_TYPED))
    assert {hit.article.id for hit in typed.hits} <= {hit.article.id for hit in result.hits}


def test_marks_are_pieces_of_one_of_the_ways(
    service: SearchService, expander: Expander, analyzer: Analyzer
) -> None:
    for q in ("科技厅 发布", "浙江省科学技术厅", "120m2", "环保局执法"):
        leaves = wanted(expanded(parse(q, analyzer.folding).query, q, expander, analyzer).query)
        result = service.search(SearchRequest(q=q, match=Match.ALL))
        assert result.hits
        for hit in result.hits:
            marks = Highlights(hit.highlights, hit.highlights_truncated)
            assert marks.spans
            assert_in_order(hit.article, marks)
            assert_explained(hit.article, marks, leaves, analyzer)


@pytest.mark.parametrize("match", [Match.SMART, Match.ALL, Match.ANY])
@pytest.mark.parametrize("q", ["科技厅", "环保局 养老", "科技厅怎么发布100亿元的通知", "甲办 不存在的词"])
def test_it_needs_no_more_searches_of_the_engine(
    q: str, match: Match, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[Plan] = []
    search = WhooshSnapshot.search

    def counted(snapshot: WhooshSnapshot, plan: Plan, deadline: Deadline) -> Matches:
        plans.append(plan)
        return search(snapshot, plan, deadline)

    monkeypatch.setattr(WhooshSnapshot, "search", counted)
    service.search(SearchRequest(q=q, match=match))
    with_synonyms = len(plans)
    service.search(SearchRequest(q=q, match=match, wording=Wording.AS_TYPED))
    assert 0 < with_synonyms <= len(plans) - with_synonyms
