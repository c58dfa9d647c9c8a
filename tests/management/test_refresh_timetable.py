"""`manage.py refresh_timetable` and the daily task, once the cycle has gone on."""

from io import StringIO

import time_machine
from django.core.management import call_command

from reporting.models import Obligation
from reporting.tasks import refresh_timetable


@time_machine.travel("2032-01-01")
def test_the_daily_task_lets_the_reports_of_the_cycle_arise(recorded: None) -> None:
    before = Obligation.objects.count()
    refresh_timetable()
    assert Obligation.objects.count() > before
    out = StringIO()
    call_command("refresh_timetable", stdout=out)
    assert out.getvalue() == "Obligations new: 0, changed: 0, gone: 0.\n"
