"""Whoosh's extension point for storage: reads our segments, and refuses to write them."""

from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec.base import Codec

from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.codec.stock_documents import ColumnarDocumentReader
from index.whoosh.codec.stock_terms import ColumnarTermsReader


class StockWritingRefused(NotImplementedError):
    """Whoosh's own writers put one posting after the other, and lose what they do not know of a document."""

    def __init__(self) -> None:
        super().__init__("only WhooshWriter writes segments of this format")


class ColumnarCodec(Codec):  # type: ignore[misc]  # whoosh has no annotations
    """Serves Whoosh's SegmentReader and Searcher.

    They make one Python object for each posting: they are for judging and inspecting an index, not for
    serving searches.
    """

    def terms_reader(self, storage: Any, segment: Any) -> ColumnarTermsReader:
        return ColumnarTermsReader(open_segment(segment.path(Path(storage.folder))))

    def per_document_reader(self, storage: Any, segment: Any) -> ColumnarDocumentReader:
        return ColumnarDocumentReader(open_segment(segment.path(Path(storage.folder))), segment)

    def per_document_writer(self, *_: object) -> NoReturn:
        raise StockWritingRefused

    def field_writer(self, *_: object) -> NoReturn:
        raise StockWritingRefused

    def postings_writer(self, *_: object, **__: object) -> NoReturn:
        raise StockWritingRefused

    def postings_reader(self, *_: object, **__: object) -> NoReturn:
        """Whoosh asks its own terms readers for postings in files; ours have none."""
        raise NotImplementedError("postings come from the terms reader")

    def new_segment(self, *_: object) -> NoReturn:
        raise StockWritingRefused
