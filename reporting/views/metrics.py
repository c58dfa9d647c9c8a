"""`/metrics`: what Prometheus collects, for whoever has the token."""

import math
import os
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from reporting.models import Heartbeat
from reporting.queries import operation, readiness


class OnRecord(Collector):
    """What the database and the broker say at the moment of asking: the same on every host."""

    def collect(self) -> Iterator[Metric]:
        """Yield each number."""
        now = timezone.now()
        ledger = operation.ledger(as_at=timezone.localdate(), now=now)
        states = Gauge("reporting_reminders", "Alerts in the ledger, by state.", labels=["state"])
        for state, count in ledger.states.items():
            states.add_metric([state], count)
        yield states
        yield Gauge("reporting_reminders_due", "Alerts that are due and not sent.", ledger.due)
        oldest = ledger.waits(now=now).total_seconds()
        yield Gauge("reporting_reminders_oldest_due_seconds", "How long the oldest waits.", oldest)
        yield from self._processes()
        kept = operation.stored()
        yield Gauge("reporting_documents", "Documents that are kept.", kept.count)
        yield Gauge("reporting_documents_bytes", "Bytes that documents take.", kept.size)
        lacking = len(readiness.unapplied())
        yield Gauge("reporting_unapplied_migrations", "Changes that the database lacks.", lacking)
        waiting = readiness.queue_length()
        if waiting is not None:
            yield Gauge("reporting_queue_tasks", "Tasks that wait at the broker.", waiting)

    def _processes(self) -> Iterator[Metric]:
        now = timezone.now()
        signs = Gauge(
            "reporting_sign_of_life_seconds",
            "Since when a process, or the backup, has given no sign of life.",
            labels=["process"],
        )
        seen = operation.seen()
        for process in (*Heartbeat.Process.values, operation.BACKUP):
            at = seen.get(process)
            # What was never seen has been silent for ever, so that the alarm for it goes off.
            signs.add_metric([process], (now - at).total_seconds() if at else math.inf)
        yield signs


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in the words of Prometheus; without METRICS_TOKEN there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not _has_token(request):
        said = _("The header “Authorization: Bearer …” with METRICS_TOKEN is missing or wrong.")
        answer = HttpResponse(said, status=401, content_type="text/plain; charset=utf-8")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    counted = generate_latest(_of_the_web_processes())
    registry = CollectorRegistry(auto_describe=False)
    registry.register(OnRecord())
    return HttpResponse(
        counted + generate_latest(registry),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return constant_time_compare(given.encode("utf-8", "replace"), settings.METRICS_TOKEN)


def _of_the_web_processes() -> CollectorRegistry:
    """Return what all web processes of this host have counted, or this one where it is alone."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together
