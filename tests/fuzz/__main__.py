"""Fuzzes one target for some minutes: `python -m tests.fuzz query_parser --minutes 10`.

It begins with the corpus that is kept, and keeps of what it finds the inputs that reach more of the program.
An input that breaks a law ends the run: it goes to the findings, and the tests fail until it is mended. The
exit status is 1 then.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.corpus import CORPUS, FINDINGS, read_inputs, shortest, write_inputs
from tests.fuzz.targets import TARGETS

SLOW_SECONDS = 10
"""An input that takes longer is a finding."""

MEGABYTES = 1_500
"""A process that takes more is a finding: the tables alone take some 300."""

RUNS = 10_000
"""Of one session; then another goes on with what was kept. The fuzzer itself grows with each array of numpy
that it looks at, some 80 kB an input, which the same inputs without it do not."""

_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"cov: (\d+)")


def session(target: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A session with libFuzzer's arguments, and all that it said."""
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz.session", target, *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def unpacked(folder: Path, inputs: tuple[bytes, ...]) -> Path:
    """The folder, with a file for each input."""
    folder.mkdir()
    for number, data in enumerate(inputs):
        (folder / f"{number:06}").write_bytes(data)
    return folder


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def fuzz(name: str, minutes: float, work: Path) -> list[bytes]:
    """Fuzzes a target and keeps what is worth it. What broke a law comes back."""
    target = TARGETS[name]
    known = unpacked(work / "known", target.seeds + read_inputs(CORPUS, name) + read_inputs(FINDINGS, name))
    grown, found, kept = work / "grown", work / "found", work / "kept"
    for folder in (grown, found, kept):
        folder.mkdir()
    limits = (f"-max_len={target.longest}", f"-timeout={SLOW_SECONDS}", f"-rss_limit_mb={MEGABYTES}")
    ends = time.monotonic() + minutes * 60
    executed = covered = 0
    while (left := round(ends - time.monotonic())) > 0:
        run = session(
            name,
            str(grown),
            str(known),
            *limits,
            f"-max_total_time={left}",
            f"-runs={RUNS}",
            f"-artifact_prefix={found}/",
            "-print_final_stats=1",
        )
        executed += max(map(int, _EXECUTED.findall(run.stdout)), default=0)
        covered = max(map(int, _COVERED.findall(run.stdout)), default=covered)
        if run.returncode:
            sys.stdout.write(run.stdout[-6_000:])
            break
    findings = contents(found)
    merge = session(name, "-set_cover_merge=1", str(kept), str(known), str(grown), *limits)
    merge.check_returncode()
    inputs = shortest(contents(kept))
    write_inputs(CORPUS, name, inputs)
    kept_bytes = sum(map(len, inputs))
    sys.stdout.write(
        f"{name}: {executed} executions in at most {minutes:g} minutes, "
        f"{covered} branches, {len(inputs)} inputs kept ({kept_bytes} bytes), {len(findings)} findings\n"
    )
    return findings


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Fuzzes one part of the program."
    )
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--minutes", type=float, default=10.0)
    chosen = parser.parse_args()
    with TemporaryDirectory() as work:
        findings = fuzz(chosen.target, chosen.minutes, Path(work))
    if findings:
        write_inputs(FINDINGS, chosen.target, (*read_inputs(FINDINGS, chosen.target), *findings))
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
