"""What is opened in each mode, and by whom it is used."""

from pathlib import Path

import pytest

from index.data_folder import DataFolder
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.saved.desk import TOKEN
from web.config import check_saved, load_settings
from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.saved.mode import SavedMode
from web.saved.mounting import saved_parts
from web.saved.opening import open_saved
from web.saved.webhooks.target import PUBLIC_ONLY
from web.serving.opening import prepare
from web.setting import SettingInvalid


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    prepare(folder)
    return folder


@pytest.mark.parametrize("mode", list(SavedMode))
def test_a_mode_is_set_by_its_name_and_needs_a_token(mode: SavedMode) -> None:
    assert load_settings({"POLICY_SEARCH_SAVED": mode.value.upper()}).saved is mode
    check_saved(mode, AdminToken.of(TOKEN))
    if mode is not SavedMode.OFF:
        with pytest.raises(SettingInvalid, match="POLICY_SEARCH_ADMIN_TOKEN"):
            check_saved(mode, None)


def test_as_delivered_there_are_none() -> None:
    settings = load_settings({})
    assert settings.saved is SavedMode.OFF
    check_saved(settings.saved, None)


def test_off_leaves_nothing_behind(folder: DataFolder) -> None:
    with open_saved(folder, FakeService(), REGIONS, SavedMode.OFF) as opened:
        assert opened is None
        assert saved_parts(opened, None, None) is None
    assert not folder.saved_searches.exists()


def test_feeds_alone_connect_to_nobody(folder: DataFolder) -> None:
    with open_saved(folder, FakeService(), REGIONS, SavedMode.FEEDS) as opened:
        assert opened is not None
        assert opened.alerts.poster is None


def test_webhooks_are_those_of_the_public_internet(folder: DataFolder) -> None:
    with open_saved(folder, FakeService(), REGIONS, SavedMode.ON) as opened:
        assert opened is not None
        assert opened.alerts.poster is not None
        assert opened.alerts.poster.rules is PUBLIC_ONLY
        opened.alerts.tend(lambda: False)


def test_without_a_token_there_is_nobody_to_use_them(folder: DataFolder) -> None:
    token = AdminToken.of(TOKEN)
    with open_saved(folder, FakeService(), REGIONS, SavedMode.ON) as opened:
        assert saved_parts(opened, None, None) is None
        parts = saved_parts(opened, token, BearerCheck(token))
        assert parts is not None
        assert parts.owner.name == token.fingerprint
