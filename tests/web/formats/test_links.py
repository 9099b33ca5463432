"""The Link header: pages around this one, and the same search in every other format."""

import pytest

from web.formats.format import Format
from web.formats.links import Link, Listing, link_header, links
from web.http.limits import MAX_TARGET

Q = (("q", "a"),)
HTML = Link("alternate", "/search?q=a", "text/html")


def listing(
    format_: Format = Format.JSON,
    *,
    suffix: str | None = None,
    pairs: tuple[tuple[str, str], ...] = Q,
    page: int = 1,
    per_page: int = 10,
    hits: int = 35,
    next_cursor: str | None = None,
) -> Listing:
    return Listing(
        format=format_,
        suffix=suffix,
        pairs=pairs,
        page=page,
        per_page=per_page,
        hits=hits,
        next_cursor=next_cursor,
    )


def hrefs(of: Listing) -> dict[str, str]:
    """The addresses by their relations, without those of other formats."""
    return {link.relation: link.href for link in links(of) if link.relation != "alternate"}


@pytest.mark.parametrize(
    ("page", "relations"),
    [(1, {"self", "first", "next"}), (2, {"self", "first", "prev", "next"}), (4, {"self", "first", "prev"})],
)
def test_the_pages_around_are_linked(page: int, relations: set[str]) -> None:
    pairs = Q if page == 1 else (*Q, ("page", str(page)))
    found = hrefs(listing(pairs=pairs, page=page))
    assert found.keys() == relations
    assert found["first"] == "/api/v1/search?q=a"
    assert found["self"] == "/api/v1/search?q=a" + ("" if page == 1 else f"&page={page}")
    assert found.get("next", f"…&page={page + 1}").endswith(f"&page={page + 1}")


def test_pages_have_the_end_of_the_address_that_was_asked_for() -> None:
    found = hrefs(listing(Format.CSV, suffix="csv"))
    assert found["next"] == "/api/v1/search.csv?q=a&page=2"


def test_addresses_are_in_ascii() -> None:
    of = listing(pairs=(("q", "科技 \u202e"), ("source", "浙江日报")))
    search = "q=%E7%A7%91%E6%8A%80+%E2%80%AE&source=%E6%B5%99%E6%B1%9F%E6%97%A5%E6%8A%A5"
    assert hrefs(of)["self"] == f"/api/v1/search?{search}"
    assert Link("alternate", f"/search?{search}", "text/html") in links(of)
    assert link_header(of)["Link"].isascii()


def test_with_a_cursor_there_is_no_way_back() -> None:
    found = hrefs(listing(pairs=(*Q, ("cursor", "x")), next_cursor="y"))
    assert found == {
        "self": "/api/v1/search?q=a&cursor=x",
        "first": "/api/v1/search?q=a&cursor=%2A",
        "next": "/api/v1/search?q=a&cursor=y",
    }


@pytest.mark.parametrize("format_", Format)
def test_all_other_formats_are_linked(format_: Format) -> None:
    found = [link for link in links(listing(format_)) if link.relation == "alternate"]
    others = [other for other in Format if other is not format_]
    assert found == [
        HTML,
        *(Link("alternate", f"/api/v1/search.{one.value}?q=a", one.media_type) for one in others),
    ]


def test_formats_that_have_no_large_pages_begin_anew() -> None:
    pairs = (*Q, ("page", "2"), ("per_page", "1000"), ("bom", "true"))
    of = listing(Format.CSV, suffix="csv", pairs=pairs, page=2, per_page=1000, hits=5000)
    found = {link.media_type: link.href for link in links(of) if link.relation == "alternate"}
    assert found == {
        "text/html": "/search?q=a",
        "application/json": "/api/v1/search.json?q=a",
        "application/atom+xml": "/api/v1/search.atom?q=a",
        "application/x-ndjson": "/api/v1/search.ndjson?q=a&per_page=1000&page=2",
    }
    assert "bom=true" in hrefs(of)["self"]


def test_addresses_that_are_too_long_are_left_out() -> None:
    assert links(listing(pairs=(("q", "a" * MAX_TARGET),))) == ()
    assert link_header(listing(pairs=(("q", "a" * MAX_TARGET),))) == {}


def test_the_header_is_written_as_rfc_8288_says() -> None:
    written = link_header(listing(hits=0))["Link"]
    assert written.startswith('</api/v1/search?q=a>; rel="self", </api/v1/search?q=a>; rel="first", ')
    assert '</search?q=a>; rel="alternate"; type="text/html"' in written
