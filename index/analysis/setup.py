"""Builds the analyzer of this version of the program."""

import hashlib
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from index.analysis.added_words import AddedWords
from index.analysis.analyzer import Analyzer
from index.analysis.chinese import JiebaSegmenter
from index.analysis.mixed_words import MixedWords
from index.analysis.segmenter import Segmenter
from index.analysis.user_words import UserWords
from index.text.dictionary import Dictionary
from index.text.folding import Folding

RULES: Final = 3
"""Raised with every change of how pieces and words are made from the same tables."""


def load_analyzer(folding: Folding, added: UserWords) -> Analyzer:
    """The analyzer for articles and queries; takes about a second, so it is built once and handed on.

    Which library cuts makes no difference to the words, and none to the version.
    """
    dictionary = Dictionary.load(folding)
    words = AddedWords.of(added, folding)
    if words.weights:
        dictionary = dictionary.with_words(words.frequencies(dictionary))
    parts = f"rules-{RULES} folding-{folding.version} {dictionary.digest} {added.digest}"
    return Analyzer(
        folding=folding,
        segmenter=_fastest(dictionary),
        version=hashlib.sha256(parts.encode("utf-8")).hexdigest()[:16],
        mixed_words=MixedWords.of(words.mixed),
        added=added,
    )


def loader_of(analyzer: Analyzer) -> Callable[[], Analyzer]:
    """Makes an equal analyzer in another process, where this one cannot be sent."""
    return partial(load_analyzer, analyzer.folding, analyzer.added)


def _fastest(dictionary: Dictionary) -> Segmenter:
    if find_spec("rjieba") is None:
        return JiebaSegmenter(dictionary)
    # Not at the top: where the extra is not installed the module cannot be imported.
    segmenter: Segmenter = import_module("index.analysis.rapid").RapidSegmenter(dictionary)
    return segmenter
