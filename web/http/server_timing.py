"""The Server-Timing header: what an answer took, in stages that a browser shows."""

from search.timings import Timings


def server_timing(timings: Timings, *, render_ms: float, beside_ms: float | None = None) -> str:
    """The value of the header, in milliseconds: the stages of a search, and making the answer of it.

    `beside_ms` is what a page shows beside its hits; None where the answer has nothing beside them.
    """
    stages = {
        "parse": timings.parse,
        "engine": timings.engine,
        "fetch": timings.fetch,
        "snippets": timings.snippets,
        **({} if beside_ms is None else {"beside": beside_ms}),
        "render": render_ms,
    }
    return ", ".join(f"{stage};dur={duration:.2f}" for stage, duration in stages.items())
