"""The dictionary of Chinese words, folded."""

import subprocess
import sys

from index.text.dictionary import Dictionary
from index.text.folding import Folding

FOLDING = Folding.load()
DICTIONARY = Dictionary.load(FOLDING)


def test_words_have_frequencies_and_what_only_begins_them_has_none() -> None:
    assert DICTIONARY.frequencies["高质量"] > 0
    assert DICTIONARY.frequencies["社会主"] == 0
    assert "质高" not in DICTIONARY.frequencies


def test_every_word_is_folded() -> None:
    assert FOLDING.fold("乾隆") in DICTIONARY.frequencies
    assert all(FOLDING.fold(word) == word for word in DICTIONARY.frequencies)


def test_the_total_is_that_of_all_frequencies() -> None:
    assert DICTIONARY.total == sum(DICTIONARY.frequencies.values())


def test_two_loads_give_the_same_dictionary() -> None:
    assert Dictionary.load(FOLDING) == DICTIONARY


def test_loading_does_not_import_the_library() -> None:
    code = (
        "import sys; from index.text.dictionary import Dictionary; from index.text.folding import Folding;"
        "Dictionary.load(Folding.load()); sys.exit('jieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
