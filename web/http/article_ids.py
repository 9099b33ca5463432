"""Which texts can be the id of an article."""

from index.describe.identity import ID_FORM, is_id
from search.errors import ArticleNotFound


def checked_id(text: str) -> str:
    """The text, if it can be an id; raises ArticleNotFound if no article can ever have it."""
    if not is_id(text):
        raise ArticleNotFound(f"an id is {ID_FORM}")
    return text
