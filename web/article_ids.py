"""Which texts can be the id of an article."""

import re

from search.errors import ArticleNotFound

_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


def checked_id(text: str) -> str:
    """The text, if it can be an id; raises ArticleNotFound if no article can ever have it."""
    if _ID.fullmatch(text) is None:
        raise ArticleNotFound("an id has 1 to 128 of the characters A-Z a-z 0-9 . _ : -")
    return text
