"""Repairs as the API's JSON."""

from collections.abc import Iterable

from index.article import Repair


def repair_spans(repairs: Iterable[Repair]) -> list[dict[str, object]]:
    """Each change: where it was and is, what made it, and how sure that was."""
    return [
        {
            "original": (repair.original_start, repair.original_length),
            "repaired": (repair.start, repair.length),
            "kind": repair.rule,
            "certainty": repair.certainty.value,
            "is_damage": repair.is_damage,
            "before": repair.before,
            "after": repair.after,
        }
        for repair in repairs
    ]
