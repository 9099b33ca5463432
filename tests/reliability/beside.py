"""Readers and a writer as processes on one index, and the control with a writer that forgets something."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import msgspec

from tests.processes import unmeasured_environment
from tests.reliability.history_reader import Report

FORGETFUL: Final = """
import sys
from pathlib import Path
from index.whoosh.segments import WriterSegment
from tests.reliability.history_writer import write
WriterSegment.without = lambda self, ids: self
write(Path(sys.argv[1]))
"""
"""A writer that deletes nothing, so that older texts of an article stay beside the newest one."""

SWEEPING_FIRST: Final = """
import sys, time
from pathlib import Path
from index.generation import Generation
from index.whoosh.files import sweep
from tests.reliability.history_writer import write
publish = Generation.publish
def sweep_then_publish(self, manifest):
    sweep(self.folder, manifest)
    time.sleep(0.05)
    publish(self, manifest)
Generation.publish = sweep_then_publish
write(Path(sys.argv[1]))
"""
"""A writer that removes the files of the last commit before the next one is published."""


def writer_command(root: Path) -> list[str]:
    return [sys.executable, "-m", "tests.reliability.history_writer", str(root)]


def broken_writer_command(root: Path, program: str) -> list[str]:
    return [sys.executable, "-c", program, str(root)]


def reader_command(root: Path, seconds: float) -> list[str]:
    return [sys.executable, "-m", "tests.reliability.history_reader", str(root), str(seconds)]


def started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=unmeasured_environment()
    )


def killed_after(command: list[str], seconds: float) -> list[int]:
    """The commits that a writer acknowledged until it was killed, so long after its first one."""
    process = started(command)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    assert process.poll() is None, process.communicate()[1].decode()
    process.kill()
    rest, _ = process.communicate()
    return [int(line) for line in (first + rest).decode().splitlines(keepends=True) if line.endswith("\n")]


def reports(command: list[str], root: Path, readers: int, seconds: float) -> tuple[int, list[Report]]:
    """How many commits a writer made while so many readers read for so long, and what they saw."""
    writer = started(command)
    try:
        assert writer.stdout is not None
        first = int(writer.stdout.readline())
        found = [
            _report(reader) for reader in [started(reader_command(root, seconds)) for _ in range(readers)]
        ]
        assert writer.poll() is None, writer.communicate()[1].decode()
    finally:
        writer.kill()
        rest, _ = writer.communicate()
    return int(rest.split()[-1]) - first, found


def _report(reader: subprocess.Popen[bytes]) -> Report:
    output, errors = reader.communicate()
    assert reader.returncode == 0, errors.decode()
    return msgspec.json.decode(output, type=Report)
