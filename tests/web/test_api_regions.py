"""The tree of regions over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from index.regions.tree import Regions
from tests.web.fake_service import FakeService

REGIONS = Regions.load()


def regions(client: TestClient, query: str = "", status: int = 200) -> dict[str, Any]:
    answer = client.get(f"/api/v1/regions?{query}")
    assert answer.status_code == status, answer.text
    content: dict[str, Any] = answer.json()
    return content


def test_the_provinces_come_first(client: TestClient) -> None:
    content = regions(client)
    assert [entry["code"] for entry in content["regions"]] == list(REGIONS.children(None))
    zhejiang = next(entry for entry in content["regions"] if entry["code"] == "330000")
    assert zhejiang == {
        "code": "330000",
        "name": "浙江省",
        "level": "province",
        "aliases": zhejiang["aliases"],
        "children": 11,
    }
    assert {"浙江", "浙"} <= set(zhejiang["aliases"])


@pytest.mark.parametrize("parent", ["330000", "33", "浙江省", "浙", "浙江"])
def test_what_lies_below_a_region(client: TestClient, parent: str) -> None:
    content = regions(client, f"parent={parent}")
    assert [entry["code"] for entry in content["regions"]] == list(REGIONS.children("330000"))
    assert {entry["level"] for entry in content["regions"]} == {"prefecture"}


def test_as_many_levels_as_were_asked_for(client: TestClient) -> None:
    [province, *_] = regions(client, "depth=2")["regions"]
    assert len(province["regions"]) == province["children"]
    assert all("regions" not in entry for entry in province["regions"])
    hangzhou = regions(client, "q=杭州&depth=3")["regions"][0]
    assert [entry["code"] for entry in hangzhou["regions"]] == list(REGIONS.children("330100"))
    assert all(entry["regions"] == [] for entry in hangzhou["regions"])


@pytest.mark.parametrize(
    ("q", "codes"),
    [
        ("浙", ["330000"]),
        ("襄樊", ["420600"]),
        ("杭州市", ["330100"]),
        ("320106", ["320106"]),
        ("臺灣", ["710000"]),
    ],
)
def test_a_region_is_found_by_what_it_is_called(client: TestClient, q: str, codes: list[str]) -> None:
    entries = regions(client, f"q={q}")["regions"]
    assert [entry["code"] for entry in entries] == codes
    assert [tuple(entry["path"]) for entry in entries] == [REGIONS.path(code) for code in codes]


def test_a_name_of_several_gives_all_of_them_and_a_parent_parts_them(client: TestClient) -> None:
    every = regions(client, "q=鼓楼区")["regions"]
    assert len(every) > 1
    assert {entry["name"] for entry in every} == {"鼓楼区"}
    [nanjing] = regions(client, "q=鼓楼区&parent=南京")["regions"]
    assert nanjing["path"] == ["江苏省", "南京市", "鼓楼区"]


def test_what_is_called_otherwise_comes_with_names_that_are_near(client: TestClient) -> None:
    content = regions(client, "q=湖北生")
    assert (content["regions"], content["nearest"][0]) == ([], "湖北省")
    assert "nearest" not in regions(client)


def test_counts_are_those_under_the_filters(client: TestClient) -> None:
    hubei = next(entry for entry in regions(client, "counts=true")["regions"] if entry["code"] == "420000")
    assert hubei["count"] > 0
    others = regions(client, "counts=true&exclude_source=湖北省人民政府网")["regions"]
    assert next(entry["count"] for entry in others if entry["code"] == "420000") == hubei["count"] - 1
    assert "count" not in regions(client)["regions"][0]


def test_the_filter_by_region_does_not_hide_the_other_regions(client: TestClient) -> None:
    """As in a facet: whoever has chosen one sees what the others have."""
    plain, chosen = (regions(client, f"counts=true{query}") for query in ("", "&region=浙江"))
    assert plain["regions"] == chosen["regions"]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("parent=nowhere", "unknown-region"),
        ("parent=鼓楼区", "ambiguous-region"),
        ("parent=长三角", "ambiguous-region"),
        ("depth=4", "invalid-parameter"),
        ("counts=yes", "invalid-parameter"),
    ],
)
def test_what_names_no_region_is_refused(client: TestClient, query: str, kind: str) -> None:
    assert regions(client, query, 400)["type"] == f"/problems/{kind}"


def test_all_counts_come_from_one_search(client_of: Any) -> None:
    service = FakeService()
    regions(client_of(service), "counts=true&depth=3")
    [request] = service.requests
    assert (request.limit, len(request.facets[0].named)) == (0, len(list(REGIONS)))
