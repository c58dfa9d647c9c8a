"""The audit log, for the secretariat: a page and a file."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting.exports.audit import audit_csv, what_said
from reporting.forms.audit import AuditForm
from reporting.forms.errors import problems
from reporting.models import User
from reporting.queries.audit import audit_page
from reporting.services.audit import oldest_kept
from reporting.views.as_at import read_as_at
from reporting.views.download import download, refused
from reporting.views.parameters import misread
from reporting.views.presenters.pages import misnumbered, page_number, turn
from reporting.views.secretariat import whole_secretariat_only


@require_safe
@whole_secretariat_only
@never_cache
def audit(request: HttpRequest) -> HttpResponse:
    """Show who did what, the latest first."""
    form = AuditForm(request.GET, people=User.objects.all())
    found = audit_page(asked=form.asked, page=page_number(request))
    kept = [(name, request.GET[name]) for name in form.fields if request.GET.get(name)]
    context = {
        "form": form,
        "errors": [*problems(form), *misnumbered(found, request)],
        "rows": [{"line": line, "said": what_said(line)} for line in found],
        "count": found.paginator.count,
        "results": turn(found, request),
        "kept_since": oldest_kept(now=timezone.now()),
        "file_url": f"{reverse('reporting:audit-file')}?{urlencode(kept)}",
    }
    return render(request, "audit/page.html", context)


@require_safe
@whole_secretariat_only
@never_cache
def audit_file(request: HttpRequest) -> HttpResponse:
    """Send what is shown there as CSV; where the address is wrong, a sentence and no file."""
    form, as_at = AuditForm(request.GET, people=User.objects.all()), read_as_at(request)
    unread = misread(request, *form.fields)
    if unread or not form.is_valid():
        return refused(request, as_at=as_at, errors=[*unread, *problems(form)])
    return download(audit_csv(form.asked), name="audit-log", as_at=as_at, form="csv")
