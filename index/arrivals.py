"""When articles came in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What is stored at one moment, as seen from an entry of the journal. Times are aware.

    `earliest` is when the first of the articles with a change behind that entry was first stored, `newest`
    when the newest entry of all was made; None where there is none.
    """

    earliest: datetime | None
    newest: datetime | None
