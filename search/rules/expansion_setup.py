"""Builds the expander of this version of the program."""

from index.text.folding import Folding
from search.expansion.expander import Expander
from search.numerals.notations import Notations
from search.synonyms.rules import SynonymFile
from search.synonyms.shipped import shipped_synonyms
from search.synonyms.thesaurus import Thesaurus


def load_expander(folding: Folding, own: SynonymFile) -> Expander:
    """Synonyms, an operator's `own` before those that come with this program, and numerals."""
    thesaurus = Thesaurus.of(own, shipped_synonyms(folding), folding)
    return Expander(folding, (thesaurus, Notations()))
