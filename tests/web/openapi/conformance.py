"""Asks a server what its own OpenAPI document allows, and what it does not, and checks every answer.

    POLICY_SEARCH_ADMIN_TOKEN=… python -m tests.web.openapi.conformance ADDRESS --examples 50

The address is that of the interface, such as http://127.0.0.1:8000/api/v1. The server has this token, saves
searches and believes proxies of this machine (`SETTINGS`), and its data folder is there to be spoilt:
articles come and go, words change, the index is built anew. `--examples` is how many requests are drawn for
each operation, beside those that cover each bound of each parameter.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.conftest import ROOT
from tests.processes import environment

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
ENTRY = "from schemathesis.cli import schemathesis; schemathesis()"
TOKEN_VARIABLE: Final = "POLICY_SEARCH_ADMIN_TOKEN"  # noqa: S105 - its name

SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "POLICY_SEARCH_SAVED": "on",
        "POLICY_SEARCH_QUERY_LOG_DAYS": "7",
        # Wrong tokens are tried too, for each operation from another address (`schemathesis_hooks`).
        "POLICY_SEARCH_PROXIES": "127.0.0.1",
        "POLICY_SEARCH_UNLIMITED": "0.0.0.0/0",
    }
)
"""What a server needs beside the token so that all of it can be asked."""


def schemathesis(base: str, token: str, examples: int) -> "subprocess.CompletedProcess[str]":
    """All of its checks; the status is 0 where nothing was found."""
    return subprocess.run(
        [sys.executable, "-c", ENTRY, "--config-file", str(CONFIGURATION),
         "run", f"{base}/openapi.json?lang=en", "--url", base, "--max-examples", str(examples), "--no-color"],
        capture_output=True, check=False, text=True, cwd=ROOT, env=environment() | {TOKEN_VARIABLE: token},
    )  # fmt: skip


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("base")
    parser.add_argument("--examples", type=int, default=50)
    given = parser.parse_args()
    ran = schemathesis(given.base, os.environ.get(TOKEN_VARIABLE, ""), given.examples)
    print(ran.stdout, ran.stderr, sep="\n")  # noqa: T201
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
