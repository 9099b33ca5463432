"""What is raised where bytes are not the JSON or TOML that they should be."""

from typing import Final

import msgspec

UNDECODABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""All that msgspec raises for what it cannot decode, for an `except`. It has errors of its own for most, but
leaves texts that are no UTF-8, and brackets that are too deep, to those of Python."""
