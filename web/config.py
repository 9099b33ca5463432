"""Settings from the environment: one table that reading, checking and help are made from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

import msgspec

from index.errors import Cause, PolicySearchError

Value = TypeVar("Value")


class SettingInvalid(PolicySearchError):
    """A setting of the environment that cannot be read; the message names it."""

    kind: ClassVar[str] = "setting-invalid"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """A setting: the variable that gives it, what holds without one, and what it is for."""

    variable: str
    kind: type[Value]
    default: Value
    help: str

    def read(self, environment: Mapping[str, str]) -> Value:
        """The value of the environment, or the default. Raises SettingInvalid."""
        text = environment.get(self.variable, "")
        if not text:
            return self.default
        try:
            return msgspec.convert(text, self.kind, strict=False)
        except msgspec.ValidationError as error:
            raise SettingInvalid(f"{self.variable}={text!r} is not usable: {error}") from error


DATA = Setting("POLICY_SEARCH_DATA", str, "policy-data", "Folder of articles and index.")
HOST = Setting("POLICY_SEARCH_HOST", str, "127.0.0.1", "Address to listen on.")
PORT = Setting("POLICY_SEARCH_PORT", int, 8000, "Port to listen on.")
NAMES = Setting("POLICY_SEARCH_NAMES", str, "", "Host names to answer to, parted by commas; empty: any.")
PUBLIC_URL = Setting("POLICY_SEARCH_PUBLIC_URL", str, "", "Scheme and host under which the site is reached.")
LOG_LEVEL = Setting("POLICY_SEARCH_LOG", str, "warning", "Least severe entries: debug, info, warning, error.")
SETTINGS: tuple[Setting[str] | Setting[int], ...] = (DATA, HOST, PORT, NAMES, PUBLIC_URL, LOG_LEVEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a process."""

    data: Path
    host: str
    port: int
    names: tuple[str, ...]
    public_url: str | None
    log_level: str


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the environment. Raises SettingInvalid."""
    return Settings(
        data=Path(DATA.read(environment)),
        host=HOST.read(environment),
        port=PORT.read(environment),
        names=tuple(name.strip() for name in NAMES.read(environment).split(",") if name.strip()),
        public_url=PUBLIC_URL.read(environment).rstrip("/") or None,
        log_level=LOG_LEVEL.read(environment),
    )
