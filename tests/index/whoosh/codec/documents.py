"""Random index documents for the tests of the codec."""

from random import Random

from index.article import Part
from index.documents import DATE_FIELDS, KEYWORD_FIELDS, IndexDocument

LETTERS = "科技创新协同发展，。的aé1" + "\N{CJK UNIFIED IDEOGRAPH-20BB7}"
WORDS = ("科技", "创新", "的", "a", "é", "长" * 40, "\N{CJK UNIFIED IDEOGRAPH-20BB7}", "协同发展")
LENGTHS = (0, 0, 1, 2, 5, 60, 255, 256, 257, 700)


def document(random: Random, article_id: str) -> IndexDocument:
    """A document that has something of everything, or nothing."""
    return IndexDocument(
        id=article_id,
        characters={part: "".join(random.choices(LETTERS, k=random.choice(LENGTHS))) for part in Part},
        words={
            word: random.choice((1, 2, 7, 254, 255, 256, 70_000)) for word in WORDS if random.random() < 0.4
        },
        keywords={
            field: tuple(random.sample(("甲", "乙", "丙", "a-1"), random.choice((0, 1, 1, 3))))
            for field in KEYWORD_FIELDS
        },
        dates={field: random.randrange(-(2**40), 2**40) for field in DATE_FIELDS if random.random() < 0.6},
        cluster=random.choice((None, 0, 1, 2**40)),
    )


def documents(random: Random, count: int, prefix: str = "") -> list[IndexDocument]:
    """Documents whose ids are in no order."""
    names = [f"{prefix}{number:03}" for number in range(count)]
    random.shuffle(names)
    return [document(random, name) for name in names]
