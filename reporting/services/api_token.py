"""The tokens with which programs act for a person: made, ended, and shown by programs."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from reporting.models import ApiToken, User
from reporting.services.audit import What, note
from reporting.services.errors import refused

MOST_TOKENS = 20
# By its beginning, programs that look for lost secrets know a token.
BEGINNING = "rtt_"
_BYTES = 32
# A program asks again and again; when its token was used last needs no better answer.
_NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def make_api_token(*, user: User, name: str, scope: str, at: datetime) -> str:
    """Return a new token, which is kept as its hash and never told again.

    Raise ValidationError where the person has as many as there may be, or the name is none.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if ApiToken.objects.filter(user=user).count() >= MOST_TOKENS:
        sentence = ngettext(
            "You have %(most)s token, and nobody has more. End one that you do not need.",
            "You have %(most)s tokens, and nobody has more. End one that you do not need.",
            MOST_TOKENS,
        )
        raise refused(sentence % {"most": MOST_TOKENS})
    token = BEGINNING + secrets.token_urlsafe(_BYTES)
    made = ApiToken(user=user, name=name, scope=scope, token_hash=_hash(token), made_at=at)
    made.full_clean()
    made.save()
    note(what=What.TOKEN_MADE, at=at, by=user, account=user, about=made.scope)
    return token


@transaction.atomic
def end_api_token(*, user: User, pk: int, at: datetime) -> bool:
    """Let a token of the person work no longer; return whether there was one."""
    gone, _rows = ApiToken.objects.filter(user=user, pk=pk).delete()
    if gone:
        note(what=What.TOKEN_ENDED, at=at, by=user, account=user)
    return bool(gone)


def shown_token(*, token: str, at: datetime) -> ApiToken | None:
    """Return the token with its person, and note that it was used; none where it does not work.

    Who may not sign in any more has no program either.
    """
    found = ApiToken.objects.select_related("user").filter(user__is_active=True)
    shown = found.filter(token_hash=_hash(token)).first()
    if shown is None:
        return None
    before = at - _NOTED_EVERY
    if shown.last_used_at is None or shown.last_used_at < before:
        seldom = Q(last_used_at__isnull=True) | Q(last_used_at__lt=before)
        ApiToken.objects.filter(seldom, pk=shown.pk).update(last_used_at=at)
    return shown


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
