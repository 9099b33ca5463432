import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest

import index.text.rules
import web
from index.article import Certainty, Level, Relation
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY, MAX_WINDOW
from search.results import NoticeKind
from web.http.viewer import Theme
from web.parameters import table
from web.parameters.defined.lookups import ANALYSED
from web.parameters.defined.query import Q
from web.presenters.article_page import ORIGINAL_KINDS
from web.texts.text import Language, Message, Text
from web.texts.texts import TABLES, TEXTS, Texts

FOLDER = Path(web.__file__).parent
SAID = re.compile(r'(?:say|Message)\(\s*"([a-z_.\-]*[a-z])"')
BUILT = re.compile(r'f"([a-z_\-]+\.[a-z_.\-]*)\{|"([a-z_.\-]+\.)" ~')
"""Where keys are put together from a kind or a name; their own tests say that each of them exists."""
HAN = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
SIMPLIFIED = frozenset("们这个时对说请关门问还没类网页发进过动参数调长书义专业东会员间检报开错误条")
"""Common characters that Traditional Chinese writes otherwise, and below how it does."""
TRADITIONAL = frozenset("們這個時對說請關門問還沒類網頁發進過動參數調長書義專業東會員間檢報開錯誤條")
ENGLISH_MAY_SAY = re.compile(r"help\.\w+\.write|opensearch\.example|saved\.query_hint")
"""Queries to try: articles are Chinese in every language."""


def sources() -> Iterator[str]:
    for source in chain(FOLDER.rglob("*.py"), FOLDER.rglob("*.html")):
        yield source.read_text(encoding="utf-8")


def said_keys() -> set[str]:
    return {key for source in sources() for key in SAID.findall(source)}


def names_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def forms_of(text: Text) -> tuple[str, ...]:
    return tuple(form for form in (text.hans, text.hant, text.en, text.en_one) if form)


@pytest.mark.parametrize("key", sorted(said_keys()))
def test_every_text_that_is_said_exists(key: str) -> None:
    assert key in TEXTS


