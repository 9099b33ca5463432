"""Random articles, queries and texts for property tests.

`articles`, `query_tree` and `filters` take a seeded `random.Random` and give the same value for the same
seed: thousands of cases are cheap, and one number names a failure. `render` writes a tree as a person might
type it. `texts` is for hypothesis.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from random import Random
from typing import Final

from hypothesis import strategies as st

from tests.reference_engine import (
    All,
    And,
    Filters,
    Node,
    Not,
    Or,
    Phrase,
    ReferenceArticle,
    Run,
    Written,
    chars,
    fold,
    folding,
    is_han,
    query_words,
)

# Most are words of jieba's dictionary; some (总投资, 大湾区) are cut in two, so that both kinds are tried.
WORDS: Final = """
    科技 创新 协同 发展 改革 总投资 投资 人民政府 人民 数据 中心 大湾区 湾区 局 长 局长 会长 数字经济 经济
    高新技术 企业 政策 补贴 环境 营商 人工智能 智能 乡村 振兴 光谷 产业 产业链 专项资金 资金 示范区 示范 园区
    服务 绿色 湖北 武汉 武汉大学 大学 学会 葛店 鄂 广东 广东省 亿元 市场 市场监督 监督 管理局 管理 银行 开放
    实施 办法 关于 通知 的 和 与 公里 平台 云计算 计算 年后 金融 林业 合同 工人 A股 IC卡 二〇二四年
