"""Secrets that we have to read again: kept encrypted, opened by SECRET_KEY or an earlier one."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def sealed(text: str, *, purpose: str) -> str:
    """Return the text encrypted; what was sealed for one purpose is not opened for another."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def unsealed(text: str, *, purpose: str) -> str:
    """Return what was sealed; raise ValueError where no secret that we have opens it."""
    try:
        return _fernet(purpose).decrypt(text.encode()).decode()
    except InvalidToken as error:
        message = "No secret of this installation opens it: see SECRET_KEY_FALLBACKS."
        raise ValueError(message) from error


def _fernet(purpose: str) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(secret, purpose) for secret in secrets])


def _key(secret: str, purpose: str) -> Fernet:
    digest = hashlib.sha256(purpose.encode() + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
