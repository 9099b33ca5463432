"""Readers in processes of their own beside a writer: every answer is that of one whole state of the index."""

from pathlib import Path

import pytest

from tests.reliability.beside import FORGETFUL, broken_writer_command, reports, writer_command

pytestmark = pytest.mark.timeout(300)

SECONDS = 6.0


def test_four_readers_beside_a_writer_see_whole_states(tmp_path: Path) -> None:
    root = tmp_path / "index"
    commits, found = reports(writer_command(root), root, readers=4, seconds=SECONDS)
    assert [problem for report in found for problem in report.wrong] == []
    assert commits > 20
    assert all(report.states > 10 for report in found)


def test_control_a_writer_that_forgets_deletes_is_found_out(tmp_path: Path) -> None:
    root = tmp_path / "index"
    _, found = reports(broken_writer_command(root, FORGETFUL), root, readers=1, seconds=2.0)
    assert found[0].wrong
