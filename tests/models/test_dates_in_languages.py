"""Dates, months and numbers as each language writes them."""

from datetime import date, datetime

import pytest
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from reporting.models.dates import long_date, short_month
from reporting.rules.partial_date import PartialDate

FIRST, LATER = PartialDate(2013, 9, 1), date(2026, 11, 22)
MONTH, YEAR = PartialDate(2024, 11), PartialDate(2011)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 September 2013", "22 November 2026", "November 2024"]),
        ("fr", ["1er septembre 2013", "22 novembre 2026", "novembre 2024"]),
        ("es", ["1 de septiembre de 2013", "22 de noviembre de 2026", "noviembre de 2024"]),
        ("ar", ["1 سبتمبر 2013", "22 نوفمبر 2026", "نوفمبر 2024"]),
        ("ru", ["1 сентября 2013 года", "22 ноября 2026 года", "ноябрь 2024 года"]),
        ("zh-hans", ["2013年9月1日", "2026年11月22日", "2024年11月"]),
        ("id", ["1 September 2013", "22 November 2026", "November 2024"]),
    ],
)
def test_a_date_is_said_with_its_precision(language: str, said: list[str]) -> None:
    with override(language):
        assert [long_date(day) for day in (FIRST, LATER, MONTH)] == said
        assert long_date(YEAR) == ("2011年" if language == "zh-hans" else "2011")


@pytest.mark.parametrize(
    ("language", "month"),
    [
        ("en", "Nov 2024"),
        ("fr", "nov. 2024"),
        ("es", "nov 2024"),
        ("ar", "نوفمبر 2024"),
        ("zh-hans", "2024年11月"),
        ("id", "Nov 2024"),
    ],
)
def test_a_month_at_an_axis_is_in_the_order_of_the_language(language: str, month: str) -> None:
    with override(language):
        assert short_month(date(2024, 11, 3)) == month


@pytest.mark.parametrize(
    ("language", "number", "moment"),
    [
        ("en", "31,800", "2 May 2026, 14:05"),
        ("fr", "31\xa0800", "2 mai 2026 à 14:05"),
        ("es", "31\xa0800", "2 de mayo de 2026 a las 14:05"),
        ("ar", "31\xa0800", "2 مايو 2026، 14:05"),
        ("ru", "31\xa0800", "2 мая 2026 года, 14:05"),
        ("zh-hans", "31,800", "2026年5月2日 14:05"),
        ("id", "31.800", "2 Mei 2026, 14:05"),
    ],
)
def test_numbers_and_moments(language: str, number: str, moment: str) -> None:
    with override(language):
        assert number_format(31800, force_grouping=True) == number
        assert date_format(datetime(2026, 5, 2, 14, 5), "DATETIME_FORMAT") == moment  # noqa: DTZ001
