"""The language that the command line speaks."""

from typing import Final

from web.texts.text import Language
from web.texts.texts import Texts

TEXTS: Final = Texts(Language.EN)
"""Like its help, its options and its log."""
