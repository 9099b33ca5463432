"""An article as the tagger sees it: which regions each of its texts names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from index.regions.evidence import KnownPlaces
from index.regions.issuer import (
    Issuer,
    IssuerKind,
    account_in,
    is_national,
    is_office,
    issuer_in_agency,
    issuer_in_title,
    number_letter_in,
    signature_in,
)
from index.regions.mentions import Mention, MentionFinder
from index.text.folding import Folding

BODY_READ: Final = 2000
"""Code points of body and lead that are read: later comes detail (the team's notes on Chinese text, 4)."""

TITLE_READ: Final = 500
"""Code points of title, source, agency and hint that are read; real ones have fewer."""

_NUMBER_READ: Final = 200
_SIGNATURE_READ: Final = 300
"""Code points of the body in which its own number, and at its end its signature, is looked for. Chosen by
hand on 2026-11-24: further in, a document cites the numbers of others."""

_NOISE: Final = re.compile(
    "北京(?:市)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?专?[电讯]|"
    "(?<=[,、])新疆生产建设兵团|新疆生产建设兵团(?=[^ ,。;:!?]{0,12}[,:、])"
)
"""Where the office of a news agency stands, and whom every national circular is addressed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The regions found in each text of an article, and what they can be told by."""

    title: tuple[Mention, ...]
    lead: tuple[Mention, ...]
    body: tuple[Mention, ...]
    source: tuple[Mention, ...]
    hint: tuple[Mention, ...]
    titled: Mention | None
    """The mention in the title that names the issuer."""
    issuer: Issuer
    from_office: bool
    """Whether the source is an office."""
    signature: Mention | None
    number_letter: str | None
    known: KnownPlaces

    def places(self, mentions: Iterable[Mention]) -> list[tuple[str, ...]]:
        """What the mentions stand for, without those that stay in doubt."""
        return [codes for mention in mentions if (codes := self.known.meaning(mention))]


@dataclass(frozen=True, slots=True)
class PageReader:
    """Folds the texts of an article and finds the regions in them."""

    folding: Folding
    finder: MentionFinder

    def read(self, *, title: str, lead: str, source: str, body: str, agency: str, hint: str) -> Page:
        """The regions of each text; all texts as stored, empty where there are none."""
        fold, find = self.folding.fold, self.finder.find
        title, source, agency, hint = (fold(text[:TITLE_READ]) for text in (title, source, agency, hint))
        start, end = fold(body[:BODY_READ]), fold(body[-_SIGNATURE_READ:])
        in_title, in_source, in_agency, in_hint = find(title), find(source), find(agency), find(hint)
        in_lead, in_body = find(_quiet(fold(lead[:BODY_READ]))), find(_quiet(start))
        in_end = find(end)
        titled = issuer_in_title(title, in_title)
        account = account_in(end, in_end) if not in_source else None
        return Page(
            title=in_title,
            lead=in_lead,
            body=in_body,
            source=in_source if account is None else (account,),
            hint=in_hint,
            titled=titled.mention,
            issuer=_issuer(issuer_in_agency(agency, in_agency), titled, start[:_NUMBER_READ]),
            from_office=account is not None or is_office(source),
            signature=signature_in(end, in_end),
            number_letter=number_letter_in(f"{title}\n{start[:_NUMBER_READ]}"),
            known=KnownPlaces.of(
                self.finder.regions,
                near=(*in_title, *in_source, *in_lead, *in_agency, *in_hint),
                far=in_body,
            ),
        )


def _issuer(by_agency: Issuer, by_title: Issuer, opening: str) -> Issuer:
    """What the agency says, else the title, else an order or number of the nation in the body's opening."""
    if by_agency.kind is not IssuerKind.UNKNOWN:
        return by_agency
    if by_title.kind is IssuerKind.UNKNOWN and is_national(opening):
        return Issuer(IssuerKind.ELSEWHERE)
    return by_title


def _quiet(text: str) -> str:
    """The text with its noise blanked out, as long as before."""
    return _NOISE.sub(lambda match: " " * len(match[0]), text)
