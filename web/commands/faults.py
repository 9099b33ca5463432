"""What is wrong with the options of a command, told as the query interface tells it."""

from collections.abc import Iterator

from web.commands.spoken import TEXTS
from web.errors import BadParameters


def fault_lines(error: BadParameters) -> Iterator[str]:
    """A line for each fault, and one for each value that can be given instead."""
    for fault in error.faults:
        yield f"{fault.parameter}: {TEXTS.tell(fault.detail)}"
        for alternative in fault.alternatives:
            yield f"  {alternative}"
