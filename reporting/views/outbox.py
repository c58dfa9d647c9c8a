"""The e-mails of the embedded mode, which are written to files instead of sent."""

from pathlib import Path

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from reporting.queries import outbox as query
from reporting.views.document import LOCKED
from reporting.views.mail_frame import framed, mail_answer
from reporting.views.presenters.pages import misnumbered, page_number, turn
from reporting.views.secretariat import person, whole_secretariat_only


@require_safe
@whole_secretariat_only
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """List the e-mails, the latest first."""
    found = query.letters(person=person(request), folder=_folder(), page=page_number(request))
    context = {
        "letters": found,
        "results": turn(found, request),
        "errors": misnumbered(found, request),
    }
    return render(request, "outbox/list.html", context)


@require_safe
@whole_secretariat_only
@never_cache
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one as it was written."""
    return render(request, "outbox/page.html", {"letter": _letter(request, name)})


@require_safe
@framed
@whole_secretariat_only
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """Show the HTML of one, for the frame on its page."""
    return mail_answer(_letter(request, name).html)


@require_safe
@cache_control(private=True, no_store=True)
@csp(LOCKED)
@whole_secretariat_only
def letter_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Hand out what is attached, to be saved."""
    attachments = _letter(request, name).attachments
    if not 1 <= number <= len(attachments):
        raise Http404
    found = attachments[number - 1]
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=found.name or f"attachment-{number}"
    )
    return answer


def _folder() -> Path:
    folder: Path | None = settings.EMAIL_OUTBOX
    if folder is None:
        raise Http404
    return folder


def _letter(request: HttpRequest, name: str) -> query.Letter:
    found = query.letter(person=person(request), folder=_folder(), name=name)
    if found is None:
        raise Http404
    return found
