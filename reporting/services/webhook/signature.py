"""The proof that a request comes from here: the headers of Standard Webhooks, signed by HMAC-SHA256."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from reporting.services.sealed import sealed, unsealed

PREFIX = "whsec_"
_PURPOSE = "webhooks"
_BYTES = 32


def new_secret() -> tuple[str, str]:
    """Return a new secret as its owner is shown it, and as it is kept."""
    secret = PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()
    return secret, sealed(secret, purpose=_PURPOSE)


def headers(*, message_id: UUID, body: bytes, kept: str, at: datetime) -> dict[str, str]:
    """Return what says which message it is, when it was sent, and that it comes from here.

    Raise ValueError where no SECRET_KEY opens the secret any more.
    """
    number, moment = f"msg_{message_id.hex}", str(int(at.timestamp()))
    key = base64.b64decode(unsealed(kept, purpose=_PURPOSE).removeprefix(PREFIX))
    signed = b".".join((number.encode(), moment.encode(), body))
    proof = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{proof}",
    }
