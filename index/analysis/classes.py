"""The classes of characters that cutting into words tells apart."""

import unicodedata
from collections.abc import Callable

from index.text.characters import code_ranges


def is_ideograph(char: str) -> bool:
    """True for the Han characters of the Basic Multilingual Plane."""
    return "\u3400" <= char <= "\u9fff" or char == "\u3007" or "\uf900" <= char <= "\ufaff"


def stands_alone(char: str) -> bool:
    """True for what is a word by itself: symbols, private and unassigned characters, all above U+FFFF."""
    return char > "\uffff" or unicodedata.category(char)[0] in "SC"


def is_letter(char: str) -> bool:
    """True for letters, their marks and decimal digits of any script but Han."""
    category = unicodedata.category(char)
    return (category[0] in "LM" or category == "Nd") and not is_ideograph(char)


def character_set(belongs: Callable[[str], bool]) -> str:
    """The characters of the Basic Multilingual Plane that belong, as the inside of a set of `re`."""
    return code_ranges(code for code in range(0x10000) if belongs(chr(code)))
