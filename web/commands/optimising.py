"""`optimise`: merging the index."""

from dataclasses import dataclass

from index.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class OptimiseReport:
    """The generation of the merged index, as `folder.commit`."""

    generation: str


def optimise(upkeep: Upkeep) -> OptimiseReport:
    """Merge the segments of the live index; raises WriterBusy and what `Upkeep.optimise` does."""
    return OptimiseReport(upkeep.optimise())
