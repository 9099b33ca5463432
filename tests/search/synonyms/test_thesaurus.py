"""Which parts of a run have synonyms, and what they become."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from search.expansion.alternative import Alternative, AlternativeKind, Change
from search.expansion.expander import Expander
from search.expansion.expansion import MAX_ALTERNATIVES
from search.expansion.folded_run import FoldedRun
from search.language.query import Span
from search.synonyms.rule_file import read_synonyms
from search.synonyms.rules import Group, OneWay, SetAside, SynonymFile, SynonymRule
from search.synonyms.thesaurus import Thesaurus

SHIPPED = """
科技厅, 科学技术厅
发改委, 发展改革委, 发展和改革委员会
双碳, “双碳”, 碳达峰碳中和, 碳达峰、碳中和
高铁, 高速铁路
环保局 => 生态环境局
人工智能, AI
鄂 => 湖北
创新中心, 创新基地
技术创新, 科技创新
"""


def expander(folding: Folding, own: str = "", shipped: str = SHIPPED) -> Expander:
    files = read_synonyms(own.encode(), "own.txt", folding), read_synonyms(shipped.encode(), "s.txt", folding)
    return Expander(folding, (Thesaurus.of(files[0], files[1:], folding),))


@pytest.fixture(scope="module")
def known(folding: Folding) -> Expander:
    return expander(folding)


@pytest.mark.parametrize(
    ("run", "texts"),
    [
        pytest.param("科技厅", ("科学技术厅",), id="the form itself"),
        pytest.param("浙江省科技厅", ("浙江省科学技术厅",), id="in a name"),
        pytest.param("浙江省科学技术厅", ("浙江省科技厅",), id="the other way round"),
        pytest.param("科技廳通知", ("科学技术厅通知",), id="Traditional"),
        pytest.param("发改委", ("发展改革委", "发展和改革委员会"), id="several, in the order of the line"),
        pytest.param("发展改革委", ("发改委", "发展和改革委员会"), id="from the middle of a group"),
        pytest.param("环保局", ("生态环境局",), id="one-way"),
        pytest.param("生态环境局", (), id="not back"),
        pytest.param("双碳", ("碳达峰碳中和", "碳达峰、碳中和"), id="none that holds what was typed"),
        pytest.param(
            "双碳工作", ("“双碳”工作", "碳达峰碳中和工作", "碳达峰、碳中和工作"), id="unless parted by marks"
        ),
        pytest.param("ai产业", ("人工智能产业",), id="Latin, any case"),
        pytest.param("ＡＩ产业", ("人工智能产业",), id="Latin, any width"),
        pytest.param("chain", (), id="no Latin form inside a Latin word"),
        pytest.param("ai2", (), id="nor before a digit"),
        pytest.param("鄂", ("湖北",), id="one character as the whole run"),
        pytest.param("鄂政发", (), id="one character not inside a run"),
        pytest.param("技术创新中心", ("科技创新中心",), id="of equally long parts the first"),
        pytest.param("", (), id="nothing"),
        pytest.param("通知", (), id="no form"),
    ],
)
def test_the_runs_that_follow(run: str, texts: tuple[str, ...], known: Expander) -> None:
    assert tuple(alternative.text for alternative in known.expand(run).alternatives()) == texts


@pytest.mark.parametrize(
    ("run", "kind", "by"),
    [
        pytest.param("科技厅", AlternativeKind.ABBREVIATION, "s.txt:2", id="short to long"),
        pytest.param("科学技术厅", AlternativeKind.ABBREVIATION, "s.txt:2", id="long to short"),
        pytest.param("AI", AlternativeKind.SYNONYM, "s.txt:7", id="another name"),
        pytest.param("环保局", AlternativeKind.ONE_WAY, "s.txt:6", id="one-way"),
    ],
)
def test_the_kind_and_the_rule_are_said(run: str, kind: AlternativeKind, by: str, known: Expander) -> None:
    (change,) = known.expand(run).alternatives()[0].changes
    assert (change.kind, change.by, change.part) == (kind, by, run)


def test_several_parts_change_alone_and_together(known: Expander) -> None:
    science = Change(AlternativeKind.ABBREVIATION, "科技厅", (0, 3), "科学技术厅", "s.txt:2")
    rail = Change(AlternativeKind.ABBREVIATION, "高铁", (4, 2), "高速铁路", "s.txt:5")
    assert known.expand("科技厅和高铁").alternatives() == (
        Alternative("科技厅和高速铁路", (rail,)),
        Alternative("科学技术厅和高铁", (science,)),
        Alternative("科学技术厅和高速铁路", (science, rail)),
    )


@pytest.mark.parametrize(
    ("run", "words", "found"),
    [
        pytest.param("提高铁路运力", ((0, 2), (2, 2), (4, 2)), False, id="across two words"),
        pytest.param("修高铁站", ((0, 1), (1, 2), (3, 1)), True, id="a word"),
        pytest.param("修高铁站", ((0, 1), (1, 3)), True, id="at the beginning of a word"),
        pytest.param("修高铁站", ((0, 3), (3, 1)), True, id="at the end of a word"),
        pytest.param("修高铁站", ((0, 4),), False, id="in the middle of a word"),
        pytest.param("修高铁站", ((0, 1), (1, 1), (2, 1), (3, 1)), True, id="two words"),
        pytest.param("高铁路", ((0, 1), (1, 2)), False, id="into the word behind"),
        pytest.param("高铁", (), True, id="words unknown"),
    ],
)
def test_a_short_form_is_not_found_across_words(
    known: Expander, run: str, words: tuple[Span, ...], *, found: bool
) -> None:
    assert bool(known.expand(run, words).alternatives()) is found


def test_a_longer_form_is_found_whatever_the_words(known: Expander) -> None:
    assert known.expand("省科技厅长", ((0, 1), (1, 2), (3, 2))).alternatives()[0].text == "省科学技术厅长"


def test_controls_are_looked_through_and_spans_count_them(known: Expander) -> None:
    (alternative,) = known.expand("省\u200b科\u200b技厅长", ((0, 1), (2, 5))).alternatives()
    assert alternative.text == "省\u200b科学技术厅长"
    assert (alternative.changes[0].part, alternative.changes[0].span) == ("科\u200b技厅", (2, 4))


class TestOwnFile:
    @pytest.mark.parametrize(
        ("own", "run", "texts"),
        [
            pytest.param(
                "碳汇贷, 林业碳汇质押贷款", "碳汇贷", ("林业碳汇质押贷款",), id="new rules are added"
            ),
            pytest.param("科技厅, 科委", "科技厅", ("科委", "科学技术厅"), id="own readings come first"),
            pytest.param("科技厅, 科委", "科学技术厅", ("科技厅",), id="groups of two files are not joined"),
            pytest.param("科技厅", "科技厅", (), id="a form alone is set aside"),
            pytest.param("科技厅", "科学技术厅", (), id="also as what others become"),
            pytest.param("高鐵", "高铁", (), id="in any script"),
            pytest.param(
                "发改委", "发展改革委", ("发展和改革委员会",), id="and its group goes on without it"
            ),
            pytest.param("环保局", "环保局", (), id="before an arrow too"),
        ],
    )
    def test_beside_the_shipped_one(
        self, own: str, run: str, texts: tuple[str, ...], folding: Folding
    ) -> None:
        alternatives = expander(folding, own).expand(run).alternatives()
        assert tuple(alternative.text for alternative in alternatives) == texts

    def test_the_same_reading_is_named_by_the_own_rule(self, folding: Folding) -> None:
        (alternative,) = expander(folding, "科技厅, 科学技术厅").expand("科技厅").alternatives()
        assert alternative.changes[0].by == "own.txt:1"

    def test_without_one(self, folding: Folding) -> None:
        thesaurus = Thesaurus.of(SynonymFile("own.txt"), (), folding)
        assert Expander(folding, (thesaurus,)).expand("科技厅").alternatives() == ()


def test_what_is_found_is_what_stands_there(folding: Folding) -> None:
    """All parts of a run, one by one, beside the forms that have readings."""
    file = read_synonyms(SHIPPED.encode(), "s.txt", folding)
    thesaurus = Thesaurus.of(SynonymFile("own.txt"), (file,), folding)
    forms = {folding.fold(form) for rule in file.rules for form in _read_otherwise(rule)}

    @given(_TEXT)
    def law(text: str) -> None:
        run = FoldedRun.of(text, folding)
        pieces = [(start, end) for end in range(len(run.text) + 1) for start in range(end)]
        expected = {
            (start, end)
            for start, end in pieces
            if run.text[start:end] in forms
            and (end - start > 1 or len(run.text) == 1)
            and not re.search("[a-z]{2}", run.text[max(start - 1, 0) : start + 1])
            and not re.search("[a-z]{2}", run.text[end - 1 : end + 1])
        }
        assert {(part.start, part.end) for part in thesaurus.found(run)} == expected

    law()


def _read_otherwise(rule: SynonymRule) -> tuple[str, ...]:
    match rule:
        case Group(forms=forms):
            return forms
        case OneWay(sources=sources):
            return sources
        case SetAside():
            return ()


_TEXT = st.text(
    st.sampled_from("科技厅学术发改展和革委员会双碳高铁路速aAiI\u200b鄂、“”創新中心"), max_size=24
)
_CUTS = st.lists(st.integers(1, 3), max_size=24)


def _words(run: str, lengths: list[int]) -> tuple[Span, ...]:
    words: list[Span] = []
    at = 0
    for length in lengths:
        if at + length <= len(run):
            words.append((at, length))
        at += length
    return tuple(words)


def test_laws(folding: Folding, known: Expander) -> None:
    @given(_TEXT, _CUTS)
    def law(run: str, lengths: list[int]) -> None:
        alternatives = known.expand(run, _words(run, lengths)).alternatives()
        assert len(alternatives) <= MAX_ALTERNATIVES
        folded = [folding.fold(alternative.text) for alternative in alternatives]
        assert len(set(folded)) == len(folded)
        for alternative in alternatives:
            assert alternative.text
            assert folding.fold(alternative.text).replace("\u200b", "") != folding.fold(run).replace(
                "\u200b", ""
            )
            assert applied(run, alternative.changes) == alternative.text

    law()


def applied(run: str, changes: tuple[Change, ...]) -> str:
    text = run
    for change in reversed(changes):
        start, length = change.span
        assert run[start : start + length] == change.part
        text = text[:start] + change.text + text[start + length :]
    return text


def test_with_words_given_less_is_found_never_more(known: Expander) -> None:
    @given(_TEXT, _CUTS)
    def law(run: str, lengths: list[int]) -> None:
        def parts(words: tuple[Span, ...]) -> int:
            return max(
                (len(alternative.changes) for alternative in known.expand(run, words).alternatives()),
                default=0,
            )

        if not parts(()):
            assert not parts(_words(run, lengths))

    law()
