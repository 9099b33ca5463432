"""How often suggestions are right, and what they cost.

    python -m benchmarks.suggestions DATA_FOLDER [--count 100] [--whole-titles]

DATA_FOLDER is a data folder of this program, with its index. Misspellings are made by rule (`misspelt.py`) of
runs of 4 to 12 characters from random titles, or of whole titles, `--count` of each kind. Right is what was
meant; `first` and `first 3` say where it stands among the queries that are offered. Times are milliseconds of
one thread: median / 99th percentile by the clock, then the median that it had a processor. Each text is asked
for the first time; what was counted for those before it is remembered, as it is where people type.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from benchmarks.misspelt import Misspeller, Misspelling, Slip, misspellings, runs
from index.data_folder import DataFolder
from index.regions.tree import Regions
from index.text.rules.readings import Readings
from search.deadline import Deadline
from search.request import SearchRequest
from search.suggestions.opening import Suggestions, suggestions_now
from search.suggestions.suggestion import Correction, SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.terms import MAX_TITLES
from web.serving.opening import open_analyzer, open_search

Asked = TypeVar("Asked")

SEED: Final = 6
OFFERED: Final = 3
TYPED: Final = 400
"""Texts that are typed ahead of for the times."""


def main(folder: DataFolder, count: int, *, whole: bool) -> None:
    random = Random(SEED)
    analyzer = open_analyzer(folder)
    syllables = Syllables.load(Readings.load())
    with open_search(folder, analyzer) as opened:
        started = time.perf_counter()
        found = suggestions_now(opened.engine, opened.service, opened.articles, analyzer, Regions.load())
        print(f"vocabulary made in {time.perf_counter() - started:.1f} s")
        titles = [analyzer.folding.fold(title) for title in opened.articles.titles(MAX_TITLES)]
        misspeller = Misspeller.of(titles, syllables)
        print("slip         asked  first first 3 no hits   ms by the clock, processor")
        for slip in Slip:
            texts = random.sample(titles, len(titles)) if whole else runs(titles, analyzer.folding, random)
            report(slip, misspellings(texts, misspeller, slip, count, random), found)
        vocabulary = found.type_ahead.vocabulary.current()
        begun = () if vocabulary is None else vocabulary.completions[SuggestionKind.TITLE].typed
        for name, typed in typed_ahead(begun, syllables, random).items():
            print(f"type-ahead, {name:12} {times(found.type_ahead.suggest, typed)}")


def report(slip: Slip, asked: Sequence[Misspelling], found: Suggestions) -> None:
    """Print how often what was meant is offered, and how many of the offered queries find nothing."""
    offered: list[tuple[Misspelling, tuple[Correction, ...]]] = []

    def ask(misspelling: Misspelling) -> None:
        request = SearchRequest(q=misspelling.typed)
        corrections = found.query.did_you_mean.corrections(request, Deadline.never(), OFFERED)
        offered.append((misspelling, corrections))

    took = times(ask, asked)
    first = sum(misspelling.meant in [one.q for one in given[:1]] for misspelling, given in offered)
    among = sum(misspelling.meant in [one.q for one in given] for misspelling, given in offered)
    empty = sum(correction.count < 1 for _, given in offered for correction in given)
    share = 100 / max(len(asked), 1)
    print(f"{slip.value:12} {len(asked):5} {first * share:6.1f} {among * share:7.1f} {empty:7}   {took}")


def typed_ahead(titles: Sequence[str], syllables: Syllables, random: Random) -> dict[str, list[str]]:
    """Beginnings of titles as people type them (without what need not be typed): characters, pinyin,
    initials."""
    chosen = random.sample(range(len(titles)), min(TYPED, len(titles)))
    begun = [titles[at][: random.randint(1, 6)] for at in chosen]
    spelled = [[syllables.spelling(sound) for sound in syllables.key(text)] for text in begun]
    pinyin = ["".join(sounds) for sounds in spelled]
    return {
        "characters": begun,
        "pinyin": [letters[: random.randint(1, max(len(letters), 1))] for letters in pinyin if letters],
        "initials": ["".join(sound[0] for sound in sounds) for sounds in spelled if sounds],
    }


def times(ask: Callable[[Asked], object], asked: Iterable[Asked]) -> str:
    """What asking took, as a column."""
    clock: list[float] = []
    processor: list[float] = []
    for one in asked:
        started, worked = time.perf_counter(), time.thread_time()
        ask(one)
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.thread_time() - worked) * 1000)
    if not clock:
        return "-"
    slow = sorted(clock)[int(len(clock) * 0.99)]
    return f"{statistics.median(clock):.2f} / {slow:.2f}  {statistics.median(processor):.2f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--whole-titles", action="store_true", dest="whole")
    arguments = parser.parse_args()
    main(DataFolder(arguments.folder), arguments.count, whole=arguments.whole)
