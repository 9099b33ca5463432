"""Where a query is marked: the rules as tables, and laws for any article and query."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from index.text.characters import is_skipped
from search.language.parser import parse
from search.language.query import Phrase, Run, TextLeaf, wanted
from search.marking.highlights import MAX_PLACES, MAX_SPANS, Highlights
from tests import reference_engine as reference
from tests.engines import from_reference, make_article
from tests.query_clauses import any_clause, with_numbers
from tests.search.highlighters import highlighter
from tests.search.mark_laws import assert_explained, assert_in_order
from tests.strategies import articles, query_tree, render, texts

LONG_WORD = "q" * 70


def highlight(article: Article, leaves: Iterable[TextLeaf], analyzer: Analyzer) -> Highlights:
    return highlighter(leaves, analyzer).highlight(article)


def marks(body: str, q: str, analyzer: Analyzer) -> list[str]:
    """What is marked in an article with this body: the marks as text, in order."""
    article = make_article("a", body)
    found = highlight(article, wanted(parse(q, analyzer.folding).query), analyzer)
    assert_in_order(article, found)
    assert found.spans.keys() <= {Part.BODY}
    return [body[start : start + length] for start, length in found.spans.get(Part.BODY, ())]


@pytest.mark.parametrize(
    ("body", "q", "marked"),
    [
        pytest.param("大卫到了扫罗那里", "大卫", ["大卫"], id="no more than the word (row 25)"),
        pytest.param("中华人民共和国国歌", "中华国歌", ["中华", "国歌"], id="words, no bridge (row 26)"),
        pytest.param(
            "人工智能与经济。人工客服，智能终端",
            "人工智能",
            ["人工智能"],
            id="no words beside the run (row 26)",
        ),
        pytest.param("中国化时代化", "中国化", ["中国化"], id="not the shorter word (row 27)"),
        pytest.param("管理局局长", "局", ["局", "局"], id="touching marks stay apart (row 1)"),
        pytest.param("哈哈哈", "哈哈", ["哈哈哈"], id="overlapping marks are merged"),
        pytest.param("科技创新", "科技创 技创新", ["科技创新"], id="overlapping parts are merged"),
        pytest.param("科技创新", "科技 创新", ["科技", "创新"], id="touching parts stay apart"),
        pytest.param("科技创新", "科技创新 技创", ["科技创新"], id="a part inside another"),
        pytest.param("科技创新", "科技 科技", ["科技"], id="the same part twice"),
        pytest.param("臺灣地區發展", "台湾", ["臺灣"], id="Traditional text, Simplified query"),
        pytest.param("台湾地区", "臺灣", ["台湾"], id="Simplified text, Traditional query"),
        pytest.param("ＧＤＰ增长６％", "gdp 6%", ["ＧＤＰ", "６％"], id="full width and case"),
        pytest.param("科 技\n\u3000创新", "科技创新", ["科 技\n\u3000创新"], id="white space inside a mark"),
        pytest.param(" 科技 ", "科技", ["科技"], id="no white space around a mark"),
        pytest.param("科\u200b技\u00ad创", "科技创", ["科\u200b技\u00ad创"], id="zero-width inside a mark"),
        pytest.param("\u200b科技\u200b", "科技", ["科技"], id="no zero-width around a mark"),
        pytest.param(
            "标准GB/T 2260实施", "GB/T2260", ["GB/T 2260"], id="a space that the query does not have"
        ),
        pytest.param("标准GB/T2260实施", '"GB/T 2260"', ["GB/T2260"], id="a space that only the query has"),
        pytest.param("吉𠮷林省發展", "发展", ["發展"], id="behind a character above U+FFFF"),
        pytest.param("乡镇𠮷野村", "𠮷", ["𠮷"], id="a character above U+FFFF"),
        pytest.param("村与㐂多村", "㐂", ["㐂"], id="a rare character"),
        pytest.param("120㎡住房", "㎡", ["㎡"], id="a symbol"),
        pytest.param("发展，改革", '"发展,改革"', ["发展，改革"], id="punctuation inside a mark"),
        pytest.param("发展，改革", '"发展改革"', [], id="a phrase is not marked by its words"),
        pytest.param("发展，改革", "发展改革", ["发展", "改革"], id="a run is marked by its words"),
        pytest.param("发展，科技", "发展改革", [], id="no marks if one word is missing"),
        pytest.param("改革，发展", "发展 -科技", ["发展"], id="beside a negative"),
        pytest.param("改革，发展", "-发展", [], id="nothing under a minus"),
        pytest.param("改革，发展", "改革 -(发展 科技)", ["改革"], id="nothing in a negated group"),
        pytest.param("改革，发展", "改革 OR -发展", ["改革"], id="nothing negated under OR"),
        pytest.param("改革", "科技 OR 改革", ["改革"], id="the side of OR that is there"),
        pytest.param("改革", "", [], id="no query"),
        pytest.param("改革", "body:改革 date:2024", ["改革"], id="the part that it is about"),
        pytest.param("改革", "title:改革 OR lead:改革", [], id="no other part"),
        pytest.param("改革，发展", "body:发展改革", ["改革", "发展"], id="the words in that part"),
        pytest.param("改革，发展", "body:发展科技", [], id="no words if one is missing there"),
        pytest.param("科技发展的科技", '"科技 发展"~0', ["科技", "发展"], id="near each other, no further"),
        pytest.param("发展\n科技", '"科技 发展"~0', ["发展", "科技"], id="near in the other order"),
        pytest.param("科技的发展", '"科技 发展"~0', [], id="not near enough"),
        pytest.param("GDPs", "gdp*", ["GDP"], id="the stem of a word"),
        pytest.param("本科技能，科 技园", "科技*", ["科 技"], id="no stem across two words"),
        pytest.param("AGDP，GDP", "gdp*", ["GDP"], id="no stem inside a word"),
        pytest.param("本科技能", "本科技*", ["本科技"], id="a stem of several words as it stands"),
        pytest.param(
            "按鄂政发[2024]第12号，鄂政发〔2024〕2号",
            "鄂政发（2024）12号",
            ["鄂政发[2024]第12号"],
            id="a document's number in other brackets",
        ),
        pytest.param("", "改革", [], id="no text"),
        pytest.param("的确良布厂了解政策的", "的", ["的", "的"], id="a single character anywhere"),
        pytest.param("科技发展", "发", ["发"], id="a single character inside a word"),
        pytest.param("人民政府，办公厅", "办公厅人民", ["人民", "办公厅"], id="a word inside a longer word"),
        pytest.param(
            f"{LONG_WORD}a，改革", f"{LONG_WORD}b改革", [f"{LONG_WORD}a", "改革"], id="a word cut for length"
        ),
    ],
)
def test_marks_are(body: str, q: str, marked: list[str], analyzer: Analyzer) -> None:
    assert marks(body, q, analyzer) == marked


def test_every_part_is_marked_where_it_stands(analyzer: Analyzer) -> None:
    article = replace(
        make_article("a", "建设科技中心", title="科技改革"), lead="重点是科技", tags=("经济", "科技")
    )
    assert highlight(article, [Run("科技")], analyzer) == Highlights(
        {
            Part.TITLE: ((0, 2),),
            Part.LEAD: ((3, 2),),
            Part.BODY: ((2, 2),),
            Part.TAGS: ((3, 2),),
        },
        truncated=False,
    )


def test_no_mark_crosses_from_one_part_or_tag_to_the_next(analyzer: Analyzer) -> None:
    article = replace(make_article("a", "技创", title="科"), tags=("新", "发"))
    assert not highlight(article, [Phrase("科技"), Phrase("创新"), Phrase("新发")], analyzer).spans


def test_words_of_a_run_may_lie_in_different_parts(analyzer: Analyzer) -> None:
    article = make_article("a", "改革", title="发展")
    spans = highlight(article, [Run("发展改革")], analyzer).spans
    assert spans == {Part.TITLE: ((0, 2),), Part.BODY: ((0, 2),)}


def test_words_are_not_marked_where_the_run_stands_in_another_part(analyzer: Analyzer) -> None:
    article = make_article("a", "发展与改革", title="发展改革")
    assert highlight(article, [Run("发展改革")], analyzer).spans == {Part.TITLE: ((0, 4),)}


@pytest.mark.parametrize("unit", ["局，", "局长，"])
@pytest.mark.parametrize("count", [MAX_SPANS - 1, MAX_SPANS, MAX_SPANS + 1])
def test_marks_of_a_part_are_at_most_1000(count: int, unit: str, analyzer: Analyzer) -> None:
    found = highlight(make_article("a", unit * count), [Run(unit[:-1])], analyzer)
    assert len(found.spans[Part.BODY]) == min(count, MAX_SPANS)
    assert found.truncated is (count > MAX_SPANS)


@pytest.mark.parametrize("count", [MAX_SPANS - 1, MAX_SPANS, 2 * MAX_SPANS])
def test_a_word_behind_a_thousand_others_still_counts(count: int, analyzer: Analyzer) -> None:
    found = highlight(make_article("a", "科技，" * count + "改革"), [Run("改革科技")], analyzer)
    assert len(found.spans[Part.BODY]) == min(count + 1, MAX_SPANS)
    assert found.truncated is (count >= MAX_SPANS)


def test_several_parts_of_a_query_share_the_bound(analyzer: Analyzer) -> None:
    found = highlight(make_article("a", "科技，改革，" * 600), [Run("科技"), Run("改革")], analyzer)
    assert len(found.spans[Part.BODY]) == MAX_SPANS
    assert found.truncated


def test_a_text_that_overlaps_itself_throughout_is_one_mark(analyzer: Analyzer) -> None:
    body = "哈" * 5000
    assert highlight(make_article("a", body), [Run("哈哈")], analyzer) == Highlights(
        {Part.BODY: ((0, 5000),)}, truncated=False
    )


def test_places_that_overlap_are_not_counted_as_all(analyzer: Analyzer) -> None:
    """哈哈 is a word twice in 哈哈哈: the first 1,001 places are the first 501 marks, and more follow."""
    assert list(analyzer.index_words("哈哈哈")) == ["哈哈", "哈哈", "哈哈哈"]
    found = highlight(make_article("a", "哈哈哈，" * MAX_SPANS + "科技"), [Run("科技哈哈")], analyzer)
    assert len(found.spans[Part.BODY]) == MAX_SPANS // 2 + 2
    assert found.truncated


def test_overlaps_without_end_are_merged_up_to_a_bound(analyzer: Analyzer) -> None:
    found = highlight(make_article("a", "哈" * 50_000), [Run("哈哈")], analyzer)
    assert found == Highlights({Part.BODY: ((0, MAX_PLACES + 1),)}, truncated=True)


# Laws


def leaves_of(tree: reference.Node) -> tuple[reference.Node, ...]:
    """The leaves about texts that are under no negation, or under one directly on another."""
    match tree:
        case reference.Run() | reference.Phrase():
            return (tree,)
        case reference.Written(reference.Source() | reference.Days()):
            return ()
        case reference.Written(clause):
            return (clause,)
        case reference.And(children) | reference.Or(children):
            return tuple(leaf for child in children for leaf in leaves_of(child))
        case reference.Not(child):
            inner = without_groups_of_one(child)
            return leaves_of(inner.child) if isinstance(inner, reference.Not) else ()
        case _:
            return ()


def without_groups_of_one(tree: reference.Node) -> reference.Node:
    if isinstance(tree, reference.And | reference.Or):
        clauses = [child for child in tree.children if is_clause(child)]
        if len(clauses) == 1:
            return without_groups_of_one(clauses[0])
    return tree


def is_clause(tree: reference.Node) -> bool:
    match tree:
        case reference.Run() | reference.Phrase():
            return says_something(tree)
        case reference.Written(clause):
            return says_something(clause)
        case reference.And(children) | reference.Or(children):
            return any(map(is_clause, children))
        case reference.Not(child):
            return is_clause(child)
        case _:
            return False


@pytest.mark.parametrize("seed", range(8))
def test_marks_of_random_queries_hold_the_laws(seed: int, analyzer: Analyzer) -> None:
    """What matches alone is marked, and only that; each mark is in order and explained by the query."""
    random = Random(seed)
    collection = with_numbers(random, articles(random, 30))
    marked = 0
    for _ in range(100):
        tree = query_tree(random, collection, any_clause)
        leaves = wanted(parse(render(tree, random), analyzer.folding).query)
        for article in random.sample(collection, 3):
            stored = from_reference(article)
            found = highlight(stored, leaves, analyzer)
            assert_in_order(stored, found)
            assert_explained(stored, found, leaves, analyzer)
            engine = reference.ReferenceEngine([article])
            clauses = [as_marked(leaf) for leaf in leaves_of(tree) if says_something(leaf)]
            assert bool(found.spans) == any(engine.match(leaf) for leaf in clauses), tree
            marked += bool(found.spans)
    assert marked > 40


def as_marked(leaf: reference.Node) -> reference.Node:
    """In one part a stem is marked wherever it stands, though the article needs a word that it begins."""
    match leaf:
        case reference.In(part, reference.Starting(stem)):
            return reference.In(part, reference.Phrase(stem))
        case _:
            return leaf


def says_something(leaf: reference.Node) -> bool:
    match leaf:
        case reference.Run(text):
            return not reference.says_nothing(reference.without_sentence_marks(text))
        case reference.Phrase(text):
            return not reference.says_nothing(text)
        case reference.In(_, clause):
            return says_something(clause)
        case _:
            return True


def test_a_cut_of_a_text_is_marked_where_it_was_cut(analyzer: Analyzer) -> None:
    """Any stretch of any text, quoted, is marked at its place, but for white space and controls around it."""

    @given(text=texts(), data=st.data())
    def law(text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        found = highlight(make_article("a", text), [Phrase(text[start:end])], analyzer)
        spans = found.spans.get(Part.BODY, ())
        kept = [at for at in range(start, end) if not is_skipped(text[at])]
        assert bool(spans) == bool(kept)
        if kept:
            assert any(low <= kept[0] and kept[-1] < low + length for low, length in spans)
        for low, length in spans:
            assert not is_skipped(text[low])
            assert not is_skipped(text[low + length - 1])

    law()
