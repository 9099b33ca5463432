"""What a hit says of its score adds up to it, whatever of the ranking has a part in it."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, DocumentFacts, Part
from search.deadline import Deadline
from search.engine import Explanation
from search.errors import SearchTimeout
from search.plan import And, Constant, Every, Keyword, Node, Not, Pairs, Recent, Word
from search.ranking import Ranking
from search.request import Explaining, Match, SearchRequest, Sort
from search.results import Matched
from search.rules.expansion_setup import load_expander
from search.rules.query_rules import QueryRules
from search.score_parts import ScoreKind, ScorePart, score_parts
from search.service import SearchService
from search.synonyms.rules import Group, SynonymFile
from search.whoosh.snapshot import WhooshSnapshot
from tests.engines import Library, make_article

WORDS = (
    "科技厅",
    "科学技术厅",
    "100亿元",
    "一百亿元",
    "养老",
    "服务",
    "补贴",
    "湖北省",
    "创新",
    "鄂政发〔2024〕12号",
)
NUMBER = "鄂政发〔2024〕12号"
QUERIES = (
    *("科技厅", "湖北省养老服务补贴", "养老 补贴 航天", "100亿元", "湖北省科技厅补贴100亿元养老服务"),
    *(
        '"养老服务"',
        '"养老 补贴"~9',
        "养老 OR 创新",
        "标题：养老服务",
        "创新*",
        NUMBER,
        "养老服务 -补贴",
        "养",
    ),
)
FAST, MANY = 120, 1_000
TOLERANCE = 1e-4
"""Relative: what is promised."""


def shelf() -> Iterator[Article]:
    random = Random("score parts")
    for number in range(60):
        title, body = ("".join(random.choices(WORDS, k=random.randint(1, most))) for most in (3, 12))
        facts = DocumentFacts(number=NUMBER) if number % 7 == 0 else DocumentFacts()
        made = make_article(f"a{number:02}", body, title=title)
        yield replace(made, document=facts, published=datetime(2000 + number % 20, 3, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> SearchService:
    library = Library(tmp_path_factory.mktemp("score_parts"), analyzer)
    library.build(shelf())
    own = SynonymFile("synonyms.txt", (Group(1, ("科技厅", "科学技术厅")),))
    rules = QueryRules(load_expander(analyzer.folding, own))
    return library.service(rules, ranking=Ranking(recency_days=3650))


def explained(service: SearchService, hits: int, seed: str) -> Counter[ScoreKind | Matched]:
    """Asks until so many hits have explained their scores; which kinds of parts and hits they were."""
    random = Random(seed)
    seen: Counter[ScoreKind | Matched] = Counter()
    while hits > 0:
        request = SearchRequest(
            q=" ".join(random.sample(QUERIES, random.choice((1, 1, 2)))),
            match=random.choice((Match.SMART, Match.SMART, Match.ALL, Match.ANY)),
            sort=random.choice((None, None, Sort.NEWEST)),
            explaining=Explaining.SCORES,
            offset=random.choice((0, 0, 7)),
        )
        for hit in service.search(request).hits:
            parts = hit.score_parts
            assert parts is not None
            total = math.fsum(part.score for part in parts)
            assert math.isclose(total, hit.score, rel_tol=TOLERANCE), (request, hit.article.id, parts)
            assert all(part.score for part in parts)
            seen.update({hit.matched, *(part.kind for part in parts)})
            hits -= 1
    return seen


def test_parts_add_up_to_the_score(service: SearchService) -> None:
    explained(service, FAST, "few")


@pytest.mark.slow
def test_parts_of_a_thousand_hits_add_up_to_their_scores(service: SearchService) -> None:
    seen = explained(service, MANY, "many")
    assert min(seen[kind] for kind in (*ScoreKind, Matched.ALL, Matched.PART)) >= 5, seen


def test_nothing_is_explained_unasked(service: SearchService) -> None:
    hits = service.search(SearchRequest(q="养老")).hits
    assert {hit.score_parts for hit in hits} == {None}


@pytest.mark.parametrize("in_time", [0, 1, 3])
def test_hits_are_answered_though_no_time_is_left_to_explain_them_all(
    service: SearchService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, in_time: int
) -> None:
    explain = WhooshSnapshot.explain
    asked = 0

    def slow(
        snapshot: WhooshSnapshot, query: Node, article_id: str, deadline: Deadline
    ) -> Explanation | None:
        nonlocal asked
        asked += 1
        if asked > in_time:
            raise SearchTimeout("too late")
        return explain(snapshot, query, article_id, deadline)

    caplog.set_level("INFO")
    request = SearchRequest(q="养老", limit=3, explaining=Explaining.SCORES)
    expected = service.search(request).hits
    monkeypatch.setattr(WhooshSnapshot, "explain", slow)
    hits = service.search(request).hits
    assert [hit.article.id for hit in hits] == [hit.article.id for hit in expected]
    assert [hit.score_parts for hit in hits] == [
        hit.score_parts if place < in_time else None for place, hit in enumerate(expected)
    ]
    assert ("no time was left" in caplog.text) == (in_time < len(expected))


def explanation(node: Node, score: float, *parts: Explanation) -> Explanation:
    return Explanation(node, score, parts)


TITLE = (Part.TITLE,)


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        pytest.param(explanation(Every(), 0.0), (), id="nothing"),
        pytest.param(
            Explanation(Word("科技"), 2.5, facts={"idf": 1.5}),
            (ScorePart(kind=ScoreKind.WORD, text="科技", score=2.5, facts={"idf": 1.5}),),
            id="a word with its facts",
        ),
        pytest.param(
            explanation(
                And((Word("科技"), Not(Word("经济")))),
                2.5,
                explanation(Word("科技"), 2.5),
                explanation(Not(Word("经济")), 0.0),
            ),
            (ScorePart(kind=ScoreKind.WORD, text="科技", score=2.5),),
            id="parts that are 0 are left out",
        ),
        pytest.param(
            explanation(
                Pairs("科技厅", parts=TITLE),
                3.0,
                explanation(Pairs("科技", parts=TITLE), 1.0),
                explanation(Pairs("技厅", parts=TITLE), 2.0),
            ),
            (
                ScorePart(kind=ScoreKind.PAIR, text="科技", score=1.0, parts=TITLE),
                ScorePart(kind=ScoreKind.PAIR, text="技厅", score=2.0, parts=TITLE),
            ),
            id="pairs in their part",
        ),
        pytest.param(
            explanation(Constant(Keyword("document_number", ("甲1号",)), 8.0), 8.0),
            (ScorePart(kind=ScoreKind.VALUE, text="甲1号", score=8.0),),
            id="a constant for a value",
        ),
        pytest.param(
            explanation(Recent("published", 0, 1, 2.0), 0.5),
            (ScorePart(kind=ScoreKind.RECENCY, text="", score=0.5),),
            id="how new it is",
        ),
    ],
)
def test_leaves_of_an_explanation(why: Explanation, expected: tuple[ScorePart, ...]) -> None:
    assert score_parts(why) == expected


def test_what_cannot_score_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="Every scores nothing"):
        score_parts(explanation(Every(), 1.0))
