"""How much an archive may hold, looked at before anything of it is unpacked."""

import io
import zipfile
from typing import Final

from index.readers.refusal import Refusal, RefusedRecord

MAX_UNPACKED: Final = 100 * 2**20
"""Bytes that all members of an archive may have together (the team's notes on Chinese text, 5.5)."""

MAX_RATIO: Final = 100
"""How many times its own size an archive may unpack to (the same)."""

MAX_MEMBERS: Final = 20_000
"""Members of an archive. Chosen by hand: an office file has fewer than a hundred."""


def check_zip(data: bytes) -> None:
    """Raise RefusedRecord where a zip archive is damaged, or would unpack to too much.

    The sizes are those that the archive states. `zipfile` never gives more of a member than its stated size,
    so an archive that lies about them cannot grow past the limits either.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except MemoryError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise nearly anything
        raise RefusedRecord(
            Refusal.BAD_ARCHIVE, f"it is no readable zip archive ({error}); fetch or save it again"
        ) from error
    if len(members) > MAX_MEMBERS:
        raise _too_large(f"it has {len(members):,} members, at most {MAX_MEMBERS:,} are read")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise _too_large(f"it unpacks to {unpacked >> 20:,} MiB, at most {MAX_UNPACKED >> 20} MiB are read")
    if unpacked > MAX_RATIO * len(data):
        raise _too_large(f"it unpacks to more than {MAX_RATIO} times its size")


def _too_large(explanation: str) -> RefusedRecord:
    return RefusedRecord(Refusal.ARCHIVE_TOO_LARGE, f"{explanation}; unpack it and hand over the files")
