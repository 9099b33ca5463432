"""`search`: hits on a terminal, marks coloured."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from index.article import Part
from index.regions.tree import Regions
from search.results import Hit, Matched, SearchResult, Span
from web.commands.terminal import printable
from web.presenters.dates import shown_time
from web.presenters.described import region_of
from web.presenters.marks import segments
from web.presenters.notices import (
    copies_message,
    notice_message,
    relaxed_messages,
    semantic_messages,
    synonyms_message,
)
from web.texts import say

MARK = "bold yellow"


def show_result(result: SearchResult, console: Console, regions: Regions) -> None:
    """Print how the query was read, where that is not plain, and the hits."""
    for notice in result.notices:
        console.print(Text(printable(notice_message(notice, result.repaired)), style="italic"))
    messages = (
        *relaxed_messages(result.relaxed, result.semantic),
        *semantic_messages(result.semantic, result.total),
        synonyms_message(result.synonyms),
    )
    for message in messages:
        if message:
            console.print(Text(printable(message), style="italic"))
    last = result.offset + len(result.hits)
    shown = f", {result.offset + 1} to {last} shown" if result.hits else ""
    folded = f", {result.clusters:,} without copies" if result.clusters < result.total else ""
    console.print(Text(f"{result.total:,} found in {result.took_ms:.0f} ms{folded}{shown}", style="dim"))
    for number, hit in enumerate(result.hits, result.offset + 1):
        console.print()
        console.print(_hit(number, hit, regions), soft_wrap=True)


def _hit(number: int, hit: Hit, regions: Regions) -> Text:
    article = hit.article
    title = _marked(article.title or article.id, 0, hit.highlights.get(Part.TITLE, ()))
    title.stylize("bold")
    published = "日期不详" if article.published is None else shown_time(article.published).day
    known = (
        article.source,
        region_of(article, regions),
        published,
        article.document.number,
        copies_message(hit.copies),
        say("results.by_meaning") if hit.matched is Matched.MEANING else "",
        article.id,
    )
    facts = " · ".join(fact for fact in known if fact)
    lines = [Text.assemble(f"{number}. ", title), Text(f"   {printable(facts)}", style="dim")]
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
