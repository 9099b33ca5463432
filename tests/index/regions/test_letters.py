"""Letters of provinces in the numbers of documents, and the branches of national agencies."""

import pytest

from index.regions.branches import BRANCHED, branch_words
from index.regions.letters import is_of_province, province_letter


@pytest.mark.parametrize(
    ("name", "letter", "whose"),
    [
        ("鄂政办发", "鄂", "the government"),
        ("鄂财预发", "鄂", "another"),
        ("粤府", "粤", "the government"),
        ("云政发", "云", "the government"),
        ("渝北府发", "渝", "another"),
        ("宁政发", None, "another"),
        ("青政发", None, "another"),
        ("新发", None, "another"),
        ("云府", None, "another"),
        ("鄂府发", None, "another"),
        ("鄂", None, "another"),
        ("", None, "another"),
    ],
)
def test_letters(name: str, letter: str | None, whose: str) -> None:
    assert province_letter(name) == letter
    assert is_of_province(name) == (whose == "the government")


@pytest.mark.parametrize(
    ("agency", "word", "other"),
    [
        ("国家税务总局", "税务局", "财政厅"),
        ("中国证券监督管理委员会", "监管局", "税务局"),
        ("中国建设银行", "分行", "税务局"),
        ("审计署", "特派员办事处", "审计厅"),
    ],
)
def test_a_branch_is_called_as_those_of_its_agency_are(agency: str, word: str, other: str) -> None:
    found = BRANCHED.fullmatch(agency)
    assert found is not None
    assert branch_words(found).fullmatch(word)
    assert branch_words(found).match(other) is None
