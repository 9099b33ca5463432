"""What `export` writes, `ingest` reads back as the same article, but for its original and its repairs."""

import io
import json
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.compose import Composer
from index.composing import RowWork
from index.data_folder import DataFolder
from index.ingest import Failed, Ingest
from index.readers.files import read_paths
from index.readers.json_lines import read_json_lines
from index.readers.pages import read_page
from index.readers.record import MAX_TEXT, Record
from index.readers.rows import Location, PageRow, RecordRow, Row
from index.stages import StageClock
from tests.composing import ComposingHere
from web.commands.articles import export

COMPOSER = Composer.load()
SAMPLE_PAGES = Path(__file__).resolve().parents[2] / "web" / "sample" / "pages"


def rows_of(records: Iterable[dict[str, object]]) -> list[RecordRow]:
    """The records as a file of JSON lines has them."""
    lines = iter([json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records])

    class Lines:
        def readline(self, _: int, /) -> bytes:
            return next(lines, b"")

    rows = list(read_json_lines(Lines(), "export.jsonl"))
    assert not [row for row in rows if not isinstance(row, RecordRow)], rows
    return [row for row in rows if isinstance(row, RecordRow)]


def exported(rows: Iterable[Row]) -> list[RecordRow]:
    """What an export gives when these rows have been taken in."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataFolder(Path(folder) / "data")
        events = list(Ingest(data, ComposingHere(RowWork(COMPOSER))).run(rows))
        assert not [event for event in events if isinstance(event, Failed)]
        return rows_of(export(data))


def articles(rows: Iterable[PageRow | RecordRow]) -> list[Article]:
    composed = (COMPOSER.compose(row, StageClock()).article for row in rows)
    return sorted((replace(article, repairs=()) for article in composed), key=lambda article: article.id)


words = st.sampled_from(
    [
        *"創新發展",
        "創(chuàng)",
        "(chuàng)",
        "(chuang) ",
        "關(guan) ",
        "孩(hái)",
        "、",
        " ",
        "\n",
        "。",
        "ab",
        "\u3000",
    ]
)
texts = st.lists(words, max_size=12).map("".join) | st.text(max_size=8)
short = st.none() | texts
lists = st.none() | st.lists(texts, max_size=4)
moments = st.datetimes(datetime.fromisoformat("1900-01-03"), datetime.fromisoformat("2099-12-29"))
offsets = st.sampled_from(["", "Z", "+08:00", "-0330", "+23:59"])
times = st.none() | st.tuples(moments.map(datetime.isoformat), offsets).map("".join)


@st.composite
def records(draw: st.DrawFn) -> dict[str, object]:
    """A record that can be an article, with every key that one may have."""
    kinds: dict[str, st.SearchStrategy[object]] = dict.fromkeys(Record.__struct_fields__, short)
    kinds["published"] = times
    for key in ("tags", "category", "related"):
        kinds[key] = lists
    kinds["id"] = st.none() | st.from_regex(r"[a-z0-9._:-]{1,9}[a-z]", fullmatch=True)
    record = {key: draw(kind) for key, kind in kinds.items()}
    needed = draw(st.sampled_from(["title", "lead", "text"]))
    return record | {needed: f"文{draw(texts)}"}


@settings(max_examples=60)
@example([{"title": "文", "origin": "創(chuang) (chuàng)"}])
@given(st.lists(records(), min_size=1, max_size=8, unique_by=lambda record: record.get("id") or object()))
def test_every_record(given_records: list[dict[str, object]]) -> None:
    rows = rows_of(given_records)
    by_id = {article.id: article for article in articles(rows)}
    assert articles(exported(rows)) == sorted(by_id.values(), key=lambda article: article.id)


@pytest.mark.slow
def test_a_record_of_the_greatest_length() -> None:
    [row] = rows_of([{"text": "中" * (MAX_TEXT - 7), "tags": ["甲、乙"], "related": ["a"] * (MAX_TEXT // 2)}])
    assert articles(exported([row])) == articles([row])


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLE_PAGES.glob("*.txt"))])
def test_a_page_of_the_sample(name: str) -> None:
    [row] = read_paths([SAMPLE_PAGES / name])
    assert isinstance(row, PageRow)
    assert articles(exported([row])) == articles([row])


def test_a_page_of_a_lead_alone() -> None:
    row = read_page(io.BytesIO("導言：省政府召開會議".encode()), Location("page.txt"))
    assert isinstance(row, PageRow)
    [article] = articles([row])
    assert (article.title, article.lead, article.body) == ("", "省政府召開會議", "")
    assert articles(exported([row])) == [article]
