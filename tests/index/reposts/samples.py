"""Invented texts for the tests of copies: of the same number the same, of two numbers unlike."""

import random
from datetime import datetime, timedelta, timezone

from index.article import Article, Script

CHINA = timezone(timedelta(hours=8))
DAY = datetime(2024, 10, 14, 15, 46, 51, tzinfo=CHINA)
LONG = 600
SHORT = 120


def text_of(number: int, characters: int = LONG) -> str:
    """So many ideographs drawn at random, a comma after each 20."""
    draw = random.Random(number)
    drawn = "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(characters))
    return "，".join(drawn[start : start + 20] for start in range(0, characters, 20))


def article(
    article_id: str,
    body: str,
    *,
    title: str = "",
    lead: str = "",
    published: datetime | None = DAY,
    source: str | None = "湖北日报",
) -> Article:
    """An article with this text and little else."""
    return Article(
        id=article_id,
        title=title,
        lead=lead,
        body=body,
        tags=(),
        url=None,
        source=source,
        origin=None,
        category=(),
        notice="",
        related=(),
        published=published,
        script=Script.HANS,
        region_hint=None,
    )
