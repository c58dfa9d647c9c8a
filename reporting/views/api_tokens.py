"""The page on which a person makes tokens for programs, and ends them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reporting.forms.api_token import ApiTokenForm
from reporting.forms.errors import problems
from reporting.forms.refusals import put_on_fields
from reporting.models import ApiToken
from reporting.services.api_token import end_api_token, make_api_token
from reporting.views.acting import person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens of the person; make one, which is shown this once."""
    form, made = ApiTokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            made = make_api_token(user=person(request), at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            form = ApiTokenForm()
    context = {
        "made": made,
        "tokens": ApiToken.objects.filter(user=person(request)),
        "form": form,
        "errors": problems(form) if form.is_bound else [],
    }
    return render(request, "api/tokens.html", context)


@require_POST
def api_token_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a token of the person work no longer; one that is gone already is no fault."""
    end_api_token(user=person(request), pk=pk, at=timezone.now())
    messages.success(request, _("The token works no longer."))
    return redirect("reporting:api-tokens")
