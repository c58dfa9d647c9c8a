"""Filing a report with its documents, by the service that the page calls."""

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.fields import empty
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from reporting import permissions
from reporting.api import lists
from reporting.api.access import HasToken, MayFile, MaySeeStatus
from reporting.api.lines import dated
from reporting.api.once import filed_with, key_of, refuse_another, sum_of, uploads_of
from reporting.api.problems import TooLargeError, refusal
from reporting.api.questions import given_again, state_code, treaty_of
from reporting.api.shapes import Shape, number, partial, precision, text
from reporting.api.versions import Endpoint
from reporting.models import (
    Language,
    Procedure,
    StateParty,
    Submission,
    SubmissionKind,
    SubmissionStatus,
    Treaty,
    User,
)
from reporting.queries.owed import owed
from reporting.queries.submission import submission_of
from reporting.services.document import MOST_DOCUMENTS, Draft, keep_document, remove_document
from reporting.services.submission import Filing, check_filing, file_submission
from reporting.services.uploads import refused_fields

_MOST_REPORTS = 100
_OF_DOCUMENTS = ("name", "language", "media_type", "size", "sha256")


class KeyField(serializers.UUIDField):
    """A key that may be left out, but not be left empty: its program believes that it sends one."""

    default_error_messages = {"blank": serializers.CharField.default_error_messages["blank"]}

    def get_value(self, dictionary: Any) -> Any:
        """Return what was sent, also where that is nothing."""
        return dictionary.get(self.field_name, empty)

    def to_internal_value(self, data: Any) -> UUID:
        """Read the key."""
        if not data:
            self.fail("blank")
        key: UUID = super().to_internal_value(data)
        return key


