"""Match-time equality: the folded form of a text, as long as the text itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Folding:
    """Traditional to Simplified, width, case and variant forms, by one table.

    Laws: one code point gives exactly one code point, so an offset in the folded text is the offset in the
    text; folding twice changes nothing; concatenation and folding can change places. Immutable and safe to
    share between threads.
    """

    version: str
    """Digest of the table: texts folded under two versions cannot be compared."""
    _table: Mapping[int, int] = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Folding({self.version})"

    @classmethod
    def load(cls) -> "Folding":
        """The table that comes with this program."""
        lines = files("index").joinpath("data/folding.tsv").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t", 2)[:2] for line in lines if not line.startswith("#")]
        digest = sha256("\n".join(" ".join(row) for row in sorted(rows)).encode())
        return cls(digest.hexdigest()[:12], {int(key, 16): int(value, 16) for key, value in rows})

    def fold(self, text: str) -> str:
        """What the text is compared as; as many code points as the text has."""
        return text.translate(self._table)
