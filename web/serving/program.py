"""A name for the program as it runs: answers that were made by another one may look otherwise."""

import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

PACKAGES: Final = ("index", "search", "web")
LEFT_OUT: Final = frozenset({"__pycache__", "sample", "sample_queries"})


def program_version() -> str:
    """Differs where code, data, templates, texts or static files of the program do; takes some 20 ms.

    The number of a release would not do: a program is changed more often than it is released.
    """
    return tree_version({package: files(package) for package in PACKAGES})


def tree_version(folders: Mapping[str, Traversable]) -> str:
    """Differs where the files of these folders do, by name or by content."""
    digest = hashlib.sha256()
    for name, content in (file for folder in folders.items() for file in _files(*folder)):
        digest.update(f"{name}\n".encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _files(name: str, folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}"
        if entry.name in LEFT_OUT:
            continue
        if entry.is_dir():
            yield from _files(path, entry)
        else:
            yield path, entry.read_bytes()
