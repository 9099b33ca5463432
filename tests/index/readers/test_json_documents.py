"""JSON files: lists, objects that hold one, single articles, foreign keys, damage."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Original
from index.readers.json_documents import read_json_document
from index.readers.mapping import FieldMap
from index.readers.objects import mapped_objects
from index.readers.record import Record
from index.readers.rows import Location, RecordRow, RefusedRow, Row, SkippedRow


def rows(data: bytes, *mapped: str) -> list[Row]:
    return list(read_json_document(data, "news.json", mapped_objects(FieldMap.parse(mapped))))


def titles(found: list[Row]) -> list[str | None]:
    return [row.record.title for row in found if isinstance(row, RecordRow)]


def reasons(found: list[Row]) -> list[tuple[int | None, str]]:
    return [(row.location.line, row.reason) for row in found if isinstance(row, RefusedRow | SkippedRow)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"title":"甲"},{"title":"乙"}]', id="list"),
        pytest.param('\n { "articles" : [ {"title":"甲"} , {"title":"乙"} ] } \n', id="under articles"),
        pytest.param('{"data":[{"title":"甲"}],"items":[{"title":"乙"}]}', id="two lists"),
        pytest.param('{"data":[{"title":"甲"}],"data":[{"title":"乙"}]}', id="a list twice"),
        pytest.param('{"results":[{"title":"甲"},{"title":"乙"}]}', id="under results"),
    ],
)
def test_two_articles(text: str) -> None:
    assert titles(rows(text.encode())) == ["甲", "乙"]
    assert reasons(rows(text.encode())) == []


def test_an_object_may_be_one_article() -> None:
    data = '{"title": "甲",\n "tags": ["a"]}\n'.encode()
    assert rows(data) == [
        RecordRow(
            Location("news.json", 1),
            Original(data.rstrip(), "application/json", "utf-8"),
            Record(title="甲", tags=("a",)),
        )
    ]


@pytest.mark.parametrize("text", ["[]", '{"data":[]}', " [ ] "])
def test_an_empty_list_has_no_articles(text: str) -> None:
    assert rows(text.encode()) == []


def test_what_stands_beside_the_list_is_named() -> None:
    found = rows('{"code":0,"data":[{"title":"甲"}],"page":{"no":1}}'.encode())
    assert titles(found) == ["甲"]
    assert reasons(found) == [(None, "beside the articles, not used: code, page")]


def test_only_the_first_names_beside_the_list_are_named() -> None:
    beside = ",".join(f'"{number:04}{"x" * 1_000}":0' for number in range(2_000))
    [(_, reason)] = reasons(rows(f'{{{beside},"data":[]}}'.encode()))
    assert reason.count("xx,") == 99
    assert reason.endswith("x and others")
    assert len(reason) < 11_000


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5hkscs"]
)
def test_each_original_is_the_object_in_the_bytes_of_the_file(codec: str) -> None:
    objects = ['{"title":"臺北市政府","text":"推動產業發展"}', '{ "title" : "經濟／部" }']
    found = rows(("[" + ",\n\n".join(objects) + "]").encode(codec))
    assert [row.location.line for row in found] == [1, 3]
    for row, expected in zip(found, objects, strict=True):
        assert isinstance(row, RecordRow)
        assert row.original.data.decode(row.original.encoding) == expected
        assert json.loads(expected)["title"] == row.record.title


def test_two_codes_of_big5_for_one_character_stay_what_they_were() -> None:
    """U+FF0F is A1FE and A241: the original keeps the one that came in."""
    body = "臺北市政府推動產業發展".encode("big5hkscs")
    one, two = b'{"title":"\xa1\xfe' + body + b'"}', b'{"title":"\xa2\x41' + body + b'"}'
    found = rows(b"[" + one + b"," + two + b"]")
    assert [row.original.data for row in found if isinstance(row, RecordRow)] == [one, two]


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["title", "text", "source"]), st.text(min_size=1, max_size=9), min_size=1
        )
    ),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_lists_come_back_as_they_were_written(
    objects: list[dict[str, str]], indent: int | None, ascii_only: object
) -> None:
    objects = [{"lead": "導", **values} for values in objects]
    found = rows(json.dumps(objects, ensure_ascii=bool(ascii_only), indent=indent).encode())
    assert reasons(found) == []
    assert [row.record for row in found if isinstance(row, RecordRow)] == [
        msgspec.convert(values, Record) for values in objects
    ]


@pytest.mark.parametrize(
    ("rest", "line", "reason"),
    [
        pytest.param(b"", 2, "invalid-json: a comma or ]", id="cut off"),
        pytest.param(b',\n{"title"', 3, "invalid-json: Expecting ':' delimiter", id="cut off inside"),
        pytest.param(b",]", 2, "invalid-json: Expecting value", id="a comma too many"),
        pytest.param(b'{"title":"b"}]', 2, "invalid-json: a comma or ]", id="a comma too few"),
        pytest.param(b"] x", 2, "invalid-json: there is more", id="something behind the end"),
        pytest.param(b",NaN]", 2, "invalid-json: NaN", id="not a number"),
        pytest.param(b',{"text":-Infinity}]', 2, "invalid-json: -Infinity", id="infinity"),
        pytest.param(b"," + b"[" * 100_000, 2, "invalid-json: ", id="deep nesting"),
        pytest.param(b',{"x":1' + b"0" * 5_000 + b"}]", 2, "invalid-json: ", id="a number without end"),
    ],
)
def test_what_breaks_off_gives_what_stood_before(rest: bytes, line: int, reason: str) -> None:
    found = rows(b'[{"title":"a"},\n{"title":"b"}' + rest)
    assert titles(found) == ["a", "b"]
    [(number, refused)] = reasons(found)
    assert number == line
    assert refused.startswith(reason)


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        pytest.param("3", "bad-value: ", id="no object"),
        pytest.param('{"titel":"x"}', "unknown-key: titel", id="unknown key"),
        pytest.param('{"title":"x","title":"y"}', "repeated-key: title", id="a key twice"),
        pytest.param('{"title":"\\ud800"}', "bad-text: ", id="lone surrogate"),
        pytest.param("{}", "empty: ", id="nothing to read"),
        pytest.param('{"title":1}', "bad-value: ", id="number for text"),
    ],
)
def test_a_bad_article_does_not_stop_the_others(element: str, reason: str) -> None:
    found = rows(f'[{{"title":"a"}},\n{element},\n{{"title":"b"}}]'.encode())
    assert titles(found) == ["a", "b"]
    [(line, refused)] = reasons(found)
    assert line == 2
    assert refused.startswith(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "invalid-json: a list", id="no byte"),
        pytest.param(b"3", "invalid-json: a list", id="a number"),
        pytest.param(b'"text"', "invalid-json: a list", id="a string"),
        pytest.param(b"{3:1}", "invalid-json: a key", id="a key that is none"),
        pytest.param(b'{"title"}', "invalid-json: a colon", id="a key alone"),
        pytest.param(b'{"title":"a",}', "invalid-json: a key", id="a comma too many"),
        pytest.param(b'{"title":"\xff"}', "bad-encoding: ", id="no text"),
    ],
)
def test_what_is_no_json_file(data: bytes, reason: str) -> None:
    [(_, refused)] = reasons(rows(data))
    assert refused.startswith(reason)


FOREIGN = json.dumps(
    {
        "docTitle": "甲",
        "content": "文",
        "pubDate": 20241014,
        "docid": 7,
        "keywords": "科技、创新",
        "hits": {"all": 1, "day": [1, 2]},
    },
    ensure_ascii=False,
)


def test_foreign_keys_that_were_named() -> None:
    found = rows(f"[{FOREIGN}]".encode(), "title=docTitle")
    assert [row.record for row in found if isinstance(row, RecordRow)] == [
        Record(title="甲", text="文", published="20241014", tags=("科技", "创新"))
    ]
    assert reasons(found) == [(None, "keys not used: docid, hits; name a key with --map to use one")]


def test_a_number_is_an_id_where_that_was_said() -> None:
    [row, _] = rows(FOREIGN.encode(), "title=docTitle", "id=docid")
    assert isinstance(row, RecordRow)
    assert row.record.id == "7"
    assert row.original.data.decode() == FOREIGN


def test_foreign_keys_are_refused_where_nothing_was_said() -> None:
    [row] = rows(FOREIGN.encode())
    assert isinstance(row, RefusedRow)
    assert row.reason.startswith("unknown-key: content, docTitle, docid, hits, keywords, pubDate;")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            '{"name":"甲"}', "unknown-key: there is none of the keys docTitle; the keys are: name", id="none"
        ),
        pytest.param('{"docTitle":["甲"]}', "bad-value: ", id="a list for a text"),
        pytest.param('{"docTitle":"甲","docTitle":"乙"}', "repeated-key: docTitle", id="a key twice"),
        pytest.param(
            '{"docTitle":"甲","x":{"y":"\\ud800"},"content":"\\udc00"}', "bad-text: ", id="lone surrogate"
        ),
        pytest.param('{"docTitle":null}', "empty: ", id="nothing"),
    ],
)
def test_foreign_objects_that_are_refused(text: str, reason: str) -> None:
    [(_, refused)] = [found for found in reasons(rows(text.encode(), "title=docTitle")) if found[0]]
    assert refused.startswith(reason)
