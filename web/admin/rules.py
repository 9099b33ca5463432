"""Words and synonyms, taken over while the server runs."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.admin import endpoints
from web.admin.answers import SynonymsAnswer, WordsAnswer
from web.admin.bodies import MAX_RULES, RULES, BodyReader, media_type_of
from web.admin.door import Door, answered
from web.admin.errors import ContentUnsupported
from web.admin.jobs import Job
from web.admin.reading import read_rules
from web.admin.rule_files import RuleFiles
from web.http.forms import address_pairs

Try = Callable[[bytes | None], WordsAnswer | SynonymsAnswer]
Reload = Callable[[bytes | None, Job], WordsAnswer | SynonymsAnswer]


class RuleEndpoints:
    """Takes over words and synonyms. A request without a media type has no body: then what the file of the
    data folder says is taken up."""

    def __init__(self, door: Door, bodies: BodyReader, files: RuleFiles) -> None:
        self._door = door
        self._bodies = bodies
        self._files = files

    def routes(self) -> tuple[Route, ...]:
        return (
            self._door.route((endpoints.RELOAD_WORDS, self.reload_words)),
            self._door.route((endpoints.RELOAD_SYNONYMS, self.reload_synonyms)),
        )

    async def reload_words(self, request: Request) -> Response:
        return await self._reload(request, "dictionary", self._files.try_words, self._files.reload_words)

    async def reload_synonyms(self, request: Request) -> Response:
        return await self._reload(request, "synonyms", self._files.try_synonyms, self._files.reload_synonyms)

    async def _reload(self, request: Request, kind: str, try_out: Try, reload: Reload) -> Response:
        parameters = read_rules(address_pairs(request))
        data = await self._data(request)
        if parameters.is_dry_run:
            return answered(await run_in_threadpool(try_out, data))
        job = self._door.jobs.start(kind, lambda job: reload(data, job))
        return await self._door.answer(request, job, waits=parameters.waits)

    async def _data(self, request: Request) -> bytes | None:
        media_type = media_type_of(request)
        if media_type not in {"", *RULES}:
            raise ContentUnsupported(f"words and synonyms come as {' or '.join(RULES)}")
        body = await self._bodies.read(request, MAX_RULES)
        if not media_type:
            if body.data:
                raise ContentUnsupported(f"say that the body is {RULES[0]}")
            return None
        return body.unpacked(MAX_RULES)
