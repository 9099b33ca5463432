"""What a shell is told to complete."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from tests.commands import run
from tests.processes import environment
from web.cli import PROGRAM, cli
from web.command_line.catalogue import MODULES
from web.command_line.completion import SHELLS


def completed(*words: str) -> list[str]:
    """What the last word goes on as."""
    *before, last = words
    shell = ShellComplete(cli, {}, PROGRAM, "_POLICY_SEARCH_COMPLETE")
    return [item.value for item in shell.get_completions(before, last)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([""], list(MODULES)),
        (["se"], ["search", "serve"]),
        (["search", "--ma"], ["--match"]),
        (["search", "--match", "a"], ["all", "any"]),
        (["search", "--in", "ti"], ["title"]),
        (["search", "--in", "title,le"], ["title,lead"]),
        (["search", "--format", ""], ["table", "json", "csv", "ndjson"]),
        (["facets", "do"], ["document_number", "document_type"]),
        (["timeline", "--interval", "d"], ["day"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["search", "--match", "nosuch"], []),
    ],
    ids=[
        "commands",
        "command",
        "option",
        "choice",
        "name",
        "second",
        "format",
        "field",
        "interval",
        "shell",
        "none",
    ],
)
def test_commands_options_and_values_are_completed(words: list[str], expected: list[str]) -> None:
    assert completed(*words) == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_asks_this_program(shell: str) -> None:
    done = run("completion", shell)
    assert done.status == 0
    assert f"_POLICY_SEARCH_COMPLETE={shell}_complete" in done.text
    assert PROGRAM in done.text


def test_another_shell_is_refused_with_those_that_there_are() -> None:
    done = run("completion", "csh")
    assert done.status == 2
    assert all(shell in done.message for shell in SHELLS)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    """The program as bash would find it, asked by bash's own function."""
    script = tmp_path / "completion.bash"
    script.write_bytes(run("completion", "bash").out)
    program = tmp_path / PROGRAM
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m web "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    asked = (
        f"source {script}; COMP_WORDS=({PROGRAM} re); COMP_CWORD=1; "
        f'_policy_search_completion {PROGRAM}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run(
        ["bash", "-c", asked],
        capture_output=True,
        check=False,
        env=environment() | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        text=True,
    )
    assert done.stdout.split() == [name for name in MODULES if name.startswith("re")], done.stderr
