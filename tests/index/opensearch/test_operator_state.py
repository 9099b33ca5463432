"""Words and rules that are written on one machine are read on all others, with the index they belong to."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import MAX_WEIGHT, UserWord, UserWords, UserWordsInvalid, read_user_words
from index.averages import Averages
from index.errors import GenerationMissing, GenerationStale
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.published import Scoring
from index.opensearch.served_analyzers import ServedAnalyzers
from index.opensearch.state import OperatorState
from index.opensearch.state_documents import DATA
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.served_place import RuleFiles, StateDamaged, WordsMissing
from index.text.folding import Folding
from search.opensearch.engine import OpenSearchEngine
from search.ranking import Ranking
from tests.opensearch.cluster import fresh_prefix, node_url

pytestmark = pytest.mark.opensearch

WORDS = UserWords((UserWord("科创走廊"), UserWord("两型社会", 900)))
RULES = RuleFiles(synonyms="武汉都市圈 => 武汉城市圈\n".encode(), pinned=b"")


@dataclass(frozen=True, slots=True)
class Site:
    """A prefix of a test's own in the node that all tests share."""

    client: OpenSearch
    prefix: str
    state: OperatorState

    def make_live(self, analyzer: Analyzer) -> None:
        """A generation with nothing in it, made with this analyzer."""
        settings = StoreSettings(
            analyzer=analyzer.version, scoring=Scoring(k1=Ranking().k1, b=Ranking().b), averages=Averages
        )
        store = OpenSearchStore(self.client, self.prefix, settings)
        with closing(store.create()) as writer:
            writer.commit(0, writer.average_length)
            store.make_live(writer)


@contextmanager
def opened_site() -> Iterator[Site]:
    with ExitStack() as stack:
        prefix = stack.enter_context(fresh_prefix(node_url()))
        client = stack.enter_context(closing(connect(OpenSearchSettings(urls=(node_url(),)))))
        yield Site(client, prefix, OperatorState(client, prefix))


@pytest.fixture
def site() -> Iterator[Site]:
    with opened_site() as site:
        yield site


def with_words(analyzer: Analyzer, words: UserWords) -> Analyzer:
    """One with these words, quickly made: it cuts as before, and only its version is another."""
    return replace(analyzer, added=words, version=f"{analyzer.version} {words.digest}")


