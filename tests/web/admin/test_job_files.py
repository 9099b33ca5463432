"""Jobs that another process of the server is asked for."""

import fcntl
import threading
from pathlib import Path

import pytest

from index.errors import WriterBusy
from tests.waiting import wait_for
from web.admin.answers import RebuildAnswer
from web.admin.job_files import JobFiles
from web.admin.job_record import JobRecord
from web.admin.jobs import Job, JobRegister
from web.texts.text import Language
from web.texts.texts import Texts

WAIT_S = 60.0
ANSWER = RebuildAnswer("1.1", 3)


def answering(job: Job) -> RebuildAnswer:
    job.expect(3)
    job.advance(3)
    return ANSWER


def refused(_job: Job) -> RebuildAnswer:
    raise WriterBusy("another process is writing")


@pytest.mark.parametrize("shared", [True, False], ids=["one folder", "control: each its own"])
def test_a_job_of_one_process_is_told_of_by_another(tmp_path: Path, *, shared: bool) -> None:
    files = JobFiles(tmp_path / "jobs")
    other = JobFiles(tmp_path / ("jobs" if shared else "other"))
    event = threading.Event()

    def work(job: Job) -> RebuildAnswer:
        event.wait(WAIT_S)
        return answering(job)

    job = JobRegister(changed=files.changed).start("rebuild", work)
    files.publish(job)
    running = other.find(job.id)
    event.set()
    assert job.wait(WAIT_S)
    told = other.find(job.id)
    if not shared:
        assert running is told is None
        return
    assert running is not None
    assert (running.answer.state, running.answer.ended_at) == ("running", None)
    assert told == JobRecord.of(job)
    assert told is not None
    assert (told.answer.state, told.answer.done, told.answer.total) == ("done", 3, 3)


def test_a_job_that_ended_before_it_was_asked_for_is_told_of(tmp_path: Path) -> None:
    files = JobFiles(tmp_path)
    job = JobRegister(changed=files.changed).start("rebuild", answering)
    assert job.wait(WAIT_S)
    assert JobFiles(tmp_path).find(job.id) is None
    files.publish(job)
    assert JobFiles(tmp_path).find(job.id) == JobRecord.of(job)


@pytest.mark.parametrize("language", list(Language))
def test_why_a_job_failed_is_said_in_every_language(tmp_path: Path, language: Language) -> None:
    files = JobFiles(tmp_path)
    job = JobRegister(changed=files.changed).start("rebuild", refused)
    assert job.wait(WAIT_S)
    files.publish(job)
    texts = Texts(language)
    record = JobFiles(tmp_path).find(job.id)
    assert record is not None
    told = record.told(texts)
    assert told == JobRecord.of(job).told(texts)
    assert told.problem is not None
    assert (told.state, told.problem.type, told.problem.status) == ("failed", "/problems/busy", 409)


def test_a_job_whose_process_has_ended_has_failed(tmp_path: Path) -> None:
    files, other = JobFiles(tmp_path), JobFiles(tmp_path)
    event = threading.Event()
    register = JobRegister(changed=files.changed)

    def work(_job: Job) -> None:
        event.wait(WAIT_S)

    job = register.start("rebuild", work)
    files.publish(job)
    running = other.find(job.id)
    files.close()
    gone = other.find(job.id)
    event.set()
    assert job.wait(WAIT_S)
    assert running is not None
    assert gone is not None
    assert (running.answer.state, gone.answer.state) == ("running", "failed")
    assert gone.failure is not None
    assert gone.failure.kind == "busy"


@pytest.mark.parametrize("job_id", ["", "..", "../jobs/0123456789abcdef", "0123456789ABCDEF", "0" * 16])
def test_what_is_no_job_is_not_found(tmp_path: Path, job_id: str) -> None:
    (tmp_path / "0123456789abcdef.json").write_text("{")
    assert JobFiles(tmp_path).find(job_id) is None
    assert JobFiles(tmp_path).find("0123456789abcdef") is None


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    files = JobFiles(tmp_path, most=2)
    register = JobRegister(changed=files.changed)
    jobs = []
    for _ in range(5):
        job = register.start("rebuild", answering)
        assert job.wait(WAIT_S)
        files.publish(job)
        jobs.append(job)
    assert files.find(jobs[0].id) is None
    assert files.find(jobs[-1].id) is not None


def test_where_nothing_can_be_written_the_job_goes_on(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("no folder")
    files = JobFiles(tmp_path / "jobs" / "below")
    job = JobRegister(changed=files.changed).start("rebuild", answering)
    files.publish(job)
    wait_for(lambda: job.ended is not None)
    assert job.ended is not None
    assert job.ended.answer == ANSWER


def test_the_jobs_of_a_process_that_starts_beside_another_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one sweeps just when the file of the first is there and not locked yet. That a lock that does
    not look again would be lost by this: `test_passing_lock.py`."""
    starting, other = JobFiles(tmp_path), JobFiles(tmp_path)
    event = threading.Event()

    def work(_job: Job) -> None:
        event.wait(WAIT_S)

    one, two = (JobRegister().start("rebuild", work) for _ in range(2))
    real = fcntl.flock

    def flock(descriptor: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", real)
        other.publish(two)
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    starting.publish(one)
    told = [files.find(job.id) for files, job in ((other, one), (starting, two))]
    event.set()
    assert [record and record.answer.state for record in told] == ["running", "running"]
    for files in (starting, other):
        files.close()
    assert list(tmp_path.glob("*.lock")) == []
