"""Asks a server what its own OpenAPI document allows, and what it does not, and checks every answer.

    python -m tests.web.openapi.conformance http://127.0.0.1:8000/api/v1 --examples 50

`--examples` is how many requests are drawn for each operation, beside those that cover each bound of each
parameter.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.processes import environment

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
ENTRY = "from schemathesis.cli import schemathesis; schemathesis()"


def schemathesis(base: str, examples: int) -> "subprocess.CompletedProcess[str]":
    """All of its checks; the status is 0 where nothing was found."""
    return subprocess.run(
        [sys.executable, "-c", ENTRY, "--config-file", str(CONFIGURATION),
         "run", f"{base}/openapi.json?lang=en", "--url", base, "--max-examples", str(examples), "--no-color"],
        capture_output=True, check=False, text=True, cwd=ROOT, env=environment(),
    )  # fmt: skip


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("base")
    parser.add_argument("--examples", type=int, default=50)
    given = parser.parse_args()
    ran = schemathesis(given.base, given.examples)
    print(ran.stdout, ran.stderr, sep="\n")  # noqa: T201
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
