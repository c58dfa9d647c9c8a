"""The e-mails that lie as files in a folder, where no mail server takes them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from reporting.models import Message, Role, User

ON_A_PAGE = 50
# What the parser lets through from a file that is no e-mail, or a broken one.
_FAULTS = (ValueError, LookupError, AttributeError, TypeError)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with an e-mail."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail in the folder; one that is ``broken`` has nothing but its name and its moment.

    One that is ``sealed`` is about an account, with a link that proves who one is: it is for
    administrators alone.
    """

    name: str
    written_at: datetime
    is_broken: bool = False
    is_sealed: bool = False
    headers: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)

    def header(self, name: str) -> str:
        """Return what the header of that name says; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def to(self) -> str:
        """To whom it is."""
        return self.header("to")

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.header("subject")


def letters(*, person: User, folder: Path, page: int = 1) -> Page[Letter]:
    """Return a page of the e-mails, the latest first; a page that there is not is the nearest."""
    found: Page[Any] = Paginator(sorted(_files(folder), reverse=True), ON_A_PAGE).get_page(page)
    read = [_letter(file, at, whole=False) for at, file in found]
    found.object_list = _sealed(read, person)
    return found


def letter(*, person: User, folder: Path, name: str) -> Letter | None:
    """Return the e-mail of that name, if there is one and the person may read it."""
    named = [(at, file) for at, file in _files(folder) if file.name == name]
    read = [_letter(file, at, whole=True) for at, file in named]
    return next((each for each in _sealed(read, person) if not each.is_sealed), None)


def _files(folder: Path) -> Iterator[tuple[float, Path]]:
    """Go through the e-mails of the folder itself; a link could lead anywhere."""
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        if file.suffix == ".eml" and file.is_file() and not file.is_symlink():
            yield file.stat().st_mtime, file


def _letter(file: Path, at: float, *, whole: bool) -> Letter:
    moment, parser = datetime.fromtimestamp(at, UTC), BytesParser(policy=policy.default)
    try:
        parsed: Any = parser.parsebytes(file.read_bytes(), headersonly=not whole)
        headers = [(name, str(value)) for name, value in parsed.items()]
        is_broken = not parsed["from"] or not parsed["to"]
        parts = _parts(parsed) if whole and not is_broken else {}
    except _FAULTS:
        return Letter(file.name, moment, is_broken=True)
    return Letter(file.name, moment, is_broken=is_broken, headers=headers, **parts)


def _parts(parsed: EmailMessage) -> dict[str, Any]:
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    return {
        "text": text.get_content() if text else "",
        "html": html.get_content() if html else "",
        "attachments": [_attachment(part) for part in parsed.iter_attachments()],
    }


def _attachment(part: Any) -> Attachment:
    content = part.get_payload(decode=True) or b""
    return Attachment(part.get_filename() or "", part.get_content_type(), content)


def _sealed(read: list[Letter], person: User) -> list[Letter]:
    """Seal what neither stands in the ledger nor is to the person; nothing for an administrator."""
    if person.role == Role.ADMINISTRATOR:
        return read
    numbers = [number for each in read if (number := _number(each))]
    known = set(Message.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    return [
        each
        if each.is_broken or each.to == person.email or _number(each) in known
        else replace(each, is_sealed=True, headers=[("To", each.to)], text="", html="")
        for each in read
    ]


def _number(each: Letter) -> UUID | None:
    """Return the number of the message in the ledger, from its Message-ID."""
    try:
        return UUID(each.header("message-id").strip("<> ").partition("@")[0])
    except ValueError:
        return None
