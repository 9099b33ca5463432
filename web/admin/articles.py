"""Articles by the batch, and one by one."""

import logging
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.describe.identity import ID_FORM, is_id
from index.errors import LineFault
from index.ingest import Failed
from index.readers.mapping import FieldMap
from index.readers.rows import Row
from web.admin import endpoints
from web.admin.answers import Answer, ArticleAnswer, BatchAnswer, FailedRow, RowProblem
from web.admin.batches import read_article, read_batch
from web.admin.bodies import BodyReader, kind_of, media_type_of
from web.admin.door import Door, answered
from web.admin.errors import BodyInvalid
from web.admin.jobs import Job
from web.admin.live import Follower
from web.admin.reading import BatchParameters, read_article_parameters, read_batch_parameters, read_removal
from web.admin.replays import ReplayFiles, RequestKey
from web.admin.storing import ArticleStore, Taken
from web.http.forms import address_pairs
from web.http.limits import MAX_BATCH

REPLAYED: Final = {"Idempotency-Replayed": "true"}

_log = logging.getLogger(__name__)


class ArticleEndpoints:
    """Takes articles in, and deletes single ones."""

    def __init__(
        self,
        door: Door,
        *,
        bodies: BodyReader,
        store: ArticleStore,
        follower: Follower,
        fields: FieldMap,
        replays: ReplayFiles,
    ) -> None:
        self._door = door
        self._bodies = bodies
        self._store = store
        self._follower = follower
        self._fields = fields
        self._replays = replays

    def routes(self) -> tuple[Route, ...]:
        return (
            self._door.route((endpoints.TAKE_IN, self.take_in)),
            self._door.route((endpoints.PUT, self.put), (endpoints.DELETE, self.delete)),
        )

    async def take_in(self, request: Request) -> Response:
        parameters = read_batch_parameters(address_pairs(request))
        media_type = media_type_of(request)
        kind_of(media_type)
        body = await self._bodies.read(request, MAX_BATCH)
        written = request.headers.get("idempotency-key")
        query: bytes = request.scope["query_string"]
        given = None if written is None else RequestKey.of(written, query, media_type.encode(), body.data)
        # It has to be in order all the same; what is only tried is not kept under it.
        key = None if parameters.is_dry_run else given
        if key is not None:
            known = await run_in_threadpool(self._replays.find, key)
            if known is not None:
                return answered(known, headers=REPLAYED)

        def work(job: Job) -> BatchAnswer:
            def take_in() -> BatchAnswer:
                return self._taken_in(lambda: read_batch(body, self._fields), parameters, job)

            return take_in() if key is None else self._once(key, take_in, job)

        job = self._door.jobs.start("articles", work, key)
        return await self._door.answer(request, job, waits=parameters.waits)

    async def put(self, request: Request) -> Response:
        parameters = read_article_parameters(address_pairs(request))
        article_id = _writable_id(request)
        kind_of(media_type_of(request))
        body = await self._bodies.read(request, MAX_BATCH)

        def work(job: Job) -> ArticleAnswer:
            row = read_article(body, article_id, self._fields)
            answer = self._taken_in(lambda: (row,), parameters, job)
            if answer.failed:
                raise BodyInvalid(
                    tuple(
                        LineFault(failed.line, f"{failed.problem.kind}: {failed.problem.detail}")
                        for failed in answer.failed
                    )
                )
            return ArticleAnswer(article_id, _outcome(answer), answer.generation)

        job = self._door.jobs.start("article", work)
        return await self._door.answer(request, job, waits=parameters.waits, respond=_stored)

    async def delete(self, request: Request) -> Response:
        waits = read_removal(address_pairs(request))
        article_id: str = request.path_params["id"]

        def work(job: Job) -> None:
            _, sequence = self._store.delete((article_id,), job.advance)
            self._follower.wait_for_articles(sequence, job.should_stop)

        job = self._door.jobs.start("article", work)
        return await self._door.answer(request, job, waits=waits, respond=_deleted)

    def _taken_in(
        self, read: Callable[[], tuple[Row, ...]], parameters: BatchParameters, job: Job
    ) -> BatchAnswer:
        rows = read()
        job.expect(len(rows))
        if parameters.is_dry_run:
            return _answer(
                self._store.rehearse(rows, parameters.mode, parameters.repairing), None, is_dry=True
            )
        taken = self._store.take_in(rows, parameters.mode, parameters.repairing, job.advance)
        generation = self._follower.wait_for_articles(taken.sequence, job.should_stop)
        return _answer(taken, generation, is_dry=False)

    def _once(self, key: RequestKey, take_in: Callable[[], BatchAnswer], job: Job) -> BatchAnswer:
        """The answer to this request: that of another process, if that is at it or was while this one began.

        The processes of a server do not know what runs in each other, so the files of answers say.
        """
        with self._replays.alone(key, job.should_stop):
            known = self._replays.find(key)
            if known is not None:
                return known
            answer = take_in()
            self._keep(key, answer)
        return answer

    def _keep(self, key: RequestKey, answer: BatchAnswer) -> None:
        try:
            self._replays.keep(key, answer)
        except OSError as error:
            # The articles are safe, and doing the request again finds them unchanged.
            _log.warning("the answer to a request could not be kept: %s", error)


def _answer(taken: Taken, generation: str | None, *, is_dry: bool) -> BatchAnswer:
    return BatchAnswer(
        created=taken.summary.new,
        updated=taken.summary.updated,
        unchanged=taken.summary.unchanged,
        deleted=taken.deleted,
        failed=tuple(map(_failed, taken.failed)),
        notes=taken.notes,
        dry_run=is_dry,
        generation=generation,
    )


def _failed(failed: Failed) -> FailedRow:
    """A reason begins with its kind (`index.readers.refusal`)."""
    kind, _, detail = failed.reason.partition(": ")
    return FailedRow(failed.location.line, RowProblem(kind, detail))


def _outcome(answer: BatchAnswer) -> str:
    return "created" if answer.created else "updated" if answer.updated else "unchanged"


def _stored(answer: Answer) -> Response:
    is_new = isinstance(answer, ArticleAnswer) and answer.outcome == "created"
    return answered(answer, status=201 if is_new else 200)


def _deleted(_answer: Answer) -> Response:
    return Response(status_code=204)


def _writable_id(request: Request) -> str:
    """The id in the address. Raises BodyInvalid where no article can have it."""
    article_id: str = request.path_params["id"]
    if not is_id(article_id):
        raise BodyInvalid((LineFault(None, f"an id is {ID_FORM}"),))
    return article_id
