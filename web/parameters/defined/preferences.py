"""What the form of preferences sends."""

from web.parameters.kinds import ChoiceParameter, Parameter, TextParameter
from web.texts.text import Language, Text

LANGUAGE = ChoiceParameter(
    name="language",
    choices=tuple(language.value for language in Language),
    default=None,
    meaning=Text("界面语言", "介面語言", "the language of pages"),
)
THEME = ChoiceParameter(
    name="theme",
    choices=("system", "light", "dark"),
    default=None,
    meaning=Text("外观", "外觀", "the colours of pages; `system` leaves them to the browser"),
)
BACK = TextParameter(
    name="back", meaning=Text("之后回到的页面", "之後回到的頁面", "path and query of the page to go back to")
)

PREFERENCE_PARAMETERS: tuple[Parameter, ...] = (LANGUAGE, THEME, BACK)
