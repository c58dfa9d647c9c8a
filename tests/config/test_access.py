"""The log of requests of `make run`."""

import pytest

from config.embedded.access import escaped


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
