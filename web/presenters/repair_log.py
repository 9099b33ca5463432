"""Repairs as the API tells them."""

from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from index.article import Repair
from web.api.answers.articles import RepairSpanAnswer


def repair_spans(repairs: Iterable[Repair]) -> tuple[RepairSpanAnswer, ...]:
    """Each change of a text that is no part of an article."""
    return tuple(_span(repair, UNSET) for repair in repairs)


def article_repair_spans(repairs: Iterable[Repair]) -> tuple[RepairSpanAnswer, ...]:
    """Each change of an article with the field that it is in; None where that is not searched."""
    return tuple(_span(repair, None if repair.part is None else repair.part.value) for repair in repairs)


def _span(repair: Repair, field: str | UnsetType | None) -> RepairSpanAnswer:
    return RepairSpanAnswer(
        field=field,
        original=(repair.original_start, repair.original_length),
        repaired=(repair.start, repair.length),
        kind=repair.rule,
        certainty=repair.certainty,
        is_damage=repair.is_damage,
        before=repair.before,
        after=repair.after,
    )
