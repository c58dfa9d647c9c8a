"""Reading the number of a session in each language."""

import pytest

from reporting.models.names import searchable
from reporting.queries.session_number import session_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("39th session", 39),
        ("39-й сессии", 39),
        ("الدورة ٣٩", 39),
        ("第一百一十届会议", 110),
        ("第十届会议", 10),
        ("第三十九届", 39),
        ("Guinea 39", None),
        ("39 40", None),
        ("第届会议", None),
        ("", None),
    ],
)
def test_a_number_is_read_where_nothing_else_is_named(text: str, number: int | None) -> None:
    assert session_number(searchable(text)) == number
