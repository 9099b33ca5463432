"""The parameters of admin requests, read; everything that is wrong with them is told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.article import Part
from index.regions.resolve import RegionResolver
from search.request import Collapse, Marking, Match, Reading, SearchRequest, Sort, Wording
from search.semantic.answer import SemanticMode
from web.admin.parameters import (
    ARTICLE_PARAMETERS,
    BATCH_PARAMETERS,
    CONFIRM,
    DAYS,
    DELETED_MATCH,
    DELETED_SYNONYMS,
    DELETION_PARAMETERS,
    DRY_RUN,
    GENERATION,
    MODE,
    NO_PARAMETERS,
    QUERY_LIMIT,
    REASON,
    REBUILD_PARAMETERS,
    REMOVAL_PARAMETERS,
    REPAIRED,
    ROLLBACK_PARAMETERS,
    RULES_PARAMETERS,
    WAIT,
    ZERO_HITS_PARAMETERS,
)
from web.admin.storing import Mode, Repairing
from web.parameters.defined.query import IN, YES, Q
from web.parameters.filters import read_filters
from web.parameters.kinds import ChoiceParameter
from web.parameters.query_string import Pair
from web.parameters.reader import ParameterReader
from web.parameters.requests import reader_of, refuse

PAGE: Final = 500
"""Articles that are looked at at once for deletion. By hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchParameters:
    """How a batch is taken in."""

    mode: Mode
    is_dry_run: bool
    repairing: Repairing
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionParameters:
    """What is to be deleted; `confirmed` is how many articles that has to be, 0: they are only counted."""

    request: SearchRequest
    confirmed: int
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesParameters:
    """How words or synonyms are taken over."""

    is_dry_run: bool
    waits: bool


def read_batch_parameters(pairs: Sequence[Pair]) -> BatchParameters:
    """Raises BadParameters, as all of these do."""
    reader = reader_of(pairs, BATCH_PARAMETERS)
    parameters = BatchParameters(
        mode=Mode(reader.choice(MODE)),
        is_dry_run=_is_on(reader, DRY_RUN),
        repairing=Repairing(reader.choice(REPAIRED)),
        waits=_is_on(reader, WAIT),
    )
    refuse(reader.faults)
    return parameters


def read_article_parameters(pairs: Sequence[Pair]) -> BatchParameters:
    """How one article is taken in: as one of a batch that takes the place of what is there."""
    reader = reader_of(pairs, ARTICLE_PARAMETERS)
    parameters = BatchParameters(
        mode=Mode.UPSERT,
        is_dry_run=False,
        repairing=Repairing(reader.choice(REPAIRED)),
        waits=_is_on(reader, WAIT),
    )
    refuse(reader.faults)
    return parameters


def read_removal(pairs: Sequence[Pair]) -> bool:
    """Whether to wait for the deletion of an article."""
    reader = reader_of(pairs, REMOVAL_PARAMETERS)
    waits = _is_on(reader, WAIT)
    refuse(reader.faults)
    return waits


def read_deletion(pairs: Sequence[Pair], regions: RegionResolver) -> DeletionParameters:
    """The articles that the query finds, read strictly: none that has a part alone, or is pinned."""
    reader = reader_of(pairs, DELETION_PARAMETERS)
    read = read_filters(reader, regions)
    parameters = DeletionParameters(
        request=SearchRequest(
            q=reader.text(Q),
            match=Match(reader.choice(DELETED_MATCH)),
            parts=tuple(map(Part, reader.names(IN))),
            reading=Reading.STRICT,
            wording=Wording.ANY if _is_on(reader, DELETED_SYNONYMS) else Wording.AS_TYPED,
            filters=read.filters,
            sort=Sort.NEWEST,
            limit=PAGE,
            snippets=0,
            marking=Marking.NONE,
            collapse=Collapse.NONE,
            semantic=SemanticMode.OFF,
        ),
        confirmed=reader.integer(CONFIRM),
        waits=_is_on(reader, WAIT),
    )
    refuse((*reader.faults, *read.faults))
    return parameters


def read_rules(pairs: Sequence[Pair]) -> RulesParameters:
    reader = reader_of(pairs, RULES_PARAMETERS)
    parameters = RulesParameters(is_dry_run=_is_on(reader, DRY_RUN), waits=_is_on(reader, WAIT))
    refuse(reader.faults)
    return parameters


def read_reason(pairs: Sequence[Pair]) -> str:
    """Why all articles are to be indexed anew; empty where that was not said."""
    reader = reader_of(pairs, REBUILD_PARAMETERS)
    reason = reader.text(REASON)
    refuse(reader.faults)
    return reason


def read_generation(pairs: Sequence[Pair]) -> str:
    """The name of a generation."""
    reader = reader_of(pairs, ROLLBACK_PARAMETERS)
    name = reader.text(GENERATION)
    refuse(reader.faults)
    return name


def read_zero_hits(pairs: Sequence[Pair]) -> tuple[int, int]:
    """Days, and how many queries at most."""
    reader = reader_of(pairs, ZERO_HITS_PARAMETERS)
    days, limit = reader.integer(DAYS), reader.integer(QUERY_LIMIT)
    refuse(reader.faults)
    return days, limit


def read_nothing(pairs: Sequence[Pair]) -> None:
    """Of what takes no parameters."""
    refuse(reader_of(pairs, NO_PARAMETERS).faults)


def _is_on(reader: ParameterReader, parameter: ChoiceParameter) -> bool:
    return reader.choice(parameter) == YES
