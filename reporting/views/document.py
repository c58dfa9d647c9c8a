"""Handing out the files of reports, to those who may act for their State."""

from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reporting import permissions
from reporting.queries.document import document_with_state
from reporting.services.document import opened

# A browser that shows the file all the same may run nothing in it, and fetch nothing.
LOCKED = {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": True}


@require_safe
@cache_control(private=True, no_store=True)
@csp(LOCKED)  # type: ignore[arg-type] # it takes views with arguments too
def document(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file to be saved under its name; 404 to whoever may not have it."""
    found = document_with_state(pk=pk)
    if found is None or found.submission is None:
        raise Http404
    if not permissions.may_act_for(request.user, found.submission.state_party):
        raise Http404
    try:
        file = opened(found)
    except FileNotFoundError:
        raise Http404(_("The file is not where it was stored. Tell the administrator.")) from None
    answer = FileResponse(
        file, as_attachment=True, filename=found.name, content_type=found.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
