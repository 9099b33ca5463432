"""The synonyms that come with the program."""

from importlib.resources import files
from typing import Final

from index.text.folding import Folding
from search.synonyms.rule_file import read_synonyms
from search.synonyms.rules import SynonymFile

NAMES: Final = ("agencies.txt", "bodies.txt", "policies.txt", "terms.txt")


def shipped_synonyms(folding: Folding) -> tuple[SynonymFile, ...]:
    """One file for each theme; no form stands in two of them."""
    folder = files("search").joinpath("synonyms/data")
    return tuple(read_synonyms(folder.joinpath(name).read_bytes(), name, folding) for name in NAMES)
