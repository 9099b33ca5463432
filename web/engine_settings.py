"""The settings that choose what keeps the index, and say where a cluster is that does."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from index.engine_settings import IN_FOLDER, EngineName, EngineSettings, PlainHttp
from web.setting import Kind, Setting, SettingInvalid, choice, whole_number
from web.settings import HOST_NAME

_COMMON: Final = "POLICY_SEARCH_"
_HOST_NAME: Final = re.compile(HOST_NAME)
_PREFIX: Final = re.compile("[a-z0-9][a-z0-9_.-]{0,99}")
_NUMBERED: Final = re.compile(r".*-(?:w-)?[0-9]{6}")
"""What the indexes of a prefix and their write aliases end with: another prefix must not look like one."""


def _read_url(text: str) -> str:
    scheme, netloc, path, query, fragment = parts = urlsplit(text)
    port = parts.port  # raises ValueError where it is none
    is_host = _HOST_NAME.fullmatch(netloc.removesuffix(f":{port}")) is not None
    if scheme in {"http", "https"} and is_host and path in {"", "/"} and not query and not fragment:
        return f"{scheme}://{netloc}"
    raise ValueError(text)


def _read_urls(text: str) -> tuple[str, ...]:
    return tuple(_read_url(part.strip()) for part in text.split(",") if part.strip())


def _read_path(text: str) -> Path | None:
    return Path(text) if text else None


def _read_prefix(text: str) -> str:
    if _PREFIX.fullmatch(text) and not _NUMBERED.fullmatch(text):
        return text
    raise ValueError(text)


def _without_login(text: str) -> str:
    """An address that cannot be used, without what stands before its host: that may be a password."""
    return repr(re.sub(r"[^/,\s]*@", "…@", text))


ENGINE: Final = Setting(
    variable="POLICY_SEARCH_ENGINE",
    kind=choice([name.value for name in EngineName]),
    default=IN_FOLDER.engine.value,
    help="What keeps the index: this program in the data folder, or an OpenSearch cluster.",
)
URL: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_URL",
    kind=Kind("http:// or https:// addresses of nodes, without login and path, parted by commas", _read_urls),
    default="",
    help="Where the cluster is reached: the addresses of one node or of several.",
    shown=_without_login,
)
USER: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_USER",
    kind=Kind("the name of a user", str),
    default="",
    help="User of the cluster; empty: it asks for none.",
)
PASSWORD_FILE: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_PASSWORD_FILE",
    kind=Kind("the path of a file", _read_path),
    default="",
    help="File that holds the password of this user and nothing else.",
)
CA: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_CA",
    kind=Kind("the path of a file", _read_path),
    default="",
    help="File of certificates that those of the cluster are checked against; empty: those of the system.",
)
INDEX: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_INDEX",
    kind=Kind("a-z 0-9 _ . -, at most 100 of them, not ending as `-000001` does", _read_prefix),
    default=IN_FOLDER.prefix,
    help="What the indexes in the cluster are called; one name for each data folder.",
)
SHARDS: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_SHARDS",
    kind=whole_number(1, 1_000),
    default=str(IN_FOLDER.shards),
    help="Parts that a new index is spread over; `rebuild` makes one.",
)
REPLICAS: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_REPLICAS",
    kind=whole_number(0, 20),
    default=str(IN_FOLDER.replicas),
    help="Copies of each part of a new index, on other nodes than the part itself.",
)
PLAIN_HTTP: Final = Setting(
    variable="POLICY_SEARCH_OPENSEARCH_PLAIN_HTTP",
    kind=choice([where.value for where in PlainHttp]),
    default=IN_FOLDER.plain_http.value,
    help="Where http:// is allowed, which anybody on the way can read: on this machine alone, or anywhere.",
)
ENGINE_SETTINGS: Final[tuple[Setting[Any], ...]] = (
    ENGINE,
    URL,
    USER,
    PASSWORD_FILE,
    CA,
    INDEX,
    SHARDS,
    REPLICAS,
    PLAIN_HTTP,
)


def read_engine(texts: Mapping[str, str]) -> EngineSettings:
    """The engine that these variables choose. Raises SettingInvalid, also where one needs another."""
    settings = EngineSettings(
        engine=EngineName(ENGINE.read(texts)),
        urls=URL.read(texts),
        user=USER.read(texts),
        password_file=PASSWORD_FILE.read(texts),
        ca=CA.read(texts),
        prefix=INDEX.read(texts),
        shards=SHARDS.read(texts),
        replicas=REPLICAS.read(texts),
        plain_http=PlainHttp(PLAIN_HTTP.read(texts)),
    )
    if settings.engine is EngineName.OPENSEARCH and not settings.urls:
        raise SettingInvalid(f"{ENGINE.variable}={settings.engine.value} needs a cluster: set {URL.variable}")
    if bool(settings.user) != (settings.password_file is not None):
        raise SettingInvalid(f"{USER.variable} and {PASSWORD_FILE.variable} go together: set both or neither")
    return settings


def option_of(setting: Setting[Any]) -> str:
    """What the option is called that goes before this setting."""
    return f"--{setting.variable.removeprefix(_COMMON).lower().replace('_', '-')}"


def engine_arguments(settings: EngineSettings) -> tuple[str, ...]:
    """The options that `read_engine` makes these settings of, for a command that is started.

    Anybody on the machine can read them, so it is well that no password is among them.
    """
    texts = (
        (ENGINE, settings.engine.value),
        (URL, ",".join(settings.urls)),
        (USER, settings.user),
        (PASSWORD_FILE, _text(settings.password_file)),
        (CA, _text(settings.ca)),
        (INDEX, settings.prefix),
        (SHARDS, str(settings.shards)),
        (REPLICAS, str(settings.replicas)),
        (PLAIN_HTTP, settings.plain_http.value),
    )
    return tuple(part for setting, text in texts for part in (option_of(setting), text))


def _text(path: Path | None) -> str:
    return "" if path is None else str(path)
