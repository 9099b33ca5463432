"""Bodies are what the client's own way makes of them, and of what is none there is an error."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opensearchpy import JSONSerializer
from opensearchpy.exceptions import SerializationError

from index.opensearch.json_bodies import FastJson

FAST, OWN = FastJson(), JSONSerializer()

numbers = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda some: st.lists(some) | st.dictionaries(st.text(), some),
)
bodies = st.dictionaries(st.text(), values)


@given(body=bodies)
def test_a_body_is_sent_and_read_as_by_the_client_alone(body: dict[str, Any]) -> None:
    assert json.loads(FAST.dumps(body)) == body
    assert FAST.loads(OWN.dumps(body)) == OWN.loads(OWN.dumps(body)) == body


@pytest.mark.parametrize("text", ['{"a":1}\n', b'{"a":1}\n'])
def test_what_is_written_already_stays(text: str | bytes) -> None:
    assert FAST.dumps(text) is text


def test_text_that_no_utf_8_has_is_left_to_the_cluster() -> None:
    body = {"term": {"id": "\ud800"}}
    assert FAST.dumps(body) == OWN.dumps(body)


def test_what_is_no_json_is_an_error_of_the_client() -> None:
    for text in ("", "{", "<html>", '{"a":"\ud800"'):
        with pytest.raises(SerializationError):
            FAST.loads(text)
    with pytest.raises(SerializationError):
        FAST.dumps({"a": object()})
