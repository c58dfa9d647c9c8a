"""The words of a mail, its headers, what is attached."""

import re
from datetime import date
from email.message import EmailMessage
from typing import Any, cast

import icalendar
import pytest
from django.conf import LazySettings

from reporting.emails import links
from reporting.models import Contact, Message, Obligation, Occasion, Reminder, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.reminder.letters import NothingToTellError, letter
from reporting.services.reminder.writing import background, envelope, write
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    ContactFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UniversalReviewFactory,
    partial,
)
from tests.services.reminder.mails import DAY, many, received, row, written

pytestmark = pytest.mark.usefixtures("named_desk")
TOLD_FURTHER = "by 30 days before the date, the validating authority is told too."


def test_a_focal_point_reads_everything_at_once(siti: Contact, due: Obligation) -> None:
    mail = written(row(siti, due))
    assert mail.subject == "Indonesia: second periodic report due in 30 days (1 October 2022)"
    assert mail.text.startswith(
        "Dear Siti Rahayu,\n\nYour second periodic report is due in 30 days.\n\n"
        "Due: 1 October 2022 (2022-10-01), 30 days left\n"
    )
    for said in (
        "Why this date: Set by the Committee in CMW/C/IDN/CO/1.",
        "If it is missed: From the day after,",
        "Length: 21,200 words at most.",
        "Language: Arabic, Chinese, English, French, Russian or Spanish.",
        "with a note verbale of your Permanent Mission. desk@reports.example",
        "https://reports.example/states/IDN/submissions/new/?language=en",
        links.to_acknowledge(mail),
        "You get this message because you are on record as focal point of Indonesia.",
        links.to_reader(links.PREFERENCES, siti),
        links.to_reader(links.UNSUBSCRIBE, siti),
    ):
        assert said in mail.text
    for said in ("Your second periodic report is due in 30 days", "(2022-10-01)", "21,200 words"):
        assert said in mail.html
    assert f'href="{links.to_acknowledge(mail)}?language=en"' in mail.html


def test_a_state_reads_of_its_next_national_report_beside_what_is_due(
    siti: Contact, due: Obligation
) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    known = {"state": due.state_party.state, "reviewed_on": None, "recorded_on": DAY}
    for cycle, day in ((3, "2022-08"), (4, "2023-08"), (5, "2024-01"), (6, "2028-01")):
        UniversalReviewFactory.create(cycle=cycle, report_due_on=partial(day), **known)
    said = (
        "Also coming for your State: the national report for the Universal Periodic Review, cycle 4"
        " (August 2023). Recorded by the State or by the secretariat; no treaty sets it."
    )
    mail = written(row(siti, due))
    assert (said in mail.text, said in mail.html) == (True, True)
    assert mail.text.count("Also coming") == 1
    assert "Also coming" not in written(row(desk, due)).text
    much_earlier = written(row(siti, due), day=date(2022, 1, 31))
    assert "Also coming" not in much_earlier.text


def test_a_subject_names_its_treaties_where_several_are_on_record(
    siti: Contact, due: Obligation, party: StateParty
) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    rows = [row(desk, due)]
    for code in ("CRC", "CAT", "CED"):
        other = StatePartyFactory.create(state=party.state, treaty=TreatyFactory.create(code=code))
        rows.append(row(desk, many(other, 1)[0]))
    assert written(row(siti, due)).subject == (
        "CMW · Indonesia: second periodic report due in 30 days (1 October 2022)"
    )
    assert written(*rows[:3]).subject == "CMW, CRC, CAT · Indonesia: 3 due dates"
    assert written(*rows).subject == "Indonesia: 4 due dates"
    siti.language = "ar"
    assert "CMW" in written(row(siti, due)).subject


def ways_to_log(mail: Message) -> list[tuple[str, str]]:
    """Return where the HTML leads to log a report, and the words of the links."""
    return re.findall(r'<a href="([^"]*submissions/new[^"]*)"[^>]*>([^<]*)</a>', mail.html)


