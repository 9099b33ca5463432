"""`search`: hits on a terminal, marks coloured."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from index.article import Article, Part
from index.regions.tree import Regions
from search.results import Hit, Matched, SearchResult, Span
from web.commands.count_lines import print_values
from web.commands.spoken import TEXTS
from web.commands.terminal import MARK, printable
from web.presenters.dates import shown_time
from web.presenters.described import region_of
from web.presenters.facet_answer import facet_answers
from web.presenters.marks import segments
from web.presenters.notices import (
    copies_message,
    count_message,
    notice_message,
    relaxed_messages,
    semantic_messages,
    synonyms_message,
)


def show_result(result: SearchResult, console: Console, regions: Regions) -> None:
    """Print how the query was read, where that is not plain, and the hits."""
    for notice in result.notices:
        console.print(Text(printable(notice_message(notice, result.repaired, TEXTS)), style="italic"))
    messages = (
        *relaxed_messages(result.relaxed, result.semantic, TEXTS),
        *semantic_messages(result.semantic, result.total, TEXTS),
        synonyms_message(result.synonyms, TEXTS),
    )
    for message in messages:
        if message:
            console.print(Text(printable(message), style="italic"))
    last = result.offset + len(result.hits)
    shown = f", {result.offset + 1} to {last} shown" if result.hits else ""
    count = count_message(result.total, result.clusters, TEXTS)
    took = TEXTS.say("results.took", ms=f"{result.took_ms:.0f}")
    console.print(Text(f"{count}, {took}{shown}", style="dim"))
    for number, hit in enumerate(result.hits, result.offset + 1):
        console.print()
        console.print(_hit(number, hit, regions), soft_wrap=True)
    for field, facet in facet_answers(result.facets, regions).items():
        console.print()
        console.print(Text(f"{field}, {facet.distinct:,} values", style="dim"))
        print_values(console, facet.values)


def shown_facts(article: Article, regions: Regions, *others: str) -> str:
    """What is known of an article, and what else is to be said, on one line that ends with its id."""
    published = article.published
    known = (
        article.source,
        region_of(article, regions),
        TEXTS.say("results.undated") if published is None else shown_time(published, TEXTS).day,
        article.document.number,
        *others,
        article.id,
    )
    return printable(" · ".join(fact for fact in known if fact))


def _hit(number: int, hit: Hit, regions: Regions) -> Text:
    article = hit.article
    title = _marked(article.title or article.id, 0, hit.highlights.get(Part.TITLE, ()))
    title.stylize("bold")
    copies = copies_message(article.id, hit.copies, TEXTS)
    by_meaning = TEXTS.say("results.by_meaning") if hit.matched is Matched.MEANING else ""
    facts = shown_facts(article, regions, copies, by_meaning)
    lines = [Text.assemble(f"{number}. ", title), Text(f"   {facts}", style="dim")]
    lines += [
        Text.assemble("   ", _marked(snippet.text, snippet.start, snippet.highlights))
        for snippet in hit.snippets
    ]
    return Text("\n").join(lines)


def _marked(text: str, start: int, spans: Sequence[Span]) -> Text:
    """The text that begins at `start` of a part, on one line, with the spans of that part coloured."""
    marked = Text()
    for segment in segments(text.replace("\n", " "), spans, start=start):
        marked.append(printable(segment.text), MARK if segment.marked else None)
    return marked
