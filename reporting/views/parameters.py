"""What the address of a file or a feed may ask: the rest is refused, so that nothing is left out unseen."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from reporting.forms.errors import Problem
from reporting.views.as_at import as_typed

# What every address knows.
_EVERYWHERE = ("treaty", "language")
_DAY = "as_at"


def misread(
    request: HttpRequest, *known: str, several: Iterable[str] = (), of_now: bool = False
) -> list[Problem]:
    """Say which parameters the address does not know or are given too often, and which language there is not.

    ``several`` names those that may be given again; ``of_now`` that it tells of now and of no other day.
    """
    names = sorted({*known, *several, *_EVERYWHERE})
    found = []
    for name, values in request.GET.lists():
        if name == _DAY and of_now:
            found.append(_of_now())
        elif name not in names:
            found.append(_unknown(name, names))
        elif len(values) > 1 and name not in several:
            said = _("“%(name)s” is given more than once; give it once.")
            found.append(Problem(said % {"name": name}, "#main"))
    if refused := getattr(request, "language_refused", ""):
        said = _("“%(text)s” is no language of these answers.")
        found.append(Problem(said % {"text": refused}, "#main"))
    return found


def _unknown(name: str, names: list[str]) -> Problem:
    said = _("“%(name)s” is no parameter of this address. It knows: %(known)s.")
    return Problem(said % {"name": as_typed(name), "known": ", ".join(names)}, "#main")


def _of_now() -> Problem:
    said = _(
        "“as_at” is no parameter of this address. It tells of now, as programs ask it again and again; "
        "the pages and the files show any day."
    )
    return Problem(said, "#main")
