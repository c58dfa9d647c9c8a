"""The treaty that the pages are about."""

from django.http import Http404
from django.utils.translation import gettext as _

from reporting.models import Treaty
from reporting.rules.regimes import DEFAULT

CODE = DEFAULT


def treaty_shown() -> Treaty:
    """Return the treaty; without it there are no facts yet, and the page says so."""
    found = Treaty.objects.filter(code=CODE).first()
    if found is None:
        raise Http404(_("No facts are on record yet: load the fact files."))
    return found
