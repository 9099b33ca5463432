"""What the versions of changes are for: the same changes over a line that brings them late and once more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.opensearch_faults.articles import changing, changing_id
from benchmarks.opensearch_faults.contents import Contents, compared
from benchmarks.opensearch_faults.late_line import LateLine, Rewrite, late_line
from benchmarks.opensearch_faults.site import Site
from index.opensearch.generations import Generation

STAYING: Final = range(20, 60)
GOING: Final = range(10)
COMING_BACK: Final = range(10, 20)
CHANGED: Final = range(20, 40)


@dataclass(frozen=True, slots=True)
class Repeated:
    """What is in the index when the first batch, of all articles, has come once more, and when the batch of
    deletions has come behind it."""

    after_articles: Contents
    after_deletions: Contents

    @property
    def hold(self) -> bool:
        return self.after_articles.hold and self.after_deletions.hold

    def line(self, variant: str) -> str:
        """The figures."""
        one, other = self.after_articles, self.after_deletions
        return (
            f"control, {variant}: {one.stored} articles; late articles: {one.lost} lost, {one.back} "
            f"brought back, {len(one.differences)} differences; late deletions: {other.lost} lost, "
            f"{other.back} brought back, {len(other.differences)} differences"
        )


def repeated(site: Site, rewrite: Rewrite) -> Repeated:
    """Index, delete and change articles over such a line, and let two batches come again."""
    with _over_a_late_line(site, rewrite) as (late, line):
        late.ingest((changing(number, 0) for number in (*GOING, *COMING_BACK, *STAYING)), "first")
        late.delete(changing_id(number) for number in (*GOING, *COMING_BACK))
        late.index()
        late.ingest((changing(number, 1) for number in (*COMING_BACK, *CHANGED)), "second")
        articles, deletions, *_ = range(len(line.batches))
        line.bring_again(articles)
        after_articles = compared(site)
        line.bring_again(deletions)
        return Repeated(after_articles, compared(site))


@contextmanager
def _over_a_late_line(site: Site, rewrite: Rewrite) -> Iterator[tuple[Site, LateLine]]:
    with late_line(site.target.urls[0], Generation(site.target.prefix, 1).write_alias, rewrite) as line:
        yield replace(site, target=replace(site.target, urls=(line.url,))), line
