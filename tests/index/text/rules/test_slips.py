"""Runs of GBK text that lost a byte are restored where it is clear what they were."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import damage
from index.article import Certainty
from index.text.edits import RepairedText
from index.text.repair import Repairer
from index.text.rules.slips import SlipRule
from tests.index.text.shared_likelihood import LIKELIHOOD

RULE = SlipRule(LIKELIHOOD)
REPAIRER = Repairer((RULE,))

NEWS = """\
技術水平不斷提升。科研機構與企業開展合作，推動創新成果轉化。
上海和廣州等城市率先試點，總結經驗後在全國推廣。
各項工作取得成效。考核結果將向社會公佈，接受羣衆監督。
各學校開設特色課程。學校科技節如期舉行，學生參與踴躍。
特色農業實現規模化發展，農民收入穩步提高。
活動現場氣氛熱烈。和去年相比，參觀人數明顯增長。
河湖水質明顯改善。河長制全面落實，生態環境持續向好。
產業規模和質量同步提升，就業形勢總體穩定。
青海湖生態環境保護工作取得新進展，遊客紛紛點贊。
項目已全面開工建設。總投資超過十億元，帶動當地就業。
沿海和內陸地區協調發展，區域差距逐步縮小。
縣裏新建一所專科醫院，方便羣衆看病就醫。
有關部門要確保口岸運行安全，提高通關效率。
大會在人民大會堂舉行。會議由省長主持，各市負責同志參加會議。
部分路段積水嚴重，可能危害行車安全，請廣大司機注意。
當地農民種植果樹。花卉產業也發展迅速，銷往全國各地。
兩地經濟聯繫日益緊密。合作領域不斷拓展，貿易額逐年增長。
企業規模和效益雙雙增長，稅收貢獻穩步提高。
工程進展順利。可望年底建成通車，結束當地不通高速的歷史。
近海漁業資源逐步恢復。海關統計顯示，出口總額同比增長。
""".splitlines()


@pytest.mark.parametrize(
    ("page", "repaired"),
    [
        pytest.param(
            "12個重點項目全面開工建設?偼顿Y超過100億元",
            "12個重點項目全面開工建設。總投資超過100億元",
            id="two characters between",
        ),
        pytest.param(
            "達產后規;a制造的企業,為產業發展作出貢獻",
            "達產后規模化生產制造的企業,為產業發展作出貢獻",
            id="two pairs dropped",
        ),
        pytest.param(
            "項目全面開工建設？偼顿Y超過十億元", "項目全面開工建設。總投資超過十億元", id="a full-width mark"
        ),
    ],
)
def test_slips_are_restored(page: str, repaired: str) -> None:
    assert REPAIRER.repair(page).text == repaired


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("項目全面開工建設，總投資超過100億元。", id="sound"),
        pytest.param("请问选项:a还是选项:b?c不对。", id="Simplified: it has no such bytes"),
        pytest.param("請問選擇甲組:a組還是乙組？b組與c組的結果一樣", id="letters that somebody wrote"),
        pytest.param("電子郵箱：x與電話，見網站：w頁", id="an address that was cut off"),
        pytest.param("這是什麼?鄣鄣鄣a無法辨認的內容", id="nothing likely"),
        pytest.param("價格為?€€a元", id="what GBK cannot have read"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_clear_stays(page: str) -> None:
    assert REPAIRER.repair(page).text is page


def test_edits_say_what_and_where() -> None:
    [edit] = RULE.find("項目全面開工建設?偼顿Y超過十億元")
    assert (edit.start, edit.before, edit.after) == (8, "?偼顿Y", "。總投資")
    assert (edit.rule, edit.certainty) == ("gbk-slip", Certainty.INFERRED)


def planted(page: str) -> list[RepairedText]:
    """The page with each slip that it can have, one at a time."""
    slips = (damage.slip(page, match.start() + 1) for match in re.finditer("[\u4e00-\u9fff](?=..)", page))
    return [RepairedText.of(page, [slip]) for slip in slips if slip]


def test_most_planted_slips_come_back_and_hardly_any_wrongly() -> None:
    made = [damaged for page in NEWS for damaged in planted(page)]
    outcomes = [(damaged, REPAIRER.repair(damaged.text).text) for damaged in made]
    changed = [(damaged, text) for damaged, text in outcomes if text != damaged.text]
    exact = [text for damaged, text in changed if text == damaged.original()]
    assert len(made) >= 15
    assert len(exact) >= 0.54 * len(made)
    assert len(exact) >= 0.9 * len(changed)


def test_sound_pages_are_the_same_object() -> None:
    for page in NEWS:
        assert REPAIRER.repair(page).text is page


@given(
    st.lists(
        st.sampled_from([*"開工建設總投資規模?;:，。aYO偼顿", "?偼顿Y", ";a", "達產后規"]), max_size=20
    ).map("".join)
)
def test_a_repaired_page_holds_nothing_more_to_repair(page: str) -> None:
    repaired = REPAIRER.repair(page)
    assert REPAIRER.repair(repaired.text).text is repaired.text
    assert repaired.original() == page


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("設?a" * 100_000, id="many places"),
        pytest.param("設?偼顿Y超過" * 64, id="as many as are looked at"),
        pytest.param("".join(random.Random(1).choices("設總?;偼顿aY超過", k=400)), id="all mixed"),
        pytest.param("設?" * 200_000, id="marks alone"),
        pytest.param("設" + "偼" * 400_000 + "Y", id="a run without end"),
    ],
)
def test_hostile_pages_are_bounded(page: str) -> None:
    LIKELIHOOD.get()
    started = time.process_time()
    REPAIRER.repair(page)
    assert time.process_time() - started < 30
