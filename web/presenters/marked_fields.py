"""The marks of an article as the API tells them, by the part that they are in."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from index.article import Part
from search.results import OtherMark, ReadPart, Span
from web.api.answers.articles import OtherMarkAnswer, ReadPartAnswer


def read_part(part: ReadPart) -> ReadPartAnswer:
    """How one part of the query was read."""
    return ReadPartAnswer(
        kind=part.kind,
        text=part.text,
        span=part.span,
        field=UNSET if part.field is None else part.field,
        gap=UNSET if part.gap is None else part.gap,
    )


def spans_by_field(highlights: Mapping[Part, Sequence[Span]]) -> dict[str, tuple[Span, ...]]:
    """The spans of each part that has any, by the name of the part."""
    return {part.value: tuple(highlights[part]) for part in Part if highlights.get(part)}


def other_marks_by_field(marks: Mapping[Part, Sequence[OtherMark]]) -> dict[str, tuple[OtherMarkAnswer, ...]]:
    """The highlights of each part that show another way to write what was typed, by the name of the part."""
    return {
        part.value: tuple(OtherMarkAnswer(mark.span, mark.typed, mark.text) for mark in marks[part])
        for part in Part
        if marks.get(part)
    }
