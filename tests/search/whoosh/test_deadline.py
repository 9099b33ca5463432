"""A search whose time is over at any one of its steps ends there, and leaves nothing half made behind."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import get_args

import pytest

from search.deadline import Deadline
from search.engine import Snapshot
from search.errors import SearchTimeout
from search.plan import (
    Anchor,
    And,
    AtLeast,
    ByDate,
    ByScore,
    Characters,
    Constant,
    DateRange,
    Direction,
    Every,
    Facet,
    Grouping,
    Histogram,
    Interval,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Pairs,
    Plan,
    Prefix,
    Recent,
    Word,
)
from tests.engines import DocumentLibrary
from tests.plan_trees import Change
from tests.search.whoosh.memory_segment import AVERAGE_LENGTH, make_document

ONE_STEP = (Every(), Word("a"), Prefix(""), DateRange("signed", 1, None), Recent("signed", 100, 10, 1.0))
SEVERAL_STEPS = (
    Prefix("a"),
    Characters("科"),
    Characters("科技创新"),
    Characters("局科", anchor=Anchor.START),
    Near("科技", "创新", 3),
    Pairs("科技创新", 2),
    Keyword("source", ("甲报", "乙报")),
    Missing("agency"),
    And((Characters("科技"), Word("a"), Not(Word("b")))),
    Or((Word("a"), Characters("创新"))),
    AtLeast(2, (Word("a"), Word("b"), Characters("创新"))),
    Not(Word("b")),
    Maybe(Characters("科技"), Constant(Word("a"), 2.0)),
    Constant(Word("a"), 4.0),
)
"""They read segments one by one, or other nodes: looked at only once, a deadline would not end in between."""

NODES: tuple[Node, ...] = ONE_STEP + SEVERAL_STEPS

MATCHING = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=0)
"""Nothing but the number of documents: all its checks are those of the query."""

BEST = replace(MATCHING, limit=10)
EVERYTHING = replace(
    BEST,
    filters=(Not(Keyword("source", ("丙报",))),),
    order=ByDate("signed", Direction.NEWEST_FIRST),
    grouping=Grouping.CLUSTERS,
    facets=(Facet("source", (), 2), Facet("topic", (Prefix("a"),), 2)),
    histograms=(Histogram("signed", Interval.DAY),),
)

Ask = Callable[[Snapshot, Deadline], object]


@dataclass(frozen=True, slots=True)
class CountedDeadline(Deadline):
    """Its clock goes on by one with each check, so that its time is over at check number `moment`."""

    checks: list[None] = field(default_factory=list)

    def check(self) -> None:
        self.checks.append(None)
        if len(self.checks) >= self.moment:
            raise SearchTimeout("the last check has come")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> DocumentLibrary:
    """Two segments, one document of the first replaced by the second."""
    documents = [
        make_document(
            name,
            f"局科技{name}创新，科技创新局" * 3,
            words={"a": 1 + number, "ab": 2, "b": 1} if number % 3 else {"a": 1},
            keywords={"source": ("甲报" if number % 2 else "乙报",), "topic": ("科技", "经济")},
            dates={"signed": number},
            cluster=number % 4 or None,
        )
        for number, name in enumerate("abcdefghijkl")
    ]
    library = DocumentLibrary(tmp_path_factory.mktemp("deadline"), AVERAGE_LENGTH)
    library.build(documents[:8])
    library.apply(Change((*documents[8:], documents[1]), ()))
    return library


def checks_of(library: DocumentLibrary, ask: Ask) -> int:
    """How often a question checks its deadline.

    At each of these checks it may end, and the same state, which knew nothing before, answers it all the same
    afterwards.
    """
    expected = ask(library.engine().snapshot(), Deadline.never())
    last = 1
    while True:
        snapshot, deadline = library.engine().snapshot(), CountedDeadline(last)
        try:
            answer = ask(snapshot, deadline)
        except SearchTimeout:
            assert len(deadline.checks) == last, "it went on after its end"
            assert ask(snapshot, Deadline.never()) == expected
        else:
            assert len(deadline.checks) == last - 1, "its end was hidden"
            assert answer == expected
            return last - 1
        last += 1


def searching(plan: Plan) -> Ask:
    return lambda snapshot, deadline: snapshot.search(plan, deadline)


def hiding_its_end(snapshot: Snapshot, deadline: Deadline) -> object:
    try:
        return snapshot.search(BEST, deadline)
    except SearchTimeout:
        return None


def going_on(snapshot: Snapshot, deadline: Deadline) -> object:
    try:
        return snapshot.search(BEST, deadline)
    except SearchTimeout:
        with suppress(SearchTimeout):
            deadline.check()
        raise


def keeping_what_is_half_made() -> Ask:
    ended: list[Snapshot] = []

    def ask(snapshot: Snapshot, deadline: Deadline) -> object:
        try:
            found = snapshot.search(BEST, deadline)
        except SearchTimeout:
            ended.append(snapshot)
            raise
        return replace(found, total=0) if snapshot in ended else found

    return ask


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (hiding_its_end, "its end was hidden"),
        (going_on, "it went on after its end"),
        (keeping_what_is_half_made(), "Matches"),
    ],
    ids=["hides its end", "goes on", "keeps what is half made"],
)
def test_control_a_wrong_engine_is_noticed(library: DocumentLibrary, ask: Ask, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        checks_of(library, ask)


def test_every_kind_of_node_is_tried() -> None:
    assert set(map(type, NODES)) == set(get_args(Node))


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_a_search_may_end_at_each_of_its_checks(library: DocumentLibrary, node: Node) -> None:
    plans = [replace(plan, query=node) for plan in (MATCHING, BEST, EVERYTHING)]
    matching, best, everything = (checks_of(library, searching(plan)) for plan in plans)
    assert matching >= (1 if node in ONE_STEP else 2)
    assert matching < best < everything
    assert library.snapshot().search(plans[-1], Deadline.never()).hits


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_an_explanation_may_end_at_each_of_its_checks(library: DocumentLibrary, node: Node) -> None:
    checks = checks_of(library, lambda snapshot, deadline: snapshot.explain(node, "c", deadline))
    assert checks >= (1 if node in ONE_STEP else 2)


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_scores_of_some_may_end_at_each_of_the_checks(library: DocumentLibrary, node: Node) -> None:
    checks = checks_of(library, lambda snapshot, deadline: snapshot.scores(node, "abc", deadline))
    assert checks >= (1 if node in ONE_STEP else 2)
