"""The command line as processes of its own: what only a process shows."""

import json
import subprocess
from pathlib import Path

from tests.commands import lines
from tests.processes import command, environment, run
from tests.web.command_line.records import RECORDS


def test_what_one_process_stores_another_one_finds(tmp_path: Path) -> None:
    stored = run(tmp_path / "data", "ingest", "-", stdin=lines(*RECORDS))
    assert (stored.returncode, stored.stderr) == (0, b"")
    found = run(tmp_path / "data", "search", "协同创新", "--json")
    assert found.returncode == 0, found.stderr.decode()
    assert [hit["id"] for hit in json.loads(found.stdout)["results"]] == ["a1"]
    nothing = run(tmp_path / "data", "search", "没有的词组")
    assert nothing.returncode == 1


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run(data, "ingest", "-", stdin=lines(*RECORDS)).returncode == 0
    process = subprocess.Popen(
        [*command(data, "export")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait(30)
    process.stderr.close()