def test_a_link_to_log_a_report_leads_to_the_form_of_its_treaty(
    siti: Contact, party: StateParty
) -> None:
    children = StatePartyFactory.create(
        state=party.state, treaty=TreatyFactory.create(code="CRC", name="Children")
    )
    new = "https://reports.example/states/IDN/submissions/new/"
    mail = written(row(siti, many(children, 1)[0]))
    assert f"When it is sent, log it here:\n{new}?treaty=CRC&language=en\n" in mail.text
    assert ways_to_log(mail) == [(f"{new}?treaty=CRC&amp;language=en", "Log the report")]
    siti.language = "fr"
    mail = written(row(siti, many(children, 1)[0]))
    assert f"{new}?treaty=CRC&language=fr\n" in mail.text
    assert [url for url, _words in ways_to_log(mail)] == [f"{new}?treaty=CRC&amp;language=fr"]


def test_a_mail_about_several_treaties_has_a_link_for_each(
    siti: Contact, due: Obligation, party: StateParty
) -> None:
    rows = [row(siti, due)]
    for code in ("CEDAW", "CERD"):
        other = StatePartyFactory.create(state=party.state, treaty=TreatyFactory.create(code=code))
        rows += [row(siti, each) for each in many(other, 2)]
    mail = written(*rows)
    new = "https://reports.example/states/IDN/submissions/new/"
    assert [line for line in mail.text.splitlines() if "submissions/new" in line] == [
        f"CMW · {new}?language=en",
        f"CEDAW · {new}?treaty=CEDAW&language=en",
        f"CERD · {new}?treaty=CERD&language=en",
    ]
    assert ways_to_log(mail) == [
        (f"{new}?language=en", "CMW · Log the report"),
        (f"{new}?treaty=CEDAW&amp;language=en", "CEDAW · Log the report"),
        (f"{new}?treaty=CERD&amp;language=en", "CERD · Log the report"),
    ]


def test_the_desk_is_led_to_the_state_under_the_treaty(party: StateParty) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    treaty = TreatyFactory.create(code="CRC")
    children = StatePartyFactory.create(state=party.state, treaty=treaty)
    mail = written(row(desk, many(children, 1)[0]))
    page = "https://reports.example/states/IDN/?treaty=CRC"
    assert f"\n{page}&language=en\n" in mail.text
    assert f'href="{page}&amp;language=en"' in mail.html


def test_what_became_of_a_report_is_shown_under_its_treaty(
    siti: Contact, party: StateParty
) -> None:
    treaty = TreatyFactory.create(code="CRC")
    children = StatePartyFactory.create(state=party.state, treaty=treaty)
    sent = SubmissionFactory.create(state_party=children)
    told = row(siti, None, occasion=Occasion.CONFIRMED, state_party=children)
    told.places = {"submission": sent.pk, "received_on": "2022-08-30"}
    page = f"https://reports.example/states/IDN/submissions/{sent.pk}/?treaty=CRC"
    assert f"{page}&language=en" in written(told).text


def test_the_desk_has_its_own_wording_and_nothing_to_acknowledge(due: Obligation) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    mail = written(row(desk, due))
    assert "Indonesia's second periodic report is due in 30 days.\n" in mail.text
    assert "as desk officer of the secretariat." in mail.text
    assert "acknowledge/" not in mail.text + mail.html
    assert "submissions/new" not in mail.text + mail.html
    assert "https://reports.example/states/IDN/" in mail.text


def test_an_escalation_says_that_nobody_has_acknowledged_and_tells_a_date_once(
    due: Obligation,
) -> None:
    authority = ContactFactory.create(role=Contact.Role.VALIDATING_AUTHORITY)
    mail = written(row(authority, due), row(authority, due, occasion=Occasion.ESCALATION))
    assert mail.subject.startswith("Not acknowledged: Indonesia: second periodic report due in 30")
    assert mail.text.count("Nobody has acknowledged an alert on this date so far.") == 1
    assert mail.text.count("Your second periodic report") == 1
    assert "validating authority is told too" not in mail.text


