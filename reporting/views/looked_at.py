"""What a page shows before it is done: the file itself, signed, in the form that confirms it."""

import base64
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

# A form with a preview is no draft: after an hour it is looked at again.
_LONGEST = 60 * 60


def sealed(*, content: bytes, salt: str, **more: str) -> str:
    """Return the file, and what goes with it, for a hidden field of the form."""
    given = {"content": base64.b64encode(content).decode(), **more}
    return signing.dumps(given, salt=salt, compress=True)


def opened(request: HttpRequest, *, salt: str) -> dict[str, Any] | None:
    """Return what was sealed, by the name of the salt; say so where it is too old or forged."""
    try:
        given = signing.loads(request.POST[salt], salt=salt, max_age=_LONGEST)
    except signing.BadSignature:
        messages.warning(request, _("This preview is too old. Choose the file again."))
        return None
    return {**given, "content": base64.b64decode(given["content"])}


def say_changed(request: HttpRequest) -> None:
    """Say that nothing was saved, as it would not have done what was seen."""
    said = _("What is on record has changed meanwhile. Nothing was saved: look at it again.")
    messages.warning(request, said)
