"""Puts the admin interface of a server together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.routing import Route

from index.composing import ComposingPool
from index.data_folder import DataFolder
from index.factory import IndexPlace
from index.readers.mapping import FieldMap
from index.regions.resolve import RegionResolver
from search.query_log.files import Retention
from web.admin.articles import ArticleEndpoints
from web.admin.bodies import BodyReader
from web.admin.deletion import DeletionEndpoints
from web.admin.door import WAIT_S, Door
from web.admin.generations import GenerationEndpoints
from web.admin.job_files import JobFiles
from web.admin.jobs import JobRegister
from web.admin.live import Follower
from web.admin.replays import ReplayFiles
from web.admin.rule_files import RuleFiles
from web.admin.rules import RuleEndpoints
from web.admin.storing import ArticleStore, Composings, disk_room
from web.admin.zero_hits import ZeroHitsEndpoint
from web.http.bearer import BearerCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminParts:
    """What the interface works on: a data folder, where its index lies, and the searching side of the
    server."""

    folder: DataFolder
    place: IndexPlace
    follower: Follower
    regions: RegionResolver
    composings: Composings
    retention: Retention


@contextmanager
def open_admin(
    parts: AdminParts, check: BearerCheck | None, wait_s: float = WAIT_S
) -> Iterator[tuple[Route, ...]]:
    """The routes of the interface, none without a check; what was begun is stopped at the end.

    `wait_s` is how long a request is waited for, in seconds.
    """
    if check is None:
        yield ()
        return
    files = JobFiles(parts.folder.jobs)
    jobs = JobRegister(changed=files.changed)
    try:
        yield admin_routes(parts, Door(check, jobs, files, wait_s))
    finally:
        jobs.stop()
        files.close()


def admin_routes(parts: AdminParts, door: Door) -> tuple[Route, ...]:
    """The routes of the interface behind a door."""
    folder, follower = parts.folder, parts.follower
    bodies = BodyReader()
    store = ArticleStore(folder, parts.composings, disk_room)
    files = RuleFiles(folder, parts.place, follower)
    return (
        *ArticleEndpoints(
            door,
            bodies=bodies,
            store=store,
            follower=follower,
            fields=FieldMap.parse(()),
            replays=ReplayFiles(folder.replays),
        ).routes(),
        *DeletionEndpoints(door, store, follower, parts.regions).routes(),
        *RuleEndpoints(door, bodies, files).routes(),
        *GenerationEndpoints(door, folder, parts.place, follower).routes(),
        *ZeroHitsEndpoint(door, folder, parts.retention).routes(),
    )


def composings_in_processes() -> Composings:
    """What makes articles in processes of their own, on all processors."""
    pool = ComposingPool.on_all_processors()
    return Composings(repairing=pool, sparing=pool.sparing())
