"""Which engine keeps an index, and where it lies: one value that travels through all layers."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final


class EngineName(Enum):
    """The engines that there are; `index.factory` and `search.factory` know what each is."""

    WHOOSH = "whoosh"
    OPENSEARCH = "opensearch"


class PlainHttp(Enum):
    """Where what is sent to a cluster need not be encrypted."""

    LOOPBACK = "loopback"
    """Only to addresses of this machine."""
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """An engine, and what only one of a cluster needs: the addresses of its nodes, who asks it, and how its
    indexes are called and laid out.

    The password is in a file, so that no value that is printed or handed to a process holds it. `ca` is a
    file of certificates that those of the nodes are checked against; None: those of the system. An index
    called `prefix` is spread over `shards`, each with so many `replicas` beside it.
    """

    engine: EngineName = EngineName.WHOOSH
    urls: tuple[str, ...] = ()
    user: str = ""
    password_file: Path | None = None
    ca: Path | None = None
    prefix: str = "policy-search"
    shards: int = 1
    replicas: int = 1
    plain_http: PlainHttp = PlainHttp.LOOPBACK


IN_FOLDER: Final = EngineSettings()
"""The index lies in the data folder: nothing else has to run."""
