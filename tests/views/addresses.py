"""Who may open which address: one row for every route of ours, and what stands in its places.

A new route needs a row in ADDRESSES; a route with places (``<int:pk>``) needs one in PLACES too.
The walk in test_every_address.py fails until they are there.
"""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.mail import EmailMultiAlternatives

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Message,
    Obligation,
    Review,
    Submission,
    SubmissionDocument,
    UniversalReview,
)
from reporting.services.calendar_link import make_calendar_link
from tests.factories import (
    NOW,
    ContactFactory,
    CoreDocumentFactory,
    InvitationFactory,
    SessionFactory,
    UniversalReviewFactory,
    UserFactory,
)
from tests.views.reminder.world import contact_of, mail, mute, reminder


class Audience(Enum):
    """Those who may open an address. For everybody else it is not there."""

    ANYBODY = auto()
    STATUS_READERS = auto()  # anybody, unless PUBLIC_STATUS_PAGES is off
    SIGNED_IN = auto()
    MINISTRIES = auto()  # any ministry, for its own State
    OF_INDONESIA = auto()  # the ministry of Indonesia, and the secretariat
    SECRETARIAT = auto()  # and administrators
    ADMINISTRATORS = auto()


ADDRESSES = {
    "reporting:dashboard": Audience.STATUS_READERS,
    "reporting:overview": Audience.STATUS_READERS,
    "reporting:overview-history": Audience.STATUS_READERS,
    "reporting:timeline": Audience.STATUS_READERS,
    "reporting:compliance": Audience.STATUS_READERS,
    "reporting:compare": Audience.STATUS_READERS,
    "reporting:compare-file": Audience.STATUS_READERS,
    "reporting:states": Audience.STATUS_READERS,
    "reporting:state": Audience.STATUS_READERS,
    "reporting:tables": Audience.STATUS_READERS,
    "reporting:table": Audience.STATUS_READERS,
    "reporting:table-file": Audience.STATUS_READERS,
    "reporting:exports": Audience.STATUS_READERS,
    "reporting:export-file": Audience.STATUS_READERS,
    "reporting:submission-new": Audience.OF_INDONESIA,
    "reporting:submission": Audience.OF_INDONESIA,
    "reporting:document": Audience.OF_INDONESIA,
    "reporting:on-record": Audience.OF_INDONESIA,
    "reporting:state-fact-new": Audience.OF_INDONESIA,
    "reporting:state-fact": Audience.OF_INDONESIA,
    "reporting:state-fact-take-off": Audience.OF_INDONESIA,
    "reporting:my": Audience.SIGNED_IN,
    "reporting:milestone": Audience.OF_INDONESIA,
    "reporting:milestone-tick": Audience.OF_INDONESIA,
    "reporting:review-milestone": Audience.OF_INDONESIA,
    "reporting:review-milestone-tick": Audience.OF_INDONESIA,
    "reporting:state-contacts": Audience.OF_INDONESIA,
    "reporting:state-contact-new": Audience.OF_INDONESIA,
    "reporting:state-contact": Audience.OF_INDONESIA,
    "reporting:state-contact-tell": Audience.OF_INDONESIA,
    "reporting:api-document": Audience.STATUS_READERS,
    "reporting:api-tokens": Audience.SIGNED_IN,
    "reporting:api-token-end": Audience.SIGNED_IN,
    "reporting:webhooks": Audience.SIGNED_IN,
    "reporting:webhook-change": Audience.SIGNED_IN,
    "reporting:webhook-kinds": Audience.SIGNED_IN,
    "reporting:webhook-deliveries": Audience.SIGNED_IN,
    "reporting:webhook-again": Audience.SIGNED_IN,
    "reporting:import-deposits": Audience.SECRETARIAT,
    "reporting:import": Audience.SIGNED_IN,
    "reporting:import-template": Audience.SIGNED_IN,
    "reporting:audit": Audience.SECRETARIAT,
    "reporting:audit-file": Audience.SECRETARIAT,
    "reporting:person": Audience.SECRETARIAT,
    "reporting:person-file": Audience.SECRETARIAT,
    "reporting:person-erase": Audience.SECRETARIAT,
    "reporting:own-sessions": Audience.SIGNED_IN,
    "reporting:people": Audience.SECRETARIAT,
    "reporting:account": Audience.SECRETARIAT,
    "reporting:invite": Audience.SECRETARIAT,
    "reporting:invitation-withdraw": Audience.SECRETARIAT,
    "reporting:invitation": Audience.ANYBODY,
    "reporting:acknowledge": Audience.ANYBODY,
    "reporting:preferences": Audience.ANYBODY,
    "reporting:unsubscribe": Audience.ANYBODY,
    "reporting:inbox": Audience.SECRETARIAT,
    "reporting:receipt": Audience.SECRETARIAT,
    "reporting:inbox-list": Audience.SECRETARIAT,
    "reporting:worklist": Audience.SECRETARIAT,
    "reporting:worklist-date": Audience.SECRETARIAT,
    "reporting:review-new": Audience.SECRETARIAT,
    "reporting:review": Audience.SECRETARIAT,
    "reporting:decision-new": Audience.SECRETARIAT,
    "reporting:decision": Audience.SECRETARIAT,
    "reporting:decision-withdraw": Audience.SECRETARIAT,
    "reporting:submission-correct": Audience.SECRETARIAT,
    "reporting:history": Audience.OF_INDONESIA,
    "reporting:take-off": Audience.SECRETARIAT,
    "reporting:keep": Audience.SECRETARIAT,
    "reporting:contacts": Audience.SECRETARIAT,
    "reporting:contact-new": Audience.SECRETARIAT,
    "reporting:contact": Audience.SECRETARIAT,
    "reporting:sessions": Audience.SECRETARIAT,
    "reporting:session-new": Audience.SECRETARIAT,
    "reporting:session": Audience.SECRETARIAT,
    "reporting:forecast": Audience.SECRETARIAT,
    "reporting:planner": Audience.SECRETARIAT,
    "reporting:planner-assign": Audience.SECRETARIAT,
    "reporting:preparation": Audience.SECRETARIAT,
    "reporting:reminders": Audience.SECRETARIAT,
    "reporting:reminder": Audience.OF_INDONESIA,
    "reporting:reminder-html": Audience.OF_INDONESIA,
    "reporting:reminder-calendar": Audience.OF_INDONESIA,
    "reporting:reminder-retry": Audience.SECRETARIAT,
    "reporting:reminders-retry": Audience.SECRETARIAT,
    "reporting:reminder-test": Audience.SECRETARIAT,
    "reporting:reminder-send": Audience.SECRETARIAT,
    "reporting:offsets": Audience.SECRETARIAT,
    "reporting:offsets-kind": Audience.ADMINISTRATORS,
    "reporting:mutes": Audience.SECRETARIAT,
    "reporting:mute-new": Audience.OF_INDONESIA,  # of a contact; the rest is for the secretariat
    "reporting:mute-end": Audience.OF_INDONESIA,
    "reporting:outbox": Audience.SECRETARIAT,
    "reporting:letter": Audience.SECRETARIAT,
    "reporting:letter-html": Audience.SECRETARIAT,
    "reporting:letter-attachment": Audience.SECRETARIAT,
    "reporting:search": Audience.STATUS_READERS,
    "reporting:changes": Audience.STATUS_READERS,
    "reporting:changes-feed": Audience.STATUS_READERS,
    "reporting:calendar": Audience.STATUS_READERS,
    "reporting:state-calendar": Audience.STATUS_READERS,
    "reporting:private-calendar": Audience.ANYBODY,
    "reporting:calendar-link": Audience.SIGNED_IN,
    "reporting:account-language": Audience.SIGNED_IN,
    "reporting:accessibility": Audience.ANYBODY,
    "reporting:healthz": Audience.ANYBODY,
    "reporting:livez": Audience.ANYBODY,
    "reporting:readyz": Audience.ANYBODY,
    "reporting:metrics": Audience.ANYBODY,
    "reporting:operation": Audience.ADMINISTRATORS,
}


