"""What the commands read from the shell; a bad argument is one sentence and exit code 2."""

from datetime import date

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext

from reporting.models import State, Treaty
from reporting.rules.hindsight import projected_until
from reporting.rules.partial_date import PartialDate, PartialDateError

BAD_ARGUMENT = 2


def refuse(sentence: str) -> CommandError:
    """Return the error that ends the command with exit code 2."""
    return CommandError(sentence, returncode=BAD_ARGUMENT)


def day(text: str | None) -> date:
    """Return the day written as YYYY-MM-DD, or today for none."""
    if text is None:
        return timezone.localdate()
    try:
        given = PartialDate.parse(text)
    except PartialDateError:
        given = None
    if given is None or not given.is_certain:
        sentence = gettext("“%(text)s” is not a day: write YYYY-MM-DD.")
        raise refuse(sentence % {"text": text})
    asked = given.first_day
    last = projected_until(timezone.localdate())
    if asked > last:
        sentence = gettext("The timetable reaches ten years ahead, to %(last)s; %(day)s is later.")
        raise refuse(sentence % {"last": last, "day": asked})
    return asked


def treaty(code: str) -> Treaty:
    """Return the treaty on record."""
    found = Treaty.objects.filter(code=code.upper()).first()
    if found is None:
        known = ", ".join(Treaty.objects.values_list("code", flat=True)) or gettext("none yet")
        sentence = gettext("“%(code)s” is no treaty on record (known: %(known)s).")
        raise refuse(sentence % {"code": code, "known": known})
    return found


def states(codes: list[str], *, of: Treaty) -> list[str]:
    """Return the ISO codes of States parties to the treaty."""
    wanted = [code.upper() for code in codes]
    found = State.objects.filter(parties__treaty=of).values_list("iso3", flat=True)
    for code in wanted:
        if code not in found:
            sentence = gettext("“%(code)s” is no State party to %(treaty)s on record.")
            raise refuse(sentence % {"code": code, "treaty": of.code})
    return wanted


def state(code: str) -> State:
    """Return the State party to any treaty on record."""
    found = State.objects.filter(iso3=code.upper(), parties__isnull=False).first()
    if found is None:
        sentence = gettext("“%(code)s” is no State party on record.")
        raise refuse(sentence % {"code": code})
    return found


def count(text: str | None) -> int | None:
    """Return the number, which is at least one, or none for none."""
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        sentence = gettext("“%(text)s” is no number of mails: write 1 or more.")
        raise refuse(sentence % {"text": text})
    return int(text)
