"""All endpoints of the admin interface: the one table for routing, documents and checks."""

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from web.admin import parameters
from web.admin.answers import (
    ArticleAnswer,
    BatchAnswer,
    DeletionAnswer,
    GenerationsAnswer,
    JobAnswer,
    RollbackAnswer,
    SynonymsAnswer,
    WordsAnswer,
)
from web.admin.bodies import ARTICLES, RULES
from web.http.headers import ADMIN_PREFIX
from web.parameters.kinds import Parameter
from web.presenters.query_report import ZeroHitsAnswer
from web.texts.text import Text

DOOR_ERRORS: Final = ("token-needed", "forbidden", "too-many-attempts", "method-not-allowed")
"""The kinds of problem that every endpoint here can answer with, beside those of any address."""
JOB: Final = 202
"""The status of an answer that is a job (`JobAnswer`), whatever the endpoint answers else."""

PARAMETER_ERRORS: Final = ("unknown-parameter", "invalid-parameter", "repeated-parameter")
"""What can be wrong with parameters, whatever they mean."""

_WRITING = ("busy", "no-space", "not-taken-up")
_BODY = ("malformed-request", "invalid-body", "batch-too-large", "unsupported-content")
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminEndpoint:
    """One method at one address. `path` lies below the prefix and may have `{id}` in it.

    `statuses` are those of answers that are no error, the usual one first; with JOB the answer is a job.
    `answer` is None where there is no body. `bodies` are the media types that a body may have, if there is
    any; with `needs_body` there has to be one. `errors` are kinds of problem beside DOOR_ERRORS.
    """

    name: str
    method: str
    path: str
    summary: Text
    parameters: tuple[Parameter, ...]
    answer: type[Struct] | None
    statuses: tuple[int, ...]
    errors: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    needs_body: bool = False
    takes_key: bool = False
    """Whether it heeds Idempotency-Key."""

    @property
    def address(self) -> str:
        return f"{ADMIN_PREFIX}{self.path}"


TAKE_IN: Final = AdminEndpoint(
    name="admin_articles",
    method="POST",
    path="articles",
    summary=Text("收录一批文章", "收錄一批文章", "Take in a batch of articles"),
    parameters=parameters.BATCH_PARAMETERS,
    answer=BatchAnswer,
    statuses=(200, JOB),
    errors=(*PARAMETER_ERRORS, *_BODY, "invalid-key", "idempotency-conflict", *_WRITING),
    bodies=tuple(ARTICLES),
    needs_body=True,
    takes_key=True,
)
PUT: Final = AdminEndpoint(
    name="admin_put_article",
    method="PUT",
    path="articles/{id}",
    summary=Text("收录一篇文章", "收錄一篇文章", "Take in one article"),
    parameters=parameters.ARTICLE_PARAMETERS,
    answer=ArticleAnswer,
    statuses=(200, 201, JOB),
    errors=(*PARAMETER_ERRORS, *_BODY, "id-mismatch", *_WRITING),
    bodies=tuple(ARTICLES),
    needs_body=True,
)
DELETE: Final = AdminEndpoint(
    name="admin_delete_article",
    method="DELETE",
    path="articles/{id}",
    summary=Text("删除一篇文章", "刪除一篇文章", "Delete one article"),
    parameters=parameters.REMOVAL_PARAMETERS,
    answer=None,
    statuses=(204, JOB),
    errors=(*PARAMETER_ERRORS, *_WRITING),
)
DELETE_FOUND: Final = AdminEndpoint(
    name="admin_delete",
    method="POST",
    path="delete",
    summary=Text("删除搜索到的文章", "刪除搜尋到的文章", "Delete the articles that a search finds"),
    parameters=parameters.DELETION_PARAMETERS,
    answer=DeletionAnswer,
    statuses=(200, JOB),
    errors=(
        *PARAMETER_ERRORS,
        "conflicting-parameters",
        "query-too-long",
        "query-too-complex",
        "query-syntax",
        "unknown-field",
        "wildcard-too-broad",
        "unknown-region",
        "ambiguous-region",
        "count-changed",
        "body-too-large",
        "unsupported-media-type",
        "index-unavailable",
        "timeout",
        *_WRITING,
    ),
    bodies=(_FORM,),
)
RELOAD_WORDS: Final = AdminEndpoint(
    name="admin_dictionary",
    method="POST",
    path="dictionary/reload",
    summary=Text("换用词表", "換用詞表", "Take over the words of the dictionary"),
    parameters=parameters.RULES_PARAMETERS,
    answer=WordsAnswer,
    statuses=(200, JOB),
    errors=(*PARAMETER_ERRORS, *_BODY, "user-words-invalid", *_WRITING),
    bodies=RULES,
)
RELOAD_SYNONYMS: Final = AdminEndpoint(
    name="admin_synonyms",
    method="POST",
    path="synonyms/reload",
    summary=Text("换用同义词", "換用同義詞", "Take over the synonyms"),
    parameters=parameters.RULES_PARAMETERS,
    answer=SynonymsAnswer,
    statuses=(200, JOB),
    errors=(*PARAMETER_ERRORS, *_BODY, "synonyms-invalid", *_WRITING),
    bodies=RULES,
)
REBUILD: Final = AdminEndpoint(
    name="admin_rebuild",
    method="POST",
    path="rebuild",
    summary=Text("重建索引", "重建索引", "Index all articles anew"),
    parameters=parameters.REBUILD_PARAMETERS,
    answer=JobAnswer,
    statuses=(JOB,),
    errors=(*PARAMETER_ERRORS, "text-too-long", "busy"),
)
ROLLBACK: Final = AdminEndpoint(
    name="admin_rollback",
    method="POST",
    path="rollback",
    summary=Text("退回到先前的索引", "退回到先前的索引", "Go back to a generation that is kept"),
    parameters=parameters.ROLLBACK_PARAMETERS,
    answer=RollbackAnswer,
    statuses=(200,),
    errors=(*PARAMETER_ERRORS, "generation-not-found", "generation-unusable", "busy"),
)
GENERATIONS: Final = AdminEndpoint(
    name="admin_generations",
    method="GET",
    path="generations",
    summary=Text("保留的各代索引", "保留的各代索引", "The generations that are kept"),
    parameters=parameters.NO_PARAMETERS,
    answer=GenerationsAnswer,
    statuses=(200,),
    errors=PARAMETER_ERRORS,
)
JOB_STATE: Final = AdminEndpoint(
    name="admin_job",
    method="GET",
    path="jobs/{id}",
    summary=Text("任务的进展", "工作的進展", "How far a job is"),
    parameters=parameters.NO_PARAMETERS,
    answer=JobAnswer,
    statuses=(200,),
    errors=(*PARAMETER_ERRORS, "job-not-found"),
)
ZERO_HITS: Final = AdminEndpoint(
    name="admin_zero_hits",
    method="GET",
    path="zero-hits",
    summary=Text("没有结果的查询", "沒有結果的查詢", "Queries that find nothing"),
    parameters=parameters.ZERO_HITS_PARAMETERS,
    answer=ZeroHitsAnswer,
    statuses=(200,),
    errors=(*PARAMETER_ERRORS, "query-log-off"),
)

ADMIN_ENDPOINTS: Final = (
    TAKE_IN,
    PUT,
    DELETE,
    DELETE_FOUND,
    RELOAD_WORDS,
    RELOAD_SYNONYMS,
    REBUILD,
    ROLLBACK,
    GENERATIONS,
    JOB_STATE,
    ZERO_HITS,
)
