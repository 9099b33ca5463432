"""Notices in words."""

from collections.abc import Sequence
from typing import Final

from index.reposts.cluster import CopyCount
from search.expansion.alternative import Change
from search.results import Notice, Relaxed
from search.semantic.answer import SemanticAnswer, SemanticState
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


def count_message(total: int, clusters: int) -> str:
    """How many articles were found, and how many texts where copies are one hit."""
    if clusters == total:
        return say("results.count", count=f"{total:,}")
    return say("results.count_folded", count=f"{total:,}", clusters=f"{clusters:,}")


def copies_message(copies: CopyCount | None) -> str:
    """How many other articles have the same text; empty where none has."""
    return "" if copies is None else say("results.copies", count=f"{copies.others:,}")


def semantic_messages(semantic: SemanticAnswer | None, total: int) -> tuple[str, ...]:
    """That meaning was of no help, or what it alone found: `total` is what words found."""
    match semantic:
        case SemanticAnswer(state=SemanticState.LATE):
            return (say("semantic.late"),)
        case SemanticAnswer(state=SemanticState.NO_VECTORS):
            return (say("semantic.no-vectors"),)
        case SemanticAnswer(brought_in=brought_in) if brought_in:
            return (say("semantic.more", count=f"{brought_in:,}") if total else say("semantic.alone"),)
        case _:
            return ()


def relaxed_messages(relaxed: Relaxed | None, semantic: SemanticAnswer | None = None) -> tuple[str, ...]:
    """That hits have a part of what was asked for, and which words the page lacks; nothing of None.

    Where meaning changed the order, those that have all of it are no longer first; a page behind the hits
    that it may change does not know whether it did.
    """
    if relaxed is None:
        return ()
    count = relaxed.strict_total
    match semantic:
        case SemanticAnswer(state=SemanticState.APPLIED):
            some = "relaxed.some_mixed"
        case SemanticAnswer(state=SemanticState.NOT_FOR_PAGE):
            some = "relaxed.some_behind"
        case _:
            some = "relaxed.some"
    messages = [say(some, count=f"{count:,}") if count else say("relaxed.none")]
    if relaxed.dropped:
        words = say("relaxed.joint").join(word.text for word in relaxed.dropped)
        messages.append(say("relaxed.dropped", words=words))
    return tuple(messages)
