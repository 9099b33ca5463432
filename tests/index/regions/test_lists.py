"""The lists kept by hand: every entry points to a unit of today, says its use, and stands there once."""

from collections import Counter

import pytest

from index.regions.names import RegionNames
from index.regions.tables import rows
from index.regions.tree import Regions

CODES = {"regions_aliases.tsv": 1, "regions_areas.tsv": 1, "regions_zones.tsv": 1, "regions_former.tsv": 2}
"""The column of the codes, and behind it or at the end the names of their units."""


@pytest.mark.parametrize("table", CODES)
def test_every_code_is_a_unit_with_the_name_beside_it(regions: Regions, table: str) -> None:
    for row in rows(table):
        units = [regions.unit(code) for code in row[CODES[table]].split()]
        assert units, row
        assert " ".join(unit.name for unit in units) == row[-1], row


@pytest.mark.parametrize("table", ["regions_aliases.tsv", "regions_areas.tsv", "regions_zones.tsv"])
def test_every_name_says_where_it_is_understood(table: str) -> None:
    assert {row[2] for row in rows(table)} <= {"text", "filter"}


@pytest.mark.parametrize("table", ["regions_aliases.tsv", "regions_areas.tsv", "regions_zones.tsv"])
def test_no_name_is_listed_twice(table: str) -> None:
    assert [name for name, times in Counter(row[0] for row in rows(table)).items() if times > 1] == []


def test_no_word_is_listed_twice_and_each_holds_or_touches_a_name(names: RegionNames) -> None:
    words = [word for (word,) in rows("regions_words.tsv")]
    assert len(words) == len(set(words))
    others = {name for name, form in names.in_text.items() if form.readings or form.bound}
    starts = {name[:size] for name in others for size in range(1, len(name))}
    idle = [
        word
        for word in words
        if not any(word[start:end] in others for end in range(len(word) + 1) for start in range(end))
        and not any(word[start:] in starts for start in range(len(word)))
    ]
    assert idle == []


def test_single_letters_are_never_looked_for_in_text(names: RegionNames) -> None:
    assert min(map(len, names.in_text)) == 2


def test_there_are_at_least_120_former_names_with_their_year() -> None:
    dated = [row for row in rows("regions_former.tsv") if row[3]]
    assert len(dated) > 480
    assert all(1980 <= int(row[3]) <= 2026 for row in dated)


def test_no_former_name_is_the_name_of_a_unit_in_the_same_place(regions: Regions) -> None:
    today = {(regions.unit(unit.parent).name, unit.name) for unit in regions if unit.parent is not None}
    assert [row for row in rows("regions_former.tsv") if (row[1], row[0]) in today] == []


@pytest.mark.parametrize(
    ("code", "aliases"),
    [
        pytest.param("330000", ("浙江", "浙"), id="province"),
        pytest.param("420600", ("襄阳", "襄樊市"), id="former name"),
        pytest.param("422800", ("恩施", "恩施州"), id="autonomous prefecture"),
        pytest.param("340523", (), id="county"),
    ],
)
def test_aliases(names: RegionNames, code: str, aliases: tuple[str, ...]) -> None:
    assert names.aliases(code)[: len(aliases)] == aliases
    assert bool(names.aliases(code)) == bool(aliases)
