"""What `scripts/audit` says of a report: an advisory fails, and silence is no clean bill."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "audit_report.py"
CLEAN = {"name": "a", "version": "1", "vulns": []}
KNOWN = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}
UNASKED = {"name": "c", "skip_reason": "Dependency not found"}


def report(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        (report(CLEAN, CLEAN), 0, "2 packages asked about, 0 could not be, 0 advisories"),
        (report(CLEAN, UNASKED), 0, "1 packages asked about, 1 could not be, 0 advisories"),
        (report(CLEAN, KNOWN), 1, "b 2: CVE-1, mended in 2.1"),
        (report(UNASKED, UNASKED), 0, "skipped"),
        ("", 0, "skipped"),
    ],
    ids=["clean", "in-part", "advisory", "nobody-answers", "no-service"],
)
def test_a_report_is_judged(given: str, status: int, says: str) -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "runtime"], input=given, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (status, "")
    assert says in done.stdout
