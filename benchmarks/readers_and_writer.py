"""Readers beside a writer: `python -m benchmarks.readers_and_writer --seconds 60`.

Four processes search while a fifth commits, merges and rebuilds. Every answer is compared with what the
articles of its state give when they are tried one by one; the exit status is 1 where one differs.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.beside import reports, writer_command


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--readers", type=int, default=4)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        root = Path(folder) / "index"
        commits, found = reports(writer_command(root), root, arguments.readers, arguments.seconds)
    wrong = [problem for report in found for problem in report.wrong]
    print(
        f"{arguments.readers} readers, {arguments.seconds:g} s: {commits} commits, "
        f"{sum(report.states for report in found)} states opened, "
        f"{sum(report.answers for report in found)} answers compared, {len(wrong)} wrong"
    )
    print(*wrong[:20], sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
