"""`manage.py refresh_timetable` and the daily task, once the cycle has gone on."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from kombu.exceptions import OperationalError

from reporting.management.commands import refresh_timetable as command
from reporting.models import Obligation, StateParty
from reporting.queries.refresh import last
from reporting.rules.partial_date import PartialDate
from reporting.services import refresh
from reporting.tasks import refresh_timetable
from tests.factories import NOW, SubmissionFactory


@time_machine.travel("2032-01-01")
def test_the_daily_task_lets_the_reports_of_the_cycle_arise(recorded: None) -> None:
    before = Obligation.objects.count()
    refresh_timetable()
    assert Obligation.objects.count() > before
    out = StringIO()
    call_command("refresh_timetable", stdout=out)
    assert out.getvalue() == "Obligations new: 0, changed: 0, gone: 0.\n"


class Terminal(StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def test_a_terminal_sees_how_far_it_is_and_a_file_does_not(recorded: None) -> None:
    terminal, file = Terminal(), StringIO()
    call_command("refresh_timetable", as_at="2026-11-22", stdout=terminal)
    call_command("refresh_timetable", as_at="2026-11-22", stdout=file)
    shown = terminal.getvalue().split("\r\033[K")
    assert shown[1] == "0 of 60 States parties (0 %)"
    assert shown[2:4] == ["50 of 60 States parties (83 %)", "60 of 60 States parties (100 %)"]
    assert shown[-1] == file.getvalue() == "Obligations new: 0, changed: 0, gone: 0.\n"


def test_states_parties_that_were_left_as_they_were_are_counted(recorded: None) -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    SubmissionFactory.create(state_party=party, received_on=PartialDate(1990, 1, 1))
    out, err = StringIO(), StringIO()
    call_command("refresh_timetable", as_at="2026-11-22", stdout=out, stderr=err)
    assert out.getvalue() == "Obligations new: 0, changed: 0, gone: 0.\n"
    assert "1 State party was left as it was; the log says why." in err.getvalue()


def test_it_waits_for_what_another_worker_is_at(
    recorded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = refresh.start(as_at=date(2026, 11, 22), now=NOW)
    chunk = refresh._claim(run, now=NOW)
    assert chunk
    waited = []

    def meanwhile(seconds: float) -> None:
        waited.append(seconds)
        refresh.work(chunk, run.as_at)

    monkeypatch.setattr(command, "sleep", meanwhile)
    out = StringIO()
    with time_machine.travel(NOW):
        call_command("refresh_timetable", as_at="2026-11-22", stdout=out)
    assert waited == [1]
    assert out.getvalue() == "Obligations new: 0, changed: 0, gone: 0.\n"


def test_a_worker_asks_others_to_help_and_does_it_alone_where_the_broker_is_away(
    recorded: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = []

    def apply_async(**given: Any) -> None:
        asked.append(given["kwargs"])
        msg = "away"
        raise OperationalError(msg)

    monkeypatch.setattr(refresh, "CHUNK", 20)
    monkeypatch.setattr(refresh_timetable, "apply_async", apply_async)
    refresh_timetable()
    assert asked == [{"helps": True}]
    assert "No other worker could be asked to help: away" in caplog.text
    found = last()
    assert found
    assert (found.done, found.run.parties) == (60, 60)
