"""Articles for the tests of the corpus: one by hand, and a strategy for any."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

from index.article import (
    Article,
    Certainty,
    DocumentFacts,
    Level,
    Original,
    Part,
    RegionTag,
    Relation,
    Repair,
    Script,
    TopicTag,
)
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock

ORIGINAL = Original("科技（kējì）创新".encode(), "text/plain", "utf-8")

REGION = RegionTag("420000", Relation.ISSUED_BY, 10.0)
TOPIC = TopicTag("科技创新", 7.5, ("协同创新", "科创走廊"))

ARTICLE = Article(
    id="hubei-1",
    title="武鄂协同创新取得新突破",
    lead="两地共建科创走廊。",
    body="葛店经开区新签项目12个。\n总投资超过500亿元。",
    tags=("协同创新", "光电子"),
    url="https://example.org/hubei/1",
    source="湖北日报",
    origin="湖北省科技厅",
    category=("要闻", "创新创业"),
    notice="免责声明：本文仅供参考。",
    related=("下一篇",),
    published=datetime(2024, 10, 14, 15, 46, 51, tzinfo=timezone(timedelta(hours=8))),
    script=Script.HANS,
    region_hint="湖北",
    repairs=(
        Repair(
            part=Part.TITLE,
            start=2,
            length=0,
            original_start=3,
            original_length=6,
            before="（kējì）",
            after="",
            rule="pinyin",
            certainty=Certainty.EVIDENT,
        ),
    ),
    document=DocumentFacts(
        number="鄂政发〔2024〕12号",
        agency="湖北省人民政府",
        level=Level.PROVINCIAL,
        type="通知",
        signed=date(2024, 10, 9),
        effective=date(2024, 11, 1),
    ),
    regions=(REGION,),
    topics=(TOPIC,),
)


def numbered(number: int, body: str = "正文") -> Article:
    """An article whose id and title hold the number."""
    return replace(ARTICLE, id=f"article-{number:04}", title=f"第{number}号通知", body=body, repairs=())


def store(folder: DataFolder, *articles: Article) -> int:
    """Store the articles with ORIGINAL in one batch; the newest sequence."""
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for article in articles:
            writer.put(article, ORIGINAL)
        return writer.commit()


def title_of(reader: CorpusReader, article_id: str) -> str:
    """The title of a stored article, which has to be there and whole."""
    article = reader.articles([article_id])[article_id]
    assert isinstance(article, Article)
    return article.title


def remove(folder: DataFolder, *ids: str) -> int:
    """Delete the articles in one batch; the newest sequence."""
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for article_id in ids:
            writer.delete(article_id)
        return writer.commit()


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
"""Any text that UTF-8 can hold: NUL, code points above U+FFFF, unassigned ones."""

lists = st.lists(texts, max_size=3).map(tuple)

offsets = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))

numbers = st.integers(0, 2**31)

repairs = st.builds(
    Repair,
    part=st.none() | st.sampled_from(Part),
    start=numbers,
    length=numbers,
    original_start=numbers,
    original_length=numbers,
    before=texts,
    after=texts,
    rule=texts,
    certainty=st.sampled_from(Certainty),
)

weights = st.floats(0, 1000)

facts = st.builds(
    DocumentFacts,
    number=st.none() | texts,
    agency=st.none() | texts,
    level=st.none() | st.sampled_from(Level),
    type=st.none() | texts,
    signed=st.none() | st.dates(),
    effective=st.none() | st.dates(),
)

region_tags = st.builds(RegionTag, code=texts, relation=st.sampled_from(Relation), weight=weights)

topic_tags = st.builds(TopicTag, name=texts, weight=weights, evidence=lists)

articles = st.builds(
    Article,
    id=texts.filter(bool),
    title=texts,
    lead=texts,
    body=texts,
    tags=lists,
    url=st.none() | texts,
    source=st.none() | texts,
    origin=st.none() | texts,
    category=lists,
    notice=texts,
    related=lists,
    published=st.none() | st.datetimes(timezones=offsets),
    script=st.sampled_from(Script),
    region_hint=st.none() | texts,
    repairs=st.lists(repairs, max_size=3).map(tuple),
    document=facts,
    regions=st.lists(region_tags, max_size=3).map(tuple),
    topics=st.lists(topic_tags, max_size=3).map(tuple),
)

originals = st.builds(Original, st.binary(max_size=100), texts, texts)
