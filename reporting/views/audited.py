"""What is noted in the audit log where a request comes in: signing in and out, files that are taken.

What a service does is noted by that service; changes of facts are in their histories.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa import signals as factors
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal, receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reporting.models import User
from reporting.services.audit import What, note
from reporting.views.lockout import address

# The addresses at which files are handed out, and what that is.
FILES = {
    "reporting:export-file": What.EXPORTED,
    "reporting:table-file": What.EXPORTED,
    "reporting:compare-file": What.EXPORTED,
    "reporting:audit-file": What.EXPORTED,
    "reporting:document": What.READ,
    "reporting:letter-attachment": What.READ,
    "reporting:reminder-calendar": What.READ,
}


class AuditMiddleware:
    """Notes which signed-in person took which file, before the file goes out.

    What the UN itself publishes is taken by strangers too; they are not noted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note."""
        answer = self._get_response(request)
        match = request.resolver_match
        what = FILES.get(match.view_name) if match else None
        if what and answer.status_code == 200 and request.method == "GET":
            _note(what, request, about=request.get_full_path())
        return answer


def _note(what: What, request: HttpRequest | None, **more: Any) -> None:
    """Note what the person who asks did, from which network address; nothing of nobody."""
    asking = getattr(request, "user", None)
    by = asking if isinstance(asking, User) else None
    if by or more.get("account"):
        where = address(request) if request else None
        note(**{"what": what, "at": timezone.now(), "by": by, "address": where, **more})


@receiver(user_logged_in)
def _signed_in(request: HttpRequest | None, user: User, **_more: Any) -> None:
    _note(What.SIGNED_IN, request, by=user, account=user)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest | None, user: User | None, **_more: Any) -> None:
    if user:
        _note(What.SIGNED_OUT, request, by=user, account=user)


@receiver(user_login_failed)
def _refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    _failed(What.REFUSED, request, credentials.get("email") or credentials.get("username"))


@receiver(user_locked_out)
def _locked_out(request: HttpRequest | None, username: str, **_more: Any) -> None:
    _failed(What.LOCKED_OUT, request, username)


def _failed(what: What, request: HttpRequest | None, typed: str | None) -> None:
    """Note a failure: of which account, or of none; what was typed can be anything, and is not kept."""
    account = User.objects.filter(email=(typed or "").strip().lower()).first()
    where = address(request) if request else None
    about = "" if account else "no such account"
    note(what=what, at=timezone.now(), account=account, about=about, address=where)


@receiver(factors.authentication_failed)
def _second_step_failed(request: HttpRequest, user: User, **_more: Any) -> None:
    where = address(request)
    note(what=What.REFUSED, at=timezone.now(), account=user, about="second step", address=where)


def _of_own_account(signal: Signal, what: What) -> None:
    """Note what people do about their own account, with the kind of the second step where it is one."""

    def heard(request: HttpRequest, user: User, **more: Any) -> None:
        factor = more.get("authenticator")
        about = str(factor.type) if factor else ""
        _note(what, request, by=user, account=user, about=about)

    signal.connect(heard, weak=False, dispatch_uid=f"audit {what} {id(signal)}")


for each in (password_changed, password_reset, password_set):
    _of_own_account(each, What.PASSWORD)
_of_own_account(factors.authenticator_added, What.FACTOR_ADDED)
_of_own_account(factors.authenticator_removed, What.FACTOR_REMOVED)
_of_own_account(factors.authenticator_reset, What.FACTOR_RESET)
