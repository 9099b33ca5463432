"""The files of rules for queries, read into the rules that searches are answered by."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from index.text.folding import Folding
from search.cursors import fingerprint
from search.rules.expansion_setup import load_expander
from search.rules.pinned import PinnedResults, read_pins
from search.rules.query_rules import QueryRules
from search.synonyms.rule_file import read_synonyms
from search.synonyms.rules import SynonymFile


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file as an operator has written it; `data` is None where there is none. Errors call it `name`, which
    may begin with a path."""

    name: str
    data: bytes | None


def read_rules(synonyms: RuleFile, pinned: RuleFile, folding: Folding) -> QueryRules:
    """What these files and the program say about queries. Raises SynonymsInvalid and PinsInvalid.

    Where the files lie makes no difference: the version is the same on every machine that has them.
    """
    # Rules tell where they stand by the name of their file, without its path.
    file = SynonymFile(PurePath(synonyms.name).name)
    if synonyms.data is not None:
        file = replace(file, rules=read_synonyms(synonyms.data, synonyms.name, folding).rules)
    pins = PinnedResults()
    if pinned.data is not None:
        pins = read_pins(pinned.data, pinned.name, folding)
    return QueryRules(load_expander(folding, file), pins, fingerprint((file, pins)).hex())
