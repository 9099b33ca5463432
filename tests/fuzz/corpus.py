"""The inputs that are kept: one a line, what is not printable ASCII escaped as in Python."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent

CORPUS: Final = HERE / "corpus"
"""By target, what reaches as much of it as the fuzzer has found a way into."""

FINDINGS: Final = HERE / "findings"
"""By target, what once broke a law of it. Nothing is ever taken out."""

MOST_BYTES: Final = 6_000
"""Of all inputs of one target in its corpus: they are replayed at every run of the tests."""


def read_inputs(folder: Path, target: str) -> tuple[bytes, ...]:
    """The inputs of a target; none where it has no file."""
    path = folder / f"{target}.txt"
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else ()
    return tuple(line.encode("ascii").decode("unicode_escape").encode("latin-1") for line in lines)


def write_inputs(folder: Path, target: str, inputs: Iterable[bytes]) -> None:
    """These inputs and no others, the shortest first, each once."""
    folder.mkdir(exist_ok=True)
    ordered = sorted(set(inputs), key=lambda data: (len(data), data))
    lines = [data.decode("latin-1").encode("unicode_escape").decode("ascii") + "\n" for data in ordered]
    (folder / f"{target}.txt").write_text("".join(lines), encoding="ascii")


def shortest(inputs: Iterable[bytes], most_bytes: int = MOST_BYTES) -> list[bytes]:
    """As many inputs as have so many bytes together, the shortest first."""
    kept: list[bytes] = []
    left = most_bytes
    for data in sorted(inputs, key=len):
        left -= len(data)
        if left < 0:
            break
        kept.append(data)
    return kept
