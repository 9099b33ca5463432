"""What hangs together: the connected parts of a graph of pairs."""

from collections.abc import Callable, Iterable, Iterator


def components(nodes: Iterable[int], neighbours: Callable[[int], Iterable[int]]) -> Iterator[frozenset[int]]:
    """The connected part of each of these nodes, each part once; a node with no neighbour is one by itself.

    A part may hold nodes that were not asked for. `neighbours` is called once for each node of a part.
    """
    seen: set[int] = set()
    for node in nodes:
        if node in seen:
            continue
        part = {node}
        border = [node]
        while border:
            found = set(neighbours(border.pop())) - part
            part |= found
            border += found
        seen |= part
        yield frozenset(part)
