"""A job as all processes of a server can be told of it."""

from typing import Any, Self

import msgspec

from index.errors import PolicySearchError
from web.admin.answers import JobAnswer, JobProblem
from web.admin.jobs import Job
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


class JobRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a job is at; times as in ISO 8601. What is None is not known yet, or not so."""

    id: str
    kind: str
    state: str
    done: int
    total: int | None
    started_at: str
    ended_at: str | None
    answer: dict[str, Any] | None
    failure: JobFailure | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """What the job is at now."""
        ended = job.ended
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state.value,
            done=job.done,
            total=job.total,
            started_at=job.started.isoformat(),
            ended_at=None if ended is None else ended.at.isoformat(),
            answer=None if ended is None or ended.answer is None else msgspec.to_builtins(ended.answer),
            failure=None if ended is None or ended.error is None else JobFailure.of(ended.error),
        )

    def told(self, texts: Texts) -> JobAnswer:
        """The answer to whoever asks for it."""
        return JobAnswer(
            id=self.id,
            kind=self.kind,
            state=self.state,
            done=self.done,
            total=self.total,
            started_at=self.started_at,
            ended_at=self.ended_at,
            answer=self.answer,
            problem=None if self.failure is None else self.failure.answer(texts),
        )
