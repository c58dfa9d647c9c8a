"""One obligation as an e-mail tells it to its reader: plain values, in the reader's language."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.emails.links import address
from reporting.emails.timing import Timing, timing
from reporting.models import Basis, Kind, Obligation, StateParty, Treaty
from reporting.models.dates import iso_date, long_date
from reporting.models.sentences import source_in_words, translated
from reporting.rules.length import word_limit
from reporting.rules.wording import ANSWER_A_PRIOR_LIST

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """An obligation in the words of one reader; ``lines`` are labels with what stands beside them.

    ``due_iso`` is empty where it would say the same as ``due``; ``url`` leads to the page of the State
    under the treaty.
    """

    state: str
    treaty: str
    title: str
    headline: str
    short: str
    due: str
    due_iso: str
    span: str
    lines: tuple[Line, ...]
    url: str
    is_overdue: bool
    is_escalated: bool = False


def item(
    obligation: Obligation,
    *,
    as_at: date,
    prior_list: Obligation | None = None,
    for_the_desk: bool = False,
    is_escalated: bool = False,
) -> Item:
    """Return the obligation as it stands on that day, said to its State or to the secretariat.

    ``prior_list`` is an open list of issues prior to reporting whose replies are this report.
    """
    party, when = obligation.state_party, timing(obligation, as_at=as_at)
    state = party.state.local_name
    what = possessive(state, obligation.title) if for_the_desk else yours(obligation.title)
    due = obligation.due
    return Item(
        state=state,
        treaty=f"{party.treaty.local_name} ({party.treaty.code})",
        title=obligation.title,
        headline=when.headline(what, several=is_several(obligation)),
        short=when.short(obligation.title),
        due=long_date(due) if due else _("to be communicated"),
        due_iso=iso_date(due) if due and due.month else "",
        span=when.span,
        lines=tuple(_lines(obligation, when, prior_list, as_at)),
        url=address("reporting:state", party.state.iso3, treaty=party.treaty),
        is_overdue=when.is_overdue,
        is_escalated=is_escalated,
    )


def yours(report: str) -> str:
    """Say whose it is to the State that owes it."""
    # Translators: the State itself is spoken to; the name of a report, of replies or of follow-up follows.
    return _("Your %(report)s") % {"report": report}


def possessive(state: str, report: str) -> str:
    """Say whose it is to somebody else."""
    places = {"state": state, "report": report}
    if state.endswith("s"):
        # Translators: English writes the possessive so after an s; say the same as in the other one.
        return _("%(state)s' %(report)s") % places
    # Translators: whose report it is; where the State cannot be declined: "%(report)s (%(state)s)".
    return _("%(state)s's %(report)s") % places


def is_several(obligation: Obligation) -> bool:
    """Whether it is said in the plural: replies, and combined reports."""
    if obligation.kind == Kind.REPLIES:
        return True
    is_combined = obligation.first_report != obligation.last_report
    return obligation.kind == Kind.REPORT and is_combined


def _lines(
    obligation: Obligation, when: Timing, prior_list: Obligation | None, as_at: date
) -> list[Line]:
    lines = [(_("Why this date"), basis(obligation))]
    if prior_list:
        text = _(
            "Your replies to the list of issues prior to reporting (%(source)s) are the report."
        )
        lines.append(
            (_("Simplified procedure"), text % {"source": source_in_words(prior_list.source)})
        )
    if obligation.due:
        label = _("What follows") if when.is_overdue else _("If it is missed")
        lines.append((label, _consequence(obligation, when, as_at)))
    if known := known_of(obligation.state_party):
        lines.append((_("Data"), known))
    if obligation.first_report and _is_report(obligation):
        limit = word_limit(first=obligation.first_report)
        text = ngettext("%(words)s word at most.", "%(words)s words at most.", limit)
        lines.append((_("Length"), text % {"words": number_format(limit, force_grouping=True)}))
    return lines


def data_as_at(treaty: Treaty) -> str:
    """Say for which day the list of the States parties is true, and what is not on record.

    Empty where what is known of the treaty is kept up to date.
    """
    if treaty.data_as_at is None:
        return ""
    places = {"treaty": treaty.code, "day": long_date(treaty.data_as_at)}
    said = _("%(treaty)s: data as at %(day)s.") % places
    if treaty.reports_on_record:
        return said
    unknown = _(
        "What its States parties have sent is not on record here, except where the page of a State "
        "says so."
    )
    return f"{said} {unknown}"


def known_of(party: StateParty) -> str:
    """Say the same of one State party: for which day what it has sent is on record, if it is.

    Empty where what is known of the treaty is kept up to date.
    """
    treaty = party.treaty
    if treaty.data_as_at is None or treaty.reports_on_record:
        return data_as_at(treaty)
    places = {"treaty": treaty.code, "day": long_date(treaty.data_as_at)}
    said = _("%(treaty)s: data as at %(day)s.") % places
    return f"{said} {sent_on_record(party)}"


def sent_on_record(party: StateParty) -> str:
    """Say for which day what a State has sent under a treaty is on record, or that it is not."""
    state = party.state.local_name
    if party.on_record_as_at is None:
        return _("What %(state)s has sent is not on record here.") % {"state": state}
    said = _("What %(state)s has sent is on record as at %(day)s.")
    return said % {"state": state, "day": long_date(party.on_record_as_at)}


def _is_report(obligation: Obligation) -> bool:
    """Whether what is sent is a report of the cycle."""
    return obligation.kind == Kind.REPORT or obligation.reason in ANSWER_A_PRIOR_LIST


def basis(obligation: Obligation) -> str:
    """Say on what the due date rests, and the one sentence that explains it."""
    explanation = translated(obligation.as_value().explanation)
    source = {"source": source_in_words(obligation.source)}
    if obligation.basis == Basis.TREATY:
        rests = _("Computed under %(source)s, not yet confirmed by the Committee.") % source
    elif obligation.basis == Basis.COMMITTEE and " " not in obligation.source:
        rests = _("Set by the Committee in %(source)s.") % source
    elif obligation.basis == Basis.COMMITTEE:
        rests = _("Set by the Committee (%(source)s).") % source
    else:
        rests = _("%(sentence)s.") % {"sentence": source["source"]}
    # Translators: one sentence after another; some languages have no space between them.
    return _("%(first)s %(second)s") % {"first": rests, "second": explanation}


def _consequence(obligation: Obligation, when: Timing, as_at: date) -> str:
    """Say what becomes of a State that is late."""
    if obligation.awaiting_since and obligation.awaiting_since <= as_at:
        return _(
            "While an earlier report waits to be considered, this one is not counted as overdue."
        )
    if obligation.kind == Kind.REPLIES and not _is_report(obligation):
        return _("The dialogue can take place without the State's written answers.")
    if not _is_report(obligation):
        return _("It counts as overdue from the day after, until it is received.")
    if when.is_overdue:
        return _(
            "Until the report is received, the State stands in the published list of overdue"
            " reports, and the Committee can review it without one."
        )
    return _(
        "From the day after, the State stands in the published list of overdue reports, and the"
        " Committee can review it without a report."
    )
