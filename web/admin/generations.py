"""The index as a whole: built anew, gone back to, listed; and the jobs of all of this."""

from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.data_folder import DataFolder
from index.errors import GenerationDamaged, GenerationStale
from index.factory import IndexPlace, open_store
from index.generations_kept import KeptGeneration
from index.indexer import Progress
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from web.admin import endpoints
from web.admin.answers import (
    GenerationFile,
    GenerationItem,
    GenerationsAnswer,
    RebuildAnswer,
    RollbackAnswer,
)
from web.admin.door import Door, answered
from web.admin.errors import GenerationUnusable
from web.admin.jobs import Job
from web.admin.live import Follower
from web.admin.reading import read_generation, read_nothing, read_reason
from web.http.forms import address_pairs
from web.http.language import texts_of
from web.serving.opening import renewed


@dataclass(frozen=True, slots=True)
class GenerationEndpoints:
    """Builds, switches and lists generations."""

    door: Door
    folder: DataFolder
    place: IndexPlace
    follower: Follower

    def routes(self) -> tuple[Route, ...]:
        return (
            self.door.route((endpoints.REBUILD, self.rebuild)),
            self.door.route((endpoints.ROLLBACK, self.roll_back)),
            self.door.route((endpoints.GENERATIONS, self.generations)),
            self.door.route((endpoints.JOB_STATE, self.job)),
        )

    async def rebuild(self, request: Request) -> Response:
        reason = read_reason(address_pairs(request))
        await run_in_threadpool(self._wait_for_the_lock)

        def work(job: Job) -> RebuildAnswer:
            def advance(progress: Progress) -> None:
                job.advance(progress.changes)

            job.expect(self.follower.side.stats().articles)
            upkeep = replace(self._upkeep(), should_stop=job.should_stop)
            report = upkeep.rebuild(advance, reason=reason or "asked for")
            return RebuildAnswer(report.generation, report.changes)

        job = self.door.jobs.start("rebuild", work)
        return await self.door.answer(request, job, waits=False)

    async def roll_back(self, request: Request) -> Response:
        name = read_generation(address_pairs(request))
        await run_in_threadpool(self._roll_back, name)
        self.follower.wake()
        return answered(RollbackAnswer(name))

    async def generations(self, request: Request) -> Response:
        read_nothing(address_pairs(request))
        return answered(await run_in_threadpool(self._kept))

    async def job(self, request: Request) -> Response:
        read_nothing(address_pairs(request))
        record = await run_in_threadpool(self.door.state_of, request.path_params["id"])
        return answered(record.told(texts_of(request)))

    def _wait_for_the_lock(self) -> None:
        """Raises WriterBusy where somebody else is indexing for longer: a job could only fail by it."""
        with WriterLock(self.folder.index_lock):
            return

    def _kept(self) -> GenerationsAnswer:
        side = self.follower.side
        kept = open_store(self.folder, side.taken_up().analyzer, self.place).generations()
        searched = side.readiness().generation
        return GenerationsAnswer(tuple(_item(generation, searched) for generation in kept))

    def _roll_back(self, name: str) -> None:
        try:
            self._upkeep().roll_back(name)
        except (GenerationDamaged, GenerationStale) as error:
            raise GenerationUnusable(str(error)) from error

    def _upkeep(self) -> Upkeep:
        analyzer = renewed(self.folder, self.follower.side.taken_up().analyzer)
        return Upkeep.of(self.folder, analyzer, self.place)


def _item(kept: KeptGeneration, searched: str | None) -> GenerationItem:
    manifest = kept.manifest
    files = () if manifest is None else manifest.files
    return GenerationItem(
        generation=kept.name,
        live=kept.name == searched,
        articles=None if manifest is None else manifest.articles,
        sequence=None if manifest is None else manifest.sequence,
        format=None if manifest is None else manifest.format,
        analyzer=None if manifest is None else manifest.analyzer,
        size=kept.size,
        files=tuple(GenerationFile(file.name, file.size, file.sha256) for file in files),
        damage=kept.damage,
    )
