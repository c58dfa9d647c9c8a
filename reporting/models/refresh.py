"""A refresh of every timetable: in chunks of States parties, each a row before it is worked on."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RefreshRun(models.Model):
    """One refresh of all timetables up to a day, by one process or by many."""

    as_at = models.DateField(_("as at"))
    parties = models.PositiveIntegerField(_("States parties"))
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    overtaken = models.BooleanField(_("overtaken"), default=False)

    objects: ClassVar[models.Manager["RefreshRun"]] = models.Manager()

    class Meta:
        verbose_name = _("refresh")
        verbose_name_plural = _("refreshes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["as_at"], condition=Q(ended_at=None), name="refresh_run_open_once"
            )
        ]

    def __str__(self) -> str:
        as_at: date = self.as_at
        return as_at.isoformat()


class RefreshChunk(models.Model):
    """Some States parties of a refresh, by the range of their numbers, and what was written for them."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    run = models.ForeignKey(RefreshRun, models.CASCADE, related_name="chunks")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    parties = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10,
        choices=State.choices,
        default=State.PLANNED,
    )
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    deleted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["RefreshChunk"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run"], name="refresh_chunk_open", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"
