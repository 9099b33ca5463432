"""New words: only the articles that hold them are analysed again, and the index is as one built anew."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWord, UserWords
from index.article import Article
from index.corpus.reader import CorpusReader
from index.errors import GenerationMissing
from index.factory import open_store
from index.generation import current
from index.indexer import Indexer, IndexingStopped, IndexReport
from index.text.dictionary import Dictionary
from index.text.folding import Folding
from index.whoosh import succession
from index.whoosh.holders import documents_holding
from index.whoosh.store import WhooshStore
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.engines import make_article
from tests.index.analysis.lexicons import added, analyzer_with
from tests.index.noted_analyses import noted_analyses
from tests.index.postings import Postings, postings_of
from tests.index.site import Site
from tests.index_states import Answers, answers, assert_same, some_articles
from tests.processes import unmeasured_environment

ROOT = Path(__file__).resolve().parents[2]
WORD = "碳汇贷"
HOLDING = ("碳汇贷落地", "首笔碳\n汇贷", "碳匯貸")
"""One of them with a line in it, one in the other script."""
NEAR = ("碳、汇、贷", "碳汇，贷款", "汇贷碳汇", "科技创新")

Make = Callable[..., Analyzer]


@pytest.fixture(scope="module")
def shipped(folding: Folding) -> Dictionary:
    return Dictionary.load(folding)


@pytest.fixture(scope="module")
def make(folding: Folding, shipped: Dictionary) -> Make:
    """Makes the analyzer with these words added."""
    return lambda *words: analyzer_with(folding, shipped, added(words))


def articles() -> list[Article]:
    texts = [*HOLDING, *NEAR]
    return [make_article(f"a{number}", text, title="标题") for number, text in enumerate(texts)]


def use(site: Site, analyzer: Analyzer) -> None:
    """From now on the index has to be this analyzer's."""
    site.analyzer = analyzer
    site.store = WhooshStore(site.folder.index, analyzer.version, lexicon=analyzer.lexicon)
    site.engine = WhooshEngine(site.folder.index, analyzer.version, Ranking())


def site_of(root: Path, analyzer: Analyzer, puts: list[Article]) -> Site:
    """The articles, indexed."""
    site = Site(root, analyzer)
    use(site, analyzer)
    site.change(puts)
    catch_up(site)
    return site


@pytest.fixture
def site(tmp_path: Path, make: Make) -> Site:
    return site_of(tmp_path / "data", make(), articles())


def catch_up(site: Site, should_stop: Callable[[], bool] = lambda: False) -> IndexReport:
    with CorpusReader.open(site.folder) as journal:
        report = Indexer(journal, site.analyzer, site.store, should_stop).catch_up(lambda _: None)
    assert report is not None
    return report


def state(site: Site) -> tuple[Postings, Answers]:
    return postings_of(site.folder.index), answers(site.engine, site.analyzer)


def assert_as_built_anew(site: Site) -> None:
    """The index is what a rebuild makes of the same articles."""
    words, found = state(site)
    site.rebuild()
    anew, found_anew = state(site)
    assert words == anew
    # Deleted documents count in the statistics of words until a merge, and a rebuild has none.
    assert {q: {name for name, _ in hits} for q, hits in found.items()} == {
        q: {name for name, _ in hits} for q, hits in found_anew.items()
    }


