"""What stands around the text of an article: similar ones, its citation, and the day of a print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.article import Article
from search.similar import SimilarResult
from web.parameters.query_string import Pair
from web.presenters.citation import citation_of, gb_t_7714
from web.presenters.dates import shown_day
from web.presenters.links import ris_href
from web.presenters.similar_articles import SimilarList, similar_list
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`citation` is a line of a reference list, `ris_href` leads to the same as a file; `printed` says when a
    print of the page was made."""

    similar: SimilarList
    citation: str
    ris_href: str
    printed: str


def surroundings(
    article: Article,
    similar: SimilarResult | None,
    query: Sequence[Pair],
    *,
    today: date,
    own_address: str | None,
    texts: Texts,
) -> Surroundings:
    """What stands around this article today; None: similar ones could not be looked for.

    `query` is what the reader came with, `own_address` that of the page, None where the site has none.
    """
    return Surroundings(
        similar=similar_list(similar, query, texts),
        citation=gb_t_7714(citation_of(article, today, own_address)),
        ris_href=ris_href(article.id),
        printed=texts.say("article.printed", date=shown_day(today, texts)),
    )
