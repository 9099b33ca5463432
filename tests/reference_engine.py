"""The law of matching as a slow, plain program: the judge of contract and property tests.

Nothing here comes from the product: the folding table, the rules for words and the search are written a
second time, as loops over whole articles. The table covers the alphabet of `tests.strategies`, where every
other character folds to itself: only texts of that alphabet may be judged.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Final
from unicodedata import category

import jieba

# Every spelling on the left stands for the character on the right. The rarer ones (衕 侷 朮 閤 穀) are here
# because jieba's dictionary holds words with them: without one of them our folded dictionary is another.
HAN_SPELLINGS: Final = """
    專专 業业 東东 鄉乡 於于 雲云 產产 産产 億亿 關关 興兴 創创 辦办 務务 區区 協协 發发 髮发 臺台 檯台
    颱台 枱台 衕同 後后 園园 場场 學学 實实 侷局 廣广 開开 總总 悅悦 據据 數数 術术 朮术 漢汉 濟济 灣湾
    網网 閤合 環环 監监 經经 綠绿 緑绿 範范 營营 補补 計计 穀谷 貼贴 資资 裏里 裡里 銀银 鏈链 長长 項项 會会
    與与 號号
    \N{CJK COMPATIBILITY IDEOGRAPH-F90A}金 \N{CJK COMPATIBILITY IDEOGRAPH-F9F4}林
    \N{KANGXI RADICAL MAN}人 \N{KANGXI RADICAL WORK}工 \N{KANGXI RADICAL WALK ENCLOSURE}行
"""
SENTENCE_MARKS: Final = frozenset(",.;:!?…、。·—'\"‘’“”()[]{}<>〈〉《》「」『』【】〔〕")


@cache
def folding() -> dict[int, str]:
    """The table for `str.translate`: width, case and script, one code point to one code point."""
    table = {ord(pair[0]): pair[1] for pair in HAN_SPELLINGS.split()}
    table |= {wide: chr(wide - 0xFEE0).lower() for wide in range(0xFF01, 0xFF5F)}
    table |= {upper: chr(upper).lower() for upper in range(ord("A"), ord("Z") + 1)}
    table[0x3000] = " "
    return table


def fold(text: str) -> str:
    """The text as it is compared; as long as the text."""
    return text.translate(folding())


def is_skipped(char: str) -> bool:
    """Whether matching looks through the character: white space, controls, format characters."""
    return char.isspace() or category(char) in {"Cc", "Cf"}


def is_symbol(char: str) -> bool:
    """Whether the character, if not skipped, is found alone: above U+FFFF, or of none of L*, N*, M*, P*."""
    return ord(char) > 0xFFFF or category(char)[0] not in "LNMP"


def is_punctuation(char: str) -> bool:
    """Whether the character parts two pieces of text."""
    return not is_symbol(char) and category(char).startswith("P")


def is_han(char: str) -> bool:
    """Whether a space beside the character may be a mere line break of the page."""
    return "\u3400" <= char <= "\u9fff" or char == "\u3007" or "\uf900" <= char <= "\ufaff"


def chars(text: str) -> str:
    """The folded text without skipped characters: what substrings are looked for in."""
    return "".join(char for char in fold(text) if not is_skipped(char))


def says_nothing(text: str) -> bool:
    """Whether the text holds only punctuation and skipped characters, so that it is no clause."""
    return all(is_punctuation(char) or char in SENTENCE_MARKS for char in chars(text))


def without_sentence_marks(run: str) -> str:
    """The folded run without the marks of the sentence around it."""
    folded = fold(run)
    kept = [at for at, char in enumerate(folded) if not (is_skipped(char) or char in SENTENCE_MARKS)]
    return folded[kept[0] : kept[-1] + 1] if kept else ""


def pieces(text: str) -> Iterator[str]:
    """The stretches of folded text that are cut into words, each on its own."""
    piece, after_gap = "", False
    for char in fold(text):
        if is_skipped(char):
            after_gap = True
            continue
        if piece and after_gap and not (is_han(piece[-1]) and is_han(char)):
            yield piece
            piece = ""
        after_gap = False
        if is_punctuation(char) or is_symbol(char):
            if piece:
                yield piece
            if is_symbol(char):
                yield char
            piece = ""
        else:
            piece += char
    if piece:
        yield piece


@cache
def segmenter() -> jieba.Tokenizer:
    """jieba on its own dictionary with every word folded, and no cache file; words that become one add up."""
    frequencies: dict[str, int] = {}
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency = line.split(" ")[:2]
        folded = fold(word)
        frequencies[folded] = frequencies.get(folded, 0) + int(frequency)
    total = sum(frequencies.values())
    for word in tuple(frequencies):
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer


def indexed_words(text: str) -> frozenset[str]:
    """The words under which an article with this text is found."""
    return frozenset(str(word) for one in pieces(text) for word in segmenter().cut_for_search(one, HMM=False))


def query_words(text: str) -> tuple[str, ...]:
    """The words that an article must have to match a run by words, in the order of the run."""
    cut = (str(word) for piece in pieces(text) for word in segmenter().cut(piece, HMM=False))
    return tuple(word for word in cut if word not in {"<", ">"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceArticle:
    """What of an article can be searched, filtered and sorted."""

    id: str
    title: str
    lead: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    published: datetime | None = None

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Title, lead, body and tags: a substring lies in one, words may come from several."""
        return self.title, self.lead, self.body, "、".join(self.tags)


