"""Small worlds for tests: a treaty, States, what they did."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from reporting.models import (
    CommitteeDecision,
    Contact,
    CoreDocument,
    DecisionKind,
    Invitation,
    Review,
    Role,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionKind,
    Treaty,
    UniversalReview,
    User,
)
from reporting.rules.partial_date import PartialDate

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def partial(text: str | None) -> PartialDate | None:
    """Read a partial date, or keep that there is none."""
    return PartialDate.parse(text) if text else None


class TreatyFactory(factory.django.DjangoModelFactory[Treaty]):
    """The Convention on Migrant Workers."""

    class Meta:
        model = Treaty
        django_get_or_create = ("code",)

    code = "CMW"
    name = "International Convention on the Protection of the Rights of All Migrant Workers"
    in_force_on = date(2003, 7, 1)
    entry_into_force_rule = "first day of the month following 3 months after deposit"
    entry_into_force_article = "87"
    initial_article = "73(1)(a)"
    periodic_article = "73(1)(b)"
    initial_months = 12
    periodic_months = 60
    follow_up_months = 24


class StateFactory(factory.django.DjangoModelFactory[State]):
    """Indonesia, unless another one is asked for."""

    class Meta:
        model = State
        django_get_or_create = ("iso3",)

    iso3 = "IDN"
    name = "Indonesia"
    regional_group = "asia-pacific"


class StatePartyFactory(factory.django.DjangoModelFactory[StateParty]):
    """Indonesia under the Convention, as it was: first report due on 1 September 2013."""

    class Meta:
        model = StateParty

    state = factory.SubFactory(StateFactory)
    treaty = factory.SubFactory(TreatyFactory)
    action = "ratification"
    deposited_on = PartialDate(2012, 5, 31)
    source = "UN Treaty Collection IV-13"
    recorded_on = TODAY


class _FactFactory(factory.django.DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    state_party = factory.SubFactory(StatePartyFactory)
    first_report: int | None = 1
    last_report = factory.SelfAttribute("first_report")
    source = "a test"
    recorded_on = TODAY


class SubmissionFactory(_FactFactory):
    """The initial report, a year late."""

    class Meta:
        model = Submission

    kind = SubmissionKind.REPORT
    symbol = "CMW/C/IDN/1"
    received_on = PartialDate(2014, 9, 1)


class ReviewFactory(_FactFactory):
    """The review of the initial report."""

    class Meta:
        model = Review

    session = 27
    dialogue_from = PartialDate(2017, 9, 5)
    dialogue_to = PartialDate(2017, 9, 6)
    symbol = "CMW/C/IDN/CO/1"
    adopted_on = PartialDate(2017, 9, 13)


class DecisionFactory(_FactFactory):
    """A due date that the Committee set for the second report."""

    class Meta:
        model = CommitteeDecision

    kind = DecisionKind.NEXT_REPORT_DUE
    first_report = None
    decided_on = PartialDate(2017, 9, 13)
    due_on = PartialDate(2022, 10, 1)
    symbol = "CMW/C/IDN/CO/1"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A member of the secretariat."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    role = Role.SECRETARIAT


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    """The focal point of Indonesia."""

    class Meta:
        model = Contact

    state = factory.SubFactory(StateFactory)
    role = Contact.Role.FOCAL_POINT
    name = "Siti Rahayu"
    email = factory.Sequence(lambda number: f"contact{number}@example.org")
    added_on = date(2010, 1, 1)


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """An invitation of Indonesia's ministry, by the secretariat, that nobody has opened."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    role = Role.MINISTRY
    token_hash = factory.Sequence("{:064d}".format)
    invited_by = factory.SubFactory(UserFactory)
    invited_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    expires_at = datetime(2026, 11, 29, 12, tzinfo=UTC)


class SessionFactory(factory.django.DjangoModelFactory[Session]):
    """A session that is planned; its days are made up."""

    class Meta:
        model = Session
        django_get_or_create = ("treaty", "number")

    treaty = factory.SubFactory(TreatyFactory)
    number = 45
    starts_on = date(2027, 4, 5)
    ends_on = date(2027, 4, 16)


class CoreDocumentFactory(factory.django.DjangoModelFactory[CoreDocument]):
    """A common core document; its symbol and its day are made up."""

    class Meta:
        model = CoreDocument

    state = factory.SubFactory(StateFactory)
    symbol = "HRI/CORE/IDN/2010"
    dated_on = PartialDate(2010, 9, 27)
    source = "a test"
    recorded_on = TODAY


class UniversalReviewFactory(factory.django.DjangoModelFactory[UniversalReview]):
    """A cycle of the Universal Periodic Review that lies ahead; its dates are made up."""

    class Meta:
        model = UniversalReview

    state = factory.SubFactory(StateFactory)
    cycle = 5
    session = 58
    report_due_on: PartialDate | None = PartialDate(2027, 8)
    reviewed_on: PartialDate | None = PartialDate(2027, 11, 8)
    source = "a test"
    recorded_on = TODAY
