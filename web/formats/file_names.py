"""What a file is called that a search is sent as: by what it holds, and of which day."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote

from index.describe.times import CHINA
from web.parameters.query_string import Pair

PROGRAM: Final = "policy-search"
NAMING: Final = ("q", "region", "topic", "source", "agency", "document_type", "year")
"""Parameters whose values tell files of one query from each other."""
LONGEST: Final = 60
"""Code points of the query in a name: 180 bytes of Chinese, and file systems take 255 in all."""

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def content_disposition(pairs: Sequence[Pair], committed: datetime | None, ending: str) -> str:
    """The header that has a browser keep the answer to a search as a file (RFC 6266).

    Programs that know no other names get one in ASCII. Of the values nothing but letters and digits gets
    into a name, so none ends the header, a folder or the name.
    """
    day = () if committed is None else (committed.astimezone(CHINA).date().isoformat(),)
    plain = "-".join((PROGRAM, *day))
    words = "-".join(value for name in NAMING for key, value in pairs if key == name)
    slug = _BETWEEN_WORDS.sub("-", words)[:LONGEST].strip("-")
    full = "-".join(part for part in (PROGRAM, slug, *day) if part)
    extended = f"; filename*=UTF-8''{quote(f'{full}.{ending}', safe='')}" if slug else ""
    return f'attachment; filename="{plain}.{ending}"{extended}'
