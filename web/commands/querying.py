"""A data folder opened for a command that asks it something."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from search.service import SearchService
from web.commands.indexing import catch_up_to_search
from web.config import Settings
from web.serving.opening import open_search
from web.serving.semantics import open_semantics


@contextmanager
def open_service(
    folder: DataFolder, analyzer: Analyzer, settings: Settings, engine: EngineSettings
) -> Iterator[SearchService]:
    """The search service on what is stored by now, with the ranking and the embedder that are set.

    Raises CorpusMissing, SynonymsInvalid, PinsInvalid and what `open_semantics` and `open_place` do.
    """
    with (
        open_semantics(folder, settings.semantic) as semantics,
        open_search(
            folder, analyzer, ranking=settings.ranking, meaning=semantics.meaning, engine=engine
        ) as opened,
    ):
        catch_up_to_search(opened)
        yield opened.service
