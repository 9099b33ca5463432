"""JSON objects to records, with the keys of a record or with foreign ones that were mapped."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import msgspec

from index.decoding import UNDECODABLE
from index.readers.cells import LISTS, entries
from index.readers.mapping import FieldMap
from index.readers.record import ANY_OBJECT, Record, check_keys, decode_record, refused_json
from index.readers.refusal import Refusal, RefusedRecord

JSON: Final = "application/json"
"""The media type of an original that is a JSON object."""

_TEXT: Final = msgspec.json.Decoder(str)


@dataclass(frozen=True, slots=True)
class ReadObject:
    """A record, and the keys of the object that had no place in it."""

    record: Record
    unused: tuple[str, ...] = ()


ObjectReading = Callable[[bytes], ReadObject]
"""Makes a record of a JSON object in UTF-8; raises RefusedRecord."""


def plain_object(data: bytes) -> ReadObject:
    """The record of an object that has the keys of a record and no others."""
    return ReadObject(decode_record(data))


def mapped_objects(field_map: FieldMap) -> ObjectReading:
    """How objects are read where this was said of their keys.

    Where nothing was said an unknown key is refused: it is likelier a slip than a foreign form. Else names
    are understood as those of columns are, numbers are taken as they are written, and the other keys are
    named.
    """
    return partial(_mapped, field_map) if field_map.given else plain_object


def _mapped(field_map: FieldMap, data: bytes) -> ReadObject:
    try:
        values = ANY_OBJECT.decode(data)
    except UNDECODABLE as error:
        raise refused_json(data, error) from error
    check_keys(data)
    names = field_map.renamed(values)
    if not any(key in names for key, _ in field_map.given):
        wanted = ", ".join(column for _, column in field_map.given)
        there = ", ".join(values)[:400]
        raise RefusedRecord(Refusal.UNKNOWN_KEY, f"there is none of the keys {wanted}; the keys are: {there}")
    if "id" in names and not field_map.means_id(bytes(values[names["id"]]).decode().strip('"')):
        del names["id"]
    renamed = {key: _value(key, bytes(values[name])) for key, name in names.items()}
    used = set(names.values())
    return ReadObject(
        decode_record(msgspec.json.encode(renamed)), tuple(key for key in values if key not in used)
    )


def _value(key: str, value: bytes) -> object:
    """A number as the text that it is written as, a text for a list as its entries; all else unchanged."""
    if key in LISTS and value.startswith(b'"'):
        return entries(key, _TEXT.decode(value))
    if value[:1] in b"-0123456789":
        return value.decode()
    return msgspec.Raw(value)
