"""Uploads that are refused while they arrive, before anything of them is written."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, multipartparser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from reporting.services.document import too_large

# Room for the longest name of a file, which is shortened later; Django has no setting for it.
multipartparser.MAX_TOTAL_HEADER_SIZE = 16 * 1024  # type: ignore[attr-defined] # not in the stubs
_REFUSED = "_fields_refused"


class LimitedUploadHandler(FileUploadHandler):
    """Lets the other handlers see no byte of what is too large, or comes from a stranger.

    What was refused is read to its end and thrown away, so that the rest of the form arrives and the
    page can say what was wrong.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        """Start a request."""
        super().__init__(request)
        self.nothing = self.together = False

    def handle_raw_input(self, *request: Any, **_more: Any) -> None:
        """Decide on the whole request by the length that it announces."""
        _input, _headers, content_length, *_rest = request
        user = getattr(self.request, "user", None)
        self.together = content_length > settings.REQUEST_MAX_BYTES
        self.nothing = self.together or user is None or not user.is_authenticated

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Refuse the file before its first byte where nothing is taken."""
        super().new_file(field_name, *args, **kwargs)
        if self.nothing:
            self._refuse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Refuse the file as soon as it grows too large; else pass the bytes on."""
        if start + len(raw_data) > settings.DOCUMENT_MAX_BYTES:
            self._refuse()
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """Leave the file to the next handler."""

    def _refuse(self) -> None:
        vars(self.request).setdefault(_REFUSED, {})[self.field_name] = self.together
        raise SkipFile


def refused_fields(request: HttpRequest) -> dict[str, str]:
    """Return what to say at each field whose file was too large; read the form's data first."""
    refused: dict[str, bool] = vars(request).get(_REFUSED, {})
    return {name: _too_large(together=together) for name, together in refused.items()}


def _too_large(*, together: bool) -> str:
    if not together:
        return too_large()
    most = filesizeformat(settings.REQUEST_MAX_BYTES)
    sentence = _(
        "The files of this form are together larger than %(most)s, which is the most that is taken "
        "at once. Upload them one after the other."
    )
    return sentence % {"most": most}