class FilingShape(Shape):
    """What was sent, when, and the documents themselves."""

    state = serializers.CharField(max_length=3, help_text=_("ISO 3166-1 alpha-3"))
    treaty = serializers.CharField(max_length=10, help_text=_("code of the treaty"))
    key = KeyField(required=False, help_text=_("made up by the program: the same key files once"))
    covers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=32767),
        required=False,
        max_length=_MOST_REPORTS,
        help_text=_("numbers of the reports; several that follow each other for a combined one"),
    )
    answers = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("or the id of the decision that it answers"),
    )
    sent_on = serializers.DateField(help_text=_("the day on which the note verbale went out"))
    note_verbale = serializers.CharField(required=False, max_length=100, allow_blank=True)
    symbol = serializers.CharField(required=False, max_length=60, allow_blank=True)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=60),
        min_length=1,
        max_length=20,
        help_text=_("codes: ar, zh, en, fr, ru, es; another language by its name"),
    )
    word_count = serializers.IntegerField(required=False, min_value=1, max_value=10_000_000)
    length_confirmed = serializers.BooleanField(
        required=False, default=False, help_text=_("it was sent although it is too long")
    )
    same_confirmed = serializers.BooleanField(
        required=False, default=False, help_text=_("these documents were sent for this, too")
    )
    procedure = serializers.ChoiceField(Procedure.choices, required=False)
    note = serializers.CharField(required=False, max_length=4000, allow_blank=True)
    documents = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        min_length=1,
        max_length=MOST_DOCUMENTS,
        help_text=_("PDF, DOCX or ODT"),
    )
    document_languages = serializers.ListField(
        child=serializers.ChoiceField(Language.choices),
        required=False,
        max_length=MOST_DOCUMENTS,
        help_text=_("the language of each document, in the same order"),
    )

    def validate_state(self, code: str) -> str:
        """Refuse a code that names no State on record."""
        return state_code(code)

    def validate_treaty(self, code: str) -> Treaty:
        """Find the treaty."""
        return treaty_of(code)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take each document once, and a language for each, or none."""
        given = len(attrs.get("document_languages", ()))
        if given and given != len(attrs["documents"]):
            sentence = gettext("Give one language for each document, or none.")
            raise serializers.ValidationError({"document_languages": sentence})
        if len({*map(sum_of, attrs["documents"])}) < len(attrs["documents"]):
            sentence = gettext("A document is given more than once; give each one once.")
            raise serializers.ValidationError({"documents": sentence})
        return attrs


class DocumentShape(Shape):
    """A document of something that was filed."""

    name = serializers.CharField()
    language = text()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text=_("in bytes"))
    sha256 = serializers.CharField()


class FiledShape(Shape):
    """What was filed, and what became of it, for those who may act for the State."""

    id = serializers.IntegerField()
    state = serializers.CharField(help_text=_("ISO 3166-1 alpha-3"))
    treaty = serializers.CharField(help_text=_("code of the treaty"))
    kind = serializers.ChoiceField(SubmissionKind.choices)
    first_report = number()
    last_report = number()
    title = serializers.CharField()
    symbol = text()
    status = serializers.ChoiceField(SubmissionStatus.choices)
    returned_because = text()
    sent_on = serializers.DateField(allow_null=True)
    received_on = partial(_("empty until the secretariat confirms it"))
    received_on_precision = precision()
    documents = DocumentShape(many=True)


class Submissions(lists.Submissions):
    """What the States have sent; and where more is filed."""

    parser_classes = [MultiPartParser]

    def get_permissions(self) -> Any:
        """Ask for a token that may file where something is filed."""
        return [MayFile()] if self.request.method == "POST" else [MaySeeStatus()]

    @extend_schema(
        operation_id="file_submission",
        request={"multipart/form-data": FilingShape},
        responses={HTTPStatus.CREATED: FiledShape, HTTPStatus.OK: FiledShape},
    )
    def post(self, request: Request) -> HttpResponseBase:
        """File what a State sent, with its documents.

        The secretariat confirms or returns it. With the same key it is filed once: sent again, the
        answer is 200 with what was filed, and 409 where something else is sent with it.
        """
        given = _given(request)
        party = _party(request, given)
        person = cast("User", request.user)
        draft = Draft(key_of(person, given.get("key")), party, person, files=uuid4())
        filing = _filing(given, draft)
        filed = filed_with(draft) or _file(given, filing, draft)
        if not draft.documents.filter(submission=filed).exists():  # another request has filed it
            _leave_nothing(draft)
            refuse_another(filed, filing, draft, given)
            return Response(filed_line(filed))
        address = reverse("api:submission", args=[filed.pk])
        return Response(filed_line(filed), HTTPStatus.CREATED, headers={"Location": address})


class Filed(Endpoint):
    """Something that was sent, with what became of it."""

    permission_classes = [HasToken]

    @extend_schema(operation_id="submission", responses=FiledShape)
    def get(self, request: Request, pk: int) -> Response:
        """Show what was sent, to those who may act for the State."""
        if pk >= 2**63:
            raise NotFound
        found = Submission.objects.filter(pk=pk).select_related("state_party__state").first()
        if found is None or not permissions.may_act_for(request.user, found.state_party):
            raise NotFound
        filed = submission_of(party=found.state_party, pk=pk)
        if filed is None:
            raise NotFound
        return Response(filed_line(filed), headers={"Cache-Control": "private, no-store"})


def filed_line(filed: Submission) -> dict[str, Any]:
    """Return what was filed as it stands in answers."""
    received = filed.received_on
    return {
        "id": filed.pk,
        "state": filed.state_party.state.iso3,
        "treaty": filed.state_party.treaty.code,
        "kind": filed.kind,
        "first_report": filed.first_report,
        "last_report": filed.last_report,
        "title": filed.name,
        "symbol": filed.symbol,
        "status": filed.status,
        "returned_because": filed.returned_because,
        "sent_on": filed.sent_on,
        **dated("received_on", received.isoformat() if received else None),
        "documents": [
            {name: getattr(document, name) for name in _OF_DOCUMENTS}
            for document in filed.documents.all()
        ],
    }


def _given(request: Request) -> dict[str, Any]:
    """Return what was sent; raise where it is too much, or makes no sense."""
    body = FilingShape(data=request.data)
    if too_large := refused_fields(request._request):  # noqa: SLF001 - the framework's documented name
        raise TooLargeError(" ".join({*too_large.values()}))
    unknown = sorted({*request.data} - {*body.fields})
    body.is_valid()
    errors: dict[str, Any] = dict(body.errors) | given_again(request.data, body)
    errors |= {name[:30]: [gettext("There is no such field here.")] for name in unknown}
    if errors:
        raise serializers.ValidationError(errors)
    return dict(body.validated_data)


def _party(request: Request, given: dict[str, Any]) -> StateParty:
    """Return the State party for which the person may act; no other is there."""
    rows = StateParty.objects.filter(state__iso3=given["state"], treaty=given["treaty"])
    party = rows.select_related("state", "treaty").first()
    if party is None or not permissions.may_act_for(request.user, party):
        sentence = gettext("You act for no such State party.")
        raise NotFound(sentence)
    return party


def _file(given: dict[str, Any], filing: Filing, draft: Draft) -> Submission:
    """File, or say everything that is wrong and keep nothing of it.

    Where another request has filed with the same key meanwhile, return what that filed.
    """
    today, now = timezone.localdate(), timezone.now()
    wrong: list[ValidationError] = []
    for upload, language in uploads_of(given):
        try:
            keep_document(draft=draft, upload=upload, language=language, now=now)
        except ValidationError as error:
            wrong += error.error_list
    try:
        if wrong:
            _say_all(filing, draft, wrong)
        return file_submission(filing=filing, draft=draft, as_at=today, now=now)
    except (ValidationError, IntegrityError) as error:
        _leave_nothing(draft)
        if filed := filed_with(draft):
            return filed
        if isinstance(error, IntegrityError):
            raise
        raise refusal(error) from error


def _say_all(filing: Filing, draft: Draft, wrong: list[ValidationError]) -> None:
    """Raise what is wrong with documents together with what is wrong beside them."""
    by_field: dict[str, list[ValidationError]] = {}
    try:
        check_filing(filing=filing, draft=draft, as_at=timezone.localdate(), now=timezone.now())
    except ValidationError as error:
        error.update_error_dict(by_field)
    raise ValidationError(by_field | {"documents": wrong})


def _leave_nothing(draft: Draft) -> None:
    """Remove what came with this request and was not filed."""
    for pk in draft.waiting.values_list("pk", flat=True):
        remove_document(draft=draft, pk=pk)


def _filing(given: dict[str, Any], draft: Draft) -> Filing:
    answers = given.get("answers")
    found = draft.state_party.decisions.filter(pk=answers).first() if answers else None
    if answers and found is None:
        sentence = gettext("This State party has no such request to answer.")
        raise serializers.ValidationError({"answers": [sentence]})
    return Filing(
        covers=tuple(given.get("covers", ())),
        answers=found,
        sent_on=given["sent_on"],
        note_verbale=given.get("note_verbale", ""),
        symbol=given.get("symbol", ""),
        languages=tuple(given["languages"]),
        word_count=given.get("word_count"),
        length_confirmed=given["length_confirmed"],
        same_confirmed=given["same_confirmed"],
        procedure=given.get("procedure") or _procedure(draft),
        note=given.get("note", ""),
    )


def _procedure(draft: Draft) -> str:
    """Return the procedure that the page would choose."""
    open_now = owed(party=draft.state_party, as_at=timezone.localdate())
    return Procedure.SIMPLIFIED if open_now.prior_list else Procedure.STANDARD
