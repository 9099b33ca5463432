"""What holds for every number, date and unit, and for any text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from search.expansion.expander import Expander
from search.numerals.dates import dates
from search.numerals.notations import Notations
from search.numerals.quantities import quantities
from search.numerals.shares import percentages
from search.numerals.units import UNITS, Unit, UnitKind
from search.numerals.values import digit_forms, han_form, plain_form

VALUES = (
    st.integers(10, 10**12).map(Decimal)
    | st.integers(1, 999).map(lambda hundreds: Decimal(hundreds) * 10**8)
    | st.decimals(Decimal("0.01"), Decimal(9999), places=2)
)


@pytest.fixture(scope="module")
def numerals(folding: Folding) -> Expander:
    return Expander(folding, (Notations(),))


@given(VALUES, st.sampled_from([unit for unit in UNITS if unit.kind is UnitKind.MEASURE]))
def test_all_ways_to_write_a_quantity_are_alternatives_of_each_other(value: Decimal, unit: Unit) -> None:
    """Whichever is typed, the others follow: nothing is gained or lost by going on from an alternative."""
    sign = unit.signs[0]
    if sign == "年" and 1000 <= value < 3000:
        return
    for form in (*digit_forms(value), han_form(value)):
        (written,) = [
            part for part in quantities(f"{form}{sign}") if part.end - part.start == len(f"{form}{sign}")
        ]
        assert f"{form}{sign}" in written.forms
        again = [
            part.forms
            for other in written.forms
            for part in quantities(other.lower())
            if part.end - part.start == len(other)
        ]
        assert again == [written.forms] * len(written.forms)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.integers(1, 3))
def test_all_ways_to_write_a_date_are_alternatives_of_each_other(day: date, length: int) -> None:
    text = "".join(
        f"{n}{unit}" for n, unit in list(zip((day.year, day.month, day.day), "年月日", strict=True))[:length]
    )
    (written,) = dates(text)
    assert text in written.forms
    assert [next(dates(form)).forms for form in written.forms] == [written.forms] * len(written.forms)


@given(st.decimals(0, 1000, places=2))
def test_all_ways_to_write_a_share_are_alternatives_of_each_other(value: Decimal) -> None:
    (written,) = percentages(f"{plain_form(value)}%")
    assert [next(percentages(form)).forms for form in written.forms] == [written.forms] * len(written.forms)


@given(st.integers(0, 10**12))
def test_every_way_with_digits_has_the_value(value: int) -> None:
    sizes = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
    for form in digit_forms(Decimal(value)):
        scale = form.lstrip("0123456789.,")
        assert Decimal(form.removesuffix(scale).replace(",", "")) * sizes.get(scale, 1) == value


_TEXT = st.text(
    st.sampled_from(
        "0012359.,%％‰-—至第零〇○一二两三十百千万亿点年月日号元米个条㎡km2平方米百分之几数aG〔〕/１"
    ),
    max_size=30,
)


def test_any_text_is_expanded_within_bounds(numerals: Expander, folding: Folding) -> None:
    @given(_TEXT)
    def law(run: str) -> None:
        alternatives = numerals.expand(run).alternatives()
        assert len(alternatives) <= 8
        texts = [folding.fold(alternative.text) for alternative in alternatives]
        assert len(set(texts)) == len(texts)
        assert folding.fold(run) not in texts
        assert all(texts)
        assert all(
            change.part and change.text for alternative in alternatives for change in alternative.changes
        )

    law()


@pytest.mark.parametrize(
    "run",
    [
        "999999999999999万亿元",
        "9" * 15 + "亿",
        "9" * 40 + "元",
        "九千九百九十九万亿点五万亿元",
        "一" * 512,
        "9" * 512,
    ],
)
def test_what_is_too_large_to_say_stays(run: str, numerals: Expander) -> None:
    assert numerals.expand(run).parts == ()
