from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from index.article import (
    Article,
    Certainty,
    DocumentFacts,
    Level,
    Original,
    Part,
    Relation,
    Repair,
    Script,
)
from index.corpus.fingerprint import article_digest, original_digest
from tests.index.corpus import samples
from tests.index.corpus.samples import ARTICLE, ORIGINAL, REGION, TOPIC

DIGEST = original_digest(ORIGINAL)

CHANGED: dict[str, object] = {
    "id": "hubei-2",
    "title": "题",
    "lead": "",
    "body": "文",
    "tags": (),
    "url": None,
    "source": "",
    "origin": None,
    "category": ("要闻",),
    "notice": "",
    "related": (),
    "published": datetime(2024, 10, 14, 15, 46, 51, tzinfo=UTC),
    "script": Script.HANT,
    "region_hint": None,
    "repairs": (),
    "document": DocumentFacts(number="鄂政发〔2024〕13号"),
    "regions": (),
    "topics": (),
}

CHANGED_REPAIR: dict[str, object] = {
    "part": Part.BODY,
    "start": 1,
    "length": 1,
    "original_start": 4,
    "original_length": 7,
    "before": "",
    "after": "x",
    "rule": "slip",
    "certainty": Certainty.INFERRED,
}

CHANGED_FACT: dict[str, object] = {
    "number": "鄂政发〔2024〕13号",
    "agency": "湖北省科学技术厅",
    "level": Level.NATIONAL,
    "type": "意见",
    "signed": date(2024, 10, 1),
    "effective": None,
}


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_every_field_counts(name: str) -> None:
    changed = replace(ARTICLE, **{name: CHANGED[name]})  # type: ignore[arg-type]  # one field of any type
    assert article_digest(changed, DIGEST) != article_digest(ARTICLE, DIGEST)


@pytest.mark.parametrize("name", [field.name for field in fields(Repair)])
def test_every_field_of_a_repair_counts(name: str) -> None:
    repair = replace(ARTICLE.repairs[0], **{name: CHANGED_REPAIR[name]})  # type: ignore[arg-type]  # as above
    changed = replace(ARTICLE, repairs=(repair,))
    assert article_digest(changed, DIGEST) != article_digest(ARTICLE, DIGEST)


@pytest.mark.parametrize("name", [field.name for field in fields(DocumentFacts)])
def test_every_fact_of_a_document_counts(name: str) -> None:
    facts = replace(ARTICLE.document, **{name: CHANGED_FACT[name]})  # type: ignore[arg-type]  # as above
    changed = replace(ARTICLE, document=facts)
    assert article_digest(changed, DIGEST) != article_digest(ARTICLE, DIGEST)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, regions=(replace(REGION, code="420700"),)),
        replace(ARTICLE, regions=(replace(REGION, relation=Relation.ABOUT),)),
        replace(ARTICLE, regions=(replace(REGION, weight=5.5),)),
        replace(ARTICLE, topics=(replace(TOPIC, name="人才"),)),
        replace(ARTICLE, topics=(replace(TOPIC, weight=5.5),)),
        replace(ARTICLE, topics=(replace(TOPIC, evidence=()),)),
    ],
    ids=["region code", "region relation", "region weight", "topic", "topic weight", "topic evidence"],
)
def test_every_value_of_a_tag_counts(changed: Article) -> None:
    assert article_digest(changed, DIGEST) != article_digest(ARTICLE, DIGEST)


@pytest.mark.parametrize(
    "changed",
    [replace(ORIGINAL, data=b""), replace(ORIGINAL, media_type="x"), replace(ORIGINAL, encoding="gb18030")],
    ids=["data", "media_type", "encoding"],
)
def test_every_field_of_the_original_counts(changed: Original) -> None:
    assert original_digest(changed) != DIGEST
    assert article_digest(ARTICLE, original_digest(changed)) != article_digest(ARTICLE, DIGEST)


ALIKE: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "text moved to the next field": ({"title": "甲乙", "lead": ""}, {"title": "甲", "lead": "乙"}),
    "one tag or two": ({"tags": ("甲乙",)}, {"tags": ("甲", "乙")}),
    "no tag or an empty one": ({"tags": ()}, {"tags": ("",)}),
    "a tag or a category": ({"tags": ("甲",), "category": ()}, {"tags": (), "category": ("甲",)}),
    "no source or an empty one": ({"source": None}, {"source": ""}),
    "a length inside the text": ({"title": "s1:", "lead": ""}, {"title": "", "lead": "s1:"}),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE.keys())
def test_fields_that_run_together_differ(one: dict[str, object], other: dict[str, object]) -> None:
    first = replace(ARTICLE, **one)  # type: ignore[arg-type]  # fields of any type
    second = replace(ARTICLE, **other)  # type: ignore[arg-type]  # fields of any type
    assert article_digest(first, DIGEST) != article_digest(second, DIGEST)


@given(first=samples.articles, second=samples.articles)
def test_equal_articles_have_equal_digests_and_only_they(first: Article, second: Article) -> None:
    # Equal times in two zones are equal articles but are stored apart.
    def content(article: Article) -> tuple[Article, str]:
        return article, "" if article.published is None else article.published.isoformat()

    same = article_digest(first, DIGEST) == article_digest(second, DIGEST)
    assert same == (content(first) == content(second))


def test_the_digest_of_a_release_stays_as_it_is() -> None:
    """A change would make every stored article look damaged: it needs a migration."""
    assert (
        original_digest(ORIGINAL).hex() == "51771d55d6ed950b6e5528a57d490b18c0c57c92f3f466a4c237e8cff2e62345"
    )
    first = replace(ARTICLE, document=DocumentFacts(), regions=(), topics=())
    assert (
        article_digest(first, DIGEST).hex()
        == "96aa7b069532fcfb28f7ccdf3e989920032f18daeb398164947152d1ef6aa58d"
    )
