"""The events of an ingest, for people and for programs."""

import msgspec

from index.dry_run import DryEvent, Prospect
from index.ingest import Event, Failed, Skipped, Stored, Summary
from web.commands.terminal import print_error, print_json, print_line
from web.parameters.query_string import readable


def print_event(event: Event | DryEvent) -> None:
    """An ingest event as a line of JSON."""
    match event:
        case Failed(location, reason) | Skipped(location, reason):
            name = "failed" if isinstance(event, Failed) else "skipped"
            print_json({"event": name, "location": readable(str(location)), "reason": readable(reason)})
        case Stored():
            print_json({"event": "stored", **msgspec.to_builtins(event)})
        case Prospect():
            print_json(
                {
                    "event": "prospect",
                    "location": readable(str(event.location)),
                    "id": event.id,
                    "title": event.title,
                    "outcome": event.outcome.name.lower(),
                    "repairs": event.repairs,
                }
            )
        case Summary():
            print_json({"event": "summary", **msgspec.to_builtins(event)})


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
