"""The files in a zip archive."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from index.readers.contents import read_contents
from index.readers.encodings import decode_fields
from index.readers.gzip_stream import Allowance
from index.readers.kinds import KINDS, form_of
from index.readers.mapping import FieldMap
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RefusedRow, Row, SkippedRow
from index.readers.unpacked import MAX_UNPACKED, check_zip

MAX_ARCHIVE: Final = MAX_UNPACKED
"""Bytes that an archive may have: with more it holds too much."""

_ENCRYPTED: Final = 0x1
_NAME_IS_UTF_8: Final = 0x800
"""Bits of a member's flags (the zip specification, 4.4.4)."""


def read_archive(data: bytes, source: str, field_map: FieldMap) -> Iterator[Row]:
    """The rows of the files in the archive, in the order in which it holds them.

    Hidden files and folders, and those that macOS adds, are passed over; each file that is not read is a row.
    """
    try:
        check_zip(data)
    except RefusedRecord as error:
        yield RefusedRow(Location(source), str(error))
        return
    allowance = Allowance(MAX_UNPACKED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        for member, name in zip(members, shown_names(members), strict=True):
            if not member.filename.endswith("/") and not _is_hidden(name):
                location = Location(f"{source}!{name}")
                yield from _read_member(archive, member, location, field_map, allowance)


def shown_names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names; where they do not say that they are UTF-8, as they most likely were written.

    Programs without Unicode write names in the encoding of the machine that they run on.
    """
    names = [member.filename for member in members]
    old = [place for place, member in enumerate(members) if not member.flag_bits & _NAME_IS_UTF_8]
    try:
        written = decode_fields([names[place].encode("cp437") for place in old])
    except (UnicodeEncodeError, RefusedRecord):  # told in a field of its own, or in no encoding known here
        return names
    for place, decoded in zip(old, written, strict=True):
        names[place] = decoded.text
    return names


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in name.split("/"))


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    location: Location,
    field_map: FieldMap,
    allowance: Allowance,
) -> Iterator[Row]:
    try:
        form = form_of(location.source)
        if form is None:
            yield SkippedRow(location, f"not one of {', '.join(KINDS)}")
            return
        if member.flag_bits & _ENCRYPTED:
            yield RefusedRow(location, f"{Refusal.ENCRYPTED}: the file has a password; unpack it first")
            return
        with archive.open(member) as stream:
            yield from read_contents(stream, form, location, field_map, allowance)
    except RefusedRecord as error:
        yield RefusedRow(location, str(error))
    except MemoryError:
        raise
    except Exception as error:  # a damaged member makes zipfile raise nearly anything
        explanation = f"{type(error).__name__}: {str(error)[:200]}"
        yield RefusedRow(location, f"{Refusal.BAD_ARCHIVE}: {explanation}; fetch or save the archive again")
