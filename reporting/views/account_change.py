"""One account: what it may do, and what was changed about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reporting import permissions
from reporting.forms.account_change import AccountForm
from reporting.forms.errors import problems
from reporting.models import User
from reporting.queries.people import changes_of
from reporting.services.account_change import change_account
from reporting.services.errors import NotAllowedError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the role and the States of an account, or switch it off."""
    by = request.user
    found = get_object_or_404(User, pk=pk)
    if not isinstance(by, User) or not permissions.may_change_account(by, found):
        raise Http404
    form = AccountForm(request.POST or None, account=found, by=by)
    if form.is_valid():
        try:
            made = change_account(account=found, to=form.standing, by=by, at=timezone.now())
        except NotAllowedError as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("The account of %(name)s is changed.") if made else _("Nothing was changed.")
            messages.success(request, said % {"name": found})
            return redirect("reporting:people")
    context = {
        "account": found,
        "form": form,
        "errors": problems(form),
        "changes": changes_of(found),
    }
    return render(request, "people/account.html", context)
