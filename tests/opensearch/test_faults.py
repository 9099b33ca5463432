"""Three nodes are broken as articles come in: nothing is lost, and no answer is short.

The same code as `benchmarks.opensearch_faults`, which breaks them in more ways, with more articles.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.opensearch.target import Target
from benchmarks.opensearch_faults.articles import QUESTIONS, changing, has, stream
from benchmarks.opensearch_faults.contents import Contents
from benchmarks.opensearch_faults.control import Repeated, repeated
from benchmarks.opensearch_faults.counted import Answers, Asked, Counted, judged
from benchmarks.opensearch_faults.faults import FAULTS, ROOMY, Fault, Moment, change_settings, set_watermarks
from benchmarks.opensearch_faults.late_line import Rewrite, as_sent, without_versions
from benchmarks.opensearch_faults.report import Outcome
from benchmarks.opensearch_faults.run import Size, run, wait_for
from benchmarks.opensearch_faults.site import Site
from tests.opensearch.cluster import OwnCluster
from tests.opensearch.faulted import TwoMappings
from web.commands.exits import Exit

WORD = QUESTIONS[0]
COUNTED = Counted({WORD: [1, 2, 5]})
PUBLISHED = {"1.1": 2, "1.2": 9}
HELD = Contents(stored=3, lost=0, twice=0, back=0, differences=())
WELL = Outcome(
    fault="one",
    moment=Moment.SETTLED,
    what="kill -9 of node 3",
    answers=Answers(full=9),
    during=Answers(full=1),
    contents=HELD,
    check="",
    ingest_s=3,
    mended_s=20,
    yellow_s=20,
    green_s=40,
    covered_s=70,
    named=("log: no answer",),
)


def asked(status: int = 200, generation: str = "1.1", total: int = 2, *, retry_after: bool = False) -> Asked:
    return Asked(
        moment=0.0,
        seconds=0.5,
        question=WORD,
        status=status,
        retry_after=retry_after,
        generation=generation,
        total=total,
    )


class TestJudging:
    """What the promises are held against: without it a run could not fail."""

    def test_answers_are_held_against_the_state_that_they_are_of(self) -> None:
        answers = judged([asked(), asked(generation="1.2", total=3)], COUNTED, PUBLISHED)
        assert answers == Answers(full=2, states=2, slowest_s=0.5)
        assert answers.hold

    def test_a_refusal_says_when_to_come_again(self) -> None:
        answers = judged([asked(), asked(status=503, retry_after=True)], COUNTED, PUBLISHED)
        assert (answers.refused, answers.hold) == (1, True)
        assert judged([asked(), asked(status=503)], COUNTED, PUBLISHED).wrong == 1

    @pytest.mark.parametrize(
        ("one", "short", "wrong"),
        [
            (asked(total=1), 1, 0),
            (asked(generation="1.2", total=2), 1, 0),
            (asked(total=3), 0, 1),
            (asked(generation="1.9"), 0, 1),
            (asked(status=500, retry_after=True), 0, 1),
            (asked(status=0), 0, 1),
        ],
        ids=["fewer", "of-the-state-before", "more", "of-no-state", "error", "no-answer"],
    )
    def test_anything_else_breaks_the_promise(self, one: Asked, short: int, wrong: int) -> None:
        answers = judged([asked(), one], COUNTED, PUBLISHED)
        assert (answers.full, answers.short, answers.wrong) == (1, short, wrong)
        assert not answers.hold
        assert answers.first

    def test_refusals_alone_show_nothing(self) -> None:
        assert not judged([asked(status=503, retry_after=True)], COUNTED, PUBLISHED).hold

    def test_articles_are_counted_by_their_journal_entries(self) -> None:
        records = list(stream(0, 500))
        counted = [record for record in records if has(record, WORD)]
        assert len(counted) == 500
        assert len(records) > 500
        entries = {record["id"]: place for place, record in enumerate(counted, start=1)}
        found = Counted.of(records, entries)
        assert found.total(WORD, 0) == 0
        assert found.total(WORD, 7) == 7
        for question in QUESTIONS[1:]:
            assert 0 < found.total(question, 500) < 500
        assert not any(has(changing(number, 3), question) for number in range(9) for question in QUESTIONS)

    def test_all_is_well(self) -> None:
        assert list(WELL.broken()) == []

    @pytest.mark.parametrize(
        ("outcome", "said"),
        [
            (replace(WELL, answers=Answers(full=1, short=1)), "not every answer"),
            (replace(WELL, contents=replace(HELD, lost=1)), "not what is stored"),
            (replace(WELL, contents=replace(HELD, twice=1)), "not what is stored"),
            (replace(WELL, contents=replace(HELD, back=1)), "not what is stored"),
            (replace(WELL, contents=replace(HELD, differences=("copies",))), "not what is stored"),
            (replace(WELL, check="1 problem"), "1 problem"),
            (replace(WELL, green_s=None), "not green again"),
            (replace(WELL, covered_s=None), "not green again"),
            (replace(WELL, covered_s=81), "took 61 s"),
            (replace(WELL, named=()), "names it"),
        ],
        ids=["short", "lost", "twice", "back", "copies", "check", "red", "behind", "late", "unnamed"],
    )
    def test_each_promise_can_be_broken(self, outcome: Outcome, said: str) -> None:
        (broken,) = outcome.broken()
        assert said in broken
        assert any(f"BROKEN: {broken}" in line for line in outcome.lines())


def test_versions_are_taken_out_of_a_batch_and_nothing_else() -> None:
    target = {"_id": "a", "version": 3, "version_type": "external_gte"}
    lines = [{"index": target}, {"version": "of a text"}, {"delete": target}]
    batch = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    assert [json.loads(line) for line in without_versions(batch).splitlines()] == [
        {"index": {"_id": "a"}},
        {"version": "of a text"},
        {"delete": {"_id": "a"}},
    ]


def fault(name: str, hold_s: float) -> Fault:
    """As the benchmark has it, for a shorter time."""
    return replace(next(one for one in FAULTS if one.name == name), hold_s=hold_s)


@pytest.fixture
def site(three_nodes: OwnCluster, tmp_path: Path) -> Iterator[Site]:
    """An index that does not exist yet, in a cluster that looks at its disks often."""
    target = Target(urls=three_nodes.urls, prefix=f"faults-{tmp_path.name}", shards=3, replicas=1)
    made = Site(three_nodes, target, tmp_path)
    set_watermarks(made, ROOMY)
    wait_for(made.has_room)
    yield made
    target.delete()


@contextmanager
def no_new_indexes(site: Site) -> Iterator[None]:
    """The cluster refuses to make any, as it does where the disks of all nodes are nearly full."""
    block = "cluster.blocks.create_index"
    # Whoever looks at the disks would lift it within seconds.
    refusing = {block: True, f"{block}.auto_release": False}
    change_settings(site, refusing)
    try:
        yield
    finally:
        change_settings(site, dict.fromkeys(refusing))


@pytest.mark.opensearch
@pytest.mark.slow
@pytest.mark.timeout(900)
class TestThreeNodes:
    def test_a_node_that_is_killed_takes_nothing_with_it(self, site: Site) -> None:
        mappings = TwoMappings.on(site.target.urls)
        killing = fault("one", 5)

        def strike(struck: Site) -> str:
            what = killing.strike(struck)
            mappings.write_more()
            return what

        outcome = run(replace(killing, strike=strike), site, Size(articles=800))
        assert list(outcome.broken()) == [], "\n".join(outcome.lines())
        assert outcome.contents.stored > 800
        assert outcome.answers.states > 1
        # Copies that were dead meanwhile hold all that the others do where history has the terms.
        assert mappings.as_it_is.differences() == []
        assert any("knows the words of" in one for one in mappings.without.differences())

    def test_while_disks_are_full_articles_are_stored_and_later_indexed(self, site: Site) -> None:
        outcome = run(fault("full", 15), site, Size(articles=600, backlog=300))
        assert list(outcome.broken()) == [], "\n".join(outcome.lines())
        assert any("cluster_block_exception" in said for said in outcome.named), outcome.named
        assert outcome.during.full > 0

    def test_while_no_index_may_be_made_the_indexer_tries_again(self, site: Site) -> None:
        with no_new_indexes(site):
            site.ingest(stream(0, 50), "first")
            with site.indexing():
                wait_for(lambda: site.log.read_bytes().count(b"index_create_block_exception") > 1)
        site.index()
        assert site.check().status == Exit.DONE

    @pytest.mark.parametrize("rewrite", [as_sent, without_versions])
    def test_what_comes_late_does_nothing_where_changes_have_versions(
        self, site: Site, rewrite: Rewrite
    ) -> None:
        found = repeated(site, rewrite)
        if rewrite is as_sent:
            assert found.hold, found.line("with versions")
        else:
            assert found == Repeated(
                replace(found.after_articles, back=10, lost=0, twice=0),
                replace(found.after_deletions, back=0, lost=10, twice=0),
            )
            assert any("in another state" in one for one in found.after_articles.differences)
