"""Text that was read in the wrong encoding is restored, other text with strange characters is not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.damage import MISREADINGS
from index.article import Certainty
from index.text.repair import Repairer
from index.text.rules.mojibake import MojibakeRule
from tests.index.text.shared_likelihood import LIKELIHOOD

RULE = MojibakeRule(LIKELIHOOD)
REPAIRER = Repairer((RULE,))

NEWS = (
    "全省经济工作会议在武汉召开，会议研究部署明年的重点任务。",
    "市科技局发布“专精特新”企业名单，新增专利授权三千多项。",
    "县农业农村局举办培训班，专家讲解了水稻病虫害防治技术！",
    "《城市更新行动方案》提出，三年内改造老旧小区一百个；资金由市、区两级承担。",
)


@pytest.mark.parametrize(
    ("page", "repaired"),
    [
        pytest.param("涓\ue15e浗鏂规\ue50d", "中国方案", id="UTF-8 as GBK, undefined pairs"),
        pytest.param("涓€鏂归潰", "一方面", id="UTF-8 as GBK, the byte 80"),
        pytest.param("瀛﹂櫌銆佸尰闄€€佷紒涓�", "学院、医院、企涓�", id="UTF-8 as GBK, the bytes A2 E3 80"),
        pytest.param("鎴戜滑鐨?工作", "我们鐨?工作", id="up to a byte that is lost"),
        pytest.param("鎴戜滑鐨\ufffd", "我们鐨\ufffd", id="up to a byte that is lost at the end"),
        pytest.param("通知：鎴戜滑宸ヤ綔，请", "通知：我们工作，请", id="within a sound line"),
        pytest.param("æˆ‘ä»¬", "我们", id="UTF-8 as CP1252"),
        pytest.param("æ\x88\x91ä»¬", "我们", id="UTF-8 as Latin-1"),
        pytest.param("â€œåˆ›æ–°â€\x9d", "“创新”", id="marks"),
        pytest.param("cafÃ© 20Â·30", "café 20·30", id="letters and signs of two bytes"),
        pytest.param("Ã¦Ë†â€˜Ã¤Â»Â¬", "我们", id="UTF-8 as CP1252, twice"),
        pytest.param("ÖÐ¹úÕþ¸®", "中国政府", id="GBK as CP1252"),
        pytest.param("“ÖÐ¹úÕþ¸®”发布", "“中国政府”发布", id="between real quotation marks"),
        pytest.param("——ÖÐ¹úÕþ¸®——", "——中国政府——", id="between real dashes"),
        pytest.param(
            "¹ÉÊÐ£ºA¹É2024ÄêÕÇÁË£¬ÖÐ¹úÆóÒµ",
            "股市：A股2024年涨了，中国企业",
            id="single characters on such a page",
        ),
    ],
)
def test_what_was_misread_is_restored(page: str, repaired: str) -> None:
    assert REPAIRER.repair(page).text == repaired


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("全省经济工作会议在武汉召开。", id="sound"),
        pytest.param(
            "锂电储能、璜电厂、寮村（村委会）、楠哥都来了", id="rare characters that are bytes of UTF-8"
        ),
        pytest.param("张喆、李甡、王堃、赵翀、陈旻昱", id="rare characters of names"),
        pytest.param("联通、路线·茅台里", id="common characters that are bytes of UTF-8"),
        pytest.param("Café Müller, naïve, Ångström, ÀÉÎÕÜ, señor, Ærø, œuvre", id="European words"),
        pytest.param("ÅÄÖ åäö ÆØÅ ßẞ", id="letters of alphabets"),
        pytest.param("×× ××× ×××× ×“某某” ×\xa0× ±°§¶", id="signs"),
        pytest.param("““”” —— …… ‘’", id="marks of CP1252"),
        pytest.param("Ã", id="half a character"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_somebody_wrote_stays(page: str) -> None:
    assert REPAIRER.repair(page).text is page


def test_edits_say_what_and_where() -> None:
    [edit] = RULE.find("通知：æˆ‘ä»¬工作")
    assert (edit.start, edit.before, edit.after) == (3, "æˆ‘ä»¬", "我们")
    assert (edit.rule, edit.certainty) == ("mojibake", Certainty.EVIDENT)


@pytest.mark.parametrize("kind", [kind for kind in MISREADINGS if kind != "UTF-8 as GBK"])
@given(st.lists(st.sampled_from(NEWS), min_size=1, max_size=3).map("\n".join))
def test_every_whole_text_comes_back(kind: str, page: str) -> None:
    damaged = MISREADINGS[kind](page)
    repaired = REPAIRER.repair(damaged)
    assert repaired.text == page
    assert repaired.original() == damaged


@pytest.mark.parametrize("page", NEWS)
def test_of_utf_8_read_as_gbk_all_but_the_lost_bytes_comes_back(page: str) -> None:
    damaged = MISREADINGS["UTF-8 as GBK"](page)
    repaired = REPAIRER.repair(damaged)
    assert all(change.edit.after in page for change in repaired.changes)
    assert sum(len(change.edit.after) for change in repaired.changes) >= 0.9 * len(page)
    assert repaired.original() == damaged


@pytest.mark.parametrize("kind", MISREADINGS)
@given(st.sampled_from(NEWS), st.integers(0, 8), st.integers(4, 12))
def test_no_stretch_in_a_sound_text_comes_back_as_something_else(
    kind: str, page: str, start: int, size: int
) -> None:
    stretch = page[start : start + size]
    repaired = REPAIRER.repair(page[:start] + MISREADINGS[kind](stretch) + page[start + size :])
    assert all(change.edit.after in page for change in repaired.changes)


@given(
    st.lists(
        st.sampled_from([*"我们的Ã©æˆ‘ä»¬鎴戜滑€ÖÐ¹ú“”—?\ufffd\n", "Ã¦Ë†â€˜", "ÎÒÃÇ", "鎴戜滑"]), max_size=24
    ).map("".join)
)
def test_a_repaired_page_holds_nothing_more_to_repair(page: str) -> None:
    repaired = REPAIRER.repair(page)
    assert REPAIRER.repair(repaired.text).text is repaired.text
    assert repaired.original() == page


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("鎴戜滑" + "路" * 200_000, id="a start and no end"),
        pytest.param("鎴戜滑路" * 50_000, id="starts without end"),
        pytest.param("Ã" * 300_000, id="first bytes alone"),
        pytest.param("Ã¦Ë†â€˜" * 30_000, id="twice"),
        pytest.param("ÖÐ¹ú" * 60_000, id="GBK"),
        pytest.param("“" * 300_000, id="marks"),
        pytest.param("".join(random.Random(1).choices("鎴戜滑路€æˆ‘ÖÐ¹ú“", k=100_000)), id="all mixed"),
    ],
)
def test_hostile_pages_take_linear_time(page: str) -> None:
    LIKELIHOOD.get()
    started = time.process_time()
    REPAIRER.repair(page)
    assert time.process_time() - started < 30
