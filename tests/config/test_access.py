"""The log of requests of `make run`."""

import pytest

from config.embedded.access import escaped
from config.logs import without_secrets


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("/states/CIV/", "/states/CIV/"),
        ("/Côte d'Ivoire", "/Côte d'Ivoire"),
        ("/\n[web] forged", "/\\n[web] forged"),
        ("/\x1b[31m\x00", "/\\x1b[31m\\x00"),
        ("/\u202egnp.exe", "/\\u202egnp.exe"),
    ],
)
def test_an_address_stays_on_its_line(sent: str, shown: str) -> None:
    assert escaped(sent) == shown


@pytest.mark.parametrize(
    ("asked", "logged"),
    [
        ("/calendar/ohl_QK968SmJ0cP1.ics", "/calendar/***.ics"),
        ("/invitation/ohl_QK968SmJ0cP1/", "/invitation/***/"),
        ("/alerts/12:ohl_QK968SmJ0cP1/unsubscribe/", "/alerts/***/unsubscribe/"),
        ("/account/password/reset/4-abc123-0123456789/", "/account/password/reset/***/"),
        ("/calendar/", "/calendar/"),
        ("/calendar.ics", "/calendar.ics"),
        ("/account/password/reset/done/", "/account/password/reset/done/"),
    ],
)
def test_an_address_that_is_its_own_proof_is_not_in_the_log(asked: str, logged: str) -> None:
    assert without_secrets(asked) == logged
