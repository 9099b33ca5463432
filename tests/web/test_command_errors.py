"""What a command says and returns where something is wrong, without starting a process for each case."""

import errno
import logging
import os
from pathlib import Path
from typing import NoReturn

import pytest

import web.cli
from index.data_folder import DataFolder
from index.describe.identity import is_id
from index.errors import StorageFailed
from web.config import DATA, HOST, PORT


def ended(*arguments: str) -> int:
    """The exit status of a command."""
    with pytest.raises(SystemExit) as ended_with:
        web.cli.main(arguments)
    assert isinstance(ended_with.value.code, int)
    return ended_with.value.code


def refuse(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every command that opens a data folder fail so."""

    def fail(_folder: DataFolder) -> NoReturn:
        raise error

    monkeypatch.setattr("web.command_line.upkeep.open_analyzer", fail)


@pytest.mark.parametrize(
    ("number", "status", "advice"),
    [
        (errno.EACCES, 2, "--data"),
        (errno.EPERM, 2, "--data"),
        (errno.EROFS, 2, "--data"),
        (errno.ENOTDIR, 2, "check the path"),
        (errno.ENOENT, 2, "check the path"),
        (errno.ENOSPC, 1, "make room"),
        (errno.EIO, 1, "POLICY_SEARCH_LOG=debug"),
    ],
    ids=errno.errorcode.get,
)
def test_what_the_system_refuses_is_one_line_with_advice(
    number: int, status: int, advice: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse(OSError(number, os.strerror(number), "/srv/甲\n\x1b"), monkeypatch)
    assert ended("stats") == status
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"policy-search: {os.strerror(number)} (/srv/甲\\u000a\\u001b); ")
    assert advice in line


def test_an_error_of_the_system_without_a_number_is_told_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse(OSError("not a gzipped file"), monkeypatch)
    assert ended("stats") == 1
    assert capsys.readouterr().err.startswith("policy-search: not a gzipped file; ")


def test_where_it_happened_is_in_the_log_for_those_who_ask(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(PermissionError(errno.EACCES, "Permission denied"), monkeypatch)
    with caplog.at_level(logging.DEBUG, logger="web.cli"):
        ended("stats")
    (record,) = [record for record in caplog.records if record.name == "web.cli"]
    assert (record.levelno, record.exc_info is not None) == (logging.DEBUG, True)


def test_a_fault_of_this_program_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(ZeroDivisionError("a fault"), monkeypatch)
    with pytest.raises(ZeroDivisionError, match="a fault"):
        web.cli.main(["stats"])


def test_an_error_that_repeats_stored_text_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse(StorageFailed("甲\n\x1b]0;PWNED\x07"), monkeypatch)
    assert ended("stats") == 1
    assert capsys.readouterr().err == "policy-search: 甲\\u000a\\u001b]0;PWNED\\u0007\n"


def test_a_folder_that_cannot_be_made_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert ended("ingest", str(file), "--data", str(file / "data")) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert str(file / "data") in line
    assert "check the path" in line


@pytest.mark.parametrize(
    ("variable", "value"),
    [("LOG", "DEBUGG"), ("PORT", "99999"), ("NAMES", "例子.example"), ("HOST", "例子"), ("PUBLIC_URL", "x")],
)
def test_a_bad_setting_stops_every_command(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"POLICY_SEARCH_{variable}", value)
    assert ended("stats") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"policy-search: POLICY_SEARCH_{variable}={value!r} is not usable: give ")


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--port", "99999", "from 1 to 65535"),
        ("--port", "0", "from 1 to 65535"),
        ("--port", "http", "from 1 to 65535"),
        ("--host", "例子.example", "in ASCII"),
    ],
)
def test_options_keep_to_the_bounds_of_their_settings(
    command: str, option: str, value: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(command, option, value) == 2
    message = capsys.readouterr().err
    assert option in message
    assert says in message


def test_what_is_typed_does_not_steer_the_terminal_either(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("stats", "--\x1b]0;PWNED\x07") == 2
    message = capsys.readouterr().err
    assert "\x1b" not in message
    assert "PWNED" in message


def test_help_names_variable_and_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("serve", "--help") == 0
    words = " ".join(capsys.readouterr().out.split())
    for setting in (DATA, HOST, PORT):
        assert f"{setting.help} [default: ${setting.variable}, then {setting.default}]" in words


@pytest.mark.parametrize("article_id", ["甲", "a\x1b]0;x\x07", "\udcff", "a b", "..."])
def test_an_id_that_no_article_can_have_is_missing(
    article_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not is_id(article_id)
    assert ended("delete", article_id, "--data", str(tmp_path)) == 1
    captured = capsys.readouterr()
    assert captured.out == "0 deleted.\n"
    assert captured.err.startswith("There is no article ")
    assert "\x1b" not in captured.err
    assert ended("delete", article_id, "--json", "--data", str(tmp_path)) == 1
