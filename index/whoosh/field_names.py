"""The names of the fields in a Whoosh index, as the writing and the reading half spell them."""

from typing import Final

ID: Final = "id"
"""Postings: the article's id."""
ID_VALUE: Final = "id_value"
"""Column: the same id, by document."""
WORDS: Final = "words"
"""Postings: words with their weighted frequency."""
CHARACTERS: Final = "characters"
"""Postings: characters with their positions."""
SOURCE: Final = "source"
"""Postings: the folded source. A keyword filter names its field so."""
RECORD: Final = "record"
"""Column: see `Record`."""
