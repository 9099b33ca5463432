"""`python -m tests.security.measured_command REPORT ARGUMENT...`: the command line, and what it took.

REPORT becomes an object of JSON: `peak` is the most memory in bytes that this process has held, `seconds` are
those of a processor, the ones of its processes for work too.
"""

import json
import resource
import sys
from pathlib import Path

import web.cli


def peak() -> int:
    """Not by getrusage: what a process inherits of its parent counts there."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def seconds() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(report: Path, arguments: list[str]) -> None:
    try:
        web.cli.main(arguments)
    finally:
        report.write_text(json.dumps({"peak": peak(), "seconds": seconds()}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
