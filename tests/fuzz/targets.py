"""All that is fuzzed, by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.fuzz import packed_lists, page_reader, query_parser, segment_file, text_repair
from tests.fuzz.target import Target

TARGETS: Final[Mapping[str, Target]] = MappingProxyType(
    {
        "query_parser": query_parser.TARGET,
        "page_reader": page_reader.TARGET,
        "text_repair": text_repair.TARGET,
        "segment_file": segment_file.TARGET,
        "packed_lists": packed_lists.TARGET,
    }
)
