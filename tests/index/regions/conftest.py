"""The tree, the names and what is built on them: loaded once."""

import pytest

from index.regions.mentions import MentionFinder
from index.regions.names import RegionNames
from index.regions.resolve import RegionResolver
from index.regions.tagger import RegionTagger
from index.regions.tree import Regions
from index.text.folding import Folding


@pytest.fixture(scope="session")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture(scope="session")
def tagger(folding: Folding, regions: Regions) -> RegionTagger:
    return RegionTagger.load(folding, regions)


@pytest.fixture(scope="session")
def names(tagger: RegionTagger) -> RegionNames:
    return tagger.names


@pytest.fixture(scope="session")
def finder(tagger: RegionTagger) -> MentionFinder:
    return tagger.reader.finder


@pytest.fixture(scope="session")
def resolver(folding: Folding, regions: Regions, names: RegionNames) -> RegionResolver:
    return RegionResolver(folding, regions, names)
