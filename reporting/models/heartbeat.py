"""When the processes that send alerts were last seen."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class HeartbeatManager(models.Manager["Heartbeat"]):
    """One row a process."""

    def beat(self, process: str, *, now: datetime) -> None:
        """Say that a process of this name lives."""
        self.update_or_create(process=process, defaults={"seen_at": now})


class Heartbeat(models.Model):
    """The last sign of life of the workers, or of the beat."""

    class Process(models.TextChoices):
        """The processes without which no alert goes out."""

        WORKER = "worker", _("worker")
        BEAT = "beat", _("beat")

    process = models.CharField(
        _("process"), max_length=20, choices=Process.choices, primary_key=True
    )
    seen_at = models.DateTimeField(_("last seen at"))

    objects: ClassVar[HeartbeatManager] = HeartbeatManager()

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return f"{self.process} {self.seen_at.isoformat()}"
