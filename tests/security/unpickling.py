"""`python -m tests.security.unpickling REPORT ARGUMENT...`: the command line, watched for what it unpickles.

REPORT becomes a line for each class that a pickle names and for each file of marshalled data, in this process
and in those that work for it.
"""

import sys
from pathlib import Path
from unittest.mock import patch

import web.cli
from index import workers


def watch(report: Path) -> None:
    """Note it for as long as this process lives: a hook cannot be taken away."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"pickle.find_class", "marshal.load"}:
            with report.open("a", encoding="utf-8") as file:
                file.write(" ".join((event, *map(str, arguments))) + "\n")

    sys.addaudithook(hook)


def main(report: Path, arguments: list[str]) -> None:
    watch(report)
    imports = "from pathlib import Path; from tests.security.unpickling import watch"
    program = f"{imports}; watch(Path({str(report)!r})); {workers.PROGRAM}"
    with patch.object(workers, "PROGRAM", program):
        web.cli.main(arguments)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
