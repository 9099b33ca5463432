"""The formats of the answer to a search, and which of them a request wants."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from web.errors import NotAcceptable
from web.formats.accept import preferred_type


class Format(Enum):
    """A format; the values are what an address ends with."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"
    ATOM = "atom"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def is_export(self) -> bool:
        """Whether it is made to take many hits away."""
        return self in {Format.CSV, Format.NDJSON}


MEDIA_TYPES: Mapping[Format, str] = MappingProxyType(
    {
        Format.JSON: "application/json",
        Format.CSV: "text/csv",
        Format.NDJSON: "application/x-ndjson",
        Format.ATOM: "application/atom+xml",
    }
)
_BY_TYPE: Mapping[str, Format] = MappingProxyType(
    {
        **{media_type: format_ for format_, media_type in MEDIA_TYPES.items()},
        "application/ndjson": Format.NDJSON,  # what some clients call it; neither name is registered
    }
)


def wanted_format(suffix: str | None, accept: str) -> Format:
    """The format that the end of an address names, None where it names none, else the Accept header.

    Raises NotAcceptable for one that there is not.
    """
    if suffix is not None:
        try:
            return Format(suffix)
        except ValueError:
            raise NotAcceptable(f"an address of a search does not end with .{suffix}") from None
    media_type = preferred_type(accept, tuple(_BY_TYPE))
    if media_type is None:
        raise NotAcceptable(f"nothing that Accept: {accept} takes")
    return _BY_TYPE[media_type]
