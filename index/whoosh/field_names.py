"""The names of the fields in a Whoosh index, as its schema and its readers spell them.

Beside them stand the keyword and date fields, under their own names (`index.documents`).
"""

from typing import Final

ID: Final = "id"
"""Postings, and by document: the article's id."""
WORDS: Final = "words"
"""Postings: words with their weighted frequency. Lengths: weighted words."""
CHARACTERS: Final = "characters"
"""Postings: characters with their positions."""
CLUSTER: Final = "cluster"
"""By document: the number of its cluster of copies."""
