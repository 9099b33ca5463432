"""Saved searches as the API tells them."""

from index.regions.tree import Regions
from index.saved_searches.saved_search import AlertOutcome, AlertState, SavedSearch
from index.saved_searches.store import SavedPage, WatchedSearch
from web.api.answers.saved import (
    AlertAnswer,
    NewsAnswer,
    NewSavedSearchAnswer,
    OutcomeAnswer,
    SavedSearchAnswer,
    SavedSearchesAnswer,
)
from web.presenters.dates import iso_time
from web.presenters.search_answer import hit_answer, search_answer
from web.saved.news import News
from web.saved.service import Saved
from web.saved.window import written_moment
from web.texts.texts import Texts


def saved_answer(watched: WatchedSearch) -> SavedSearchAnswer:
    search = watched.search
    return SavedSearchAnswer(
        id=search.id,
        name=search.name,
        query=search.query,
        frequency=search.frequency,
        webhook=search.webhook,
        grammar_version=search.grammar,
        version=search.version,
        created_at=iso_time(search.created),
        changed_at=iso_time(search.changed),
        alert=_alert(search, watched.alert),
    )


def new_saved_answer(saved: Saved, feed: str, regions: Regions, texts: Texts) -> NewSavedSearchAnswer:
    """`feed` is the address of its feed, with the key."""
    answer = saved_answer(saved.watched)
    read = search_answer(saved.read.result, saved.read.parameters, regions, texts)
    return NewSavedSearchAnswer(
        **{name: getattr(answer, name) for name in answer.__struct_fields__},
        feed=feed,
        secret=saved.secret,
        notices=read.notices,
    )


def saved_list_answer(found: SavedPage, page: int, per_page: int) -> SavedSearchesAnswer:
    return SavedSearchesAnswer(
        searches=tuple(map(saved_answer, found.searches)), total=found.total, page=page, per_page=per_page
    )


def news_answer(search: SavedSearch, news: News, regions: Regions) -> NewsAnswer:
    found = news.found
    return NewsAnswer(
        id=search.id,
        name=search.name,
        query=search.query,
        since=written_moment(news.window.since),
        until=written_moment(news.window.until),
        generation=found.result.generation,
        total=found.result.total,
        clusters=found.result.clusters,
        next_cursor=news.next_cursor,
        results=tuple(hit_answer(hit, found.parameters, regions) for hit in found.result.hits),
    )


def _alert(search: SavedSearch, alert: AlertState) -> AlertAnswer | None:
    if search.webhook is None:
        return None
    return AlertAnswer(
        since=written_moment(alert.since),
        due_at=iso_time(alert.due),
        tries=alert.tries,
        last=None if alert.last is None else _outcome(alert.last),
    )


def _outcome(outcome: AlertOutcome) -> OutcomeAnswer:
    return OutcomeAnswer(
        at=iso_time(outcome.at), result=outcome.result, status=outcome.status, articles=outcome.articles
    )