"""
VOCABULARY: Final = tuple(WORDS.split())
LATIN: Final = ("GDP", "gdp", "5G", "AI", "WiFi", "GB/T", "C", "2024", "500", "50%", "2260", "10", "5", "①")
PUNCTUATION: Final = tuple('，。、；：！？…—·-－/,.;:!?%()（）《》“”「」【】"＂')
SKIPPED: Final = (" ", "  ", "\u3000", "\n", "\n\u3000\u3000", "\t", "\u200b", "\u00ad", "\u200b\n")
SYMBOLS: Final = ("㎡", "+", "＋", "<", "＞", "℃", "★", "～", "𠮷", "𠮷", "😀", "🚄")
SOURCES: Final = ("湖北科技网", "广东省发展改革", "武汉大学", "GDP 观察", "")
QUOTES: Final = (('"', '"'), ("“", "”"), ("「", "」"), ("《", "》"), ("＂", "＂"))
BRACKETS: Final = (("(", ")"), ("（", "）"))
SPACES: Final = (" ", " ", "  ", "\u3000", " \u3000")

MOST_CLAUSES: Final = 12
GREATEST_DEPTH: Final = 4


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """For each folded character that can be written in other ways: all of them, itself first."""
    found: dict[str, tuple[str, ...]] = {}
    for source, target in folding().items():
        found[target] = (*found.get(target, (target,)), chr(source))
    return found


@cache
def alphabet() -> str:
    """Every character that the generators here can emit, each once, in a fixed order."""
    plain = "".join((*VOCABULARY, *LATIN, *PUNCTUATION, *SKIPPED, *SYMBOLS, *SOURCES))
    every = [spelling for char in fold(plain) for spelling in spellings().get(char, (char,))]
    return "".join(dict.fromkeys([*plain, *every]))


def respell(text: str, random: Random) -> str:
    """Another spelling of the same folded text: Simplified, Traditional, full-width or mixed."""
    style = random.choice(("kept", "simplified", "traditional", "full-width", "mixed"))
    if style == "kept":
        return text
    folded = fold(text)
    if style == "simplified":
        return folded
    if style == "mixed":
        return "".join(random.choice(spellings().get(char, (char,))) for char in folded)
    wanted = is_han if style == "traditional" else _is_full_width
    written = ""
    for char in folded:
        others = [other for other in spellings().get(char, ())[1:] if wanted(other)]
        written += random.choice(others or [char])
    return written


def _is_full_width(char: str) -> bool:
    return "\uff01" <= char <= "\uff5e" or char == "\u3000"


# Articles


def article(random: Random, number: int) -> ReferenceArticle:
    """An article of its own number, in one script or several, with some parts empty and sometimes no date."""
    return ReferenceArticle(
        id=f"page-{number}",
        title=_text(random, random.randint(1, 6)),
        lead=_text(random, random.choice((0, 0, 4, 10))),
        body=_text(random, random.choice((0, 6, 15, 30, 50))),
        tags=tuple(_text(random, random.randint(1, 2)) for _ in range(random.randint(0, 3))),
        source=respell(random.choice(SOURCES), random),
        published=_published(random),
    )


def articles(random: Random, count: int) -> tuple[ReferenceArticle, ...]:
    """So many articles, in an order that is not that of their ids."""
    numbers = random.sample(range(count * 10), count)
    return tuple(article(random, number) for number in numbers)


def _published(random: Random) -> datetime | None:
    """One of ten instants in one of two zones: some are equal, and equal ones may look different."""
    if random.random() < 0.15:
        return None
    zone = random.choice((timezone(timedelta(hours=8)), UTC))
    instant = datetime(2019, 12, 31, 16, 0, tzinfo=UTC) + timedelta(hours=8 * random.randint(0, 9))
    return instant.astimezone(zone)


def _text(random: Random, length: int) -> str:
    """So many words with what stands between and inside them on real pages."""
    written = ""
    for _ in range(length):
        written += _word(random)
        separator = random.random()
        if separator < 0.15:
            written += random.choice(PUNCTUATION)
        elif separator < 0.25:
            written += random.choice(SKIPPED)
        elif separator < 0.30:
            written += random.choice(SYMBOLS)
    return respell(written, random)


def _word(random: Random) -> str:
    if random.random() < 0.12:
        return random.choice(LATIN)
    word = random.choice(VOCABULARY)
    if len(word) > 1 and random.random() < 0.05:
        at = random.randrange(1, len(word))
        return word[:at] + random.choice(SKIPPED) + word[at:]
    return word


# Queries


ClauseMaker = Callable[[Random, ReferenceArticle], Node]
"""Makes a clause that an article may well match."""


def query_tree(
    random: Random, among: Sequence[ReferenceArticle], a_clause: ClauseMaker | None = None
) -> Node:
    """A query with at most `MOST_CLAUSES` leaves and `GREATEST_DEPTH` levels, mostly cut out of articles.

    Its leaves are runs and phrases, unless another maker of clauses is given.
    """
    if random.random() < 0.01:
        return All()
    about = random.choice(among)
    return _grown(random, among, about, a_clause or clause, depth=GREATEST_DEPTH, clauses=MOST_CLAUSES)


def filters(random: Random, among: Sequence[ReferenceArticle]) -> Filters:
    """Limits taken from the articles, each there or not."""
    names = [respell(random.choice(among).source, random) for _ in range(random.choice((0, 0, 1, 2)))]
    return Filters(
        sources=tuple(random.choice(("", " ")) + name + random.choice(("", "\u3000")) for name in names),
        published_after=random.choice(among).published if random.random() < 0.4 else None,
        published_before=random.choice(among).published if random.random() < 0.4 else None,
    )


def _grown(
    random: Random,
    among: Sequence[ReferenceArticle],
    about: ReferenceArticle,
    a_clause: ClauseMaker,
    *,
    depth: int,
    clauses: int,
) -> Node:
    """A tree that asks together for what one article has, so that something is found."""

    def grown(about: ReferenceArticle, depth: int, clauses: int) -> Node:
        return _grown(random, among, about, a_clause, depth=depth, clauses=clauses)

    if depth == 1 or clauses == 1 or random.random() < 0.35:
        return a_clause(random, about)
    kind = random.random()
    if kind < 0.12:
        return Not(grown(random.choice(among), depth - 1, clauses))
    count = random.randint(1, min(3, clauses))
    share = clauses // count
    if kind < 0.55:
        children = [grown(about, depth - 1, share) for _ in range(count)]
        if depth > 2 and random.random() < 0.3:
            excluded = grown(random.choice(among), depth - 2, share)
            children[random.randrange(count)] = Not(excluded)
        return And(tuple(children))
    return Or(tuple(grown(random.choice(among), depth - 1, share) for _ in range(count)))


def clause(random: Random, about: ReferenceArticle) -> Run | Phrase:
    """A run or a phrase; text that cannot stand in the one form takes the other."""
    text = _clause_text(random, about)
    run = "".join(char for char in text if not char.isspace()).strip("\u200b\u00ad")
    if random.random() < 0.6 and writable_as_run(run):
        return Run(run)
    return Phrase(text) if usable_quotes(text) else Run(random.choice(VOCABULARY))


def _clause_text(random: Random, about: ReferenceArticle) -> str:
    part = random.choice([part for part in about.parts if part])
    makers = (_cut_out, _near_miss, _shuffled_words, _one_character, _parted_words, _any_words, _marks)
    return random.choices(makers, weights=(35, 15, 20, 10, 8, 10, 2))[0](random, part)


def _cut_out(random: Random, part: str) -> str:
    start = random.randrange(len(part))
    return part[start : start + random.randint(1, 12)]


def _near_miss(random: Random, part: str) -> str:
    """A cut with one character lost, or one strange one more: what a sloppy engine still finds."""
    text = _cut_out(random, part)
    at = random.randrange(len(text))
    return text[:at] + random.choice(("", *PUNCTUATION, *SYMBOLS)) + text[at + random.randrange(2) :]


def _shuffled_words(random: Random, part: str) -> str:
    words = query_words(part) or VOCABULARY
    return "".join(random.sample(words, min(len(words), random.randint(1, 3))))


def _one_character(random: Random, part: str) -> str:
    return random.choice(part)


def _parted_words(random: Random, part: str) -> str:
    words = query_words(part) or VOCABULARY
    return random.choice(words) + random.choice((*PUNCTUATION, *SYMBOLS)) + random.choice(words)


def _any_words(random: Random, part: str) -> str:
    return random.choice((part[0], "")) + "".join(random.sample(VOCABULARY, 2))


def _marks(random: Random, _part: str) -> str:
    return "".join(random.choices(PUNCTUATION, k=2))


# The written form of a query


def writable_as_run(text: str) -> bool:
    """Whether the text, left unquoted, is read as one run and as nothing else."""
    kept = chars(text)
    depth = 0
    for char in kept:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return (
        depth == 0
        and kept not in {"", "and", "or", "not"}
        and kept[0] not in "-([{【〔<"
        and not any(char.isspace() or char in "\"'‘’“”「」『』《》〈〉" for char in fold(text))
        # A name and a colon begin a field.
        and not any(left.isascii() and left.isalpha() and right == ":" for left, right in pairwise(kept))
    )


def usable_quotes(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of quotes that can stand around the text; no double ones around any of the double ones."""
    inside, double = set(fold(text)), {'"', "“", "”"}
    return tuple(pair for pair in QUOTES if not inside & (double if double & {*fold(pair[0])} else {*pair}))


