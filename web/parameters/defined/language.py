"""The parameter that says in which language an answer is told."""

from web.parameters.kinds import ChoiceParameter
from web.texts.text import Text

LANG = ChoiceParameter(
    name="lang",
    choices=("zh", "zh-Hans", "zh-Hant", "en"),
    default=None,
    meaning=Text(
        hans="说明文字的语言；内容不翻译",
        hant="說明文字的語言；內容不翻譯",
        en="language of labels and messages, not of what is found; without it the choice of the reader "
        "(cookie, then `Accept-Language`), else `zh`",
    ),
)
