"""Rows to articles in other processes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from index.article import Original
from index.composing import ComposingPool, Outcome, Prepared, RowWork, load_row_work
from index.readers.record import Record
from index.readers.rows import Location, PageRow, RecordRow, RefusedRow, Row, SkippedRow
from index.stages import Stage
from index.text.edits import RepairedText
from index.text.repair import Repairer

POOL = ComposingPool(processes=2)


def page(number: int) -> PageRow:
    text = f"第{number}号通知\n2024年10月14日 来源：湖北日报\n第{number}批项目今日开工。"
    return PageRow(Location(f"{number}.txt"), Original(text.encode(), "text/plain", "utf-8"), text)


def row(line: int, record: Record) -> RecordRow:
    return RecordRow(Location("a.jsonl", line), Original(b"{}", "application/json", "utf-8"), record)


ROWS: list[Row] = [
    *map(page, range(40)),
    RefusedRow(Location("b.txt"), "bad-encoding: no"),
    row(1, Record(title="标题", text="正文")),
    row(2, Record(title="标题", published="不是日期")),
    SkippedRow(Location("logo.png"), "no text"),
    row(3, Record(id="不是编号", title="标题")),
]


def told(outcomes: list[Outcome]) -> list[object]:
    return [outcome.composed.article if isinstance(outcome, Prepared) else outcome for outcome in outcomes]


def test_every_row_has_its_outcome_in_order() -> None:
    here = load_row_work()
    outcomes = list(POOL.map(ROWS))
    assert [outcome.location for outcome in outcomes] == [row.location for row in ROWS]
    assert told(outcomes) == told([here(row) for row in ROWS])
    assert [outcome.location for outcome in outcomes if isinstance(outcome, RefusedRow)] == [
        Location("b.txt"),
        Location("a.jsonl", 2),
        Location("a.jsonl", 3),
    ]


def test_an_article_says_what_it_took() -> None:
    (outcome,) = POOL.map([page(1)])
    assert isinstance(outcome, Prepared)
    assert {Stage.REPAIR, Stage.DESCRIBE} <= set(outcome.seconds)
    assert all(0 <= seconds < 60 for seconds in outcome.seconds.values())


class BrokenRepairer:
    """Has a fault that only some pages show."""

    def repair(self, page: str, borders: Sequence[tuple[int, int]]) -> RepairedText:
        if borders and "七" in page:
            raise ZeroDivisionError("七")
        return RepairedText(page)


def test_a_fault_of_ours_costs_one_row_and_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    composer = replace(load_row_work().composer, repairer=cast(Repairer, BrokenRepairer()))
    work = RowWork(composer)
    outcomes = [work(row(line, Record(text=text))) for line, text in enumerate("六七八", start=1)]
    assert [type(outcome) for outcome in outcomes] == [Prepared, RefusedRow, Prepared]
    assert outcomes[1] == RefusedRow(Location("a.jsonl", 2), "fault-of-this-program: ZeroDivisionError: 七")
    assert "ZeroDivisionError" in caplog.text
    assert "a.jsonl:2" in caplog.text


def test_a_record_that_holds_nothing_that_can_be_seen_is_refused() -> None:
    outcome = load_row_work()(row(1, Record(title="\u200b")))
    assert isinstance(outcome, RefusedRow)
    assert outcome.reason.startswith("empty: ")
