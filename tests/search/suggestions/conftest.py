import pytest

from index.text.rules.readings import Readings
from search.suggestions.syllables import Syllables


@pytest.fixture(scope="session")
def syllables() -> Syllables:
    return Syllables.load(Readings.load())
