"""The id of an article depends on what the article is, not on where it was found."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from index.describe.identity import derived_id, is_id
from index.describe.times import CHINA
from index.text.folding import Folding

FOLDING = Folding.load()
MORNING = datetime(2024, 10, 14, 8, tzinfo=CHINA)


@dataclass(frozen=True)
class Facts:
    url: str | None = None
    source: str | None = "湖北日報"
    published: datetime | None = MORNING
    title: str = "創新"
    original: tuple[str, ...] = ("創新\n文",)


def id_of(facts: Facts) -> str:
    return derived_id(
        url=facts.url,
        source=facts.source,
        published=facts.published,
        title=facts.title,
        original=facts.original,
        folding=FOLDING,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            Facts(original=("x",)), Facts(original=("y",)), id="text, where source, time and title are known"
        ),
        pytest.param(Facts(title="創新"), Facts(title="创新"), id="script of the title"),
        pytest.param(
            Facts(published=MORNING), Facts(published=MORNING.astimezone(UTC)), id="offset of the time"
        ),
        pytest.param(
            Facts(url="u", title="a"), Facts(url="u", title="b"), id="title, where the url is known"
        ),
        pytest.param(Facts(url="u", published=None), Facts(url="u"), id="time, where the url is known"),
        pytest.param(Facts(url="u", source=None), Facts(url="u", source=""), id="no source and an empty one"),
        pytest.param(
            Facts(source=None), Facts(source=None, title="z"), id="title, where the source is missing"
        ),
    ],
)
def test_does_not_depend_on(one: Facts, other: Facts) -> None:
    assert id_of(one) == id_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Facts(url="u"), Facts(url="v"), id="url"),
        pytest.param(Facts(url="u", source="a"), Facts(url="u", source="b"), id="source with a url"),
        pytest.param(Facts(source="a"), Facts(source="b"), id="source"),
        pytest.param(Facts(published=MORNING), Facts(published=MORNING.replace(hour=9)), id="time"),
        pytest.param(Facts(title="a"), Facts(title="b"), id="title"),
        pytest.param(
            Facts(title="", original=("x",)), Facts(title="", original=("y",)), id="text without a title"
        ),
        pytest.param(
            Facts(published=None, original=("x",)),
            Facts(published=None, original=("y",)),
            id="text without a time",
        ),
        pytest.param(
            Facts(source=None, original=("ab", "c")),
            Facts(source=None, original=("a", "bc")),
            id="border of texts",
        ),
    ],
)
def test_depends_on(one: Facts, other: Facts) -> None:
    assert id_of(one) != id_of(other)


def test_form_of_a_derived_id() -> None:
    made = id_of(Facts())
    assert len(made) == 24
    assert set(made) <= set("0123456789abcdef")
    assert is_id(made)


def test_derived_ids_stay_as_they_were_released() -> None:
    assert id_of(Facts(url="https://news.example/1")) == "bef5d774050b131e5d8112d3"
    assert id_of(Facts()) == "4b8b2b66c5a30150b682e492"
    assert id_of(Facts(source=None)) == "7b2b5ea3e8bce94ab5e1242d"


@pytest.mark.parametrize("text", ["a", "hebei_gov-000001", "A.b:c-9", "x" * 128, "..a", "a..", ".-", ":"])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "a b", "a/b", "湖北", "a\n", "x" * 129, "é", ".", "..", "." * 128, ".\n"], ids=repr
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)
