"""docs/articles.md names every key of a record, and no other."""

import re

from index.readers.delimited import COMMAS
from index.readers.kinds import KINDS
from index.readers.mapping import HEADER_ROWS, FieldMap
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


def test_every_kind_of_file_is_documented() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in PAGE] == []


def test_the_headers_that_are_named_are_known() -> None:
    _, _, section = PAGE.partition("## Tables")
    headers = re.findall(r"`([\u4e00-\u9fff]+)`", section.partition("policy-search")[0])
    _, layout = FieldMap.parse(()).layout([headers])
    assert len(headers) > 10
    assert layout.unused == ("发布机构",)  # 来源 is for the same key and better known
    assert f"first {HEADER_ROWS} rows" in section
    assert len(COMMAS) == len(re.findall(r"commas|tabs|semicolons|bars", section))
