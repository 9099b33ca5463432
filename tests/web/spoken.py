"""The texts of each language, for tests that say them."""

from web.texts.text import Language
from web.texts.texts import Texts

HANS = Texts(Language.HANS)
HANT = Texts(Language.HANT)
EN = Texts(Language.EN)
