"""What may stand behind the name of a field: exact values and stretches of time."""

from datetime import datetime

import pytest

from index.describe.document_types import DOCUMENT_TYPES
from index.describe.times import CHINA
from index.documents import DATE_FIELDS, KEYWORD_FIELDS
from index.text.folding import Folding
from search.language.field_values import LEVELS, Stretch, read_stretch, stored_values
from search.language.fields import BY_NAME, FIELDS, DateField, TextField, ValueField, field_of_part


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=CHINA)


def values(name: str, text: str, folding: Folding) -> tuple[str, ...] | None:
    field = BY_NAME[name]
    assert isinstance(field, ValueField)
    return stored_values(field, text, folding)


@pytest.mark.parametrize(
    ("name", "text", "stored"),
    [
        ("source", "浙江日報", ("浙江日報",)),
        ("region", "无此地", ("无此地",)),
        ("level", "省級", ("provincial",)),
        ("level", "ＮＡＴＩＯＮＡＬ", ("national",)),
        ("level", "省", None),
        ("document_type", "通知", ("通知",)),
        ("document_type", "博客", None),
        ("document_number", "鄂政发（2024）第012号", ("鄂政发〔2024〕12号",)),
        ("document_number", "国务院令第700号", ("国务院令第700号",)),
        ("document_number", "十二", None),
    ],
)
def test_a_text_stands_for(name: str, text: str, stored: tuple[str, ...] | None, folding: Folding) -> None:
    assert values(name, text, folding) == stored


def test_every_level_and_type_can_be_asked_for(folding: Folding) -> None:
    assert {values("level", text, folding) for text in LEVELS} == {
        (level.value,) for level in LEVELS.values()
    }
    assert all(values("document_type", text, folding) == (text,) for text in DOCUMENT_TYPES)


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("2024", Stretch(at(2024), at(2025))),
        ("2024-03..2024-05", Stretch(at(2024, 3), at(2024, 6))),
        ("2024-03-05..2024-03-05", Stretch(at(2024, 3, 5), at(2024, 3, 6))),
        ("2020..2024-02", Stretch(at(2020), at(2024, 3))),
        (" 2020 .. 2021 ", Stretch(at(2020), at(2022))),
        ("2020..", Stretch(at(2020), None)),
        ("..2020", Stretch(None, at(2021))),
        *(
            (text, None)
            for text in ("", "..", "2021..2020", "2020..x", "x..2020", "2020...2021", "2020-13", "24")
        ),
    ],
)
def test_a_stretch_of_time_is(text: str, stretch: Stretch | None) -> None:
    assert read_stretch(text) == stretch


def test_names_are_of_one_field_each_and_fields_are_those_of_the_index() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.others)]
    assert len(names) == len(set(names)) == len(BY_NAME)
    assert all(name == name.lower() for name in names)
    keywords = {field.keyword for field in FIELDS if isinstance(field, ValueField)}
    assert keywords == set(KEYWORD_FIELDS) - {"year", "month", "unit", "origin", "tag", "category"}
    assert {field.date for field in FIELDS if isinstance(field, DateField)} == set(DATE_FIELDS) - {"added"}
    assert all(field_of_part(field.part) is field for field in FIELDS if isinstance(field, TextField))
