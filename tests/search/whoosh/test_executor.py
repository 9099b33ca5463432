"""The executor beside plain loops over the same documents: match sets, scores, orders and pages."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from index.documents import IndexDocument, to_document
from index.writer import START_AVERAGE_LENGTH
from search.plan import (
    And,
    Characters,
    Constant,
    Every,
    Keyword,
    Maybe,
    Node,
    Not,
    Or,
    Order,
    Plan,
    Published,
    Word,
)
from search.whoosh.snapshot import WhooshSnapshot
from tests.engines import Library, from_reference, make_article
from tests.strategies import articles

K1, B = 1.2, 0.75
MORNING = datetime(2024, 3, 5, tzinfo=UTC)


class PlainLoops:
    """Answers plans as their definitions say, document by document, without any index."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self._documents = documents
        self._holding: dict[str, int] = {}
        for document in documents:
            for word in document.words:
                self._holding[word] = self._holding.get(word, 0) + 1

    def run(self, plan: Plan) -> tuple[int, list[tuple[str, float]]]:
        """Total, and the wanted page of ids with scores."""
        found = [
            (document, score)
            for document in self._documents
            if (score := self.score(plan.query, document)) is not None
            and all(self.score(node, document) is not None for node in plan.filters)
        ]
        found.sort(key=lambda pair: pair[0].id)
        match plan.order:
            case Order.SCORE:
                found.sort(key=lambda pair: -pair[1])
            case Order.NEWEST:
                found.sort(key=lambda pair: (pair[0].published is None, -(pair[0].published or 0)))
            case Order.OLDEST:
                found.sort(key=lambda pair: (pair[0].published is None, pair[0].published or 0))
        page = found[plan.offset : plan.offset + plan.limit]
        return len(found), [(document.id, score) for document, score in page]

    def score(self, node: Node, document: IndexDocument) -> float | None:
        """The score of a document; None where it does not match."""
        match node:
            case Every():
                return 0.0
            case Word(text):
                return self._bm25f(text, document)
            case Characters(text, parts):
                return 0.0 if any(text in document.characters[part] for part in parts) else None
            case Keyword(field, values):
                return 0.0 if set(document.keywords[field]) & set(values) else None
            case Published(low, high):
                return 0.0 if self._is_between(document.published, low, high) else None
            case And(nodes):
                scores = [self.score(child, document) for child in nodes]
                kept = [score for score in scores if score is not None]
                return sum(kept) if len(kept) == len(scores) else None
            case Or(nodes):
                kept = [score for child in nodes if (score := self.score(child, document)) is not None]
                return sum(kept) if kept else None
            case Not(child):
                return 0.0 if self.score(child, document) is None else None
            case Maybe(child, extra):
                score = self.score(child, document)
                return None if score is None else score + (self.score(extra, document) or 0.0)
            case Constant(child, constant):
                return None if self.score(child, document) is None else constant

    def _bm25f(self, word: str, document: IndexDocument) -> float | None:
        """Robertson and Zaragoza (2009), with Lucene's weight for rare words that is never negative."""
        tf = document.words.get(word)
        if tf is None:
            return None
        df = self._holding[word]
        idf = math.log(1 + (len(self._documents) - df + 0.5) / (df + 0.5))
        norm = 1 - B + B * document.length / START_AVERAGE_LENGTH
        return idf * tf * (K1 + 1) / (tf + K1 * norm)

    @staticmethod
    def _is_between(published: int | None, low: int | None, high: int | None) -> bool:
        if published is None:
            return False
        return (low is None or published >= low) and (high is None or published < high)


def plan(query: Node, *filters: Node, order: Order = Order.SCORE, offset: int = 0, limit: int = 1000) -> Plan:
    return Plan(query=query, filters=filters, order=order, offset=offset, limit=limit)


def answer(snapshot: WhooshSnapshot, wanted: Plan) -> dict[str, float]:
    matches = snapshot.search(wanted)
    assert matches.total == len(matches.hits)
    return {hit.id: hit.score for hit in matches.hits}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> WhooshSnapshot:
    """Four articles over two segments, one more deleted."""
    library = Library(tmp_path_factory.mktemp("shelf"), analyzer)

    def article(
        name: str, body: str, *, title: str = "", days: int | None = None, source: str = ""
    ) -> Article:
        published = None if days is None else MORNING + timedelta(days=days)
        return replace(make_article(name, body, title=title, source=source), published=published)

    library.build(
        [
            article("a", "科技改革", title="发展", days=0, source="甲"),
            article("b", "改革，科技", days=1, source="乙"),
            article("gone", "科技改革发展", days=1, source="甲"),
        ]
    )
    library.change([article("c", "发展", title="科技改革", days=2), article("d", "")], ["gone"])
    return library.engine().snapshot()