def _of_indonesia(model: Any) -> Any:
    """Return the number of a recorded fact about Indonesia."""
    return model.objects.filter(state_party__state__iso3="IDN").order_by("pk")[0].pk


def _document() -> SubmissionDocument:
    return SubmissionDocument.objects.create(
        submission_id=_of_indonesia(Submission),
        draft=uuid4(),
        file=ContentFile(b"%PDF-", "report.pdf"),
        name="report.pdf",
        media_type="application/pdf",
        size=5,
        uploaded_at=NOW,
    )


def _letter() -> str:
    """Write an e-mail of the ledger, with something attached, into the outbox; return its name."""
    message = Message.objects.create(to="a@example.org", language="en", made_at=NOW)
    headers = {"Message-ID": message.message_id}
    letter = EmailMultiAlternatives("Due", "Soon", to=[message.to], headers=headers)
    letter.attach("due.ics", "BEGIN:VCALENDAR", "text/calendar")
    folder: Any = settings.EMAIL_OUTBOX
    file: Path = folder / "walk.eml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(letter.message().as_bytes())
    return file.name


def _core_document() -> dict[str, Any]:
    found = CoreDocument.objects.first() or CoreDocumentFactory.create()
    return {"iso3": "IDN", "kind": "core-document", "pk": found.pk}


def _step_for_review() -> dict[str, Any]:
    found = UniversalReview.objects.first() or UniversalReviewFactory.create()
    return {"iso3": "IDN", "cycle": found.cycle, "step": "draft"}


def _calendar() -> str:
    return make_calendar_link(user=UserFactory.create(), at=NOW)


