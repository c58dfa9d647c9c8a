"""A key files once: whose it is, and whether what comes with it again is the same."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from reporting.models import Submission, User
from reporting.models.text import straight
from reporting.rules.symbols import Symbol, SymbolError
from reporting.services.document import Draft
from reporting.services.submission import Filing


class KeyTakenError(APIException):
    """The key has filed something else."""

    status_code = HTTPStatus.CONFLICT
    default_code = "key_taken"


def key_of(person: User, given: UUID | None) -> UUID:
    """Return the key under which it is kept: what another person makes up is another one."""
    return uuid5(given, str(person.pk)) if given else uuid4()


def filed_with(draft: Draft) -> Submission | None:
    """Return what the person has filed with this key, for whichever State party."""
    return Submission.objects.filter(draft=draft.key, filed_by=draft.by).first()


def refuse_another(filed: Submission, filing: Filing, draft: Draft, given: dict[str, Any]) -> None:
    """Raise KeyTakenError where the key filed something else than this.

    What was filed is taken as it came: others may have corrected it since. What only confirms
    is not on record, and tells no report from another.
    """
    first = filed.history.earliest()
    was = (
        (first.answers_id, first.sent_on, first.languages, first.word_count),
        (first.symbol, first.note_verbale, first.note, first.procedure),
    )
    came = (
        (given.get("answers"), filing.sent_on, [*filing.languages], filing.word_count),
        (
            _printed(filing.symbol),
            straight(filing.note_verbale),
            straight(filing.note),
            given.get("procedure", first.procedure),
        ),
    )
    documents = {*filed.documents.values_list("sha256", "language")}
    if (filed.state_party, _covered(first), was) != (
        draft.state_party,
        {*filing.covers},
        came,
    ) or documents != {(sum_of(upload), language) for upload, language in uploads_of(given)}:
        raise KeyTakenError(_("This key has filed another report: make up a new one."))


def uploads_of(given: dict[str, Any]) -> list[tuple[Any, str]]:
    """Return the documents, each with its language; empty where none is given."""
    languages = given.get("document_languages") or [""] * len(given["documents"])
    return list(zip(given["documents"], languages, strict=True))


def sum_of(upload: Any) -> str:
    """Return the SHA-256 of a document that was sent."""
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _covered(first: Any) -> set[int]:
    """Return the numbers that were sent: with an answer none are, its request has them."""
    return set() if first.answers_id else {*range(first.first_report, first.last_report + 1)}


def _printed(symbol: str) -> str:
    """Return the symbol as it is kept; what is none, and files nothing, as it came."""
    try:
        return str(Symbol.parse(symbol))
    except SymbolError:
        return symbol
