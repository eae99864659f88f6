"""Prometheus metrics: requests by view, searches, task queue and uploads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from desk.models import Upload
from search.models import PendingIndexUpdate
from search.service import searched

REQUESTS = Histogram(
    "archive_request_seconds", "Time to answer a request.", ["view", "method", "status"], registry=None
)
SEARCHES = Histogram("archive_search_seconds", "Time to answer a search in the index.", registry=None)
EMPTY_SEARCHES = Counter("archive_searches_without_result", "Searches that found nothing.", registry=None)


class MeasureRequests:
    """Observe the duration of each view, in seconds, if ARCHIVE_METRICS is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.METRICS:
            return self.get_response(request)
        started = time.perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else "none"
        REQUESTS.labels(view or "unnamed", request.method, response.status_code).observe(time.perf_counter() - started)
        return response


@receiver(searched)
def observe_search(seconds: float, total: int, **kwargs: Any) -> None:
    if settings.METRICS:
        SEARCHES.observe(seconds)
        if total == 0:
            EMPTY_SEARCHES.inc()


class ArchiveState:
    """Collect gauges from the database at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        ready = DBTaskResult.objects.ready().aggregate(count=Count("pk"), since=Min("run_after"))
        pending = PendingIndexUpdate.objects.aggregate(since=Min("noted_at"))["since"]
        yield GaugeMetricFamily("archive_tasks_waiting", "Tasks that could run now.", ready["count"])
        yield GaugeMetricFamily("archive_tasks_wait_seconds", "Age of the oldest one.", seconds(now, ready["since"]))
        yield GaugeMetricFamily(
            "archive_index_lag_seconds", "Age of the oldest unindexed change.", seconds(now, pending)
        )
        tasks = GaugeMetricFamily("archive_tasks", "Tasks on record.", labels=["status"])
        for status, count in DBTaskResult.objects.values_list("status").order_by().annotate(Count("pk")):
            tasks.add_metric([status], count)
        yield tasks
        uploads = GaugeMetricFamily("archive_uploads", "Uploads by outcome.", labels=["state"])
        for state, count in Upload.objects.values_list("state").order_by().annotate(Count("pk")):
            uploads.add_metric([state], count)
        yield uploads


def seconds(now, since) -> float:
    return (now - since).total_seconds() if since else 0.0


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a scrape; 404 unless ARCHIVE_METRICS is on."""
    if not settings.METRICS:
        raise Http404("metrics are off")
    registry = CollectorRegistry()
    if settings.METRICS_DIR.is_dir():
        MultiProcessCollector(registry, path=str(settings.METRICS_DIR))
    registry.register(ArchiveState())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
