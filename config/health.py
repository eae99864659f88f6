"""/health/ for containers and /ready/ for load balancers and monitoring."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desk.operations.checks import CHECKS


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the archive's tables can be read, with a single query."""
    try:
        with connection.cursor() as cursor:
            # A deleted SQLite file is recreated empty, where a query without tables would succeed.
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "does not answer"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 503 unless readers can be served; report all checks.

    Those that only concern staff are reported as well.
    """
    findings = [check() for check in CHECKS]
    is_ready = all(finding.ok or not finding.needed for finding in findings)
    is_well = all(finding.ok for finding in findings)
    checks = {finding.name: {"ok": finding.ok, "message": finding.message} for finding in findings}
    status = "ready" if is_well else "degraded" if is_ready else "unavailable"
    return JsonResponse({"status": status, "checks": checks}, status=200 if is_ready else 503)
