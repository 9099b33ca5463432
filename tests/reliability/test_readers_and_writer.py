"""Readers in processes of their own beside a writer: every answer is that of one whole state of the index."""

from pathlib import Path

import pytest

from tests.reliability.beside import FORGETFUL, broken_writer_command, reports, writer_command

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(
    ("readers", "seconds", "states"),
    [
        pytest.param(2, 2.0, 3, id="two"),
        pytest.param(4, 6.0, 10, id="four", marks=pytest.mark.slow),
    ],
)
def test_readers_beside_a_writer_see_whole_states(
    tmp_path: Path, readers: int, seconds: float, states: int
) -> None:
    root = tmp_path / "index"
    commits, found = reports(writer_command(root), root, readers, seconds)
    assert [problem for report in found for problem in report.wrong] == []
    assert commits > 2 * states
    assert all(report.states > states for report in found)


def test_control_a_writer_that_forgets_deletes_is_found_out(tmp_path: Path) -> None:
    root = tmp_path / "index"
    _, found = reports(broken_writer_command(root, FORGETFUL), root, readers=1, seconds=2.0)
    assert found[0].wrong
