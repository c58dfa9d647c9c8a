"""Logging a report, and what became of it."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.submission import MORE, ROWS, SubmissionForm
from reporting.models import Procedure, StateParty, Submission, SubmissionStatus
from reporting.queries.owed import Owed, owed
from reporting.queries.storage import taken_by
from reporting.queries.submission import history, submission_of
from reporting.rules.schedule import MONTHS_BEFORE, planned_back
from reporting.services.document import Draft, keep_document, remove_document
from reporting.services.submission import check_filing, file_submission, filed_from
from reporting.services.uploads import refused_fields
from reporting.views.acting import acting_for, person
from reporting.views.typed import take_typed

HTTP_TOO_LARGE = 413


@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request: HttpRequest, iso3: str) -> HttpResponse:
    """Ask what was sent, and file it; what was typed and uploaded outlives an error."""
    party = acting_for(request, iso3)
    open_now = owed(party=party, as_at=timezone.localdate())
    if request.method != "POST":
        return _open(request, party, open_now)
    draft = Draft(_key(request.POST), party, person(request))
    filed = filed_from(draft)
    if filed:
        return _lead_to(filed)
    form = SubmissionForm(_renewed(request, draft), request.FILES, party=party, owed=open_now)
    _keep_files(request, form, draft)
    if MORE in request.POST:
        form.keep_errors_of_files_only()
    elif report := _file(form, draft):
        messages.success(request, _("The report is logged. The secretariat will confirm it."))
        return _lead_to(report)
    return _show(request, party, form, draft)


@cache_control(private=True, no_store=True)
def _open(request: HttpRequest, party: StateParty, open_now: Owed) -> HttpResponse:
    """Show a new form, or the one that was sent by somebody whose session had ended.

    It is not kept by the browser, so going back asks anew what is open. A form that came back with
    an error is: it has its draft, which files once.
    """
    typed = take_typed(request)
    if typed is None:
        form = SubmissionForm(party=party, owed=open_now, initial=_initial(open_now))
        if returned := _returned(request, party):
            form.take_over(returned)
            said = _("What you logged before is filled in. Mend it, and choose the files again.")
            messages.info(request, said)
        return _show(request, party, form)
    draft = Draft(_key(typed), party, person(request))
    typed["draft"] = str(draft.key)
    form = SubmissionForm(typed, party=party, owed=open_now)
    form.keep_errors_of_files_only()
    return _show(request, party, form, draft)


def _returned(request: HttpRequest, party: StateParty) -> Submission | None:
    """Return what was sent back and is to be logged again, where the address names it."""
    pk = request.GET.get("again", "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    found = submission_of(party=party, pk=int(pk))
    of_treaty = found is not None and found.state_party_id == party.pk
    return found if of_treaty and found and found.status == SubmissionStatus.RETURNED else None


@require_safe
@never_cache
def submission(request: HttpRequest, iso3: str, pk: int) -> HttpResponse:
    """Show what was sent and what became of it."""
    party = acting_for(request, iso3)
    found = submission_of(party=party, pk=pk)
    if found is None or not permissions.may_act_for(request.user, found.state_party):
        raise Http404
    context = {"party": found.state_party, "submission": found, "history": history(found)}
    return render(request, "submission/page.html", context)


def _file(form: SubmissionForm, draft: Draft) -> Submission | None:
    """File what the form says, or show in it everything that is wrong, and file nothing."""
    today, now = timezone.localdate(), timezone.now()
    try:
        if form.errors:
            check_filing(filing=form.filing(today), draft=draft, as_at=today, now=now)
            return None
        return file_submission(filing=form.filing(today), draft=draft, as_at=today, now=now)
    except ValidationError as error:
        form.refuse(error)
        return None


def _initial(open_now: Owed) -> dict[str, object]:
    """Tick the one report that can be meant: none that a State would not have begun yet."""
    today = timezone.localdate()
    covers = [
        f"report-{ordinal}"
        for ordinal, report in open_now.reports.items()
        if report.due is None
        or planned_back(report.due, months_before=MONTHS_BEFORE["start"]) <= today
    ]
    simplified = open_now.prior_list is not None
    return {
        "draft": uuid4(),
        "covers": covers if len(covers) == 1 else [],
        "procedure": Procedure.SIMPLIFIED if simplified else Procedure.STANDARD,
    }


def _key(given: QueryDict) -> UUID:
    """Return the draft that the form names; a new one where it names nonsense."""
    try:
        return UUID(given.get("draft", ""))
    except ValueError:
        return uuid4()


def _renewed(request: HttpRequest, draft: Draft) -> QueryDict:
    """Return what was sent, with the draft that is used; the files that were ticked are removed."""
    given = request.POST.copy()
    given["draft"] = str(draft.key)
    for pk in given.getlist("remove"):
        if pk.isascii() and pk.isdecimal() and len(pk) < 19:
            remove_document(draft=draft, pk=int(pk))
    return given


def _keep_files(request: HttpRequest, form: SubmissionForm, draft: Draft) -> None:
    """Keep every file that can be kept; say at the others what is wrong."""
    too_large = refused_fields(request)
    for row in ROWS:
        name = f"file_{row}"
        language = form.data.get(f"language_{row}", "")
        if name in too_large:
            form.add_error(name, too_large[name])
        for upload in request.FILES.getlist(name):
            try:
                keep_document(draft=draft, upload=upload, language=language, now=timezone.now())
            except ValidationError as error:
                form.add_error(name, error)


def _show(
    request: HttpRequest, party: StateParty, form: SubmissionForm, draft: Draft | None = None
) -> HttpResponse:
    context = {
        "party": party,
        "form": form,
        "largest": settings.DOCUMENT_MAX_BYTES,
        "room": settings.STATE_QUOTA_BYTES,
        "taken": taken_by(state=party.state, by=person(request)),
        "kept": draft.waiting if draft else [],
        "errors": problems(form),
    }
    status = HTTP_TOO_LARGE if refused_fields(request) else None
    return render(request, "submission/new.html", context, status=status)


def _lead_to(filed: Submission) -> HttpResponse:
    return redirect("reporting:submission", filed.state_party.state.iso3, filed.pk)