S = int(MORNING.timestamp())
DAY = 86400


@pytest.mark.parametrize(
    ("node", "ids"),
    [
        pytest.param(Every(), "abcd", id="every"),
        pytest.param(Word("科技"), "abc", id="word"),
        pytest.param(Word("技"), "", id="a character inside a word is none"),
        pytest.param(Word("无"), "", id="unknown word"),
        pytest.param(Characters("科技改革"), "ac", id="characters in a row"),
        pytest.param(Characters("技改"), "ac", id="across words"),
        pytest.param(Characters("改革,科技"), "b", id="with punctuation"),
        pytest.param(Characters("科技科技"), "", id="the same twice"),
        pytest.param(Characters("展科"), "", id="not from one part to the next"),
        pytest.param(Characters("科技", (Part.TITLE,)), "c", id="in the title"),
        pytest.param(Characters("发展", (Part.TITLE, Part.LEAD)), "a", id="in title or lead"),
        pytest.param(Characters("发展", (Part.BODY,)), "c", id="in the body"),
        pytest.param(Characters("科技", (Part.TAGS,)), "", id="in the tags"),
        pytest.param(Characters("发无"), "", id="a character that is nowhere"),
        pytest.param(Characters(""), "", id="no characters"),
        pytest.param(Keyword("source", ("甲",)), "a", id="keyword"),
        pytest.param(Keyword("source", ("甲", "乙", "无")), "ab", id="one of several"),
        pytest.param(Keyword("source", ("甲", "甲")), "a", id="the same twice in one"),
        pytest.param(Keyword("source", ()), "", id="none of none"),
        pytest.param(Published(None, None), "abc", id="dated"),
        pytest.param(Published(S + DAY, None), "bc", id="from, inclusive"),
        pytest.param(Published(None, S + DAY), "a", id="until, exclusive"),
        pytest.param(Published(S + 1, S + 2 * DAY), "b", id="between"),
        pytest.param(And((Word("科技"), Characters("技改"))), "ac", id="and"),
        pytest.param(And(()), "abcd", id="and of nothing"),
        pytest.param(Or((Characters("技改"), Word("改革"))), "abc", id="or"),
        pytest.param(Or(()), "", id="or of nothing"),
        pytest.param(Not(Word("科技")), "d", id="not"),
        pytest.param(Not(Not(Word("科技"))), "abc", id="not not"),
        pytest.param(Not(Every()), "", id="not every"),
        pytest.param(Maybe(Characters("技改"), Word("无")), "ac", id="maybe keeps what it has"),
        pytest.param(Maybe(Word("无"), Every()), "", id="maybe adds no match"),
        pytest.param(Constant(Word("科技"), 3.0), "abc", id="constant"),
    ],
)
def test_node_matches(node: Node, ids: str, shelf: WhooshSnapshot) -> None:
    assert sorted(answer(shelf, plan(node))) == list(ids)
    kept = answer(shelf, plan(Every(), node))
    assert sorted(kept) == list(ids)
    assert not any(kept.values())


def test_scores_are_added_and_constants_replace_them(shelf: WhooshSnapshot) -> None:
    one, other = (answer(shelf, plan(Word(word))) for word in ("科技", "改革"))
    both = {name: one[name] + other[name] for name in "abc"}
    for node in (
        And((Word("科技"), Word("改革"))),
        Or((Word("科技"), Word("改革"))),
        Maybe(Word("科技"), Word("改革")),
    ):
        assert answer(shelf, plan(node)) == pytest.approx(both)
    assert answer(shelf, plan(Constant(Word("科技"), 3.0))) == dict.fromkeys("abc", 3.0)
    assert answer(shelf, plan(Maybe(Every(), Word("科技")))) == pytest.approx({**one, "d": 0.0})
    assert set(answer(shelf, plan(Not(Word("无")))).values()) == {0.0}


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        pytest.param(Order.NEWEST, "cbad", id="newest, undated last"),
        pytest.param(Order.OLDEST, "abcd", id="oldest, undated last"),
        pytest.param(Order.SCORE, "abcd", id="equal scores by id"),
    ],
)
def test_order_is(order: Order, ids: str, shelf: WhooshSnapshot) -> None:
    matches = shelf.search(plan(Every(), order=order))
    assert "".join(hit.id for hit in matches.hits) == ids