def test_no_key_is_in_two_tables() -> None:
    counts = Counter(chain.from_iterable(TABLES))
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_table_is_known() -> None:
    """A file that nobody put into TABLES would be texts that nobody can say."""
    known = {id(table) for table in TABLES}
    for module in pkgutil.iter_modules([str(FOLDER / "texts")], "web.texts."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.isupper() and name != "TEXTS" and isinstance(value, type(TEXTS)):
                assert id(value) in known, f"{module.name}.{name}"


def test_no_text_is_left_over() -> None:
    written = "".join(
        source.read_text(encoding="utf-8")
        for source in chain(FOLDER.rglob("*.py"), FOLDER.rglob("*.html"))
        if source.parent.name != "texts"
    )
    built = {first or second for first, second in BUILT.findall(written)}
    left = [
        key
        for key in TEXTS
        if f'"{key}"' not in written and not any(key.startswith(prefix) for prefix in built)
    ]
    assert left == []


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_says_the_same_in_each_language(key: str) -> None:
    """It is there, and the same names are filled in; `count` may be a word where it is one."""
    text = TEXTS[key]
    assert all((text.hans, text.hant, text.en))
    assert names_in(text.hans) == names_in(text.hant) == names_in(text.en)
    if text.en_one:
        assert "count" in names_in(text.en)
        assert names_in(text.en) - {"count"} <= names_in(text.en_one) <= names_in(text.en)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_can_be_filled_in(key: str) -> None:
    for form in forms_of(TEXTS[key]):
        assert "" not in names_in(form)
    for language in Language:
        said = Texts(language).say(key, **dict.fromkeys(names_in(TEXTS[key].hans), "1"))
        assert "{" not in said


def meanings() -> Iterator[tuple[str, Text]]:
    """What parameters mean, which the tables of parameters say beside their bounds."""
    for parameters in vars(table).values():
        if isinstance(parameters, tuple):
            yield from ((f"parameter {parameter.name}", parameter.meaning) for parameter in parameters)


@pytest.mark.parametrize(("key", "text"), sorted({*TEXTS.items(), *meanings()}, key=str))
def test_every_text_is_in_its_language(key: str, text: Text) -> None:
    example = "台湾、臺灣、台灣"
    assert not set(text.hant.replace(example, "")) & SIMPLIFIED
    assert not set(text.hans.replace(example, "")) & TRADITIONAL
    if not ENGLISH_MAY_SAY.fullmatch(key):
        assert HAN.findall(text.en + text.en_one) == []


def test_the_check_of_languages_finds_what_it_looks_for() -> None:
    assert len(SIMPLIFIED) == len(TRADITIONAL)
    assert not SIMPLIFIED & TRADITIONAL
    assert HAN.findall("Region：浙江") == ["：", "浙", "江"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "key",
    [
        *(f"notice.{kind.value}" for kind in NoticeKind),
        *(f"certainty.{certainty.value}" for certainty in Certainty),
        *(f"level.{level.value}" for level in Level),
        *(f"fact.region.{relation.value}" for relation in Relation),
        *(f"original.{kind}" for kind in (*ORIGINAL_KINDS.values(), "record")),
        *(f"fault.{parameter.too_long.value}" for parameter in (Q, ANALYSED)),
        *(f"preferences.theme.{theme.value}" for theme in Theme),
    ],
)
def test_every_value_of_a_closed_list_has_a_text(key: str, language: Language) -> None:
    assert TEXTS[key].of(language)


def rules() -> Iterator[str]:
    for module in pkgutil.iter_modules(index.text.rules.__path__, "index.text.rules."):
        if (rule := getattr(importlib.import_module(module.name), "RULE", None)) is not None:
            yield rule


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_of_the_repair_has_a_text(rule: str) -> None:
    assert f"rule.{rule}" in TEXTS


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.HANS, "请求编号 {id}{0}%s"),
        (Language.HANT, "請求編號 {id}{0}%s"),
        (Language.EN, "Request {id}{0}%s"),
    ],
)
def test_values_are_not_read_as_texts(language: Language, said: str) -> None:
    assert Texts(language).say("problem.request", id="{id}{0}%s") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.HANS, "参数“sort”没有“x”这个值，可用：relevance、newest。"),
        (Language.HANT, "參數「sort」沒有「x」這個值，可用：relevance、newest。"),
        (Language.EN, "The parameter “sort” cannot be “x”; it can be: relevance, newest."),
    ],
)
def test_a_message_is_told_in_any_language_and_several_values_are_joined(
    language: Language, said: str
) -> None:
    message = Message("fault.choice", {"name": "sort", "value": "x", "choices": ("relevance", "newest")})
    assert Texts(language).tell(message) == said


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        (Language.EN, "1", "1 result"),
        (Language.EN, 1, "1 result"),
        (Language.EN, "0", "0 results"),
        (Language.EN, "1,000", "1,000 results"),
        (Language.HANS, "1", "1 条结果"),
        (Language.HANT, "1", "1 筆結果"),
    ],
)
def test_only_english_tells_one_from_many(language: Language, count: object, said: str) -> None:
    assert Texts(language).say("results.count", count=count) == said


@pytest.mark.parametrize("language", Language)
def test_an_unknown_key_is_an_error(language: Language) -> None:
    with pytest.raises(KeyError):
        Texts(language).say("no.such.key")


def test_a_message_in_a_log_names_its_key_and_what_is_filled_in() -> None:
    assert str(Message("fault.integer", {"name": "page", "low": 1})) == "fault.integer (name page, low 1)"


@pytest.mark.parametrize("language", Language)
def test_limits_are_those_that_are_kept(language: Language) -> None:
    limits = [str(MAX_QUERY), str(MAX_CLAUSES), str(MAX_DEPTH), f"{MAX_WINDOW:,}"]
    assert re.findall(r"[\d,]*\d", TEXTS["help.limits"].of(language)) == limits


def test_limits_are_not_written_by_hand() -> None:
    for file in (FOLDER / "texts").glob("*.py"):
        assert not re.findall(r"512|10,000|\b64\b|\b20 [层層]", file.read_text(encoding="utf-8")), file.name
