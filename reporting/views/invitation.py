"""People: who has an account, who is invited; and what an invitation leads to."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.invitation import AcceptanceForm, InvitationForm
from reporting.models import User
from reporting.queries.people import open_invitations
from reporting.queries.people import people as all_people
from reporting.services.errors import NotAllowedError
from reporting.services.invitation import ClosedInvitationError, accept, find, invite, withdraw


@require_safe
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """List the accounts and the open invitations."""
    by, found = _manager(request), all_people(at=timezone.now())
    changeable = [
        account for account in found.accounts if permissions.may_change_account(by, account)
    ]
    return render(request, "people/list.html", {"people": found, "changeable": changeable})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: HttpRequest) -> HttpResponse:
    """Invite somebody by e-mail."""
    by = _manager(request)
    form = InvitationForm(request.POST or None, by=by)
    if form.is_valid():
        try:
            made = _invite(request, form, by)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = _("An invitation is on its way to %(email)s.") % {"email": made}
            messages.success(request, text)
            return redirect("reporting:people")
    context = {"form": form, "errors": problems(form), "days": settings.INVITATION_DAYS}
    return render(request, "people/invite.html", context)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an open invitation back."""
    by = _manager(request)
    invitation = get_object_or_404(open_invitations(), pk=pk)
    try:
        withdraw(invitation=invitation, by=by, at=timezone.now())
    except NotAllowedError as error:
        raise Http404 from error
    messages.success(request, _("The invitation was withdrawn; its link no longer works."))
    return redirect("reporting:people")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever holds the link choose a name and a password; say why where it does not work."""
    try:
        found = find(token=token, at=timezone.now())
        response = _accept(request, token, found.email)
    except ClosedInvitationError as error:
        context = {"reason": error.messages[0]}
        response = render(request, "people/closed.html", context, status=410)
    # The address is a secret: what is opened from here learns the site and no more. With
    # "no-referrer" the browser would send the form as if from nowhere, and it would be refused.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _accept(request: HttpRequest, token: str, email: str) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "people/signed_in.html", {"email": email})
    form = AcceptanceForm(request.POST or None)
    if form.is_valid():
        try:
            user = accept(token=token, at=timezone.now(), **form.cleaned_data)
        except ClosedInvitationError:
            raise
        except ValidationError as error:
            form.add_error(None, error)
        else:
            # The password was typed just now; what asks for it again is to know.
            record_authentication(request, user, method="password", email=user.email)
            answer: HttpResponse = perform_login(request, user)
            return answer
    context = {"form": form, "errors": problems(form), "email": email}
    return render(request, "people/accept.html", context)


def _invite(request: HttpRequest, form: InvitationForm, by: User) -> str:
    made = invite(
        invited=form.invited,
        by=by,
        at=timezone.now(),
        address=lambda token: request.build_absolute_uri(
            reverse("reporting:invitation", args=[token])
        ),
    )
    return made.email


def _manager(request: HttpRequest) -> User:
    """Return who asks; nobody else learns that these pages are there."""
    if not isinstance(request.user, User) or not permissions.may_manage_people(request.user):
        raise Http404
    return request.user
