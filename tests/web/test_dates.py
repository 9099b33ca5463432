from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.spoken import EN, HANS, HANT
from web.presenters.dates import MONTHS, shown_day, shown_time
from web.texts.texts import Texts


@pytest.mark.parametrize(
    ("texts", "day", "minute"),
    [
        (HANS, "2024年3月5日", "2024年3月5日 07:04"),
        (HANT, "2024年3月5日", "2024年3月5日 07:04"),
        (EN, "5 March 2024", "5 March 2024 07:04"),
    ],
    ids=lambda value: value.language.value if isinstance(value, Texts) else None,
)
def test_a_time_is_written_in_the_language_and_in_the_time_of_china(
    texts: Texts, day: str, minute: str
) -> None:
    shown = shown_time(datetime(2024, 3, 4, 23, 4, 59, tzinfo=UTC), texts)
    assert (shown.day, shown.minute, shown.machine) == (day, minute, "2024-03-05T07:04:59+08:00")


@given(st.dates())
def test_every_day_can_be_read_back(day: date) -> None:
    number, month, year = shown_day(day, EN).split()
    assert date(int(year), MONTHS.index(month) + 1, int(number)) == day
    year, rest = shown_day(day, HANS).split("年")
    month, number = rest.removesuffix("日").split("月")
    assert date(int(year), int(month), int(number)) == day
    assert shown_day(day, HANT) == shown_day(day, HANS)
