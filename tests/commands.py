"""The command line inside this process, from its arguments to its exit status."""

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import web.cli
from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.text.folding import Folding


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it wrote."""

    status: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def message(self) -> str:
        return self.err.decode()

    def json(self) -> dict[str, object]:
        """The one object that was printed."""
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        return answer


Run = Callable[..., Done]


def run(*arguments: str, stdin: bytes = b"") -> Done:
    """Run a command to its end. Dictionaries that do not change are loaded once for all commands."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    read = TextIOWrapper(BytesIO(stdin), encoding="utf-8")
    status: object = None
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", read),
        patch("web.serving.opening.load_analyzer", _remembered),
    ):
        try:
            web.cli.main(arguments)
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int)
    return Done(status, _written(out), _written(err))


def run_on(data: Path, name: str, *arguments: str, stdin: bytes = b"") -> Done:
    """The same on a data folder."""
    return run(name, "--data", str(data), *arguments, stdin=stdin)


def run_json(data: Path, name: str, *arguments: str) -> dict[str, object]:
    """The same with --json, of a command that prints one object."""
    done = run_on(data, name, *arguments, "--json")
    assert done.status in {0, 1}, done.message
    return done.json()


def lines(*records: object) -> bytes:
    """The records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _written(stream: TextIOWrapper) -> bytes:
    buffer = stream.buffer
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue()


@cache
def _remembered(_folding: Folding, words: UserWords) -> Analyzer:
    return load_analyzer(Folding.load(), words)
