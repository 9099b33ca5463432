"""A job as all processes of a server can be told of it."""

from typing import Any, Self

import msgspec

from index.errors import PolicySearchError
from web.admin.answers import JobAnswer, JobProblem
from web.admin.jobs import Job, JobState
from web.http.problems import problem_of
from web.texts.text import Message
from web.texts.texts import Texts


class JobMessage(msgspec.Struct, frozen=True):
    """A `Message`, in no language yet."""

    key: str
    values: dict[str, Any]

    @classmethod
    def of(cls, message: Message) -> Self:
        return cls(message.key, msgspec.to_builtins(dict(message.values)))

    def tell(self, texts: Texts) -> str:
        values = {
            name: tuple(value) if isinstance(value, list) else value for name, value in self.values.items()
        }
        return texts.tell(Message(self.key, values))


class JobFailure(msgspec.Struct, frozen=True):
    """Why a job failed: as a problem of a request."""

    kind: str
    status: int
    title: JobMessage
    detail: JobMessage

    @classmethod
    def of(cls, error: PolicySearchError) -> Self:
        problem = problem_of(error)
        return cls(problem.kind, problem.status, JobMessage.of(problem.title), JobMessage.of(problem.detail))

    def answer(self, texts: Texts) -> JobProblem:
        return JobProblem(
            type=f"/problems/{self.kind}",
            title=self.title.tell(texts),
            status=self.status,
            detail=self.detail.tell(texts),
        )


class JobRecord(msgspec.Struct, frozen=True):
    """What a job is at: `answer` is all that is told of it but why it failed, which has no language yet."""

    answer: JobAnswer
    failure: JobFailure | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """What the job is at now."""
        ended = job.ended
        answer = JobAnswer(
            id=job.id,
            kind=job.kind,
            state=job.state.value,
            done=job.done,
            total=job.total,
            started_at=job.started.isoformat(),
            ended_at=None if ended is None else ended.at.isoformat(),
            answer=None if ended is None or ended.answer is None else msgspec.to_builtins(ended.answer),
            problem=None,
        )
        return cls(answer, None if ended is None or ended.error is None else JobFailure.of(ended.error))

    @property
    def is_running(self) -> bool:
        return self.answer.state == JobState.RUNNING.value

    def failed(self, error: PolicySearchError) -> Self:
        """The same job, ended by this error at a moment that nobody knows."""
        answer = msgspec.structs.replace(self.answer, state=JobState.FAILED.value)
        return type(self)(answer, JobFailure.of(error))

    def told(self, texts: Texts) -> JobAnswer:
        """The answer to whoever asks for it."""
        problem = None if self.failure is None else self.failure.answer(texts)
        return msgspec.structs.replace(self.answer, problem=problem)