def test_what_a_name_holds_is_shown_and_does_nothing(siti: Contact, due: Obligation) -> None:
    siti.name = "<b>Siti</b> & own.acknowledge {{ own.name }}"
    mail = written(row(siti, due))
    assert f"Dear {siti.name}," in mail.text
    assert "Dear &lt;b&gt;Siti&lt;/b&gt; &amp; own.acknowledge {{ own.name }}," in mail.html


def test_two_readers_of_one_alert_get_their_own_names_and_links(
    siti: Contact, due: Obligation
) -> None:
    other = ContactFactory.create(name="Budi Santoso")
    mine, yours = written(row(siti, due)), written(row(other, due))
    assert "Budi" not in mine.text + mine.html
    assert "Siti" not in yours.text + yours.html
    assert links.to_reader(links.UNSUBSCRIBE, other) in yours.html
    assert mine.html.replace(links.to_acknowledge(mine), "") != yours.html


@pytest.mark.parametrize(("days", "said"), [(30, True), (0, False)])
def test_before_the_escalation_a_reader_is_told_of_it(
    siti: Contact, due: Obligation, settings: LazySettings, days: int, said: bool
) -> None:
    settings.ESCALATION_DAYS = days
    ContactFactory.create(role=Contact.Role.VALIDATING_AUTHORITY)
    assert (TOLD_FURTHER in written(row(siti, due), day=date(2022, 8, 1)).text) is said
    assert TOLD_FURTHER not in written(row(siti, due), day=DAY).text


@pytest.mark.parametrize(
    "authority", [{"active": False}, {"state__iso3": "NER"}, {"role": Contact.Role.ALTERNATE}]
)
def test_nothing_is_said_of_an_escalation_where_nobody_would_be_told_further(
    siti: Contact, due: Obligation, authority: dict[str, Any]
) -> None:
    ContactFactory.create(**{"role": Contact.Role.VALIDATING_AUTHORITY, **authority})
    assert TOLD_FURTHER not in written(row(siti, due), day=date(2022, 8, 1)).text


def test_the_headers_say_who_wrote_and_how_to_stop_with_one_click(
    siti: Contact, due: Obligation
) -> None:
    message = written(row(siti, due))
    mail = received(message, siti)
    assert mail["Message-ID"] == message.message_id
    assert (mail["Auto-Submitted"], mail["Reply-To"]) == ("auto-generated", "desk@reports.example")
    assert mail["List-Unsubscribe"] == f"<{links.to_reader(links.UNSUBSCRIBE, siti)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Date"]
    raw = envelope(message, reader=siti).message().as_bytes()
    assert b"\nList-Unsubscribe: <https://" in raw


def test_the_entry_for_the_calendar_is_attached(siti: Contact, due: Obligation) -> None:
    message = written(row(siti, due))
    mail = received(message, siti)
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params["method"] == "PUBLISH"
    assert attached.get_filename() == "due-dates.ics"
    found = icalendar.Calendar.from_ical(attached.get_content())
    assert isinstance(found, icalendar.Calendar)
    (event,) = found.events
    assert event.decoded("DTSTART") == date(2022, 10, 1)
    assert event["SUMMARY"] == "CMW · Indonesia: second periodic report due"
    assert event["URL"] == "https://reports.example/states/IDN/?language=en"
    body = cast("EmailMessage", mail.get_body())
    assert body.get_content_type() == "text/html"


def test_when_the_date_moves_the_same_entry_moves_with_it(
    siti: Contact, party: StateParty, due: Obligation
) -> None:
    def event(obligation: Obligation) -> Any:
        found = icalendar.Calendar.from_ical(written(row(siti, obligation)).calendar)
        assert isinstance(found, icalendar.Calendar)
        return found.events[0]

    before = event(due)
    decision = party.decisions.get()
    decision.due_on = due.due_on = PartialDate(2022, 9, 15)
    decision.save()
    after = event(due)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (8, 10)  # twice the facts that were written
    assert after.decoded("DTSTAMP") >= before.decoded("DTSTAMP")
    assert after.decoded("DTSTART") == date(2022, 9, 15)


