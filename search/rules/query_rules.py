"""What people say about queries in files, beside the program's own rules."""

from dataclasses import dataclass, field

from search.expansion.expander import Expander
from search.rules.pinned import PinnedResults


@dataclass(frozen=True, slots=True)
class QueryRules:
    """How runs can be written otherwise, and which articles stand on top. Immutable, safe to share."""

    expander: Expander
    pinned: PinnedResults = field(default_factory=PinnedResults)
    version: str = ""
    """Differs where what the files say does."""
