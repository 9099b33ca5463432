"""The pieces of an article that get a vector each."""

from dataclasses import dataclass
from hashlib import blake2b

from index.article import Article


@dataclass(frozen=True, slots=True)
class PassageRule:
    """`characters` is how long a passage is at most, `most` how many an article has at most.

    Both as measured with `benchmarks.semantic`; docs/semantic.md has the table.
    """

    characters: int = 256
    most: int = 3

    def __post_init__(self) -> None:
        if self.characters < 1 or self.most < 1:
            raise ValueError(f"a passage needs a character, an article a passage: {self}")

    def passages(self, article: Article) -> tuple[str, ...]:
        """Title, lead and body one behind the other, cut; white space is one blank. Empty for an article of
        nothing else."""
        text = " ".join(" ".join((article.title, article.lead, article.body)).split())
        starts = range(0, min(len(text), self.characters * self.most), self.characters)
        return tuple(text[start : start + self.characters] for start in starts)


DEFAULT_RULE = PassageRule()


def digest_of(passages: tuple[str, ...]) -> str:
    """The same for the same passages, and for no others that anybody will meet: 16 hex digits."""
    return blake2b("\0".join(passages).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
