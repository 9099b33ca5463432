"""How values are made of what parsers give, and what is raised where bytes are not what they should be."""

from typing import Final, Generic, TypeVar

import msgspec

UNDECODABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""All that msgspec raises for what it cannot decode, for an `except`. It has errors of its own for most, but
leaves texts that are no UTF-8, and brackets that are too deep, to those of Python."""

T = TypeVar("T")


class Converter(Generic[T]):
    """Makes values of a type out of dicts, lists and plain values. Threads may share it.

    One is made, as every decoder of msgspec has to be, while its module is imported. msgspec looks at a class
    when something is first decoded into it, and what it has found by then another thread takes for all that
    there is: the second of two first answers would end the process
    (`tests/reliability/test_first_decoding.py`).
    """

    def __init__(self, kind: type[T]) -> None:
        msgspec.json.Decoder(kind)
        self._kind = kind

    def convert(self, value: object) -> T:
        """Raises msgspec.ValidationError."""
        return msgspec.convert(value, self._kind)
