"""Text files, line by line, with errors that name the line."""

from collections.abc import Iterator
from pathlib import Path

from search.evaluation.errors import EvaluationInputInvalid


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises OSError, and EvaluationInputInvalid where it is not UTF-8.
    """
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise fault(path, line, "this is not UTF-8; save the file as UTF-8") from error


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, without their ends, numbered from 1. Raises as `read_text`."""
    # Not splitlines(): a JSON string may hold U+2028, which that takes for the end of a line.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line.removesuffix("\r")


def fault(path: Path, line: int, reason: str) -> EvaluationInputInvalid:
    """The error for one line of a file."""
    return EvaluationInputInvalid(f"{path}, line {line}: {reason}")