@dataclass(frozen=True, slots=True)
class Run:
    """Unquoted text without white space."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text."""

    text: str


@dataclass(frozen=True, slots=True)
class Starting:
    """A stem: where it is one word, it stands for all words that begin with it, else for itself."""

    stem: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts in one part, in any order, apart, with at most `gap` characters between them."""

    first: str
    second: str
    gap: int


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a document, such as 鄂政发, 2024, 12."""

    name: str
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class In:
    """A clause about one part: 0 to 3 for title, lead, body and tags."""

    part: int
    clause: "Run | Phrase | Starting | Near | Number"


class Fact(ABC):
    """What is known of an article beside its texts."""

    @abstractmethod
    def holds(self, article: ReferenceArticle) -> bool: ...


@dataclass(frozen=True)
class Source(Fact):
    """The whole name of a source."""

    name: str

    def holds(self, article: ReferenceArticle) -> bool:
        return fold(article.source).strip() == fold(self.name).strip()


@dataclass(frozen=True)
class Days(Fact):
    """Published in China on one of these days, first and last included; None leaves that end open."""

    first: date | None
    last: date | None

    def holds(self, article: ReferenceArticle) -> bool:
        day = None if article.published is None else article.published.astimezone(CHINA).date()
        return day is not None and (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True, slots=True)
class Written:
    """A clause with the text that says it in a query."""

    clause: "In | Starting | Near | Number | Fact"
    text: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the children; children that are no clause do not count."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children; children that are no clause do not count."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Every article but the child's; no clause where the child is none."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """The empty query; stands only at the root."""


Clause = Run | Phrase | Starting | Near | Number
Node = Clause | In | Fact | Written | And | Or | Not | All

