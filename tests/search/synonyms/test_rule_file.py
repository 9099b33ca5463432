"""Files of synonyms: what they hold, and what is wrong with one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding
from search.synonyms.rule_file import MAX_FORM, MAX_FORMS, MAX_RULES, read_synonyms
from search.synonyms.rules import Group, OneWay, SetAside, SynonymFile, SynonymsInvalid

NAME = "data/synonyms.txt"

FILE = """\ufeff# our own
发改委, 发展和改革委员会

鄂 => 鄂, 湖北
环保局, 环境保护局 => 生态环境局
央行
Model Y, ＭＹ
"""


def test_a_file_is_read(folding: Folding) -> None:
    assert read_synonyms(FILE.encode(), NAME, folding) == SynonymFile(
        NAME,
        (
            Group(2, ("发改委", "发展和改革委员会")),
            OneWay(4, ("鄂",), ("湖北",)),
            OneWay(5, ("环保局", "环境保护局"), ("生态环境局",)),
            SetAside(6, "央行"),
            Group(7, ("Model Y", "ＭＹ")),
        ),
    )


def test_a_rule_is_named_by_file_and_line_without_the_path(folding: Folding) -> None:
    file = read_synonyms(FILE.encode(), NAME, folding)
    assert file.place(file.rules[1]) == "synonyms.txt:4"


def test_a_form_may_stand_in_a_group_and_before_an_arrow(folding: Folding) -> None:
    assert len(read_synonyms("双碳, 碳达峰碳中和\n双碳 => 低碳".encode(), NAME, folding).rules) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("a1, b\nc, A1", r"line 2: A1 stands in line 1 too; make the two lines one", id="twice"),
        pytest.param("甲 => 乙\n甲 => 丙", "line 2: 甲 stands in line 1 too", id="twice before an arrow"),
        pytest.param("甲, 乙\n甲", "line 2: 甲 stands in line 1 too", id="set aside and grouped"),
        pytest.param("科技廳, 科技厅", "科技廳 and 科技厅 are the same to a search; keep one", id="scripts"),
        pytest.param("Ａ １, a1", "are the same to a search", id="width, case and white space"),
        pytest.param("甲 => 乙, 乙", "乙 and 乙 are the same", id="twice behind an arrow"),
        pytest.param("甲 => 甲", "what stands behind the arrow stands before it too", id="to itself"),
        pytest.param("甲, ——", "—— has no letter, digit or Chinese character", id="marks alone"),
        pytest.param("甲, 词\u200b语", "has a character that nobody sees; type it anew", id="invisible"),
        pytest.param(f"甲, {'长' * (MAX_FORM + 1)}", "a form has at most 64", id="long"),
        pytest.param(
            ", ".join(f"词{n}" for n in range(MAX_FORMS + 1)),
            "there are 17 forms; a rule has at most 16",
            id="many",
        ),
        pytest.param(
            "\n".join(f"词{n}, 语{n}" for n in range(MAX_RULES + 1)),
            "line 20001: a file has at most 20,000",
            id="rules",
        ),
        pytest.param("甲,\n乙, 丙\n丁 => 丁", "line 1: a form is empty.*; line 3: what stands", id="several"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, fault: str, folding: Folding) -> None:
    with pytest.raises(SynonymsInvalid, match=f"^{NAME}: .*{fault}"):
        read_synonyms(text.encode(), NAME, folding)


@given(
    st.binary(max_size=40) | st.text(st.sampled_from("甲乙丙aA１,=> \n#\u200b—"), max_size=24).map(str.encode)
)
def test_any_file_is_read_or_refused(data: bytes) -> None:
    folding = Folding.load()
    try:
        file = read_synonyms(data, NAME, folding)
    except SynonymsInvalid:
        return
    for rule in file.rules:
        match rule:
            case Group(forms=forms):
                assert len({folding.fold(form) for form in forms}) == len(forms) > 1
            case OneWay(sources=sources, targets=targets):
                assert sources
                assert targets
                assert not {folding.fold(form) for form in sources} & {folding.fold(form) for form in targets}
            case SetAside(form=form):
                assert form


def test_every_fault_has_its_line(folding: Folding) -> None:
    with pytest.raises(SynonymsInvalid) as refused:
        read_synonyms("甲,\n乙, 丙\n丁 => 丁\n".encode(), NAME, folding)
    assert [(fault.line, str(fault).partition(":")[0]) for fault in refused.value.lines] == [
        (1, "line 1"),
        (3, "line 3"),
    ]
