"""What PDF and Word files have in common: lines, and properties that say little."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from index.readers.documents.parsed import PageMeta, ParsedPage, TextWriter

_SHORTEST_TITLE: Final = 6
"""Characters of a title that is believed (as in index.describe.head)."""

_YEAR = re.compile(r"(?:19|20|１９|２０)[0-9０-９]{2}\s*[年/.\-]|[一二][〇○零0-9一二三四五六七八九]{3}\s*年")
_WHITE = re.compile(r"\s+")


def page_of(
    lines: Sequence[str], *, title_line: int | None, title: str | None, created: datetime | None
) -> ParsedPage:
    """The page of these lines. `title_line` is the line that the file calls its title.

    The title among its properties counts only where a line is the same: templates and programs write there
    what they like. The day on which the file was made is its date only where its text names no year.
    """
    writer = TextWriter()
    stretches = writer.lines(lines)
    if title_line is None and title is not None and len(title) >= _SHORTEST_TITLE:
        same = _WHITE.sub("", title)
        title_line = next((i for i, line in enumerate(lines) if _WHITE.sub("", line) == same), None)
    dated = created is not None and not any(_YEAR.search(line) for line in lines)
    meta = PageMeta(
        lines_end=writer.end,
        title=None if title_line is None else stretches[title_line],
        published=created.isoformat(" ", "seconds") if dated and created is not None else None,
    )
    return ParsedPage(writer.text, meta)
