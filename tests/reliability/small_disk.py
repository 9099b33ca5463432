"""A disk of a few megabytes for one command: a tmpfs in namespaces of its own. Nobody has to be root."""

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest


def on_small_disk(folder: Path, size: int, command: Sequence[str]) -> list[str]:
    """The command, with a disk of so many bytes at this folder; it and what it starts alone see that."""
    script = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    return ["unshare", "-Urm", "sh", "-c", script, str(folder), *command]


@cache
def _refusal() -> str | None:
    """Why no small disk can be had here; None if one can."""
    if shutil.which("unshare") is None:
        return "unshare is missing (Debian: util-linux)"
    tried = subprocess.run(
        on_small_disk(Path("/mnt"), 1_000_000, ["true"]), capture_output=True, check=False, text=True
    )
    return None if tried.returncode == 0 else f"no namespaces here: {tried.stderr.strip()}"


def need_small_disk() -> None:
    """Skip the test where there is none."""
    refusal = _refusal()
    if refusal is not None:
        pytest.skip(refusal)
