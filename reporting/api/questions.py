"""What may be asked, read from the address: anything else is refused by name, never ignored."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from reporting.models import RegionalGroup, State, Treaty
from reporting.models.status import BAND_LABELS, STATUS_LABELS
from reporting.queries.dashboard import BACKLOG, KINDS, Filters
from reporting.queries.log import EVENTS, Position
from reporting.queries.records import Narrowed
from reporting.rules.hindsight import projected_until
from reporting.rules.status import Status

MOST = 500
_USUAL = 100
_LONGEST_SEARCH = 100
# Read by what chooses the language of every answer.
_OF_THE_LANGUAGE = {"language"}
_OF_SEVERAL = (serializers.ListField, serializers.MultipleChoiceField)
_OPEN = (
    Status.OVERDUE,
    Status.DUE_SOON,
    Status.UPCOMING,
    Status.AWAITING_CONSIDERATION,
    Status.UNCONFIRMED,
    Status.NO_DATE,
)
STATUSES = [*((each.value, STATUS_LABELS[each]) for each in _OPEN), (BACKLOG, _("backlog"))]


class Asked(serializers.Serializer[Any]):
    """What every list may be asked."""

    treaty = serializers.CharField(
        required=False, max_length=10, help_text=_("code of a treaty; all of them without it")
    )
    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        default=_USUAL,
        help_text=_("how many at most"),
    )

    def validate_treaty(self, code: str) -> Treaty:
        """Find the treaty."""
        return treaty_of(code)


class OfStates(Asked):
    """A list that is about States, and turned by numbers."""

    cursor = serializers.RegexField(
        r"^\d{1,18}$", required=False, help_text=_("the “next” of the answer before")
    )
    region = serializers.ChoiceField(
        RegionalGroup.choices, required=False, help_text=_("regional group")
    )
    q = serializers.CharField(
        required=False,
        max_length=_LONGEST_SEARCH,
        help_text=_("a State, or the symbol of a document"),
    )

    def validate_cursor(self, text: str) -> int:
        """Read the number."""
        return int(text)


class AsAtDay(OfStates):
    """A list that is true for a day."""

    as_at = serializers.DateField(
        required=False, help_text=_("the day for which the list is true; today without it")
    )
    state = serializers.CharField(required=False, max_length=3, help_text=_("ISO 3166-1 alpha-3"))

    def validate_as_at(self, day: date) -> date:
        """Refuse a day that no timetable reaches."""
        if day > projected_until(timezone.localdate()):
            raise serializers.ValidationError(gettext("The timetable reaches ten years ahead."))
        return day

    def validate_state(self, code: str) -> str:
        """Refuse a code that names no State on record."""
        return state_code(code)


class BesideTreaties(AsAtDay):
    """A list of what is of a State and of no one treaty."""

    treaty = None  # type: ignore[assignment] # how the framework leaves a field out


class OfObligations(AsAtDay):
    """The list of what is owed."""

    status = serializers.MultipleChoiceField(
        choices=STATUSES,
        required=False,
        help_text=_("one or several; everything that is open without it"),
    )
    band = serializers.ChoiceField(
        [(band.value, label) for band, label in BAND_LABELS.items()],
        required=False,
        help_text=_("years overdue"),
    )
    kind = serializers.ChoiceField(KINDS, required=False, help_text=_("what is owed"))
    closed = serializers.BooleanField(
        required=False, default=False, help_text=_("what was closed by the day, too")
    )


class SinceMoment(Asked):
    """The changes since a moment, or after the answer before."""

    since = serializers.DateTimeField(required=False, help_text=_("a moment, as ISO 8601"))
    cursor = serializers.RegexField(
        r"^\d{1,18}(\.\d{1,18}){3}((\.\d{1,18}){2}(\.\d{1,18})?)?$",
        required=False,
        help_text=_("the “next” of the answer before"),
    )
    state = serializers.CharField(required=False, max_length=3, help_text=_("ISO 3166-1 alpha-3"))
    events = serializers.MultipleChoiceField(
        choices=[*EVENTS],
        required=False,
        help_text=_("one or several; all facts without it"),
    )

    def validate_state(self, code: str) -> str:
        """Refuse a code that names no State on record."""
        return state_code(code)

    def validate_events(self, names: set[str]) -> tuple[str, ...]:
        """Name the kinds."""
        return tuple(kind for name, kind in EVENTS.items() if name in names)

    def validate_cursor(self, text: str) -> Position:
        """Read the position."""
        try:
            return Position.parse(text)
        except ValueError:
            raise serializers.ValidationError(gettext("This is no cursor.")) from None

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take one of the two."""
        if "since" in attrs and "cursor" in attrs:
            sentence = gettext("Ask by a moment or by a cursor, not by both.")
            raise serializers.ValidationError(sentence)
        return attrs


