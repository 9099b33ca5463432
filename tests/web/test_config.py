"""Settings come from the environment, and a bad one is named."""

from pathlib import Path

import pytest

from web.config import SETTINGS, SettingInvalid, load_settings


def test_defaults() -> None:
    settings = load_settings({})
    assert settings.data == Path("policy-data")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.names == ()
    assert settings.public_url is None


def test_the_environment_wins() -> None:
    settings = load_settings(
        {
            "POLICY_SEARCH_DATA": "/srv/policy",
            "POLICY_SEARCH_PORT": "9000",
            "POLICY_SEARCH_NAMES": "news.example, www.news.example",
            "POLICY_SEARCH_PUBLIC_URL": "https://news.example/",
        }
    )
    assert settings.data == Path("/srv/policy")
    assert settings.port == 9000
    assert settings.names == ("news.example", "www.news.example")
    assert settings.public_url == "https://news.example"


def test_an_empty_variable_is_not_set() -> None:
    assert load_settings({"POLICY_SEARCH_PORT": ""}).port == 8000


@pytest.mark.parametrize("value", ["http", "8000.5", "0x10"])
def test_a_bad_value_is_named_with_its_variable(value: str) -> None:
    with pytest.raises(SettingInvalid, match="POLICY_SEARCH_PORT"):
        load_settings({"POLICY_SEARCH_PORT": value})


def test_every_setting_has_a_name_of_ours_and_help() -> None:
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.variable.startswith("POLICY_SEARCH_")
        assert setting.help.endswith(".")
