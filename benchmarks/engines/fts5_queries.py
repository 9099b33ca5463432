"""Plans as statements of SQLite."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.plan import (
    And,
    ByDate,
    Characters,
    DateRange,
    Direction,
    Facet,
    Keyword,
    Node,
    Not,
    Or,
    Plan,
    Word,
)

LEAST_RUN = 3
"""Characters that the trigram index needs."""

_WITH_VALUE = "SELECT number FROM keywords WHERE field = ? AND value = ?"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the values of its parameters."""

    sql: str
    values: tuple[str | int, ...]


def statements(plan: Plan) -> Sequence[Statement] | None:
    """The total, the page of hits, and each facet; None for what there is no index for."""
    conditions = _conditions(plan)
    if conditions is None or any(facet.filters != plan.filters for facet in plan.facets):
        return None
    where, values = conditions
    table = "runs" if isinstance(plan.query, Characters) else "words"
    joined = f"{table} JOIN articles ON articles.number = {table}.rowid" if _needs_dates(plan) else table
    source = f"FROM {joined} WHERE {where}"
    page = f"SELECT {table}.rowid {source} ORDER BY {_order(plan)} LIMIT ? OFFSET ?"
    return (
        Statement(f"SELECT count(*) {source}", values),
        Statement(page, (*values, plan.limit, plan.offset)),
        *(_facet(facet, table, source, values) for facet in plan.facets),
    )


def _facet(facet: Facet, table: str, source: str, values: tuple[str | int, ...]) -> Statement:
    # What is found stays outermost: SQLite would else look up every value's articles.
    # Nothing in the text of a statement comes from a query: values are parameters.
    sql = (
        f"SELECT value, count(*) FROM (SELECT {table}.rowid AS found {source}) "  # noqa: S608
        "CROSS JOIN keywords ON keywords.number = found AND keywords.field = ? "
        "GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?"
    )
    return Statement(sql, (*values, facet.field, facet.limit))


def _needs_dates(plan: Plan) -> bool:
    return isinstance(plan.order, ByDate) or any(isinstance(node, DateRange) for node in plan.filters)


def _order(plan: Plan) -> str:
    if not isinstance(plan.order, ByDate):
        return "rank"
    return "articles.published " + ("DESC" if plan.order.direction is Direction.NEWEST_FIRST else "ASC")


def _conditions(plan: Plan) -> tuple[str, tuple[str | int, ...]] | None:
    table = "runs" if isinstance(plan.query, Characters) else "words"
    match = _match(plan.query)
    if match is None:
        return None
    where, values = [f"{table} MATCH ?"], [match]
    numbers: list[str | int] = [*values]
    for node in plan.filters:
        match node:
            case Keyword(field, (value,)):
                # With a + SQLite tests what was found; without, it asks the index once for each number.
                where.append(f"+{table}.rowid IN ({_WITH_VALUE})")
                numbers += [field, value]
            case DateRange(_, int(low), int(high)):
                where.append("articles.published >= ? AND articles.published < ?")
                numbers += [low, high]
            case _:
                return None
    return " AND ".join(where), tuple(numbers)


def _match(node: Node) -> str | None:
    """The query in FTS5's own language."""
    match node:
        case Characters(text=text):
            return _quoted(text) if len(text) >= LEAST_RUN else None
        case Word(text):
            return _quoted(text)
        case And((wanted, Not(unwanted))):
            return _joined("NOT", (wanted, unwanted))
        case And(nodes):
            return _joined("AND", nodes)
        case Or(nodes):
            return _joined("OR", nodes)
        case _:
            return None


def _joined(operator: str, nodes: tuple[Node, ...]) -> str | None:
    parts = [_quoted(node.text) for node in nodes if isinstance(node, Word)]
    return f" {operator} ".join(parts) if len(parts) == len(nodes) else None


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
