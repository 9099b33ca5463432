"""The events of an ingest, for people and for programs."""

import msgspec

from index.ingest import Event, Failed, Skipped, Stored, Summary
from web.commands.terminal import print_error, print_json, print_line
from web.query_string import readable


def print_event(event: Event) -> None:
    """An ingest event as a line of JSON."""
    match event:
        case Failed(location, reason) | Skipped(location, reason):
            name = "failed" if isinstance(event, Failed) else "skipped"
            print_json({"event": name, "location": readable(str(location)), "reason": readable(reason)})
        case Stored():
            print_json({"event": "stored", **msgspec.to_builtins(event)})
        case Summary():
            print_json({"event": "summary", **msgspec.to_builtins(event)})


def show_event(event: Event) -> None:
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
        case Stored() | Skipped():
            pass