def render(tree: Node, random: Random) -> str:
    """A query string that says the tree, in one of the many ways to write it.

    Raises ValueError for a tree that the query language cannot say, such as a run with a space inside.
    """
    if isinstance(tree, All):
        return random.choice(("", *SPACES))
    return random.choice(("", "", *SPACES)) + _written(tree, random) + random.choice(("", "", *SPACES))


def _written(node: Node, random: Random) -> str:
    match node:
        case Run(text) if writable_as_run(text):
            return respell(text, random)
        case Phrase(text) if usable_quotes(text):
            left, right = random.choice(usable_quotes(text))
            return left + respell(text, random) + right
        case Written(_, text):
            return text
        case Not(child):
            is_clause = isinstance(child, Run | Phrase | Written)
            inner = _written(child, random) if is_clause else _grouped(child, random)
            return random.choice(("-", "－", "NOT ", "NOT\u3000")) + inner
        case And(children) if children:
            return _joined(
                [
                    _grouped(child, random) if isinstance(child, Or) else _child(child, random)
                    for child in children
                ],
                random,
            )
        case Or(children) if children:
            spaced = [_child(child, random) for child in children]
            return _joined([word for child in spaced for word in ("OR", child)][1:], random)
        case _:
            raise ValueError(f"no query says this at this place: {node!r}")


def _child(node: Node, random: Random) -> str:
    """The node with brackets that it does not need, now and then."""
    return _grouped(node, random) if random.random() < 0.1 else _written(node, random)


def _grouped(node: Node, random: Random) -> str:
    left, right = random.choice(BRACKETS)
    return left + random.choice(("", *SPACES)) + _written(node, random) + random.choice(("", *SPACES)) + right


def _joined(words: Sequence[str], random: Random) -> str:
    """The words with white space between, not always the same."""
    return "".join(word + random.choice(SPACES) for word in words[:-1]) + words[-1]


# Texts for hypothesis


def texts() -> st.SearchStrategy[str]:
    """Texts of the alphabet, of whole words of it, and of any Unicode but surrogates."""
    words = st.sampled_from((*VOCABULARY, *LATIN, *PUNCTUATION, *SKIPPED, *SYMBOLS))
    return (
        st.text(st.sampled_from(alphabet()))
        | st.lists(words).map("".join)
        | st.text(st.characters(exclude_categories=["Cs"]))
    )
