"""One likelihood for all tests of rules: it takes a second to load, and is only read."""

from typing import Final

from index.text.folding import Folding
from index.text.likelihood import LazyLikelihood

LIKELIHOOD: Final = LazyLikelihood(Folding.load())
