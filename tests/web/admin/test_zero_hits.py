"""What is not found is reported, where queries are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from search.query_log.files import QueryLogFiles, Retention
from tests.search.query_log.samples import line
from tests.web.admin.service import Service, running
from web.admin.storing import Composings

MONTH = Retention(days=30, size=1_000_000)


def test_where_no_queries_are_kept_that_is_said(service: Service) -> None:
    answer = service.get("zero-hits")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/query-log-off")


def test_queries_without_a_hit_are_counted(
    tmp_path: Path, analyzer: Analyzer, composings: Composings
) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    log = QueryLogFiles(folder.queries)
    now = datetime.now(UTC)
    asked = [
        line("碳汇贷", 0),
        line("碳汇贷", 0),
        line("碳匯貸", 0, source=("a",)),
        line("绿电", 0),
        line("武汉", 5),
    ]
    log.append([one.encoded() for one in asked], now, MONTH)
    log.append([line("旧的", 0).encoded()], now - timedelta(days=10), MONTH)
    with running(folder, analyzer, composings, retention=MONTH) as service:
        week = service.get("zero-hits").json()
        month = service.get("zero-hits", days="30", limit="2").json()
    assert [(query["q"], query["count"], query["filtered"]) for query in week["queries"]] == [
        ("碳汇贷", 3, 1),
        ("绿电", 1, 0),
    ]
    assert (week["searches"], week["without_hits"], week["lost"], week["damaged"]) == (5, 4, 0, 0)
    assert (len(month["queries"]), month["searches"]) == (2, 6)


@pytest.mark.parametrize("query", [{"days": "0"}, {"days": "91"}, {"limit": "0"}, {"limit": "1001"}], ids=str)
def test_bounds_are_kept(service: Service, query: dict[str, str]) -> None:
    answer = service.get("zero-hits", **query)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, next(iter(query)))
