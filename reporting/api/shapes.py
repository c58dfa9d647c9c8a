"""What answers look like: the shapes that the OpenAPI document promises."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from reporting.models import (
    Action,
    Basis,
    Closure,
    DecisionKind,
    Kind,
    ObligationChange,
    Procedure,
    RegionalGroup,
    SubmissionKind,
    SubmissionStatus,
)
from reporting.models.status import BAND_LABELS, STATUS_LABELS
from reporting.queries.log import CHANGES, KINDS, PRECISIONS

PRECISION_CHOICES = [*PRECISIONS.values()]
BANDS = [(each.value, label) for each, label in BAND_LABELS.items()]
STATUSES = [(each.value, label) for each, label in STATUS_LABELS.items()]
Shape = serializers.Serializer[Any]


def partial(help_text: Any) -> serializers.CharField:
    """Return the field of a date that may be known to the month or the year alone."""
    return serializers.CharField(allow_null=True, help_text=help_text)


def precision() -> serializers.ChoiceField:
    """Return the field that says how precisely a date is known."""
    return serializers.ChoiceField(PRECISION_CHOICES, allow_null=True)


def text(help_text: Any = "") -> serializers.CharField:
    """Return the field of a text that may be empty."""
    return serializers.CharField(allow_blank=True, help_text=help_text)


def number(help_text: Any = "") -> serializers.IntegerField:
    """Return the field of a number that may be unknown."""
    return serializers.IntegerField(allow_null=True, help_text=help_text)


def group() -> serializers.ChoiceField:
    """Return the field of a regional group; empty where none is on record."""
    return serializers.ChoiceField(RegionalGroup.choices, allow_blank=True)


def confirmed() -> serializers.BooleanField:
    """Return the field that says whether the receipt of what met an obligation is confirmed."""
    help_text = _("of what was met: whether the secretariat has confirmed that it came")
    return serializers.BooleanField(allow_null=True, help_text=help_text)


def data_as_at() -> serializers.DateField:
    """Return the field that says how old the list of a treaty's States parties is."""
    help_text = _(
        "day for which the States parties to the treaty are true; empty where it is today"
    )
    return serializers.DateField(allow_null=True, help_text=help_text)


class StateShape(Shape):
    """A State."""

    iso3 = serializers.CharField(help_text=_("ISO 3166-1 alpha-3"))
    m49 = text(_("M49 code of the United Nations"))
    name = serializers.CharField(help_text=_("in the language of the answer"))
    region = group()
    treaties = serializers.ListField(
        child=serializers.CharField(), help_text=_("codes of the treaties that it is a party to")
    )


class OfAState(Shape):
    """What every line about a State says first."""

    id = serializers.IntegerField(help_text=_("stays, and is in no other line of this list"))
    iso3 = serializers.CharField(help_text=_("ISO 3166-1 alpha-3"))
    state = serializers.CharField(help_text=_("its name in the language of the answer"))
    region = group()


class OfAStateParty(OfAState):
    """What every line about a State party says first."""

    treaty = serializers.CharField(help_text=_("code of the treaty"))


class StatePartyShape(OfAStateParty):
    """A State that is bound by a treaty."""

    data_as_at = data_as_at()
    reports_on_record = serializers.BooleanField(
        help_text=_("whether what it has sent is on record: else what seems overdue may have come")
    )
    on_record_as_at = serializers.DateField(
        allow_null=True,
        help_text=_("day for which that was said of this State party; empty where of none alone"),
    )
    action = serializers.ChoiceField(Action.choices)
    deposited_on = partial(_("date of deposit"))
    deposited_on_precision = precision()
    entry_into_force = partial(_("from when on the treaty binds the State"))
    entry_into_force_precision = precision()
    denunciation_effective_on = serializers.DateField(allow_null=True)
    source = text(_("the document in which it was read"))  # type: ignore[assignment] # a name of theirs


class OfReports(OfAStateParty):
    """A line about one report, or about a run of them."""

    first_report = number(_("number of the report, 1 is the initial one"))
    last_report = number(_("another number than the first one for combined reports"))


def also_under() -> serializers.ListField:
    """Return the field of the protocols under which a report of the Convention is the report too."""
    help_text = _("codes of the Optional Protocols under which it is the report too")
    return serializers.ListField(child=serializers.CharField(), help_text=help_text)


class ObligationShape(OfReports):
    """Something that is owed, as it stands on the day."""

    data_as_at = data_as_at()
    kind = serializers.ChoiceField(Kind.choices)
    report = serializers.CharField(help_text=_("what is owed, in words"))
    also_under = also_under()
    due_on = partial(_("empty where no date is set"))
    due_on_precision = precision()
    basis = serializers.ChoiceField(Basis.choices)
    source = text(_("the article or the document of the date"))  # type: ignore[assignment] # a name of theirs
    status = serializers.ChoiceField(STATUSES)
    days = number(_("negative: left until the due date; positive: overdue, or late when it came"))
    band = serializers.ChoiceField(BANDS, allow_null=True)
    arises_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True, help_text=_("empty while it is open"))
    closed_as = serializers.ChoiceField(Closure.choices, allow_null=True)
    closed_by = serializers.CharField(
        allow_null=True, help_text=_("the document, or the fact without a symbol, that ended it")
    )
    received_on = partial(_("empty where nothing came, or the day is not on record"))
    received_on_precision = precision()
    confirmed = confirmed()
    symbol = serializers.CharField(allow_null=True, help_text=_("of what was received"))
    considered_on = serializers.DateField(allow_null=True)
    explanation = serializers.CharField(help_text=_("why it is due on that day"))


