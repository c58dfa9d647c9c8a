"""E-mails as files in a folder: what the embedded mode has for a mail server."""

import os
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each message into EMAIL_FILE_PATH as one .eml file, which mail programs open.

    A file appears complete, for its owner only, or not at all: then OSError says why. In the order
    of their names the files are in the order of their writing.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take the folder from the settings."""
        super().__init__(*args, **options)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def open(self) -> bool:
        """Make the folder where it is missing; nothing else is to be opened."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return False

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message that has a reader; return how many."""
        read = [each for each in email_messages if each.recipients()]
        self.open()
        for each in read:
            self._write(each.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg] # Django's
        return len(read)

    def _write(self, content: bytes) -> None:
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".draft")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).rename(self.folder / _name(Path(draft)))
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise


def _name(draft: Path) -> str:
    """Return a name by the moment; the draft's random letters keep two of one moment apart."""
    seconds, rest = divmod(time.time_ns(), 1_000_000_000)
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y%m%d-%H%M%S}-{rest:09}-{draft.stem[1:]}.eml"
