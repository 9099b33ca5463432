"""What is wrong with a cluster, or with an index in it, and does not mend itself: looked for at a start."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import AuthenticationException, AuthorizationException, RequestError

from index.errors import Cause, GenerationDamaged, GenerationMissing, GenerationStale, PolicySearchError
from index.opensearch.errors import ClusterRefused
from index.opensearch.failures import as_ours, error_type, may_pass, reason
from index.opensearch.generations import Found, Generation, find_all, searched
from index.opensearch.mapping import fields
from index.opensearch.published import Scoring

SECONDS: Final = 5.0
"""For one request: who starts a server waits for it."""

DISTRIBUTION: Final = "opensearch"
OLDEST: Final = (3, 6)
"""Older ones were not tried, or cannot make such an index."""

NO_GENERATION: Final = 0
"""The number of a generation that never is: what is sent to it changes nothing."""

_NO_RIGHT: Final = "security_exception"
_LEFT_OUT: Final[Mapping[str, object]] = {"norms": False, "index_options": "positions"}
"""What a mapping does not tell, since it holds without being said: norms of keywords, options of texts."""


class MappingWrong(PolicySearchError):
    """The index that is searched has other fields than this program makes: searches would find something
    else, or nothing."""

    kind = "mapping-wrong"
    cause = Cause.MISCONFIGURED

    def __init__(self, index: str, differing: str) -> None:
        super().__init__(
            f"the index {index} of the search cluster has another mapping than this program makes "
            f"({differing}): something else has made it, or changes what is made, as index templates do; "
            "mend that, then run `policy-search rebuild`, or choose another name for the indexes"
        )


def check_cluster(client: OpenSearch) -> None:
    """Raises ClusterRefused where certificate, user or program are not the right ones, and ClusterUnavailable
    where there is no answer."""
    with _as_ours():
        answer = client.info(request_timeout=SECONDS)
    version = answer.get("version", {})
    if version.get("distribution") != DISTRIBUTION:
        raise ClusterRefused("it is no OpenSearch")
    number = str(version.get("number", ""))
    if _release(number) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise ClusterRefused(f"it is OpenSearch {number}, and has to be {oldest} or later")


def check_index(client: OpenSearch, prefix: str, analyzer: str, scoring: Scoring) -> str | None:
    """Why the index that is searched has to be made anew, which the indexer does by itself; None if it has
    not, and where there is no index yet.

    Raises AliasAmbiguous, MappingWrong, ClusterRefused and ClusterUnavailable.
    """
    with _as_ours():
        found = find_all(client, prefix)
    try:
        one = searched(found)
        published = one.state()
    except GenerationMissing:
        return None
    except (GenerationStale, GenerationDamaged) as error:
        return str(error)
    _check_mapping(client, one)
    if published.analyzer != analyzer:
        return f"the index {one.generation.index} was made with other words, or another way to cut them"
    if published.scoring != scoring:
        return f"the index {one.generation.index} was made for other constants of the score"
    return None


def check_searched(client: OpenSearch, prefix: str) -> None:
    """What of `check_index` a machine can say that has no analyzer yet. Raises what that does."""
    with _as_ours():
        found = find_all(client, prefix)
    # What is missing or out of date is made anew elsewhere, and waited for.
    with suppress(GenerationMissing, GenerationStale, GenerationDamaged):
        one = searched(found)
        one.state()
        _check_mapping(client, one)


def check_rights(client: OpenSearch, prefix: str) -> None:
    """Raises ClusterRefused where the user may not write indexes of this name, and ClusterUnavailable.

    What is asked for to see that cannot be done, so it changes nothing: the cluster looks at the right first.
    """
    nothing = Generation(prefix, NO_GENERATION)
    with _as_ours():
        # An index without shards is refused to everybody who may make one.
        with suppress(RequestError):
            client.indices.create(
                index=nothing.index, body={"settings": {"number_of_shards": 0}}, request_timeout=SECONDS
            )
        answer = client.bulk(
            body=[{"delete": {"_id": "-"}}],
            index=nothing.write_alias,
            params={"require_alias": "true"},
            request_timeout=SECONDS,
        )
    for item in answer["items"]:
        error = item["delete"].get("error", {})
        if error.get("type") == _NO_RIGHT:
            raise ClusterRefused(_lacking(str(error.get("reason", ""))))


@contextmanager
def _as_ours() -> Iterator[None]:
    """As `as_ours`, and says what is wrong with the user."""
    with as_ours():
        try:
            yield
        except AuthenticationException:
            raise ClusterRefused("it does not know this user, or the password is another one") from None
        except AuthorizationException as error:
            if may_pass(error.status_code, error_type(error)):
                raise
            raise ClusterRefused(_lacking(reason(error))) from None


def _lacking(said: str) -> str:
    return f"the user lacks a right ({said}); docs/opensearch.md has a role with all that are needed"


def _release(number: str) -> tuple[int, int]:
    parts = number.split(".")[:2]
    if len(parts) == len(OLDEST) and all(part.isdecimal() for part in parts):
        return int(parts[0]), int(parts[1])
    return (0, 0)


def _check_mapping(client: OpenSearch, one: Found) -> None:
    index = one.generation.index
    with _as_ours():
        answer = client.indices.get_mapping(index=index, request_timeout=SECONDS)
    there: dict[str, Any] = answer[index]["mappings"]
    wanted = fields()
    differing = sorted(_differing(there.get("properties", {}), wanted["properties"]))
    if there.get("dynamic") != "strict":
        differing.append("fields that come by themselves")
    kept_out = set(there.get("_source", {}).get("excludes", ()))
    if kept_out != set(wanted["_source"]["excludes"]):
        differing.append("what is kept of an article")
    if differing:
        raise MappingWrong(index, ", ".join(differing))


def _differing(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """The names of the fields that one lacks, or that are not alike."""
    yield from there.keys() ^ wanted.keys()
    for name in there.keys() & wanted.keys():
        if _told(there[name]) != _told(wanted[name]):
            yield name


def _told(field: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if key not in _LEFT_OUT or value != _LEFT_OUT[key]}
