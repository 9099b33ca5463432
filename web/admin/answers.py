"""The answers of the admin interface, as they are written in JSON."""

from typing import Any

from msgspec import Struct


class RowProblem(Struct, frozen=True):
    """Why a row was not taken in: a kind of `index.readers.refusal` or of `web.admin.storing`, and what to do
    about it, in English."""

    kind: str
    detail: str


class FailedRow(Struct, frozen=True):
    """A row of the body that became no article; `line` is the one where it begins, from 1."""

    line: int | None
    problem: RowProblem


class BatchAnswer(Struct, frozen=True, kw_only=True):
    """What became of a batch.

    `deleted` are articles of a replaced source that the batch does not have. `notes` say what of the body has
    no place in an article. `generation` is the state that has all of it; null where nothing was changed.
    """

    created: int
    updated: int
    unchanged: int
    deleted: int
    failed: tuple[FailedRow, ...]
    notes: tuple[str, ...]
    dry_run: bool
    generation: str | None


class ArticleAnswer(Struct, frozen=True):
    """What became of one article: `created`, `updated` or `unchanged`."""

    id: str
    outcome: str
    generation: str | None


class DeletionAnswer(Struct, frozen=True):
    """How many articles match, and how many were deleted: none where nothing was confirmed."""

    matched: int
    deleted: int
    generation: str | None


class WordsAnswer(Struct, frozen=True, kw_only=True):
    """How the words differ from those before.

    `stale` articles hold a word that has changed; null: that cannot be told, and all are analysed again.
    `reanalysed` says how many were, which a dry run does not do.
    """

    dictionary_version: str
    words: int
    added: int
    removed: int
    stale: int | None
    reanalysed: int
    dry_run: bool
    generation: str | None


class SynonymsAnswer(Struct, frozen=True, kw_only=True):
    """How the rules differ from those before."""

    rules: int
    added: int
    removed: int
    dry_run: bool
    generation: str | None


class RebuildAnswer(Struct, frozen=True):
    """The generation that all articles were indexed into, and how many journal entries that took."""

    generation: str
    changes: int


class RollbackAnswer(Struct, frozen=True):
    """The generation that searches go back to; what it lacks is indexed behind it."""

    generation: str


class GenerationFile(Struct, frozen=True):
    """A file of a generation: bytes, and sha256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str


class GenerationItem(Struct, frozen=True, kw_only=True):
    """A kept generation; `live`: searches are answered from it.

    What its manifest says is null where that is damaged, and `damage` tells how.
    """

    generation: str
    live: bool
    articles: int | None
    sequence: int | None
    format: str | None
    analyzer: str | None
    size: int
    files: tuple[GenerationFile, ...]
    damage: str | None


class GenerationsAnswer(Struct, frozen=True):
    """The generations that are kept, the live one first."""

    generations: tuple[GenerationItem, ...]


Answer = BatchAnswer | ArticleAnswer | DeletionAnswer | WordsAnswer | SynonymsAnswer | RebuildAnswer | None
"""What a job can end with; None where there is nothing to say."""


class JobProblem(Struct, frozen=True):
    """Why a job failed: as the body of an error."""

    type: str
    title: str
    status: int
    detail: str


class JobAnswer(Struct, frozen=True, kw_only=True):
    """A job: `state` is `running`, `done` or `failed`, `total` null while that is not known.

    `answer` is what the request would have answered, had it been waited for; `problem` why it failed.
    """

    id: str
    kind: str
    state: str
    done: int
    total: int | None
    started_at: str
    ended_at: str | None
    answer: dict[str, Any] | None
    problem: JobProblem | None