def test_an_entry_names_the_protocols_under_which_it_is_the_report_too(
    siti: Contact, party: StateParty, due: Obligation
) -> None:
    assert "Also the report" not in written(row(siti, due)).calendar
    protocol = TreatyFactory.create(code="OPAC", folded_into=party.treaty.code)
    refresh(party=StatePartyFactory.create(treaty=protocol), as_at=DAY)
    event = icalendar.Calendar.from_ical(written(row(siti, due)).calendar).events[0]
    assert str(event["DESCRIPTION"]).splitlines()[1:] == ["Also the report under OPAC."]


def test_what_a_batch_needs_is_read_once(
    siti: Contact, due: Obligation, django_assert_num_queries: Any
) -> None:
    rows = [row(siti, due), row(ContactFactory.create(), due)]
    with django_assert_num_queries(10):
        known = background(rows, as_at=DAY)
    with django_assert_num_queries(0):
        for each in rows:
            message = Message(to="", language="", made_at=NOW)
            write(message, [each], as_at=DAY, known=known)


def test_the_language_is_the_readers_where_there_is_a_catalogue_for_it(
    siti: Contact, due: Obligation, settings: LazySettings
) -> None:
    siti.language = "ar"
    settings.LANGUAGES_OFFERED = ["en"]
    assert written(row(siti, due)).language == "en"
    settings.LANGUAGES_OFFERED = ["en", "ar"]
    mail = written(row(siti, due))
    assert mail.language == "ar"
    assert 'lang="ar" dir="rtl"' in mail.html
    # Not turned round to 01-10-2022.
    assert "\u20662022-10-01\u2069" in mail.text
    assert "\u20662022-10-01\u2069" in mail.html
    # Without the mark at their head, the days would stand behind the months in brackets.
    ahead = written(row(siti, due), day=date(2020, 9, 1)).text
    assert "1 أكتوبر 2022 (\u20662022-10-01\u2069)، المدة المتبقية: \u2068\u200f\u2068" in ahead
    siti.language = ""
    assert written(row(siti, due)).language == "en"


def test_a_mail_in_chinese_has_no_signs_of_an_english_sentence(
    siti: Contact, due: Obligation
) -> None:
    siti.language = "zh-hans"
    due.state_party.treaty.name = "Convention on the Rights of the Child"
    text = written(row(siti, due)).text
    assert "为何是这一日期\uff1a由委员会在CMW/C/IDN/CO/1中确定。委员会在" in text
    assert "贵国的第二次定期报告距应提交日期还有30天。\n" in text
    assert "印度尼西亚\uff0c《儿童权利公约》 (CMW)" in text


def test_what_is_gone_from_the_timetable_cannot_be_told(siti: Contact, party: StateParty) -> None:
    named = row(siti, None, state_party=party, obligation_key="report/2/x", event="x")
    named.planned_for, named.planned_at, named.state_since = DAY, NOW, NOW
    named.save()
    gone = Reminder.objects.select_related("obligation", "state_party__state").get()
    with pytest.raises(NothingToTellError, match=r"report/2/x of .* no longer in the timetable"):
        written(gone)


def test_a_mail_asked_for_twice_is_the_same(siti: Contact, due: Obligation) -> None:
    message = written(row(siti, due))
    first, second = (envelope(message, reader=siti).message().as_bytes() for _time in range(2))
    date_line = re.compile(rb"\nDate: .*\n")
    assert date_line.sub(b"\n", first) == date_line.sub(b"\n", second)


def test_a_long_subject_of_any_alphabet_arrives_as_it_was_written(
    siti: Contact, due: Obligation
) -> None:
    due.state_party.state.name = "Côte d'Ivoire, Türkiye, Индонезия " * 4
    message = written(row(siti, due))
    assert received(message, siti)["Subject"] == message.subject


def test_readers_of_one_role_share_a_letter_and_others_have_their_own(
    siti: Contact, due: Obligation
) -> None:
    alternate = ContactFactory.create(role=Contact.Role.ALTERNATE)
    rows = [row(siti, due), row(ContactFactory.create(), due), row(alternate, due)]
    known = background(rows, as_at=DAY)
    letters = [letter([each], known=known) for each in rows]
    assert letters[0] is letters[1]
    assert "as alternate focal point of Indonesia" in str(letters[2].context["why"])
