"""Rules say the same wherever their files lie, and something else where the files do."""

import pytest

from index.text.folding import Folding
from search.rules.pinned import PinsInvalid
from search.rules.rule_files import RuleFile, read_rules
from search.synonyms.rules import SynonymsInvalid

GROUP = "武汉都市圈, 武汉城市圈\n".encode()
PIN = "武汉 => a1\n".encode()


def version(folding: Folding, synonyms: RuleFile, pinned: RuleFile) -> str:
    return read_rules(synonyms, pinned, folding).version


def test_the_version_is_that_of_what_the_files_say_not_of_where_they_lie(folding: Folding) -> None:
    here = RuleFile("/srv/data/synonyms.txt", GROUP), RuleFile("/srv/data/pinned.txt", PIN)
    there = RuleFile("synonyms.txt", GROUP), RuleFile("pinned.txt", PIN)
    assert version(folding, *here) == version(folding, *there)
    # Controls: with other rules it is another one.
    without = RuleFile("synonyms.txt", None), RuleFile("pinned.txt", None)
    others = (there[0], without[1]), (without[0], there[1]), without
    assert len({version(folding, *files) for files in (there, *others)}) == 4


def test_no_file_says_as_much_as_an_empty_one(folding: Folding) -> None:
    none = version(folding, RuleFile("a/synonyms.txt", None), RuleFile("pinned.txt", None))
    assert none == version(folding, RuleFile("b/synonyms.txt", b""), RuleFile("pinned.txt", b""))


def test_a_fault_is_told_with_the_name_that_was_given(folding: Folding) -> None:
    good, bad = RuleFile("pinned.txt", None), RuleFile("/srv/data/synonyms.txt", "武汉 =>".encode())
    with pytest.raises(SynonymsInvalid, match=r"/srv/data/synonyms\.txt"):
        read_rules(bad, good, folding)
    with pytest.raises(PinsInvalid, match=r"/srv/data/pinned\.txt"):
        read_rules(RuleFile("s", None), RuleFile("/srv/data/pinned.txt", b"a"), folding)
