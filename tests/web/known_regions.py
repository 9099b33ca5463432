"""The regions that come with the program, read once for all tests of the web face."""

from typing import Final

from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.folding import Folding
from web.presenters.region_labels import RegionLabels

REGIONS: Final = RegionResolver.load(Folding.load(), Regions.load())

LABELS: Final = RegionLabels.of(REGIONS)
