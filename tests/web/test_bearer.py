"""Tokens are recognised, never told, and cannot be guessed one after another."""

import pickle
from pathlib import Path

import pytest
from starlette.requests import Request

from web.config import load_admin_token, load_settings
from web.errors import TokenNeeded, TooManyWrongTokens, WrongToken
from web.http import bearer
from web.http.admin_token import MAX_TOKEN, MIN_TOKEN, AdminToken
from web.http.bearer import WINDOW_S, BearerCheck
from web.http.limits import MAX_WRONG
from web.setting import SettingInvalid

SECRET = "correct-horse-battery"  # noqa: S105  # of the tests alone


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def check(clock: Clock) -> BearerCheck:
    return BearerCheck(AdminToken.of(SECRET), clock)


def request_with(*headers: str, address: str = "192.0.2.1") -> Request:
    pairs = [(b"authorization", header.encode()) for header in headers]
    return Request({"type": "http", "headers": pairs, "client": (address, 4711)})


def wrong(check: BearerCheck, address: str = "192.0.2.1") -> None:
    with pytest.raises(WrongToken):
        check.admit_token("no-such-token-here", address)


@pytest.mark.parametrize("header", [f"Bearer {SECRET}", f"bearer {SECRET}", f"BEARER   {SECRET} "])
def test_the_token_is_let_in(check: BearerCheck, header: str) -> None:
    check.admit(request_with(header))


@pytest.mark.parametrize(
    "headers",
    [(), ("",), ("Bearer",), ("Bearer ",), (SECRET,), (f"Basic {SECRET}",), (f"Bearer {SECRET}",) * 2],
    ids=str,
)
def test_without_a_token_one_is_asked_for(check: BearerCheck, headers: tuple[str, ...]) -> None:
    with pytest.raises(TokenNeeded):
        check.admit(request_with(*headers))


@pytest.mark.parametrize(
    "given",
    [SECRET[:-1], SECRET + "x", SECRET.upper(), "密码密码密码密码密码密码密码密码", "\x00", "x" * 10_000],
)
def test_another_token_is_refused(check: BearerCheck, given: str) -> None:
    with pytest.raises(WrongToken):
        check.admit_token(given, "192.0.2.1")


def test_after_too_many_wrong_ones_none_is_looked_at_for_a_minute(check: BearerCheck, clock: Clock) -> None:
    for _ in range(MAX_WRONG):
        wrong(check)
        clock.now += 1
    with pytest.raises(TooManyWrongTokens) as refused:
        check.admit(request_with(f"Bearer {SECRET}"))
    assert refused.value.retry_after == WINDOW_S - MAX_WRONG
    clock.now += refused.value.retry_after
    check.admit(request_with(f"Bearer {SECRET}"))


def test_one_wrong_token_less_is_no_attack(check: BearerCheck) -> None:
    for _ in range(MAX_WRONG - 1):
        wrong(check)
    check.admit(request_with(f"Bearer {SECRET}"))


def test_each_address_counts_for_itself(check: BearerCheck) -> None:
    for _ in range(MAX_WRONG):
        wrong(check)
    check.admit(request_with(f"Bearer {SECRET}", address="192.0.2.2"))


@pytest.mark.parametrize("address", ["2001:db8:1:2::1", "2001:db8:1:2:ffff::"])
def test_a_network_of_the_sixth_version_is_one_client(check: BearerCheck, address: str) -> None:
    for number in range(MAX_WRONG):
        wrong(check, f"2001:db8:1:2::{number:x}:9")
    with pytest.raises(TooManyWrongTokens):
        check.admit_token(SECRET, address)
    check.admit_token(SECRET, "2001:db8:1:3::1")


def test_no_more_addresses_are_remembered_than_that(
    check: BearerCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bearer, "MAX_ADDRESSES", 3)
    for number in range(10):
        wrong(check, f"192.0.2.{number}")
    assert len(check._wrong) == 3


def test_an_address_that_is_none_counts_too(check: BearerCheck) -> None:
    for _ in range(MAX_WRONG):
        wrong(check, "")
    with pytest.raises(TooManyWrongTokens):
        check.admit(Request({"type": "http", "headers": [(b"authorization", b"Bearer x")], "client": None}))


def test_nothing_tells_the_token() -> None:
    token = AdminToken.of(SECRET)
    for shown in (repr(token), str(token), token.fingerprint, repr(pickle.dumps(token))):
        assert SECRET not in shown
    assert token._digest.hex() not in f"{token!r}{token.fingerprint}"
    assert token.fingerprint == AdminToken.of(SECRET).fingerprint != AdminToken.of(SECRET + "x").fingerprint


@pytest.mark.parametrize(
    "text", ["x" * (MIN_TOKEN - 1), "x" * (MAX_TOKEN + 1), "with a blank in it", "密" * 20, "", "a=b" * 9]
)
def test_what_cannot_be_a_token_is_refused_without_repeating_it(text: str) -> None:
    environment = {"POLICY_SEARCH_ADMIN_TOKEN": text or " "}
    with pytest.raises(SettingInvalid, match=f"{MIN_TOKEN} or more") as refused:
        load_admin_token(environment)
    assert not text or text not in str(refused.value)
    assert refused.value.__cause__ is None or not text or text not in str(refused.value.__cause__)


def test_without_a_token_there_is_none() -> None:
    assert load_admin_token({}) is None
    assert load_admin_token({"POLICY_SEARCH_ADMIN_TOKEN": "", "POLICY_SEARCH_ADMIN_TOKEN_FILE": ""}) is None


@pytest.mark.parametrize("text", ["x" * MIN_TOKEN, "x" * MAX_TOKEN, "aB3._~+/-aB3._~+/-=="])
def test_a_token_may_use_all_that_the_header_allows(text: str) -> None:
    token = load_admin_token({"POLICY_SEARCH_ADMIN_TOKEN": text})
    assert token is not None
    assert token.matches(text)


def test_a_file_holds_the_token(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{SECRET}\n", encoding="ascii")
    file.chmod(0o640)
    token = load_admin_token({"POLICY_SEARCH_ADMIN_TOKEN_FILE": str(file)})
    assert token is not None
    assert token.matches(SECRET)


@pytest.mark.parametrize("content", [b"", b"short", b"two tokens of-sixteen-letters", b"\xff" * 20])
def test_a_file_without_a_token_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(SettingInvalid, match="one token") as refused:
        load_admin_token({"POLICY_SEARCH_ADMIN_TOKEN_FILE": str(file)})
    assert str(file) in str(refused.value)
    assert not content or repr(content)[2:-1] not in str(refused.value)


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o660, 0o777], ids=oct)
def test_a_file_that_others_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "token"
    file.write_text(SECRET, encoding="ascii")
    file.chmod(mode)
    with pytest.raises(SettingInvalid, match="others may read or change it; mend it with: chmod 600"):
        load_admin_token({"POLICY_SEARCH_ADMIN_TOKEN_FILE": str(file)})


def test_a_file_that_cannot_be_read_is_named_and_only_where_the_token_is_needed(tmp_path: Path) -> None:
    environment = {"POLICY_SEARCH_ADMIN_TOKEN_FILE": str(tmp_path / "none")}
    with pytest.raises(SettingInvalid, match="cannot be read"):
        load_admin_token(environment)
    assert load_settings(environment) == load_settings({})


def test_two_tokens_are_one_too_many(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(SECRET, encoding="ascii")
    with pytest.raises(SettingInvalid, match="not both"):
        load_admin_token({"POLICY_SEARCH_ADMIN_TOKEN": SECRET, "POLICY_SEARCH_ADMIN_TOKEN_FILE": str(file)})
