"""What was recorded, in words and as an Atom feed (RFC 4287)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from reporting.emails.item import data_as_at
from reporting.emails.links import address
from reporting.models import CommitteeDecision, Review, State, Submission, Treaty
from reporting.models.dates import long_date
from reporting.models.text import straight
from reporting.queries.changes import Change, FactRow, Happening
from reporting.services.text import plain

# The year from which the authority in the names of entries counts (RFC 4151); it never changes.
_NAMED_SINCE = 2026


class Said(NamedTuple):
    """A change in words: what happened, and sentences with its day, its document and its date."""

    title: str
    lines: list[str]


def said(change: Change) -> Said:
    """Say a change to a reader, in the language that is active."""
    row = change.row
    lines = [_("Document: %(symbol)s.") % {"symbol": row.symbol}] if row.symbol else []
    if isinstance(row, CommitteeDecision):
        lines += _date_of(row, change.what)
    if isinstance(row, Review) and row.adopted_on:
        day = {"day": long_date(row.adopted_on)}
        lines.append(_("Concluding observations adopted: %(day)s.") % day)
    return Said(title_of(row, change.what), [_when(change), *lines])


def title_of(row: FactRow, what: Happening) -> str:
    """Say in a few words what happened."""
    if isinstance(row, CommitteeDecision):
        return _decided(row, what)
    if isinstance(row, Submission):
        return _("%(report)s received") % {"report": row.name}
    if row.in_absence:
        return _("reviewed in the absence of a report")
    report = row.title or _("report whose number is not on record")
    return _("%(report)s considered") % {"report": report}


def _decided(row: CommitteeDecision, what: Happening) -> str:
    kind = row.get_kind_display()
    if what is Happening.WITHDRAWN:
        return _("decision withdrawn: %(kind)s") % {"kind": kind}
    if what is Happening.REQUESTED:
        return _("requested: %(kind)s") % {"kind": kind}
    if row.due_on is None:
        return _("due date of the next report announced, not set")
    return _("due date set: %(day)s") % {"day": long_date(row.due_on)}


_WHEN = {
    Happening.RECEIVED: gettext_noop("Received: %(day)s."),
    Happening.REVIEWED: gettext_noop("Dialogue: %(day)s."),
    Happening.DATE_SET: gettext_noop("Decided: %(day)s."),
    Happening.REQUESTED: gettext_noop("Issued: %(day)s."),
    Happening.WITHDRAWN: gettext_noop("Withdrawn: %(day)s."),
}


def _when(change: Change) -> str:
    if change.happened_on is None:
        return _("The day is not on record.")
    return _(_WHEN[change.what]) % {"day": long_date(change.happened_on)}


def _date_of(row: CommitteeDecision, what: Happening) -> list[str]:
    if row.due_on and what is not Happening.DATE_SET:
        return [_("Due: %(day)s.") % {"day": long_date(row.due_on)}]
    if row.to_be_communicated:
        return [_("The date is to be communicated.")]
    return []


def anchor(change: Change) -> str:
    """Return the place on the page of the State where the fact stands."""
    return change.row.ref


def _titled(state: str, event: str) -> str:
    """Return the title of an entry, without signs that turn the writing: it is no HTML."""
    return straight(_("%(state)s: %(event)s") % {"state": plain(state), "event": plain(event)})


def atom(
    changes: Iterable[Change],
    *,
    treaty: Treaty,
    state: State | None,
    ways: Mapping[str, str],
    updated: datetime | None,
) -> str:
    """Return the feed of a treaty as text; ``updated`` counts where it is empty.

    ``ways`` are addresses by what they are to this page of it: ``self`` is its own, ``next`` is older (RFC 5005).
    """
    own, others = ways["self"], {way: path for way, path in ways.items() if way != "self"}
    name = _("What was recorded: %(treaty)s") % {"treaty": treaty.local_name}
    feed = _Feed(
        title=plain(f"{name} ({state.local_name})" if state else name),
        link=address("reporting:state", state.iso3, treaty=treaty)
        if state
        else address("reporting:changes", treaty=treaty),
        description=None,
        subtitle=plain(data_as_at(treaty)) or None,
        language=get_language(),
        author_name=_("Treaty Reporting Timetable"),
        feed_url=f"{settings.PUBLIC_URL}{own}",
        feed_guid=_tag("changes", treaty.code, state.iso3 if state else ""),
        updated=updated,
        ways={way: f"{settings.PUBLIC_URL}{path}" for way, path in others.items()},
    )
    for change in changes:
        words, party = said(change), change.row.state_party
        feed.add_item(
            title=_titled(party.state.local_name, words.title),
            link=f"{address('reporting:state', party.state.iso3, treaty=treaty)}#{anchor(change)}",
            description=escape(plain(" ".join(words.lines))),
            unique_id=_tag(change.row.ref, "withdrawn" if _is_withdrawal(change) else ""),
            pubdate=change.published,
            updateddate=change.updated,
            categories=[change.what.value],
        )
    return feed.writeString("utf-8")


class _Feed(Atom1Feed):
    def add_root_elements(self, handler: Any) -> None:
        """Lead to the other pages."""
        super().add_root_elements(handler)
        for way, href in self.feed["ways"].items():
            handler.addQuickElement("link", "", {"rel": way, "href": href})

    def latest_post_date(self) -> datetime:
        """Return when anything was last written, also where no entry is left."""
        given: datetime | None = self.feed.get("updated")
        return given or super().latest_post_date()


def _is_withdrawal(change: Change) -> bool:
    return change.what is Happening.WITHDRAWN


def _tag(*parts: str) -> str:
    """Return the name of an entry, which stays when it is corrected and where the site moves."""
    return f"tag:{settings.MESSAGE_ID_DOMAIN},{_NAMED_SINCE}:{'/'.join(filter(None, parts))}"
