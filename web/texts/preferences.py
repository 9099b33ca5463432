"""Texts of the choice of language and colours."""

from collections.abc import Mapping
from types import MappingProxyType

from web.texts.text import Text

PREFERENCES: Mapping[str, Text] = MappingProxyType(
    {
        "preferences.heading": Text("语言和外观", "語言和外觀", "Language and appearance"),
        "preferences.language": Text("界面语言", "介面語言", "Language"),
        "preferences.theme": Text("外观", "外觀", "Appearance"),
        "preferences.theme.system": Text("跟随系统", "跟隨系統", "As in the system"),
        "preferences.theme.light": Text("浅色", "淺色", "Light"),
        "preferences.theme.dark": Text("深色", "深色", "Dark"),
    }
)