def _reminder() -> int:
    """Return the number of an alert that a contact of Indonesia was sent."""
    reader = contact_of("IDN")
    return reminder(reader, "sent", message=mail(reader, calendar="BEGIN:VCALENDAR")).pk


# What stands in the places of an address; asked for anew for each request.
PLACES: dict[str, Callable[[], dict[str, Any]]] = {
    "reporting:state": lambda: {"iso3": "IDN"},
    "reporting:submission-new": lambda: {"iso3": "IDN"},
    "reporting:submission": lambda: {"iso3": "IDN", "pk": _of_indonesia(Submission)},
    "reporting:on-record": lambda: {"iso3": "IDN"},
    "reporting:state-fact-new": lambda: {"iso3": "IDN", "kind": "universal-review"},
    "reporting:state-fact": _core_document,
    "reporting:state-fact-take-off": _core_document,
    "reporting:milestone": lambda: {"iso3": "IDN", "report": 3, "step": "draft"},
    "reporting:milestone-tick": lambda: {"iso3": "IDN", "report": 3, "step": "draft"},
    "reporting:review-milestone": _step_for_review,
    "reporting:review-milestone-tick": _step_for_review,
    "reporting:state-contacts": lambda: {"iso3": "IDN"},
    "reporting:state-contact-new": lambda: {"iso3": "IDN"},
    "reporting:state-contact": lambda: {"iso3": "IDN", "pk": ContactFactory.create().pk},
    "reporting:state-contact-tell": lambda: {"iso3": "IDN", "pk": ContactFactory.create().pk},
    "reporting:document": lambda: {"pk": _document().pk},
    "reporting:account": lambda: {"pk": UserFactory.create().pk},
    "reporting:invitation-withdraw": lambda: {"pk": InvitationFactory.create().pk},
    "reporting:invitation": lambda: {"token": "no-such-link"},
    "reporting:acknowledge": lambda: {"token": "no-such-link"},
    "reporting:preferences": lambda: {"token": "no-such-link"},
    "reporting:unsubscribe": lambda: {"token": "no-such-link"},
    "reporting:receipt": lambda: {"pk": _of_indonesia(Submission)},
    "reporting:compare-file": lambda: {"form": "csv"},
    "reporting:inbox-list": lambda: {"kind": "replies"},
    "reporting:worklist-date": lambda: {"iso3": "IDN"},
    "reporting:review-new": lambda: {"iso3": "IDN"},
    "reporting:review": lambda: {"pk": _of_indonesia(Review)},
    "reporting:decision-new": lambda: {"iso3": "IDN"},
    "reporting:decision": lambda: {"pk": _of_indonesia(CommitteeDecision)},
    "reporting:decision-withdraw": lambda: {"pk": _of_indonesia(CommitteeDecision)},
    "reporting:submission-correct": lambda: {"pk": _of_indonesia(Submission)},
    "reporting:history": lambda: {"kind": "review", "pk": _of_indonesia(Review)},
    "reporting:take-off": lambda: {"kind": "review", "pk": _of_indonesia(Review)},
    "reporting:keep": lambda: {"kind": "review", "pk": _of_indonesia(Review)},
    "reporting:reminder": lambda: {"pk": _reminder()},
    "reporting:reminder-html": lambda: {"pk": _reminder()},
    "reporting:reminder-calendar": lambda: {"pk": _reminder()},
    "reporting:reminder-retry": lambda: {"pk": _reminder()},
    "reporting:reminder-send": lambda: {"pk": _of_indonesia(Obligation)},
    "reporting:offsets-kind": lambda: {"kind": "report"},
    "reporting:mute-new": lambda: {"kind": "contact", "pk": ContactFactory.create().pk},
    "reporting:mute-end": lambda: {"pk": mute(contact=contact_of("IDN")).pk},
    "reporting:letter": lambda: {"name": _letter()},
    "reporting:letter-html": lambda: {"name": _letter()},
    "reporting:letter-attachment": lambda: {"name": _letter(), "number": 1},
    "reporting:contact": lambda: {"pk": ContactFactory.create().pk},
    "reporting:table": lambda: {"slug": "never-reviewed"},
    "reporting:table-file": lambda: {"slug": "compliance", "form": "csv"},
    "reporting:export-file": lambda: {"name": "obligations", "form": "json"},
    "reporting:state-calendar": lambda: {"iso3": "IDN"},
    "reporting:private-calendar": lambda: {"token": _calendar()},
    "reporting:api-token-end": lambda: {"pk": 1},
    "reporting:webhook-change": lambda: {"pk": 1},
    "reporting:webhook-kinds": lambda: {"pk": 1},
    "reporting:webhook-again": lambda: {"pk": 1},
    "reporting:import-template": lambda: {"form": "csv"},
    "reporting:session": lambda: {"number": SessionFactory.create().number},
    "reporting:preparation": lambda: {"number": SessionFactory.create().number},
}