EVERY_PART: Final = (0, 1, 2, 3)
YEAR_BRACKETS: Final = ("〔〕", "[]", "()", "【】", "〖〗")
CHINA: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Unscored limits: any of the sources (none given: every source), and `after <= published < before`."""

    sources: tuple[str, ...] = ()
    published_after: datetime | None = None
    published_before: datetime | None = None

    def passes(self, article: ReferenceArticle) -> bool:
        """Whether the article is inside all limits; one without a date is inside no limit of time."""
        if self.sources and fold(article.source).strip() not in [fold(name).strip() for name in self.sources]:
            return False
        after, before, published = self.published_after, self.published_before, article.published
        if published is None:
            return after is None and before is None
        return (after is None or published >= after) and (before is None or published < before)


class DateOrder(Enum):
    """How `ReferenceEngine.search` sorts."""

    NEWEST = "newest"
    OLDEST = "oldest"


class ReferenceEngine:
    """Searches by trying every clause on every article."""

    def __init__(self, articles: Iterable[ReferenceArticle]) -> None:
        self._articles = tuple(articles)
        self._chars = {article.id: tuple(map(chars, article.parts)) for article in self._articles}
        self._words = {
            article.id: frozenset().union(*map(indexed_words, article.parts)) for article in self._articles
        }

    def match(self, tree: Node) -> set[str]:
        """The ids of the articles that match; all of them where nothing in the tree is a clause."""
        found = self._matches(tree)
        return {article.id for article in self._articles} if found is None else found

    def search(
        self, tree: Node, filters: Filters = Filters(), sort: DateOrder = DateOrder.NEWEST
    ) -> tuple[str, ...]:
        """The ids of what matches and passes, by time; undated ones last, equal times by id ascending."""
        matched = self.match(tree)
        found = [article for article in self._articles if article.id in matched and filters.passes(article)]
        found.sort(key=lambda article: article.id)
        dated = [(article.published, article.id) for article in found if article.published is not None]
        dated.sort(key=lambda pair: pair[0], reverse=sort is DateOrder.NEWEST)
        undated = [article.id for article in found if article.published is None]
        return (*(identifier for _, identifier in dated), *undated)

    def _matches(self, node: Node) -> set[str] | None:
        """The ids that match; None where the node is no clause."""
        match node:
            case Written(clause):
                return self._matches(clause)
            case In(part, clause):
                return self._clause(clause, (part,))
            case Fact():
                return {article.id for article in self._articles if node.holds(article)}
            case And(children):
                found = self._of_clauses(children)
                return set.intersection(*found) if found else None
            case Or(children):
                found = self._of_clauses(children)
                return set.union(*found) if found else None
            case Not(child):
                excluded = self._matches(child)
                return None if excluded is None else {article.id for article in self._articles} - excluded
            case All():
                return None
            case _:
                return self._clause(node, EVERY_PART)

    def _clause(self, clause: Clause, parts: tuple[int, ...]) -> set[str] | None:
        match clause:
            case Run(text):
                run = without_sentence_marks(text)
                return None if says_nothing(run) else self._with_run(run, parts)
            case Phrase(text):
                return None if says_nothing(text) else self._with_chars(chars(text), parts)
            case Starting(stem):
                return self._with_stem(chars(stem), parts)
            case Near(first, second, gap):
                return self._where(lambda part: is_near(chars(first), chars(second), gap, part), parts)
            case Number(name, year, serial):
                begun = [f"{name}{left}{year}{right}" for left, right in YEAR_BRACKETS]
                ways = [f"{way}{th}{serial}号" for way in begun for th in ("", "第")]
                return self._where(lambda part: any(way in part for way in ways), parts)

    def _of_clauses(self, nodes: tuple[Node, ...]) -> list[set[str]]:
        return [found for found in map(self._matches, nodes) if found is not None]

    def _where(self, holds: Callable[[str], bool], parts: tuple[int, ...]) -> set[str]:
        return {name for name, texts in self._chars.items() if any(holds(texts[at]) for at in parts)}

    def _with_chars(self, wanted: str, parts: tuple[int, ...]) -> set[str]:
        return self._where(lambda part: wanted in part, parts)

    def _with_run(self, run: str, parts: tuple[int, ...]) -> set[str]:
        found = self._with_chars(chars(run), parts)
        if len(chars(run)) > 1:
            found |= set.intersection(*(self._with_word(word, parts) for word in query_words(run)))
        return found

    def _with_word(self, word: str, parts: tuple[int, ...]) -> set[str]:
        """In one part the characters of a word are enough, unless it is a single one."""
        known = {identifier for identifier, words in self._words.items() if word in words}
        if parts == EVERY_PART:
            return known
        standing = self._with_chars(word, parts)
        return standing if len(word) > 1 else standing & known

    def _with_stem(self, stem: str, parts: tuple[int, ...]) -> set[str]:
        standing = self._with_chars(stem, parts)
        if query_words(stem) != (stem,):
            return standing
        known = self._words.items()
        return standing & {name for name, words in known if any(word.startswith(stem) for word in words)}


def is_near(first: str, second: str, gap: int, text: str) -> bool:
    """Whether some place of the one and some place of the other are apart by at most so much."""
    places = [[at for at in range(len(text)) if text.startswith(wanted, at)] for wanted in (first, second)]
    apart = ((two - one - len(first), one - two - len(second)) for one, two in product(*places))
    return any(0 <= behind <= gap or 0 <= before <= gap for behind, before in apart)
