"""A key files once: whose it is, and whether what comes with it again is the same."""

from collections.abc import Iterator
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from reporting.models import Submission, User
from reporting.models.text import straight
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

    What was filed is taken as it came: others may have corrected it since.
    """
    first = filed.history.earliest()
    was = (
        (first.first_report, first.last_report),
        (first.answers_id, first.sent_on, first.languages, first.word_count),
        (first.note_verbale, first.note, first.procedure),
    )
    came = (
        filing.reports or (None, None),
        (given.get("answers"), filing.sent_on, [*filing.languages], filing.word_count),
        (
            straight(filing.note_verbale),
            straight(filing.note),
            given.get("procedure", first.procedure),
        ),
    )
    sums = {*filed.documents.values_list("sha256", flat=True)}
    if (filed.state_party, was) != (draft.state_party, came) or sums != {*_sums(given)}:
        raise KeyTakenError(_("This key has filed another report: make up a new one."))


def _sums(given: dict[str, Any]) -> Iterator[str]:
    for upload in given["documents"]:
        digest = sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        yield digest.hexdigest()
