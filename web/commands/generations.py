"""`generations` and `rollback`: the indexes that are kept, and going back to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.generations_kept import KeptGeneration
from index.upkeep import Upkeep
from web.commands.terminal import print_line


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationReport:
    """A generation that is kept, as `folder.commit`; `live`: it is the one that is searched.

    It holds so many `articles`, up to the change `sequence`, in so many bytes. Where it is damaged, `damage`
    says how, and what it holds is not known.
    """

    generation: str
    live: bool
    articles: int | None
    sequence: int | None
    bytes: int
    damage: str | None


@dataclass(frozen=True, slots=True)
class GenerationsReport:
    """The generations that are kept, the live one first."""

    generations: tuple[GenerationReport, ...]


@dataclass(frozen=True, slots=True)
class RollbackReport:
    """The generation that is searched now, as `folder.commit`; what it lacks is indexed by the next command
    that searches, or by a server."""

    generation: str


def kept_generations(upkeep: Upkeep) -> GenerationsReport:
    """What is kept of a folder's index; nothing where there is none. Raises StorageFailed."""
    kept = upkeep.store.generations()
    return GenerationsReport(tuple(_report(one, is_live=place == 0) for place, one in enumerate(kept)))


def roll_back(upkeep: Upkeep, generation: str) -> RollbackReport:
    """Search a kept generation from now on. Raises WriterBusy and what `Upkeep.roll_back` does."""
    upkeep.roll_back(generation)
    return RollbackReport(generation)


def show_generations(generations: Sequence[GenerationReport]) -> None:
    """Print a line for each."""
    for one in generations:
        live = ", live" if one.live else ""
        holds = f"damaged: {one.damage}" if one.articles is None else f"{one.articles:,} articles"
        print_line(f"{one.generation}: {holds}, {one.bytes:,} bytes{live}")


def _report(kept: KeptGeneration, *, is_live: bool) -> GenerationReport:
    manifest = kept.manifest
    return GenerationReport(
        generation=kept.name,
        live=is_live,
        articles=None if manifest is None else manifest.articles,
        sequence=None if manifest is None else manifest.sequence,
        bytes=kept.size,
        damage=kept.damage,
    )
