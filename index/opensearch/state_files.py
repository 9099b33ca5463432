"""Files that one machine makes and all others need, such as the vocabulary of suggestions."""

from dataclasses import dataclass
from typing import Final

from msgspec.msgpack import Decoder
from opensearchpy import OpenSearch

from index.opensearch.state_documents import TIMEOUT, StateDocuments
from index.served_place import StateDamaged, StateFile

CHUNK: Final = 4_000_000
"""Bytes of a document: a cluster takes requests of 100 MB at most, and keeps each in its memory."""

_HEAD: Final = "file"


@dataclass(frozen=True, slots=True)
class _Head:
    version: str
    chunks: int


_HEADS: Final = Decoder(_Head)
_PIECES: Final = Decoder(bytes)


class StateFiles:
    """ServedFiles in the cluster. Threads may share it; errors: `StateDocuments`.

    The pieces of a file are written before it is named, and those of the file before stay until the next one
    is there.
    """

    def __init__(self, client: OpenSearch, prefix: str, replicas: int = 0) -> None:
        """`replicas` is for the index where it has to be made."""
        self._documents = StateDocuments(client, prefix, replicas)

    def put(self, name: str, file: StateFile) -> None:
        """Let this file have this name; another one with its version is taken to be the same."""
        former = self._readable_version(name)
        if former == file.version:
            return
        pieces = range(0, len(file.data), CHUNK)
        for number, start in enumerate(pieces):
            piece = file.data[start : start + CHUNK]
            self._documents.put(_piece_name(name, file.version, number), _kind(name), file.version, piece)
        self._documents.put(_head_name(name), _HEAD, file.version, _Head(file.version, len(pieces)))
        self._documents.forget(_kind(name), [version for version in (former, file.version) if version])

    def version(self, name: str) -> str | None:
        """The version of the file with this name; None where there is none. Raises StateDamaged."""
        head = self._documents.get(_head_name(name), _HEADS)
        return None if head is None else head.version

    def get(self, name: str) -> StateFile | None:
        """The file with this name; None where there is none.

        Raises StateDamaged, also where it was replaced twice while it was read: it can be read anew then.
        """
        head = self._documents.get(_head_name(name), _HEADS)
        if head is None:
            return None
        pieces = [self._piece(name, head.version, number) for number in range(head.chunks)]
        return StateFile(head.version, b"".join(pieces))

    def _readable_version(self, name: str) -> str | None:
        """The version of the file with this name; None where there is none, or it is damaged: then
        the file is written anew."""
        try:
            return self.version(name)
        except StateDamaged:
            return None

    def _piece(self, name: str, version: str, number: int) -> bytes:
        piece_name = _piece_name(name, version, number)
        piece = self._documents.get(piece_name, _PIECES, TIMEOUT)
        if piece is None:
            raise StateDamaged(piece_name, "it is gone")
        return piece


def _head_name(name: str) -> str:
    return f"{_HEAD}:{name}"


def _piece_name(name: str, version: str, number: int) -> str:
    return f"piece:{name}:{version}:{number}"


def _kind(name: str) -> str:
    """Of the pieces of a file."""
    return f"pieces of {name}"
