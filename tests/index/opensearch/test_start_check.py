"""What is said at the start of a cluster that refuses to make an index; on a node: `tests.opensearch`."""

from typing import NoReturn, cast

import pytest
from opensearchpy import OpenSearch

from index.opensearch.errors import ClusterRefused, ClusterUnavailable
from index.opensearch.start_check import check_rights
from tests.index.opensearch.test_failures import said


class Refusing:
    """A client whose cluster answers each index that is to be made with 403."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.indices = self

    def create(self, **_: object) -> NoReturn:
        raise said(403, self._kind, "no")


@pytest.mark.parametrize(
    ("kind", "expected", "told"),
    [
        pytest.param("security_exception", ClusterRefused, "lacks a right", id="no right"),
        pytest.param("index_create_block_exception", ClusterUnavailable, "cannot do this now", id="no room"),
    ],
)
def test_a_cluster_without_room_is_no_matter_of_rights(
    kind: str, expected: type[Exception], told: str
) -> None:
    with pytest.raises(expected, match=told):
        check_rights(cast(OpenSearch, Refusing(kind)), "policy")
