"""The regions that come with the program, read once for all tests of the web face."""

from typing import Final

from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.folding import Folding

REGIONS: Final = RegionResolver.load(Folding.load(), Regions.load())