class Loading:
    """Loads such analyzers, and counts how often."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.times = 0

    def __call__(self, _folding: Folding, words: UserWords) -> Analyzer:
        self.times += 1
        return with_words(self.analyzer, words)


def test_words_come_back_by_the_version_of_their_analyzer(site: Site, analyzer: Analyzer) -> None:
    first, second = (with_words(analyzer, words) for words in (UserWords(), WORDS))
    site.state.put_words(first)
    site.state.put_words(second)
    assert site.state.words(first.version) == UserWords()
    assert site.state.words(second.version) == WORDS
    with pytest.raises(WordsMissing, match="no version"):
        site.state.words("no version")


lines = st.builds(
    lambda text, weight: text if weight is None else f"{text}\t{weight}",
    st.text(max_size=10),
    st.none() | st.integers(1, MAX_WEIGHT),
)


@given(drawn=st.lists(lines, max_size=5))
def test_any_words_of_a_file_come_back(shared: Site, analyzer: Analyzer, drawn: list[str]) -> None:
    try:
        words = read_user_words("\n".join(drawn).encode("utf-8", "replace"), "words.txt")
    except UserWordsInvalid:
        return
    written = with_words(analyzer, words)
    shared.state.put_words(written)
    assert shared.state.words(written.version) == words


@pytest.fixture(scope="module")
def shared() -> Iterator[Site]:
    """One for many examples."""
    with opened_site() as site:
        yield site


def test_words_that_no_index_needs_are_forgotten(site: Site, analyzer: Analyzer) -> None:
    site.state.forget_words(())
    first, second = (with_words(analyzer, words) for words in (UserWords(), WORDS))
    site.state.put_words(first)
    site.state.put_words(second)
    site.state.put_rules(RULES)
    site.state.forget_words((second.version,))
    assert site.state.words(second.version) == WORDS
    assert site.state.rules() == RULES
    with pytest.raises(WordsMissing):
        site.state.words(first.version)


def test_the_rules_are_those_that_were_written_last(site: Site) -> None:
    assert site.state.rules() == RuleFiles()
    site.state.put_rules(RULES)
    other = OperatorState(site.client, site.prefix)
    assert other.rules() == RULES
    other.put_rules(RuleFiles())
    assert site.state.rules() == RuleFiles()


def test_damaged_words_and_rules_are_named(site: Site, analyzer: Analyzer) -> None:
    site.state.put_words(analyzer)
    site.state.put_rules(RULES)
    packed = site.client.get(index=f"{site.prefix}-state", id="rules")["_source"][DATA]
    for name, data in (("rules", packed[:-8] + "AAAAAAA="), (f"words:{analyzer.version}", packed)):
        site.client.update(index=f"{site.prefix}-state", id=name, body={"doc": {DATA: data}})
    with pytest.raises(StateDamaged, match="document rules"):
        site.state.rules()
    with pytest.raises(StateDamaged, match="not what was written"):
        site.state.words(analyzer.version)


def test_nothing_is_written_where_the_index_is_gone_but_into_a_new_one(site: Site) -> None:
    """Never into one that the cluster makes by itself, with whatever mapping."""
    site.state.put_rules(RULES)
    site.client.indices.delete(index=f"{site.prefix}-state")
    assert site.state.rules() == RuleFiles()
    site.state.put_rules(RULES)
    assert site.state.rules() == RULES
    mapping = site.client.indices.get_mapping(index=f"{site.prefix}-state")
    assert mapping[f"{site.prefix}-state"]["mappings"]["dynamic"] == "strict"


class TestServedAnalyzers:
    def test_the_analyzer_is_that_of_the_generation_that_is_searched(
        self, site: Site, analyzer: Analyzer
    ) -> None:
        loading = Loading(analyzer)
        served = ServedAnalyzers(site.client, site.prefix, analyzer.folding, loading)
        first, second = (with_words(analyzer, words) for words in (UserWords(), WORDS))
        with pytest.raises(GenerationMissing):
            served.newest()
        for made in (first, second):
            site.state.put_words(made)
        site.make_live(first)
        known = served.newest()
        assert known == first
        assert served.newest(known) is known
        assert loading.times == 1
        site.make_live(second)
        assert served.newest(known) == second

    def test_words_and_index_are_exchanged_together(self, site: Site, analyzer: Analyzer) -> None:
        """Until a process has the new words, the generation that was made with its own serves."""
        served = ServedAnalyzers(site.client, site.prefix, analyzer.folding, Loading(analyzer))
        first, second = (with_words(analyzer, words) for words in (UserWords(), WORDS))
        for made in (first, second):
            site.state.put_words(made)
        site.make_live(first)
        known = served.newest()
        with closing(engine(site, known)) as before:
            assert before.snapshot().generation == "1.1"
            site.make_live(second)
            assert before.snapshot().generation == "1.1"
            with closing(engine(site, served.newest(known))) as after:
                assert after.snapshot().generation == "2.1"
            assert before.snapshot().generation == "1.1"

    def test_an_index_of_another_program_is_refused(self, site: Site, analyzer: Analyzer) -> None:
        made = with_words(analyzer, WORDS)
        site.state.put_words(made)
        site.make_live(made)
        other = ServedAnalyzers(
            site.client, site.prefix, analyzer.folding, lambda *_: replace(analyzer, version="other")
        )
        with pytest.raises(GenerationStale, match="another version of this program"):
            other.newest()

    def test_an_index_without_words_is_refused(self, site: Site, analyzer: Analyzer) -> None:
        site.make_live(analyzer)
        served = ServedAnalyzers(site.client, site.prefix, analyzer.folding, Loading(analyzer))
        with pytest.raises(WordsMissing, match=analyzer.version):
            served.newest()


def engine(site: Site, analyzer: Analyzer) -> OpenSearchEngine:
    seconds = count(step=60.0)
    return OpenSearchEngine(
        site.client, site.prefix, analyzer.version, Ranking(), clock=lambda: next(seconds)
    )
