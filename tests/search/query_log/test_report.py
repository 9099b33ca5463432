"""The reports on the query log."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.folding import Folding
from search.query_log.files import LogLine, ReadLine
from search.query_log.report import AskedQuery, most_asked, zero_hits
from tests.search.query_log.samples import line

HOUR = datetime(2026, 11, 28, 7, tzinfo=UTC)


def read(*lines: LogLine | None) -> list[ReadLine]:
    """Lines, each an hour after the one before."""
    return [ReadLine(HOUR + timedelta(hours=number), one) for number, one in enumerate(lines)]


def test_queries_without_hits_come_with_their_counts_and_last_hour(folding: Folding) -> None:
    report = zero_hits(
        read(
            line("碳汇贷", 0),
            line("双碳", 5),
            line("碳匯貸", 0, source=("甲网",)),
            line("无此事", 0),
            line(" 碳汇贷", 0),
            line("碳汇贷", 3),
            line("碳汇贷", 2, strict_total=0),
        ),
        folding,
        limit=10,
    )
    assert report.queries == (
        AskedQuery(
            q="碳汇贷",
            searches=5,
            without_hits=3,
            in_part=1,
            filtered=1,
            last=HOUR + timedelta(hours=6),
        ),
        AskedQuery(
            q="无此事", searches=1, without_hits=1, in_part=0, filtered=0, last=HOUR + timedelta(hours=3)
        ),
    )
    assert (report.searches, report.without_hits) == (7, 4)


def test_of_two_that_failed_as_often_the_newer_one_is_first(folding: Folding) -> None:
    report = zero_hits(read(line("先", 0), line("后", 0)), folding, limit=1)
    assert [asked.q for asked in report.queries] == ["后"]


def test_what_the_log_lacks_is_counted(folding: Folding) -> None:
    report = most_asked(read(LogLine(lost=3), None, line("双碳"), LogLine(lost=1)), folding, limit=10)
    assert (report.lost, report.damaged, report.searches) == (4, 1, 1)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(0, 2))), st.integers(1, 5))
def test_counts_are_those_of_the_lines(folding: Folding, searches: list[tuple[str, int]], limit: int) -> None:
    lines = read(*(line(q, total) for q, total in searches))
    asked = Counter(q for q, _ in searches)
    failed = Counter(q for q, total in searches if not total)
    most, none = most_asked(lines, folding, limit), zero_hits(lines, folding, limit)
    assert sorted((one.searches for one in most.queries), reverse=True) == [
        count for _, count in asked.most_common(limit)
    ]
    assert [one.without_hits for one in none.queries] == [count for _, count in failed.most_common(limit)]
    assert all(one.searches == asked[one.q] for one in most.queries)
    assert all(one.without_hits == failed[one.q] for one in none.queries)
    assert most.searches == none.searches == len(searches)
