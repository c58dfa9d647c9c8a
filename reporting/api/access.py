"""Who asks: a program that shows a person's token; and what it may do."""

from typing import Any, NoReturn

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from reporting import permissions
from reporting.models import ApiToken, Scope, User
from reporting.services.api_token import shown_token

CHALLENGE = 'Bearer realm="api"'
_LONGEST = 200


class ScopeError(APIException):
    """The token is not good for this."""

    status_code = 403
    default_code = "insufficient_scope"

    def __init__(self, detail: str, *, scope: str) -> None:
        """Say which scope it takes."""
        super().__init__(detail)
        self.auth_header = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'


class TokenAuthentication(BaseAuthentication):
    """Knows the person by the token; whoever shows none is a visitor."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token; refuse one that does not work."""
        scheme, _blank, token = get_authorization_header(request).partition(b" ")
        if not scheme:
            return None
        if scheme.lower() != b"bearer" or not 0 < len(token.strip()) <= _LONGEST:
            self._refuse(_("Show a token, as in “Authorization: Bearer rtt_…”."))
        text = token.strip().decode("latin-1")
        shown = shown_token(token=text, at=timezone.now())
        if shown is None:
            self._refuse(_("This token does not work: it was ended, or never made."))
        if permissions.lacks_second_factor(shown.user):
            self._refuse(_("Your role needs a second step to sign in. Set one up to go on."))
        return shown.user, shown

    def authenticate_header(self, _request: Request) -> str:
        """Say what is wanted."""
        return CHALLENGE

    def _refuse(self, why: str) -> NoReturn:
        error = AuthenticationFailed(why)
        error.auth_header = f'{CHALLENGE}, error="invalid_token"'  # type: ignore[attr-defined] # as the framework reads it
        raise error


class MaySeeStatus(BasePermission):
    """Whether the person may see what the status pages show."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        """Ask the same question as the pages."""
        return permissions.may_see_status(request.user)


class MayFile(BasePermission):
    """Whether a program files in the name of a person."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        """Refuse whoever shows no token, or one that is good for reading alone."""
        if not isinstance(request.auth, ApiToken):
            raise NotAuthenticated(_("Filing needs a token that may file."))
        if not request.auth.may_file:
            sentence = _("This token may read, and not file. Make one that may.")
            raise ScopeError(sentence, scope=Scope.FILE)
        return True


class MayManageWebhooks(BasePermission):
    """Whether a program says for a person what is told where."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        """Refuse whoever shows no token, or one that is good for something else."""
        if not isinstance(request.auth, ApiToken):
            raise NotAuthenticated(_("Webhooks need a token that may manage them."))
        if not request.auth.may_manage_webhooks:
            sentence = _("This token may not manage webhooks. Make one that may.")
            raise ScopeError(sentence, scope=Scope.WEBHOOKS)
        return True


class HasToken(BasePermission):
    """Whether a program acts for a person."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        """Refuse whoever shows no token."""
        return isinstance(request.auth, ApiToken)
