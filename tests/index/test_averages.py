"""How long an average article is."""

import math

import pytest

from index.article import Part
from index.averages import MEASURED_ARTICLES, START_CHARACTERS, Averages, measure
from index.documents import IndexDocument
from index.writer import START_AVERAGE_LENGTH


def document(number: int, *, words: int, title: int, body: int) -> IndexDocument:
    return IndexDocument(
        id=str(number),
        characters={Part.TITLE: "甲" * title, Part.BODY: "乙" * body},
        words={"甲": words} if words else {},
        keywords={},
        dates={},
        cluster=None,
    )


def test_many_articles_are_measured() -> None:
    found = measure(document(number, words=number, title=3, body=2 * number) for number in range(201))
    assert found == Averages(
        words=100.0, characters={Part.TITLE: 3.0, Part.LEAD: 0.0, Part.BODY: 200.0, Part.TAGS: 0.0}
    )


def test_the_words_of_a_few_say_little() -> None:
    few = [document(number, words=5, title=1, body=9) for number in range(MEASURED_ARTICLES)]
    assert measure(few[:-1]).words == START_AVERAGE_LENGTH
    assert measure(few).words == 5.0
    assert measure(few[:1]).characters[Part.BODY] == 9.0


def test_of_nothing_nothing_is_measured() -> None:
    assert measure([]) == Averages(words=START_AVERAGE_LENGTH, characters=START_CHARACTERS)


def test_articles_without_words_have_the_average_to_start_with() -> None:
    empty = (document(number, words=0, title=0, body=0) for number in range(MEASURED_ARTICLES))
    assert measure(empty).words == START_AVERAGE_LENGTH


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((Part.TITLE,), 20.5),
        ((Part.TITLE, Part.TITLE), 20.5),
        (tuple(Part), 21.75),
        ((Part.TAGS,), 1.0),
        ((Part.LEAD,), 1.25),
        ((), 1.0),
    ],
)
def test_parts_are_added_up(parts: tuple[Part, ...], expected: float) -> None:
    averages = Averages(characters={Part.TITLE: 20.5, Part.LEAD: 1.25, Part.BODY: 0.0})
    assert math.isclose(averages.of_parts(parts), expected)
