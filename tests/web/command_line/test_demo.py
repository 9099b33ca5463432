"""What the demo tells whoever starts it."""

import shlex
import sys
from pathlib import Path

import pytest

from tests.commands import run
from web.command_line import serve


@pytest.mark.slow
def test_it_says_how_to_search_on_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serve, "start_serving", lambda *_, **__: None)
    monkeypatch.setattr(sys, "argv", ["/a place/policy-search", "demo"])
    said = run("demo", "--data", str(tmp_path)).text.splitlines()[-1]
    told, _, command = said.partition(": ")
    assert told == "In another terminal"
    program, *words = shlex.split(command)
    assert program == "/a place/policy-search"
    assert run(*words).status == 0
