"""docs/articles.md names every key of a record, and no other."""

import re

from index.readers.record import MAX_NAME, MAX_TEXT, MAX_TITLE, MAX_URL, Record
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| `")]


def test_every_key_is_documented_and_no_other() -> None:
    keys = re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in ROWS))
    assert sorted(keys) == sorted(Record.__struct_fields__)


def test_the_limits_are_those_of_the_code() -> None:
    for limit in (MAX_NAME, MAX_TEXT, MAX_TITLE, MAX_URL):
        assert f"{limit:,}" in PAGE
