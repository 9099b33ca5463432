"""The events of an ingest, for people and for programs."""

from collections.abc import Mapping

from msgspec import Struct

from index.dry_run import DryEvent, Prospect
from index.ingest import Event, Failed, Skipped, Stored, Summary
from index.stages import Stage
from web.commands.terminal import print_error, print_json, print_line
from web.parameters.query_string import readable


class FailedEvent(Struct, frozen=True, tag_field="event", tag="failed"):
    """An input that cannot be used."""

    location: str
    reason: str


class SkippedEvent(Struct, frozen=True, tag_field="event", tag="skipped"):
    """A part of an input that was left out on purpose."""

    location: str
    reason: str


class StoredEvent(Struct, frozen=True, kw_only=True, tag_field="event", tag="stored"):
    """A batch is safe on the disk; `sequence` is the newest change, `seconds` what each stage took."""

    new: int
    updated: int
    unchanged: int
    sequence: int
    seconds: Mapping[Stage, float]


class ProspectEvent(Struct, frozen=True, kw_only=True, tag_field="event", tag="prospect"):
    """With --dry-run: what would become of an article, and in how many places it would be repaired."""

    location: str
    id: str
    title: str
    outcome: str
    repairs: int


class SummaryEvent(Struct, frozen=True, kw_only=True, tag_field="event", tag="summary"):
    """How many inputs had each outcome, and what each stage took in all."""

    new: int
    updated: int
    unchanged: int
    failed: int
    skipped: int
    seconds: Mapping[Stage, float]


class IndexedEvent(Struct, frozen=True, tag_field="event", tag="indexed"):
    """The generation that holds what was stored; null while another process is indexing it."""

    generation: str | None


EventAnswer = FailedEvent | SkippedEvent | StoredEvent | ProspectEvent | SummaryEvent | IndexedEvent


def event_answer(event: Event | DryEvent) -> EventAnswer:
    """The event as programs are told of it."""
    match event:
        case Failed(location, reason):
            return FailedEvent(readable(str(location)), readable(reason))
        case Skipped(location, reason):
            return SkippedEvent(readable(str(location)), readable(reason))
        case Stored():
            return StoredEvent(
                new=event.new,
                updated=event.updated,
                unchanged=event.unchanged,
                sequence=event.sequence,
                seconds=event.seconds,
            )
        case Prospect():
            return ProspectEvent(
                location=readable(str(event.location)),
                id=event.id,
                title=event.title,
                outcome=event.outcome.name.lower(),
                repairs=event.repairs,
            )
        case Summary():
            return SummaryEvent(
                new=event.new,
                updated=event.updated,
                unchanged=event.unchanged,
                failed=event.failed,
                skipped=event.skipped,
                seconds=event.seconds,
            )


def print_event(event: Event | DryEvent) -> None:
    """An ingest event as a line of JSON."""
    print_json(event_answer(event))


def show_event(event: Event | DryEvent) -> None:
    """An ingest event for people: failures as they come, the counts at the end."""
    match event:
        case Failed(location, reason):
            print_error(f"{location}: {reason}")
        case Summary():
            skipped = f", {event.skipped} skipped" if event.skipped else ""
            print_line(
                f"{event.new} new, {event.updated} updated, {event.unchanged} unchanged, "
                f"{event.failed} failed{skipped}"
            )
        case Prospect():
            repairs = f", {event.repairs} repairs" if event.repairs else ""
            print_line(f"{event.location}: {event.outcome.name.lower()}{repairs}: {event.title}")
        case Skipped(location, reason):
            print_error(f"{location}: skipped: {reason}")
        case Stored():
            pass
