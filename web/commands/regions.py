"""`regions`: the administrative units, with counts where they are wanted."""

from collections.abc import Iterator

from msgspec import UNSET
from rich.console import Console
from rich.text import Text

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.regions.resolve import RegionResolver
from web.api.answers.counts import RegionEntry, RegionsAnswer
from web.commands.querying import open_service
from web.commands.terminal import printable
from web.config import Settings
from web.parameters.lookups import RegionsParameters
from web.presenters.regions_answer import counting, listed, regions_answer


def list_regions(
    folder: DataFolder,
    analyzer: Analyzer,
    asked: RegionsParameters,
    resolver: RegionResolver,
    settings: Settings,
    *,
    engine: EngineSettings,
) -> RegionsAnswer:
    """The regions asked for. No articles are needed but for counts, which raise what a search does."""
    found = listed(asked, resolver)
    if asked.counted_under is None:
        return regions_answer(found, asked, resolver)
    codes = found.with_units_below(asked.depth, resolver.regions)
    with open_service(folder, analyzer, settings, engine) as service:
        counted = service.search(counting(codes, asked.counted_under))
    return regions_answer(found, asked, resolver, counted.facets[0], counted.generation)


def show_regions(answer: RegionsAnswer, console: Console) -> None:
    """Print a line for each region, those below it further to the right, or names that come near."""
    for line in _lines(answer.regions, 0):
        console.print(line, soft_wrap=True)
    for name in answer.nearest or ():
        console.print(Text(f"did you mean: {printable(name)}", style="dim"))


def _lines(regions: tuple[RegionEntry, ...], depth: int) -> Iterator[Text]:
    for region in regions:
        name = region.name if region.path is UNSET else "".join(region.path)
        facts = [f"{region.children} below"] if region.children else []
        if region.count is not UNSET:
            facts.insert(0, f"{region.count:,} articles")
        yield Text.assemble(
            "  " * depth, f"{region.code}  {name}", (f"  {' · '.join(facts)}" if facts else "", "dim")
        )
        if region.regions is not UNSET:
            yield from _lines(region.regions, depth + 1)
