"""Which query language this program reads."""

from typing import Final

GRAMMAR: Final = 1
"""The number of the query language of `docs/query-language.md` and of the parameters of a search. A saved
search keeps the number that it was written in. What could be read before may become more, with the same
number; a change that reads a query of before in another way needs the next one."""

READABLE: Final = frozenset({GRAMMAR})
"""The numbers whose queries still mean what they did when they were written."""