def treaty_of(code: str) -> Treaty:
    """Return the treaty; refuse the code of any other."""
    found = Treaty.objects.filter(code=code.upper()).first()
    if found is None:
        said = {"code": code}
        raise serializers.ValidationError(gettext("“%(code)s” is no treaty here.") % said)
    return found


def state_code(code: str) -> str:
    """Return the code of a State on record; refuse any other."""
    found = code.upper()
    if not State.objects.filter(iso3=found, parties__isnull=False).exists():
        said = {"code": code}
        sentence = gettext("“%(code)s” is the code of no State party on record.") % said
        raise serializers.ValidationError(sentence)
    return found


def asked_of(request: Request, kind: type[Asked]) -> dict[str, Any]:
    """Return what the address asks; raise ValidationError where one part of it makes no sense."""
    question = kind(data=request.query_params)
    unknown = {*request.query_params} - {*question.fields} - _OF_THE_LANGUAGE
    question.is_valid()
    errors: dict[str, Any] = dict(question.errors)
    if refused := getattr(request, "language_refused", ""):
        sentence = gettext("“%(text)s” is no language of these answers.")
        errors["language"] = [sentence % {"text": refused}]
    errors |= _left_empty(request.query_params, question)
    errors |= given_again(request.query_params, question)
    for name in sorted(unknown):
        errors[_shown(name)] = [gettext("There is no such parameter here.")]
    if errors:
        raise serializers.ValidationError(errors)
    return dict(question.validated_data)


def _left_empty(given: QueryDict, question: serializers.Serializer[Any]) -> dict[str, list[str]]:
    """Say of each name without a value that it has none: the framework reads it as not given."""
    sentence = gettext("“%(name)s” is empty; give it a value, or leave it out.")
    return {
        name: [sentence % {"name": name}]
        for name, values in given.lists()
        if name in question.fields and not any(value.strip() for value in values)
    }


def given_again(given: object, shape: serializers.Serializer[Any]) -> dict[str, list[str]]:
    """Say of each name that is given more often than it is read that it is."""
    several = {name for name, field in shape.fields.items() if isinstance(field, _OF_SEVERAL)}
    once = {*shape.fields, *_OF_THE_LANGUAGE} - several
    sentence = gettext("“%(name)s” is given more than once; give it once.")
    return {
        name: [sentence % {"name": name}]
        for name, values in (given.lists() if isinstance(given, QueryDict) else ())
        if name in once and len(values) > 1
    }


def _shown(name: str) -> str:
    return "".join(sign for sign in name[:30] if sign.isprintable())


def filters(asked: dict[str, Any]) -> Filters:
    """Return what the list of obligations is narrowed to."""
    return Filters(
        status=tuple(value for value, _label in STATUSES if value in asked.get("status", ())),
        band=asked.get("band", ""),
        kind=asked.get("kind", ""),
        region=asked.get("region", ""),
        q=asked.get("q", ""),
        state=asked.get("state", ""),
        closed=asked["closed"],
    )


def narrowed(asked: dict[str, Any]) -> Narrowed:
    """Return which States the records are about."""
    return Narrowed(asked.get("region", ""), asked.get("q", ""), asked.get("state", ""))
