"""Reads answers in every format back into the hits that they hold."""

import csv
import io
import json
from typing import Any

from lxml import etree
from starlette.testclient import TestClient

from tests.web.markup import parse_page
from web.formats.atom import ATOM

Hit = dict[str, Any]


def table_of(written: bytes) -> list[Hit]:
    """The rows of a CSV file by their columns."""
    return list(csv.DictReader(io.StringIO(written.decode(), newline=""), strict=True))


def lines_of(written: bytes) -> tuple[list[Hit], Hit]:
    """The hits of an NDJSON file, and its last line."""
    *hits, end = map(json.loads, written.decode().splitlines())
    return hits, end


def entries_of(written: bytes) -> list[etree._Element]:
    """The entries of a feed."""
    return list(etree.fromstring(written).iter(f"{{{ATOM}}}entry"))


def ids_by_format(client: TestClient, query: str) -> dict[str, list[str]]:
    """The ids of the hits that this query finds, in their order, by the format of the answer."""
    answers = {suffix: client.get(f"/api/v1/search.{suffix}?{query}") for suffix in FORMATS}
    page = client.get(f"/search?{query}")
    assert {answer.status_code for answer in (*answers.values(), page)} == {200}, query
    hits, end = lines_of(answers["ndjson"].content)
    assert end["count"] == len(hits)
    entries = entries_of(answers["atom"].content)
    return {
        "json": [hit["id"] for hit in answers["json"].json()["results"]],
        "csv": [hit["id"] for hit in table_of(answers["csv"].content)],
        "ndjson": [hit["id"] for hit in hits],
        "atom": [_id_of_entry(entry) for entry in entries],
        "html": _ids_of_page(page.text),
    }


FORMATS = ("json", "csv", "ndjson", "atom")


def _id_of_entry(entry: etree._Element) -> str:
    """That of the article that it leads to: its own may be that of an earlier copy."""
    (page,) = (
        link.get("href", "") for link in entry.iter(f"{{{ATOM}}}link") if link.get("rel") == "alternate"
    )
    return str(page).rpartition("/articles/")[2]


def _ids_of_page(html: str) -> list[str]:
    headings = parse_page(html).find_all("h3")
    hrefs = [link.attributes["href"] for heading in headings for link in heading.find_all("a")]
    return [href.partition("?")[0].removeprefix("/articles/") for href in hrefs]
