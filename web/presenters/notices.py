"""Notices in words."""

from collections.abc import Sequence
from typing import Final

from search.expansion.alternative import Change
from search.results import Notice, Relaxed
from web.texts import say

SHOWN_SYNONYMS: Final = 8
"""As many as one run has; one line of a page."""


def synonyms_message(synonyms: Sequence[Change]) -> str:
    """Which other names and notations were looked for too, the first of them; empty if there are none."""
    texts = tuple(dict.fromkeys(change.text for change in synonyms))[:SHOWN_SYNONYMS]
    return say("results.synonyms", texts=say("relaxed.joint").join(texts)) if texts else ""


def notice_message(notice: Notice, repaired: str | None) -> str:
    """What was read differently, in the interface's language; `repaired` is the form that was searched."""
    return say(f"notice.{notice.kind.value}", text=notice.text, repaired=repaired or notice.text)


def relaxed_messages(relaxed: Relaxed | None) -> tuple[str, ...]:
    """That hits have a part of what was asked for, and which words the page lacks; nothing of None."""
    if relaxed is None:
        return ()
    count = relaxed.strict_total
    messages = [say("relaxed.some", count=f"{count:,}") if count else say("relaxed.none")]
    if relaxed.dropped:
        words = say("relaxed.joint").join(word.text for word in relaxed.dropped)
        messages.append(say("relaxed.dropped", words=words))
    return tuple(messages)
