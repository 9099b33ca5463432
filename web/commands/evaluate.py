"""`evaluate`: judged queries, answered by the search service of a data folder."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineName, EngineSettings
from index.errors import Cause, PolicySearchError
from index.ingest import Event, Failed
from index.readers.mapping import FieldMap
from search.evaluation.answers import Answer, ask
from search.evaluation.judged_set import JudgedSet
from web.commands.indexing import catch_up_to_search
from web.commands.ingest import Inputs, ingest
from web.commands.terminal import print_error
from web.serving.opening import open_analyzer, open_search


class IndexStays(PolicySearchError):
    """Something was to be indexed for once by an engine whose index does not go with its data folder."""

    kind = "index-stays"
    cause = Cause.MISCONFIGURED

    def __init__(self, engine: EngineName) -> None:
        super().__init__(
            "--articles indexes files for this once, in a folder that is gone afterwards, and an index of "
            f"{engine.value} would stay: choose --engine {EngineName.WHOOSH.value}, or ingest the files into "
            "a data folder and an index of their own (--data, --opensearch-index) and evaluate that"
        )


def ask_folder(
    folder: DataFolder, sets: Sequence[JudgedSet], *, engine: EngineSettings = IN_FOLDER
) -> dict[str, Answer]:
    """The answers that a data folder's index gives. Raises CorpusMissing and IndexUnavailable.

    Relevant articles that it lacks are told of on standard error.
    """
    with open_search(folder, open_analyzer(folder), engine=engine) as opened:
        catch_up_to_search(opened)
        for judged in sets:
            _tell_of_absent(folder, judged)
        return ask(opened.service.search, sets)


def ask_collection(
    paths: tuple[Path, ...], sets: Sequence[JudgedSet], *, engine: EngineSettings = IN_FOLDER
) -> dict[str, Answer]:
    """The answers on files of articles alone: they go into a data folder that is gone afterwards, and so is
    its index. Raises IndexStays for an engine whose index lies elsewhere."""
    if engine.engine is not EngineName.WHOOSH:
        raise IndexStays(engine.engine)
    with TemporaryDirectory(prefix="policy-search-evaluate-") as place:
        folder = DataFolder(Path(place) / "data")
        inputs = Inputs(paths, FieldMap.parse(()), BytesIO())
        ingest(folder, open_analyzer(folder), inputs, _tell_of_failed)
        return ask_folder(folder, sets)


def _tell_of_absent(folder: DataFolder, judged: JudgedSet) -> None:
    with CorpusReader.open(folder) as articles:
        absent = judged.relevant - articles.articles(judged.relevant).keys()
    if absent:
        print_error(
            f"{judged.name}: {len(absent):,} of {len(judged.relevant):,} relevant articles are not among the "
            f"articles, {min(absent)} for one; they count as not found."
        )


def _tell_of_failed(event: Event) -> None:
    if isinstance(event, Failed):
        print_error(f"{event.location}: {event.reason}")
