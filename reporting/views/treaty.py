"""The treaty that a page is about: that of ``?treaty=``, which links keep like the day."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from reporting.models import Treaty
from reporting.rules.regimes import DEFAULT
from reporting.views.as_at import as_typed, treaty_asked

CODE = DEFAULT


def treaty_shown(request: HttpRequest) -> Treaty:
    """Return the treaty; without it there are no facts yet, and the page says so."""
    code = treaty_asked(request)
    found = Treaty.objects.filter(code=code or CODE).first()
    if found is None and code:
        raise Http404(_("“%(code)s” is no treaty on record.") % {"code": as_typed(code)})
    if found is None:
        raise Http404(_("No facts are on record yet: load the fact files."))
    return found
