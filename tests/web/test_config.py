"""Settings come from the environment, and a bad one is named."""

from pathlib import Path

import pytest

from web.config import METRICS_FOLDER, SETTINGS, load_settings
from web.setting import SettingInvalid


def test_defaults() -> None:
    settings = load_settings({})
    assert settings.data == Path("policy-data")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.names == ()
    assert settings.public_url is None
    assert settings.log_level == "warning"


def test_the_environment_wins() -> None:
    settings = load_settings(
        {
            "POLICY_SEARCH_DATA": "/srv/policy",
            "POLICY_SEARCH_PORT": "9000",
            "POLICY_SEARCH_NAMES": "news.example, www.news.example",
            "POLICY_SEARCH_PUBLIC_URL": "https://news.example/",
            "POLICY_SEARCH_LOG": "DEBUG",
        }
    )
    assert settings.data == Path("/srv/policy")
    assert settings.port == 9000
    assert settings.names == ("news.example", "www.news.example")
    assert settings.public_url == "https://news.example"
    assert settings.log_level == "debug"


def test_an_empty_variable_is_not_set() -> None:
    assert load_settings({setting.variable: "" for setting in SETTINGS}) == load_settings({})


@pytest.mark.parametrize(
    ("variable", "good"),
    [
        ("PORT", "1"),
        ("PORT", "65535"),
        ("HOST", "::1"),
        ("HOST", "localhost"),
        ("NAMES", "xn--fsqu00a.example,127.0.0.1,[::1]"),
        ("PUBLIC_URL", "http://news.example:8000"),
        ("PUBLIC_URL", "https://[::1]:8000/"),
        ("CONTACT", "help@news.example"),
        ("CONTACT", "https://news.example/contact?from=search"),
        ("LOG", "error"),
    ],
)
def test_a_good_value_is_taken(variable: str, good: str) -> None:
    assert load_settings({f"POLICY_SEARCH_{variable}": good}) != load_settings({})


@pytest.mark.parametrize(
    ("variable", "bad", "says"),
    [
        ("CONTACT", "javascript:alert(1)", "an e-mail address"),
        ("CONTACT", "help at news.example", "an e-mail address"),
        ("PORT", "http", "from 1 to 65535"),
        ("PORT", "8000.5", "from 1 to 65535"),
        ("PORT", "0x10", "from 1 to 65535"),
        ("PORT", "０８０", "from 1 to 65535"),
        ("PORT", "0", "from 1 to 65535"),
        ("PORT", "65536", "from 1 to 65535"),
        ("PORT", "-1", "from 1 to 65535"),
        ("PORT", "9" * 5000, "from 1 to 65535"),
        ("HOST", "例子.example", "in ASCII"),
        ("HOST", "a b", "in ASCII"),
        ("NAMES", "news.example,例子.example", "in ASCII"),
        ("NAMES", "news.example:8000", "without port"),
        ("NAMES", "https://news.example", "host names"),
        ("PUBLIC_URL", "news.example", "https://"),
        ("PUBLIC_URL", "ftp://news.example", "https://"),
        ("PUBLIC_URL", "https://", "a host name"),
        ("PUBLIC_URL", "https://例子.example", "in ASCII"),
        ("PUBLIC_URL", "https://news.example/search", "without a path"),
        ("PUBLIC_URL", "https://news.example/?q", "without a path"),
        ("PUBLIC_URL", "https://user@news.example", "a host name"),
        ("PUBLIC_URL", "https://news.example:99999", "a host name"),
        ("PUBLIC_URL", "https://[::1", "a host name"),
        ("LOG", "DEBUGG", "debug, info, warning, error"),
        ("LOG", "10", "debug, info, warning, error"),
    ],
)
def test_a_bad_value_is_named_with_what_can_be_given(variable: str, bad: str, says: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        load_settings({f"POLICY_SEARCH_{variable}": bad})
    message = str(refused.value)
    assert message.startswith(f"POLICY_SEARCH_{variable}={bad!r} is not usable: give ")
    assert says in message


def test_every_setting_has_a_name_of_ours_and_help() -> None:
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.variable.startswith("POLICY_SEARCH_") or setting is METRICS_FOLDER
        assert setting.help.endswith(".")


def test_what_is_logged_of_those_who_ask_is_said_in_words() -> None:
    assert not load_settings({}).observing.logs_queries
    shown = load_settings(
        {"POLICY_SEARCH_LOG_SHOWS": " Queries,addresses ", "POLICY_SEARCH_SLOW_MS": "0"}
    ).observing
    assert (shown.logs_queries, shown.logs_addresses, shown.slow_ms) == (True, True, 0)
    for bad in ("query", "queries addresses", "all"):
        with pytest.raises(SettingInvalid, match="queries, addresses"):
            load_settings({"POLICY_SEARCH_LOG_SHOWS": bad})
