"""`check` may run at any time: it takes no lock, and whoever writes meanwhile is not disturbed."""

import json
import subprocess
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.check import Place, check_folder
from index.data_folder import DataFolder
from index.errors import CorpusMissing
from index.factory import open_store
from tests.processes import command, environment, run, run_json

ARTICLES = 600
INGESTS = 4


def records(number: int) -> bytes:
    return b"".join(
        json.dumps({"id": f"a{number}-{at}", "title": f"第{at}号通知", "text": "推进协同创新。"}).encode()
        + b"\n"
        for at in range(ARTICLES // INGESTS)
    )


@pytest.mark.slow
def test_checking_beside_ingests_disturbs_none_and_finds_no_damage(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    """An index that lags behind is the one thing that may be found while they run."""
    data = tmp_path / "data"
    store = open_store(DataFolder(data), analyzer)
    checks = 0
    for number in range(INGESTS):
        process = subprocess.Popen(
            command(data, "ingest", "-"),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(records(number))
        process.stdin.close()
        while process.poll() is None:
            try:
                found = list(check_folder(DataFolder(data), store))
            except CorpusMissing:
                continue
            checks += 1
            assert {finding.place for finding in found} <= {Place.INDEX}
            for finding in found:
                assert "covers the journal up to" in finding.detail or "no index has been" in finding.detail
        errors = process.stderr.read()
        process.stderr.close()
        assert (process.returncode, errors) == (0, b"")
    assert checks > INGESTS
    assert run(data, "check").stdout.decode() == "All is well.\n"
    assert run_json(data, "search", "协同创新")["total"] == ARTICLES
