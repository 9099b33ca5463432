"""A file that one machine has written is read as a whole on all others, whenever they read it."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import count

import pytest
from opensearchpy import OpenSearch

from index.opensearch import state_files
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.state_files import StateFiles
from index.served_place import StateDamaged, StateFile
from tests.opensearch.cluster import fresh_prefix, node_url

pytestmark = pytest.mark.opensearch

NAME = "vocabulary"
FIRST = StateFile("1.1", bytes(range(25)))
SECOND = StateFile("1.2", b"x" * 31)
EMPTY = StateFile("1.3", b"")


@dataclass(frozen=True, slots=True)
class Site:
    """A prefix of a test's own in the node that all tests share."""

    client: OpenSearch
    prefix: str
    files: StateFiles

    def pieces(self) -> list[str]:
        """The names of all pieces that lie in the cluster."""
        self.client.indices.refresh(index=f"{self.prefix}-state")
        found = self.client.search(index=f"{self.prefix}-state", body={"size": 100, "_source": False})
        return sorted(hit["_id"] for hit in found["hits"]["hits"] if hit["_id"].startswith("piece:"))


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(state_files, "CHUNK", 10)
    with ExitStack() as stack:
        prefix = stack.enter_context(fresh_prefix(node_url()))
        client = stack.enter_context(closing(connect(OpenSearchSettings(urls=(node_url(),)))))
        yield Site(client, prefix, StateFiles(client, prefix))


def test_a_file_comes_back_as_a_whole(site: Site) -> None:
    assert site.files.get(NAME) is None
    assert site.files.version(NAME) is None
    for file in (FIRST, SECOND, EMPTY):
        site.files.put(NAME, file)
        other = StateFiles(site.client, site.prefix)
        assert other.version(NAME) == file.version
        assert other.get(NAME) == file
    assert site.files.get("another") is None


def test_of_files_that_were_replaced_only_the_last_stays(site: Site) -> None:
    """So long those who read it can end."""
    site.files.put("another", FIRST)
    for file in (FIRST, SECOND, EMPTY):
        site.files.put(NAME, file)
    assert site.pieces() == [
        *(f"piece:another:1.1:{number}" for number in range(3)),
        *(f"piece:vocabulary:1.2:{number}" for number in range(4)),
    ]
    assert site.files.get("another") == FIRST


class Killed(BaseException):
    """The process is no more."""


def test_a_file_that_was_not_written_to_its_end_is_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.files.put(NAME, FIRST)
    send, sent = site.client.index, count(1)

    def cut_off(**arguments: object) -> object:
        if next(sent) > 2:
            raise Killed
        return send(**arguments)

    with monkeypatch.context() as patched:
        patched.setattr(site.client, "index", cut_off)
        with pytest.raises(Killed):
            site.files.put(NAME, SECOND)
    assert site.files.get(NAME) == FIRST
    site.files.put(NAME, SECOND)
    assert site.files.get(NAME) == SECOND


def test_a_file_that_is_there_is_not_sent_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.files.put(NAME, FIRST)
    monkeypatch.setattr(site.client, "index", None)
    site.files.put(NAME, FIRST)


def test_a_piece_that_is_gone_is_named(site: Site) -> None:
    site.files.put(NAME, FIRST)
    site.client.delete(index=f"{site.prefix}-state", id="piece:vocabulary:1.1:1")
    with pytest.raises(StateDamaged, match=r"piece:vocabulary:1\.1:1 .*it is gone"):
        site.files.get(NAME)
