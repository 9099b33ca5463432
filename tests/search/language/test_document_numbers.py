"""Document numbers in queries, and the ways in which texts write them."""

import pytest

from search.language.document_numbers import number_of, spellings

NUMBER = "鄂政发〔2024〕12号"


@pytest.mark.parametrize(
    "written",
    [
        *(NUMBER, "鄂政发[2024]12号", "鄂政发(2024)12号", "鄂政发【2024】12号", "鄂政发〖2024〗第12号"),
        *("鄂政发〔2024年〕12号", "鄂政发〔2024〕012号", "鄂政发〔2024〕十二号"),
    ],
)
def test_a_number_is_one_in_any_brackets(written: str) -> None:
    assert number_of(written) == NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "科技",
        "国务院令第700号",
        "鄂政发2024年12号",
        "〔2024〕12号",
        "鄂政发〔24〕12号",
        "关于鄂政发〔2024〕12号的通知",
    ],
)
def test_other_text_is_none(text: str) -> None:
    assert number_of(text) is None


def test_every_spelling_is_read_as_the_number() -> None:
    ways = spellings(NUMBER)
    assert len(ways) == len(set(ways)) == 10
    assert {number_of(way) for way in ways} == {NUMBER}


def test_only_numbers_with_a_year_in_brackets_have_spellings() -> None:
    with pytest.raises(ValueError, match="not a document number"):
        spellings("国务院令第700号")
