"""Notices in words."""

from collections.abc import Sequence
from typing import Final

from index.reposts.cluster import CopyCount
from search.expansion.alternative import Change
from search.results import Notice, Relaxed
from search.semantic.answer import SemanticAnswer, SemanticState
from web.texts.texts import Texts

SHOWN_SYNONYMS: Final = 8
"""As many as one run has; one line of a page."""


def synonyms_message(synonyms: Sequence[Change], texts: Texts) -> str:
    """Which other names and notations were looked for too, the first of them; empty if there are none."""
    others = tuple(dict.fromkeys(change.text for change in synonyms))[:SHOWN_SYNONYMS]
    return texts.say("results.synonyms", texts=others) if others else ""


def notice_message(notice: Notice, repaired: str | None, texts: Texts) -> str:
    """What was read differently, in the interface's language; `repaired` is the form that was searched."""
    return texts.say(f"notice.{notice.kind.value}", text=notice.text, repaired=repaired or notice.text)


def count_message(total: int, clusters: int, texts: Texts) -> str:
    """How many articles were found, and how many texts where copies are one hit."""
    if clusters == total:
        return texts.say("results.count", count=f"{total:,}")
    return texts.say("results.count_folded", count=f"{total:,}", clusters=f"{clusters:,}")


def copies_message(article_id: str, copies: CopyCount | None, texts: Texts) -> str:
    """How many other articles have the text of this one, and whether it is a repost; empty where none has.

    In an order by date a repost may be what stands for all copies.
    """
    if copies is None:
        return ""
    key = "results.copies" if copies.earliest == article_id else "results.copies_and_first"
    return texts.say(key, count=f"{copies.others:,}")


def semantic_messages(semantic: SemanticAnswer | None, total: int, texts: Texts) -> tuple[str, ...]:
    """That meaning was of no help, or what it alone found: `total` is what words found."""
    match semantic:
        case SemanticAnswer(state=SemanticState.LATE):
            return (texts.say("semantic.late"),)
        case SemanticAnswer(state=SemanticState.NO_VECTORS):
            return (texts.say("semantic.no-vectors"),)
        case SemanticAnswer(brought_in=brought_in) if brought_in:
            return (
                texts.say("semantic.more", count=f"{brought_in:,}") if total else texts.say("semantic.alone"),
            )
        case _:
            return ()


def relaxed_messages(
    relaxed: Relaxed | None, semantic: SemanticAnswer | None, texts: Texts
) -> tuple[str, ...]:
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
    messages = [texts.say(some, count=f"{count:,}") if count else texts.say("relaxed.none")]
    if relaxed.dropped:
        words = tuple(word.text for word in relaxed.dropped)
        messages.append(texts.say("relaxed.dropped", words=words))
    return tuple(messages)
