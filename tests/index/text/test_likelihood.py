"""What is likely Chinese, and the likeliest of several readings."""

import pickle
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.text.folding import Folding
from index.text.likelihood import Lattice, LazyLikelihood
from tests.index.text.shared_likelihood import LIKELIHOOD


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        pytest.param("规模化生产", "规模化牲产", id="a word against characters"),
        pytest.param("我们的工作", "鎴戜滑鐨勫伐浣", id="Chinese against what it was read as"),
        pytest.param("建设。", "建设拢", id="a mark against a character"),
        pytest.param("總投資", "總投贵", id="a Traditional word is as good as a Simplified one"),
        pytest.param("中国", "中国中国", id="the shorter text"),
    ],
)
def test_what_is_likelier(likelier: str, than: str) -> None:
    likelihood = LIKELIHOOD.get()
    assert likelihood.of(likelier) > likelihood.of(than)


def test_nothing_is_certain() -> None:
    assert LIKELIHOOD.get().of("") == 0.0


def test_readings_come_best_first_and_differ() -> None:
    lattice: Lattice = [[(1, "规")], [(2, "模没")], [(3, "化花")]]
    first, second = LIKELIHOOD.get().readings(lattice)
    assert first.text == "规模化"
    assert second.text != first.text
    assert first.score > second.score


def test_a_step_can_pass_over_places() -> None:
    lattice: Lattice = [[(1, "生"), (2, "牲")], [(2, "产")]]
    assert LIKELIHOOD.get().readings(lattice)[0].text in {"生产", "牲"}
    assert {reading.text for reading in LIKELIHOOD.get().readings(lattice)} == {"生产", "牲"}


def test_the_usual_forms_of_a_traditional_text_are_likelier() -> None:
    [best, *_] = LIKELIHOOD.get().readings([[(1, "集")], [(2, "糰團团")]])
    assert best.text == "集團"


def test_two_stops_in_a_row_are_unlikely() -> None:
    [best, *_] = LIKELIHOOD.get().readings(
        [[(1, "保")], [(2, "。障")], [(3, "，")], [(4, "今")], [(5, "年")]]
    )
    assert best.text == "保障，今年"


@pytest.mark.parametrize(
    "lattice",
    [pytest.param([[(1, "")]], id="nothing to read"), pytest.param([[(1, "中")], []], id="no way on")],
)
def test_a_lattice_without_a_way_has_no_reading(lattice: Lattice) -> None:
    assert LIKELIHOOD.get().readings(lattice) == ()


def test_it_is_loaded_once_for_all_threads() -> None:
    lazy = LazyLikelihood(Folding.load())
    with ThreadPoolExecutor(4) as threads:
        loaded = list(threads.map(lambda _: lazy.get(), range(4)))
    assert all(likelihood is loaded[0] for likelihood in loaded)


def test_a_copy_for_another_process_goes_without_the_words() -> None:
    packed = pickle.dumps(LIKELIHOOD)
    assert len(packed) < 1_000_000
    assert pickle.loads(packed).folding == LIKELIHOOD.folding  # noqa: S301 - our own bytes


def test_long_texts_take_linear_time() -> None:
    likelihood = LIKELIHOOD.get()
    started = time.process_time()
    likelihood.of("中华人民共和国" * 20_000)
    assert time.process_time() - started < 60
