"""The page of saved searches."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.saved_searches.saved_search import AlertOutcome, Frequency
from index.saved_searches.store import SavedPage, WatchedSearch
from web.http.problems import Problem
from web.parameters.query_string import read_pairs
from web.presenters.dates import ShownTime, shown_time
from web.presenters.links import search_href
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that can be chosen."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForm:
    """What stands in the form, and what is wrong with it: `invalid` are names of its fields."""

    name: str = ""
    query: str = ""
    webhook: str = ""
    frequencies: tuple[Choice, ...] = ()
    faults: tuple[str, ...] = ()
    invalid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown only once of a search that was just saved."""

    name: str
    feed: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedItem:
    """A saved search in the list; `outcome` is None where it has no webhook."""

    id: str
    version: int
    name: str
    query: str
    href: str
    created: ShownTime
    frequency: str
    webhook: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """The page for somebody who has signed in."""

    items: tuple[SavedItem, ...]
    total: int
    form: NewForm
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class SignInView:
    """The page for anybody else; `query` is the search that is to be saved afterwards."""

    query: str
    is_wrong: bool


def saved_view(found: SavedPage, form: NewForm, texts: Texts, told: Told | None = None) -> SavedView:
    items = tuple(_item(watched, texts) for watched in found.searches)
    return SavedView(items=items, total=found.total, form=form, told=told)


def new_form(given: Mapping[str, str], texts: Texts, problem: Problem | None = None) -> NewForm:
    """The form as it was filled in, with what is wrong with that."""
    faults = () if problem is None else problem.faults
    said = [fault.detail for fault in faults] or ([] if problem is None else [problem.detail])
    chosen = given.get("frequency", Frequency.DAILY.value)
    own = {"name", "frequency", "webhook"}
    return NewForm(
        name=given.get("name", ""),
        query=given.get("query", ""),
        webhook=given.get("webhook", ""),
        frequencies=tuple(
            Choice(
                value=frequency.value,
                label=texts.say(f"saved.frequency.{frequency.value}"),
                selected=frequency.value == chosen,
            )
            for frequency in Frequency
        ),
        faults=tuple(map(texts.tell, said)),
        # Whatever is wrong with a parameter of the search is wrong with the query.
        invalid=frozenset(fault.parameter if fault.parameter in own else "query" for fault in faults),
    )


def _item(watched: WatchedSearch, texts: Texts) -> SavedItem:
    search, last = watched.search, watched.alert.last
    outcome = None
    if search.webhook is not None:
        outcome = texts.say("saved.never_told") if last is None else _outcome(last, texts)
    return SavedItem(
        id=search.id,
        version=search.version,
        name=search.name,
        query=search.query,
        href=search_href(read_pairs(search.query.encode())),
        created=shown_time(search.created, texts),
        frequency=texts.say(f"saved.frequency.{search.frequency.value}"),
        webhook=search.webhook,
        outcome=outcome,
    )


def _outcome(last: AlertOutcome, texts: Texts) -> str:
    said = texts.say(f"saved.outcome.{last.result.value}", articles=f"{last.articles:,}", status=last.status)
    return texts.say("saved.told", outcome=said, time=shown_time(last.at, texts).minute)
