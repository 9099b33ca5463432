"""Left-over pinyin is found, readings that somebody wrote are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from index.text.repair import Repairer
from index.text.rules.pinyin import PinyinRule
from index.text.rules.readings import Readings

FOLDING = Folding.load()
FINDER = PinyinRule(FOLDING, Readings.load())
REPAIRER = Repairer((FINDER,))


@pytest.mark.parametrize(
    ("page", "repaired"),
    [
        pytest.param("創(chuàng)新發(fā)展，數(shù)據(jù)互聯(lián)", "創新發展，數據互聯", id="with tones"),
        pytest.param("關(guan) 於(yu) 發(fa) 展", "關於發展", id="without tones, a space behind each"),
        pytest.param("關(guan)於(yu)發(fa)展", "關於發展", id="without tones and spaces"),
        pytest.param("創（chuàng）新發（fā）展規（guī）劃", "創新發展規劃", id="full-width brackets"),
        pytest.param("綠(lǜ)色、呂(lu\u0308\u030c)梁、慮(lü)", "綠色、呂梁、慮", id="ü, composed or not"),
        pytest.param(
            "還(hái)原、歸還(huán)、長(cháng)短、長(zhǎng)大", "還原、歸還、長短、長大", id="all readings"
        ),
        pytest.param("創(chuàng)新", "創新", id="one group with its tone on a known character"),
        pytest.param("創(chuàng) 新", "創 新", id="with a tone the space is the page's own"),
        pytest.param("創(chuàng)(chuàng)新", "創新", id="twice behind one character"),
        pytest.param(
            "關(guan) (guān)於(yu) (yú) 樂(lè)（yue）", "關於 樂", id="in two forms behind one character"
        ),
    ],
)
def test_damage_is_taken_out(page: str, repaired: str) -> None:
    assert REPAIRER.repair(page).text == repaired


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("孩(hái)子(zi)們的漢(hàn)字(zì)課", id="a lesson"),
        pytest.param("鄂(è)州市位于湖北", id="a reading of a character that is no Traditional form"),
        pytest.param("悅科(湖北)數據中心", id="Chinese in brackets"),
        pytest.param("附件(a)及表(b)，見圖(c)、圖(d)、圖(e)", id="letters that are no reading"),
        pytest.param("龜(guī)裂的土地", id="one group on a character that no converter damages"),
        pytest.param("關(guan) 於", id="one group without a tone"),
        pytest.param("創(xīn)發(zhǎn)數(jù)", id="readings of other characters"),
        pytest.param("創(chuáng)發(fà)數(shū)據(jǔ)", id="other tones than the character has"),
        pytest.param("創 (chuàng)發 (fā)數 (shù)", id="a space before the bracket"),
        pytest.param("創(chuàng新發(fā展數(shù據", id="brackets that never close"),
        pytest.param("創(a)(chuàng)發(b)(fā)數(c)(shù)", id="behind a bracket of another kind"),
        pytest.param("創(Chuàng)發(FĀ)數(SHÙ)", id="capitals"),
        pytest.param("规(guī)划、创(chuàng)新、发(fā)展、业(yè)务", id="a Simplified page"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_somebody_wrote_stays(page: str) -> None:
    assert REPAIRER.repair(page).text is page


def test_damage_among_a_few_real_readings_is_taken_out() -> None:
    damage = "創(chuàng)新" * 9
    assert REPAIRER.repair(damage + "鄂(è)州").text == "創新" * 9 + "鄂(è)州"


def test_a_quarter_of_real_readings_makes_a_lesson() -> None:
    page = "創(chuàng)新" * 8 + "孩(hái)子(zi)"
    assert FINDER.find(page) == ()


def test_two_groups_count_only_where_they_are_surely_damage() -> None:
    assert REPAIRER.repair("創(chuàng)業(ye) ").text == "創業(ye) "
    assert REPAIRER.repair("創(chuàng)龜(guī)").text == "創龜(guī)"


@given(
    st.lists(
        st.sampled_from(
            [
                *"創發關樂孩新漢",
                *["(chuàng)", "(chuang)", "(fā)", "(guan) ", "（yue）", "(lè)", "(hái)"],
                " ",
                "(",
                ")",
            ]
        ),
        max_size=24,
    ).map("".join)
)
def test_a_repaired_page_holds_nothing_more_to_repair(page: str) -> None:
    once = REPAIRER.repair(page).text
    assert REPAIRER.repair(once).text is once


def test_edits_say_what_and_where() -> None:
    edits = FINDER.find("關(guan) 於(yu) 創（chuàng）新")
    assert [(edit.start, edit.before, edit.after, edit.rule) for edit in edits] == [
        (1, "(guan) ", "", "pinyin"),
        (9, "(yu) ", "", "pinyin"),
        (15, "（chuàng）", "", "pinyin"),
    ]


def test_hostile_pages_take_linear_time() -> None:
    started = time.perf_counter()
    for page in (
        "創(" * 200_000,
        "創(chuàng" * 50_000,
        "創(chuàng)" * 50_000,
        "創" + "(chuàng)" * 50_000,
        "創" * 400_000,
    ):
        REPAIRER.repair(page)
    assert time.perf_counter() - started < 30