class FactShape(OfReports):
    """A recorded fact."""

    symbol = text(_("symbol of the document"))
    source = text(_("the document in which it was read"))  # type: ignore[assignment] # a name of theirs
    accepted_because = text(_("why it stands although it contradicts another fact"))
    note = text(_("what was noted with it"))
    session = number(_("number of the session"))


class SubmissionShape(FactShape):
    """What a State sent."""

    kind = serializers.ChoiceField(SubmissionKind.choices)
    received_on = partial(_("empty where the day is not on record"))
    received_on_precision = precision()
    status = serializers.ChoiceField(SubmissionStatus.choices)
    filed_on = serializers.DateField(
        allow_null=True, help_text=_("the day of sending, until the receipt is confirmed")
    )
    procedure = serializers.ChoiceField(Procedure.choices)
    languages = serializers.ListField(child=serializers.CharField())
    words = number(_("number of words, where it is known"))
    answers = serializers.CharField(
        allow_null=True, help_text=_("symbol of the request that it answers")
    )


class ReviewShape(FactShape):
    """A consideration by the Committee."""

    dialogue_from = partial(_("first day of the dialogue"))
    dialogue_from_precision = precision()
    dialogue_to = partial(_("last day of the dialogue"))
    dialogue_to_precision = precision()
    in_absence = serializers.BooleanField(help_text=_("whether no report was there"))
    adopted_on = partial(_("adoption of the concluding observations"))
    adopted_on_precision = precision()
    distributed_on = partial(_("distribution of the concluding observations"))
    distributed_on_precision = precision()


class DecisionShape(FactShape):
    """A date that the Committee set, or something that it asked for."""

    kind = serializers.ChoiceField(DecisionKind.choices)
    decided_on = partial(_("decided or issued on"))
    decided_on_precision = precision()
    due_on = partial(_("what it sets; empty where it sets none"))
    due_on_precision = precision()
    to_be_communicated = serializers.BooleanField(
        help_text=_("whether the Committee will set the date later")
    )
    paragraph = text(_("paragraph of the document"))
    review = serializers.CharField(
        allow_null=True, help_text=_("symbol of the concluding observations that it came from")
    )
    withdrawn_on = partial(_("withdrawn on"))
    withdrawn_on_precision = precision()
    text = text(_("the words that were read"))


class StateFactShape(OfAState):
    """A recorded fact of a State beside its treaties."""

    source = text(_("the document in which it was read"))  # type: ignore[assignment] # a name of theirs
    note = text(_("what was noted with it"))


class CoreDocumentShape(StateFactShape):
    """A common core document."""

    symbol = text(_("symbol of the document"))
    dated_on = partial(_("date of the document"))
    dated_on_precision = precision()


class UniversalReviewShape(StateFactShape):
    """A cycle of the Universal Periodic Review of a State."""

    cycle = serializers.IntegerField(help_text=_("number of the cycle"))
    session = number(_("session of the working group"))
    report_due_on = partial(_("empty where the day is not on record"))
    report_due_on_precision = precision()
    reviewed_on = partial(_("empty where the day is not on record"))
    reviewed_on_precision = precision()
    adopted_on = partial(_("empty where the day is not on record"))
    adopted_on_precision = precision()


class OwedShape(Shape):
    """What a State owes, as it is after a change; one that has ended, as it was."""

    replaces = number(_("the id of the obligation whose place it took"))
    kind = serializers.ChoiceField(Kind.choices)
    first_report = number(_("number of the report, 1 is the initial one"))
    last_report = number(_("another number than the first one for combined reports"))
    due_on = partial(_("empty where no date is set"))
    due_on_precision = precision()
    basis = serializers.ChoiceField(Basis.choices)
    due_on_before = partial(_("where it moved: the date until then"))
    due_on_before_precision = precision()
    basis_before = serializers.ChoiceField(Basis.choices, allow_null=True)
    closed_as = serializers.ChoiceField(Closure.choices, allow_null=True)
    also_under = also_under()
    confirmed = confirmed()


class ChangeShape(Shape):
    """A fact that was recorded, corrected or taken off record: ask for it in its list.

    Or an obligation that was set, has moved, has lapsed or is met.
    """

    fact = serializers.ChoiceField([*KINDS])
    id = serializers.IntegerField(help_text=_("of the fact in its list"))
    change = serializers.ChoiceField([*CHANGES.values(), *ObligationChange.What.values])
    at = serializers.DateTimeField()
    iso3 = serializers.CharField(allow_null=True, help_text=_("ISO 3166-1 alpha-3"))
    treaty = serializers.CharField(allow_null=True, help_text=_("code of the treaty"))
    owed = OwedShape(required=False, help_text=_("of an obligation alone"))


def page_of(shape: type[Shape], name: str, *, as_at: bool = True) -> type[Shape]:
    """Return the shape of a part of a list."""
    fields: dict[str, Any] = {
        "results": shape(many=True),
        "next": serializers.CharField(
            allow_null=True, help_text=_("send it as “cursor” for what follows; none at the end")
        ),
    }
    if as_at:
        fields["as_at"] = serializers.DateField()
    return type(f"{name}Page", (serializers.Serializer,), fields)
