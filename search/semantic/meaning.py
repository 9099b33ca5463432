"""What a search service has of meaning: a stage or none, and what holds where a search does not say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from search.deadline import Deadline
from search.engine import Snapshot
from search.language.query import Query
from search.plan import Plan
from search.planning.pinned_first import CopiesOf, PinnedFound
from search.request import Match, SearchRequest, Sort
from search.semantic.answer import SemanticMode
from search.semantic.errors import SemanticOff
from search.semantic.gist import Gist, gist_of
from search.semantic.search import FoundByMeaning, MeaningSearch
from search.semantic.stage import SemanticStage

DEMANDING: Final = frozenset({Match.ALL, Match.EXACT})
"""Ways to match that an article without the words would break."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`stage` is None where no embedder is set up; then `default` has to be OFF."""

    stage: SemanticStage | None = None
    default: SemanticMode = SemanticMode.OFF

    def mode(self, asked: SemanticMode | None) -> SemanticMode:
        """What holds for a search that asks for this. Raises SemanticOff where it cannot be had."""
        mode = self.default if asked is None else asked
        if mode is not SemanticMode.OFF and self.stage is None:
            raise SemanticOff(
                "no embedder is set up, so there is no ranking by meaning; whoever runs the service can set "
                "POLICY_SEARCH_EMBEDDER"
            )
        return mode

    def page(
        self,
        request: SearchRequest,
        typed: Query,
        sort: Sort,
        plan: Plan,
        *,
        by_words: Callable[[Plan], PinnedFound],
        snapshot: Snapshot,
        copies_of: CopiesOf,
        deadline: Deadline,
    ) -> FoundByMeaning:
        """The page that the plan asks for, of the hits of `by_words` and what meaning does to them.

        Raises SearchTimeout where the words alone take too long, and SemanticOff.
        """
        mode = self.mode(request.semantic)
        if mode is SemanticMode.OFF or self.stage is None:
            return FoundByMeaning(by_words(plan))
        search = MeaningSearch(self.stage, mode, by_words, snapshot, copies_of, deadline)
        return search.page(plan, _gist(request, typed, sort))


NO_MEANING: Final = Meaning()


def _gist(request: SearchRequest, typed: Query, sort: Sort) -> Gist | None:
    """None where another order than relevance is asked for, or characters as they stand."""
    gist = gist_of(typed, request.q)
    if gist is None or sort is not Sort.RELEVANCE or request.match is Match.EXACT:
        return None
    return Gist(gist.text, gist.is_all and request.match not in DEMANDING)