def test_exactly_the_articles_that_hold_the_word_are_analysed_again(
    site: Site, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysed = noted_analyses(monkeypatch)
    use(site, make(WORD))
    report = catch_up(site)
    assert (report.reanalysed, report.changes, report.rebuilt) == (3, 0, None)
    assert analysed == ["a0", "a1", "a2"]
    assert [WORD in postings_of(site.folder.index)[name] for name in analysed] == [True] * 3
    assert_as_built_anew(site)


def test_words_go_again(site: Site, make: Make) -> None:
    before = postings_of(site.folder.index)
    use(site, make(WORD, "科技创新"))
    assert catch_up(site).reanalysed == 4
    use(site, make("科技创新"))
    assert catch_up(site).reanalysed == 3
    use(site, make())
    assert catch_up(site).reanalysed == 1
    assert postings_of(site.folder.index) == before


def test_words_that_change_no_cut_analyse_nothing(site: Site, make: Make) -> None:
    use(site, make("无人写过"))
    assert catch_up(site).reanalysed == 0
    assert_as_built_anew(site)


def test_after_an_optimise_scores_are_those_of_an_index_built_anew(site: Site, make: Make) -> None:
    site.change(some_articles("bcdefgh"))
    catch_up(site)
    use(site, make("科技创新", "乡村振兴"))
    catch_up(site)
    writer = site.store.live()
    writer.optimise()
    writer.commit(writer.sequence, writer.measured_average)
    writer.close()
    found = answers(site.engine, site.analyzer)
    site.rebuild()
    assert_same(found, answers(site.engine, site.analyzer))


CUT = "碳汇贷款a+"
texts = st.text(CUT + "，\n", min_size=8, max_size=20)
word_sets = st.dictionaries(
    st.text(CUT, min_size=2, max_size=3).filter(lambda word: word.strip("+") != ""),
    st.none() | st.integers(1, 10**6),
    min_size=1,
    max_size=4,
)


def user_words(words: dict[str, int | None]) -> UserWords:
    return UserWords(tuple(UserWord(text, weight) for text, weight in words.items()))


def test_the_index_is_always_as_one_built_anew(
    folding: Folding, shipped: Dictionary, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also where articles were stored, changed and deleted that are not indexed yet."""
    ways: list[int | None] = []

    @settings(max_examples=8)
    @given(
        st.lists(texts, min_size=2, max_size=8),
        st.lists(texts, max_size=4),
        word_sets.map(user_words),
        word_sets.map(user_words),
    )
    def law(first: list[str], then: list[str], before: UserWords, after: UserWords) -> None:
        puts = [make_article(f"a{number}", text) for number, text in enumerate(first)]
        old, new = (analyzer_with(folding, shipped, words) for words in (before, after))
        site = site_of(tmp_path_factory.mktemp("site"), old, puts)
        site.change([make_article(f"a{number}", text) for number, text in enumerate(then, start=1)], "a0")
        use(site, new)
        ways.append(catch_up(site).reanalysed)
        assert_as_built_anew(site)

    law()
    assert sum(map(bool, ways)) > len(ways) / 3, "too few examples have an article to analyse again"


def test_a_stale_article_that_is_forgotten_is_noticed(
    site: Site, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what is asserted of a succession fails where one article is left as it was."""
    monkeypatch.setattr(
        "index.whoosh.succession.documents_holding", lambda *given: documents_holding(*given)[1:]
    )
    use(site, make(WORD))
    assert catch_up(site).reanalysed == 2
    with pytest.raises(AssertionError):
        assert_as_built_anew(site)


@pytest.mark.parametrize("changes", range(5))
def test_one_that_was_stopped_is_begun_again_or_gone_on_with(site: Site, make: Make, changes: int) -> None:
    """Three articles are analysed again, in one commit; then one that was stored meanwhile is indexed."""
    before = state(site)
    old_engine = site.engine
    site.change([make_article("new", "碳汇贷又一笔")])
    use(site, make(WORD))
    left = changes

    def is_enough() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    if changes < 4:
        with pytest.raises(IndexingStopped):
            catch_up(site, is_enough)
        assert postings_of(site.folder.index) == before[0]
        assert answers(old_engine, make()) == before[1]
    report = catch_up(site)
    # From its first commit on it is gone on with, and the articles are not analysed once more.
    assert report.reanalysed == (None if changes == 3 else 3)
    assert report.changes == 1
    assert_as_built_anew(site)


KILLED = """
import os, signal, sys
from pathlib import Path
from index.analysis.setup import load_analyzer
from index.text.folding import Folding
from tests.index.analysis.lexicons import added
from tests.index.site import Site
from tests.index.test_succession import WORD, use

site = Site(Path(sys.argv[1]), load_analyzer(Folding.load(), added([WORD])))
use(site, site.analyzer)
left = int(sys.argv[2])

def die_after(progress):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

site.run(lambda indexer: indexer.catch_up(die_after))
"""


@pytest.mark.slow
@pytest.mark.parametrize("steps", [1, 3, 4, 5, 6])
def test_one_that_was_killed_leaves_the_old_state_and_is_made_whole(
    site: Site, folding: Folding, steps: int
) -> None:
    """Its steps: three articles, their commit, the article that was stored meanwhile, its commit."""
    old, words = answers(site.engine, site.analyzer), postings_of(site.folder.index)
    old_engine, old_analyzer = site.engine, site.analyzer
    site.change([make_article("new", "碳汇贷又一笔")])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(site.folder.root), str(steps)],
        cwd=ROOT,
        env=unmeasured_environment(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert killed.returncode == -9, killed.stderr.decode()
    assert postings_of(site.folder.index) == words
    assert answers(old_engine, old_analyzer) == old
    use(site, load_analyzer(folding, added([WORD])))
    assert catch_up(site).reanalysed == (3 if steps < 4 else None)
    assert_as_built_anew(site)


def test_a_damaged_generation_has_no_successor(site: Site, make: Make) -> None:
    [segment] = current(site.folder.index).folder.glob("*.seg")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    use(site, make(WORD))
    report = catch_up(site)
    assert report.reanalysed is None
    assert report.changes == len(articles())
    assert WORD in postings_of(site.folder.index)["a0"]


def test_generations_share_no_file(site: Site, make: Make) -> None:
    """Damage to one must not cost the other, which serves in its place."""
    old = current(site.folder.index).folder
    use(site, make("无人写过"))
    catch_up(site)
    new = current(site.folder.index).folder
    assert old != new
    assert not {path.stat().st_ino for path in old.iterdir()} & {path.stat().st_ino for path in new.iterdir()}


@pytest.mark.parametrize("limit", ["MAX_STALE", "MAX_STALE_CHARACTERS"])
def test_where_too_much_is_stale_all_is_indexed_anew(
    site: Site, make: Make, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(succession, limit, 2)
    use(site, make(WORD))
    report = catch_up(site)
    assert (report.reanalysed, report.changes) == (None, len(articles()))


def test_another_dictionary_or_one_that_is_not_known_makes_all_anew(site: Site, make: Make) -> None:
    analyzer = make(WORD)
    use(site, replace(analyzer, version="v2", lexicon=replace(analyzer.lexicon, base="other")))
    assert catch_up(site).reanalysed is None
    site.store = WhooshStore(site.folder.index, "v3")
    site.analyzer = replace(analyzer, version="v3")
    assert catch_up(site).reanalysed is None
    use(site, analyzer)
    assert catch_up(site).reanalysed is None


def test_an_index_from_before_words_were_remembered_is_gone_on_with(site: Site, make: Make) -> None:
    """Its manifest names the analyzer alone, which had no words."""
    generation = current(site.folder.index)
    generation.publish(replace(generation.manifest(), lexicon=None))
    use(site, make(WORD))
    assert catch_up(site).reanalysed == 3


def test_the_articles_of_another_journal_are_indexed_anew(site: Site, make: Make, tmp_path: Path) -> None:
    other = site_of(tmp_path / "other", make(), some_articles("xyz"))
    use(site, make(WORD))
    with CorpusReader.open(other.folder) as journal:
        report = Indexer(journal, site.analyzer, site.store).catch_up(lambda _: None)
    assert report is not None
    assert (report.reanalysed, report.changes) == (None, 3)


def test_a_data_folder_is_opened_so(site: Site, make: Make) -> None:
    analyzer = make(WORD)
    site.analyzer, site.store = analyzer, open_store(site.folder, analyzer)  # type: ignore[assignment]
    assert catch_up(site).reanalysed == 3


def test_what_would_be_stale_is_counted_beforehand_and_nothing_is_written(site: Site, make: Make) -> None:
    before = sorted(path for path in site.folder.index.rglob("*"))
    use(site, make(WORD))
    assert site.store.count_stale() == len(HOLDING)
    assert sorted(path for path in site.folder.index.rglob("*")) == before
    assert catch_up(site).reanalysed == len(HOLDING)
    assert site.store.count_stale() == 0


def test_where_all_would_be_indexed_anew_nothing_is_counted(
    site: Site, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(succession, "MAX_STALE", len(HOLDING) - 1)
    use(site, make(WORD))
    assert site.store.count_stale() is None
    assert WhooshStore(site.folder.index, site.analyzer.version).count_stale() is None


def test_without_an_index_there_is_nothing_to_count(tmp_path: Path, make: Make) -> None:
    site = Site(tmp_path / "data", make())
    use(site, make(WORD))
    with pytest.raises(GenerationMissing):
        site.store.count_stale()
