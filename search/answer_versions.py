"""What the answer to a search depends on, as a text: while that stays the same, so does the answer."""

from dataclasses import dataclass

from index.article_reader import ArticleReader
from search.cursors import fingerprint
from search.engine import Snapshot
from search.planning.recency import DAY
from search.ranking import Ranking


@dataclass(frozen=True, slots=True)
class AnswerVersions:
    """Of one service. `setup` names all that it answers by and that never changes while it lives."""

    articles: ArticleReader
    ranking: Ranking
    setup: str

    def of(self, snapshot: Snapshot, now: float) -> str:
        """The version of answers in this state of the index; `now` in seconds since 1970 UTC.

        Articles are shown as they are stored now, which may be newer than the index, so the newest entry of
        their journal counts too. Its fingerprint tells it from the entry of another journal with the same
        number, such as that of a restored database.
        """
        stored = self.articles.newest_entry()
        today = int(now) // DAY if self.ranking.recency_days else None
        return fingerprint((snapshot.generation, snapshot.sequence, stored, self.setup, today)).hex()


def setup_version(analyzer: str, rules: str, ranking: Ranking) -> str:
    """What differs where the words of the analyzer, the rules for queries or the ranking do."""
    return fingerprint((analyzer, rules, ranking)).hex()
