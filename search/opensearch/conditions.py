"""What nodes of a plan are made of: conditions that the cluster knows, and nodes that follow from them."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from index.article import Part
from search.opensearch.pair_fields import pair_part_sets
from search.plan import And, AtLeast, Constant, Maybe, Node, Not, Or, Pairs


def conditions_of(node: Node) -> Iterator[Node]:
    """The nodes without nodes in them, pairs one by one and field by field; one may come several times."""
    match node:
        case Not(child) | Constant(child, _):
            yield from conditions_of(child)
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            for child in nodes:
                yield from conditions_of(child)
        case Maybe(child, extra):
            yield from conditions_of(child)
            yield from conditions_of(extra)
        case Pairs() if not is_single(node):
            for part in parts_of(node):
                yield from conditions_of(part)
        case _:
            yield condition(node)


def parts_of(node: Node) -> Sequence[Node]:
    """Those whose scores add up to the node's, where they match; a constant score is made of nothing."""
    match node:
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return nodes
        case Maybe(child, extra):
            return (child, extra)
        case Pairs() if len(node.text) > 2:
            return [replace(node, text=pair, count=1) for pair in node.pairs]
        case Pairs() if node.pairs and not is_single(node):
            return [replace(node, count=1, parts=_in_order(one)) for one in pair_part_sets(node.parts)]
        case _:
            return ()


def holds(node: Node, held: Container[Node]) -> bool:
    """Whether a node matches where, of its conditions, those hold."""
    match node:
        case Not(child):
            return not holds(child, held)
        case Constant(child, _) | Maybe(child, _):
            return holds(child, held)
        case And(nodes):
            return all(holds(child, held) for child in nodes)
        case Or(nodes):
            return any(holds(child, held) for child in nodes)
        case AtLeast(count, nodes):
            return sum(holds(child, held) for child in nodes) >= count
        case Pairs() if not is_single(node):
            found = sum(holds(part, held) for part in parts_of(node))
            # Of two characters the parts are fields, any of which is enough.
            return (found if len(node.text) > 2 else min(found, 1)) >= node.count
        case _:
            return condition(node) in held


def condition(node: Node) -> Node:
    """The same for all nodes that are the same term, whatever its weight and the order of its parts."""
    return Pairs(node.text, parts=_in_order(node.parts)) if isinstance(node, Pairs) else node


def is_single(node: Pairs) -> bool:
    """Whether it is one pair in one field."""
    return (
        len(node.text) == 2 and node.count == 1 and bool(node.pairs) and len(pair_part_sets(node.parts)) == 1
    )


def _in_order(parts: Container[Part]) -> tuple[Part, ...]:
    return tuple(part for part in Part if part in parts)
