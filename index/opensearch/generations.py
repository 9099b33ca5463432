"""The generations of a prefix: their names, which there are, and what each says of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.opensearch.errors import AliasAmbiguous, ClusterUnavailable
from index.opensearch.failures import as_ours
from index.opensearch.published import FORMAT, MetaInvalid, Published, Stage, decode, encode

_DIGITS = 6

TIMEOUT: Final = 30.0
"""Seconds for one request."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation by its number, of the indexes whose names begin with `prefix`."""

    prefix: str
    number: int

    @classmethod
    def of_index(cls, prefix: str, name: str) -> "Generation | None":
        """That of the index of this name; None where it is none with this prefix."""
        beginning, _, number = name.rpartition("-")
        is_one = beginning == prefix and len(number) == _DIGITS and number.isascii() and number.isdigit()
        return cls(prefix, int(number)) if is_one else None

    @property
    def index(self) -> str:
        """The name of its index."""
        return f"{self.prefix}-{self.number:0{_DIGITS}}"

    @property
    def write_alias(self) -> str:
        """The name that is written to: gone with the generation, where a write to the name of an index that
        is gone would make another."""
        return f"{self.prefix}-w-{self.number:0{_DIGITS}}"

    def name_of(self, commit: int) -> str:
        """A commit of it as callers know it, such as `3.118`."""
        return f"{self.number}.{commit}"


@dataclass(frozen=True, slots=True)
class Found:
    """A generation that is there, and what it says of itself; `fault`: why that cannot be read, where it
    cannot.

    `is_searched`: the alias of readers leads to it.
    """

    generation: Generation
    published: Published | None
    is_searched: bool
    fault: str | None = None
    is_of_other_format: bool = False

    @property
    def is_unfinished(self) -> bool:
        """It was begun, and never made live."""
        return self._stage is Stage.BUILDING and not self.is_searched

    @property
    def is_finished(self) -> bool:
        """It was made live once, and nothing is known to be wrong with it."""
        return self._stage in {Stage.FINISHED, Stage.FALLBACK}

    @property
    def is_live(self) -> bool:
        """It is searched, and to be brought up to date."""
        return self.is_searched and self._stage is Stage.FINISHED

    @property
    def is_kept(self) -> bool:
        """It is finished, or nobody knows how far it got."""
        return self.is_finished or self.published is None

    @property
    def _stage(self) -> Stage | None:
        return None if self.published is None else self.published.stage

    @property
    def name(self) -> str:
        """As callers know it; the number alone where no commit is known."""
        if self.published is None:
            return str(self.generation.number)
        return self.generation.name_of(self.published.commit)

    def state(self) -> Published:
        """What it says of itself. Raises GenerationStale where another format wrote it, and
        GenerationDamaged."""
        if self.published is not None:
            return self.published
        if self.is_of_other_format:
            raise GenerationStale(
                f"the index {self.generation.index} was made by another version of this program; "
                "run `policy-search rebuild`"
            )
        raise GenerationDamaged(self.generation.index, self.fault or "it says nothing of itself")


def find_all(client: OpenSearch, prefix: str, seconds: float = TIMEOUT) -> tuple[Found, ...]:
    """All generations of a prefix: the one that readers use first, then by number, newest first.

    So many `seconds` the cluster has for its answer. Raises ClusterUnavailable and ClusterRefused.
    """
    return in_order(_found(generation, body) for generation, body in indexes(client, prefix, seconds))


def indexes(client: OpenSearch, prefix: str, seconds: float) -> Iterator[tuple[Generation, dict[str, Any]]]:
    """The indexes that are generations of a prefix, each with its aliases and its `_meta`.

    So many `seconds` the cluster has for its answer. Raises ClusterUnavailable and ClusterRefused.
    """
    with as_ours():
        answer = client.indices.get(
            index=f"{prefix}-*",
            params={
                "filter_path": "*.aliases,*.mappings._meta",
                "allow_no_indices": "true",
                "expand_wildcards": "open",
            },
            request_timeout=seconds,
        )
    for name, body in answer.items():
        if generation := Generation.of_index(prefix, name):
            yield generation, body


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """The one that readers use first, then by number, newest first."""
    return tuple(sorted(found, key=lambda one: (not one.is_searched, -one.generation.number)))


def searched(found: Iterable[Found]) -> Found:
    """The one that readers use. Raises GenerationMissing, and AliasAmbiguous where there are several."""
    those = [one for one in found if one.is_searched]
    if not those:
        raise GenerationMissing("no index has been built yet; run `policy-search rebuild`")
    if len(those) > 1:
        raise AliasAmbiguous(those[0].generation.prefix, [one.generation.index for one in those])
    return those[0]


def read(client: OpenSearch, generation: Generation) -> Published | None:
    """What a generation says of itself now; None where it is gone.

    Raises what `Found.state` does, ClusterUnavailable and ClusterRefused.
    """
    try:
        with as_ours():
            answer = client.indices.get_mapping(
                index=generation.index, params={"filter_path": "*.mappings._meta"}
            )
    except NotFoundError:
        return None
    return _found(generation, answer.get(generation.index, {})).state()


def write(client: OpenSearch, generation: Generation, published: Published) -> None:
    """Replace what a generation says of itself, in one step.

    Raises ClusterUnavailable, ClusterRefused and the client's NotFoundError.
    """
    write_meta(client, generation, encode(published))


def write_meta(client: OpenSearch, generation: Generation, meta: object) -> None:
    """Replace the `_meta` of an index, in one step. Raises as `write` does."""
    with as_ours():
        answer = client.indices.put_mapping(index=generation.index, body={"_meta": meta})
    check_acknowledged(answer)


def check_acknowledged(answer: dict[str, Any]) -> None:
    """Raises ClusterUnavailable where not all nodes have taken over a change of the cluster in time."""
    if not answer.get("acknowledged"):
        raise ClusterUnavailable("not all nodes have taken over a change in time")


def _found(generation: Generation, body: dict[str, Any]) -> Found:
    is_searched = generation.prefix in body.get("aliases", {})
    meta = body.get("mappings", {}).get("_meta", {})
    if meta.get("format") != FORMAT:
        is_other = isinstance(meta.get("format"), str)
        fault = f"it is of the format {meta['format']!r}" if is_other else "it says nothing of itself"
        return Found(generation, None, is_searched, fault, is_of_other_format=is_other)
    try:
        return Found(generation, decode(meta), is_searched)
    except MetaInvalid as error:
        return Found(generation, None, is_searched, f"what it says of itself cannot be read ({error})")
