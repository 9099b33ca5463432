"""Ends of lines that mean nothing are left out of pages, and no others."""

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from web.templating import Squeezed


def environment(source: str, *extensions: type[Squeezed]) -> Environment:
    loader = DictLoader({"page": source})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, extensions=extensions)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        pytest.param(
            "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n", "<ul><li>甲</li><li>乙</li></ul>", id="blocks"
        ),
        pytest.param('<p class="a">\n甲\n</p>', '<p class="a">甲\n</p>', id="text keeps its own"),
        pytest.param("<b>甲</b>\n<i>乙</i>", "<b>甲</b>\n<i>乙</i>", id="between words"),
        pytest.param("<p>{{ text }}</p>\n", "<p>&lt;p&gt;\n丙</p>", id="what is filled in"),
        pytest.param("<p>{% if text %}\n甲{% endif %}</p>\n", "<p>甲</p>", id="tags of the template"),
        pytest.param("<pre>\n甲\n</pre>\n乙", "<pre>\n甲\n</pre>\n乙", id="text as it is written"),
    ],
)
def test_ends_of_lines_after_blocks_are_left_out(source: str, written: str) -> None:
    assert environment(source, Squeezed).get_template("page").render(text="<p>\n丙") == written


def test_errors_name_the_line_of_the_template() -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        environment("<ul>\n<li></li>\n{% nothing %}", Squeezed).get_template("page")
    assert raised.value.lineno == 3
