"""`suggest`: what a text may go on as, and what it may have been meant as, on a terminal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from index.regions.tree import Regions
from search.request import Marking, Match, SearchRequest
from search.results import Span
from search.suggestions.opening import suggestions_now
from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import Suggestion, SuggestionKind
from search.suggestions.vocabulary_file import VocabularyFile
from web.commands.indexing import catch_up_to_search
from web.commands.terminal import MARK, printable
from web.presenters.marks import segments
from web.serving.opening import open_search


@dataclass(frozen=True, slots=True)
class Suggested:
    """What goes on from a text, and the help with it as a query."""

    suggestions: tuple[Suggestion, ...]
    help: QueryHelp

    @property
    def is_any(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self.suggestions or self.help.corrections)


def suggest(
    folder: DataFolder,
    analyzer: Analyzer,
    text: str,
    limit: int,
    kinds: Collection[SuggestionKind],
    *,
    engine: EngineSettings = IN_FOLDER,
) -> Suggested:
    """Ask a data folder's index. Raises CorpusMissing, IndexUnavailable, and QueryTooLong."""
    with open_search(folder, analyzer, engine=engine) as opened:
        catch_up_to_search(opened)
        file = VocabularyFile.of(folder)
        found = suggestions_now(
            opened.engine, opened.service, opened.articles, analyzer, Regions.load(), file=file
        )
        # By every word: what has a part of them says nothing about why so little is found.
        request = SearchRequest(q=text, match=Match.ALL, limit=0, snippets=0, marking=Marking.NONE)
        return Suggested(
            suggestions=found.suggest(text, limit, kinds),
            help=found.query_help(request, opened.service.search(request)),
        )


def show_suggested(suggested: Suggested, console: Console) -> None:
    """Print a line for each suggestion, other query, and part of a query that finds nothing."""
    for suggestion in suggested.suggestions:
        facts = f"  {suggestion.kind.value} · {suggestion.count:,} · {suggestion.matched.value}"
        _print(console, "", suggestion.text, suggestion.highlights, facts)
    for correction in suggested.help.corrections:
        facts = f"  {correction.count:,} · {correction.reason.value.replace('_', ' ')}"
        _print(console, "did you mean: ", correction.q, correction.highlights, facts)
    if suggested.help.no_hits is not None:
        for part in suggested.help.no_hits.parts:
            _print(console, "alone: ", part.text, (), f"  {part.count:,}")


def _print(console: Console, before: str, text: str, spans: Sequence[Span], facts: str) -> None:
    line = Text(before, style="dim")
    for segment in segments(text, spans):
        line.append(printable(segment.text), MARK if segment.marked else "not dim")
    console.print(line.append(facts), soft_wrap=True)
