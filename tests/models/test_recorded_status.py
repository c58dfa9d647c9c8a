"""The status that the database gives is the one that the engine gives."""

from datetime import date

import pytest
from dateutil.rrule import MONTHLY, rrule

from reporting.models import Obligation
from reporting.rules.status import Band, Status

EVERY_HALF_YEAR = [
    moment.date() for moment in rrule(MONTHLY, date(2003, 1, 1), interval=6, until=date(2037, 1, 1))
]


@pytest.mark.thorough
def test_the_database_gives_every_obligation_the_status_that_the_engine_gives(
    recorded: None,
) -> None:
    compared = 0
    for day in EVERY_HALF_YEAR:
        arisen = Obligation.objects.all().arisen(as_at=day).with_status(as_at=day)
        for row in arisen:
            assert vars(row)["status_as_at"] == row.standing(as_at=day).status
            compared += 1
    assert compared > 19_000


@pytest.mark.parametrize("day", EVERY_HALF_YEAR[::5], ids=str)
def test_the_bands_of_the_database_are_those_of_the_engine(recorded: None, day: date) -> None:
    overdue = Obligation.objects.all().overdue(as_at=day)
    expected: dict[Band, set[int]] = {band: set() for band in Band}
    for row in overdue:
        standing = row.standing(as_at=day)
        assert standing.status is Status.OVERDUE
        assert standing.band
        expected[standing.band].add(row.pk)
    found = {band: Obligation.objects.all().in_band(band, as_at=day) for band in Band}
    assert {band: {row.pk for row in rows} for band, rows in found.items()} == expected
