"""The names of the fields in a Whoosh index, as the writing and the reading half spell them.

Beside them stand the keyword fields, under their own names (`index.documents.KEYWORD_FIELDS`).
"""

from typing import Final

ID: Final = "id"
"""Postings: the article's id."""
ID_VALUE: Final = "id_value"
"""Column: the same id, by document."""
WORDS: Final = "words"
"""Postings: words with their weighted frequency."""
CHARACTERS: Final = "characters"
"""Postings: characters with their positions."""
RECORD: Final = "record"
"""Column: see `Record`."""
