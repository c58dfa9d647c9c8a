"""Signs of life of the processes without which no alert goes out."""

import logging
from datetime import datetime

from django.db import Error

from reporting.models import Heartbeat

_log = logging.getLogger(__name__)


def beat(*, process: str, now: datetime) -> None:
    """Say that a process of this name lives; where the database cannot take it, log that and go on."""
    try:
        Heartbeat.objects.beat(process, now=now)
    except Error as error:
        _log.warning("No sign of life of the %s could be left: %s", process, error)
