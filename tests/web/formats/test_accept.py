"""Which format a request gets: the end of the address, else the Accept header (RFC 9110, 12.5.1)."""

import pytest

from web.errors import NotAcceptable
from web.formats.accept import MAX_RANGES, preferred_type
from web.formats.format import MEDIA_TYPES, Format, wanted_format
from web.texts.text import Language
from web.texts.texts import Texts

OFFERED = ("application/json", "text/csv", "application/atom+xml")
JSON, CSV, ATOM = OFFERED


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param("", JSON, id="no header"),
        pytest.param("*/*", JSON, id="anything"),
        pytest.param("text/csv", CSV, id="one type"),
        pytest.param("TEXT/CSV", CSV, id="case does not count"),
        pytest.param("text/csv, application/json", JSON, id="equal weights: ours comes first"),
        pytest.param("text/csv, application/json;q=0.9", CSV, id="weights"),
        pytest.param("text/csv;q=0.1, application/atom+xml;q=0.2", ATOM, id="higher weight"),
        pytest.param("text/*", CSV, id="range"),
        pytest.param("*/*;q=0.1, text/*;q=0.5, text/csv;q=0.01", JSON, id="the most specific range counts"),
        pytest.param("application/*;q=0.2, application/json;q=0.1", ATOM, id="one type of a range less"),
        pytest.param("application/json;q=0, */*", CSV, id="everything but"),
        pytest.param("application/json;q=0.0, text/csv;q=0.001", CSV, id="smallest weight"),
        pytest.param("text/csv;header=present;q=1", CSV, id="parameters are not looked at"),
        pytest.param('text/csv; charset="utf-8" ; Q=0.5, text/html', CSV, id="spaces, and q in capitals"),
        pytest.param(
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", JSON, id="a browser"
        ),
        pytest.param("text/html", None, id="nothing of ours"),
        pytest.param("*/*;q=0", None, id="nothing at all"),
        pytest.param("text/csv;q=0", None, id="not even that"),
        pytest.param("csv", JSON, id="no range at all"),
        pytest.param("csv, text/csv", CSV, id="what is no range is passed over"),
        pytest.param("*/csv, text/csv", CSV, id="a range of no type"),
        pytest.param("application/json;q=2, text/csv;q=0.1", CSV, id="a weight that is none"),
        pytest.param(";;,,/,text/csv", CSV, id="signs"),
    ],
)  # fmt: skip
def test_the_accepted_type_of_most_weight_is_chosen(header: str, expected: str | None) -> None:
    assert preferred_type(header, OFFERED) == expected


def test_only_so_many_ranges_are_looked_at() -> None:
    many = ["text/html"] * (MAX_RANGES - 1)
    assert preferred_type(", ".join([*many, CSV]), OFFERED) == CSV
    assert preferred_type(", ".join([*many, "text/html", CSV]), OFFERED) is None


@pytest.mark.parametrize("format_", Format)
def test_the_end_of_an_address_wins(format_: Format) -> None:
    assert wanted_format(format_.value, "text/html") is format_


@pytest.mark.parametrize("format_", Format)
def test_each_format_is_had_by_its_media_type(format_: Format) -> None:
    assert wanted_format(None, format_.media_type) is format_


def test_ndjson_has_a_second_name() -> None:
    assert wanted_format(None, "application/ndjson") is Format.NDJSON


@pytest.mark.parametrize(
    ("suffix", "accept"), [("xml", "*/*"), ("JSON", "*/*"), ("", "*/*"), (None, "text/html")]
)
def test_other_formats_are_refused(suffix: str | None, accept: str) -> None:
    with pytest.raises(NotAcceptable):
        wanted_format(suffix, accept)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("format_", Format)
def test_the_refusal_names_every_format(language: Language, format_: Format) -> None:
    detail = Texts(language).say("problem.not-acceptable.detail")
    assert f".{format_.value}" in detail
    assert MEDIA_TYPES[format_] in detail
