"""What the files are called that searches are sent as."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from web.formats.file_names import LONGEST, content_disposition

EVENING = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
"""The next day already in China."""


def name_in(header: str) -> str:
    """The name under which a program that knows the extended form keeps the file."""
    extended = re.fullmatch(
        r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''([\w.~%-]+)", header, re.ASCII
    )
    plain = re.fullmatch(r"attachment; filename=\"([\w.-]+)\"", header, re.ASCII)
    found = extended or plain
    assert found, header
    return unquote(found[1], errors="strict")


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        pytest.param((), "policy-search-2026-11-28.csv", id="everything"),
        pytest.param((("q", "招商 -公司"),), "policy-search-招商-公司-2026-11-28.csv", id="a query"),
        pytest.param(
            (("year", "2023..2024"), ("q", "补贴"), ("region", "湖北省"), ("per_page", "10000")),
            "policy-search-补贴-湖北省-2023-2024-2026-11-28.csv",
            id="filters",
        ),
        pytest.param(
            (("q", "../../etc/passwd\x00"),), "policy-search-etc-passwd-2026-11-28.csv", id="a path"
        ),
        pytest.param((("q", "𠮷野 é"),), "policy-search-𠮷野-é-2026-11-28.csv", id="beyond the basic plane"),
        pytest.param((("q", "社" * 512),), f"policy-search-{'社' * LONGEST}-2026-11-28.csv", id="a long one"),
        pytest.param((("q", "“”"),), "policy-search-2026-11-28.csv", id="nothing but signs"),
    ],
)
def test_a_file_is_called_by_what_it_holds_and_the_day_of_the_index(
    pairs: tuple[tuple[str, str], ...], name: str
) -> None:
    header = content_disposition(pairs, EVENING, "csv")
    assert name_in(header) == name
    assert 'filename="policy-search-2026-11-28.csv"' in header


def test_without_a_known_day_there_is_none() -> None:
    assert content_disposition((), None, "ndjson") == 'attachment; filename="policy-search.ndjson"'


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(q=TEXT, region=TEXT)
def test_nothing_in_a_query_ends_the_header_or_the_name(q: str, region: str) -> None:
    header = content_disposition((("q", q), ("region", region)), EVENING, "csv")
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    name = name_in(header)
    assert name.endswith("-2026-11-28.csv")
    assert not set(name) & set('/\\:*?"<>|;\r\n\0')


def test_a_query_cannot_add_a_header(client: TestClient) -> None:
    answer = client.get("/api/v1/search.csv", params={"q": 'a"\r\nSet-Cookie: b=c'})
    assert name_in(answer.headers["Content-Disposition"]) == "policy-search-a-Set-Cookie-b-c.csv"
    assert "Set-Cookie" not in answer.headers
