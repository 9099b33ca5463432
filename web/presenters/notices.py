"""Notices in words."""

from search.results import Notice
from web.texts import say


def notice_message(notice: Notice, repaired: str | None) -> str:
    """What was read differently, in the interface's language; `repaired` is the form that was searched."""
    return say(f"notice.{notice.kind.value}", text=notice.text, repaired=repaired or notice.text)
