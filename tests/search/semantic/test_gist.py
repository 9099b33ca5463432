"""Which queries have a meaning to search by, and which text that is."""

import pytest

from index.text.folding import Folding
from search.language.parser import parse
from search.semantic.gist import Gist, gist_of


@pytest.mark.parametrize(
    ("q", "gist"),
    [
        ("买电动车有什么优惠", Gist("买电动车有什么优惠", is_all=True)),
        ("武汉 养老  政策", Gist("武汉 养老 政策", is_all=True)),
        ("補貼 政策", Gist("補貼 政策", is_all=True)),
        ("养老 -武汉", Gist("养老", is_all=False)),
        ("养老 OR 托育", Gist("养老 托育", is_all=False)),
        ("养老 year:2024", Gist("养老", is_all=False)),
        ("养老 source:湖北日报", Gist("养老", is_all=False)),
        ("（养老 OR 托育） 补贴", Gist("养老 托育 补贴", is_all=False)),
        ('"养老补贴"', None),
        ('"养老" “补贴标准”', None),
        ('养老 "补贴标准"', Gist('养老 "补贴标准"', is_all=False)),
        ("谁提到了“兴商建市”的战略？", Gist("谁提到了“兴商建市”的战略？", is_all=False)),
        ("养老 -“补贴标准”", Gist("养老", is_all=False)),
        ("养老 title:补贴", Gist("养老", is_all=False)),
        ("养老 科技创*", Gist("养老", is_all=False)),
        ("title:补贴", None),
        ("year:2024", None),
        ("鄂政发〔2024〕12号", None),
        ("科技创*", None),
        ('"养老 补贴"~5', None),
        ("-武汉", None),
        ("", None),
    ],
)
def test_the_gist_is_what_was_typed_as_free_text(q: str, gist: Gist | None, folding: Folding) -> None:
    assert gist_of(parse(q, folding).query, q) == gist
