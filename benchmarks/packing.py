"""Ways to pack positions: their size, and the time to decode a list, on a real segment. For ADR 0017.

python -m benchmarks.packing SEGMENT: a segment file (.seg) of some ten thousand articles.
Where numba is installed, kernels that it compiles are measured too: decoding, and a phrase of two pairs.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.packed_lists import PackedLists
from index.whoosh.codec.segment_reader import SegmentReader, open_segment

BLOCK = 128
LENGTHS = (100, 1_000, 10_000, 100_000)
LISTS_OF_A_LENGTH = 20
ROUNDS = 7
CHUNK = 20_000


def bit_sizes(lists: PackedLists, universe: int) -> Iterator[tuple[str, float]]:
    """Bits of all numbers by each way, without directories."""
    counts = lists.counts()
    yield "raw, 32 bits", 32.0 * counts.sum()
    widths = np.maximum(0, np.floor(np.log2(universe / np.maximum(counts, 1))))
    yield "Elias-Fano, best width", float((counts * (widths + 1) + universe / 2**widths)[counts > 0].sum())
    blocks = 0.0
    for low in range(0, len(lists), CHUNK):
        chunk = lists.lists(low, min(low + CHUNK, len(lists)))
        blocks += block_bits(chunk.values, chunk.starts)
    yield f"gaps in blocks of {BLOCK}", blocks
    yield "ours, with its directory", 8.0 * lists.nbytes


def block_bits(values: NDArray[np.uint32], starts: NDArray[np.int64]) -> float:
    """Bits of gaps in blocks, each as wide as its largest gap, with a byte for the width."""
    counts = np.diff(starts)
    firsts = starts[:-1][counts > 0]
    gaps = np.diff(values.astype(np.int64), prepend=0)
    gaps[firsts] = values[firsts]
    place = np.arange(len(values)) - np.repeat(starts[:-1], counts)
    begins = np.flatnonzero(place % BLOCK == 0)
    widths = np.floor(np.log2(np.maximum(np.maximum.reduceat(gaps, begins), 1))) + 1
    sizes = np.diff(np.append(begins, len(values)))
    return float((widths * sizes + 8).sum())


def microseconds(work: Callable[[], object]) -> float:
    """Median over the rounds, the fastest of many calls in each."""
    rounds = []
    for _ in range(ROUNDS):
        best = float("inf")
        for _ in range(30):
            started = time.perf_counter()
            work()
            best = min(best, time.perf_counter() - started)
        rounds.append(best * 1e6)
    return statistics.median(rounds)


def sampled(lists: PackedLists, length: int) -> list[int]:
    """Lists of about this length."""
    counts = lists.counts()
    near = np.argsort(np.abs(np.log(np.maximum(counts, 1) / length)))[:LISTS_OF_A_LENGTH]
    return [int(at) for at in near]


def exact_width(numbers: NDArray[np.uint32], universe: int) -> Callable[[], NDArray[np.uint32]]:
    """A decoder of Elias-Fano codes of the best width, whose low parts begin at any bit."""
    count = len(numbers)
    width = max(0, int(np.floor(np.log2(universe / count))))
    highs = (numbers >> np.uint32(width)).astype(np.int64) + np.arange(count)
    bits = np.zeros(int(highs[-1]) + 1, dtype=np.uint8)
    bits[highs] = 1
    packed = np.packbits(bits, bitorder="little")
    low = (numbers[:, None] >> np.arange(width, dtype=np.uint32)) & 1
    lows = np.append(
        np.packbits(low.astype(np.uint8).ravel(), bitorder="little"), np.zeros(8, dtype=np.uint8)
    )
    words: Any = np.ndarray((len(lows) - 4,), dtype="<u4", buffer=lows.data, strides=(1,))
    mask = np.uint32((1 << width) - 1)

    def decode() -> NDArray[np.uint32]:
        found = np.flatnonzero(np.unpackbits(packed, bitorder="little").view(bool)).astype(np.uint32)[:count]
        place = np.arange(count, dtype=np.uint32)
        found -= place
        at = place * np.uint32(width)
        found <<= np.uint32(width)
        found |= (words[at >> np.uint32(3)] >> (at & np.uint32(7))) & mask
        return found

    return decode


def compiled() -> tuple[Callable[..., Any], Callable[..., Any]] | None:
    """Kernels for decoding (low part of 16 bits) and for a phrase of two lists; None without numba."""
    try:
        # An experiment: the project does not depend on it.
        numba: Any = import_module("numba")
    except ImportError:
        return None

    @numba.njit(nogil=True)  # type: ignore[untyped-decorator]
    def decode(highs: Any, lows: Any, out: Any) -> None:
        at = 0
        for byte in range(len(highs)):
            rest = highs[byte]
            bit = byte << 3
            while rest and at < len(out):
                if rest & 1:
                    out[at] = (np.uint32(bit - at) << np.uint32(16)) | lows[at]
                    at += 1
                rest >>= 1
                bit += 1

    @numba.njit(nogil=True)  # type: ignore[untyped-decorator]
    def follow(first: Any, second: Any, distance: int, out: Any) -> int:
        found = other = 0
        for place in first:
            wanted = place + distance
            while other < len(second) and second[other] < wanted:
                other += 1
            if other == len(second):
                break
            if second[other] == wanted:
                out[found] = place
                found += 1
        return found

    return decode, follow


def follow(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The numbers of the first, shorter list that the second holds, two further on."""
    wanted = first + np.uint32(2)
    at = np.minimum(second.searchsorted(wanted), len(second) - 1)
    found: NDArray[np.uint32] = first[second[at] == wanted]
    return found


def report(reader: SegmentReader) -> None:
    lists, universe = reader.characters.places, reader.positions.extent
    numbers = lists.counts().sum()
    print(f"{reader.count:,} articles, {numbers:,} positions of {len(lists):,} pairs")
    for name, bits in bit_sizes(lists, universe):
        print(
            f"{name:28} {bits / numbers:6.2f} bits a position {bits / 8 / reader.count:8.0f} bytes an article"
        )
    kernels = compiled()
    for length in LENGTHS:
        chosen = sampled(lists, length)
        ours = statistics.median(microseconds(lambda at=at: lists.numbers(at)) for at in chosen)  # type: ignore[misc]
        exact = statistics.median(
            microseconds(exact_width(lists.numbers(at), universe)) for at in chosen if lists.count(at)
        )
        line = f"{length:8,} positions: ours {ours:7.1f} us, best width {exact:7.1f} us"
        first, second = (lists.numbers(at) for at in sampled(lists, length)[:2])
        phrase = microseconds(lambda first=first, second=second: follow(first, second))  # type: ignore[misc]
        line += f"; two decoded lists: numpy {phrase:7.1f} us"
        if kernels is not None:
            line += compiled_times(kernels, first, second)
        print(line)


def compiled_times(kernels: tuple[Callable[..., Any], Callable[..., Any]], first: Any, second: Any) -> str:
    decode, meet = kernels
    highs = (first >> np.uint32(16)).astype(np.int64) + np.arange(len(first))
    bits = np.zeros(int(highs[-1]) + 1, dtype=np.uint8)
    bits[highs] = 1
    packed, lows = np.packbits(bits, bitorder="little"), first.astype(np.uint16)
    out = np.empty(len(first), dtype=np.uint32)
    decoded = microseconds(lambda: decode(packed, lows, out))
    met = microseconds(lambda: meet(first, second, 2, out))
    return f", numba {met:7.1f} us; decoding by numba {decoded:7.1f} us"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("segment", type=Path)
    report(open_segment(parser.parse_args().segment))


if __name__ == "__main__":
    main()
