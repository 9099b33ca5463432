"""In which language a request is answered: `lang`, else the cookie, else Accept-Language, else zh-Hans."""

from collections.abc import Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from starlette.requests import Request

from web.http.accept_language import accepted_language
from web.http.forms import given_pairs
from web.parameters.defined.language import LANG
from web.parameters.query_string import Pair
from web.texts.text import Language
from web.texts.texts import Texts

LANGUAGE_COOKIE = "lang"
BY_NAME: Mapping[str, Language] = MappingProxyType(
    {"zh": Language.HANS, **{language.value: language for language in Language}}
)
"""Languages by what `lang` and the cookie call them."""


def language_of(request: Request) -> Language:
    """The language of the answer. What names no language of ours, wherever it stands, is passed over."""
    return (
        next((BY_NAME[value] for _, value in naming_pairs(given_pairs(request))), None)
        or BY_NAME.get(request.cookies.get(LANGUAGE_COOKIE, ""))
        or accepted_language(", ".join(request.headers.getlist("accept-language")))
        or Language.HANS
    )


def texts_of(request: Request) -> Texts:
    """The texts in the language of the answer."""
    return Texts(language_of(request))


def naming_pairs(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The first of the pairs that asks for a language of ours; empty if none does."""
    naming = (pair for pair in pairs if pair[0] == LANG.name and pair[1] in BY_NAME)
    return tuple(islice(naming, 1))
