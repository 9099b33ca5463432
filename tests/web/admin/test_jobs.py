"""Jobs: how they run, end, are remembered and forgotten."""

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from index.corpus.errors import NoSpace
from index.errors import PolicySearchError, WriterBusy
from index.indexer import IndexingStopped
from tests.waiting import wait_for
from web.admin.answers import RebuildAnswer
from web.admin.errors import JobUnknown, KeyReused
from web.admin.jobs import Job, JobRegister, JobState, Work
from web.admin.replays import RequestKey
from web.errors import InternalFailure

ANSWER = RebuildAnswer("1.1", 3)
WAIT_S = 60.0


@contextmanager
def held() -> Iterator[threading.Event]:
    """What holds a job back until the end."""
    event = threading.Event()
    try:
        yield event
    finally:
        event.set()


def answering(_job: Job) -> RebuildAnswer:
    return ANSWER


def until(event: threading.Event) -> Work:
    """Work that goes on until then."""

    def work(_job: Job) -> None:
        event.wait(WAIT_S)

    return work


def test_a_job_ends_with_its_answer() -> None:
    jobs = JobRegister()

    def work(job: Job) -> RebuildAnswer:
        job.expect(3)
        job.advance(1)
        job.advance(2)
        return ANSWER

    job = jobs.start("rebuild", work)
    assert job.wait(WAIT_S)
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert job.ended is not None
    assert (job.ended.answer, job.ended.error) == (ANSWER, None)
    assert jobs.find(job.id) is job


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (WriterBusy("busy"), WriterBusy),
        (OSError(errno.ENOSPC, "full"), NoSpace),
        (OSError(errno.EIO, "broken"), InternalFailure),
        (ZeroDivisionError(), InternalFailure),
        (IndexingStopped("stopped"), WriterBusy),
    ],
)
def test_a_job_that_fails_says_why(raised: Exception, told: type[PolicySearchError]) -> None:
    def work(_job: Job) -> None:
        raise raised

    job = JobRegister().start("articles", work)
    assert job.wait(WAIT_S)
    assert job.state is JobState.FAILED
    assert job.ended is not None
    assert type(job.ended.error) is told


def test_no_more_jobs_run_at_once_than_that() -> None:
    jobs = JobRegister(most_running=2)
    with held() as event:
        running = [jobs.start("articles", until(event)) for _ in range(2)]
        with pytest.raises(WriterBusy):
            jobs.start("articles", answering)
    assert all(job.wait(WAIT_S) for job in running)
    assert jobs.start("articles", answering).wait(WAIT_S)


def test_the_same_request_joins_the_job_that_runs() -> None:
    jobs = JobRegister()
    key = RequestKey.of("k", b"body")
    with held() as event:
        job = jobs.start("articles", until(event), key)
        assert jobs.start("articles", answering, key) is job
        with pytest.raises(KeyReused):
            jobs.start("articles", answering, RequestKey.of("k", b"other"))
        assert jobs.start("articles", answering, RequestKey.of("other", b"body")) is not job
    assert job.wait(WAIT_S)
    assert jobs.start("articles", answering, key) is not job


def test_those_that_ended_first_are_forgotten_first_and_none_that_runs() -> None:
    jobs = JobRegister(most_kept=2)
    with held() as event:
        running = jobs.start("articles", until(event))
        ended = [jobs.start("articles", answering) for _ in range(4)]
        assert all(job.wait(WAIT_S) for job in ended)
        assert jobs.find(running.id) is running
        with pytest.raises(JobUnknown):
            jobs.find(ended[0].id)
        assert jobs.find(ended[-1].id) is ended[-1]


def test_stopping_asks_what_runs_to_stop_and_begins_nothing_more() -> None:
    jobs = JobRegister()

    def work(job: Job) -> RebuildAnswer:
        wait_for(job.should_stop)
        return ANSWER

    job = jobs.start("rebuild", work)
    assert not job.should_stop()
    jobs.stop()
    assert job.wait(WAIT_S)
    with pytest.raises(WriterBusy):
        jobs.start("rebuild", work)
