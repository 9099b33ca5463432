"""The model held against runs: it agrees with what it was fitted to, and says where a run differs."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.capacity.__main__ import main
from benchmarks.capacity.assumptions import MIX
from benchmarks.capacity.fitting import Costs, cluster_costs
from benchmarks.capacity.held import comparisons, lines
from benchmarks.opensearch.figures import Figures, write
from benchmarks.opensearch.target import OPENSEARCH
from tests.benchmarks.capacity_figures import COSTS, figures, run

STEADY = Costs(answer=2.0, shard=0.5, article=4e-5, spread=0.0, app=3.0)
TWICE = Costs(answer=4.0, shard=1.0, article=8e-5, spread=0.0, app=3.0)


def three_shards(costs: Costs) -> Figures:
    """A run that the model has not seen: of another number of articles."""
    return replace(figures(), runs=(run(costs, OPENSEARCH, 60_000, 3),))


@pytest.mark.parametrize(
    ("costs", "ratio"), [(STEADY, 1.0), (TWICE, 0.5)], ids=["as-fitted", "twice-as-dear"]
)
def test_processor_time_is_compared(costs: Costs, ratio: float) -> None:
    found = list(comparisons(cluster_costs(figures(STEADY)), three_shards(costs), 1))

    assert {one.name for one in found} == set(MIX)
    for one in found:
        assert one.predicted_cluster / one.measured_cluster == pytest.approx(ratio, rel=1e-6)


def test_median_is_that_of_a_machine_whose_processors_all_shards_share() -> None:
    """Two processors have three shards: one begins when another has ended."""
    shard = STEADY.of_shard(20_000)
    found = list(comparisons(cluster_costs(figures(STEADY)), three_shards(STEADY), 1))

    assert {one.name for one in found} == set(MIX)
    for one in found:
        assert one.predicted_p50 == pytest.approx(STEADY.answer + 2 * shard, rel=1e-6)


def test_last_lines_say_how_far_off_it_is() -> None:
    *_, processors, median = lines(cluster_costs(figures(STEADY)), three_shards(TWICE), 1)

    assert processors == "processor time, predicted : measured 0.50 (0.50 to 0.50)"
    assert median.startswith("median, predicted : measured 0.")


def test_runs_without_a_cluster_are_nothing_to_compare() -> None:
    runs = figures().of_engine("whoosh")

    assert list(lines(cluster_costs(figures(COSTS)), replace(figures(), runs=runs), 1))[-1].endswith(
        "nothing to compare"
    )


def test_too_few_figures_are_told_with_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "few.json"
    write(figures(articles=(10_000,)), file)
    monkeypatch.setattr("sys.argv", ["capacity", str(file)])

    assert main() == 2
    assert "two numbers of articles" in capsys.readouterr().err
