"""`similar`: articles like another one, on a terminal."""

from rich.console import Console
from rich.text import Text

from index.regions.tree import Regions
from search.similar import SimilarResult
from web.commands.search import shown_facts
from web.commands.terminal import printable


def show_similar(found: SimilarResult, console: Console, regions: Regions) -> None:
    """Print for each article its title, what is known of it, and the words that both have."""
    for number, similar in enumerate(found.results, 1):
        title = printable(similar.article.title or similar.article.id)
        lines = (
            Text.assemble(f"{number}. ", (title, "bold")),
            Text(f"   {shown_facts(similar.article, regions)}", style="dim"),
            Text(f"   {printable(' '.join(similar.shared_terms))}"),
        )
        console.print(Text("\n").join(lines), soft_wrap=True)
