"""Whoosh's own SegmentReader, Searcher and query classes on our segments, against plain Python."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from random import Random

import pytest
from whoosh import query as q
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import MultiReader, SegmentReader, TermNotFound
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet

from index.article import Part
from index.documents import DATE_FIELDS, IndexDocument
from index.generation import Generation
from index.whoosh.codec.columns import NO_DATE
from index.whoosh.schema import schema
from index.whoosh.store import WhooshStore
from index.whoosh.toc import read_segments
from index.whoosh.writer import WhooshWriter

LETTERS = "政策科技，a𠮷"
WORDS = ("政策", "政", "科技", "a", "𠮷字")
NAMES = (*map(chr, range(ord("a"), ord("z"))), *"ABCDEFGHIJKLMNO", "𠮷", "ab", "甲乙")
SOURCES = ("甲", "乙", "丙")

Documents = Mapping[str, IndexDocument]


def document(name: str, random: Random) -> IndexDocument:
    texts = {part: "".join(random.choices(LETTERS, k=random.choice((0, 1, 3, 40)))) for part in Part}
    return IndexDocument(
        id=name,
        characters=texts,
        words={word: random.randint(1, 300) for word in random.sample(WORDS, random.randint(0, 4))},
        keywords={"source": tuple(random.sample(SOURCES, random.randint(0, 2)))},
        dates={} if random.random() < 0.2 else {"published": random.randint(-5, 5)},
        cluster=random.choice((None, 7)),
    )


def fill(writer: WhooshWriter, seed: int) -> Documents:
    """Commit articles in several segments, replace some and delete some; what is left."""
    random = Random(seed)
    model: dict[str, IndexDocument] = {}
    for number in range(5):
        for name in random.sample(NAMES, 25):
            if random.random() < 0.25:
                writer.delete(name, number + 1)
                model.pop(name, None)
            else:
                model[name] = document(name, random)
                writer.put(model[name], number + 1)
        writer.commit(number + 1, 1.0)
    # So few that no segment is rewritten without them.
    for name in sorted(model)[:2]:
        writer.delete(name, writer.sequence + 1)
        del model[name]
    writer.commit(writer.sequence + 1, 1.0)
    return model


@dataclass(frozen=True, slots=True)
class Filled:
    """A generation that a writer left, and what it holds."""

    generation: Generation
    model: Documents

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """Whoosh's own."""
        storage = FileStorage(str(self.generation.folder), readonly=True)
        segments = read_segments(self.generation.folder, self.generation.manifest())
        reader = MultiReader([SegmentReader(storage, schema(), segment) for segment in segments])
        with Searcher(reader) as searcher:
            yield searcher


@pytest.fixture(scope="module", params=range(3), ids=lambda seed: f"seed {seed}")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    writer = WhooshStore(tmp_path_factory.mktemp("index"), "x").create()
    assert isinstance(writer, WhooshWriter)
    with closing(writer):
        return Filled(writer.generation, fill(writer, request.param))


@pytest.fixture
def searcher(filled: Filled) -> Iterator[Searcher]:
    with filled.searcher() as searcher:
        yield searcher


@pytest.fixture
def model(filled: Filled) -> Documents:
    return filled.model


def holds(text: str) -> Callable[[IndexDocument], bool]:
    return lambda doc: any(text in part for part in doc.characters.values())


CASES: Mapping[str, tuple[q.Query, Callable[[IndexDocument], bool]]] = {
    "every": (q.Every(), lambda doc: doc.id != ""),
    "a word": (q.Term("words", "政策"), lambda doc: "政策" in doc.words),
    "a word above U+FFFF": (q.Term("words", "𠮷字"), lambda doc: "𠮷字" in doc.words),
    "no word": (q.Term("words", "没有"), lambda doc: doc.id == ""),
    "a keyword": (q.Term("source", "乙"), lambda doc: "乙" in doc.keywords["source"]),
    "an id": (q.Term("id", "c"), lambda doc: doc.id == "c"),
    "a prefix": (q.Prefix("words", "政"), lambda doc: any(word[0] == "政" for word in doc.words)),
    "a character": (q.Term("characters", "科"), holds("科")),
    "a phrase": (q.Phrase("characters", ["政", "策"]), holds("政策")),
    "a longer phrase": (q.Phrase("characters", ["科", "技", "，"]), holds("科技，")),
    "and": (
        q.And([q.Term("words", "政策"), q.Term("characters", "技")]),
        lambda doc: "政策" in doc.words and holds("技")(doc),
    ),
    "or": (
        q.Or([q.Term("words", "a"), q.Term("source", "丙")]),
        lambda doc: "a" in doc.words or "丙" in doc.keywords["source"],
    ),
    "and not": (
        q.And([q.Every(), q.Not(q.Term("words", "政"))]),
        lambda doc: "政" not in doc.words,
    ),
}


