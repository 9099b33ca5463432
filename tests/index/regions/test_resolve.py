"""What a filter means: codes, names, letters, former names, areas, and what to say when it means nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.regions.resolve import Ambiguous, Candidate, Found, RegionResolver, Unknown
from index.regions.tables import rows
from index.regions.tree import Regions
from index.text.folding import Folding

RESOLVER = RegionResolver.load(Folding.load(), Regions.load())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("42", ("420000",), id="two digits"),
        pytest.param("4207", ("420700",), id="four digits"),
        pytest.param("420704", ("420704",), id="six digits"),
        pytest.param("４２", ("420000",), id="full-width digits"),
        pytest.param("湖北省", ("420000",), id="full name"),
        pytest.param("湖北", ("420000",), id="short name"),
        pytest.param("鄂", ("420000",), id="letter"),
        pytest.param("廣東", ("440000",), id="traditional"),
        pytest.param(" 湖北 / 鄂州 ", ("420700",), id="path with a slash"),
        pytest.param("湖北鄂州鄂城", ("420704",), id="path of short names"),
        pytest.param("武侯", ("510107",), id="short county"),
        pytest.param("吉林", ("220000",), id="a province goes before its namesake"),
        pytest.param("吉林市", ("220200",), id="its namesake by its suffix"),
        pytest.param("朝阳", ("211300",), id="a prefecture goes before counties"),
        pytest.param("南京鼓楼", ("320106",), id="one of several by its city"),
        pytest.param("江北区", ("330205",), id="today's name goes before a former one"),
        pytest.param("重庆江北区", ("500157",), id="a former district by its city"),
        pytest.param("襄樊", ("420600",), id="former name"),
        pytest.param("崇文区", ("110101",), id="merged district"),
        pytest.param("长三角", ("310000", "320000", "330000", "340000"), id="area"),
        pytest.param("两岸", ("710000",), id="understood in a filter only"),
        pytest.param("光谷", ("420100",), id="zone"),
        pytest.param("羊城", ("440100",), id="literary name"),
    ],
)
def test_what_is_found(text: str, codes: tuple[str, ...]) -> None:
    assert RESOLVER.resolve(text) == Found(codes)


def test_a_name_of_several_units_lists_them_with_their_paths() -> None:
    assert RESOLVER.resolve("鼓楼区") == Ambiguous(
        (
            Candidate("320106", ("江苏省", "南京市", "鼓楼区")),
            Candidate("320302", ("江苏省", "徐州市", "鼓楼区")),
            Candidate("350102", ("福建省", "福州市", "鼓楼区")),
            Candidate("410204", ("河南省", "开封市", "鼓楼区")),
        )
    )


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        pytest.param("湖背省", "湖北省", id="one wrong character"),
        pytest.param("鄂洲", "鄂州市", id="one of two characters"),
        pytest.param("429999", "湖北省", id="a code that is none, inside a province"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest(text: str, nearest: str) -> None:
    found = RESOLVER.resolve(text)
    assert isinstance(found, Unknown)
    assert nearest in found.nearest[:5]


@pytest.mark.parametrize("text", ["", "   ", "xyz", "99", "人工智能", "💡"])
def test_what_is_like_nothing(text: str) -> None:
    assert RESOLVER.resolve(text) == Unknown(())


def test_every_unit_is_found_by_its_full_name_with_its_parents() -> None:
    regions = RESOLVER.regions
    wrong = [u.code for u in regions if RESOLVER.resolve("".join(regions.path(u.code))) != Found((u.code,))]
    assert wrong == []


def test_every_unit_is_among_those_that_its_name_alone_can_mean() -> None:
    for unit in RESOLVER.regions:
        match RESOLVER.resolve(unit.name):
            case Found(codes):
                assert codes == (unit.code,)
            case Ambiguous(candidates):
                assert unit.code in {candidate.code for candidate in candidates}
            case Unknown():
                pytest.fail(unit.name)


def test_every_former_name_leads_to_today_s_unit() -> None:
    former = [(within + name, code) for name, within, code, _, _, _ in rows("regions_former.tsv")]
    assert [(name, code) for name, code in former if RESOLVER.resolve(name) != Found((code,))] == []


def test_every_listed_name_is_understood() -> None:
    for table in ("regions_aliases.tsv", "regions_areas.tsv", "regions_zones.tsv"):
        for name, codes, _, _ in rows(table):
            assert RESOLVER.resolve(name) == Found(tuple(codes.split())), name


@given(st.text(max_size=50))
def test_any_text_has_an_answer(text: str) -> None:
    found = RESOLVER.resolve(text)
    assert isinstance(found, Found | Ambiguous | Unknown)


@pytest.mark.parametrize("piece", ["鼓楼", "省市县区", "湖", "1", " ", "市中区"])
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    RESOLVER.resolve(piece * 100_000)
    RESOLVER.resolve((piece * 40)[:40])
    assert time.process_time() - started < 10
