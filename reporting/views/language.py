"""The page on which a person chooses a language for every browser."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reporting.forms.errors import problems
from reporting.forms.language import LanguageForm
from reporting.services.language import set_language
from reporting.views.acting import person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and let this browser forget an earlier one of its own."""
    user = person(request)
    form = LanguageForm(request.POST or None, initial={"language": user.language})
    if not form.is_valid():
        return render(request, "account/language.html", {"form": form, "errors": problems(form)})
    language = form.cleaned_data["language"]
    set_language(user=user, language=language)
    with translation.override(language or translation.get_language()):
        messages.success(request, gettext("Your language is saved."))
    answer = redirect("reporting:account-language")
    answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return answer
