"""The secret that whoever administers the service shows: only a digest of it is kept."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Final, Self

MIN_TOKEN: Final = 16
MAX_TOKEN: Final = 1_024
_FORM: Final = re.compile(rf"[A-Za-z0-9._~+/-]{{{MIN_TOKEN},{MAX_TOKEN}}}=*")
"""What can stand in an Authorization header (RFC 6750, 2.1), and is not too short to be guessed."""

TOKEN_BOUNDS: Final = f"{MIN_TOKEN} or more of the characters A-Z a-z 0-9 . _ ~ + / -"


@dataclass(frozen=True, slots=True)
class AdminToken:
    """Knows its token again and cannot tell it."""

    _digest: bytes = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """The token that this text is. Raises ValueError, without the text, where it cannot be one."""
        if not _FORM.fullmatch(text):
            raise ValueError(f"a token is {TOKEN_BOUNDS}")
        return cls(_digest(text))

    def matches(self, given: str) -> bool:
        """Whether this is the token; how long that takes does not depend on what is given."""
        return hmac.compare_digest(self._digest, _digest(given))

    @property
    def fingerprint(self) -> str:
        """Names the token where something belongs to whoever has it; 32 hexadecimal digits."""
        return hashlib.sha256(b"fingerprint:" + self._digest).hexdigest()[:32]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
