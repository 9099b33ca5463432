"""Refuses what a forgiving reading would take for text."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from search.errors import QuerySyntax, UnknownField, WildcardTooBroad
from search.results import Notice, NoticeKind

_ERRORS: Final[Mapping[NoticeKind, type[QuerySyntax]]] = MappingProxyType(
    {
        NoticeKind.UNKNOWN_FIELD: UnknownField,
        NoticeKind.WILDCARD_TOO_BROAD: WildcardTooBroad,
    }
)
"""Kinds of notice with an error of their own; all others are bad syntax."""


def refuse(notices: Sequence[Notice]) -> None:
    """Raises QuerySyntax, UnknownField or WildcardTooBroad for the first notice, where there is one."""
    for notice in notices:
        raise _ERRORS.get(notice.kind, QuerySyntax)(notice.text, notice.span)
