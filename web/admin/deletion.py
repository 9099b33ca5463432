"""Articles that a search finds, deleted once their number has been confirmed."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.regions.resolve import RegionResolver
from web.admin import endpoints
from web.admin.answers import DeletionAnswer
from web.admin.bodies import media_type_of
from web.admin.door import Door
from web.admin.errors import CountChanged
from web.admin.jobs import Job
from web.admin.live import Follower
from web.admin.reading import DeletionParameters, read_deletion
from web.admin.storing import ArticleStore
from web.http.forms import address_pairs, all_pairs


class DeletionEndpoints:
    """Deletes what a search finds."""

    def __init__(self, door: Door, store: ArticleStore, follower: Follower, regions: RegionResolver) -> None:
        self._door = door
        self._store = store
        self._follower = follower
        self._regions = regions

    def routes(self) -> tuple[Route, ...]:
        return (self._door.route((endpoints.DELETE_FOUND, self.delete)),)

    async def delete(self, request: Request) -> Response:
        pairs = await all_pairs(request) if media_type_of(request) else address_pairs(request)
        parameters = read_deletion(pairs, self._regions)

        def work(job: Job) -> DeletionAnswer:
            return self._deleted(parameters, job)

        job = self._door.jobs.start("deletion", work)
        return await self._door.answer(request, job, waits=parameters.waits)

    def _deleted(self, parameters: DeletionParameters, job: Job) -> DeletionAnswer:
        ids: list[str] = []
        generation = None
        for page in self._follower.side.walk(parameters.request):
            generation = page.generation
            ids += [hit.article.id for hit in page.hits]
        if not parameters.confirmed:
            return DeletionAnswer(len(ids), 0, generation)
        if parameters.confirmed != len(ids):
            raise CountChanged(len(ids))
        job.expect(len(ids))
        deleted, sequence = self._store.delete(ids, job.advance)
        followed = self._follower.wait_for_articles(sequence, job.should_stop)
        return DeletionAnswer(len(ids), deleted, followed or generation)
