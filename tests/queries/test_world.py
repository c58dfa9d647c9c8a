"""Which States get a dot on the map, and where."""

from reporting.models import State
from reporting.queries.world import small_states


def test_every_state_party_that_the_map_is_too_coarse_for_has_a_dot(recorded: None) -> None:
    small = small_states()
    parties = State.objects.filter(parties__isnull=False).order_by("iso3")
    assert {state.iso3 for state in parties if state.m49 in small} == {
        "BLZ",
        "CPV",
        "GMB",
        "JAM",
        "SLV",
        "STP",
        "SYC",
        "TLS",
        "VCT",
    }


def test_a_dot_stands_on_the_largest_island() -> None:
    small = small_states()
    assert small["132"] == (-23.6, 15.1)  # Santiago, Cabo Verde
    assert small["388"] == (-77.3, 18.1)  # Jamaica
    assert "484" not in small  # Mexico
