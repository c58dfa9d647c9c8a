"""Of which States parties somebody has just imported a list: they are asked whether that is all."""

from collections.abc import Iterable

from django.http import HttpRequest

from reporting import permissions
from reporting.models import StateParty

_IMPORTED = "imported"
# Who imports for more of them says so on their pages.
MOST = 20


def remember_parties(request: HttpRequest, parties: Iterable[StateParty]) -> None:
    """Note the States parties of the lines that were put on record, for the next page."""
    request.session[_IMPORTED] = sorted({each.pk for each in parties})


def imported_parties(request: HttpRequest) -> list[StateParty]:
    """Return those of which nobody has said that what they have sent is on record; once."""
    if not request.session.get(_IMPORTED):
        return []
    numbers = request.session.pop(_IMPORTED)
    rows = permissions.parties_acted_for(request.user).filter(pk__in=numbers)
    asked = rows.without_reports_on_record().select_related("state", "treaty")
    return list(asked.order_by("state", "treaty")[:MOST])