@pytest.mark.parametrize(
    ("offset", "limit", "ids"), [(0, 2, "ab"), (1, 2, "bc"), (3, 2, "d"), (4, 2, ""), (0, 0, "")]
)
def test_a_page_is_cut_from_all_and_the_total_stays(
    offset: int, limit: int, ids: str, shelf: WhooshSnapshot
) -> None:
    matches = shelf.search(plan(Every(), offset=offset, limit=limit))
    assert ("".join(hit.id for hit in matches.hits), matches.total) == (ids, 4)


# Beside plain loops


def random_node(random: Random, about: IndexDocument, depth: int) -> Node:
    """A plan about one document, mostly with what it holds."""
    if depth == 0 or random.random() < 0.3:
        return random_leaf(random, about)
    children = tuple(random_node(random, about, depth - 1) for _ in range(random.randint(1, 3)))
    makers = (
        lambda: And(children),
        lambda: Or(children),
        lambda: Not(children[0]),
        lambda: Maybe(children[0], children[-1]),
        lambda: Constant(children[0], random.choice((0.0, 1.5, 4.0))),
    )
    node: Node = random.choices(makers, weights=(3, 4, 1, 2, 1))[0]()
    return node


def random_leaf(random: Random, about: IndexDocument) -> Node:
    text = random.choice([text for text in about.characters.values() if text])
    start = random.randrange(len(text))
    published = about.published or 0
    leaves: Mapping[str, Node] = {
        "word": Word(random.choice(sorted(about.words))),
        "characters": Characters(text[start : start + random.randint(1, 3)]),
        "part": Characters(text[start : start + 2], tuple(random.sample(list(Part), 2))),
        "keyword": Keyword("source", about.keywords["source"]),
        "published": Published(published - random.choice((0, DAY)), published + random.choice((0, 1, DAY))),
        "every": Every(),
    }
    return leaves[random.choices(list(leaves), weights=(8, 4, 2, 1, 1, 1))[0]]


@pytest.mark.parametrize("seed", range(5))
def test_random_plans_are_answered_as_by_plain_loops(seed: int, tmp_path: Path, analyzer: Analyzer) -> None:
    """Scores agree to 1e-9; two commits, so that there are several segments and deleted documents."""
    random = Random(seed)
    collection = {article.id: from_reference(article) for article in articles(random, 60)}
    library = Library(tmp_path, analyzer)
    library.build(collection.values())
    fresh = {article.id: from_reference(article) for article in articles(random, 20)}
    doomed = random.sample(sorted(collection.keys() - fresh.keys()), 10)
    library.change(fresh.values(), doomed)
    documents = [to_document(article, analyzer) for article in library.stored.values()]
    loops, snapshot = PlainLoops(documents), library.engine().snapshot()
    with_hits = 0
    for _ in range(150):
        about = random.choice([document for document in documents if document.words])
        wanted = plan(
            random_node(random, about, 3),
            *(random_leaf(random, about) for _ in range(random.choice((0, 0, 1)))),
            order=random.choice(list(Order)),
            offset=random.choice((0, 0, 3)),
            limit=random.choice((5, 100)),
        )
        total, page = loops.run(wanted)
        matches = snapshot.search(wanted)
        assert matches.total == total, wanted
        assert_same_page([(hit.id, hit.score) for hit in matches.hits], page, wanted)
        with_hits += bool(page)
    assert with_hits > 75


def assert_same_page(
    found: Sequence[tuple[str, float]], expected: Sequence[tuple[str, float]], wanted: Plan
) -> None:
    """The same ids in the same order with the same scores, but for scores that are equal to 1e-9."""
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], rel=1e-9)
    if wanted.order is not Order.SCORE or len({round(score, 6) for _, score in expected}) == len(expected):
        assert [name for name, _ in found] == [name for name, _ in expected]
