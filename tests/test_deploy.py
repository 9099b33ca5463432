"""The files in `deploy/` are in order for their own linters, and name what the program has."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.processes import environment, run
from web.cli import cli
from web.config import SETTINGS

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
CONTAINER = DEPLOY / "Containerfile"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())

MOST_EXPOSED = 15
"""Tenths of the scale of 0 to 10 on which systemd tells how much a service could do; an empty one has 96."""
INSTALLED = re.compile(r"/opt/policy-search/\S+")
IN_TEXT = re.compile(r"(?:^|[`\s/])policy-search ((?:[a-z-]+)(?: [^`\n|]*)?)", re.MULTILINE)

systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing: apt-get install systemd"
)
HADOLINT = Path(sys.executable).with_name("hadolint")
linted = pytest.mark.skipif(not HADOLINT.exists(), reason="hadolint is published for x86-64 and ARM alone")


def analysed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)


def verified(unit: str, folder: Path) -> str:
    """What is wrong with a unit, whose programs are taken to be installed."""
    file = folder / "verified.service"
    file.write_text(INSTALLED.sub("/bin/true", unit), encoding="utf-8")
    return analysed("verify", "--man=no", "--generators=no", "--recursive-errors=no", str(file)).stderr


def is_locked_down(unit: str, folder: Path) -> bool:
    file = folder / "judged.service"
    file.write_text(unit, encoding="utf-8")
    return analysed("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(file)).returncode == 0


def settings_of(text: str) -> Iterator[tuple[str, str]]:
    """Variables of the program with the values that a file gives them."""
    return iter(re.findall(r"\b(POLICY_SEARCH_[A-Z_]+)=(\S+)", text))


def unknown_settings(text: str) -> list[str]:
    """Those that the program does not have, or could not use."""
    known = {setting.variable: setting for setting in SETTINGS}
    found = []
    for variable, value in settings_of(text):
        try:
            known[variable].parse(value)
        except (KeyError, ValueError):
            found.append(f"{variable}={value}")
    return found


def unknown_commands(text: str) -> list[str]:
    """Of the commands of ours in a text, those that are not there, or not with these options."""
    return [line for line in commands_in(text) if not _is_known(shlex.split(line, comments=True))]


def commands_in(text: str) -> list[str]:
    return [
        line.strip() for line in IN_TEXT.findall(text) if line.split()[0] in cli.list_commands(_context())
    ]


def _context() -> click.Context:
    return click.Context(cli)


def _is_known(words: list[str]) -> bool:
    command = cli.get_command(_context(), words[0])
    assert command is not None
    options = {name for parameter in command.params for name in parameter.opts}
    return {word.partition("=")[0] for word in words[1:] if word.startswith("--")} <= options


@systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_systemd_takes_a_unit_without_a_word(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert verified(text, tmp_path) == ""
    assert "Unknown key" in verified(text.replace("NoNewPrivileges=", "NoNewPrivilege="), tmp_path)


@systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_may_do_hardly_anything(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert is_locked_down(text, tmp_path)
    for line in ("PrivateUsers=yes", "ProtectSystem=strict", "RestrictNamespaces=yes"):
        text = text.replace(line, "")
    assert not is_locked_down(text.replace("SystemCallFilter=", "#"), tmp_path)


@systemd
def test_the_timer_says_when(tmp_path: Path) -> None:
    timer = (DEPLOY / "systemd" / "policy-search-nightly.timer").read_text(encoding="utf-8")
    (when,) = re.findall(r"^OnCalendar=(.*)$", timer, re.MULTILINE)
    assert analysed("calendar", when).returncode == 0
    assert analysed("calendar", f"{when} o'clock").returncode != 0


@linted
def test_the_container_file_is_in_order(tmp_path: Path) -> None:
    text = CONTAINER.read_text(encoding="utf-8")

    def complaints(content: str) -> str:
        file = tmp_path / "Containerfile"
        file.write_text(content, encoding="utf-8")
        return subprocess.run([HADOLINT, file], capture_output=True, text=True, check=False).stdout

    assert complaints(text) == ""
    assert "DL3006" in complaints(re.sub(r"(python):\S+", r"\1", text))


def test_the_container_is_nobodys_root_and_tells_its_health() -> None:
    stages = CONTAINER.read_text(encoding="utf-8").split("\nFROM ")
    last = stages[-1]
    (user,) = re.findall(r"^USER (\d+):\d+$", last, re.MULTILINE)
    assert int(user) > 0
    assert "\nHEALTHCHECK " in last
    assert last.index("\nUSER ") < last.index("\nENTRYPOINT ")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_a_file_names_settings_and_commands_that_there_are(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert unknown_settings(text.replace("%d", "/credentials")) == []
    assert unknown_commands(text) == []


def test_settings_and_commands_that_there_are_not_are_found() -> None:
    assert unknown_settings("POLICY_SEARCH_DATUM=/data POLICY_SEARCH_PORT=no") == [
        "POLICY_SEARCH_DATUM=/data",
        "POLICY_SEARCH_PORT=no",
    ]
    unit = "ExecStart=/opt/policy-search/bin/policy-search serve --prot 80\n"
    assert unknown_commands(unit) == ["serve --prot 80"]
    assert sum(len(commands_in(file.read_text(encoding="utf-8"))) for file in FILES) >= 4


@pytest.mark.slow
def test_the_nightly_script_keeps_the_newest_backups(tmp_path: Path) -> None:
    data, backups, programs = (tmp_path / name for name in ("data", "backups", "bin"))
    backups.mkdir()
    programs.mkdir()
    program = programs / "policy-search"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m web "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    assert run(data, "ingest", "-", stdin=b'{"id": "a", "title": "t", "text": "x"}').returncode == 0
    old = backups / "articles-20200101T000000Z.db"
    old.touch()
    subprocess.run(["touch", "--date=2020-01-01", old], check=True)
    (backups / "somebody-elses.txt").touch()
    subprocess.run(["touch", "--date=2020-01-01", backups / "somebody-elses.txt"], check=True)

    def nightly() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [DEPLOY / "nightly", backups, "30"],
            env=environment() | {"PATH": f"{programs}:/usr/bin:/bin", "POLICY_SEARCH_DATA": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )

    done = nightly()
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("All is well.\n")
    assert not old.exists()
    assert (backups / "somebody-elses.txt").exists()
    assert [path.suffix for path in sorted(backups.glob("articles-*"))] == [".db", ".sha256"]
    data.joinpath("articles.db").unlink()
    old.touch()
    subprocess.run(["touch", "--date=2020-01-01", old], check=True)
    assert nightly().returncode != 0
    assert old.exists(), "no backup goes before there is a new one"
