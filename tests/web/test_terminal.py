"""Stored text and file names never steer the terminal that they are printed on."""

import json
import logging
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from index.ingest import Failed, Skipped
from index.readers.rows import Location
from search.request import SearchRequest
from search.results import Notice, NoticeKind
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.commands.events import print_event, show_event
from web.commands.search import show_result
from web.commands.terminal import print_json, printable
from web.logs import EntryFormatter

HOSTILE = "\x1b]0;PWNED\x07甲\n2 new\r\x9b2J\u202e\u2066\u2028\x7f"
SHOWN = r"\u001b]0;PWNED\u0007甲\u000a2 new\u000d\u009b2J\u202e\u2066\u2028\u007f"
STEERING = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202d\u202e\u2066\u2069\u200f",
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("协同创新 𠮷 é “引号”\u3000", "协同创新 𠮷 é “引号”\u3000"),
        (HOSTILE, SHOWN),
        ("\udcff", r"\udcff"),
        ("\t", r"\u0009"),
        ("\x00", r"\u0000"),
    ],
    ids=["plain", "hostile", "bytes", "tab", "nul"],
)
def test_what_would_steer_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(), st.text(st.sampled_from(sorted(STEERING))), st.text())
def test_nothing_that_steers_is_left(before: str, steering: str, after: str) -> None:
    shown = printable(f"{before}{steering}{after}")
    assert STEERING.isdisjoint(shown)
    assert len(shown.splitlines()) <= 1
    assert shown == f"{printable(before)}{''.join(map(printable, steering))}{printable(after)}"


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_all_other_text_is_printed_as_it_is(text: str) -> None:
    assert printable(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_stays_the_same_json(value: str) -> None:
    assert json.loads(printable(json.dumps(value, ensure_ascii=False))) == value


def test_json_is_one_line_that_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": HOSTILE})
    (line,) = capsys.readouterr().out.splitlines()
    assert STEERING.isdisjoint(line)
    assert json.loads(line) == {"title": HOSTILE}


@pytest.fixture
def hostile_service() -> FakeService:
    article = replace(ARTICLES[0], title=f"科技{HOSTILE}", body=f"科技{HOSTILE}", source=HOSTILE, tags=())
    return FakeService((article,))


def test_hits_are_printed_without_what_steers(hostile_service: FakeService) -> None:
    result = hostile_service.search(SearchRequest(q="科技"))
    notice = Notice(NoticeKind.DANGLING_OPERATOR, HOSTILE, (0, 1))
    out = StringIO()
    show_result(replace(result, notices=(notice,)), Console(file=out, width=10_000), REGIONS.regions)
    printed = out.getvalue()
    assert (STEERING - {"\n"}).isdisjoint(printed)
    assert printed.count(SHOWN.replace(r"\u000a", " ")) == 2
    assert printed.count(SHOWN) == 2
    assert len(printed.splitlines()) == 6


def test_marks_stay_on_what_they_mark(hostile_service: FakeService) -> None:
    out = StringIO()
    console = Console(file=out, width=10_000, force_terminal=True, color_system="standard")
    show_result(hostile_service.search(SearchRequest(q="科技")), console, REGIONS.regions)
    marked = [piece.partition("\x1b[0m")[0] for piece in out.getvalue().split("33m")[1:]]
    assert marked == ["科技", "科技"]


def test_a_file_name_forges_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    show_event(Failed(Location(f"{HOSTILE}.txt"), f"no text: {HOSTILE}"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"{SHOWN}.txt: no text: {SHOWN}\n"


@pytest.mark.parametrize("kind", [Failed, Skipped])
def test_a_file_name_that_is_no_text_is_named_in_json(
    kind: type[Failed | Skipped], capsys: pytest.CaptureFixture[str]
) -> None:
    print_event(kind(Location("甲\udcff.txt", 3), "r"))
    assert json.loads(capsys.readouterr().out)["location"] == "甲\ufffd.txt:3"


def test_an_entry_of_the_log_begins_one_line() -> None:
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError(HOSTILE)
    failure = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("web", logging.ERROR, __file__, 1, "failed: %s", (HOSTILE,), failure)
    first, *rest = EntryFormatter("%(levelname)s %(message)s").format(record).split("\n")
    assert first.startswith(r"ERROR failed: \u001b]0;PWNED\u0007甲")
    assert rest
    assert all(line.startswith("    ") for line in rest)
    assert STEERING.isdisjoint(first + "".join(rest))