@pytest.mark.parametrize(("asked", "matches"), CASES.values(), ids=CASES)
def test_stock_queries_find_what_plain_python_finds(
    searcher: Searcher, model: Documents, asked: q.Query, matches: Callable[[IndexDocument], bool]
) -> None:
    found = {searcher.stored_fields(number)["id"] for number in searcher.docs_for_query(asked)}
    assert found == {name for name, doc in model.items() if matches(doc)}


def test_deleted_documents_are_not_counted(searcher: Searcher, model: Documents) -> None:
    assert searcher.doc_count() == len(model) < searcher.doc_count_all()


def test_postings_hold_weights_and_positions(searcher: Searcher, model: Documents) -> None:
    reader = searcher.reader()
    for word in WORDS:
        assert weights_of(reader, "words", word) == {
            name: doc.words[word] for name, doc in model.items() if word in doc.words
        }
    for letter in LETTERS:
        assert positions_of(reader, letter) == {
            name: places for name, doc in model.items() if (places := places_in(doc, letter))
        }


def weights_of(reader: SegmentReader, field: str, term: str) -> dict[str, float]:
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return {}
    found = {}
    while matcher.is_active():
        found[reader.stored_fields(matcher.id())["id"]] = matcher.weight()
        matcher.next()
    return found


def positions_of(reader: SegmentReader, letter: str) -> dict[str, list[int]]:
    try:
        matcher = reader.postings("characters", letter)
    except TermNotFound:
        return {}
    found = {}
    while matcher.is_active():
        found[reader.stored_fields(matcher.id())["id"]] = matcher.value_as("positions")
        matcher.next()
    return found


def places_in(doc: IndexDocument, letter: str) -> list[int]:
    """A part begins one behind the end of the part before it."""
    laid_out = "\0".join(doc.characters[part] for part in Part)
    return [at for at, char in enumerate(laid_out) if char == letter]


def test_terms_are_listed_in_order_with_their_statistics(searcher: Searcher) -> None:
    for leaf, _ in searcher.leaf_searchers():
        check_terms(leaf.reader())


def check_terms(reader: SegmentReader) -> None:
    listed = list(reader.all_terms())
    assert listed == sorted(set(listed))
    assert {field for field, _ in listed} <= {"id", "words", "characters", "source"}
    for field, term in listed:
        assert (field, term) in reader
        info = reader.term_info(field, term)
        matcher = reader._terms.matcher(field, term, schema()[field].format)
        postings = []
        while matcher.is_active():
            postings.append((matcher.id(), matcher.weight()))
            matcher.next()
        numbers = [number for number, _ in postings]
        assert (info.min_id(), info.max_id(), info.doc_frequency()) == (numbers[0], numbers[-1], len(numbers))
        assert (info.weight(), info.max_weight()) == (
            sum(weight for _, weight in postings),
            max(weight for _, weight in postings),
        )
    assert ("words", "没有") not in reader
    with pytest.raises(TermNotFound):
        reader.term_info("words", "没有")


def test_columns_and_lengths_are_those_of_the_documents(searcher: Searcher, model: Documents) -> None:
    reader = searcher.reader()
    names = {number: reader.stored_fields(number)["id"] for number in reader.all_doc_ids()}
    assert sorted(names.values()) == sorted(model)
    for field in DATE_FIELDS:
        column = reader.column_reader(field)
        dates = {name: column[number] for number, name in names.items()}
        assert dates == {name: doc.dates.get(field, NO_DATE) for name, doc in model.items()}
    for number, name in names.items():
        assert reader.doc_field_length(number, "words") == model[name].length


@pytest.mark.parametrize(
    ("facet", "sign"),
    [(FieldFacet("published"), 1), (FieldFacet("published", reverse=True), -1)],
    ids=["oldest first", "newest first"],
)
def test_stock_sorting_by_date(searcher: Searcher, model: Documents, facet: FieldFacet, sign: int) -> None:
    hits = searcher.search(q.Every(), limit=None, sortedby=facet)
    dates = [model[hit["id"]].dates.get("published", NO_DATE) for hit in hits]
    assert dates == sorted(dates, key=lambda date: date * sign)
    assert len(dates) == len(model)


def test_stock_scoring_knows_the_lengths(searcher: Searcher, model: Documents) -> None:
    hits = searcher.search(q.Term("words", "政策"), limit=None)
    assert {hit["id"] for hit in hits} == {name for name, doc in model.items() if "政策" in doc.words}
    assert all(hit.score > 0 for hit in hits)
    assert searcher.reader().field_length("words") >= sum(doc.length for doc in model.values())
